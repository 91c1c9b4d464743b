"""What somebody already in view is called instead of his name: "the tycoon", "the 34-year-old", "the rear admiral"."""

from transforms.language.lists import words
from transforms.language.roles import FEMALE, MALE, PERSONS
from transforms.statements.drafts import Phrase, Range
from transforms.statements.people import ANYBODY, GENDERED, People
from transforms.statements.sources import Source, agent_noun
from transforms.statements.words import DOCUMENTS, OFFICES, ORGANISATIONS

OTHERS = words("""
    official source person spokesman spokeswoman spokesperson aide lawyer attorney witness critic analyst expert ally
    opponent rival friend colleague neighbor neighbour adviser advisor diplomat man woman resident voter supporter
    publisher other one member relative insider observer reporter host anchor interviewer bystander soldier worker
    """)
"""Nouns that mean somebody else than the person just named."""

CONTENDERS = ("nominee", "candidate", "contender", "hopeful", "challenger", "frontrunner")
"""What somebody who stands for an office is called by turns."""

PARTIES = frozenset({"democrat", "republican", "libertarian", "conservative", "labour", "liberal", "green"})
PASSING = frozenset({"presumptive", "presidential", "likely", "party", "major"})
"""Words beside a contender that make no other one of him."""

PRAISING = frozenset({"outgoing", "embattled", "beleaguered", "departing", "longtime", "fiery", "ousted"})
"""Words beside an office that tell nothing of which one it is."""

WIDER = {
    "official": ("minister", "governor", "mayor", "secretary", "commissioner", "deputy", "prefect", "head"),
    "diplomat": ("ambassador", "envoy", "consul", "mediator"),
    "lawmaker": ("senator", "representative", "congressman", "congresswoman", "mp"),
    "legislator": ("senator", "representative", "congressman", "congresswoman"),
    "politician": ("senator", "representative", "minister", "mp", "mayor", "governor"),
    "officer": ("general", "colonel", "captain", "major", "admiral", "lieutenant"),
    "soldier": ("sergeant", "private", "corporal"),
    "expert": ("scientist", "economist", "analyst", "professor", "historian", "researcher", "specialist", "academic"),
    "academic": ("professor", "lecturer", "historian", "economist"),
    **dict.fromkeys(CONTENDERS, CONTENDERS),
    "cleric": ("bishop", "archbishop", "priest", "imam", "rabbi"),
}
"""Nouns that a second mention uses for a narrower one."""

ELECTED = words("senator representative congressman congresswoman lawmaker democrat republican mp")
"""What the only one in the text is called with the name of a place or a party that was not told before."""

KIN = words("""
    mother father mum dad mom sister brother uncle aunt son daughter wife husband widow cousin nephew niece child parent
    grandmother grandfather grandma grandad granny partner girl boy family
    """)
"""Nouns that mean somebody's relative, unless the text counts her children: "the mum of two"."""

UNIQUE = words("""
    president minister premier chancellor king queen prince princess pope governor mayor secretary ambassador envoy
    leader head chief director speaker judge
    """)
"""Offices that another person may hold whom the text need not introduce."""

SHORT = 20
"""Words of a paragraph that only leads to what somebody says."""

Found = tuple[str, float, str]


def called(
    people: People, phrase: Phrase, source: Source, last: tuple[str, int] | None, *, own: Range = (0, 0)
) -> Found | None:
    """Return whom a description means that is nobody's role: (name, how sure, why); `last` is who spoke, and where.

    `own` are the words that he says: whom they are about is another.
    """
    if not _may_be_epithet(people, phrase, source) or (source.head in CONTENDERS and _rivals(people, phrase)):
        return None
    if last is not None and _since(people, last[1], phrase) <= {last[0]} and " " in last[0]:
        near = people.paragraphs(last[1], phrase.first)
        found: Found | None = (last[0], 0.75 if near == 0 else 0.72, "the one just named, described")
        if near <= 1:
            return None if _interrupted(people, last[1], phrase) else found
    here = {n for n in named_within(people, phrase.first, 0) if _sure_person(people, n)}
    if len(here) == 1:
        found = here.pop(), 0.75, "the only person of the paragraph, described"
    else:
        near_by = _topic(people, phrase) or named_within(people, phrase.first, 1)
        if last is not None and people.paragraphs(last[1], phrase.first) <= 1 and not _topic(people, phrase):
            near_by |= {last[0]}
        near_by = _not_spoken_of(people, near_by, own) if len(near_by) == 2 else near_by
        if len(near_by) != 1 or not _sure_person(people, next(iter(near_by))):
            return None
        found = near_by.pop(), 0.72, "the only person in view, described"
    return (
        found
        if _agrees(people, found[0], source) and not _interrupted(people, _last_place(people, found[0], phrase), phrase)
        else None
    )


def _not_spoken_of(people: People, names: set[str], own: Range) -> set[str]:
    """Return those of two people whom the words are not about: “She lies,” said the tycoon of the two."""
    told = {name.text for k in range(*own) if (name := people.names.at(k))}
    genders = {GENDERED[word] for word in people.layout.lower[slice(*own)] if word in GENDERED}
    return {name for name in names if name not in told and people.genders.get(name) not in genders}


def _may_be_epithet(people: People, phrase: Phrase, source: Source) -> bool:
    layout, head = people.layout, source.head
    demonym = layout.tags[phrase.head] == "NNP"
    former = "former" in source.mods and head in UNIQUE  # "the former secretary of state"
    if (
        source.plural
        or head in OTHERS
        or (head in UNIQUE and not former)
        or not (demonym or head in PERSONS or _agent(head))
    ):
        return False
    if head in KIN and layout.lower[phrase.head + 1] not in {"of", "-"}:
        return False
    if head in OFFICES and phrase.head != layout.lower.index(head):  # an office that was in the text before
        return False
    aged = "old" in layout.lower[phrase.first : phrase.last]
    return (phrase.head if head in CONTENDERS else phrase.last - 1) - phrase.first < (
        9 if aged or former or head in ELECTED else 4
    )


def _rivals(people: People, phrase: Phrase) -> bool:
    """Return whether more than one name stood near: of two who stand for an office, the word tells neither."""
    first = next(
        (s[0] for s in reversed(people.sentences_before(phrase.first, 8)) if people.paragraphs(s[0], phrase.first) < 2),
        phrase.first,
    )
    near = (people.names.at(k) for k in range(first, phrase.first))
    return len({name.text for name in near if name and name.label in {"PERSON", ""} and name.text[:1].isupper()}) > 1


def _sure_person(people: People, name: str) -> bool:
    """Return whether a name is a person's: one word alone may be no person at all, unless a title stood before it."""
    return " " in name or bool(people.genders.get(name))


def _agent(head: str) -> bool:
    """Return whether an unknown noun looks like one for a person: "the grandee", "the teaching assistant"."""
    return agent_noun(head) and head not in DOCUMENTS | ORGANISATIONS


def _since(people: People, first: int, phrase: Phrase) -> set[str]:
    return people.between(first, phrase.first)


def named_within(people: People, at: int, paragraphs: int) -> set[str]:
    """Return who is named in the sentences before, so many paragraphs back at most."""
    near = [s for s in people.sentences_before(at, 5) if people.paragraphs(s[0], at) <= paragraphs]
    return people.between(near[-1][0], at) if near else set()


def _topic(people: People, phrase: Phrase) -> set[str]:
    """Return who opens a short paragraph right before that names nobody else: "Anna Berg pounced."."""
    near = (s for s in people.sentences_before(phrase.first, 5) if not people.layout.words[s[0]].isspace())
    before = [s for s in near if people.paragraphs(s[0], phrase.first) == 1]
    if len(before) != 1 or before[0][1] - before[0][0] > SHORT:
        return set()
    named = people.between(*before[0])
    return named if len(named) == 1 and people.opens_with(before[0][0]) else set()


def _last_place(people: People, name: str, phrase: Phrase) -> int:
    known = people.names.named(name)
    return max((p[0] for p in known.places if p[0] < phrase.first), default=phrase.first) if known else phrase.first


def _interrupted(people: People, first: int, phrase: Phrase) -> bool:
    """Return whether somebody without a name was a subject since: then he may be meant."""
    for lo, hi in people.sentences_before(phrase.first, 5):
        if lo <= first:
            return False
        if any(p.name is None and people.layout.lower[p.head] not in ANYBODY for p in people.subjects(lo, hi)):
            return True
    return False


def _agrees(people: People, name: str, source: Source) -> bool:
    gender = "f" if source.head in FEMALE else "m" if source.head in MALE else ""
    return not gender or people.fits(name, gender)
