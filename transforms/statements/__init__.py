"""Doc -> who said what."""
