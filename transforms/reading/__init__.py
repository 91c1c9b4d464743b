"""Article -> everything that its text says; the only holder of a spaCy Doc in the graph."""
