"""Who is watched: the user's list of actors, checked on load; errors with file and line."""

import csv
import io
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from schemas.cells import from_cell
from schemas.collector import uncollected
from schemas.errors import BadFile, Problem
from schemas.files import Lines, Read, checked, items_of, read, read_text, texts_of
from schemas.ids import stable_id

Kind = Literal["person", "organisation", "place", "other"]
SurnameAlone = Literal["always", "with-evidence", "never"]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Slug = Annotated[str, StringConstraints(pattern=r"^[^\W_][\w.:-]*$", max_length=200)]

SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"
MAX_PRECISE_BYTES = 2_000_000
"""A larger JSON list is read by pydantic at once; only where it is wrong is it read again, slowly, for its lines."""

LISTS = ("aliases", "roles", "context", "not", "tags")
"""The columns of a CSV list that hold several values, kept apart by `|`."""


class Actor(BaseModel):
    """One who is watched; only `id` and `name` are required."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: Slug = Field(description="A short id that stays the same when the name changes: keith-kellogg.")
    name: Words = Field(description="The full name, as an article gives it first.")
    kind: Kind = Field(default="person", description="What the actor is; only persons have surnames.")
    aliases: tuple[Words, ...] = Field(
        default=(), description="Other full names, spellings and names in other scripts."
    )
    roles: tuple[Words, ...] = Field(default=(), description="What the actor is called: US special envoy for Ukraine.")
    context: tuple[Words, ...] = Field(default=(), description="Words near the name that speak for the actor.")
    not_: tuple[Words, ...] = Field(default=(), alias="not", description="Phrases that speak against: Kellogg School.")
    surname_alone: SurnameAlone = Field(
        default="with-evidence",
        description="Whether the bare surname means the actor in an article that never gives the full name.",
    )
    wikidata: str = Field(default="", pattern=r"^(Q[1-9]\d*)?$", description="The actor's Wikidata item.")
    tags: tuple[Slug, ...] = Field(default=(), description="Groups that the actor is in.")
    description: str = Field(default="", max_length=5_000, description="Free text; its words count as weak evidence.")


class Watchlist(BaseModel):
    """Every watched actor, and the named groups of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    actors: tuple[Actor, ...] = Field(default=(), description="Who is watched.")
    version: int = Field(
        default=1, ge=1, description="The version of this file, for its keeper; newswatch records a digest."
    )
    note: str = Field(default="", description="A remark on the list.")
    groups: dict[Slug, tuple[Slug, ...]] = Field(default={}, description="Groups by name, each a list of actors' ids.")

    @cached_property
    def digest(self) -> str:
        """The list's version as mentions record it: the same for the same actors and groups in any order."""
        actors = sorted(actor.model_dump_json(exclude_defaults=True) for actor in self.actors)
        groups = (f"{name}={','.join(sorted(self.groups[name]))}" for name in sorted(self.groups))
        return stable_id("watchlist", *actors, *groups)[:16]

    @cached_property
    def by_id(self) -> dict[str, Actor]:
        """The actors by their ids."""
        return {actor.id: actor for actor in self.actors}

    def members(self, group: str) -> frozenset[str]:
        """Return the ids of the actors that the group lists or that carry it as a tag."""
        tagged = (actor.id for actor in self.actors if group in actor.tags)
        return frozenset((*self.groups.get(group, ()), *tagged))


@uncollected()
def load_watchlist(*paths: Path) -> Watchlist:
    """Return one list of all the files (YAML, JSON or CSV); raises BadFile with every fault."""
    merged, problems = _merged(*paths)
    if problems:
        raise BadFile(problems)
    return merged


def watchlist_draft(*paths: Path) -> Watchlist:
    """Return what ids, groups and tags can be read of files that are wrong in parts; raises BadFile."""
    return _merged(*paths)[0]


def _merged(*paths: Path) -> tuple[Watchlist, list[Problem]]:
    """Return one list of all the files, and every fault; raises BadFile where some cannot be read at all."""
    parts = [_read(path) for path in paths]
    read = [(part, lines) for part, lines, _ in parts]
    problems = [p for _, _, found in parts for p in found]
    problems += [p for path, (part, lines) in zip(paths, read, strict=True) for p in _nameless(part, path, lines)]
    problems += _twice(paths, read)
    merged = _merge([part for part, _ in read])
    problems += _unknown_members(paths, read, {actor.id for actor in merged.actors})
    order = {str(path): n for n, path in enumerate(paths)}
    return merged, sorted(problems, key=lambda p: (order[p.file], p.line))


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema that editors and other programs check a list with; docs/watchlist.schema.json holds it."""
    return {"$schema": SCHEMA_ID, **Watchlist.model_json_schema(by_alias=True)}


Part = tuple[Watchlist, Lines | None, list[Problem]]
"""What was read of a file, the line of each of its parts, and what is wrong with it."""


def _read(path: Path) -> Part:
    if path.suffix.lower() == ".csv":
        return _from_csv(path)
    if path.suffix.lower() == ".json" and path.is_file() and path.stat().st_size > MAX_PRECISE_BYTES:
        try:
            return Watchlist.model_validate_json(read_text(path)), None, []
        except ValidationError:
            pass  # read again below, with the line of each part
    return _part(read(path, Watchlist))


def _part(found: Read[Watchlist]) -> Part:
    return found.model or _draft(found.value), found.lines, found.problems


def _draft(value: Any) -> Watchlist:
    """Return what can be read of a list that is wrong in parts: ids, names, groups and tags as they are written."""
    actors = [
        Actor.model_construct(
            id=str(item.get("id") or ""),
            name=str(item.get("name") or "nameless"),
            aliases=texts_of(item, "aliases"),
            tags=texts_of(item, "tags"),
        )
        for item in items_of(value, "actors")
    ]
    groups = value.get("groups") if isinstance(value, dict) else None
    members = {str(name): texts_of(groups, name) for name in groups} if isinstance(groups, dict) else {}
    return Watchlist.model_construct(actors=tuple(actors), groups=members)


def _lines(path: Path, lines: Lines | None) -> Lines:
    return lines if lines is not None else read(path, Watchlist).lines


def _from_csv(path: Path) -> Part:
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""), strict=True)
    rows: list[dict[str, Any]] = []
    lines: Lines = {(): 1, ("actors",): 1}
    try:
        for row in reader:
            lines["actors", len(rows)] = reader.line_num
            rows.append(_cells(row))
    except csv.Error as e:
        raise BadFile([Problem(str(path), reader.line_num + 1, f"not CSV: {e}")]) from None
    return _part(checked({"actors": rows}, lines, str(path), Watchlist))


def _cells(row: dict[str | None, Any]) -> dict[str, Any]:
    """Return the row's filled cells; a cell without a column keeps the name that its fault is reported by."""
    filled = {str(key or "cell without a column").strip(): cell for key, cell in row.items() if cell}
    texts = {key: from_cell(cell) if isinstance(cell, str) else cell for key, cell in filled.items()}
    return {key: _split(cell) if key in LISTS else cell for key, cell in texts.items()}


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _nameless(part: Watchlist, path: Path, lines: Lines | None) -> list[Problem]:
    """A name without a letter or digit would match nowhere, or everywhere."""
    bad = [
        (i, name)
        for i, actor in enumerate(part.actors)
        for name in (actor.name, *actor.aliases)
        if not any(c.isalnum() for c in name)
    ]
    known = _lines(path, lines) if bad else {}
    return [
        Problem(str(path), known.get(("actors", i), 0), f"{part.actors[i].id}: the name {name!r} has no letter")
        for i, name in bad
    ]


def _twice(paths: tuple[Path, ...], read: list[tuple[Watchlist, Lines | None]]) -> list[Problem]:
    first: dict[str, tuple[Path, int]] = {}
    problems = []
    for path, (part, lines) in zip(paths, read, strict=True):
        for i, actor in enumerate(part.actors):
            if actor.id and actor.id in first:
                before, j = first[actor.id]
                there = _line(before, read[paths.index(before)][1], j)
                where = f"{before}:{there}" if before != path else f"line {there}"
                reason = f"the id {actor.id!r} stands here a second time (first at {where})"
                problems.append(Problem(str(path), _line(path, lines, i), reason))
            first.setdefault(actor.id, (path, i))
    return problems


def _line(path: Path, lines: Lines | None, actor: int) -> int:
    known = _lines(path, lines)
    return known.get(("actors", actor, "id"), known.get(("actors", actor), 0))


def _merge(parts: list[Watchlist]) -> Watchlist:
    groups: dict[str, tuple[str, ...]] = {}
    for part in parts:
        for name, members in part.groups.items():
            groups[name] = tuple(dict.fromkeys((*groups.get(name, ()), *members)))
    # what was checked in its file is not checked again, nor is what is wrong there taken for right
    return Watchlist.model_construct(
        actors=tuple(actor for part in parts for actor in part.actors),
        version=max((part.version for part in parts), default=1),
        note="; ".join(part.note for part in parts if part.note),
        groups=groups,
    )


def _unknown_members(
    paths: tuple[Path, ...], read: list[tuple[Watchlist, Lines | None]], ids: set[str]
) -> list[Problem]:
    return [
        Problem(
            str(path), _lines(path, lines).get(("groups", name), 0), f"the group {name!r} names {member!r}, no actor"
        )
        for path, (part, lines) in zip(paths, read, strict=True)
        for name, members in part.groups.items()
        for member in members
        if member not in ids
    ]
