"""Sample outlets -> what their servers answer: pages, feeds and the addresses that misbehave."""

import datetime as dt
import email.utils
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from samples import OUTLETS
from samples.articles import SampleArticle, SampleFeed, SampleOutlet, of_outlet

POLL = b"@POLL@"
"""Stands in a body where the number of the request goes: GUIDs that churn."""

TYPES = {
    "rss20": "application/rss+xml",
    "rss091": "text/xml",
    "rdf": "application/rdf+xml",
    "atom": "application/atom+xml",
    "raw": "text/xml",
}
AHEAD = dt.timedelta(days=730)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What stands at one address; `hang` is an address that never answers."""

    status: int = 200
    type: str = "text/html; charset=utf-8"
    body: bytes = b""
    location: str = ""
    modified: dt.datetime | None = None
    hang: bool = False

    @property
    def etag(self) -> str:
        """Return the body's validator."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


Site = dict[str, Answer]
"""An outlet's addresses by path, without host and query."""


def site(outlet: SampleOutlet, base: str) -> Site:
    """Return all that the outlet serves at that base URL; the same arguments give the same bytes."""
    found: Site = {"/": _front(outlet, base), "/robots.txt": _plain("User-agent: *\nDisallow: /search\n")}
    for article in of_outlet(outlet.id):
        found |= dict(_pages(outlet, article, base))
    return found | {feed.path: feed_answer(outlet, feed, base) for feed in outlet.feeds}


def path_of(outlet: SampleOutlet, article: SampleArticle) -> str:
    """Return the path of the article's page."""
    date = article.published.strftime("%Y/%m/%d")
    return outlet.page_url.format(slug=article.slug, date=date, day=date.replace("/", "-"))


def page(outlet: SampleOutlet, article: SampleArticle, base: str) -> str:
    """Return the article's page as the outlet's template renders it."""
    related = [a for a in of_outlet(outlet.id) if a.slug != article.slug][:4]
    template = _environment().get_template(f"{outlet.id}/{outlet.template}")
    return template.render(outlet=outlet, article=article, base=base, related=related, url=_url(outlet, article, base))


def _pages(outlet: SampleOutlet, article: SampleArticle, base: str) -> Iterator[tuple[str, Answer]]:
    path = path_of(outlet, article)
    if article.page == "gone":
        yield (
            path,
            Answer(status=404, body=b"<!doctype html><title>Not found</title><p>This page is not here any more."),
        )
        return
    if article.page in {"challenge", "consent"}:
        text = _environment().get_template(f"_shared/{article.page}.html.j2").render(outlet=outlet)
        yield path, Answer(status=403 if article.page == "challenge" else 200, body=text.encode())
        return
    if article.page == "moved":
        yield path, Answer(status=301, location=f"{path}-1")
        path = f"{path}-1"
    body = page(outlet, article, base).encode(outlet.encoding, "xmlcharrefreplace")
    yield (
        path,
        Answer(
            type=f"text/html; charset={outlet.encoding}",
            body=body,
            modified=article.published.astimezone(dt.timezone.utc),
        ),
    )


def feed_answer(outlet: SampleOutlet, feed: SampleFeed, base: str) -> Answer:
    """Return what stands at the feed's address."""
    if feed.format in {"hang", "gone"}:
        return Answer(status=410 if feed.format == "gone" else 200, body=b"Gone.", hang=feed.format == "hang")
    if feed.format == "html":
        return _front(outlet, base)
    if feed.format == "raw":
        body = (OUTLETS / outlet.id / feed.raw).read_bytes().replace(b"@BASE@", base.encode())
    else:
        body = _feed(outlet, feed, base).encode(feed.encoding, "xmlcharrefreplace")
    newest = max((a.published.astimezone(dt.timezone.utc) for a in of_outlet(outlet.id, feed.only)), default=None)
    return Answer(type=TYPES[feed.format], body=body, modified=newest)


def _feed(outlet: SampleOutlet, feed: SampleFeed, base: str) -> str:
    entries = [_entry(outlet, feed, article, base) for article in of_outlet(outlet.id, feed.only)]
    template = _environment().get_template(f"_shared/{feed.format}.xml.j2")
    return template.render(outlet=outlet, feed=feed, base=base, entries=entries)


def _entry(outlet: SampleOutlet, feed: SampleFeed, article: SampleArticle, base: str) -> dict[str, Any]:
    url = _url(outlet, article, base)
    link = f"{urlsplit(url).path if feed.relative else url}{feed.query}"
    date = article.published + AHEAD if article.in_feed == "ahead" else article.published
    dated = feed.dates == "given" and article.in_feed != "undated"
    guid = {"link": url, "none": "", "churn": f"{article.slug}-@POLL@", "shared": "tag:latest"}[feed.guid]
    return {"article": article, "link": link, "guid": guid, "date": date if dated else None}


def _front(outlet: SampleOutlet, base: str) -> Answer:
    links = [(a.title, _url(outlet, a, base)) for a in of_outlet(outlet.id)]
    text = _environment().get_template("_shared/front.html.j2").render(outlet=outlet, links=links)
    return Answer(body=text.encode())


def _url(outlet: SampleOutlet, article: SampleArticle, base: str) -> str:
    return f"{base}{path_of(outlet, article)}"


def _plain(text: str) -> Answer:
    return Answer(type="text/plain; charset=utf-8", body=text.encode())


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(OUTLETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["rfc822"] = _rfc822
    return made


def _rfc822(when: dt.datetime, zone: str) -> str:
    named = {"EST": -5, "MSK": 3, "GMT": 0}
    hours = named[zone] if zone in named else int(zone) / 100
    local = when.astimezone(dt.timezone(dt.timedelta(hours=hours)))
    return email.utils.format_datetime(local).rpartition(" ")[0] + f" {zone}"
