"""VERBS: one folder a subject; in it `stage.py` is the Beam step, all else is plain functions."""
