"""Text -> its language, by py3langid's model (deterministic, no download)."""

import py3langid

SAMPLE = 1000
"""Characters that are looked at: more changes no answer on news and costs time."""

LEAST = 60
"""Below that many characters the publisher's word counts for more than the model's guess."""


def detect(text: str, *, hint: str = "") -> str:
    """Return the ISO 639-1 code of the text's language; `hint` is what the feed or page says of itself."""
    said = hint.strip().lower().replace("_", "-").split("-")[0]
    if len(text.strip()) < LEAST and said:
        return said
    code: str = py3langid.classify(text[:SAMPLE])[0]
    return code
