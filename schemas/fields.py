"""How a field of a record is indexed: Elasticsearch's own words, attached with `Annotated`."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """A full-text field; `analyzer` names one of the index's analyzers, `raw` adds an exact sub-field."""

    analyzer: str = "english_folded"
    raw: bool = False

    def mapping(self) -> dict[str, Any]:
        """Return the Elasticsearch mapping of the field."""
        sub = {"fields": {"raw": {"type": "keyword", "ignore_above": 1024}}} if self.raw else {}
        return {"type": "text", "analyzer": self.analyzer, **sub}


@dataclass(frozen=True, slots=True)
class Stored:
    """A field that is kept and shown but not searched."""

    def mapping(self) -> dict[str, Any]:
        """Return the Elasticsearch mapping of the field."""
        return {"type": "keyword", "index": False, "doc_values": False}


@dataclass(frozen=True, slots=True)
class Nested:
    """A list of objects of which each is matched as one; `flat` also searches and counts them as the record's own."""

    flat: bool = False

    def mapping(self) -> dict[str, Any]:
        """Return the Elasticsearch mapping of the field, but for its properties."""
        return {"type": "nested", **({"include_in_root": True} if self.flat else {})}
