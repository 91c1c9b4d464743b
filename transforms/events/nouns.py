"""Nouns that tell of acts -> who acts and who is acted upon: "the visit of X to Y", "X's arrest by Y"."""

import dataclasses as dc
from collections.abc import Sequence

from spacy.tokens import Token

from schemas.events import Participant
from transforms.events.frames import frames
from transforms.events.participants import Scene, is_place, participants
from transforms.language.grammar import is_passive, obliques, subject

Sides = tuple[tuple[Participant, ...], tuple[Participant, ...]]

CAPITALS = frozenset({"capital", "city", "country", "region", "town", "province", "front"})

MEANWHILE = frozenset({"during", "after", "following"})
AFTERWARDS = frozenset({"before", "for"})
"""What stands before an act that is told beside another: "said during a visit", "left for talks"."""

MOVING = frozenset({"arrive", "leave", "travel", "fly", "head", "return", "come", "go", "gather", "meet", "land"})
"""Verbs that lead "for" talks: whoever argues for talks attends none."""

WANTING = frozenset(
    {
        "call", "demand", "request", "appeal", "propose", "proposal", "urge", "seek", "want", "expect", "consider",
        "threaten", "threat", "refuse", "reject", "push", "petition", "pressure", "possibility", "chance", "prospect",
        "hope", "invite", "ask", "idea",
    }
)  # fmt: skip
"""What a noun hangs on that tells of no act: "calls for the resignation of Velden"."""


def noun_sides(noun: Token, seen: Scene) -> Sides:
    """Return who acts and who is acted upon in "the visit of X to Y", "X's arrest by Y", "talks between X and Y"."""
    owners = [t for t in noun.children if t.dep_ in {"poss", "nmod:poss"}]
    phrases = list(obliques(noun))
    of, by = ([t for marker, t in phrases if marker == wanted] for wanted in ("of", "by"))
    if noun.lemma_ == "release":  # "the release of X": X is let go, and nobody is told who lets go
        return participants(owners or of, seen), ()
    if noun.lemma_ in frames().suffered:
        doers = by or (owners if of else [])
        return participants(doers, seen), participants(of or owners, seen) if doers else ()
    if noun.lemma_ == "strike":  # "a strike by teachers", no striker's strike
        return participants([*by, *(t for t in owners if t.tag_ == "NNS")], seen), ()
    doers = owners or by or of or [t for marker, t in phrases if marker == "between"]
    travellers = [] if doers else _travellers(phrases, seen) or _attending(noun)
    reached = {"with"} if frames().nouns[noun.lemma_] == "consult" else {"with", "to"}
    targets = participants([t for marker, t in phrases if marker in reached], seen)
    return participants(doers or travellers, seen), tuple(_without(target, travellers) for target in targets)


def _travellers(phrases: Sequence[tuple[str, Token]], seen: Scene) -> list[Token]:
    """Return who travels in "a visit to the capital of the envoy, Anna Berg": one whom no place belongs to."""
    places = (t for marker, t in phrases if marker == "to" and (t.lemma_ in CAPITALS or is_place(t, seen)))
    return [t for there in places for marker, t in obliques(there) if marker == "of" and t.lower_ in frames().roles]


def _attending(noun: Token) -> list[Token]:
    """Return whose act the noun tells the time of: "Velden said during a visit to Oslo", "after talks with Reke"."""
    marker, verb = hangs_on(noun)
    if marker not in MEANWHILE | AFTERWARDS or verb.pos_ != "VERB" or is_passive(verb):
        return []
    if marker == "for" and verb.lemma_ not in MOVING:
        return []
    if any(t.lower_ == "by" for t in noun.doc[noun.i + 1 : noun.right_edge.i + 2]):  # wherever the parse hangs it
        return []
    doer = subject(verb)
    return [] if doer is None else [doer]


def hangs_on(noun: Token) -> tuple[str, Token]:
    """Return the preposition before a noun and what the phrase hangs on, in either label scheme."""
    if noun.dep_ == "pobj":
        return noun.head.lower_, noun.head.head
    case = next((t.lower_ for t in noun.children if t.dep_ == "case"), "")
    return (case if noun.dep_ == "obl" else ""), noun.head


def _without(target: Participant, travellers: Sequence[Token]) -> Participant:
    """Return where somebody travels without himself: "the capital" of "the capital of the envoy"."""
    inner = next((t.left_edge.idx for t in travellers if target.start < t.left_edge.idx < target.end), target.end)
    text = target.text[: inner - target.start].rstrip()
    if text == target.text:
        return target
    return dc.replace(target, end=target.start + len(text), text=text, name=text)


def is_wanted(noun: Token) -> bool:
    """Return whether the act is only asked for or thought of: "calls for the resignation of Velden"."""
    case = next((t for t in noun.children if t.dep_ == "case"), noun.head if noun.dep_ == "pobj" else noun)
    return noun.head.lemma_ in WANTING or (0 < case.i < noun.i and noun.doc[case.i - 1].lemma_ in WANTING)
