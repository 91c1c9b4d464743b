"""SENTENCES: the graph, and the ways to run it."""
