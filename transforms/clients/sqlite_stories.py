"""Which story an article belongs to, in the ledger's SQLite file."""

import datetime as dt
import sqlite3
import struct
from collections.abc import Sequence

from schemas.stories import Sketch
from transforms.clients.sqlite import Sqlite
from transforms.copies.sketch import keys_of
from transforms.index.rows import millis
from transforms.recall import CANDIDATES, COMMON, Same

LAYOUT = """
CREATE TABLE IF NOT EXISTS ledger_stories (article TEXT PRIMARY KEY, story TEXT NOT NULL, exact TEXT NOT NULL)
    WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ledger_stories_exact ON ledger_stories (exact);
CREATE TABLE IF NOT EXISTS ledger_begun (n INTEGER PRIMARY KEY, story TEXT NOT NULL, time INTEGER NOT NULL,
    outlet TEXT NOT NULL, runs INTEGER NOT NULL, marks BLOB NOT NULL, numbers INTEGER NOT NULL, figures BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS ledger_begun_time ON ledger_begun (time);
CREATE TABLE IF NOT EXISTS ledger_marks (mark INTEGER NOT NULL, leader INTEGER NOT NULL, PRIMARY KEY (mark, leader))
    WITHOUT ROWID
"""

AT_ONCE = 500
"""Old stories that one call forgets."""

NEAREST = """
SELECT leader FROM ledger_marks WHERE mark IN ({marks}) GROUP BY leader ORDER BY count(*) DESC, leader LIMIT ?
"""
KNOWN = "SELECT 1 FROM ledger_stories WHERE article = ?"
EXACT = "SELECT story FROM ledger_stories WHERE exact = ? LIMIT 1"
LEADER = "SELECT story, outlet, runs, marks, numbers, figures FROM ledger_begun WHERE n = ? AND time >= ?"
BEGIN = "INSERT INTO ledger_begun (story, time, outlet, runs, marks, numbers, figures) VALUES (?, ?, ?, ?, ?, ?, ?)"
KEY = "INSERT INTO ledger_marks SELECT ?, ? WHERE (SELECT count(*) FROM ledger_marks WHERE mark = ?) < ?"
OLD = "SELECT n, marks FROM ledger_begun WHERE time < ? ORDER BY time LIMIT ?"


class SqliteStories:
    """Stories in the ledger's file; every method is one transaction."""

    def __init__(self, file: Sqlite) -> None:
        self.file = file

    def place(self, sketches: Sequence[Sketch], same: Same, *, now: dt.datetime, keep: dt.timedelta) -> None:
        """Give each article a story, in order; one that has a story keeps it."""
        since, time = millis(now - keep), millis(now)
        with self.file.writing() as db:
            _forget(db, since)
            for sketch in sketches:
                if not db.execute(KNOWN, (sketch.article,)).fetchone():
                    story = _copied(db, sketch) or _nearest(db, sketch, same, since) or _begun(db, sketch, time)
                    db.execute("INSERT INTO ledger_stories VALUES (?, ?, ?)", (sketch.article, story, sketch.exact))

    def stories(self, articles: Sequence[str]) -> dict[str, str]:
        """Return the story of each article that has one."""
        asked = "SELECT article, story FROM ledger_stories WHERE article = ?"
        with self.file.reading() as db:
            found = (db.execute(asked, (article,)).fetchone() for article in articles)
            return {row[0]: row[1] for row in found if row}


def forget_articles(db: sqlite3.Connection, articles: Sequence[tuple[str]]) -> None:
    """Forget the stories of articles that the ledger forgets."""
    db.executemany("DELETE FROM ledger_stories WHERE article = ?", articles)


def _copied(db: sqlite3.Connection, sketch: Sketch) -> str:
    row = db.execute(EXACT, (sketch.exact,)).fetchone()
    return str(row[0]) if row else ""


def _nearest(db: sqlite3.Connection, sketch: Sketch, same: Same, since: int) -> str:
    keys = keys_of(sketch)
    if not keys:
        return ""
    asked = NEAREST.format(marks=", ".join("?" * len(keys)))
    leaders = [leader for (leader,) in db.execute(asked, (*keys, CANDIDATES))]
    rows = (db.execute(LEADER, (leader, since)).fetchone() for leader in leaders)
    found = [(same(sketch, _leader(row)), row[0]) for row in rows if row]
    surest, story = max(found, default=(0.0, ""))
    return str(story) if surest else ""


def _begun(db: sqlite3.Connection, sketch: Sketch, time: int) -> str:
    """Begin a story with the article; one too short to be told from others can have no copies but exact ones."""
    if sketch.marks:
        texts = (sketch.runs, _packed(sketch.marks), sketch.numbers, _packed(sketch.figures))
        row = (sketch.exact, time, sketch.outlet, *texts)
        leader = db.execute(BEGIN, row).lastrowid
        db.executemany(KEY, ((mark, leader, mark, COMMON) for mark in keys_of(sketch)))
    return sketch.exact


def _leader(row: tuple[str, str, int, bytes, int, bytes]) -> Sketch:
    story, outlet, runs, marks, numbers, figures = row
    return Sketch(
        article="",
        exact=story,
        outlet=outlet,
        runs=runs,
        marks=_unpacked(marks),
        numbers=numbers,
        figures=_unpacked(figures),
    )


def _forget(db: sqlite3.Connection, before: int) -> None:
    for leader, marks in db.execute(OLD, (before, AT_ONCE)).fetchall():
        keys = keys_of(Sketch(article="", exact="", marks=_unpacked(marks)))
        db.executemany("DELETE FROM ledger_marks WHERE mark = ? AND leader = ?", ((key, leader) for key in keys))
        db.execute("DELETE FROM ledger_begun WHERE n = ?", (leader,))


def _packed(numbers: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)


def _unpacked(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(packed) // 4}I", packed)
