"""What the web answered, kept as WARC files and given again without it; one file a client and pass."""

import contextlib
import datetime as dt
import io
import itertools
import string
import threading
import uuid
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from schemas.articles import Reply
from schemas.errors import UserError
from schemas.settings import Settings
from transforms.clients.http import open_web
from transforms.printable import one_line
from transforms.protocols import Web, WebError

SUFFIX = ".warc.gz"
FULL = 1_000_000_000
"""A file of so many bytes is followed by another."""

CHANGED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""Headers of how a body came: it is kept unpacked."""

MOVED = 5
"""The most redirects that are followed in an archive."""


class Archiving:
    """A `Web` that keeps every answer of another; for threads to share."""

    def __init__(self, web: Web, folder: str, run: str) -> None:
        self.web, self.run, self.folder = web, run, Path(folder)
        self.lock = threading.Lock()
        self.file: io.BufferedWriter | None = None

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int) -> Reply:
        """Return the reply, which is kept unless it is an error of the web or says that nothing changed."""
        reply = self.web.get(url, headers=headers, max_bytes=max_bytes)
        if reply.status != HTTPStatus.NOT_MODIFIED:
            with self.lock:
                self._keep(url, reply)
        return reply

    def close(self) -> None:
        """Give back the connections and close the file."""
        self.web.close()
        if self.file:
            self.file.close()

    def _keep(self, url: str, reply: Reply) -> None:
        try:
            if self.file is None or self.file.tell() > FULL:
                self.file = self._opened()
            writer = WARCWriter(self.file, gzip=True)
            for hop in hops(url, reply):
                writer.write_record(_record(writer, hop))
            self.file.flush()
        except OSError as e:
            raise UserError(f"archive.folder: {self.folder}: {e.strerror}", transient=True) from None

    def _opened(self) -> io.BufferedWriter:
        if self.file:
            self.file.close()
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{self.run}-{uuid.uuid4().hex[:8]}{SUFFIX}"
        file = path.open("xb")
        writer = WARCWriter(file, gzip=True)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "newswatch", "run": self.run}))
        return file


def hops(url: str, reply: Reply) -> list[Reply]:
    """Return the reply as a server gives it: with the redirects before it, so far as they are known."""
    places = list(dict.fromkeys(map(spelt, (url, reply.permanent_url or url, reply.url))))
    moves = []
    for here, there in itertools.pairwise(places):
        is_permanent = there == spelt(reply.permanent_url)
        status = HTTPStatus.MOVED_PERMANENTLY if is_permanent else HTTPStatus.FOUND
        moves.append(Reply(url=here, status=status, headers=(("location", there),)))
    return [*moves, reply]


def spelt(url: str) -> str:
    """Return the address in ASCII, as it stands in the archive and in its headers."""
    return quote(url, safe=string.punctuation)


def _ascii(value: str) -> str:
    return one_line(value).encode("ascii", "replace").decode()


def _record(writer: WARCWriter, reply: Reply) -> object:
    kept = [(name, _ascii(value)) for name, value in reply.headers if name not in CHANGED]
    told = StatusAndHeaders(
        _status_line(reply.status), [*kept, ("content-length", str(len(reply.body)))], protocol="HTTP/1.1"
    )
    body = io.BytesIO(reply.body)
    return writer.create_warc_record(
        spelt(reply.url), "response", payload=body, length=len(reply.body), http_headers=told
    )


def _status_line(status: int) -> str:
    known = {s.value: s.phrase for s in HTTPStatus}
    return f"{status} {known.get(status, 'Unknown')}"


class Place(NamedTuple):
    """Where an answer stands: its file, and the first byte of its record."""

    path: Path
    offset: int


@dataclass(frozen=True)
class Pass:
    """What one pass was answered, by URL, in the order in which it was kept; and when it began."""

    run: str
    began: dt.datetime
    answers: Mapping[str, Sequence[Place]]

    def rounds(self, urls: Sequence[str]) -> int:
        """Return how often the pass asked that of the URLs which it asked most often."""
        return max((len(self.answers.get(spelt(url), ())) for url in urls), default=0)


@dataclass(frozen=True)
class Archived:
    """A `Web` that is an archive: to each URL the answer of one round of one pass; else one of other passes."""

    passes: Sequence[Pass]
    number: int
    round: int = 0

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int) -> Reply:
        """Return the kept reply, redirects followed; raises WebError where there is none."""
        del headers  # what was kept is given whole
        url = spelt(url)
        asked, permanent, is_permanent = url, "", True
        for _ in range(MOVED + 1):
            reply = self._read(url)
            target = reply.header("location") if reply.status in {301, 302, 303, 307, 308} else ""
            if not target:
                return _within(reply, permanent, max_bytes)
            is_permanent = is_permanent and reply.status in {301, 308}
            url = target
            permanent = url if is_permanent else permanent
        raise WebError("redirects", f"more than {MOVED} redirects from {asked}")

    def close(self) -> None:
        """Nothing is held."""

    def _read(self, url: str) -> Reply:
        own = self.passes[self.number].answers.get(url)
        if own:
            return read_at(own[min(self.round, len(own) - 1)])
        nearest = sorted(range(len(self.passes)), key=lambda n: abs(n - self.number))
        found = next((self.passes[n].answers[url] for n in nearest if url in self.passes[n].answers), None)
        if not found:
            raise WebError("unreachable", f"not in the archive: {url[:200]}")
        return read_at(found[-1])


def _within(reply: Reply, permanent: str, max_bytes: int) -> Reply:
    if len(reply.body) > max_bytes:
        raise WebError("too-large", f"more than {max_bytes} bytes")
    return replace(reply, permanent_url=permanent)


def passes_of(folder: Path) -> list[Pass]:
    """Return the passes that the archive holds, oldest first; raises UserError where there is none."""
    files = sorted(folder.glob(f"*{SUFFIX}"))
    if not files:
        raise UserError(f"{folder}: no archive (files *{SUFFIX})")
    runs: dict[str, list[Path]] = defaultdict(list)
    for path in files:
        runs[path.name.removesuffix(SUFFIX).rpartition("-")[0]].append(path)
    return [found for run, paths in runs.items() if (found := _pass(run, paths)).answers]


def _pass(run: str, paths: Sequence[Path]) -> Pass:
    answers: dict[str, list[Place]] = defaultdict(list)
    began = dt.datetime.max.replace(tzinfo=dt.timezone.utc)
    for path in paths:
        for url, at, place in _index(path):
            answers[url].append(place)
            began = min(began, at)
    return Pass(run, began, dict(answers))


def _index(path: Path) -> Iterator[tuple[str, dt.datetime, Place]]:
    """Yield each answer's URL, time and place, up to where the file breaks off."""
    try:
        with path.open("rb") as file:
            records = ArchiveIterator(file)
            with contextlib.suppress(ArchiveLoadFailed, EOFError):  # a pass was killed in the middle of a record
                for record in records:
                    if record.rec_type == "response":
                        told = record.rec_headers
                        at = dt.datetime.fromisoformat(told.get_header("WARC-Date").replace("Z", "+00:00"))
                        yield told.get_header("WARC-Target-URI"), at, Place(path, records.get_record_offset())
    except OSError as e:
        raise UserError(f"{path}: {e.strerror}") from None


def read_at(place: Place) -> Reply:
    """Return the answer that stands there."""
    with place.path.open("rb") as file:
        file.seek(place.offset)
        record = next(iter(ArchiveIterator(file)))
        told = record.http_headers
        reply = Reply(
            url=record.rec_headers.get_header("WARC-Target-URI"),
            status=int(told.get_statuscode()),
            headers=tuple((name.lower(), value) for name, value in told.headers),
            body=_body(record),
        )
    if reply.header("content-length") != str(len(reply.body)):
        raise WebError("unreachable", f"the archive breaks off: {place.path.name}")
    return reply


def _body(record: ArcWarcRecord) -> bytes:
    try:
        return bytes(record.content_stream().read())
    except (EOFError, zlib.error, OSError):
        return b""


def open_kept_web(settings: Settings, run: str) -> Web:
    """Return the guarded web, each answer of which is kept where the settings say so."""
    web = open_web(settings.network)
    return Archiving(web, settings.archive.folder, run) if settings.archive.folder else web
