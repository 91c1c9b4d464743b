"""The records that flow: frozen, slotted dataclasses; every time is aware and UTC, every offset counts code points."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

from schemas.fields import Nested, Stored, Text

DateSource = Literal["feed", "page", "given", "none"]
"""Where a publication date was read: the feed, the page, the caller, or nowhere."""

DatePrecision = Literal["second", "minute", "day", "none"]
"""The smallest unit of a publication date that its publisher really gave."""

TextSource = Literal["page", "feed", "given"]
"""Where an article's text came from: its page, the feed's own content, or the caller."""

StatementKind = Literal["direct", "mixed", "indirect"]
SourceKind = Literal["named", "anonymous", "organisation", "document", "unknown"]
MentionForm = Literal["name", "alias", "role", "pronoun"]
Outcome = Literal["mention", "uncertain"]

Stage = Literal[
    "poll",
    "index-feeds",
    "fetch",
    "extract",
    "sketch",
    "place",
    "tell-story",
    "read",
    "index",
    "judge",
    "count",
    "alert",
    "index-alerts",
    "post",
    "notify",
    "settle",
    "index-failures",
    "write-documents",
]
"""The steps of the graph, and the sink of other pipelines, as they stand in failures and in metrics."""

Reason = Literal[
    "feed-unreachable",  # no answer: name, connection, time
    "feed-refused",  # an answer that is no feed: 4xx, 5xx
    "feed-too-large",
    "feed-gone",  # 410
    "feed-moved-badly",  # redirects without end, or to no address
    "feed-blocked",  # a challenge of a bot guard in the feed's place
    "bad-feed",  # the bytes are not a feed
    "bad-entry",  # an item with neither link nor text
    "forbidden-address",  # the address guard refused it
    "page-unreachable",
    "page-refused",
    "page-too-large",
    "page-not-html",
    "page-blocked",  # a challenge, consent or pay wall in the page's place
    "no-text",  # neither page nor feed gave any text
    "too-long",  # more text than the reader takes
    "index-refused",  # the index took the others but not this record
    "index-unreachable",
    "notify-refused",  # the channel will never take it
    "notify-unreachable",
    "notify-given-up",  # no answer for three days
    "bug",  # an error of our own; the traceback is kept
]
"""Why an element failed: a closed list; docs/reference.md explains each."""

TRANSIENT: frozenset[Reason] = frozenset({"page-unreachable", "bug"})
"""Reasons that another try may cure: such an entry is tried in a few more runs."""

WAITING: frozenset[Reason] = frozenset({"index-unreachable", "notify-unreachable"})
"""Reasons that lie with a server: what they hit waits, however long it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One line of the feed list."""

    url: str
    outlet: str = ""
    language: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often a feed brings something, and what it asks of those who poll it.

    `a_day` is its items a day, None where nothing tells; `newest` when its latest item was dated, or its last change
    seen. `ttl_s`, `skip_hours` (in GMT) and `skip_days` are the feed's own words.
    """

    a_day: float | None = None
    newest: dt.datetime | None = None
    ttl_s: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where a feed's server says it has moved for good, since when, in how many polls, and whether a feed is there."""

    to: str
    since: dt.datetime
    polls: int = 1
    is_feed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is remembered of a feed between polls.

    `quiet` counts its 304s in a row; `trusted` is false once its validators have hidden a change. `due` is when it
    would be polite to ask again; before `barred` it is not asked, for its server has said so. `address` is where it is
    asked, if not at its URL; `known_as` the URL under which its history began, if another. `hub` and `topic` are its
    own words (WebSub), `pushed` when the hub last pushed.
    """

    url: str
    etag: str = ""
    modified: str = ""
    body_hash: str = ""
    polled: dt.datetime | None = None
    changed: dt.datetime | None = None
    due: dt.datetime | None = None
    barred: dt.datetime | None = None
    failures: int = 0
    quiet: int = 0
    trusted: bool = True
    status: str = "new"
    detail: str = ""
    address: str = ""
    move: Move | None = None
    known_as: str = ""
    rhythm: Rhythm = Rhythm()
    hub: str = ""
    topic: str = ""
    pushed: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed, as first seen, or as it was when it had changed; `updated` is its own word on that."""

    id: str
    feed: str
    outlet: str
    url: str
    link: str = ""
    guid: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    published: dt.datetime | None = None
    published_from: DateSource = "none"
    published_precision: DatePrecision = "none"
    updated: str = ""
    language: str = ""
    groups: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    seen: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server answered: final URL after redirects, lower-cased headers, raw body."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    permanent_url: str = ""

    def header(self, name: str) -> str:
        """Return the first header of that lower-case name, or an empty string."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An entry with its page, or with why there is none."""

    entry: Entry
    reply: Reply | None = None
    reason: Reason | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What one poll of a feed gave: its state now, and the entries that were new."""

    feed: Feed
    state: FeedState
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The text of one entry's page, or of the feed where the page failed.

    `updated` and `section` are the page's own words: when it was last changed, and the part of the paper it stands in.
    `story` is the same for all copies of it (docs/copies.md), `agency` the wire agency that it names as its origin.
    """

    id: str
    url: str
    title: str = ""
    text: str
    text_from: TextSource
    outlet: str = ""
    feed: str = ""
    authors: tuple[str, ...] = ()
    published: dt.datetime | None = None
    published_from: DateSource = "none"
    published_precision: DatePrecision = "none"
    updated: dt.datetime | None = None
    section: str = ""
    language: str = ""
    groups: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    story: str = ""
    agency: str = ""
    seen: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a statement, mention or event was read: what a query needs of the article, without a join.

    `revision` is that in which it first stood there, `seen` when that was first seen.
    """

    document: str
    url: str
    title: Annotated[str, Text(raw=True)] = ""
    outlet: str = ""
    language: str = ""
    published: dt.datetime | None = None
    published_precision: DatePrecision = "none"
    seen: dt.datetime
    story: str = ""
    revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of the document's text: `text == document.text[start:end]`."""

    start: int
    end: int
    text: Annotated[str, Text()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A named entity of the document, with spaCy's label."""

    start: int
    end: int
    text: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A version of an article that another has taken the place of, and the statements that this one added and removed.

    `text` is empty where only the title changed; `seen` is when the version was first seen.
    """

    revision: int
    title: Annotated[str, Stored()] = ""
    text: Annotated[str, Stored()] = ""
    seen: dt.datetime
    added: Annotated[tuple[str, ...], Stored()] = ()
    removed: Annotated[tuple[str, ...], Stored()] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as read: its text with entities, and which actors it names.

    `backfilled` are those that `newswatch backfill` found in it, later than it was read; so in statements, mentions
    and events. An article that changed is the same document in its next `revision`, first seen when it was `revised`;
    `earlier` has what stood before, oldest first.
    """

    id: str
    url: str
    title: Annotated[str, Text(raw=True)] = ""
    text: Annotated[str, Text()]
    text_from: TextSource
    outlet: str = ""
    feed: str = ""
    authors: tuple[str, ...] = ()
    published: dt.datetime | None = None
    published_from: DateSource = "none"
    published_precision: DatePrecision = "none"
    updated: dt.datetime | None = None
    section: str = ""
    language: str = ""
    groups: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    story: str = ""
    agency: str = ""
    seen: dt.datetime
    entities: Annotated[tuple[Entity, ...], Nested()] = ()
    actors: tuple[str, ...] = ()
    model: str = ""
    watchlist: str = ""
    backfilled: tuple[str, ...] = ()
    revision: int = 1
    revised: dt.datetime | None = None
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """The words that report: "said", "according to"."""

    start: int
    end: int
    text: str
    lemma: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks: the noun phrase in the text, and whom it resolves to.

    `name_start` and `name_end` are the offsets of the phrase that `name` was resolved from (the antecedent of a
    pronoun, the phrase itself of a name); `count` and `affiliation` are of unnamed sources.
    """

    start: int
    end: int
    text: str
    name: Annotated[str, Text(analyzer="names", raw=True)]
    source: SourceKind
    actor: str | None = None
    name_start: int
    name_end: int
    count: int | None = None
    affiliation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Who said what; `content` has several spans where the cue broke one sentence."""

    id: str
    origin: Origin
    kind: StatementKind
    content: Annotated[tuple[Span, ...], Nested()]
    quoted: Annotated[tuple[Span, ...], Nested()] = ()
    text: Annotated[str, Text()]
    cue: Cue | None = None
    speaker: Speaker | None = None
    about: tuple[str, ...] = ()
    confidence: float
    reason: Annotated[str, Stored()] = ""
    sentence: Span
    backfilled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where the text means a watched actor, with the evidence in words."""

    id: str
    origin: Origin
    actor: str
    name: Annotated[str, Text(analyzer="names", raw=True)]
    start: int
    end: int
    text: str
    form: MentionForm
    score: float
    outcome: Outcome = "mention"
    evidence: Annotated[str, Stored()] = ""
    sentence: Span
    watchlist: str = ""
    backfilled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Who takes part in an event: the phrase, its resolved name, and the actor if watched."""

    start: int
    end: int
    text: str
    name: Annotated[str, Text(analyzer="names", raw=True)]
    actor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time phrase resolved against the article's date; `date` is ISO 8601 down to its precision, or empty."""

    start: int
    end: int
    text: str
    date: str = ""
    precision: Literal["day", "week", "month", "year", "none"] = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Who did what to whom, where and when; `start`, `end`, `text` are the clause's trigger."""

    id: str
    origin: Origin
    type: str
    mode: Literal["actual", "planned", "denied"] = "actual"
    start: int
    end: int
    text: str
    agents: Annotated[tuple[Participant, ...], Nested(flat=True)] = ()
    targets: Annotated[tuple[Participant, ...], Nested(flat=True)] = ()
    place: Span | None = None
    time: When | None = None
    actors: tuple[str, ...] = ()
    sentence: Span
    backfilled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One hit of a rule: the sentence that made it, who is in it, and the record it came from.

    `type` is the mention's form, the statement's kind or the event's type; `start` is where it stands in the text.
    `key` is what a rule counts by where that is no actor: an outlet, a feed.
    """

    alert: str
    rule: str
    record: str
    kind: Literal["mention", "statement", "event", "document"]
    type: str = ""
    start: int = 0
    actors: tuple[str, ...] = ()
    speaker: str = ""
    sentence: Annotated[str, Text()] = ""
    words: Annotated[str, Text()] = ""
    key: str = ""
    confidence: float
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What a rule found, once: the matches of one rule about the same actors in one story or throttle window.

    `count` counts them all; `matches` holds the first of them. `reason` says why there is an alert.
    """

    id: str
    rule: str
    title: Annotated[str, Text(raw=True)]
    summary: Annotated[str, Text()] = ""
    reason: Annotated[str, Stored()] = ""
    actors: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    matches: Annotated[tuple[Match, ...], Nested(flat=True)]
    outlets: tuple[str, ...] = ()
    count: int
    first_seen: dt.datetime
    last_seen: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An element that could not pass a stage; `newswatch replay` takes its `entry` up again from the ledger.

    `element` is what a person calls it (a URL), `payload` what the stage kept of it, as JSON.
    """

    id: str
    stage: Stage
    reason: Reason
    entry: str = ""
    element: str
    detail: Annotated[str, Stored()] = ""
    payload: Annotated[str, Stored()] = ""
    seen: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """How a feed fares: what the feed list says of it, and its state after the last pass that had it on its list.

    `status` is one of a closed list (docs/reference.md), `reason` why that pass could not read it, `failures` how many
    in a row could not; `seen` is when that pass was.
    """

    id: str
    url: str
    outlet: str = ""
    language: str = ""
    groups: tuple[str, ...] = ()
    status: str
    reason: Reason | None = None
    detail: Annotated[str, Stored()] = ""
    failures: int = 0
    quiet: int = 0
    polled: dt.datetime | None = None
    changed: dt.datetime | None = None
    due: dt.datetime | None = None
    barred: dt.datetime | None = None
    seen: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one article gave: what the reading stage puts out and the index takes as one."""

    document: Document
    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A document that the rules have been asked about, and the alerts that its matches belong to."""

    document: str
    alerts: tuple[str, ...] = ()


Record = Document | Statement | Mention | Event | Alert | Failure | FeedHealth
"""What an index holds."""

KINDS: dict[str, type[Record]] = {
    "documents": Document,
    "statements": Statement,
    "mentions": Mention,
    "events": Event,
    "alerts": Alert,
    "failures": Failure,
    "feeds": FeedHealth,
}
"""The index's kinds by their plural name."""


class Rejected(Exception):
    """Data that can never pass a stage: becomes a `Failure` with that reason."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason: Reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type["Rejected"], tuple[Reason, str]]:
        return type(self), (self.reason, self.detail)
