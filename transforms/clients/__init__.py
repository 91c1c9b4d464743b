"""NETWORK and disk, no Beam: each a small class behind a Protocol."""
