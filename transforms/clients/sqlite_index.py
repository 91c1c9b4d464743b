"""The embedded index: one SQLite file with full-text search."""

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import Template

from schemas.codec import from_json, to_json
from schemas.errors import UserError
from schemas.query import Every, Kind, Period, Query
from schemas.records import KINDS, Reading, Record
from transforms.clients.sqlite import BUSY_S, Sqlite, SqliteError
from transforms.index.facets import FACETS
from transforms.index.periods import period
from transforms.index.rows import COLUMNS, ORPHANED, PARTS, kind_of, millis, records_of, row_of
from transforms.index.tables import FORMAT, count, known, layout, maybe_ids, over_time, select, sound
from transforms.protocols import Written
from transforms.upkeep import Tell, Upgraded

Rows = dict[Kind, dict[str, tuple[Record, str]]]
"""Records to be written, each with its JSON; what else the index keeps is made of those alone that have changed."""

CHUNK = 500
"""Values in one SQL statement: old versions of SQLite take 999."""

OLD = Template("SELECT id, n, body FROM $kind WHERE id IN ($marks)")
OF_DOCUMENT = Template("SELECT id, n FROM $kind WHERE document = ?")
LAST = Template("SELECT coalesce(max(n), 0) FROM $kind")
PUT = Template("INSERT OR REPLACE INTO $kind (n, id, time, $columns, body) VALUES (?, ?, ?, $marks, ?)")
PUT_TERM = Template("INSERT INTO ${kind}_terms (facet, value, n) VALUES (?, ?, ?)")
PUT_WORDS = Template("INSERT INTO ${kind}_words (rowid, text, speakers, names) VALUES (?, ?, ?, ?)")
PAGE_OF = Template("SELECT body FROM $kind WHERE id > ? ORDER BY id LIMIT ?")
SEEN_BEFORE = Template("SELECT n FROM $kind WHERE time < ?")
ASIDE = Template("ALTER TABLE $kind RENAME TO old_$kind")
AS_IT_WAS = Template("SELECT n, body FROM old_$kind WHERE n > ? ORDER BY n LIMIT ?")
GONE = tuple(
    map(
        Template,
        (
            "DROP INDEX IF EXISTS ${kind}_time",
            "DROP INDEX IF EXISTS ${kind}_document",
            "DROP TABLE IF EXISTS ${kind}_terms",
            "DROP TABLE IF EXISTS ${kind}_words",
        ),
    )
)
DROP = Template("DELETE FROM $kind WHERE n = ?")
DROP_TERMS = Template("DELETE FROM ${kind}_terms WHERE n = ?")
DROP_WORDS = Template("DELETE FROM ${kind}_words WHERE rowid = ?")


class SqliteIndex:
    """An Index in one file; each call is one transaction."""

    def __init__(self, path: str, *, busy_s: float = BUSY_S, asking: bool = False) -> None:
        self.file = Sqlite(path, busy_s=busy_s, asking=asking)

    def check(self) -> None:
        """Raise UserError where the file is there but cannot be an index."""
        self.file.check()

    def prepare(self) -> None:
        """Make the file and its tables where they are missing; raises UserError."""
        self.file.prepare("index", FORMAT, [statement for kind in FACETS for statement in layout(kind)])

    def write(self, records: Sequence[Record]) -> list[Written]:
        """Return one answer a record, in order; a record that is there unchanged is left alone."""
        rows: Rows = {}
        answers = [_laid(record, rows) for record in records]
        fault = self._store(rows, {})
        return [_faulty(answer, fault) for answer in answers] if fault else answers

    def replace(self, readings: Sequence[Reading]) -> list[list[Written]]:
        """Return for each reading one answer a record, its document first; what a document had before is removed."""
        rows: Rows = {}
        answers = [_laid_out(reading, rows) for reading in readings]
        keep = {of_one[0].id: {answer.id for answer in of_one} for of_one in answers if of_one[0].error is None}
        fault = self._store(rows, keep)
        return [[_faulty(answer, fault) for answer in of_one] for of_one in answers] if fault else answers

    def remove(self, kind: Kind, ids: Sequence[str]) -> Written:
        """Remove those of the records that are there; returns one answer for all."""
        try:
            with self.file.writing() as db:
                _drop(db, kind, [n for _, (n, _) in _old(db, kind, ids)])
        except SqliteError as e:
            return Written(kind, str(e), transient=e.transient)
        return Written(kind)

    def find(self, query: Query) -> list[Record]:
        """Return the records that fit, newest first; raises UserError where the file cannot be read."""
        query = sound(query)
        with self.file.reading() as db:
            asked = select(query, _ids(db, query))
            return [from_json(KINDS[query.kind], body) for (body,) in db.execute(*asked)]

    def count(self, query: Query) -> int:
        """Return how many records fit, whatever the query's limit; raises UserError."""
        query = sound(query)
        with self.file.reading() as db:
            (number,) = db.execute(*count(query, _ids(db, query))).fetchone()
            return int(number)

    def over_time(self, query: Query, every: Every) -> list[Period]:
        """Return how many records fit in each period that has any, oldest first; raises UserError."""
        query = sound(query)
        with self.file.reading() as db:
            return [period(since, number) for since, number in db.execute(*over_time(query, _ids(db, query), every))]

    def kinds(self) -> list[Kind]:
        """Return the kinds that it holds."""
        with self.file.reading() as db:
            tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            return [kind for kind in FACETS if kind in tables]

    def upgrade(self, *, again: bool, tell: Tell) -> Iterator[Upgraded]:
        """Yield what became of each kind: its tables made anew from its records, all kinds in one transaction."""
        del again  # nothing is ever left half made
        found = self.file.format("index")
        if found is not None and found > FORMAT:
            raise UserError(f"{self.file.path}: its index was made by a later version of newswatch")
        done: list[Upgraded] = []
        if found is not None and found < FORMAT:
            with self.file.writing() as db:
                done = [_renewed(db, kind, found, tell) for kind in self.kinds()]
                db.execute("UPDATE newswatch SET version = ? WHERE part = 'index'", (FORMAT,))
        self.prepare()
        yield from done or [
            Upgraded(kind, _format(FORMAT), _format(FORMAT), self.count(Query(kind=kind, uncertain=True)))
            for kind in FACETS
        ]

    def remove_old(self) -> list[str]:
        """Remove nothing: an upgrade is one transaction, and keeps no old tables."""
        return []

    def prune(self, kind: Kind, before: dt.datetime) -> int:
        """Remove the kind's records first seen before then, and return how many there were."""
        with self.file.writing() as db:
            stale = [n for (n,) in db.execute(SEEN_BEFORE.substitute(kind=kind), (millis(before),))]
            _drop(db, kind, stale)
            return len(stale)

    def page(self, kind: Kind, *, after: str, size: int) -> list[Record]:
        """Return the next records by id."""
        with self.file.reading() as db:
            found = db.execute(PAGE_OF.substitute(kind=kind), (after, size))
            return [from_json(KINDS[kind], body) for (body,) in found]

    def held(self, kind: Kind, ids: Sequence[str]) -> dict[str, Record]:
        """Return those of the records that are there."""
        with self.file.reading() as db:
            return {id_: from_json(KINDS[kind], body) for id_, (_, body) in _old(db, kind, ids)}

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    def _store(self, rows: Rows, keep: Mapping[str, set[str]]) -> SqliteError | None:
        """Write the rows and remove what is not kept of those documents: all, or nothing and return why."""
        try:
            with self.file.writing() as db:
                for kind, found in rows.items():
                    _put(db, kind, found)
                for document, ids in keep.items():
                    _prune(db, document, ids)
        except SqliteError as e:
            return e
        return None


def _laid(record: Record, rows: Rows) -> Written:
    """Lay the record's row to the others, in place of an earlier one with its id."""
    try:
        body = to_json(record)
    except ValueError as e:
        return Written(record.id, f"no JSON can hold it: {e}")
    rows.setdefault(kind_of(record), {})[record.id] = record, body
    return Written(record.id)


def _laid_out(reading: Reading, rows: Rows) -> list[Written]:
    document, *parts = records_of(reading)
    first = _laid(document, rows)
    if first.error is not None:
        return [first, *(Written(part.id, ORPHANED) for part in parts)]
    return [first, *(_laid(part, rows) for part in parts)]


def _faulty(answer: Written, fault: SqliteError) -> Written:
    return answer if answer.error is not None else Written(answer.id, str(fault), transient=fault.transient)


def _ids(db: sqlite3.Connection, query: Query) -> frozenset[str]:
    maybe = maybe_ids(query).items()
    return frozenset(facet for facet, value in maybe if db.execute(*known(query.kind, facet, value)).fetchone())


def _put(db: sqlite3.Connection, kind: Kind, rows: Mapping[str, tuple[Record, str]]) -> None:
    old = dict(_old(db, kind, list(rows)))
    changed = [row_of(*found) for id_, found in rows.items() if id_ not in old or old[id_][1] != found[1]]
    _forget(db, kind, [old[row.id][0] for row in changed if row.id in old])
    (last,) = db.execute(LAST.substitute(kind=kind)).fetchone()
    numbered = [(old[row.id][0] if row.id in old else last + i, row) for i, row in enumerate(changed, 1)]
    put = PUT.substitute(kind=kind, columns=", ".join(COLUMNS), marks=_marks(len(COLUMNS)))
    db.executemany(put, ((n, row.id, row.time, *row.columns, row.body) for n, row in numbered))
    terms = ((facet, value, n) for n, row in numbered for facet, value in sorted(row.terms))
    db.executemany(PUT_TERM.substitute(kind=kind), terms)
    words = ((n, row.text, row.speakers, row.names) for n, row in numbered)
    db.executemany(PUT_WORDS.substitute(kind=kind), words)


def _old(db: sqlite3.Connection, kind: Kind, ids: Sequence[str]) -> Iterator[tuple[str, tuple[int, str]]]:
    for i in range(0, len(ids), CHUNK):
        chunk = ids[i : i + CHUNK]
        for id_, n, body in db.execute(OLD.substitute(kind=kind, marks=_marks(len(chunk))), chunk):
            yield id_, (n, body)


def _prune(db: sqlite3.Connection, document: str, keep: set[str]) -> None:
    for kind in PARTS:
        stale = [n for id_, n in db.execute(OF_DOCUMENT.substitute(kind=kind), (document,)) if id_ not in keep]
        _drop(db, kind, stale)


def _drop(db: sqlite3.Connection, kind: Kind, stale: Sequence[int]) -> None:
    db.executemany(DROP.substitute(kind=kind), ((n,) for n in stale))
    _forget(db, kind, stale)


def _renewed(db: sqlite3.Connection, kind: Kind, found: int, tell: Tell) -> Upgraded:
    """Make the kind's tables anew from the JSON of its records."""
    db.execute(ASIDE.substitute(kind=kind))
    for template in GONE:
        db.execute(template.substitute(kind=kind))
    for statement in layout(kind):
        db.execute(statement)
    records, last = 0, 0
    while rows := db.execute(AS_IT_WAS.substitute(kind=kind), (last, CHUNK)).fetchall():
        made = [from_json(KINDS[kind], body) for _, body in rows]
        _put(db, kind, {record.id: (record, to_json(record)) for record in made})
        records, last = records + len(rows), rows[-1][0]
        tell(f"{kind}: {records}")
    db.execute(f"DROP TABLE old_{kind}")
    return Upgraded(kind, _format(found), _format(FORMAT), records)


def _format(number: int) -> str:
    return f"format {number}"


def _forget(db: sqlite3.Connection, kind: Kind, numbers: Iterable[int]) -> None:
    for template in (DROP_TERMS, DROP_WORDS):
        db.executemany(template.substitute(kind=kind), ((n,) for n in numbers))


def _marks(number: int) -> str:
    return ", ".join("?" * number)
