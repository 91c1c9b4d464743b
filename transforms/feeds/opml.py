"""An OPML list -> feeds: its folders become groups; document types and entities are refused."""

import re
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from schemas.errors import BadFile, Problem
from schemas.feedlist import address_fault, same_address
from schemas.records import Feed

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
        outlet = known.outlet if known else told.get("title") or told.get("text") or ""
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


def _http(url: str) -> str:
    """Return the address under the schemes that browsers once had for feeds."""
    for old in ("feed:", "pcast:"):
        if url.lower().startswith(old):
            rest = url[len(old) :].removeprefix("//")
            return rest if "://" in rest else f"https://{rest}"
    return url
