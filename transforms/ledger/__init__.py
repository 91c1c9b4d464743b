"""What must be remembered between passes."""
