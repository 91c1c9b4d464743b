"""Doc -> who did what to whom."""
