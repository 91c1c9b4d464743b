"""Clock -> due feeds -> new entries; the only user of feedparser."""
