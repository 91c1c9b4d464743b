"""Article -> the wire agency that its text or byline names as where it came from."""

import re
from collections.abc import Sequence

from schemas.articles import Article
from transforms.patterns import one_of

NAMES = {
    "reuters": "Reuters", "thomson reuters": "Reuters", "ap": "AP", "associated press": "AP",
    "the associated press": "AP", "afp": "AFP", "agence france-presse": "AFP", "agence france presse": "AFP",
    "dpa": "dpa", "deutsche presse-agentur": "dpa", "upi": "UPI", "efe": "EFE", "agencia efe": "EFE", "ansa": "ANSA",
    "apa": "APA", "pap": "PAP", "pa media": "PA", "press association": "PA", "tass": "TASS", "itar-tass": "TASS",
    "interfax": "Interfax", "interfax-ukraine": "Interfax-Ukraine", "ria novosti": "RIA Novosti",
    "ukrinform": "Ukrinform", "unian": "UNIAN", "xinhua": "Xinhua", "kyodo": "Kyodo", "kyodo news": "Kyodo",
    "jiji": "Jiji", "yonhap": "Yonhap", "pti": "PTI", "ani": "ANI", "ians": "IANS", "aap": "AAP", "anadolu": "Anadolu",
    "anadolu agency": "Anadolu", "belga": "Belga", "ntb": "NTB", "tt": "TT", "ritzau": "Ritzau", "stt": "STT",
    "ctk": "CTK", "čtk": "CTK", "agerpres": "Agerpres", "bns": "BNS", "bloomberg": "Bloomberg",
}  # fmt: skip
"""Agencies as articles name them, and how newswatch does."""

_NAME = f"(?:{'|'.join(sorted(map(re.escape, NAMES), key=len, reverse=True))})"
_DASH = r"\s*[-–—―:]+\s"
_HEAD = 160
_TAIL = 3

_DATELINE = re.compile(rf"^[^()\n]{{0,80}}\((?P<name>{_NAME})\)(?:{_DASH}|\s|$)", re.IGNORECASE)
"""KYIV, March 3 (Reuters) - …"""

_OWN_WORD = r"(?:Wire|News|Press|Agency|Service|Presse|Agentur)"
_ANY = re.compile(
    rf"^[A-ZÀ-Þ][A-ZÀ-Þ .'/-]+(?:, [^()\n]{{1,30}})? \((?P<name>(?:[A-Z]\w+ ){{0,3}}{_OWN_WORD})\){_DASH}"
)
"""An agency that nobody has told us of, by a word that agencies call themselves: only in a dateline."""

_FIRST = re.compile(rf"^(?P<name>AP|AFP|dpa|UPI|EFE|ANSA|TASS|Reuters|Xinhua|Interfax|Ukrinform|PTI|IANS)(?:{_DASH}|/)")
"""AP — …; AFP/…"""

_LAST = re.compile(
    one_of(r"""
    (?:source|quelle|источник)\s*:\s*(?P<source>@)\b.{0,40}
    (?:©|\(c\)|copyright)\s*(?:\d{4}\s*)?(?P<copyright>@)\b.{0,80}
    [(\[]?(?P<alone>@)(?:[/ ][a-z]{2,4})?[)\]]?\.?
    """).replace("@", _NAME),
    re.IGNORECASE,
)  # fmt: skip
"""A last line that is nothing else: (Reuters); Source: AFP; © 2025 AFP; dpa/ab."""

_BY = re.compile(rf"(?:by |von )?(?:[\w .'-]+, )?(?P<name>{_NAME})", re.IGNORECASE)


def agency_of(article: Article) -> str:
    """Return the agency's name; empty where the article names none as its origin."""
    return _told_first(article.text[:_HEAD]) or _told_last(article.text) or _told_by(article.authors)


def _told_first(head: str) -> str:
    found = _DATELINE.match(head) or _FIRST.match(head)
    if found:
        return _known(found)
    unknown = _ANY.match(head)
    return unknown["name"] if unknown else ""


def _told_last(text: str) -> str:
    lines = (line.strip() for line in text[-400:].splitlines()[-_TAIL:])
    return next((_known(found) for found in map(_LAST.fullmatch, lines) if found), "")


def _told_by(authors: Sequence[str]) -> str:
    return next((_known(found) for found in map(_BY.fullmatch, authors) if found), "")


def _known(found: re.Match[str]) -> str:
    name = next(group for group in found.groupdict().values() if group)
    return NAMES[name.casefold()]
