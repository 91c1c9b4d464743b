"""NOUNS: what newswatch knows about, as plain records; standard library and pydantic only."""
