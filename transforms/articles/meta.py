"""What a page says of its article outside the text: title, authors, outlet, language, date, address."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from transforms.articles.jsonld import Linked, read_linked
from transforms.articles.noise import fold
from transforms.articles.shape import text_of
from transforms.articles.text import tidy
from transforms.dates import Dated, read_date

_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "article.published", "og:published_time",
    "parsely-pub-date", "sailthru.date", "publish-date", "publishdate", "published-date", "pubdate", "date.published",
    "originalpublicationdate", "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date", "date",
    "cxenseparse:recs:publishtime",
)  # fmt: skip
_UPDATES = (
    "article:modified_time", "og:updated_time", "datemodified", "article.updated", "date.updated", "dcterms.modified",
    "last-modified", "lastmod", "revision_date",
)  # fmt: skip
_AUTHORS = ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl")
_SUFFIX = re.compile(r"\s+(?:[|»•·]|::|[-–—])\s+")
_BY = re.compile(r"^(?:by|from|von|par|por|di|автор:)\s+", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|und|et|y|и|&)\s+|\s*[;|/]\s*", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?![a-z])")
_ARTICLE_WORD = re.compile(r"\d{4,}|[^\W_]+(?:[-_][^\W_]+){2,}")


@dataclass(frozen=True, slots=True)
class Meta:
    """A page's own word on its article; empty where it says nothing."""

    title: str = ""
    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    outlet: str = ""
    language: str = ""
    canonical: str = ""
    section: str = ""
    published: Dated | None = None
    updated: dt.datetime | None = None
    is_article: bool = False
    linked: Linked = field(default_factory=Linked)


def read_meta(root: HtmlElement) -> Meta:
    """Return the page's metadata; must come before the tree is cleaned."""
    linked, metas = read_linked(root), _metas(root)
    outlet = metas.get("og:site_name") or linked.publisher or metas.get("application-name", "")
    told = [linked.headline, metas.get("og:title", ""), metas.get("twitter:title", ""), *map(text_of, root.iter("h1"))]
    page_title = tidy(root.findtext(".//title") or "")
    titles = [_headline(title, outlet) for title in told if title]
    titles += [_headline(page_title, outlet, guess=not titles)] if page_title else []
    return Meta(
        title=next(iter(titles), ""),
        titles=tuple(dict.fromkeys([*titles, page_title])),
        authors=_people(linked.authors or [metas[key] for key in _AUTHORS if key in metas], outlet),
        outlet=outlet,
        language=_language(root.get("lang") or linked.language or metas.get("og:locale", "")),
        canonical=_canonical(root) or metas.get("og:url", ""),
        section=(linked.section or metas.get("article:section") or metas.get("parsely-section", ""))[:200],
        published=_published(root, linked, metas),
        updated=_updated(root, linked, metas),
        is_article=linked.found or metas.get("og:type") == "article" or root.get("itemtype", "").endswith("Article"),
        linked=linked,
    )


def _metas(root: HtmlElement) -> dict[str, str]:
    """Return the first non-empty content of each <meta>, by its name in lower case."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = tidy(meta.get("content") or "")[:1000]
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _headline(title: str, outlet: str, *, guess: bool = False) -> str:
    """Return the title without the outlet's name after its last dash or bar; `guess` takes any few words for one."""
    ends = list(_SUFFIX.finditer(title))
    if not ends:
        return title
    head, last = title[: ends[-1].start()], title[ends[-1].end() :]
    is_outlet = fold(last) == fold(outlet) if outlet else guess and _is_like_a_name(last) and len(head.split()) > 3
    return head if is_outlet and head else title


def _is_like_a_name(words: str) -> bool:
    return len(words.split()) <= 3 and all(word[0].isupper() or word in {"of", "the"} for word in words.split())


def _people(names: Sequence[str], outlet: str) -> tuple[str, ...]:
    """Return the authors one by one, without "By", roles, addresses and the outlet itself."""
    parts = [part for name in names[:20] if "://" not in name for part in _split_names(_BY.sub("", name))]
    kept = [part for part in parts if 2 < len(part) <= 80 and "@" not in part and fold(part) != fold(outlet)]
    return tuple(dict.fromkeys(kept))[:10]


def _split_names(names: str) -> list[str]:
    parts = _AND.split(names)
    # "A. Dale, B. Moss and C. Reed" are three; "A. Dale, Political Editor" is one
    pieces = [piece.split(",") if len(parts) > 1 else piece.split(",")[:1] for piece in parts]
    return [name.strip() for piece in pieces for name in piece if name.strip()]


def _language(value: str) -> str:
    found = _LANGUAGE.match(value.strip().lower())
    return found[0] if found else ""


def _canonical(root: HtmlElement) -> str:
    return next(
        (
            str(link.get("href") or "").strip()
            for link in root.iter("link")
            if link.get("rel", "").lower() == "canonical"
        ),
        "",
    )


def article_url(url: str, canonical: str, final: str = "") -> str:
    """Return the page's canonical link if it is one of the same site and plainly an article's, else the URL itself."""
    try:
        link = urljoin(final or url, canonical) if canonical else ""
        parts, sites = urlsplit(link), {_site(url), _site(final)} - {""}
    except ValueError:  # "Invalid IPv6 URL" and the like
        return url
    is_ours = parts.scheme in {"http", "https"} and _site(link) in sites
    return link if is_ours and _ARTICLE_WORD.search(parts.path) else url


def is_of_article(url: str) -> bool:
    """Return whether the address is plainly that of one article, not of a section or a front page."""
    return _ARTICLE_WORD.search(urlsplit(url).path) is not None


def _site(url: str) -> str:
    return re.sub(r"^(?:www|amp|m|mobile)\.", "", urlsplit(url).hostname or "")


def _published(root: HtmlElement, linked: Linked, metas: dict[str, str]) -> Dated | None:
    """Return the first date given to the minute, else the first at all."""
    found = [date for date in map(read_date, _written_dates(root, linked, metas)) if date is not None]
    return next((date for date in found if date.precision != "day"), next(iter(found), None))


def _updated(root: HtmlElement, linked: Linked, metas: dict[str, str]) -> dt.datetime | None:
    """Return when the page says that it was last changed, if it says so to the minute."""
    marked = map(str, root.xpath(".//time[@itemprop='dateModified']/@datetime")[:1])
    told = filter(None, [linked.modified, *(metas.get(key, "") for key in _UPDATES), *marked])
    return next((date.at for date in map(read_date, told) if date and date.precision != "day"), None)


def _written_dates(root: HtmlElement, linked: Linked, metas: dict[str, str]) -> Iterator[str]:
    yield from filter(None, [linked.published, *(metas.get(key, "") for key in _DATES)])
    marked = root.xpath(".//time[@itemprop='datePublished' or @pubdate]/@datetime | .//article//time/@datetime")
    yield from map(str, marked[:1])
