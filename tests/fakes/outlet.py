"""A small outlet on loopback: a feed, its articles, and neighbours that misbehave."""

from collections.abc import Mapping

from tests.fakes.web import Route, sends

QUOTE = "“We have waited long enough,” Ann Ash told reporters on the quay. “Now we sail.”"

STORIES = (
    (
        "The ferry to Port Ellery will sail again on Monday, the harbour office said in a short notice to the crews.",
        "Nobody could say how many passengers would come, but the bakery on the quay had ordered flour for a week.",
    ),
    (
        "Divers have cleared the last wreck out of the northern channel, three years after the great storm.",
        "A brass band of firemen played for them, and their own pay of last winter is due at the end of the month.",
    ),
    (
        "Tickets to the islands are to cost a fifth more from spring, since oil and ropes have become dear.",
        "Pupils and the old pay nothing, as before; so the council voted after a debate that lasted until midnight.",
    ),
)
"""What stands in the articles beside the quote, so that none is a copy of another."""


def page(number: int) -> bytes:
    """The page of an article, each a story of its own."""
    first, last = STORIES[number % len(STORIES)]
    told = (f"Notice number {number} was pinned to the door of the harbour office.", first, QUOTE, last)
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in told)
    head = f"<head><meta charset='utf-8'><title>Ferry sails again, {number}</title></head>"
    return f"<!doctype html><html lang='en'>{head}<body><article>{paragraphs}</article></body></html>".encode()


def feed(*links: str) -> bytes:
    """A feed of entries without a text of their own."""
    items = "".join(
        f"<item><title>Ferry {n}</title><link>{link}</link>"
        f"<pubDate>Mon, 17 Feb 2025 0{n % 10}:00:00 GMT</pubDate></item>"
        for n, link in enumerate(links)
    )
    return f"<rss version='2.0'><channel><title>The Post</title>{items}</channel></rss>".encode()


def outlet(links: list[str], pages: int, more: Mapping[str, Route] | None = None) -> dict[str, Route]:
    """The routes of a feed at /rss with those links, of /1 and as many pages, and of more; links may be added later."""

    def rss(handler) -> None:
        sends(feed(*links), Content_Type="application/rss+xml")(handler)

    articles = {f"/{n}": sends(page(n), Content_Type="text/html; charset=utf-8") for n in range(1, pages + 1)}
    return {"/rss": rss, **articles, **(more or {})}
