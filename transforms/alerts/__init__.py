"""Records and rules -> alerts -> notices."""
