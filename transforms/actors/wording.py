"""How a name is written where it stands: as a word, a month, an abbreviation, a ship's name."""

import re

from transforms.actors.after import FOLLOWER
from transforms.actors.before import BEFORE_MONTHS, MONTHS
from transforms.actors.candidate import Case
from transforms.actors.normalise import plain_name
from transforms.actors.scene import Scene
from transforms.actors.trades import NAME_WORDS
from transforms.actors.words import TITLES, word_set

_NAMES = frozenset({"", "NNP", "NNPS"})
_DATE_AFTER = re.compile(r",? \d")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[^\S\n]+$")
_THE_BEFORE = re.compile(r"\b(?:[Tt]he|[Aa]n?)[^\S\n]+$")
_DEFINITE = re.compile(r"\b[Tt]he[^\S\n]+$")
_THING = re.compile(r"[^\S\n]+([a-z][\w-]+)")
_OF = re.compile(r"\b([A-Z][a-z]+) of (?:the )?$")
"""A noun with a capital letter makes one name of all: the University of Kent, The Exorcism of Emily Rose."""
_AGED = re.compile(r", \d\d,")
_FOREIGN_ONE = re.compile(r"\b(?:[Ee]ine?|[Uu]ne?|[Uu]n[ao]|[Uu]m|\d{1,3})[^\S\n]+$")
_ONE_BEFORE = re.compile(r"\b[Aa]n?[^\S\n]+$")
_CALLED = re.compile(
    r"[.,;:!?)]|$|\n|['’]s\b|[^\S\n]+(?:was|is|has|had|will|sank|sails?|sailed|left|leaves|ran|lies)\b"
)
_LETTER = re.compile(r"[^\W\d_]")
_NEXT = re.compile(r"(?:[’']s)?[^\S\n]*([^\W\d_]+|\d|[^\w\s])")
_ACTS = frozenset({"VBZ", "VBD", "MD"})
_THE_PLACES = word_set(
    "sahel donbas donbass donetsk crimea congo gambia hague bronx kremlin vatican levant maghreb punjab amazon arctic"
    " antarctic sudan ukraine lebanon sahara caucasus bosphorus rhineland saarland ruhr crimea dardanelles cape"
)
"""Places that are written with an article."""
_SAYS = re.compile(r" (?:has |had |will )?(?:said|says|told|tells|asked|asks|added|adds|denied|denies|wrote|writes)\b")
_OBJECTS = frozenset({"WRB", "PRP", "PRP$", "DT"})
"""What follows a verb that bids, and no name."""
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "VBG", "VBN", "HYPH", "CC", "CD", "POS", "JJR", "JJS"})
_IN_MONTH = BEFORE_MONTHS - {"to", "for", "from", "by", "with"}


def as_written(case: Case, scene: Scene) -> None:
    """Add what speaks against the name in the way that it is written here."""
    if case.refused or not case.written.isascii():
        return
    person = case.profile.actor.kind == "person"
    if " " not in case.written:
        _abbreviated(case, scene, person=person)
        _opening(case, scene, person=person)
        _month(case, scene)
    if person and case.full:
        _whole_with_article(case, scene)
    elif person or not case.written.isupper():
        _with_article(case, scene, person=person)
    if person and not case.full:
        _before_a_noun(case, scene)
    if person and not scene.is_headline(case.start):
        _part_of_a_longer_name(case, scene)


def _part_of_a_longer_name(case: Case, scene: Scene) -> None:
    part = _OF.search(scene.text, max(0, case.start - 30), case.start)
    if part and not scene.opens(part.start(1)) and plain_name(part[1]) not in TITLES:
        case.add(-5.0, f"'{part[0].strip()}' stands before")


def _whole_with_article(case: Case, scene: Scene) -> None:
    """A whole name with an article is a ship's: "the Edda Thorsen sank"."""
    if " " in case.written and scene.english and _article(_THE_BEFORE, case, scene):
        case.add(-6.0, "an article before the whole name")
    elif " " not in case.written and _article(_ONE_BEFORE, case, scene):
        case.add(-4.0, f"'a {case.written}'")
    if case.written.isupper() and _ONE_BEFORE.search(scene.text, max(0, case.start - 4), case.start):
        case.add(-2.5, f"'a {case.written}'")


def _with_article(case: Case, scene: Scene, *, person: bool) -> None:
    """A surname with an article and no noun after it is a word, or a thing's name: "the Church will pay"."""
    if " " in case.written:
        return
    foreign = not scene.english and _FOREIGN_ONE.search(scene.text, max(0, case.start - 9), case.start)
    one = _ONE_BEFORE.search(scene.text, max(0, case.start - 4), case.start) and _next_tag(case, scene) not in _NOUNS
    if (person and (foreign or _article(_ONE_BEFORE, case, scene))) or (one and not person):
        case.add(-4.0, f"'a {case.written}'")
    tag = _next_tag(case, scene) if _DEFINITE.search(scene.text, max(0, case.start - 5), case.start) else ""
    own = any(word.lower() == "the" for word in case.profile.written)
    own = own or (case.profile.actor.kind == "place" and plain_name(case.written) in _THE_PLACES)
    if tag and tag not in _NOUNS and not own:
        case.add(-6.0 if person else -3.0, f"'the {case.written}'")
        case.stranger = "" if person else f"the {case.written}"


def _before_a_noun(case: Case, scene: Scene) -> None:
    """A surname before a noun without an article is a firm's, or a word: "she skis on Fischer boards"."""
    after = _THING.match(scene.text, case.hit.end)
    part = scene.part(case.start) if after else ""
    if after is None or scene.tag(after.start(1)) not in {"NN", "NNS"} or FOLLOWER.match(scene.text, case.hit.end):
        return
    before = _WORD_BEFORE.search(scene.text, max(0, case.start - 20), case.start)
    word = scene.opens(case.start) and plain_name(case.written) in NAME_WORDS  # "Foster parents want more"
    if part == "amod" or (part == "compound" and word):
        case.add(-5.0, f"'{case.written}' read as a word")
    elif part == "compound" and before and scene.tag(before.start(1)) == "IN":
        case.add(-3.5, f"'{case.written} {after[1]}', like a thing's name")


def _next_tag(case: Case, scene: Scene) -> str:
    after = _NEXT.match(scene.text, case.hit.end)
    return scene.tag(after.start(1)) if after else ""


def _abbreviated(case: Case, scene: Scene, *, person: bool) -> None:
    """A surname in capitals among small letters is an abbreviation: SWIFT; but not at the head of a line."""
    own = any(word.isupper() for word in case.profile.written)
    first = scene.text.rfind("\n", 0, case.start) + 1
    noun = _next_tag(case, scene) in {"NN", "NNS"}
    leads = not _LETTER.search(scene.text, first, case.start) or (scene.opens(case.start) and not noun)
    shouted = case.written.isupper() and case.written.isalpha() and len(case.written) > 2 and not case.title
    headed = scene.line(case.start).isupper() or scene.is_headline(case.start)
    if person and shouted and not (own or leads or headed or case.full):
        case.add(-4.0, f"'{case.written}' in capitals, like an abbreviation")


def _opening(case: Case, scene: Scene, *, person: bool) -> None:
    """A word that opens its sentence is a name only where the parse and the rest of the text do not say otherwise."""
    if case.start != case.hit.start or not scene.opens(case.start) or scene.is_headline(case.start):
        return
    if case.written.isupper() and case.written in case.profile.written:  # WHO is no "who"
        return
    tag, plain = scene.tag(case.hit.start), plain_name(case.written)
    does = _next_tag(case, scene) in _ACTS
    acts = person and (does or _AGED.match(scene.text, case.end))  # "Best left by a side door"; not "Best wishes"
    if tag not in _NAMES and not acts and not NAME_WORDS.isdisjoint({plain, plain.removesuffix("s")}):
        weight = 1.5 if tag == "NN" else 3.5 if tag == "VB" else 2.5
        case.add(-weight, f"'{case.written}' read as a word")
    if plain in NAME_WORDS and _next_tag(case, scene) in _OBJECTS:
        case.add(-5.0, f"'{case.written}' read as a word")  # "Park where you like", "Mark my words"
    if scene.text.startswith(" to ", case.hit.end):
        case.add(-3.0, f"'{case.written} to' read as words")
    if plain in scene.small_words and not _named_by(case, scene, tag, does=does, person=person):
        case.add(-1.5 if person else -2.5, f"the text writes '{plain}' small too")


def _named_by(case: Case, scene: Scene, tag: str, *, does: bool, person: bool) -> bool:
    """Return whether what follows shows that a word is a name, though the text writes it small too."""
    if person:
        return tag in _NAMES and _SAYS.match(scene.text, case.end) is not None
    long = any(" " in name and plain_name(name) in scene.plain.text for name in case.profile.names_written)
    return (does and (tag in _NAMES or long)) or (long and scene.text[case.end : case.end + 2] in {"'s", "’s"})


def _month(case: Case, scene: Scene) -> None:
    if plain_name(case.written) not in MONTHS:
        return
    before = _WORD_BEFORE.search(scene.text, max(0, case.hit.start - 20), case.hit.start)
    seen = scene.label(case.hit.start, case.hit.end)
    dated = (before is not None and before[1] in _IN_MONTH) or (seen is not None and seen.label == "DATE")
    if dated or _DATE_AFTER.match(scene.text, case.hit.end):
        case.refused = "a month"


def _article(pattern: re.Pattern[str], case: Case, scene: Scene) -> bool:
    """Return whether an article stands before the name, and no noun after it: "the Donald Trump rally"."""
    before = pattern.search(scene.text, max(0, case.start - 5), case.start)
    return before is not None and _CALLED.match(scene.text, case.end) is not None
