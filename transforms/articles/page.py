"""One page read: its wall if it is one, its metadata, its article's paragraphs."""

from dataclasses import dataclass, field

from lxml.html import HtmlElement

from schemas.articles import Reply
from transforms.articles.body import paragraphs
from transforms.articles.clean import clean, drop
from transforms.articles.html import decode, parse
from transforms.articles.meta import Meta, read_meta
from transforms.articles.noise import without_noise
from transforms.articles.shape import text_of
from transforms.articles.text import length
from transforms.articles.walls import Wall, consent, paywall
from transforms.challenge import challenge


@dataclass(frozen=True, slots=True)
class Page:
    """What one page gave; of a challenge or consent wall nothing else is kept."""

    wall: Wall | None = None
    meta: Meta = field(default_factory=Meta)
    lines: tuple[str, ...] = ()
    cut: bool = False


def read_page(reply: Reply, *, titles: tuple[str, ...] = ()) -> Page:
    """Return the page's article, or which wall stands before it.

    Args:
        reply: the page.
        titles: what the feed calls the article, not to be repeated at the head of its text.
    """
    tree = parse(decode(reply.body, reply.header("content-type")))
    if tree is None:
        return Page()
    root = tree.root
    meta = read_meta(root)
    drop(root.iter("script", "style", "template", "title"))
    visible = text_of(root)
    if (reply.status >= 400 or not meta.is_article) and challenge(reply, titles=meta.titles, visible=visible):
        return Page(wall="challenge")
    if reply.status >= 400:
        return Page()
    found = _article(root, meta, titles)
    if not meta.is_article and consent(reply.url, visible=visible, lines=found):
        return Page(wall="consent")
    is_stub = paywall(text="\n".join(found), visible=visible, locked=meta.linked.locked)
    return Page(wall="paywall" if is_stub else None, meta=meta, lines=tuple(found), cut=tree.cut)


def _article(root: HtmlElement, meta: Meta, titles: tuple[str, ...]) -> list[str]:
    clean(root, live=meta.linked.live)
    heads = [*titles, *meta.titles]
    found = without_noise(paragraphs(root), heads)
    told = [] if meta.linked.locked else without_noise(meta.linked.body, heads)
    # pages that a script fills have their text nowhere else; elsewhere it lacks the paragraphs
    return told if length(told) > 2 * length(found) else found
