"""The same story again: copies in other outlets, and later versions of one article."""
