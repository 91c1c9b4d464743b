"""An OPML list -> feeds: its folders become groups; document types and entities are refused. And feeds -> OPML."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from schemas.errors import BadFile, Problem
from schemas.feedlist import address_fault, same_address
from schemas.feeds import Feed

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no XML can hold them
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)")  # every third list has a name like "Q&A"


class _Outlines:
    """What the parser has seen so far: the open folders, the feeds by address, and what is wrong."""

    def __init__(self, name: str, parser: expat.XMLParserType) -> None:
        self.name, self.parser = name, parser
        self.folders: list[str] = []
        self.feeds: dict[str, Feed] = {}
        self.problems: list[Problem] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.lower() != "outline":
            return
        told = {key.lower(): value.strip() for key, value in attributes.items()}
        if told.get("xmlurl"):
            self._feed(told)
        self.folders.append("" if told.get("xmlurl") else told.get("text") or told.get("title") or "")

    def end(self, tag: str) -> None:
        if tag.lower() == "outline":
            self.folders.pop()

    def refuse(self, *_: object) -> NoReturn:
        problem = Problem(self.name, self.parser.CurrentLineNumber, "a document type (DTD): lists with one are refused")
        raise BadFile([problem])

    def _feed(self, told: dict[str, str]) -> None:
        url = _http(told["xmlurl"])
        fault = address_fault(url) or ("" if url.startswith("http") else f"{url!r} is no web address")
        if fault:
            self.problems.append(Problem(self.name, self.parser.CurrentLineNumber, fault))
            return
        known = self.feeds.get(same_address(url))
        groups = tuple(dict.fromkeys((*(known.groups if known else ()), *filter(None, self.folders))))
        name = told.get("title") or told.get("text") or ""
        outlet = known.outlet if known else "" if name == told["xmlurl"] else name
        language = "" if told.get("language", "").lower() == "unknown" else told.get("language", "")
        self.feeds[same_address(url)] = Feed(
            url=known.url if known else url, outlet=outlet, language=language.lower(), groups=groups
        )


def feeds_of(text: str, path: Path) -> tuple[Feed, ...]:
    """Return the feeds of the OPML text, one that stands in two folders once; raises BadFile."""
    parser = expat.ParserCreate("utf-8")
    seen = _Outlines(str(path), parser)
    parser.StartElementHandler, parser.EndElementHandler = seen.start, seen.end
    parser.StartDoctypeDeclHandler = seen.refuse
    try:
        parser.Parse(_BARE.sub("&amp;", text).encode("utf-8"), True)  # noqa: FBT003  (expat takes it by position only)
    except expat.ExpatError as e:
        raise BadFile([Problem(str(path), e.lineno, f"not XML: {expat.ErrorString(e.code)}")]) from None
    if seen.problems:
        raise BadFile(seen.problems)
    if not seen.feeds:
        raise BadFile([Problem(str(path), 0, "no feed in this list")])
    return tuple(seen.feeds.values())


def opml_of(feeds: Sequence[Feed], title: str = "newswatch") -> str:
    """Return the feeds as an OPML list: a folder a group, in which each of its feeds stands; then those without one."""
    return "\n".join(
        (
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<opml version="2.0"><head><title>{_UNWRITABLE.sub("", title)}</title></head><body>',
            *_outlines(feeds),
            "</body></opml>\n",
        )
    )


def _outlines(feeds: Sequence[Feed]) -> Iterator[str]:
    for group in dict.fromkeys(group for feed in feeds for group in feed.groups):
        yield f"<outline text={_quoted(group)}>"
        yield from (_outline(feed) for feed in feeds if group in feed.groups)
        yield "</outline>"
    yield from (_outline(feed) for feed in feeds if not feed.groups)


def _outline(feed: Feed) -> str:
    language = f" language={_quoted(feed.language)}" if feed.language else ""
    return f'<outline type="rss" text={_quoted(feed.outlet or feed.url)} xmlUrl={_quoted(feed.url)}{language}/>'


def _quoted(text: str) -> str:
    return quoteattr(_UNWRITABLE.sub("", text))


def _http(url: str) -> str:
    """Return the address under the schemes that browsers once had for feeds."""
    for old in ("feed:", "pcast:"):
        if url.lower().startswith(old):
            rest = url[len(old) :].removeprefix("//")
            return rest if "://" in rest else f"https://{rest}"
    return url
