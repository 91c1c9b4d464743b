"""Who has the floor in the sentence that leads to a paragraph of quoted words: "Lund hit back hours later." / "“…”"."""

from transforms.language.lists import words
from transforms.language.names import Names
from transforms.statements.drafts import Phrase, Range
from transforms.statements.layout import Layout
from transforms.statements.people import People
from transforms.statements.words import FORMS, LABEL, MANNER, SPEECH, UTTERANCES

FLOOR = words("twitter facebook podium microphone stage lectern floor statement tweet post speech fire hit shoot weigh")
"""Words of a sentence in which somebody begins to speak, beside the verbs of saying."""


def lead_in(people: People, at: int) -> Range | None:
    """Return the sentence right before the paragraph that opens with a token."""
    layout = people.layout
    for first, end in people.sentences_before(at, 4):
        if first < end and not layout.words[first].isspace():
            return (first, end) if people.paragraphs(first, at) == 1 else None
    return None


def takes_floor(people: People, lead: Range, last: int | None, own: Range) -> Phrase | None:
    """Return who begins to speak there, if nobody has spoken since `last`; `own` are the words that he would say."""
    first, end = lead
    if last is not None and last >= first:
        return None
    found = people.subjects(first, end)
    if not found or found[0].name is None or speaks_of(people.layout, people.names, found[0], own):
        return None
    apart = last is None or people.paragraphs(last, first) > 0
    alone = apart and len(people.between(first, end)) == 1
    return found[0] if alone or _speaks(people, first, end) else None


def speaks_of(layout: Layout, names: Names, speaker: Phrase, own: Range) -> bool:
    """Return whether the words have their supposed speaker's own surname: then somebody else says them."""
    name = names.at(speaker.name[0]) if speaker.name else None
    surname = name.text.rsplit(" ", 1)[-1].casefold() if name else ""
    return name is not None and any(layout.lower[k] == surname and names.at(k) is name for k in range(*own))


def _speaks(people: People, first: int, end: int) -> bool:
    layout = people.layout
    near = [k for k in range(first, end) if layout.inside[k] < 0]
    verbs = (FORMS.get(layout.lower[k], "") for k in near if layout.tags[k][:2] == "VB")
    return any(v in SPEECH | MANNER | LABEL for v in verbs) or any(layout.lower[k] in FLOOR | UTTERANCES for k in near)


def keeps_floor(people: People, lead: Range, name: str, gender: str) -> bool:
    """Return whether the sentence is still about somebody: he is its subject, by name or as a pronoun."""
    first, end = lead
    pronoun = {"m": "he", "f": "she"}.get(gender, "")
    opening = people.layout.lower[first : min(first + 3, end)]
    if pronoun and pronoun in opening:
        return True
    found = people.subjects(first, end)
    subject = people.names.at(found[0].name[0]) if found and found[0].name else None
    return subject is not None and subject.text == name
