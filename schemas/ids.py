"""Stable ids: SHA-256 of what a thing is, so that writing twice is writing once."""

import hashlib
import unicodedata


def stable_id(*parts: str) -> str:
    """Return 32 hex digits (128 bits of SHA-256) of the parts, in order and kept apart."""
    joined = "\x1f".join(parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def failure_id(stage: str, reason: str, subject: str) -> str:
    """Return the id of what a stage could not do with a subject: an entry's id, a feed's address, an alert's id."""
    return stable_id("failure", stage, reason, subject)


def story_id(text: str) -> str:
    """Return the id that all exact copies of a text share, whatever their case, spacing and quotation marks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return stable_id("story", " ".join("".join(c if c.isalnum() else " " for c in folded).split()))
