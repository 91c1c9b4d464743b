"""Whether what looks like a new article is one that is known, under another address."""

import re

from schemas.articles import Article, Entry
from schemas.stories import Claim, Evidence
from transforms.urls import canonical_url, entry_id

ALIKE = 0.5
"""So much of the words of two headlines, or of two summaries, must be in both: an editor changes a few."""

_WORD = re.compile(r"\w+")


def claim_of(article: Article) -> Claim:
    """Return what the article says of its addresses: those that it has besides its own lead to it."""
    ids = [entry_id(url) for url in map(_canonical, (article.url, article.landed)) if url]
    return Claim(article=article.id, addresses=tuple(dict.fromkeys(id_ for id_ in ids if id_ != article.id)))


def same_article(known: Entry, new: Entry, found: Evidence) -> bool:
    """Return whether the two items are one article; a GUID or an address alone proves nothing.

    Feeds give one GUID to all their items or to each day's briefing, and sites send all readers to one page.
    """
    titles = likeness(known.title, new.title)
    if found.address and titles >= ALIKE and (found.story or titles == 1):
        return True
    if not found.guid:
        return False
    return found.address or found.story or (not found.together and _reads_alike(known, new, titles))


def is_meant(known: Entry, new: Entry) -> bool:
    """Return whether an item at an address that a known article has claimed is that article."""
    return likeness(known.title, new.title) >= ALIKE


def likeness(one: str, other: str) -> float:
    """Return how much of the words of both texts is in both."""
    ours, theirs = (set(_WORD.findall(text.casefold())) for text in (one, other))
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0


def _reads_alike(known: Entry, new: Entry, titles: float) -> bool:
    """Return whether both were published at one moment, in nearly the same words."""
    is_of_one_moment = known.published is not None and known.published == new.published
    return is_of_one_moment and max(titles, likeness(known.summary, new.summary)) >= ALIKE


def _canonical(url: str) -> str:
    try:
        return canonical_url(url) if url else ""
    except ValueError:
        return ""
