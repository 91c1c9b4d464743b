"""What the ledger's rules are, whatever it is kept in."""

TRIES = 5
"""Runs in which an entry may fail before it is settled as failed."""
