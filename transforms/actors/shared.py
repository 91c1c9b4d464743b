"""What one place in a document says of the others: doubts, other actors, names in a row."""

import re
from collections.abc import Sequence

from transforms.actors import doubts, evidence
from transforms.actors.candidate import Case
from transforms.actors.evidence import Clue
from transforms.actors.matcher import Matcher
from transforms.actors.ruling import just_now
from transforms.actors.scene import Scene


def share_doubts(whole: Sequence[Case], scene: Scene) -> None:
    """What tells that the bearer of the whole name is somebody else, told once, holds wherever the name stands."""
    told: dict[int, list[Clue]] = {}
    known: set[int] = set()
    people = [case for case in whole if case.profile.actor.kind == "person" and not case.refused]
    for case in people:
        found = _doubts(case, scene, first=case.hit.actor not in known)
        case.clues += [Clue(1.5 * clue.weight, clue.words) for clue in found]
        if found and case.hit.actor not in known:
            told.setdefault(case.hit.actor, found)
        elif not found and not scene.is_headline(
            case.start
        ):  # named before without a doubt: then the doubted is another
            known.add(case.hit.actor)
    for case in people:
        if not _doubts(case, scene, first=case.hit.actor not in known):
            case.clues += told.get(case.hit.actor, [])
        case.clues += doubts.alone(scene, case.start, case.end, case.profile)
    present = {case.hit.actor for case in whole if not (case.refused or case.stranger)}
    for case in whole:
        if len(present) == 1:
            case.clues += doubts.unrelated(scene, case.profile)


def _doubts(case: Case, scene: Scene, *, first: bool) -> list[Clue]:
    return (
        doubts.introduced(scene, case.start)
        or doubts.credited(scene, case.start, case.end)
        or doubts.private(scene, case.start, case.end, case.profile)
        or doubts.other_occupation(scene, case.start, case.end, case.profile)
        or doubts.long_dead(scene, case.end)
        or doubts.of_old(scene, case.start, case.end)
        or (doubts.at_play(scene, case.start, case.end, case.profile) if first else [])
    )


def share_strangers(whole: Sequence[Case], scene: Scene, documents: dict[int, list[Clue]]) -> None:
    """One word that the text gives to somebody else is the actor's only with more: Asia Bibi, and then Bibi."""
    shared = {
        (case.hit.actor, case.written.lower())
        for case in whole
        if case.stranger and case.profile.actor.kind != "person"
    }
    own = [case for case in whole if not (case.refused or case.stranger)]
    long = {c.hit.actor for c in own if " " in c.written and (c.hit.actor, c.written.lower()) not in shared}
    for case in whole:
        every = [c for c in whole if c.hit.actor == case.hit.actor]
        others = [c for c in every if c.stranger] or [c for c in every[:1] if _part(c) and not documents[c.hit.actor]]
        theirs = " " not in case.written or (case.hit.actor, case.written.lower()) in shared
        alone = theirs and case.hit.actor not in long and not case.stranger
        if others and alone and not _told(case, others, whole, scene=scene, known=bool(documents[case.hit.actor])):
            case.add(-4.0, f"the text has '{others[-1].stranger or 'a longer name'}'")


def _part(case: Case) -> bool:
    """Return whether a place's name stands at the beginning of a longer one: Arden Sparkling Water."""
    follows = any(clue.weight <= -2.5 and clue.words.startswith("followed by") for clue in case.clues)
    return case.profile.actor.kind == "place" and follows


def _told(case: Case, others: Sequence[Case], whole: Sequence[Case], *, scene: Scene, known: bool) -> bool:
    """Return whether one word is the actor's although the text gives it to somebody else too."""
    kind, context = case.profile.actor.kind, case.profile.context
    earlier = any(c.start <= case.start for c in others)
    if kind == "person":
        return not earlier
    if known and not any(c.start < case.start and just_now(c.start, case, scene) for c in others):
        return True
    lately = any(c.start < case.start and just_now(c.start, case, scene) for c in others)
    if kind == "place":
        own = [c for c in whole if c.hit.actor == case.hit.actor and not (c.stranger or c.refused)]
        placed = [c for c in own if evidence.like_a_place(scene, c.start, c.end)]
        return case in placed or (bool(placed) and not lately)
    if context and not known:
        return False
    first = min(c.start for c in whole if c.hit.actor == case.hit.actor)
    return not earlier or (first < others[0].start and not lately)  # the firm was named before its founder


def add_company(case: Case, present: set[int], matcher: Matcher) -> None:
    """Other actors of the list in the same story: those that share a tag count twice."""
    if case.refused or case.stranger or case.apart:
        return
    others = [matcher.profile(i).actor for i in sorted(present) if i != case.hit.actor]
    tags = frozenset(case.profile.actor.tags)
    weight = sum(0.8 if tags & frozenset(actor.tags) else 0.3 for actor in others)
    if others:
        names = ", ".join(actor.name for actor in others[:3])
        case.add(min(1.5, weight), f"the article names {names}")


def knights(cases: Sequence[Case], scene: Scene) -> list[Case]:
    """Return the places where a title and the given name stand for one whom the text names: Sir Keir."""
    found: dict[int, Case] = {}
    for case in cases:
        given = case.profile.name.given
        if case.verdict == "mention" and given and case.hit.actor not in {c.hit.actor for c in found.values()}:
            for match in _knight(given[0]).finditer(scene.text):
                knight = Case(
                    case.hit._replace(start=match.start(1), end=match.end(1), form="short"),
                    case.profile,
                    *match.span(1),
                    full=False,
                )
                knight.add(3.0, f"'{match[0]}', as '{case.profile.actor.name}' is called")
                knight.conclude()
                found[match.start(1)] = knight
    return list(found.values())


def _knight(given: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:Sir|Dame) ((?i:{re.escape(given)}))\b(?![-’']?[A-Z]| [A-Z])")


def _likely(case: Case) -> bool:
    plain = not (case.stranger or case.contested or any(clue.weight <= -1.5 for clue in case.clues))
    return case.verdict == "mention" or (case.verdict == "uncertain" and plain)


def _beside(one: Case, other: Case, scene: Scene) -> bool:
    return scene.sentence(one.start, one.end) == scene.sentence(other.start, other.end) or (
        abs(one.start - other.start) < 60 and scene.line(one.start) == scene.line(other.start)
    )


def together(cases: Sequence[Case], scene: Scene) -> None:
    """A surname that is surely the actor's in one place is likely his in the others that nothing speaks against."""
    sure: dict[int, Case] = {}
    for case in cases:
        if case.verdict == "mention":
            sure.setdefault(case.hit.actor, case)
    for case in cases:
        first = sure.get(case.hit.actor)
        doubted = case.stranger or case.contested or any(clue.weight <= -1.5 for clue in case.clues)
        near = [c for c in cases if c.hit.actor != case.hit.actor and _likely(c) and _beside(c, case, scene)]
        row = len({c.hit.actor for c in near}) > 1 and any(c.verdict == "mention" for c in near)
        if row and case.verdict == "uncertain" and not case.full and not doubted:
            case.add(2.2, "in a row with others of the list")
            case.conclude()
        if first is None or case.verdict != "uncertain" or case.full or doubted:
            continue
        if scene.segment(first.start) == scene.segment(case.start):
            case.add(1.5, f"the same as at {first.start}")
            case.conclude()
