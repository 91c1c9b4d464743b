"""The list of feeds as a user keeps it: a YAML file of addresses, each with what the user knows about its outlet."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from schemas.errors import BadFile, Problem
from schemas.feeds import Feed
from schemas.files import Lines, read

SCHEMES = ("http", "https", "file")
LOGIN = "an address with a user name or password before its host: no feed is logged in to, take them out"

_LOGIN = re.compile(r"(?:file://|(?!file:)(?:[a-z][a-z0-9+.-]*:)?/*)[^/?#]*@", re.IGNORECASE)


class FeedLine(BaseModel):
    """One feed: its address, and optionally its outlet's name, its language and the user's own groups."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    url: str
    outlet: str = ""
    language: str = Field("", pattern=r"^(?:[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)?$")
    groups: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        return {"url": value} if isinstance(value, str) else value

    @field_validator("url")
    @classmethod
    def _address(cls, url: str) -> str:
        fault = address_fault(url)
        if fault:
            raise ValueError(fault)
        return url


class FeedList(BaseModel):
    """The file of feeds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str | int = ""
    note: str = ""
    feeds: tuple[FeedLine, ...]

    @field_validator("feeds")
    @classmethod
    def _some(cls, feeds: tuple[FeedLine, ...]) -> tuple[FeedLine, ...]:
        if not feeds:
            raise ValueError("no feed is named")
        return feeds


def load_feeds(path: Path) -> tuple[Feed, ...]:
    """Return the feeds of the YAML file; raises BadFile with every fault and its line."""
    found = read(path, FeedList)
    lines = found.model.feeds if found.model else _draft(found.value)
    faults = [*found.problems, *_twice(lines, found.lines, str(path))]
    if faults:
        raise BadFile(sorted(faults, key=lambda fault: fault.line))
    return tuple(
        Feed(url=_absolute(line.url, path), outlet=line.outlet, language=line.language, groups=line.groups)
        for line in lines
    )


def _draft(value: Any) -> tuple[FeedLine, ...]:
    """Return the addresses of a list that is wrong in parts; one that is no address is like no other."""
    named = value.get("feeds") if isinstance(value, dict) else None
    urls = [line.get("url") if isinstance(line, dict) else line for line in named] if isinstance(named, list) else []
    return tuple(
        FeedLine.model_construct(url=url if isinstance(url, str) and not address_fault(url) else f"{n}")
        for n, url in enumerate(urls)
    )


def address_fault(url: str) -> str:
    """Return why the address cannot be that of a feed; an empty string where it can; never repeats a password."""
    if _LOGIN.match("".join(url.split())):  # urlsplit drops blanks too
        return LOGIN
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  (raises for a port that is none)
    except ValueError as e:
        return LOGIN if "@" in url else f"{url!r} is no address: {e}"  # a password with a slash looks like a port
    if parts.scheme.lower() not in SCHEMES:
        return f"{url!r} is no address of a feed: it begins with none of http://, https://, file:"
    if parts.scheme.lower() != "file" and not parts.hostname:
        return f"{url!r} names no host"
    return f"{url!r} has a blank in it" if len(url.split()) != 1 else ""


def same_address(url: str) -> str:
    """Return what two spellings of one feed's address have in common."""
    parts = urlsplit(url)
    return parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), fragment="").geturl()


def _twice(feeds: tuple[FeedLine, ...], lines: Lines, name: str) -> list[Problem]:
    first: dict[str, int] = {}
    for number, feed in enumerate(feeds):
        first.setdefault(same_address(feed.url), number)
    return [
        Problem(name, lines.get(("feeds", number), 0), f"{feed.url} stands here twice, first on line {line}")
        for number, feed in enumerate(feeds)
        if (known := first[same_address(feed.url)]) != number and (line := lines.get(("feeds", known), 0))
    ]


def _absolute(url: str, path: Path) -> str:
    # "file:feeds/one.xml" is relative to the list that names it
    return urljoin(path.absolute().as_uri(), url.partition(":")[2]) if url.lower().startswith("file:") else url
