"""Actors who are new on the list -> what the index already holds of them."""
