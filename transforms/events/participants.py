"""Who takes part, and where: heads of a clause -> phrases with the longest name that the document gives them."""

from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from schemas.documents import Span as Piece
from schemas.events import Participant
from transforms.events.frames import frames
from transforms.events.holders import holders
from transforms.language.grammar import PEOPLE, conjuncts, obliques, phrase
from transforms.language.names import Names, read_names

ACTING = frozenset({"PERSON", "PER", "ORG", "GPE", "NORP"})
"""Entities that can do something to somebody."""

PLACES = frozenset({"GPE", "LOC", "FAC"})
PLACE_WORDS = frozenset({"in", "at", "to", "into", "from", "near", "outside", "inside", "for"})
OUTSIDE = frozenset(
    {
        "acl",
        "acl:relcl",
        "relcl",
        "appos",
        "punct",
        "cc",
        "conj",
        "parataxis",
        "advcl",
        "advmod",
        "cop",
        "dep",
        "case",
        "prep",
        "mark",
    }
)
"""What hangs on a noun but is no part of its name."""


APPOSED = 8
"""Tokens after a role within which its holder's name must begin."""

NOMINAL = frozenset({"IN", "DT", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "PRP$"})
RELATIVE = frozenset({"WP", "WDT"})


class Scene(NamedTuple):
    """A document's entities by token, and its names in their longest form."""

    entities: dict[int, Span]
    names: Names


def scene(doc: Doc) -> Scene:
    """Return the document's entities by token, and the longest form of each name."""
    return Scene({i: e for e in doc.ents for i in range(e.start, e.end)}, read_names(doc))


def participants(heads: Iterable[Token], seen: Scene) -> tuple[Participant, ...]:
    """Return who the heads and their conjuncts stand for; pronouns and things give nothing."""
    found: list[Participant] = []
    for head in (joined for token in heads for joined in conjuncts(_antecedent(token, seen))):
        listed = holders(head, seen.entities)
        span = _name(head, seen.entities.get(head.i)) or _apposed(head, seen) or _before(head, seen) or _role(head)
        found += [_participant(each, seen) for each in listed or [span] if each is not None]
    return tuple(dict.fromkeys(found))


def _participant(span: Span, seen: Scene) -> Participant:
    known = seen.names.at(span.root.i)
    name = known.text if known is not None else span.text
    return Participant(start=span.start_char, end=span.end_char, text=span.text, name=name)


def _name(head: Token, entity: Span | None) -> Span | None:
    """Return the entity that the head is the head of: of "Velden's aide" the head is the aide, so nobody named."""
    if entity is None or entity.label_ not in ACTING or (head.i < entity.end - 1 and head.dep_ == "compound"):
        return None
    return _without_possessive(entity)


def _without_possessive(span: Span) -> Span:
    return span[:-1] if len(span) > 1 and span[-1].tag_ == "POS" else span


def _apposed(head: Token, seen: Scene) -> Span | None:
    """Return the name of a role's holder: "the envoy of Norrvia, Anna Berg", "the envoy Anna Berg"; by the words."""
    if head.lower_ not in frames().roles or head.tag_ != "NN":
        return None
    after = head.doc[head.i + 1 : head.i + APPOSED]
    behind = seen.entities.get(head.i + 1)
    if behind is not None and behind.label_ in PEOPLE and behind.root.head.i in {head.i, head.head.i}:
        return _without_possessive(behind)
    comma = next((t for t in after if t.text == "," or not (t.tag_ in NOMINAL or _joins_places(t))), None)
    if comma is None or comma.text != "," or comma.i + 1 >= len(head.doc):
        return None
    entity = seen.entities.get(comma.i + 1)
    if entity is None or entity.label_ not in PEOPLE or entity.start != comma.i + 1 or len(entity) < 2:
        return None
    ends = entity.end >= len(head.doc) or head.doc[entity.end].text in {",", ".", ";", ")"}
    return _without_possessive(entity) if ends else None


def _joins_places(token: Token) -> bool:
    """Return whether the token is the "and" of "the envoy for Norrvia and Kastovia"."""
    beside = {t.ent_type_ for t in token.doc[token.i - 1 : token.i + 2] if t.i != token.i}
    return token.tag_ == "CC" and beside <= PLACES | {"NORP"}


def _before(head: Token, seen: Scene) -> Span | None:
    """Return whom a role stands behind, where the parse takes it for the subject: "Anna Berg, the envoy, arrived"."""
    role = _role(head)
    if role is None or role.end >= len(head.doc) or head.doc[role.end].text != ",":
        return None
    person = seen.entities.get(role.start)
    if (
        person is not None and person.label_ in PEOPLE and head.doc[person.end].text == ","
    ):  # taken for part of the role
        return person
    person = seen.entities.get(role.start - 2)
    if person is None or person.label_ not in PEOPLE or person.root.head.i != head.head.i:
        return None
    bare = person.root.dep_ != "pobj" and not any(t.dep_ in {"case", "prep"} for t in person.root.children)
    return person if bare and head.doc[role.start - 1].text == "," else None


def _role(head: Token) -> Span | None:
    return phrase(head, without=OUTSIDE) if head.lower_ in frames().roles else None


def _antecedent(token: Token, seen: Scene) -> Token:
    """Return what a relative pronoun stands for: the name right before it, or the noun that its clause hangs on."""
    verb = token.head
    if token.tag_ not in RELATIVE or verb.dep_ not in {"acl:relcl", "relcl"}:
        return token
    before = next((t for t in reversed(token.doc[: token.i]) if not t.is_punct), verb.head)
    return seen.entities[before.i].root if before.i in seen.entities else verb.head


def is_place(token: Token, seen: Scene) -> bool:
    """Return whether the token stands in the name of a place."""
    entity = seen.entities.get(token.i)
    return entity is not None and entity.label_ in PLACES


def place(heads: Iterable[Token], seen: Scene) -> Piece | None:
    """Return the first named place in a place phrase of the heads."""
    for head in heads:
        for marker, noun in obliques(head):
            entity = seen.entities.get(noun.i)
            if marker in PLACE_WORDS and entity is not None and entity.label_ in PLACES:
                entity = _without_possessive(entity)
                return Piece(start=entity.start_char, end=entity.end_char, text=entity.text)
    return None
