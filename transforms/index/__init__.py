"""Records -> the index, in batches."""
