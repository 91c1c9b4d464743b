"""How a name is written where it stands: as a word, a month, an abbreviation, a ship's name."""

import re

from transforms.actors.before import BEFORE_MONTHS, MONTHS
from transforms.actors.candidate import Case
from transforms.actors.normalise import plain_name
from transforms.actors.scene import Scene
from transforms.actors.trades import NAME_WORDS

_NAMES = frozenset({"", "NNP", "NNPS"})
_DATE_AFTER = re.compile(r",? \d")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[^\S\n]+$")
_THE_BEFORE = re.compile(r"\b(?:[Tt]he|[Aa]n?)[^\S\n]+$")
_ONE_BEFORE = re.compile(r"\b[Aa]n?[^\S\n]+$")
_CALLED = re.compile(
    r"[.,;:!?)]|$|\n|['’]s\b|[^\S\n]+(?:was|is|has|had|will|sank|sails?|sailed|left|leaves|ran|lies)\b"
)
_LETTER = re.compile(r"[^\W\d_]")
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
    elif (
        person and case.full and scene.english and _article(_THE_BEFORE, case, scene)
    ):  # a ship: "the Edda Thorsen sank"
        case.add(-6.0, "an article before the whole name")
    if (
        person
        and case.written.isupper()
        and case.full
        and _ONE_BEFORE.search(scene.text, max(0, case.start - 4), case.start)
    ):
        case.add(-2.5, f"'a {case.written}'")
    elif person and " " not in case.written and _article(_ONE_BEFORE, case, scene):
        case.add(-4.0, f"'a {case.written}'")


def _abbreviated(case: Case, scene: Scene, *, person: bool) -> None:
    """A surname in capitals among small letters is an abbreviation: SWIFT; but not at the head of a line."""
    own = any(word.isupper() for word in case.profile.written)
    first = scene.text.rfind("\n", 0, case.start) + 1
    leads = not _LETTER.search(scene.text, first, case.start) or scene.opens(case.start)
    shouted = case.written.isupper() and case.written.isalpha() and len(case.written) > 2 and not case.title
    headed = scene.line(case.start).isupper() or scene.is_headline(case.start)
    if person and shouted and not (own or leads or headed or case.full):
        case.add(-4.0, f"'{case.written}' in capitals, like an abbreviation")


def _opening(case: Case, scene: Scene, *, person: bool) -> None:
    """A word that opens its sentence is a name only where the parse and the rest of the text do not say otherwise."""
    if case.start != case.hit.start or not scene.opens(case.start) or scene.is_headline(case.start):
        return
    tag, plain = scene.tag(case.hit.start), plain_name(case.written)
    if tag not in _NAMES and plain in NAME_WORDS:
        case.add(-1.5 if tag == "NN" else -2.5, f"'{case.written}' read as a word")
    if scene.text.startswith(" to ", case.hit.end):
        case.add(-3.0, f"'{case.written} to' read as words")
    if plain in scene.small_words:
        case.add(-1.5 if person else -2.5, f"the text writes '{plain}' small too")


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
