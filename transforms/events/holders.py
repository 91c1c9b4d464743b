"""Who acts together: "foreign ministers Petr Lund of Norrvia and Anna Berg of Kastovia", for parses err."""

from collections.abc import Mapping

from spacy.tokens import Span, Token

from transforms.language.grammar import PEOPLE, TENSED, subject
from transforms.language.roles import PERSONS, singular

MOVING = frozenset({"arrive", "travel", "fly", "return", "depart", "head", "land"})
"""Verbs that are never passive, whatever the tagger thinks."""

JOINS = frozenset({"and", "&"})
ORIGINS = frozenset({"of", "from"})
NAMING = frozenset({"NNP", "NNPS", "NN", "DT", "JJ"})
"""What stands in "of the Republic of Norrvia"; the tagger takes rare names for nouns."""

ORIGIN = 6
"""Tokens of such a phrase, at most."""


def holders(head: Token, entities: Mapping[int, Span]) -> list[Span]:
    """Return the people named behind a role in the plural, two or more, for the role or for the first."""
    found: list[Span] = []
    at, last = head.i + 1, False
    if head.i in entities:
        at = entities[head.i].start
        head = head.doc[max(0, at - 1)]
    if not _is_of_many(head):
        return []
    while (person := entities.get(at)) is not None and person.label_ in PEOPLE and person.start == at:
        found.append(person)
        if last:
            break
        at, last = _next(head, person.end)
    return found if last and len(found) > 1 else []


def _is_of_many(role: Token) -> bool:
    one = singular(role.lower_)
    return one in PERSONS and one != role.lower_ and role.tag_ in {"NNS", "NNPS", "NNP"}


def doers(verb: Token) -> list[Token]:
    """Return the verb's subject, and the person after "and" whom the parse makes a second one."""
    first = subject(verb) or _left_alone(verb)
    if first is None:
        return []
    doc = first.doc
    others = (t for t in first.head.children if t.dep_ == first.dep_ and t.i > first.i and t.ent_type_ in PEOPLE)
    return [first, *(t for t in others if _is_joined(doc[first.i + 1 : t.i]))]


def _left_alone(verb: Token) -> Token | None:
    """Return who acts where the parse hangs the verb on an apposition: "Anna Berg, the envoy of Norrvia, arrived"."""
    person, edge = verb.head.head, verb.left_edge.i
    if verb.dep_ != "acl" or verb.head.dep_ != "appos" or person.dep_ != "ROOT" or person.ent_type_ not in PEOPLE:
        return None
    finite = verb.tag_ in TENSED or (verb.tag_ == "VBN" and verb.lemma_ in MOVING)
    return person if finite and "," in {verb.doc[edge].text, verb.doc[edge - 1].text} else None


def _is_joined(between: Span) -> bool:
    """Return whether "and" joins two: it stands before the second and his role, and no verb comes in between."""
    last = next((k for k, t in reversed(list(enumerate(between))) if t.text in JOINS), None)
    if last is None or any(t.tag_.startswith(("VB", "MD", "W")) for t in between):
        return False
    return not any(t.is_punct or t.tag_ == "IN" for t in between[last:])


def _next(head: Token, at: int) -> tuple[int, bool]:
    """Return where the next name may begin, and whether "and" makes it the last one."""
    doc = head.doc
    if doc[at : at + 1].text in ORIGINS:
        stop = min(len(doc), at + ORIGIN)
        at = next((i for i in range(at + 1, stop) if doc[i].tag_ not in NAMING and doc[i].text not in ORIGINS), stop)
    comma = doc[at : at + 1].text == ","
    joined = doc[at + comma : at + comma + 1].text in JOINS
    return (at + comma + joined if comma or joined else len(doc)), joined
