"""Which actors and rules can be asked for: those of the lists in use, and those that the index holds."""

import contextlib
import dataclasses as dc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

from pipelines.commands import event_types, watchlist_of
from schemas.articles import TextSource
from schemas.errors import UserError
from schemas.failures import Reason
from schemas.mentions import MentionForm
from schemas.query import Kind, Query
from schemas.rule import nearest
from schemas.rules import default_rules, load_rules
from schemas.settings import Settings
from schemas.statements import StatementKind
from transforms.clients.opening import sqlite_path
from transforms.clients.sqlite_index import SqliteIndex
from transforms.feeds.poll import Status
from transforms.index.facets import ACTORS, FACETS, values
from transforms.index.words import is_id
from transforms.protocols import Index

TYPES: dict[Kind, tuple[str, Callable[[], Any]]] = {
    "documents": ("text is from", lambda: get_args(TextSource)),
    "statements": ("statement is of the kind", lambda: get_args(StatementKind)),
    "mentions": ("mention is of the form", lambda: get_args(MentionForm)),
    "events": ("event is of the type", event_types),
    "failures": ("failure has the reason", lambda: get_args(Reason)),
    "feeds": ("feed has the state", lambda: get_args(Status)),
}
"""What a record's type is called, and what it can be; an alert's is its rule."""

NAMED: tuple[Kind, ...] = ("statements", "events")
"""Kinds that tell of people whom nobody watches: there an actor may be asked for by words of the name too."""

HOLDING: tuple[Kind, ...] = ("mentions", "alerts", "statements", "events", "documents")
"""Kinds in which actors stand, the fullest first."""

LATEST = 1000
"""Records that a suggestion is looked for in."""


@dc.dataclass(frozen=True)
class Lists:
    """The user's own files of actors and rules; without them, the bundled ones."""

    watchlist: Sequence[Path] = ()
    rules: Path | None = None


def check_type(kind: Kind, wanted: str) -> None:
    """Raise UserError for a type that no record can be of."""
    what, of = TYPES.get(kind, ("", tuple))
    known = set(of())
    if wanted and known and wanted not in known:
        raise UserError(f"no {what} {wanted!r}{nearest(wanted, known) or ': ' + ', '.join(sorted(known))}")


def checked(query: Query, index: Index, lists: Lists) -> Query:
    """Return the query, with what is an actor's id marked as such; raises UserError for an id that nobody knows."""
    if query.kind == "alerts":
        check_rule(query.type, index, lists)
    asked = {facet: value for facet in ACTORS if (value := getattr(query, facet))}
    strict = {facet for facet, value in asked.items() if is_id(value) or _ids_alone(query.kind, facet)}
    for facet in strict:
        check_actor(asked[facet], index, lists)
    listed = {facet for facet in asked.keys() - strict if asked[facet] in watchlist_of(lists.watchlist).by_id}
    return dc.replace(query, by_id=frozenset(strict | listed))


def _ids_alone(kind: Kind, facet: str) -> bool:
    return facet == "actor" and kind not in NAMED


def check_actor(wanted: str, index: Index | None, lists: Lists) -> None:
    """Raise UserError where neither the watchlist nor the index has an actor of that id."""
    if not wanted or (index is not None and holds(index, wanted)):
        return
    listed = set(watchlist_of(lists.watchlist).by_id)
    if wanted not in listed:
        where = "on the watchlist" if lists.watchlist else "on the bundled watchlist (--watchlist names another)"
        hint = nearest(wanted, listed | set(_actors_in(index)))
        raise UserError(f"no actor has the id {wanted!r}, neither {where} nor in the index{hint}")


def check_rule(wanted: str, index: Index | None, lists: Lists) -> None:
    """Raise UserError where neither the rules nor the index's alerts know that rule."""
    if not wanted or (index is not None and index.count(Query(kind="alerts", type=wanted))):
        return
    listed = {rule.id for rule in (load_rules(lists.rules) if lists.rules else default_rules()).rules}
    if wanted not in listed:
        where = "in the rules" if lists.rules else "in the default rules (--rules names others)"
        found = index.find(Query(kind="alerts", limit=LATEST)) if index is not None else ()
        hint = nearest(wanted, listed | {rule for alert in found for rule in values(alert, FACETS["alerts"].type)})
        raise UserError(f"no rule has the id {wanted!r}, neither {where} nor among the index's alerts{hint}")


def holds(index: Index, actor: str) -> bool:
    """Return whether any record of the index has the actor."""
    by_id = frozenset({"actor"})
    return any(index.count(Query(kind=kind, actor=actor, by_id=by_id, uncertain=True)) for kind in HOLDING)


def is_made(settings: Settings) -> bool:
    """Return whether there is an index yet that can be asked; of a server that is taken to be so."""
    if urlsplit(settings.index.url).scheme != "sqlite":
        return True
    path = sqlite_path(settings.index.url)
    with contextlib.closing(SqliteIndex(path, asking=True)) as found:
        return Path(path).exists() and bool(found.kinds())


def _actors_in(index: Index | None) -> Iterator[str]:
    if index is not None:
        for kind in HOLDING[:2]:
            for record in index.find(Query(kind=kind, uncertain=True, limit=LATEST)):
                yield from values(record, FACETS[kind].actor)
