"""What is wrong with the user's files, the model and the index, before anything runs."""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from pipelines import console
from pipelines.commands import event_types, json_object, rules_of, settings_of, watchlist_of
from pipelines.live import working
from pipelines.options import ENDS
from schemas.errors import UserError
from schemas.names import doubt
from schemas.rules import load_rules
from schemas.settings import Network, Settings
from schemas.watchlist import Actor, Watchlist, watchlist_draft
from transforms.clients.http import open_web, refusal
from transforms.clients.opening import (
    has_ledger,
    ledger_name,
    ledger_path,
    ledger_server,
    open_index,
    open_ledger,
    shown,
    sqlite_path,
)

SHOWN = 10
"""Aliases that may mean others, or addresses that are refused, told one by one."""


class Result(NamedTuple):
    """What a check found: what is there, or every fault."""

    what: str
    ok: bool
    says: str
    transient: bool = False


@dataclass(frozen=True, kw_only=True)
class Files:
    """What the user asks to have checked."""

    feeds: str
    watchlist: Sequence[Path]
    rules: Path | None
    index: str
    config: Path | None


def check(files: Files, *, json: bool) -> int:
    """Print each thing checked with `ok` or every fault; returns the exit code."""
    with working("checking"):
        results = list(_results(files))
    for result in results:
        if json:
            json_object({"what": result.what, "ok": result.ok, "says": result.says})
        else:
            _print(result)
    wrong = [result for result in results if not result.ok]
    if not wrong:
        return ENDS["ok"]
    return ENDS["mend"] if all(result.transient for result in wrong) else ENDS["usage"]


def _print(result: Result) -> None:
    for n, line in enumerate(result.says.splitlines()):
        head = f"{result.what:10} {'ok' if result.ok else 'WRONG':6}" if n == 0 else " " * 17
        console.out.print(f"{head} {console.clean(line)}", soft_wrap=True)


def _results(files: Files) -> Iterator[Result]:
    settings = _attempt("settings", lambda: _settings(files))
    yield settings
    if files.feeds:
        yield _attempt("feeds", lambda: _feeds(files, known=settings.ok))
    watchlist = _attempt("watchlist", lambda: _watchlist(files.watchlist))
    yield watchlist
    yield _attempt("rules", lambda: _rules(files, known=watchlist.ok))
    if not settings.ok:
        return
    found = settings_of(files.config, files.index)
    for what, function in (("model", _model), ("index", _index), ("ledger", _ledger), ("failures", _failures)):
        yield _attempt(what, _of(function, found))


def _of(function: Callable[[Settings], str], settings: Settings) -> Callable[[], str]:
    return lambda: function(settings)


def _attempt(what: str, function: Callable[[], str]) -> Result:
    try:
        return Result(what, ok=True, says=function())
    except UserError as e:
        return Result(what, ok=False, says=str(e), transient=e.transient)


def _number(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _settings(files: Files) -> str:
    settings = settings_of(files.config, files.index)
    open_web(settings.network).close()  # knows what a network is
    return str(files.config) if files.config else "the defaults and NEWSWATCH__ variables"


def _feeds(files: Files, *, known: bool) -> str:
    from transforms.feeds.sources import feeds_from  # noqa: PLC0415  (brings feedparser)

    feeds = feeds_from(files.feeds)
    network = settings_of(files.config, files.index).network if known else Network()
    refused = [f"{feed.url}: {why}" for feed in feeds if known and (why := refusal(feed.url, network))]
    if refused:
        more = [f"and {len(refused) - SHOWN} more like that"] if len(refused) > SHOWN else []
        raise UserError("\n".join([*refused[:SHOWN], *more]))
    return _number(len(feeds), "feed")


def _watchlist(files: Sequence[Path]) -> str:
    found = watchlist_of(files)
    told = _number(len(found.actors), "actor")
    if not files:
        return f"{told}: the bundled watchlist"
    doubts = [f"{actor.id}: the alias {alias!r}: {why}" for actor in found.actors for alias, why in _doubts(actor)]
    more = [f"and {len(doubts) - SHOWN} more like that"] if len(doubts) > SHOWN else []
    return "\n".join([told, *doubts[:SHOWN], *more])


def _doubts(actor: Actor) -> Iterator[tuple[str, str]]:
    """Yield the aliases that may mean others; a part of the name is none, for it is judged as a surname is."""
    for alias in actor.aliases:
        why = doubt(alias, (actor.name, *actor.aliases), person=actor.kind == "person")
        if why and "a part of" not in why:
            yield alias, why


def _rules(files: Files, *, known: bool) -> str:
    if not known:
        if files.rules:
            load_rules(files.rules, _draft(files.watchlist), event_types=event_types(), draft=True)
        raise UserError("not checked to the end: the watchlist is wrong")
    rules = rules_of(files.rules, watchlist_of(files.watchlist))
    told = ", ".join(channel.id for channel in rules.used_channels())
    number = _number(len(rules.rules), "rule") + ("" if files.rules else ": the default one")
    return number + (f"; notices to {told}" if told else "; no notices")


def _draft(files: Sequence[Path]) -> Watchlist | None:
    """Return what can be read of a wrong watchlist; None where it is not known whom it watches."""
    try:
        draft = watchlist_draft(*files)
    except UserError:
        return None
    return draft if draft.actors and all(actor.id for actor in draft.actors) else None


def _model(settings: Settings) -> str:
    from transforms.language.model import load  # noqa: PLC0415  (brings spaCy)

    return load(settings.language.model).name


def _index(settings: Settings) -> str:
    url = shown(settings.index.url)
    if urlsplit(settings.index.url).scheme == "sqlite":
        return _embedded(sqlite_path(settings.index.url), url, settings)
    with contextlib.closing(open_index(settings)):
        return url


def _embedded(path: str, url: str, settings: Settings) -> str:
    if not Path(path).exists():
        _must_be_writable(Path(path).parent, path)
        return f"{url} (the first run makes it)"
    with contextlib.closing(open_index(settings)) as index:
        index.prepare()  # a run must be able to write, and its format must be ours
    return url


def _ledger(settings: Settings) -> str:
    name = ledger_name(settings)
    if not has_ledger(settings):
        if not ledger_server(settings):
            _must_be_writable(Path(ledger_path(settings)).parent, name)
        return f"{name} (the first run makes it)"
    with contextlib.closing(open_ledger(settings)) as ledger:
        return f"{name}, {_number(len(ledger.feeds()), 'feed')} known"


def _failures(settings: Settings) -> str:
    path = Path(settings.failures.file)
    if path.is_dir():
        raise UserError(f"failures.file: {path}: a folder, not a file")
    _must_be_writable(path if path.exists() else path.parent, str(path))
    return str(path)


def _must_be_writable(place: Path, path: str) -> None:
    if not place.exists():
        raise UserError(f"{path}: there is no folder {place}")
    if not os.access(place, os.W_OK):
        raise UserError(f"{path}: it may not be written to", transient=True)
