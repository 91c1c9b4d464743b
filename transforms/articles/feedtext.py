"""The feed's own words as an article's text: its content, else its summary."""

from schemas.articles import Entry
from transforms.articles.body import drop_links, lines
from transforms.articles.clean import clean
from transforms.articles.html import parse
from transforms.articles.noise import without_noise
from transforms.articles.text import has_markup, plain_lines


def feed_lines(entry: Entry) -> list[str]:
    """Return the paragraphs of the entry's content or of its summary, whichever says more; empty where neither does."""
    found = [without_noise(html_lines(text), [entry.title]) for text in (entry.content, entry.summary) if text]
    return max(found, key=lambda each: sum(map(len, each)), default=[])


def html_lines(text: str) -> list[str]:
    """Return the paragraphs of a piece of HTML, or of plain text."""
    if not has_markup(text):
        return plain_lines(text)
    tree = parse(f"<html><body>{text}</body></html>")
    if tree is None:
        return []
    clean(tree.root)
    drop_links(tree.root)
    return lines(tree.root)
