"""The sample outlets and articles as they stand in `samples/outlets`: front matter, then paragraphs of inline HTML."""

import html
import re
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import AwareDatetime, BaseModel, ConfigDict

from samples import OUTLETS

_TAG = re.compile(r"<[^>]+>")
_MARKS = {"## ": "heading", "### ": "update", "> ": "quote", "READ MORE: ": "more"}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Block(_Part):
    """One paragraph, subheading, block quote, live-blog stamp or read-more line; `html` is inline HTML."""

    kind: str
    html: str

    @property
    def text(self) -> str:
        """Return the block as plain text."""
        return html.unescape(_TAG.sub("", self.html))


class SampleFeed(_Part):
    """One feed address of an outlet and what is peculiar about it."""

    path: str
    format: Literal["rss20", "rss091", "rdf", "atom", "raw", "html", "gone", "hang"]
    title: str = ""
    raw: str = ""
    only: tuple[str, ...] = ()
    content: Literal["summary", "full"] = "summary"
    guid: Literal["link", "none", "churn", "shared"] = "link"
    dates: Literal["given", "none"] = "given"
    encoding: str = "utf-8"
    query: str = ""
    relative: bool = False


class SampleOutlet(_Part):
    """An invented outlet: its name, addresses, look and feeds."""

    id: str
    name: str
    tagline: str = ""
    language: str = "en"
    zone: str = "+0000"
    page_url: str = "/news/{slug}"
    encoding: str = "utf-8"
    template: str = "page.html.j2"
    feeds: tuple[SampleFeed, ...]


class SampleArticle(_Part):
    """One article; `page` says what stands at its address: the page itself, or what a reader finds instead."""

    outlet: str
    slug: str
    title: str
    published: AwareDatetime
    authors: tuple[str, ...] = ()
    summary: str = ""
    caption: str = ""
    pullquote: str = ""
    section: str = "News"
    page: Literal["page", "gone", "challenge", "consent", "moved"] = "page"
    in_feed: Literal["dated", "undated", "ahead"] = "dated"
    page_date: Literal["meta", "shown", "none"] = "meta"
    blocks: tuple[Block, ...]

    @property
    def key(self) -> str:
        """Return outlet and slug: the article's name in `expected.yaml`."""
        return f"{self.outlet}/{self.slug}"

    @property
    def text(self) -> str:
        """Return the body as plain text, a line a block, as a careful extraction gives it."""
        return "\n".join(block.text for block in self.blocks if block.kind != "more")

    @property
    def lead(self) -> str:
        """Return the summary, or the first paragraph."""
        return self.summary or self.blocks[0].text


@cache
def outlets() -> tuple[SampleOutlet, ...]:
    """Return every sample outlet, by id."""
    files = sorted(OUTLETS.glob("*/outlet.yaml"))
    return tuple(SampleOutlet.model_validate(yaml.safe_load(f.read_text(encoding="utf-8"))) for f in files)


@cache
def articles() -> tuple[SampleArticle, ...]:
    """Return every sample article, newest first within its outlet."""
    found = [read_article(path) for path in sorted(OUTLETS.glob("*/*.md"))]
    return tuple(sorted(found, key=lambda a: (a.outlet, -a.published.timestamp(), a.slug)))


def of_outlet(outlet: str, only: tuple[str, ...] = ()) -> list[SampleArticle]:
    """Return the outlet's articles, newest first; with `only`, those slugs."""
    return [a for a in articles() if a.outlet == outlet and (not only or a.slug in only)]


def read_article(path: Path) -> SampleArticle:
    """Return the article of one file; a copy takes its paragraphs from the file it names."""
    front, body = _split(path)
    blocks = [_block(part) for part in body]
    origin, keep = front.pop("copy_of", ""), front.pop("keep", None)
    if origin:
        blocks += [_block(part) for part in _split(OUTLETS / f"{origin}.md")[1]][:keep]
    return SampleArticle(outlet=path.parent.name, slug=path.stem, blocks=tuple(blocks), **front)


def _split(path: Path) -> tuple[dict[str, Any], list[str]]:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    values: dict[str, Any] = yaml.safe_load(front)
    return values, [part.strip() for part in body.split("\n\n") if part.strip()]


def _block(part: str) -> Block:
    joined = " ".join(part.splitlines())
    kind, prefix = next(((k, p) for p, k in _MARKS.items() if joined.startswith(p)), ("paragraph", ""))
    return Block(kind=kind, html=joined.removeprefix(prefix))
