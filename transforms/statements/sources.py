"""What kind of source speaks: named, unnamed, an organisation, a document."""

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
PARTIAL = frozenset({*NUMBERS, "some", "many", "several", "few", "most", "none", "neither"})
RANKS = frozenset({"senior", "former", "top", "high-ranking", "high", "retired", "serving", "current"})
DETERMINERS = words("the a an this that these those another one some his her its their our my")
ELIDED = "official"


@dataclass(frozen=True, slots=True)
class Source:
    """A speaker as described: kind, shown name; `head` and `mods` are what descriptions compare."""

    kind: SourceKind
    name: str
    head: str = ""
    mods: frozenset[str] = frozenset()
    gender: str = ""
    plural: bool = False


def describe(layout: Layout, names: Names, phrase: Phrase) -> Source:
    """Return what the phrase itself says about its source, pronouns and descriptions not yet resolved."""
    if phrase.name is not None:
        return _named(layout, names, phrase)
    noun = noun_of(layout, phrase)
    head = layout.lower[noun]
    text = _text(layout, phrase.first, _essential(layout, phrase))
    kind = _kind(layout, names, phrase, noun)
    mods = _mods(layout, phrase, noun)
    if phrase.alias is not None:
        kind, text = _aliased(layout, names, phrase.alias, kind)
    if _elided(layout, phrase):
        kind, head, text, mods = "anonymous", ELIDED, f"{text} {ELIDED}", mods | {fold(head)}
    plural = _plural(layout, phrase, noun) or " and " in text
    return Source(
        kind=kind,
        name=text,
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


def noun_of(layout: Layout, phrase: Phrase) -> int:
    """Return the noun that tells who speaks: the head, or that after it in "one of the officials"."""
    head = phrase.head
    if layout.lower[head] not in PARTIAL or layout.lower[head + 1 : head + 2] != ["of"]:
        return head
    return next((k for k in range(head + 2, phrase.last) if layout.tags[k] == "NNS"), head)


def _plural(layout: Layout, phrase: Phrase, noun: int) -> bool:
    word = layout.lower[phrase.head]
    if noun != phrase.head:
        return NUMBERS.get(word) != 1
    return layout.tags[noun] in {"NNS", "NNPS"} or word in PLURAL_PRONOUNS or NUMBERS.get(word, 1) > 1


def _kind(layout: Layout, names: Names, phrase: Phrase, noun: int) -> SourceKind:
    head = singular(layout.lower[noun])
    if head in PERSONS:
        return "anonymous"
    if head in DOCUMENTS:
        return "document"
    name = names.at(noun)
    if head in ORGANISATIONS or (name is not None and name.label in {"ORG", "GPE", "LOC", "FAC"}):
        return "organisation"
    if name is not None and name.label in {"NORP", "PERSON"}:
        return "anonymous" if name.label == "NORP" else "named"
    several = layout.tags[noun] in {"NNS", "NNPS"} and layout.lower[phrase.first] in NUMBERS
    if layout.tags[noun] in {"NNP", "NNPS"} and not several:  # "two Oromandis close to the file"
        return "organisation" if layout.lower[phrase.first] == "the" or name is None else "named"
    nation = several and layout.words[noun][:1].isupper()
    return "anonymous" if nation or agent_noun(head) else "unknown"


def agent_noun(head: str) -> bool:
    """Return whether a noun's ending is one that nouns for people have."""
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


def _mods(layout: Layout, phrase: Phrase, noun: int) -> frozenset[str]:
    first = phrase.first if noun == phrase.head else phrase.head + 1
    words = (layout.lower[k] for k in range(first, phrase.last) if k != noun)
    return frozenset(fold(w) for w in words if w.isalnum() and w not in DETERMINERS and w not in SMALL)


SMALL = words("both of in at to for from with by and or on as who same new then young old late own very")
SAME = {
    "us": "american", "u.s.": "american", "u.s": "american", "united": "american", "states": "american",
    "washington": "american", "america": "american", "kremlin": "russian", "moscow": "russian", "russia": "russian",
    "uk": "british", "britain": "british", "london": "british", "ukraine": "ukrainian", "kyiv": "ukrainian",
    "eu": "european", "europe": "european", "germany": "german", "berlin": "german", "france": "french",
    "paris": "french", "china": "chinese", "beijing": "chinese", "israel": "israeli", "iran": "iranian",
    "tehran": "iranian", "turkey": "turkish", "ankara": "turkish", "poland": "polish", "warsaw": "polish",
    "democratic": "democrat", "gop": "republican", "west": "western",
    "ex": "former", "retired": "former", "top": "senior", "high": "senior", "high-ranking": "senior",
}  # fmt: skip
"""Words that a second mention of the same source may use for the first one's."""


def fold(word: str) -> str:
    """Return the word under which two descriptions of one source are compared: US, American -> american."""
    return SAME.get(word, word)
