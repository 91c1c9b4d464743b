"""One name in a text and one actor whom it may mean: what the closest words make of it."""

from dataclasses import dataclass, field
from typing import Literal

from transforms.actors import evidence
from transforms.actors.evidence import Clue
from transforms.actors.given import GIVEN
from transforms.actors.matcher import Hit, Matcher, Profile
from transforms.actors.normalise import plain_name
from transforms.actors.scene import Scene
from transforms.actors.surroundings import After, Before, read_after, read_before, read_before_full
from transforms.actors.words import CIVIL_TITLES, CORPORATE, TITLES

STRANGERS = frozenset({"other", "stranger", "opening", "firm"})
Verdict = Literal["mention", "uncertain", "not"]


@dataclass(slots=True)
class Case:
    """One name in the text and one actor whom it may mean, with all that speaks for and against."""

    hit: Hit
    profile: Profile
    start: int
    end: int
    full: bool
    refused: str = ""
    stranger: str = ""
    thing: str = ""
    contested: bool = False
    trust: float = 1.0
    clues: list[Clue] = field(default_factory=list)
    verdict: Verdict = "uncertain"

    def add(self, weight: float, words: str) -> None:
        """Add one clue."""
        self.clues.append(Clue(weight, words))

    @property
    def score(self) -> float:
        """The sum of the clues."""
        return evidence.total(self.clues)


def case_of(scene: Scene, hit: Hit, matcher: Matcher) -> Case:
    """Return the name with what its closest words make of it."""
    profile = matcher.profile(hit.actor)
    whole = hit.form in {"name", "alias"} or profile.actor.kind != "person"
    case = Case(hit, profile, hit.start, hit.end, whole)
    written = scene.text[hit.start : hit.end]
    after = read_after(scene, hit.end, headline=scene.is_headline(hit.start))
    if after.name and matcher.knows(after.name):  # the Kellogg-Witkoff rivalry
        after = After()
    if profile.actor.kind != "person":
        _name_of_a_thing(case, written, after, scene)
    elif whole:
        _name_of_a_person(case, written, read_before_full(scene, hit.start, profile))
    else:
        before = read_before(scene, hit.start, profile)
        other = before.relation == "joined" and matcher.knows(before.words)
        _surname(case, written, before._replace(relation="none") if other else before)
    if profile.actor.kind == "person":
        _followed(case, after)
    _against(case, scene)
    _in_an_address(case, scene)
    return case


def _name_of_a_thing(case: Case, written: str, after: After, scene: Scene) -> None:
    one_word = " " not in written
    case.add(3.0 if one_word else 4.0, "name" if case.hit.form == "name" else f"alias '{written}'")
    name, before = case.profile.actor.name, scene.before(case.start)
    if one_word and written.islower() and not name.islower():
        case.refused = "written small"
    elif one_word and name.isupper() and not written.isupper():
        # Nato is NATO, unless the text writes NATO too; Who is never WHO
        case.add(-3.0 if len(name) < 4 or name in scene.text else -1.5, f"not written '{name}'")
    if after.name:
        case.add(-1.0, f"followed by '{after.name}'")
    if after.thing and plain_name(after.thing.split()[0]) not in CORPORATE:
        case.add(-3.0, f"followed by '{after.thing}'")
    if one_word and before and before[0].is_capital and before[0].plain in GIVEN:
        case.refused = f"a person: '{before[0].written}' stands before"


def _name_of_a_person(case: Case, written: str, before: Before) -> None:
    one_word = len(written.split()) == 1
    case.add(2.5 if one_word else 4.5, "full name" if case.hit.form == "name" else f"alias '{written}'")
    if written.islower():
        case.add(-2.0, "written small")
        case.refused = "written small" if one_word else ""
    _told_before(case, before)


def _surname(case: Case, written: str, before: Before) -> None:
    if written.islower():
        case.refused = "written small"
    if before.relation == "same":
        case.full, case.start = True, before.start
        exact = all(plain_name(word) in _givens(case.profile) for word in before.words.split()[:1])
        case.add(4.5, f"full name, with '{before.words}'")
        if not exact:
            case.add(-4.0 if evidence.common(case.profile.surname) else -1.0, f"the list has no '{before.words}'")
    elif before.relation == "initial":
        case.start = before.start
        case.add(1.0, f"initial '{before.words}'")
    elif case.hit.form == "short" and not written.isascii() and before.relation not in STRANGERS:
        case.add(2.0, f"alias '{written}'")
    elif case.hit.form == "variant":
        case.add(-1.5, f"spelt '{written}'")
    else:
        case.add(-1.0, "")
    if before.relation not in {"same", "initial"}:
        _told_before(case, before)


_DOUBTS = {
    "stranger": -4.5,
    "opening": -3.5,
    "either": -3.0,
    "thing": -7.0,
    "firm": -4.5,
    "joined": -2.0,
    "unsure": -1.0,
}


def _givens(profile: Profile) -> set[str]:
    return {name for given in profile.given for name in given}


def _told_before(case: Case, before: Before) -> None:
    if before.relation == "other":
        case.refused = f"another person: '{before.words}' stands before"
    elif before.relation == "same":
        case.start = before.start
    elif before.relation == "title":
        _titled(case, before)
    elif before.relation in _DOUBTS:
        case.add(_DOUBTS[before.relation], f"'{before.words}' stands before")
    if before.relation in STRANGERS:
        case.stranger = before.words
        case.trust = 0.4


def _titled(case: Case, before: Before) -> None:
    if before.title in case.profile.role_words:
        case.add(2.0, f"title '{before.words}'")
    elif before.title in CIVIL_TITLES:
        case.add(-3.0, f"title '{before.words}'")
    elif not case.profile.role_words & TITLES:
        case.add(0.3, "")


def _followed(case: Case, after: After) -> None:
    if after.suffix and after.suffix not in case.profile.suffixes:
        case.refused = f"another person: '{after.suffix.title()}' follows"
        case.stranger = after.suffix
    elif after.thing:
        case.refused, case.thing = f"not the person: '{after.thing}' follows", after.thing
    elif after.product:
        case.add(-3.0, f"'{after.product}' follows")
    elif after.name and case.profile.family_first and not case.full:
        case.stranger = after.name  # Li Qiang is not Li Weiming
        case.add(-6.0, f"followed by '{after.name}'")
    elif after.name and case.full and after.joined:
        case.stranger = after.name  # Helena Marsh-Hill is not Helena Marsh
        case.add(-6.0, f"joined to '{after.name}'")
    elif after.name:
        case.trust = min(case.trust, 0.4)
        case.add(-1.0 if case.full else -3.5, f"followed by '{after.name}'")


def _against(case: Case, scene: Scene) -> None:
    """A `not` phrase over the name refuses it; the bare possessive only speaks against."""
    lead = scene.plain.text
    for form, written in case.profile.against.items():
        if not _covers(form.strip(), lead, scene, case):
            continue
        if form.strip().removesuffix(" s") in case.profile.short:
            case.add(-1.0, f"'{written}'")
        else:
            case.refused, case.thing = f"in the list's not: '{written}'", case.thing or written


def _covers(phrase: str, plain: str, scene: Scene, case: Case) -> bool:
    at = plain.find(f" {phrase} ")
    while at >= 0:
        if scene.plain.start(at + 1) <= case.hit.start and case.hit.end <= scene.plain.end(at + 1 + len(phrase)):
            return True
        at = plain.find(f" {phrase} ", at + 1)
    return False


def _in_an_address(case: Case, scene: Scene) -> None:
    """A name in a web or mail address or a handle names nobody."""
    text = scene.text
    first = max(text.rfind(" ", 0, case.hit.start), text.rfind("\n", 0, case.hit.start)) + 1
    word = text[first : case.hit.end + 12].split(" ")[0]
    if "://" in word or "www." in word or text[case.hit.start - 1 : case.hit.start] in {"@", "_"}:
        case.refused = "in an address"
