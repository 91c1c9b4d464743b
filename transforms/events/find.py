"""Doc -> events: a verb, a light verb with its noun, or a noun, and who is around it."""

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from spacy.attrs import LEMMA
from spacy.tokens import Doc, Span, Token

from schemas.documents import Origin, When
from schemas.documents import Span as Piece
from schemas.events import Event, Participant
from schemas.ids import stable_id
from transforms.events.frames import Frames, frames, keys
from transforms.events.holders import doers
from transforms.events.nouns import AFTERWARDS, MEANWHILE, Sides, hangs_on, is_wanted, noun_sides
from transforms.events.participants import Scene, participants, place, scene
from transforms.language.grammar import agent, is_negated, is_passive, objects, obliques, subject
from transforms.language.times import TIME, resolve

Mode = Literal["actual", "planned", "denied"]

RECIPIENTS = {
    "meet": {"with"},
    "consult": {"with"},
    "agree": {"with"},
    "cooperate": {"with"},
    "speak": {"to", "at"},
    "request": {"of", "from", "to"},
    "aid": {"to"},
    "release": {"of"},
    "sanction": {"on", "against"},
    "protest": {"against"},
    "fight": {"on", "against"},
    "threaten": {"against", "to"},
    "investigate": {"into"},
}
"""The prepositions that lead to an event's target."""

MUTUAL = frozenset({"meet", "consult"})
"""Types of which two agents are enough: "talks between Velden and Reke"."""

PLANS = frozenset({"will", "plan", "plans", "to", "would", "may", "might", "could", "should"})
AHEAD = frozenset({"planned", "proposed", "upcoming", "forthcoming", "possible", "expected", "next", "future"})
IF = frozenset({"if", "whether", "unless", "should"})


class Trigger(NamedTuple):
    """What makes an event: its type, the verb or noun that carries the clause, and the noun of a light verb."""

    type: str
    head: Token
    act: Token | None


def find(doc: Doc, origin: Origin) -> tuple[Event, ...]:
    """Return the document's events in order; actors are attached afterwards."""
    if not doc.has_annotation("DEP"):
        return ()
    likely = _likely(doc)
    if not likely:
        return ()
    seen = scene(doc)
    published = origin.published.date() if origin.published else None
    found: list[Event] = []
    for sentence in doc.sents:
        near = likely[bisect_left(likely, sentence.start) : bisect_left(likely, sentence.end)]
        for trigger in triggers([doc[i] for i in near], frames()):
            event = _event(trigger, sentence, origin, published=published, seen=seen, ordinal=len(found))
            if event is not None:
                found.append(event)
    return tuple(found)


def _likely(doc: Doc) -> list[int]:
    """Return the tokens whose lemma may make an event, by spaCy's columns: far faster than asking each token."""
    wanted = keys()
    return [i for i, lemma in enumerate(doc.to_array([LEMMA]).tolist()) if lemma in wanted]


def triggers(tokens: Iterable[Token], known: Frames) -> Iterator[Trigger]:
    """Yield what makes events among the tokens: "met", "held talks", "the visit of"."""
    for token in tokens:
        if token.pos_ == "VERB":
            act = _act(token, known)
            if act is not None:
                yield act
            elif token.lemma_ in known.verbs:
                yield Trigger(known.verbs[token.lemma_], token, None)
        elif token.pos_ == "NOUN" and token.lemma_ in known.nouns and _stands_alone(token, known):
            yield Trigger(known.nouns[token.lemma_], token, None)


def _act(verb: Token, known: Frames) -> Trigger | None:
    nouns = [*objects(verb), *([s] if is_passive(verb) and (s := subject(verb)) is not None else [])]
    for noun in nouns:
        kind = known.acts.get((verb.lemma_, noun.lemma_))
        if kind:
            return Trigger(kind, verb, noun)
    return None


def _stands_alone(noun: Token, known: Frames) -> bool:
    """Return whether no light verb has told this act already; talk is no talks."""
    return (noun.head.lemma_, noun.lemma_) not in known.acts and (noun.lemma_ != "talk" or noun.tag_ == "NNS")


def _event(
    trigger: Trigger,
    sentence: Span,
    origin: Origin,
    *,
    published: dt.date | None,
    seen: Scene,
    ordinal: int,
) -> Event | None:
    if _is_hypothetical(trigger.head):
        return None
    agents, targets = _sides(trigger, seen)
    where = place([trigger.head, *objects(trigger.head)], seen)
    if not agents or not (_complete(trigger, targets, where) or (trigger.type in MUTUAL and len(agents) > 1)):
        return None
    mode = _mode(trigger.head)
    piece = _span(trigger)
    return Event(
        id=stable_id(origin.document, "event", trigger.type, piece.text, agents[0].name, str(ordinal)),
        origin=origin,
        type=trigger.type,
        mode=mode,
        start=piece.start,
        end=piece.end,
        text=piece.text,
        agents=agents,
        targets=targets,
        place=where,
        time=_when(sentence, trigger.head, published, future=mode == "planned"),
        sentence=Piece(start=sentence.start_char, end=sentence.end_char, text=sentence.text),
    )


def _complete(trigger: Trigger, targets: tuple[Participant, ...], where: Piece | None) -> bool:
    """Return whether enough is told: somebody or some place beside the agent, or an act that needs neither."""
    if trigger.type == "travel":
        return where is not None or bool(targets)
    return bool(targets) or trigger.act is not None or trigger.head.lemma_ in frames().alone


def _sides(trigger: Trigger, seen: Scene) -> Sides:
    head, act = trigger.head, trigger.act
    if head.pos_ == "NOUN":
        return noun_sides(head, seen)
    prepositions = RECIPIENTS.get(trigger.type, set())
    reached = [
        noun for part in (head, act) if part is not None for marker, noun in obliques(part) if marker in prepositions
    ]
    if is_passive(head):
        done_to = [] if act is not None else doers(head)
        doer = agent(head)
        by = participants([doer], seen) if doer is not None else ()
        return (by or participants(done_to, seen)), (participants(done_to, seen) if by else ())
    agents = participants(doers(head), seen)
    direct = [t for t in objects(head) if act is None or t.i != act.i]
    return agents, participants([*direct, *reached], seen)


def _is_hypothetical(head: Token) -> bool:
    """Return whether it is only supposed or asked for: "if he meets", "calls for her resignation"."""
    if head.pos_ == "NOUN" and is_wanted(head):
        return True
    clause = [head, *(a for a in head.ancestors if a.dep_ in {"advcl", "conj", "xcomp"})][:3]
    return any(t.lower_ in IF and t.dep_ in {"mark", "advmod"} for verb in clause for t in verb.children)


def _mode(head: Token) -> Mode:
    if is_negated(head):
        return "denied"
    if head.pos_ == "NOUN":
        return "planned" if any(t.lower_ in AHEAD for t in head.children) or _is_ahead(head) else "actual"
    helpers = {t.lower_ for t in head.children if t.dep_ in {"aux", "mark"}}
    if helpers & PLANS or (head.tag_ == "VB" and head.dep_ in {"xcomp", "ccomp", "advcl"}):
        return "planned"
    return "actual"


def _is_ahead(noun: Token) -> bool:
    """Return whether a noun tells the time of an act that is still to come, or what comes after it."""
    marker, verb = hangs_on(noun)
    return marker in AFTERWARDS or (marker in MEANWHILE and verb.pos_ == "VERB" and _mode(verb) == "planned")


def _span(trigger: Trigger) -> Piece:
    tokens = [trigger.head, *([trigger.act] if trigger.act is not None else [])]
    doc = trigger.head.doc
    span = doc[min(t.i for t in tokens) : max(t.i for t in tokens) + 1]
    return Piece(start=span.start_char, end=span.end_char, text=span.text)


def _when(sentence: Span, head: Token, published: dt.date | None, *, future: bool) -> When | None:
    """Return the time phrase nearest to the trigger in its sentence, of the same clause where one is relative."""
    found = list(TIME.finditer(sentence.text))
    clause = _relative(head) if found else -1
    if clause >= 0 or head.pos_ == "VERB":  # a noun's own clause may tell its time: "a visit, which begins on Monday"
        found = [m for m in found if _relative(_root(sentence, m)) == clause]
    if not found:
        return None
    at = head.idx - sentence.start_char
    nearest = min(found, key=lambda m: abs(m.start() - at))
    date, precision = resolve(nearest, published, future=future)
    start = sentence.start_char + nearest.start()
    return When(start=start, end=start + len(nearest[0]), text=nearest[0], date=date, precision=precision)


def _root(sentence: Span, found: re.Match[str]) -> Token:
    """Return the head of a phrase found in the sentence's text."""
    span = sentence.char_span(found.start(), found.end(), alignment_mode="expand")
    return sentence.root if span is None else span.root


def _relative(token: Token) -> int:
    """Return the verb of the relative clause that the token stands in, or -1: "who led the strike, was hurt Monday"."""
    clauses = (t.i for t in (token, *token.ancestors) if t.dep_ in {"acl:relcl", "relcl"})
    return next(clauses, -1)
