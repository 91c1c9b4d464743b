"""What kind of source speaks: named, unnamed (how many, of whom), an organisation, a document."""

from dataclasses import dataclass

from schemas.statements import SourceKind
from transforms.language.lists import words
from transforms.language.names import Names
from transforms.language.roles import FEMALE, MALE, PERSONS, singular
from transforms.statements.drafts import Phrase, Range
from transforms.statements.layout import Layout
from transforms.statements.words import DOCUMENTS, ORGANISATIONS

NUMBERS = {
    "a": 1, "an": 1, "one": 1, "another": 1, "two": 2, "both": 2, "couple": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "dozen": 12,
}  # fmt: skip
PLURAL_PRONOUNS = frozenset({"they", "we", "both", "many", "some", "several", "others", "these", "those", "all"})
PLACES = frozenset({"GPE", "LOC", "NORP", "ORG", "FAC"})
RANKS = frozenset({"senior", "former", "top", "high-ranking", "high", "retired", "serving", "current"})
DETERMINERS = words("the a an this that these those another one some his her its their our my")
ELIDED = "official"


@dataclass(frozen=True, slots=True)
class Source:
    """A speaker as described: kind, shown name, how many, of whom; `head` and `mods` are what descriptions compare."""

    kind: SourceKind
    name: str
    count: int | None = None
    affiliation: str | None = None
    head: str = ""
    mods: frozenset[str] = frozenset()
    gender: str = ""
    plural: bool = False


def describe(layout: Layout, names: Names, phrase: Phrase) -> Source:
    """Return what the phrase itself says about its source, pronouns and descriptions not yet resolved."""
    if phrase.name is not None:
        return _named(layout, names, phrase)
    head = layout.lower[phrase.head]
    text = _text(layout, phrase.first, _essential(layout, phrase))
    kind = _kind(layout, names, phrase)
    mods = _mods(layout, phrase)
    if phrase.alias is not None:
        kind, text = _aliased(layout, names, phrase.alias, kind)
    if _elided(layout, phrase):
        kind, head, text, mods = "anonymous", ELIDED, f"{text} {ELIDED}", mods | {fold(head)}
    plural = layout.tags[phrase.head] in {"NNS", "NNPS"} or head in PLURAL_PRONOUNS or " and " in text
    anonymous = kind == "anonymous"
    return Source(
        kind=kind,
        name=text,
        count=_count(layout, phrase, plural=plural) if anonymous else None,
        affiliation=_affiliation(layout, names, phrase) if anonymous else None,
        head=singular(head),
        mods=mods,
        gender="f" if head in FEMALE else "m" if head in MALE else "",
        plural=plural,
    )


def _named(layout: Layout, names: Names, phrase: Phrase) -> Source:
    assert phrase.name is not None
    name = names.at(phrase.name[0])
    shown = name.text if name else _text(layout, *phrase.name)
    words = {layout.lower[k] for k in range(phrase.first, phrase.last)}
    gender = (name.gender if name else "") or ("f" if words & FEMALE else "m" if words & MALE else "")
    return Source(kind="named", name=shown, head=layout.lower[phrase.head], gender=gender)


def _aliased(layout: Layout, names: Names, alias: Range, kind: SourceKind) -> tuple[SourceKind, str]:
    """Return kind and name as an apposition gives them: a proper name is that of a body, unless it is two people's."""
    name = names.at(alias[0])
    whole = name is not None and alias in name.places
    text = name.text if name is not None and whole else _text(layout, *alias)
    body = layout.words[alias[0]][:1].isupper() and " and " not in text
    return "organisation" if body else kind, text


def _text(layout: Layout, first: int, last: int) -> str:
    start, end = layout.span(first, last)
    text = layout.text[start:end]
    initial = layout.lower[first] in DETERMINERS | set(NUMBERS)
    return text[0].lower() + text[1:] if initial and text else text


ON = frozenset({"expert", "specialist", "authority", "adviser", "advisor", "aide", "commission", "committee", "report"})


def _essential(layout: Layout, phrase: Phrase) -> int:
    """Return where the name of a person ends: "officials on the document" are named "officials"."""
    head = singular(layout.lower[phrase.head])
    if head not in PERSONS or head in ON or phrase.last <= phrase.head + 2:
        return phrase.last
    return phrase.head + 1 if layout.lower[phrase.head + 1] == "on" else phrase.last


def _kind(layout: Layout, names: Names, phrase: Phrase) -> SourceKind:
    head = singular(layout.lower[phrase.head])
    if head in PERSONS:
        return "anonymous"
    if head in DOCUMENTS:
        return "document"
    name = names.at(phrase.head)
    if head in ORGANISATIONS or (name is not None and name.label in {"ORG", "GPE", "LOC", "FAC"}):
        return "organisation"
    if name is not None and name.label in {"NORP", "PERSON"}:
        return "anonymous" if name.label == "NORP" else "named"
    if layout.tags[phrase.head] in {"NNP", "NNPS"}:
        return "organisation" if layout.lower[phrase.first] == "the" or name is None else "named"
    return "anonymous" if _agent_noun(head) else "unknown"


def _agent_noun(head: str) -> bool:
    return head.endswith(("er", "or", "ist", "ian", "man", "woman", "person", "ee", "ant", "eer")) and len(head) > 4


def _elided(layout: Layout, phrase: Phrase) -> bool:
    """Return whether the noun after ranks is missing: "a former senior Kremlin said", as bad translations have it."""
    before = {layout.lower[k] for k in range(phrase.first, phrase.head)}
    return bool(
        layout.lower[phrase.first] in {"a", "an", "another", "one"}
        and before & RANKS
        and layout.words[phrase.head][:1].isupper()
        and layout.lower[phrase.head] not in PERSONS
        and phrase.head == phrase.last - 1
    )


def _count(layout: Layout, phrase: Phrase, *, plural: bool) -> int | None:
    for k in range(phrase.first, min(phrase.head + 1, phrase.first + 5)):
        word = layout.lower[k]
        if word in NUMBERS and not (plural and word in {"a", "an"}):
            return NUMBERS[word]
        if word.isdigit():
            return int(word[:6])
    return None if plural else 1


def _affiliation(layout: Layout, names: Names, phrase: Phrase) -> str | None:
    """Return the nation, office or place that the source belongs to, as the phrase has it."""
    for k in range(phrase.first, phrase.last):
        name = names.at(k)
        if name is not None and name.label in PLACES:
            start, end = names.place(k) or (k, k + 1)
            return _text(layout, start, min(end, phrase.last))
    return None


def _mods(layout: Layout, phrase: Phrase) -> frozenset[str]:
    words = (layout.lower[k] for k in range(phrase.first, phrase.last) if k != phrase.head)
    return frozenset(fold(w) for w in words if w.isalnum() and w not in DETERMINERS and w not in SMALL)


SMALL = words("of in at to for from with by and or on as who same new then young old late own very")
SAME = {
    "us": "american", "u.s.": "american", "u.s": "american", "united": "american", "states": "american",
    "washington": "american", "america": "american", "kremlin": "russian", "moscow": "russian", "russia": "russian",
    "uk": "british", "britain": "british", "london": "british", "ukraine": "ukrainian", "kyiv": "ukrainian",
    "eu": "european", "europe": "european", "germany": "german", "berlin": "german", "france": "french",
    "paris": "french", "china": "chinese", "beijing": "chinese", "israel": "israeli", "iran": "iranian",
    "tehran": "iranian", "turkey": "turkish", "ankara": "turkish", "poland": "polish", "warsaw": "polish",
    "west": "western", "ex": "former", "retired": "former", "top": "senior", "high": "senior", "high-ranking": "senior",
}  # fmt: skip
"""Words that a second mention of the same source may use for the first one's."""


def fold(word: str) -> str:
    """Return the word under which two descriptions of one source are compared: US, American -> american."""
    return SAME.get(word, word)
