"""JSON Feed 1.0 and 1.1 -> items; of a text that breaks off, those that are whole."""

import json
import re
from collections.abc import Iterator
from typing import Any

from schemas.failures import Rejected
from transforms.dates import read_date
from transforms.feeds.clean import line, paragraphs, safe
from transforms.feeds.items import (
    MAX_AUTHOR,
    MAX_AUTHORS,
    MAX_CONTENT,
    MAX_DATE,
    MAX_GUID,
    MAX_SUMMARY,
    MAX_TITLE,
    OLDEST,
    Channel,
    Item,
    canonical,
)
from transforms.urls import MAX_URL, joined

VERSION = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/1(?:\.\d)?")

_TOLD = re.compile(r"\"version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/1")
_ITEMS = re.compile(r"\"items\"\s*:\s*\[")
_COMMA = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder(strict=False)  # control characters stand in real feeds


def json_channel(text: str, base: str) -> Channel:
    """Return what a JSON Feed holds; raises Rejected where it is none."""
    value, is_whole = _loaded(text)
    if not isinstance(value, dict) or not VERSION.fullmatch(_text(value, "version")):
        raise Rejected("bad-feed", "JSON, but no JSON Feed")
    raws = value.get("items")
    return Channel(
        items=[_item(raw, base) for raw in raws if isinstance(raw, dict)] if isinstance(raws, list) else [],
        title=line(_text(value, "title"), markup=False, most=200),
        front=canonical(_text(value, "home_page_url"), base),
        is_whole=is_whole,
    )


def _loaded(text: str) -> tuple[Any, bool]:
    """Return the text's value; of one that is cut its whole items, if it was a feed."""
    try:
        return _DECODER.raw_decode(text)[0], True
    except (ValueError, RecursionError):
        told, items = _TOLD.search(text[:4_000]), _ITEMS.search(text)
    if told is None or items is None:
        return None, False
    return {"version": "https://jsonfeed.org/version/1", "items": list(_whole_items(text, items.end()))}, False


def _whole_items(text: str, at: int) -> Iterator[Any]:
    while True:
        start = _COMMA.match(text, at)
        try:
            value, at = _DECODER.raw_decode(text, start.end() if start else at)
        except (ValueError, RecursionError):
            return
        yield value


def _item(raw: dict[str, Any], base: str) -> Item:
    link = safe((_text(raw, "url") or _text(raw, "external_url")).strip(), MAX_URL)
    guid = safe(_text(raw, "id").strip(), MAX_GUID)
    if not link and guid.startswith(("http://", "https://")):
        link = guid
    url = canonical(link, base)
    return Item(
        url=url,
        link=joined(base, link) if url else "",
        guid=guid,
        title=line(_text(raw, "title"), markup=False, most=MAX_TITLE),
        summary=paragraphs(_text(raw, "summary"), markup=False, most=MAX_SUMMARY),
        content=safe(_text(raw, "content_html") or _text(raw, "content_text"), MAX_CONTENT),
        authors=_authors(raw),
        dated=next((d for d in map(read_date, _dates(raw)) if d and d.at >= OLDEST), None),
        updated=safe(_text(raw, "date_modified"), MAX_DATE),
    )


def _dates(raw: dict[str, Any]) -> Iterator[str]:
    return (_text(raw, name) for name in ("date_published", "date_modified"))


def _authors(raw: dict[str, Any]) -> tuple[str, ...]:
    told = raw.get("authors")
    people = [*(told if isinstance(told, list) else []), raw.get("author")][: MAX_AUTHORS + 1]
    names = (line(_text(p, "name"), markup=False, most=MAX_AUTHOR) for p in people if isinstance(p, dict))
    return tuple(dict.fromkeys(name for name in names if name))[:MAX_AUTHORS]


def _text(value: dict[str, Any], name: str) -> str:
    found = value.get(name)
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)[:100]  # ids are often numbers
    return found if isinstance(found, str) else ""
