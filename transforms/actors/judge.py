"""Who is meant by each watched name in a text: the longest form in the document rules the short ones."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from transforms.actors import evidence
from transforms.actors.automaton import Hit
from transforms.actors.candidate import Case
from transforms.actors.case import case_of
from transforms.actors.matcher import Matcher
from transforms.actors.normalise import normalise
from transforms.actors.ruling import memories_of, rule
from transforms.actors.scene import Scene
from transforms.actors.shared import add_company, knights, share_doubts, share_strangers, together


def judge(scene: Scene, matcher: Matcher) -> list[Case]:
    """Return a verdict on every watched name in the text, in order; one place goes to one actor at most."""
    cases = _cases(scene, matcher)
    documents = {case.hit.actor: evidence.in_document(scene, case.profile) for case in cases}
    whole = [case for case in cases if case.full]
    for case in whole:
        _weigh(case, scene)
        case.clues += documents[case.hit.actor]
    share_doubts(whole, scene)
    share_strangers(whole, scene, documents)
    for case in whole:
        case.conclude()
    memories = memories_of(_title_cases(scene, matcher), cases) if cases else {}
    present = {case.hit.actor for case in whole if case.verdict == "mention"} | _always(cases)
    for case in cases:
        if not case.full:
            _weigh(case, scene)
            rule(case, scene, memories[case.hit.actor], documents[case.hit.actor])
            add_company(case, present, matcher)
            case.conclude()
        if case.verdict == "mention":
            memories[case.hit.actor].said.append(case.start)
            present.add(case.hit.actor)
    together(cases, scene)
    return _one_each([*cases, *knights(cases, scene)])


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits that no longer one overlaps; of equally long ones the first, and all actors of one place."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start, h.actor)):
        if all(hit.end <= k.start or k.end <= hit.start or (hit.start, hit.end) == (k.start, k.end) for k in kept):
            kept.append(hit)
    return sorted(kept)


def _cases(scene: Scene, matcher: Matcher) -> list[Case]:
    hits = matcher.search(scene.plain) + ([] if scene.english else matcher.genitives(scene.plain))
    cases = [case_of(scene, hit, matcher) for hit in longest(hits)]
    return [case for case in cases if not any(_within(case, other) for other in cases)]


def _always(cases: Sequence[Case]) -> set[int]:
    """Return the actors whose surname is enough, and stands in the text."""
    alone = (case for case in cases if case.profile.actor.surname_alone == "always")
    return {case.hit.actor for case in alone if not (case.refused or case.stranger)}


def _within(case: Case, other: Case) -> bool:
    """Return whether the name is the beginning of a longer one of the same actor: Lula, and Lula da Silva."""
    return case.hit.actor == other.hit.actor and other.start <= case.start < case.end < other.end


def _title_cases(scene: Scene, matcher: Matcher) -> list[Case]:
    """The title is evidence: a whole name there counts as given before the text begins."""
    return _cases(Scene(normalise(scene.title), english=scene.english), matcher) if scene.title else []


def _weigh(case: Case, scene: Scene) -> None:
    """Add what the sentence says of this name."""
    if case.refused:
        return
    case.clues += evidence.near(scene, case.start, case.end, case.profile)
    case.clues += evidence.apposition(scene, case.end, case.profile)
    case.clues += evidence.label(scene, case.start, case.end, person=case.profile.actor.kind == "person")


def _one_each(cases: Sequence[Case]) -> list[Case]:
    """Give each place to the actor whom more speaks for; where two are alike, to nobody surely."""
    places: dict[int, list[Case]] = defaultdict(list)
    for case in cases:
        places[case.hit.start].append(case)
    for rivals in places.values():
        rivals.sort(key=lambda case: (case.verdict == "not", -case.score, case.profile.actor.id))
        first = rivals[0]
        for other in rivals[1:]:
            if other.verdict != "not" and first.score - other.score < 1.0 and first.verdict == "mention":
                first.verdict = "uncertain"
                first.add(0.0, "")
            other.verdict = "not"
            other.refused = other.refused or f"rather {first.profile.actor.name}"
    return list(cases)
