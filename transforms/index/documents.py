"""Documents as JSON, and how one that is too large is cut."""

import json
from dataclasses import dataclass, is_dataclass
from typing import Any

from schemas.codec import to_json

ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def as_json(value: Any) -> bytes:
    """Return the value as one line of JSON; what is JSON already passes, its line ends made spaces."""
    if isinstance(value, dict):  # first, since most are: this is most of what a sink costs
        return ENCODED(value).encode()
    if isinstance(value, (str, bytes)):
        written = value.encode() if isinstance(value, str) else value
        return b" ".join(written.splitlines()) if b"\n" in written or b"\r" in written else written
    if is_dataclass(value):
        return to_json(value).encode()
    return ENCODED(value).encode()


@dataclass(frozen=True, slots=True)
class Cut:
    """Cuts the longest of the named texts until the document fits."""

    fields: tuple[str, ...]

    def __call__(self, document: dict[str, Any], most: int) -> dict[str, Any]:
        """Return the document with one text shorter, or as it was where that does not help."""
        texts = {name: document[name] for name in self.fields if isinstance(document.get(name), str)}
        over = len(as_json(document)) - most
        if not texts or over <= 0:
            return document
        name = max(texts, key=lambda name: len(texts[name]))
        written = json.dumps(texts[name], ensure_ascii=False).encode()
        # within the quotation marks; what was cut through (half a character, half an escape) is left out
        kept = written[1 : max(1, len(written) - 1 - over - 1)].decode(errors="ignore")
        return {**document, name: _closed(kept)}


def _closed(text: str) -> str:
    """Return the string of which this is the beginning in JSON."""
    for end in range(len(text), max(-1, len(text) - 12), -1):
        try:
            found: str = json.loads(f'"{text[:end]}"')
        except ValueError:
            continue
        if not ("\ud800" <= found[-1:] <= "\udfff"):
            return found
    return ""
