"""One day of news about people of the samples, small enough to count by hand; and a little of the day before."""

import dataclasses as dc
import datetime as dt

from schemas.alerts import Alert, Match
from schemas.articles import DatePrecision
from schemas.documents import Document, Origin
from schemas.events import Event
from schemas.failures import Failure, Reason, Stage
from schemas.feeds import FeedHealth
from schemas.mentions import Mention, MentionForm
from schemas.records import Record
from schemas.statements import SourceKind, Statement, StatementKind
from tests.fakes import index as one

DAY = dt.datetime(2025, 2, 16, tzinfo=dt.timezone.utc)
NEXT = DAY + dt.timedelta(days=1)
COURIER, HARBOUR = "The Courier", "Harbour News"
FEEDS = {COURIER: "https://courier.test/rss", HARBOUR: "https://harbour.test/rss"}
MARTA, IVO, ABENA = "marta-velden", "ivo-karst", "abena-foss"
NAMES = {MARTA: "Marta Velden", IVO: "Ivo Karst", ABENA: "Abena Foss"}
Actors = tuple[str, ...]


def hour(number: float) -> dt.datetime:
    return DAY + dt.timedelta(hours=number)


def article(id_: str, outlet: str, seen: float, text: str, actors: Actors, *, title: str) -> Document:
    made = one.document(id_, text, title=title, actors=actors, outlet=outlet, seen=hour(seen))
    return dc.replace(made, feed=FEEDS[outlet])


def published(document: Document, at: float, precision: DatePrecision) -> Document:
    return dc.replace(document, published=hour(at), published_precision=precision)


DOCUMENTS = {
    d.id: d
    for d in (
        published(article("d0", COURIER, -12, "They spoke of a bridge.", (MARTA, IVO), title="Eve"), -13, "minute"),
        published(article("d1", COURIER, 8, "Talks of a ceasefire began.", (MARTA, IVO), title="Talks"), 7.5, "minute"),
        published(
            article("d2", HARBOUR, 9, "A bridge opens.", (MARTA, IVO, ABENA), title="Bridge"), 8 + 50 / 60, "second"
        ),
        dc.replace(
            published(article("d3", COURIER, 10, "No ceasefire yet.", (MARTA,), title="Talks go on"), 0, "day"),
            text_from="feed",
        ),
        article("d4", COURIER, 11, "Cheese is dear.", (), title="Prices"),
    )
}


def origin(document: str) -> Origin:
    d = DOCUMENTS[document]
    return Origin(
        document=d.id, url=d.url, title=d.title, outlet=d.outlet, language="en", published=d.published, seen=d.seen
    )


def mention(id_: str, document: str, actor: str, form: MentionForm = "name", *, sure: bool = True) -> Mention:
    made = one.mention(id_, actor, of=origin(document), name=NAMES[actor])
    return dc.replace(made, form=form, outcome="mention" if sure else "uncertain")


MENTIONS = [
    mention("m0", "d0", MARTA),
    mention("m1", "d1", MARTA),
    mention("m2", "d1", IVO),
    mention("m3", "d2", MARTA, "pronoun"),
    mention("m4", "d2", IVO, sure=False),
    mention("m5", "d2", ABENA, "role"),
    mention("m6", "d3", MARTA),
]


def statement(
    id_: str, document: str, text: str, *, by: str | None, kind: StatementKind = "direct",
    source: SourceKind = "named", about: Actors = (),
) -> Statement:  # fmt: skip
    name = NAMES.get(by or "", by)
    made = one.statement(id_, text, of=origin(document), speaker=name, actor=by if by in NAMES else None, about=about)
    speaker = dc.replace(made.speaker, source=source) if made.speaker else None
    return dc.replace(made, kind=kind, speaker=speaker)


STATEMENTS = [
    statement("s0", "d0", "The bridge will wait.", by=MARTA),
    statement("s1", "d1", "The bridge will open.", by=MARTA, about=(IVO,)),
    statement("s2", "d1", "Talks were hard.", by=IVO, kind="indirect", about=(MARTA,)),
    statement("s3", "d2", "She will resign.", by="two officials", kind="indirect", source="anonymous", about=(MARTA,)),
    statement("s4", "d2", "Ships wait.", by="Harbour Board", kind="mixed", source="organisation"),
    statement("s5", "d3", "No deal today.", by=MARTA),
    statement("s6", "d4", "Dear, dear.", by=None),
]


def event(id_: str, document: str, type_: str, agent: str, target: str = "") -> Event:
    targets = (one.participant(NAMES[target], target),) if target else ()
    return dc.replace(
        one.event(id_, of=origin(document), agents=(one.participant(NAMES[agent], agent),), targets=targets), type=type_
    )


EVENTS = [
    event("e0", "d0", "meet", MARTA, IVO),
    event("e1", "d1", "meet", MARTA, IVO),
    event("e2", "d2", "travel", IVO),
]


def alert(id_: str, rule: str, documents: Actors, actors: Actors, count: int) -> Alert:
    matches = tuple(
        Match(alert=id_, rule=rule, record="s1", kind="statement", actors=actors, sentence="The bridge will open.",
              confidence=0.9, origin=origin(document))
        for document in documents
    )  # fmt: skip
    outlets = tuple(sorted({m.origin.outlet for m in matches}))
    seen = [m.origin.seen for m in matches]
    return Alert(id=id_, rule=rule, title=f"{rule}: {NAMES[actors[0]]}", actors=actors, matches=matches,
                 outlets=outlets, count=count, first_seen=min(seen), last_seen=max(seen))  # fmt: skip


ALERTS = [
    alert("a0", "she-speaks", ("d0",), (MARTA,), 1),
    alert("a1", "she-speaks", ("d1", "d2"), (MARTA,), 3),
    alert("a2", "they-met", ("d1",), (MARTA, IVO), 1),
]


def failure(id_: str, stage: Stage, reason: Reason, element: str, seen: float) -> Failure:
    return dc.replace(one.failure(id_), stage=stage, reason=reason, element=element, seen=hour(seen))


GULL = "https://gull.test/rss"
FAILURES = [
    failure("f0", "poll", "feed-gone", GULL, -5),
    failure("f1", "poll", "feed-unreachable", GULL, 8),
    failure("f2", "poll", "feed-unreachable", GULL, 9),
    failure("f3", "fetch", "page-refused", "https://courier.test/x", 10),
]


def feed(id_: str, url: str, status: str, seen: float, changed: float, *, failed: Reason | None = None) -> FeedHealth:
    outlet = next((outlet for outlet, of in FEEDS.items() if of == url), "")
    return FeedHealth(id=id_, url=url, outlet=outlet, status=status, reason=failed, failures=2 if failed else 0,
                      polled=hour(seen), changed=hour(changed), seen=hour(seen))  # fmt: skip


HEALTH = [
    feed("h0", "https://tern.test/rss", "gone", -3, -30, failed="feed-gone"),  # on no list since the day before
    feed("h1", FEEDS[COURIER], "ok", 11, 11),
    feed("h2", FEEDS[HARBOUR], "unchanged", 11, 9),
    feed("h3", GULL, "unreachable", 11, -20, failed="feed-unreachable"),
    feed("h4", "https://skua.test/rss", "unchanged", 11, 2),
]

RECORDS: list[Record] = [*DOCUMENTS.values(), *MENTIONS, *STATEMENTS, *EVENTS, *ALERTS, *FAILURES, *HEALTH]
