"""What the user names as feeds -> feeds: a YAML or OPML list, one feed's address, one feed's file."""

import re
from pathlib import Path

from schemas.errors import BadFile, Problem, UserError
from schemas.failures import Rejected
from schemas.feedlist import address_fault, load_feeds
from schemas.feeds import Feed
from schemas.files import MAX_BYTES
from transforms.feeds.body import feed_text
from transforms.feeds.encoding import to_text
from transforms.feeds.opml import feeds_of

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://|file:")

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+/")


def feeds_from(source: str) -> tuple[Feed, ...]:
    """Return the feeds that the user means; raises UserError, with the file and line where there is one."""
    if _SCHEME.match(source):
        return (_named(source),)
    path = Path(source).expanduser()
    if _HOST.match(source) and not path.exists():
        raise UserError(f"{source}: no such file, and no address either: that begins with http:// or https://")
    text = to_text(_start(path)).lstrip()
    if not text:
        raise BadFile([Problem(source, 0, "empty")])
    if not text.startswith("<"):
        return load_feeds(path)
    if "<opml" in text[:4_000].lower():
        return feeds_of(to_text(_bytes(path)).lstrip(), path)
    return (_one(path),)


def _named(url: str) -> Feed:
    fault = address_fault(url)
    if fault:
        raise UserError(fault)
    return Feed(url=url)


def _one(path: Path) -> Feed:
    try:
        feed_text(_bytes(path), "")
    except Rejected as e:
        raise BadFile([Problem(str(path), 0, e.detail)]) from None
    return Feed(url=path.absolute().as_uri())


def _start(path: Path) -> bytes:
    return _read(path, 16_000)


def _bytes(path: Path) -> bytes:
    return _read(path, MAX_BYTES)


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except FileNotFoundError:
        raise BadFile([Problem(str(path), 0, "no such file")]) from None
    except (OSError, ValueError) as e:
        raise BadFile([Problem(str(path), 0, getattr(e, "strerror", None) or str(e))]) from None
