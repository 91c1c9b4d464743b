"""Google-News sitemaps -> items."""

import re
from collections.abc import Iterator

from lxml import etree

from schemas.failures import Rejected
from transforms.dates import read_date
from transforms.feeds.body import root_of
from transforms.feeds.clean import line, safe
from transforms.feeds.items import MAX_DATE, MAX_TITLE, OLDEST, Channel, Item, canonical
from transforms.urls import MAX_URL

MAX_ITEMS = 5_000

ROOTS = frozenset({"urlset", "sitemapindex"})
_END = re.compile(r"</(?:\w+:)?urlset\s*>", re.IGNORECASE)


def is_sitemap(text: str) -> bool:
    """Return whether the text begins as a sitemap does."""
    return root_of(text) in ROOTS


def sitemap_channel(text: str, base: str) -> Channel:
    """Return the news of a sitemap; raises Rejected where it is one of other pages, or of other sitemaps."""
    root = _parsed(text)
    if root is not None and _name(root) == "sitemapindex":
        first = next((each.text for each in root.iter("{*}loc") if each.text), "")
        such_as = line(first, markup=False, most=200)
        raise Rejected("bad-feed", f"a list of sitemaps: name one with news{such_as and ', such as '}{such_as}")
    found = [] if root is None else list(_news(root))
    if not found:
        raise Rejected("bad-feed", "a sitemap without news")
    is_whole = _END.search(text, max(0, len(text) - 2_000)) is not None
    outlet = next((_text(news, "name") for _, news in found), "")
    items = [_item(url, news, base) for url, news in (found if is_whole else found[:-1])]  # the last one may be cut
    return Channel(items=items, title=line(outlet, markup=False, most=200), front="", is_whole=is_whole)


def _parsed(text: str) -> etree._Element | None:
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(text.encode("utf-8", "ignore"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _news(root: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    for url in list(root.iter("{*}url"))[:MAX_ITEMS]:
        news = next(url.iter("{*}news"), None)
        if news is not None:
            yield url, news


def _item(url: etree._Element, news: etree._Element, base: str) -> Item:
    link = safe(_text(url, "loc"), MAX_URL)
    dated = read_date(_text(news, "publication_date")) or read_date(_text(url, "lastmod"))
    return Item(
        url=canonical(link, base),
        link=link if canonical(link, base) else "",
        guid="",
        title=line(_text(news, "title"), markup=False, most=MAX_TITLE),
        summary="",
        content="",
        authors=(),
        dated=dated if dated and dated.at >= OLDEST else None,
        updated=safe(_text(url, "lastmod"), MAX_DATE),
    )


def _text(element: etree._Element, name: str) -> str:
    """Return the text of the first element of that name inside, whatever its namespace."""
    found = next((each for each in element.iter("{*}" + name)), None)
    return "" if found is None else " ".join("".join(found.itertext()).split())


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)
