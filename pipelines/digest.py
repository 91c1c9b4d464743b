"""What an index holds, on one page: alerts by rule, what each actor said, what was said about them, failures."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

from pipelines import console
from pipelines.console import Row, clean
from pipelines.tables import SENTENCE, day, newest_first, said, sources, speaker, table
from schemas.alerts import Alert
from schemas.failures import Failure
from schemas.query import Query
from schemas.rules import Rules
from schemas.statements import Statement
from schemas.watchlist import Watchlist
from transforms.protocols import Index

R = TypeVar("R", Alert, Statement)

ALERTS = 3
"""Of each rule."""

STATEMENTS = 2
"""By each actor, and as many about each."""

ASKED = 1000


def show(index: Index, actors: Watchlist, rules: Rules) -> None:
    """Print the digest."""
    alerts = [_alerts(index, rules, rule.id, rule.title or rule.id) for rule in rules.rules]
    number = index.count(Query(kind="alerts"))
    title = f"Alerts: the newest of each of {len(rules.rules)} rules, {number} in all"
    _grouped(("rule", "published", "actors", "sentence", "found"), alerts, title)
    by = [_statements(index, actor.name, Query(kind="statements", by=actor.id, limit=ASKED)) for actor in actors.actors]
    _grouped(("actor", "published", "said", "told by"), by, "What they said, each in the words told most often")
    about = [
        _about(index, actor.name, Query(kind="statements", about=actor.id, limit=ASKED)) for actor in actors.actors
    ]
    _grouped(("actor", "published", "who", "said", "told by"), about, "What was said about them")
    table(index.find(Query(kind="failures", limit=20)), Failure, title="Failures")


def _grouped(heads: Sequence[str], groups: Sequence[list[Row]], title: str) -> None:
    """Print the groups one under the other, the name of each once."""
    lines = [("" if n else line[0], *line[1:]) for group in groups for n, line in enumerate(group)]
    console.rows(heads, lines, title=title)


def _alerts(index: Index, rules: Rules, rule: str, title: str) -> list[Row]:
    found = index.find(Query(kind="alerts", type=rule, limit=ASKED))
    alerts = newest_first([a for a in found if isinstance(a, Alert)])
    first = [same[0] for same in _alike([a for a in alerts if isinstance(a, Alert)], _sentence)]
    return [
        (title, day(a), ", ".join(map(rules.name_of, a.actors)), clean(a.matches[0].sentence, SENTENCE), sources(a))
        for a in first[:ALERTS]
    ]


def _statements(index: Index, actor: str, query: Query) -> list[Row]:
    return [(actor, day(s[0]), said(s[0]), _told_by(s)) for s in _most_told(index, query)]


def _about(index: Index, actor: str, query: Query) -> list[Row]:
    """Return what others said: who speaks of himself is told under what he said."""
    return [(actor, day(s[0]), speaker(s[0]), said(s[0]), _told_by(s)) for s in _most_told(index, query)]


def _most_told(index: Index, query: Query) -> list[list[Statement]]:
    """Return the statements in the same words, those in most outlets first, then the surest; none about its speaker."""
    found = newest_first([s for s in index.find(query) if isinstance(s, Statement)])
    told = _alike(
        [s for s in found if isinstance(s, Statement) and not (query.about and _by(s) == query.about)], _words
    )
    return sorted(told, key=_weight, reverse=True)[:STATEMENTS]


def _weight(same: Sequence[Statement]) -> tuple[int, float]:
    return len(_outlets(same)), max(s.confidence for s in same)


def _alike(records: Sequence[R], words: Callable[[R], str]) -> list[list[R]]:
    alike: dict[str, list[R]] = defaultdict(list)
    for record in records:
        alike["".join(c for c in words(record).casefold() if c.isalnum())].append(record)
    return list(alike.values())


def _sentence(alert: Alert) -> str:
    return alert.matches[0].sentence


def _by(statement: Statement) -> str | None:
    return statement.speaker.actor if statement.speaker else None


def _words(statement: Statement) -> str:
    return statement.text


def _outlets(same: Sequence[Statement]) -> list[str]:
    return sorted({s.origin.outlet for s in same})


def _told_by(same: Sequence[Statement]) -> str:
    outlets = _outlets(same)
    return clean(outlets[0], 24) if len(outlets) == 1 else f"{len(outlets)} outlets"
