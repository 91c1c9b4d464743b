"""Who is meant by each watched name in a text: the longest form in the document rules the short ones."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from transforms.actors import evidence
from transforms.actors.evidence import Clue
from transforms.actors.given import GIVEN
from transforms.actors.matcher import Hit, Matcher, Profile
from transforms.actors.normalise import normalise, plain_name
from transforms.actors.scene import Scene
from transforms.actors.surroundings import After, Before, read_after, read_before, read_before_full
from transforms.actors.words import CIVIL_TITLES, CORPORATE, TITLES

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


@dataclass(slots=True)
class Memory:
    """Where a document gives an actor's whole name, and where that of somebody of the same surname."""

    full: list[tuple[int, str]] = field(default_factory=list)
    strangers: list[tuple[int, str]] = field(default_factory=list)
    said: list[int] = field(default_factory=list)


def judge(scene: Scene, matcher: Matcher) -> list[Case]:
    """Return a verdict on every watched name in the text, in order; one place goes to one actor at most."""
    cases = _cases(scene, matcher)
    documents = {case.hit.actor: evidence.in_document(scene, case.profile) for case in cases}
    whole = [case for case in cases if case.full]
    for case in whole:
        _weigh(case, scene)
        case.clues += documents[case.hit.actor]
    _share_occupations(whole, scene)
    for case in whole:
        _conclude(case)
    memories = _memories(_title_cases(scene, matcher), cases) if cases else {}
    present = {case.hit.actor for case in whole if case.verdict == "mention"}
    for case in cases:
        if not case.full:
            _weigh(case, scene)
            _ruled(case, scene, memories[case.hit.actor], documents[case.hit.actor])
            _company(case, present, matcher)
            _conclude(case)
        if case.verdict == "mention":
            memories[case.hit.actor].said.append(case.start)
    _together(cases)
    return _one_each(cases)


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits that no longer one overlaps; of equally long ones the first, and all actors of one place."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start, h.actor)):
        if all(hit.end <= k.start or k.end <= hit.start or (hit.start, hit.end) == (k.start, k.end) for k in kept):
            kept.append(hit)
    return sorted(kept)


def _cases(scene: Scene, matcher: Matcher) -> list[Case]:
    hits = longest(matcher.search(scene.plain))
    return [_case(scene, hit, matcher) for hit in hits]


def _title_cases(scene: Scene, matcher: Matcher) -> list[Case]:
    """The title is evidence: a whole name there counts as given before the text begins."""
    return _cases(Scene(normalise(scene.title), english=scene.english), matcher) if scene.title else []


def _case(scene: Scene, hit: Hit, matcher: Matcher) -> Case:
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
    elif case.hit.form == "short" and not written.isascii():
        case.add(2.0, f"alias '{written}'")
    elif case.hit.form == "variant":
        case.add(-1.5, f"spelt '{written}'")
    else:
        case.add(-1.0, "")
    if before.relation not in {"same", "initial"}:
        _told_before(case, before)


_DOUBTS = {"stranger": -4.5, "opening": -3.5, "either": -3.0, "thing": -3.0, "joined": -2.0, "unsure": -1.0}


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
    if before.relation in {"other", "stranger", "opening", "either"}:
        case.stranger = before.words
        case.trust = 1.0 if before.relation == "either" else 0.4


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
        case.refused = f"not the person: '{after.thing}' follows"
    elif after.product:
        case.add(-3.0, f"'{after.product}' follows")
    elif after.name and case.profile.family_first and not case.full:
        case.stranger = after.name  # Li Qiang is not Li Weiming
        case.add(-6.0, f"followed by '{after.name}'")
    elif after.name and case.full and after.joined:
        case.stranger = after.name  # Helena Marsh-Hill is not Helena Marsh
        case.add(-6.0, f"joined to '{after.name}'")
    elif after.name:
        case.add(-1.0 if case.full else -2.0, f"followed by '{after.name}'")


def _against(case: Case, scene: Scene) -> None:
    """A `not` phrase over the name refuses it; the bare possessive only speaks against."""
    lead = scene.plain.text
    for form, written in case.profile.against.items():
        if not _covers(form.strip(), lead, scene, case):
            continue
        if form.strip().removesuffix(" s") in case.profile.short:
            case.add(-1.0, f"'{written}'")
        else:
            case.refused = f"in the list's not: '{written}'"


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


def _memories(titles: Sequence[Case], cases: Sequence[Case]) -> dict[int, Memory]:
    found: dict[int, Memory] = defaultdict(Memory)
    doubted = {case.hit.actor for case in cases if case.full and case.verdict != "mention"}
    for case in titles:
        if case.hit.actor not in doubted or case.stranger:
            _remember(found[case.hit.actor], case, -1, sure=True)
    for case in cases:
        _remember(found[case.hit.actor], case, case.start, sure=case.verdict == "mention")
        if case.full and case.profile.surname:
            for other in {c.hit.actor: c for c in cases if c.profile.surname == case.profile.surname}.values():
                if other.hit.actor != case.hit.actor:
                    found[other.hit.actor].strangers.append((case.start, case.profile.actor.name))
    return found


def _remember(memory: Memory, case: Case, place: int, *, sure: bool) -> None:
    if case.stranger:
        memory.strangers.append((place, case.stranger))
    elif case.full and sure:
        memory.full.append((place, case.profile.actor.name))
    elif case.full and not case.refused:
        memory.strangers.append((place, f"another {case.profile.actor.name}"))


def _weigh(case: Case, scene: Scene) -> None:
    """Add what the sentence says of this name."""
    if case.refused:
        return
    case.clues += evidence.near(scene, case.start, case.end, case.profile)
    case.clues += evidence.apposition(scene, case.end, case.profile)
    case.clues += evidence.label(scene, case.start, case.end)


def _share_occupations(whole: Sequence[Case], scene: Scene) -> None:
    """An occupation that the list knows nothing of, told once, speaks against the whole name wherever it stands."""
    told: dict[int, str] = {}
    for case in whole:
        if case.profile.actor.kind == "person" and not case.refused:
            occupation = evidence.other_occupation(scene, case.start, case.end, case.profile)
            if occupation:
                told.setdefault(case.hit.actor, occupation)
    for case in whole:
        if case.hit.actor in told:
            case.add(-4.5, f"called '{told[case.hit.actor]}'")


def _ruled(case: Case, scene: Scene, memory: Memory, document: list[Clue]) -> None:
    """A short form is ruled by the whole names of the document: the actor's, or somebody else's."""
    if case.refused:
        return
    before = [place for place, _ in memory.full if place < case.start]
    strangers = [(place, words) for place, words in memory.strangers if place < case.start]
    name, trust = case.profile.actor.name, case.trust
    if before and strangers and (strangers[-1][0] > before[-1] or _just_now(strangers[-1][0], case, scene)):
        case.contested = True
        case.add(_balance(memory, case, scene), f"surname after '{name}', but also '{strangers[-1][1]}'")
    elif before:
        where = f"at {before[-1]}" if before[-1] >= 0 else "in the title"
        case.add(trust * (3.5 if strangers else 5.0), f"surname after '{name}' {where}")
    elif strangers:
        case.add(-5.0, f"surname after '{strangers[-1][1]}' of that name")
    if memory.full and not before:
        case.add(trust * 3.0, f"surname before '{name}' at {memory.full[0][0]}")
    if not strangers or (before and not case.contested):  # two of one name in one story share its words
        case.clues += document
    _alone(case, scene, named=bool(memory.full))


def _balance(memory: Memory, case: Case, scene: Scene) -> float:
    """Of two people of one name, the bare surname is his of whom the text spoke just now, or has spoken more."""
    own = [place for place in memory.said if place < case.start]
    strangers = [place for place, _ in memory.strangers if place < case.start]
    last = strangers[-1] > max(own, default=-1) and _just_now(strangers[-1], case, scene)
    return max(-1.5, min(3.5, 1.5 + 0.75 * (len(own) - len(strangers)) - (1.5 if last else 0.0)))


def _just_now(place: int, case: Case, scene: Scene) -> bool:
    """Return whether the place is in the name's own sentence or the one before."""
    first = scene.sentence(case.start, case.end)[0]
    return place >= scene.sentence(max(0, first - 2), first)[0]


def _alone(case: Case, scene: Scene, *, named: bool) -> None:
    """Weigh a surname by the actor's own rule, and the harder where the document never gives the whole name."""
    rule = case.profile.actor.surname_alone
    if rule == "always":
        case.add(1.5 if case.stranger else 3.5, "the list takes the surname alone")
    if named:
        return
    if rule == "never":
        case.refused = "the list never takes the surname alone"
    case.clues += evidence.against_in_document(scene, case.profile)
    trade = evidence.trade(scene, case.start, case.end, case.profile)
    case.clues += [Clue(clue.weight * (0.5 if rule == "always" else 1.0), clue.words) for clue in trade]
    case.clues += evidence.common(case.profile.surname)


def _company(case: Case, present: set[int], matcher: Matcher) -> None:
    """Other actors of the list in the same story: those that share a tag count twice."""
    if case.refused or case.stranger:
        return
    others = [matcher.profile(i).actor for i in sorted(present) if i != case.hit.actor]
    tags = frozenset(case.profile.actor.tags)
    weight = sum(0.6 if tags & frozenset(actor.tags) else 0.3 for actor in others)
    if others:
        names = ", ".join(actor.name for actor in others[:3])
        case.add(min(1.5, weight), f"the article names {names}")


def _conclude(case: Case) -> None:
    case.verdict = "mention" if case.score >= evidence.MENTION else "uncertain"
    if case.refused or case.score < evidence.UNCERTAIN:
        case.verdict = "not"


def _together(cases: Sequence[Case]) -> None:
    """A surname that is surely the actor's in one place is likely his in the others that nothing speaks against."""
    sure: dict[int, Case] = {}
    for case in cases:
        if case.verdict == "mention":
            sure.setdefault(case.hit.actor, case)
    for case in cases:
        first = sure.get(case.hit.actor)
        doubted = case.stranger or case.contested or any(clue.weight <= -1.5 for clue in case.clues)
        if first is not None and case.verdict == "uncertain" and not case.full and not doubted:
            case.add(1.5, f"the same as at {first.start}")
            _conclude(case)


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
