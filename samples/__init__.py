"""Demo outlets, watchlist and rules: written for newswatch, about invented people and publicly known facts."""
