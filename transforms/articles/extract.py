"""Entries with their pages -> articles: the page's text, or the feed's where the page gives none."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from schemas.articles import Article, Entry, Fetched, Reply, TextSource
from schemas.failures import Reason, Rejected
from schemas.ids import story_id
from schemas.settings import Articles
from transforms.articles.feedtext import feed_lines
from transforms.articles.meta import article_url, is_of_article
from transforms.articles.page import Page, read_page
from transforms.articles.published import published as publication
from transforms.articles.published import updated
from transforms.articles.text import as_given, cut, length, tidy

MAX_CHARS = 200_000
"""As `articles.max_chars` is unless set."""

FAR_LESS = 0.6
"""A page that gives less than this share of the feed's own text was not understood."""


class Choice(NamedTuple):
    """Whose text is taken, and the flag that says why it is not simply the page's."""

    lines: Sequence[str]
    source: TextSource
    flag: str = ""


def extract_article(fetched: Fetched, *, settings: Articles) -> Article:
    """Return the entry's article; raises Rejected where neither page nor feed has text, with the page's own reason."""
    page = Page() if fetched.reply is None else read_page(fetched.reply, titles=(fetched.entry.title,))
    return _article(fetched, page, _choice(fetched, page), settings.max_chars)


def article_from_html(
    html: bytes | str,
    *,
    id: str,  # noqa: A002 -- the contract's own word
    url: str = "",
    seen: dt.datetime,
    max_chars: int = MAX_CHARS,
) -> Article:
    """Return the article of a page at hand, read as a fetched one is; raises Rejected where it has no text."""
    body = html.encode("utf-8", "ignore") if isinstance(html, str) else html
    reply = Reply(url=url, status=200, body=body)
    entry = Entry(id=id, feed="", outlet="", url=url, seen=seen)
    return extract_article(Fetched(entry=entry, reply=reply), settings=Articles(max_chars=max_chars))


def article_from_text(
    text: str,
    *,
    id: str,  # noqa: A002 -- the contract's own word
    title: str = "",
    url: str = "",
    published: dt.datetime | None = None,
    seen: dt.datetime,
) -> Article:
    """Return the text as an article, as it is given: every offset holds in the caller's own copy."""
    text = as_given(text)
    return Article(
        id=id,
        url=url,
        title=tidy(title),
        text=text,
        text_from="given",
        published=published,
        published_from="given" if published else "none",
        published_precision="second" if published else "none",
        story=story_id(text),
        seen=seen,
    )


def _choice(fetched: Fetched, page: Page) -> Choice:
    reason, detail = _fault(fetched, page)
    told = feed_lines(fetched.entry)
    if reason is None and page.lines and length(page.lines) >= FAR_LESS * length(told):
        return Choice(page.lines, "page")
    if told:
        has_page = fetched.reply is not None or reason is not None
        return Choice(told, "feed", reason or ("page-short" if has_page else ""))
    if page.lines:  # a paywall's stub is all there is
        return Choice(page.lines, "page", reason or "")
    raise Rejected(reason or "no-text", detail)


def _fault(fetched: Fetched, page: Page) -> tuple[Reason | None, str]:
    return ("page-blocked", page.wall) if page.wall else (fetched.reason, fetched.detail)


def _landed(fetched: Fetched, choice: Choice) -> str:
    """Return where the entry's address led to, if an article stands there."""
    url = fetched.reply.url if fetched.reply and choice.source == "page" else ""
    return url if url != fetched.entry.url and is_of_article(url) else ""


def _article(fetched: Fetched, page: Page, choice: Choice, max_chars: int) -> Article:
    entry, meta, whole = fetched.entry, page.meta, "\n".join(choice.lines)
    text, date = cut(whole, max_chars), publication(entry, meta.published)
    flags = [
        *date.flags,
        choice.flag,
        "cut" if len(text) < len(whole) or (page.cut and choice.source == "page") else "",
    ]
    return Article(
        id=entry.id,
        url=article_url(entry.url, meta.canonical, fetched.reply.url if fetched.reply else ""),
        landed=_landed(fetched, choice),
        title=entry.title or meta.title,
        text=text,
        text_from=choice.source,
        outlet=entry.outlet or meta.outlet,
        feed=entry.feed,
        authors=entry.authors or meta.authors,
        published=date.time,
        published_from=date.source,
        published_precision=date.precision,
        updated=updated(entry, meta.updated, date.time),
        section=meta.section,
        language=entry.language or meta.language,
        groups=entry.groups,
        flags=tuple(dict.fromkeys(filter(None, flags))),
        story=story_id(text),
        seen=entry.seen,
    )
