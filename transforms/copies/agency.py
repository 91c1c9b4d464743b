"""Article -> the wire agency that its text or byline names as where it came from."""

import re
from collections.abc import Sequence

from schemas.articles import Article
from transforms.language.agencies import NAME, NAMES
from transforms.language.datelines import agency
from transforms.patterns import one_of

_HEAD = 160
_TAIL = 3

_LAST = re.compile(
    one_of(r"""
    (?:source|quelle|источник)\s*:\s*(?P<source>@)\b.{0,40}
    (?:©|\(c\)|copyright)\s*(?:\d{4}\s*)?(?P<copyright>@)\b.{0,80}
    [(\[]?(?P<alone>@)(?:[/ ][a-z]{2,4})?[)\]]?\.?
    """).replace("@", NAME),
    re.IGNORECASE,
)  # fmt: skip
"""A last line that is nothing else: (Reuters); Source: AFP; © 2025 AFP; dpa/ab."""

_BY = re.compile(rf"(?:by |von )?(?:[\w .'-]+, )?(?P<name>{NAME})", re.IGNORECASE)


def agency_of(article: Article) -> str:
    """Return the agency's name; empty where the article names none as its origin."""
    return _told_first(article.text[:_HEAD]) or _told_last(article.text) or _told_by(article.authors)


def _told_first(head: str) -> str:
    lines = head.lstrip().splitlines()
    return agency(lines[0]) if lines else ""


def _told_last(text: str) -> str:
    lines = (line.strip() for line in text[-400:].splitlines()[-_TAIL:])
    return next((_known(found) for found in map(_LAST.fullmatch, lines) if found), "")


def _told_by(authors: Sequence[str]) -> str:
    return next((_known(found) for found in map(_BY.fullmatch, authors) if found), "")


def _known(found: re.Match[str]) -> str:
    name = next(group for group in found.groupdict().values() if group)
    return NAMES[name.casefold()]
