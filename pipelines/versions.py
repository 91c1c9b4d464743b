"""An article's revisions, out of its document."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipelines import console
from pipelines.commands import json_lines, opened, settings_of
from pipelines.console import Row, clean
from schemas.documents import Document, Earlier
from schemas.errors import UserError
from schemas.query import Query
from schemas.settings import Settings
from transforms.clients.opening import known_ledger
from transforms.protocols import Index
from transforms.urls import canonical_url, entry_id

SHOWN = 3
"""Statements of each sort that a row names."""


@dataclass(frozen=True, kw_only=True)
class Version(Earlier):
    """One revision of an article; `added` and `removed` are what it changed of the one before."""

    document: str
    url: str


def show(article: str, config: Path | None, index: str, *, text: int, json: bool) -> None:
    """Print the article's revisions, or the text of one; raises UserError where there is no such thing."""
    settings = settings_of(config, index)
    with opened(settings) as found_in:
        document = document_of(found_in, article, partial(_folded, settings))
    versions = versions_of(document)
    if text:
        versions = [version for version in versions if version.revision == text]
        if not versions:
            raise UserError(f"{article}: has no revision {text}, or it is kept no more")
    if json:
        json_lines(versions)
    elif text:
        console.out.print(f"{clean(versions[0].title)}\n", *map(clean, versions[0].text.split("\n")), sep="\n")
    else:
        console.rows(("revision", "first seen", "title", "what"), [_row(version) for version in versions])


def document_of(index: Index, article: str, folded: Callable[[str], Sequence[str]]) -> Document:
    """Return the article's document, by its id or one of its addresses; raises UserError."""
    for id_ in _ids(article, folded):
        for found in index.find(Query(kind="documents", document=id_, limit=1)):
            if isinstance(found, Document):
                return found
    raise UserError(f"{article}: no article of that address or id in the index")


def _ids(article: str, folded: Callable[[str], Sequence[str]]) -> Iterator[str]:
    yield article
    yield from _id_of(article)
    yield from folded(article)


def _folded(settings: Settings, address: str) -> list[str]:
    """Return the id of the article that was found to be at that address too, where there is a ledger that knows."""
    ledger = known_ledger(settings)
    if ledger is None:
        return []
    with contextlib.closing(ledger):
        return [found.article for found in ledger.folded(_id_of(address)).values()]


def _id_of(address: str) -> list[str]:
    try:
        return [entry_id(canonical_url(address))]
    except ValueError:
        return []


def versions_of(document: Document) -> list[Version]:
    """Return the document's revisions, oldest first, each with its text."""
    kept = [*document.earlier, _present(document)]
    text, found = document.text, []
    for version in reversed(kept):
        text = version.text or text  # one of which only the title changed has its follower's text
        before = next((e for e in document.earlier if e.revision == version.revision - 1), None)
        found.append(
            Version(
                revision=version.revision,
                title=version.title,
                text=text,
                seen=version.seen,
                added=before.added if before else (),
                removed=before.removed if before else (),
                document=document.id,
                url=document.url,
            )
        )
    return found[::-1]


def _present(document: Document) -> Earlier:
    return Earlier(
        revision=document.revision,
        title=document.title,
        text=document.text,
        seen=document.revised or document.seen,
    )


def _row(version: Version) -> Row:
    changes = [*(f"+ {words}" for words in version.added[:SHOWN]), *(f"− {words}" for words in version.removed[:SHOWN])]
    more = len(version.added[SHOWN:]) + len(version.removed[SHOWN:])
    told = [*(clean(change, 200) for change in changes), *([f"and {more} more"] if more else [])]
    return (str(version.revision), f"{version.seen:%Y-%m-%d %H:%M}", clean(version.title, 120), "\n".join(told))
