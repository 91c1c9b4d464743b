"""Documents in; out comes what each watched name in them was taken for and why, and why an actor was not found."""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from pipelines import console
from pipelines.commands import json_object, settings_of, watchlist_of
from pipelines.console import Row, around, clean, say
from pipelines.documents import Found, Unread, documents, of_url
from pipelines.live import working
from pipelines.options import ENDS
from pipelines.stopped import at_once
from schemas.articles import Article
from schemas.errors import UserError
from schemas.rule import nearest as did_you_mean
from schemas.settings import Settings
from schemas.watchlist import Actor, Watchlist
from transforms.actors.matcher import Matcher
from transforms.clients.http import open_web
from transforms.clock import utc_now
from transforms.language.model import load
from transforms.reading.explain import Candidate, Explained, explain_article
from transforms.reading.read import Reader

FEW = 50
"""Of a list of so many actors, each that was not found is told; of a longer one, those that the text comes near to."""

SENTENCE = 240

SURE = {"mention": "yes", "uncertain": "uncertain", "not": "no"}
WHY_NOT = {
    "uncertain": "not sure enough: kept as uncertain, which can be searched for and never raises an alert",
    "not": "every place where the name stands was refused",
    "": "no name of the actor stands in the text",
}


class Missing(NamedTuple):
    """An actor that was not found: why not, and what came nearest."""

    actor: Actor
    why: str
    nearest: Sequence[Candidate]


class Told(NamedTuple):
    """What is told of one document."""

    article: Article
    candidates: Sequence[Candidate]
    missing: Sequence[Missing]
    others: int  # actors that were not found either, and of whom nothing is told


def explain(sources: Sequence[str], files: Sequence[Path], actor: str, *, config: Path | None, json: bool) -> int:
    """Print of each document what its watched names were taken for, and why; returns the exit code."""
    settings, watchlist = settings_of(config, ""), watchlist_of(files)
    wanted = _wanted(watchlist, actor)
    code = ENDS["ok"]
    with working("loading the English pipeline") as shown, at_once(""):
        found = _documents(sources, settings)
        first = list(islice(found, 1))  # what cannot be read is told before the model is loaded
        reader = Reader(load(settings.language.model), Matcher(watchlist))
        for document in chain(first, found):
            shown.update("reading")
            if isinstance(document, Unread):
                say(f"newswatch: {document.id}: {document.reason}")
                code = ENDS["usage"]
                continue
            told = _told(explain_article(reader, document), wanted)
            with shown.aside():
                _print(told, json=json)
    return code


def _wanted(watchlist: Watchlist, actor: str) -> tuple[Actor, ...]:
    if not actor:
        return watchlist.actors
    if actor not in watchlist.by_id:
        raise UserError(f"--actor: the watchlist has no {actor!r}{did_you_mean(actor, set(watchlist.by_id))}")
    return (watchlist.by_id[actor],)


def _documents(sources: Sequence[str], settings: Settings) -> Iterator[Found]:
    """Yield the documents of files and addresses in turn, or of standard input."""
    now = utc_now()
    for source in sources:
        if source.startswith(("http://", "https://")):
            with closing(open_web(settings.network)) as web:
                yield of_url(source, web, settings.articles, now)
        else:
            yield from documents([Path(source)], sys.stdin.buffer, now)
    if not sources:
        yield from documents([], sys.stdin.buffer, now)


def _told(found: Explained, wanted: Sequence[Actor]) -> Told:
    of: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in found.candidates:
        of[candidate["actor"]].append(candidate)
    missed = [a for a in wanted if all(c["verdict"] != "mention" for c in of[a.id])]
    named = missed if len(wanted) <= FEW else [a for a in missed if of[a.id]]
    ids = {a.id for a in wanted}
    return Told(
        found.article,
        [c for c in found.candidates if c["actor"] in ids],
        [_missing(a, of[a.id], found) for a in named],
        len(missed) - len(named),
    )


def _missing(actor: Actor, candidates: Sequence[Candidate], found: Explained) -> Missing:
    ordered = sorted(candidates, key=_score, reverse=True)
    why = WHY_NOT[ordered[0]["verdict"] if ordered else ""]
    if not ordered and found.in_title(actor):
        why = f"{found.in_title(actor)!r} stands in the title alone, and mentions are of the text"
    return Missing(actor, why, ordered or found.nearest(actor))


def _score(candidate: Candidate) -> tuple[bool, float]:
    return candidate["verdict"] == "uncertain", candidate["score"]


def _print(told: Told, *, json: bool) -> None:
    if json:
        json_object(_as_json(told))
        return
    title = clean(told.article.title or told.article.id, 100)
    console.rows(
        ("text", "taken for", "sure", "why", "sentence"),
        [_row(candidate) for candidate in told.candidates],
        title=f"{title}: watched names",
    )
    console.rows(("actor", "why", "nearest"), [_missing_row(missing) for missing in told.missing], title="Not found")
    if told.others:
        say(f"{told.others} more of the list are not named; --actor ID tells of one")


def _row(candidate: Candidate) -> Row:
    taken = candidate["actor"] if candidate["verdict"] != "not" else f"not {candidate['actor']}"
    score = "" if candidate["verdict"] == "not" else f" {candidate['score']:.2f}"
    return (
        clean(candidate["text"], 40),
        taken,
        SURE[candidate["verdict"]] + score,
        clean(candidate["why"], 300),
        around(candidate["sentence"], candidate["start"] - candidate["sentence_start"], SENTENCE),
    )


def _missing_row(missing: Missing) -> Row:
    near = missing.nearest[0] if missing.nearest else None
    return (missing.actor.id, missing.why, clean(f"{near['text']}: {near['why']}", 300) if near else "")


def _as_json(told: Told) -> dict[str, Any]:
    article = told.article
    given = article.text_from == "given"
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "language": article.language,
        **({} if given else {"text": article.text}),
        "candidates": list(told.candidates),
        "not_found": [
            {"actor": one.actor.id, "name": one.actor.name, "why": one.why, "nearest": list(one.nearest)}
            for one in told.missing
        ],
        "not_found_besides": told.others,
    }
