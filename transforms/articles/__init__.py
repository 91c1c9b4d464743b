"""Entries -> pages -> text; the only user of trafilatura."""
