"""Doc and watchlist -> mentions of watched actors."""
