"""The embedded index's tables, and a question as SQL."""

import dataclasses as dc
from collections.abc import Iterator
from string import Template
from typing import NamedTuple

from schemas.query import Every, Kind, Query
from transforms.index.facets import ACTORS, EXACT, FACETS, Paths, worded
from transforms.index.periods import OFFSETS, STEPS
from transforms.index.rows import COLUMNS, MILLISECOND, millis
from transforms.index.words import folded, is_id, marked, terms

FORMAT = 2
"""Raised with every change of these tables."""

LAYOUT = Template("""
CREATE TABLE IF NOT EXISTS $kind (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, time INTEGER NOT NULL,
    $columns, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS ${kind}_time ON $kind (time DESC, id);
CREATE INDEX IF NOT EXISTS ${kind}_document ON $kind (document);
CREATE TABLE IF NOT EXISTS ${kind}_terms (facet TEXT NOT NULL, value TEXT NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (facet, value, n)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ${kind}_terms_n ON ${kind}_terms (n);
CREATE VIRTUAL TABLE IF NOT EXISTS ${kind}_words USING
    fts5(text, speakers, names, tokenize='porter unicode61 remove_diacritics 2');
""")
SELECT = Template("SELECT body FROM $kind WHERE $where ORDER BY time DESC, id LIMIT ?")
COUNT = Template("SELECT count(*) FROM $kind WHERE $where")
PERIODS = Template("""
SELECT time - ((time - $offset) % $step + $step) % $step AS since, count(*) FROM $kind WHERE $where
GROUP BY since ORDER BY since
""")
KNOWN = Template("SELECT 1 FROM ${kind}_terms WHERE facet = ? AND value = ? LIMIT 1")
WITH_TERM = Template("n IN (SELECT n FROM ${kind}_terms WHERE facet = ? AND value = ?)")
WITH_WORDS = Template("n IN (SELECT rowid FROM ${kind}_words WHERE ${kind}_words MATCH ?)")

FILTERS = ("document", "outlet", "language", "type")
ASKED_IN_TEXT = ("words", *ACTORS, *FILTERS)
NAMES = ("speakers", "names")
NOTHING = "0"
"""A condition that no record fulfils."""


class Asked(NamedTuple):
    """A condition in SQL and the values of its question marks."""

    sql: str
    values: tuple[str | int, ...] = ()


def layout(kind: Kind) -> list[str]:
    """Return the statements that make a kind's tables where they are missing."""
    made = LAYOUT.substitute(kind=kind, columns=", ".join(f"{name} TEXT" for name in COLUMNS))
    return [statement for statement in made.split(";") if statement.strip()]


def sound(query: Query) -> Query:
    """Return the query with half surrogate pairs made question marks: no index takes them, a terminal may give them."""
    texts = {name: value for name in ASKED_IN_TEXT if not _sound(value := getattr(query, name))}
    return dc.replace(query, **{name: value.encode("utf-8", "replace").decode() for name, value in texts.items()})


def _sound(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text)


def maybe_ids(query: Query) -> dict[str, str]:
    """Return the facets that are asked with what may be an id or words: whoever asks the index finds out which."""
    asked = {facet: getattr(query, facet) for facet in ACTORS}
    return {facet: value for facet, value in asked.items() if value and not is_id(value) and facet not in query.by_id}


def known(kind: Kind, facet: str, value: str) -> Asked:
    """Return the question whether any record has that id."""
    return Asked(KNOWN.substitute(kind=kind), (facet, value))


def select(query: Query, ids: frozenset[str]) -> Asked:
    """Return the SQL that finds the query's records, newest first; `ids` are the facets asked by id."""
    where = _where(query, ids)
    return Asked(SELECT.substitute(kind=query.kind, where=where.sql), (*where.values, max(query.limit, 0)))


def count(query: Query, ids: frozenset[str]) -> Asked:
    """Return the SQL that counts the query's records, whatever its limit."""
    where = _where(query, ids)
    return Asked(COUNT.substitute(kind=query.kind, where=where.sql), where.values)


def over_time(query: Query, ids: frozenset[str], every: Every) -> Asked:
    """Return the SQL that counts the query's records in each period: the period's first millisecond, and how many."""
    where = _where(query, ids)
    step, offset = STEPS[every] // MILLISECOND, OFFSETS[every] // MILLISECOND
    return Asked(PERIODS.substitute(kind=query.kind, where=where.sql, step=step, offset=offset), where.values)


def _where(query: Query, ids: frozenset[str]) -> Asked:
    conditions = list(_conditions(query, ids)) or [Asked("1")]
    return Asked(" AND ".join(c.sql for c in conditions), tuple(v for c in conditions for v in c.values))


def _conditions(query: Query, ids: frozenset[str]) -> Iterator[Asked]:
    by_words = [facet for facet in maybe_ids(query) if facet not in ids]
    for facet in (*ACTORS, *FILTERS):
        if getattr(query, facet) and facet not in by_words:
            yield _exact(query.kind, facet, getattr(query, facet))
    for facet in by_words:
        yield _worded(query.kind, facet, getattr(query, facet))
    if query.words:
        yield _matching(query.kind, [_anywhere(term) for term in terms(query.words)])
    if FACETS[query.kind].outcome and not query.uncertain:
        yield _exact(query.kind, "outcome", "mention")
    if query.since:
        yield Asked("time >= ?", (millis(query.since),))
    if query.until:
        yield Asked("time < ?", (millis(query.until),))


def _exact(kind: Kind, facet: str, value: str) -> Asked:
    assert facet in EXACT  # it becomes a part of the SQL
    if facet in FACETS[kind].lists:
        return Asked(WITH_TERM.substitute(kind=kind), (facet, value))
    return Asked(f"{facet} = ?", (value,))


def _worded(kind: Kind, facet: str, value: str) -> Asked:
    """Return the condition that all the words stand where the facet's names or texts are."""
    columns = _columns(kind, worded(FACETS[kind], facet))
    found = terms(value) if columns else []
    if columns == ["text"]:
        return _matching(kind, [f"text : {quoted(folded(term))}" for term in found])
    return _matching(kind, [f"{{{' '.join(columns)}}} : {quoted(marked(term))}" for term in found])


def _columns(kind: Kind, paths: Paths) -> list[str]:
    facets = FACETS[kind]
    return [name for name in ("text", *NAMES) if set(getattr(facets, name)) & set(paths)]


def _matching(kind: Kind, wanted: list[str]) -> Asked:
    if not wanted:
        return Asked(NOTHING)
    return Asked(WITH_WORDS.substitute(kind=kind), (" AND ".join(wanted),))


def _anywhere(term: str) -> str:
    return f"({quoted(folded(term))} OR {{{' '.join(NAMES)}}} : {quoted(marked(term))})"


def quoted(term: str) -> str:
    """Return the term as an FTS5 string, in which nothing is an operator."""
    return '"' + term.replace('"', " ").replace("\0", " ") + '"'
