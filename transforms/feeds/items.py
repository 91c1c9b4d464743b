"""One item of a feed, as feedparser gives it -> an entry."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urljoin

from schemas.articles import Entry
from schemas.feeds import Feed
from transforms.dates import Dated, from_tuple, read_date
from transforms.feeds.clean import line, paragraphs, safe
from transforms.urls import MAX_URL, canonical_url, entry_id, identity, is_front, item_id

MAX_TITLE, MAX_SUMMARY, MAX_CONTENT, MAX_GUID = 1_000, 100_000, 1_000_000, 2_000
MAX_AUTHOR, MAX_AUTHORS = 200, 20
MAX_DATE = 100
AHEAD = {"day": dt.timedelta(days=1), "minute": dt.timedelta(hours=1), "second": dt.timedelta(hours=1)}
"""So far may a date be ahead of our clock: clocks go wrong, and a day begins earlier in the east."""

OLDEST = dt.datetime(1971, 1, 1, tzinfo=dt.timezone.utc)
"""What is dated before this was dated by a machine that did not know."""

_MAIL = re.compile(r"(?:mailto:)?[^\s@()<>,]{1,100}@[^\s@()<>,]{1,200}")


class Item(NamedTuple):
    """What an item says; `url` is its canonical address, empty where it has none."""

    url: str
    link: str
    guid: str
    title: str
    summary: str
    content: str
    authors: tuple[str, ...]
    dated: Dated | None
    updated: str = ""


class Channel(NamedTuple):
    """What a feed holds: its items, its title, its site's front page, and whether it was sent to its end."""

    items: list[Item]
    title: str
    front: str
    is_whole: bool


def item_of(raw: Any, base: str) -> Item:
    """Return what feedparser's item says, cleaned and bounded; relative links are relative to `base`."""
    guid = safe(text_of(raw, "id").strip(), MAX_GUID)
    link = _link(raw, guid, base)
    url = canonical(link, base)
    contents = [text_of(part, "value") for part in _dicts(raw, "content")]
    return Item(
        url=url,
        link=link if url else "",
        guid=guid,
        title=line(text_of(raw, "title"), markup=_is_markup(raw, "title"), most=MAX_TITLE),
        summary=paragraphs(text_of(raw, "summary"), markup=_is_markup(raw, "summary"), most=MAX_SUMMARY),
        content=safe(max(contents, key=len, default=""), MAX_CONTENT),
        authors=_authors(raw),
        dated=_date(raw),
        updated=safe(text_of(raw, "updated").strip(), MAX_DATE),
    )


def entry_of(item: Item, *, id_: str, feed: Feed, outlet: str, seen: dt.datetime) -> Entry:
    """Return the item as an entry; one without a page of its own gets its feed's address."""
    dated = item.dated
    is_future = dated is not None and dated.at > seen + AHEAD[dated.precision]
    return Entry(
        id=id_,
        feed=feed.url,
        outlet=outlet,
        url=item.url or feed.url,
        link=item.link,
        guid=item.guid,
        title=item.title,
        summary=item.summary,
        content=item.content,
        authors=item.authors,
        published=seen if is_future else dated.at if dated else None,
        published_from="feed" if dated else "none",
        published_precision="none" if is_future or not dated else dated.precision,
        updated=item.updated,
        language=feed.language,
        groups=feed.groups,
        flags=("future-date",) if is_future else (),
        seen=seen,
    )


def at_home(item: Item, front: str) -> Item:
    """Return the item without its address where that is the site's front page: no article stands there."""
    is_home = item.url and (is_front(item.url) or identity(item.url) == identity(front))
    return item._replace(url="") if is_home else item


def identify(items: Sequence[Item], *, feed: str) -> list[str]:
    """Return each item's id: its address, and where that is not its own, its GUID or its words; empty for nothing.

    Of items with one address and several headlines the last (the oldest, as feeds are ordered) is the address's, so
    that it keeps its id when the others appear and when they are gone.
    """
    guids = Counter(item.guid for item in {(i.guid, i.title): i for i in items}.values())
    owners: dict[str, str] = {}
    ids = []
    for item in reversed(items):
        address = identity(item.url)
        if not address:
            ids.append(_id_of_words(item, feed, unique=guids[item.guid] == 1))
        elif owners.setdefault(address, item.title) == item.title:
            ids.append(entry_id(item.url))
        else:
            ids.append(item_id(feed, address, item.title))
    return ids[::-1]


def canonical(link: str, base: str) -> str:
    """Return the link's canonical address; an empty string where it has none."""
    try:
        return canonical_url(urljoin(base, link)) if link else ""
    except ValueError:
        return ""


def text_of(raw: Any, name: str) -> str:
    """Return the text that stands under the name itself: feedparser's own look-up takes one for another."""
    value = dict.get(raw, name)
    return value if isinstance(value, str) else ""


def _link(raw: Any, guid: str, base: str) -> str:
    link = (text_of(raw, "feedburner_origlink") or text_of(raw, "link")).strip()
    if link == guid and not link.lower().startswith(("http:", "https:")):
        return ""  # a GUID that is no address, taken for one because isPermaLink is true unless told
    try:
        return safe(urljoin(base, link), MAX_URL) if link else ""
    except ValueError:
        return ""


def _id_of_words(item: Item, feed: str, *, unique: bool) -> str:
    if item.guid:
        return item_id(feed, item.guid) if unique else item_id(feed, item.guid, item.title, item.summary[:200])
    words = (item.title, item.summary or item.content)
    return item_id(feed, *words) if any(words) else item_id(feed, item.link) if item.link else ""


def _date(raw: Any) -> Dated | None:
    for name in ("published", "created", "updated"):
        dated = read_date(text_of(raw, name)) or from_tuple(dict.get(raw, f"{name}_parsed"))
        if dated and dated.at >= OLDEST:
            return dated
    return None


def _authors(raw: Any) -> tuple[str, ...]:
    told = [text_of(author, "name") for author in _dicts(raw, "authors")]
    last = text_of(raw, "author")
    told[-1:] = [last] if "@" in last else told[-1:]  # feedparser cuts a mail address wherever it is long
    names = (line(_MAIL.sub("", name), markup=True, most=MAX_AUTHOR).strip(" ()<>,") for name in told)
    return tuple(dict.fromkeys(name for name in names if name))[:MAX_AUTHORS]


def _is_markup(raw: Any, name: str) -> bool:
    return bool(dict.get(dict.get(raw, f"{name}_detail") or {}, "type") != "text/plain")


def _dicts(raw: Any, name: str) -> list[dict[str, Any]]:
    value = dict.get(raw, name)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
