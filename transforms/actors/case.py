"""One name in a text and one actor whom it may mean: what the closest words make of it."""

import re

from transforms.actors import evidence
from transforms.actors.after import FOLLOWER, After, read_after
from transforms.actors.automaton import Hit
from transforms.actors.before import Before, read_before, read_before_full
from transforms.actors.candidate import STRANGERS, Case
from transforms.actors.kin import in_passing, of_kin
from transforms.actors.matcher import Matcher, Profile
from transforms.actors.normalise import plain_name
from transforms.actors.scene import Scene
from transforms.actors.thing import name_of_a_thing
from transforms.actors.wording import as_written
from transforms.actors.words import CIVIL_TITLES, ELECTED, TITLES
from transforms.language.given import GIVEN

_BY = re.compile(r"\b(?:by|with|and|for|from|of)[^\S\n]$")
_ASIDE = frozenset({"obl", "obl:unmarked", "nmod", "nmod:poss"})
"""What a name does in its sentence of whom the next one hardly goes on: after a preposition, or an owner."""
_OF_PLACE = re.compile(r" (?:of|from) [A-Z]")
_CAPITAL = re.compile(r"[^\S\n][^\W\d_a-z]\w+")


def case_of(scene: Scene, hit: Hit, matcher: Matcher) -> Case:
    """Return the name with what its closest words make of it."""
    profile = matcher.profile(hit.actor)
    whole = hit.form in {"name", "alias"} or profile.actor.kind != "person"
    written = scene.text[hit.start : hit.end]
    case = Case(hit, profile, hit.start, hit.end, whole, written)
    after = _after(scene, hit, matcher)
    if profile.actor.kind != "person":
        name_of_a_thing(case, written, after, scene)
    elif whole:
        before = read_before_full(scene, hit.start, profile, one_word=" " not in written)
        _name_of_a_person(case, written, before)
        if " " not in written and after.name and plain_name(written) in GIVEN:  # Bernie Ecclestone
            case.refused = f"another person: '{after.name}' follows"
            case.stranger = f"{written} {after.name}"
    else:
        before = read_before(scene, hit.start, profile)
        if before.relation == "same":
            _less_than_told(case, before, after, scene)
        other = before.relation == "joined" and matcher.knows(before.words)
        _surname(case, written, before._replace(relation="none") if other else before, scene)
    if profile.actor.kind == "person":
        _half_of_a_name(case, scene)
        _followed_by_office(case, scene)
        _followed(case, after, scene)
    as_written(case, scene)
    _against(case, scene)
    _in_an_address(case, scene)
    if case.stranger or case.full:
        case.passing = (
            bool(after.thing)
            or case.unknown
            or scene.part(case.start) in _ASIDE
            or in_passing(scene, case.start, case.end)
        )
    return case


def _after(scene: Scene, hit: Hit, matcher: Matcher) -> After:
    """Return what follows the name: nothing where it is another watched name, or what the name is the genitive of."""
    written = plain_name(scene.text[hit.start : hit.end])
    after = read_after(scene, hit.start, hit.end, headline=scene.is_headline(hit.start))
    genitive = not scene.english and written == f"{matcher.profile(hit.actor).surname}s"  # Reiters Schritt
    rival = after.name and matcher.knows(after.name)  # the Kellogg-Witkoff rivalry
    return After() if genitive or (rival and (after.joined or written not in GIVEN)) else after


def _name_of_a_person(case: Case, written: str, before: Before) -> None:
    one_word = len(written.split()) == 1
    case.add(2.5 if one_word else 4.5, "full name" if case.hit.form == "name" else f"alias '{written}'")
    if written.islower():
        case.add(-2.0, "written small")
        case.refused = "written small" if one_word else ""
    _told_before(case, before)


def _surname(case: Case, written: str, before: Before, scene: Scene) -> None:
    if written.islower():
        case.refused = "written small"
    if before.relation == "called":
        case.refused = f"a name only: '{before.words}' stands before"
    if before.relation == "same":
        case.full, case.start = True, before.start
        exact = all(plain_name(word) in _givens(case.profile) for word in before.words.split()[:1])
        case.add(4.5, f"full name, with '{before.words}'")
        if not exact:
            case.add(-4.0 if evidence.common(case.profile.surname) else -1.0, f"the list has no '{before.words}'")
    elif before.relation == "initial":
        case.start, case.initials = before.start, before.words
        case.add(1.0, f"initial '{before.words}'")
        case.add(-1.5 if _OF_PLACE.match(scene.text, case.end) else 0.0, "")
    else:
        _bare(case, written, before)
        _told_before(case, before)


def _bare(case: Case, written: str, before: Before) -> None:
    if case.hit.form == "short" and not written.isascii() and before.relation not in STRANGERS:
        case.add(2.0, f"alias '{written}'")
    elif case.hit.form == "variant":
        case.add(-1.5, f"spelt '{written}'")
    else:
        case.add(-1.0, "")


_DOUBTS = {
    "stranger": -4.5,
    "opening": -3.5,
    "either": -3.0,
    "thing": -7.0,
    "firm": -4.5,
    "joined": -2.0,
    "unsure": -1.0,
}


def _less_than_told(case: Case, before: Before, after: After, scene: Scene) -> None:
    """Of two of one name in a family, the list tells one by Jr or an initial: "his father, Robert Kennedy"."""
    kin = of_kin(scene, before.start)
    younger = bool(case.profile.name.suffix) and not after.suffix
    if kin and (younger or before.words.count(" ") < len(case.profile.name.given) - 1):
        case.add(-6.0, f"'{kin}' stands before")
    elif younger:
        case.add(-3.8, f"not '{case.profile.actor.name}'")


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
        case.unknown = before.relation in {"stranger", "opening"}
        case.stranger = before.words
        case.trust = 0.4


def _titled(case: Case, before: Before) -> None:
    case.title = before.title
    if before.title in case.profile.role_words:
        case.add(2.0, f"title '{before.words}'")
    elif before.title in CIVIL_TITLES and not (case.profile.role_words or case.profile.context) and not case.full:
        case.add(-0.5, f"title '{before.words}'")  # nothing is known of the actor
    elif before.title in CIVIL_TITLES:  # a senator may have become vice president since
        case.add(-1.0 if case.full and before.title in ELECTED else -3.0, f"title '{before.words}'")
    elif not case.profile.role_words & TITLES:
        case.add(0.3, "")


def _half_of_a_name(case: Case, scene: Scene) -> None:
    """A surname that is a given name too, in a byline: "Photo by Graham Merz"."""
    before = _BY.search(scene.text, max(0, case.hit.start - 6), case.hit.start)
    if before and not case.full and plain_name(case.written) in GIVEN and _CAPITAL.match(scene.text, case.hit.end):
        case.refused = "a given name"


def _followed_by_office(case: Case, scene: Scene) -> None:
    found = FOLLOWER.match(scene.text, case.hit.end)
    if found and not case.stranger and (case.profile.context or case.profile.roles):
        case.add(1.5, f"'{found[1]}' follows")


def _followed(case: Case, after: After, scene: Scene) -> None:
    if after.suffix and after.suffix not in case.profile.suffixes:
        case.refused = f"another person: '{after.suffix.title()}' follows"
        case.stranger = after.suffix
    elif after.thing:
        case.refused, case.thing = f"not the person: '{after.thing}' follows", after.thing
    elif not case.profile.name.given and not case.full and scene.text.startswith(" of ", case.end):
        case.refused = "another: 'of' follows"  # Francis of Assisi
    elif after.product:
        case.add(-4.5, f"'{after.product}' follows")
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
            case.stranger = case.stranger if case.profile.actor.kind != "organisation" else written


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
    if scene.text[case.hit.start - 1 : case.hit.start] == "#" and case.profile.actor.surname_alone != "always":
        case.add(-2.0, "a hashtag")
    if "://" in word or "www." in word or text[case.hit.start - 1 : case.hit.start] in {"@", "_"}:
        case.refused = "in an address"
