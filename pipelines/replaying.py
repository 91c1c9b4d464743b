"""What `newswatch replay` does: failed entries are due again, documents that a sink could not write are sent again."""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from pipelines import console
from pipelines.commands import json_object, opened
from pipelines.known import check_type
from pipelines.live import working
from pipelines.options import ENDS
from schemas.codec import from_json
from schemas.errors import BadFile, Problem, UserError
from schemas.failures import Failure
from schemas.query import Query
from schemas.settings import Settings
from transforms.clients.opening import open_index, open_ledger
from transforms.index.letters import STAGE, Again, send_again
from transforms.index.sending import Sender

MOST = 100_000
"""Failures that are taken up at once."""

SENT = ".sent"
"""Ends the name of the file, beside that of the dead letters, that says which of its lines have been sent."""

PART = 500
"""Documents that are sent before it is noted that they were."""


@dataclass(frozen=True, kw_only=True)
class Replay:
    """What to take up again: the index's failures or those of a file, and where a sink's documents go."""

    settings: Settings
    reason: str = ""
    file: Path | None = None
    to: str = ""


def replay(wanted: Replay, *, json: bool) -> int:
    """Take the failures up again, say what became of them, and return the exit code."""
    check_type("failures", wanted.reason)
    found = from_file(wanted.file) if wanted.file else from_index(wanted.settings, wanted.reason)
    failures = [failure for failure in found if wanted.reason in {"", failure.reason}]
    reopened = reopen(wanted.settings, failures)
    again = list(sent_again(wanted, [failure for failure in failures if failure.stage == STAGE]))
    left = [one for one in again if not one.sent]
    if json:
        json_object({"reopened": reopened, "sent": len(again) - len(left), "refused": len(left)})
    else:
        show(reopened, again)
    return ENDS["mend"] if left else ENDS["ok"]


def from_index(settings: Settings, reason: str) -> list[Failure]:
    """Return the failures of the index, oldest first."""
    with opened(settings) as index:
        found = index.find(Query(kind="failures", type=reason, limit=MOST))
    return [failure for failure in reversed(found) if isinstance(failure, Failure)]


def from_file(file: Path) -> list[Failure]:
    """Return the failures of the dead letters, each once, without those that have been sent; raises BadFile."""
    sent = set(_lines(_beside(file))) if _beside(file).exists() else set()
    found: dict[str, Failure] = {}
    for number, line in enumerate(_lines(file), start=1):
        try:
            failure = from_json(Failure, line)
        except ValidationError:
            raise BadFile([Problem(str(file), number, "not a failure as newswatch writes them")]) from None
        found.pop(failure.id, None)  # the last line of each stays, in its place
        found[failure.id] = failure
    return [failure for failure in found.values() if mark_of(failure) not in sent]


def mark_of(failure: Failure) -> str:
    """Return what stands in the other file once the failure's document has been sent."""
    return f"{failure.id} {failure.seen.isoformat()}"


def reopen(settings: Settings, failures: Iterable[Failure]) -> int:
    """Make the failures' entries and notices due again; return how many there were. Without any, no ledger is made."""
    failed = list(failures)
    wanted = sorted({failure.entry for failure in failed if failure.entry})
    notices = any(failure.reason in {"notify-given-up", "notify-refused"} for failure in failed)
    if not wanted and not notices:
        return 0
    with contextlib.closing(open_ledger(settings)) as ledger:
        return ledger.reopen(wanted) + (ledger.outbox.revive() if notices else 0)


def sent_again(wanted: Replay, failures: Sequence[Failure]) -> Iterator[Again]:
    """Send the documents again, part by part, and note which were taken, so that none is sent twice."""
    if not failures:
        return
    from transforms.clients.elastic_bulk import open_bulk  # noqa: PLC0415  (0.7 s of imports)

    server = server_of(wanted.settings, wanted.to, len(failures))
    with contextlib.closing(open_bulk(server.index)) as bulk, working("sending again"):
        sender = Sender(post=bulk.post)
        for start in range(0, len(failures), PART):
            done = send_again(sender, failures[start : start + PART])
            note(wanted, [one.failure for one in done if one.sent])
            yield from done


def note(wanted: Replay, sent: Sequence[Failure]) -> None:
    """Take what was sent off the list: note it beside the dead letters, and remove it from the index.

    Raises UserError where the list that was taken up still has it. An index that cannot be asked is no reason to stop
    where that list is the file.
    """
    bearable: list[type[Exception]] = []
    if wanted.file:
        _mark(_beside(wanted.file), sent)
        bearable.append(UserError)
    with contextlib.suppress(*bearable), contextlib.closing(open_index(wanted.settings)) as index:
        answer = index.remove("failures", [failure.id for failure in sent])
        if answer.error:
            raise UserError(f"sent, but still listed: {answer.error}", transient=True)


def server_of(settings: Settings, to: str, number: int) -> Settings:
    """Return the settings with the server that the documents go to; raises UserError where none is named."""
    url = to or settings.index.url
    if urlsplit(url).scheme == "sqlite":
        documents = "a document" if number == 1 else f"{number} documents"
        raise UserError(f"a sink could not write {documents}: name the Elasticsearch with --to")
    return settings.model_copy(update={"index": settings.index.model_copy(update={"url": url})})


def show(reopened: int, again: Sequence[Again]) -> None:
    """Print what became of the failures."""
    entries = "1 entry" if reopened == 1 else f"{reopened} entries"
    console.out.print(f"{entries} will be taken up by the next run")
    left = [one for one in again if one.refused]
    if again:
        console.out.print(f"{len(again) - len(left)} of {len(again)} documents of a sink sent again and taken")
    rows = [(one.failure.element, f"{one.refused.type}: {one.refused.reason}") for one in left if one.refused]
    if rows:
        clean = [(console.clean(what, 120), console.clean(why, 160)) for what, why in rows[:20]]
        console.rows(("still refused", "why"), clean)


def _mark(file: Path, sent: Sequence[Failure]) -> None:
    try:
        with file.open("a", encoding="utf-8") as marks:
            marks.writelines(f"{mark_of(failure)}\n" for failure in sent)
    except OSError as e:
        raise UserError(f"{file}: {e.strerror}") from None


def _beside(file: Path) -> Path:
    return file.with_name(file.name + SENT)


def _lines(file: Path) -> list[str]:
    try:
        return [line for line in file.read_text("utf-8").split("\n") if line.strip()]
    except FileNotFoundError:
        raise BadFile([Problem(str(file), 0, "no such file")]) from None
    except (OSError, UnicodeDecodeError) as e:
        raise BadFile([Problem(str(file), 0, getattr(e, "strerror", None) or "not UTF-8 text")]) from None
