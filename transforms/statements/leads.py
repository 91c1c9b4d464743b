"""The first paragraph says what somebody is, the second one who: "The transport secretary …" / "Anna Berg told …"."""

from itertools import pairwise, takewhile

from transforms.language.lists import words
from transforms.language.names import Name
from transforms.language.roles import FEMALE, MALE, PERSONS, singular
from transforms.statements.beside import beside_name
from transforms.statements.drafts import Phrase
from transforms.statements.layout import Layout
from transforms.statements.people import People

NEVER = words("official source man woman person resident lawyer attorney friend aide witness other one")
"""Descriptions of people whom the second paragraph need not name."""


def introduce(layout: Layout, people: People) -> tuple[int, str] | None:
    """Return the head of the lead's description and the name that the next sentence gives it; learnt as a role."""
    lead = _paragraph(layout, 0)
    described = _described(layout, people, lead) if lead else None
    if described is None:
        return None
    end = next(s for s in lead if s > described.head)
    follows = lead[lead.index(end) :] if end < lead[-1] else _paragraph(layout, end)
    name = _named(people, follows) if len(follows) > 1 else None
    if name is None or any(" " in other for other in people.between(0, end)):
        return None
    if not _agree(layout, people, described, name):
        return None
    people.assign(singular(layout.lower[described.head]), name.text, range(described.first, described.last))
    return described.head, name.text


def _paragraph(layout: Layout, start: int) -> list[int]:
    """Return where the sentences of the first paragraph from a token on begin, and where the last one ends."""
    starts = [s for s in layout.starts if s >= start and not layout.words[s].isspace()]
    if not starts:
        return []
    here = layout.paragraph[starts[0]]
    found = list(takewhile(lambda s: layout.paragraph[s] == here, starts))
    return [*found, starts[len(found)] if len(found) < len(starts) else len(layout.words)]


def _described(layout: Layout, people: People, lead: list[int]) -> Phrase | None:
    """Return the lead's first subject, if it is one person of a role and has no name."""
    for first, end in pairwise(lead):
        found = people.subjects(first, end)
        if found:
            phrase = found[0]
            head = singular(layout.lower[phrase.head])
            fitting = phrase.name is None and head in PERSONS - NEVER and layout.tags[phrase.head] == "NN"
            return phrase if fitting and phrase.last - phrase.first > 1 else None
    return None


def _named(people: People, follows: list[int]) -> Name | None:
    """Return who is the subject of the next paragraph's first sentence, if that names him first, and in full."""
    first, end = follows[0], follows[1]
    subject = next((p for p in people.subjects(first, end) if p.name), None)
    name = people.names.at(subject.name[0]) if subject and subject.name else None
    if name is None or " " not in name.text or min(name.places)[0] < first:
        return None
    earlier = {other for other in people.between(first, min(name.places)[0]) if " " in other}
    return None if earlier else name


def _agree(layout: Layout, people: People, described: Phrase, name: Name) -> bool:
    """Return whether nothing beside the name speaks against it: no other role, no other gender."""
    role = singular(layout.lower[described.head])
    beside = {singular(layout.lower[k]) for k in beside_name(layout, *min(name.places))} & PERSONS
    gender = "f" if role in FEMALE else "m" if role in MALE else ""
    further = layout.lower[min(name.places)[1] + 1 : min(name.places)[1] + 2] in (
        ["a"],
        ["an"],
    )  # "Anna Berg, a baker, told"
    return (role in beside or not beside or further) and (not gender or people.fits(name.text, gender))
