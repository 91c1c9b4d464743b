"""Feeds that may be asked now -> new entries; the only user of feedparser."""
