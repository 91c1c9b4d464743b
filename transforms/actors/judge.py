"""Who is meant by each watched name in a text: the longest form in the document rules the short ones."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from transforms.actors import doubts, evidence
from transforms.actors.candidate import Case
from transforms.actors.case import case_of
from transforms.actors.evidence import Clue
from transforms.actors.given import sex_of, sex_told
from transforms.actors.matcher import Hit, Matcher
from transforms.actors.normalise import normalise, plain_name
from transforms.actors.scene import Scene


@dataclass(slots=True)
class Memory:
    """Where a document gives an actor's whole name, and where that of somebody of the same surname."""

    full: list[tuple[int, str]] = field(default_factory=list)
    strangers: list[tuple[int, str]] = field(default_factory=list)
    passing: set[int] = field(default_factory=set)
    said: list[int] = field(default_factory=list)
    things: list[str] = field(default_factory=list)


def judge(scene: Scene, matcher: Matcher) -> list[Case]:
    """Return a verdict on every watched name in the text, in order; one place goes to one actor at most."""
    cases = _cases(scene, matcher)
    documents = {case.hit.actor: evidence.in_document(scene, case.profile) for case in cases}
    whole = [case for case in cases if case.full]
    for case in whole:
        _weigh(case, scene)
        case.clues += documents[case.hit.actor]
    _share_doubts(whole, scene)
    _share_strangers(whole, scene, documents)
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
    _together(cases, scene)
    return _one_each(cases)


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits that no longer one overlaps; of equally long ones the first, and all actors of one place."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start, h.actor)):
        if all(hit.end <= k.start or k.end <= hit.start or (hit.start, hit.end) == (k.start, k.end) for k in kept):
            kept.append(hit)
    return sorted(kept)


def _cases(scene: Scene, matcher: Matcher) -> list[Case]:
    cases = [case_of(scene, hit, matcher) for hit in longest(matcher.search(scene.plain))]
    return [case for case in cases if not any(_within(case, other) for other in cases)]


def _within(case: Case, other: Case) -> bool:
    """Return whether the name is the beginning of a longer one of the same actor: Lula, and Lula da Silva."""
    return case.hit.actor == other.hit.actor and other.start <= case.start < case.end < other.end


def _title_cases(scene: Scene, matcher: Matcher) -> list[Case]:
    """The title is evidence: a whole name there counts as given before the text begins."""
    return _cases(Scene(normalise(scene.title), english=scene.english), matcher) if scene.title else []


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
        memory.passing |= {place} if case.passing else set()
    elif case.thing:
        memory.things.append(case.thing)
    elif case.full and sure:
        memory.full.append((place, case.profile.actor.name))
    elif case.full and not case.refused:
        memory.strangers.append((place, f"another {case.profile.actor.name}"))
        memory.passing |= {place} if case.passing else set()


def _weigh(case: Case, scene: Scene) -> None:
    """Add what the sentence says of this name."""
    if case.refused:
        return
    case.clues += evidence.near(scene, case.start, case.end, case.profile)
    case.clues += evidence.apposition(scene, case.end, case.profile)
    case.clues += evidence.label(scene, case.start, case.end)


def _share_doubts(whole: Sequence[Case], scene: Scene) -> None:
    """What tells that the bearer of the whole name is somebody else, told once, holds wherever the name stands."""
    told: dict[int, list[Clue]] = {}
    known: dict[int, int] = {}
    for case in whole:
        if case.profile.actor.kind == "person" and not case.refused:
            found = _doubts(case, scene)
            case.clues += [Clue(1.5 * clue.weight, clue.words) for clue in found]
            if found:
                told.setdefault(case.hit.actor, found)
            elif any(clue.words.startswith(("near", "followed by")) and clue.weight > 0 for clue in case.clues):
                known.setdefault(case.hit.actor, case.start)
    for case in whole:
        if case.hit.actor not in known and not _doubts(case, scene):
            case.clues += told.get(case.hit.actor, [])


def _doubts(case: Case, scene: Scene) -> list[Clue]:
    return (
        doubts.introduced(scene, case.start)
        or doubts.other_occupation(scene, case.start, case.end, case.profile)
        or doubts.of_old(scene, case.start, case.end)
        or doubts.at_play(scene, case.start, case.end, case.profile)
    )


def _share_strangers(whole: Sequence[Case], scene: Scene, documents: dict[int, list[Clue]]) -> None:
    """One word that the text gives to somebody else is the actor's only with more: Asia Bibi, and then Bibi."""
    long = {case.hit.actor for case in whole if " " in case.written and not case.refused}
    for case in whole:
        person, place = case.profile.actor.kind == "person", case.profile.actor.kind == "place"
        others = [
            c.stranger
            for c in whole
            if c.hit.actor == case.hit.actor and c.stranger and (c.start <= case.start or place)
        ]
        just_now = any(
            c.stranger and c.hit.actor == case.hit.actor and c.start < case.start and _just_now(c.start, case, scene)
            for c in whole
        )
        told = not person and (
            (documents[case.hit.actor] and not just_now) or evidence.like_a_place(scene, case.start, case.end)
        )
        alone = " " not in case.written and case.hit.actor not in long
        if others and alone and not case.stranger and not told:
            case.add(-4.0, f"the text has '{others[-1]}'")


def _ruled(case: Case, scene: Scene, memory: Memory, document: list[Clue]) -> None:
    """A short form is ruled by the whole names of the document: the actor's, or somebody else's."""
    if case.refused:
        return
    before = [place for place, _ in memory.full if place < case.start]
    strangers = [each for each in memory.strangers if each[0] < case.start and not _told_apart(case, each, scene)]
    name, trust = case.profile.actor.name, case.trust
    if before and strangers and (strangers[-1][0] > before[-1] or _just_now(strangers[-1][0], case, scene)):
        case.contested = True
        case.add(_balance(memory, strangers, case, scene), f"surname after '{name}', but also '{strangers[-1][1]}'")
    elif before:
        where = f"at {before[-1]}" if before[-1] >= 0 else "in the title"
        case.add(trust * (3.5 if strangers else 5.0), f"surname after '{name}' {where}")
    elif strangers:
        always = case.profile.actor.surname_alone == "always" and bool(document)
        case.add(
            -1.0 if always and not _just_now(strangers[-1][0], case, scene) else -5.0,
            f"surname after '{strangers[-1][1]}' of that name",
        )
    if memory.full and not before:
        case.add(trust * 3.0, f"surname before '{name}' at {memory.full[0][0]}")
    if not strangers or (before and not case.contested):  # two of one name in one story share its words
        case.clues += document
    case.clues += evidence.against_near(scene, case.start, case.end, case.profile)
    case.clues += doubts.other_occupation(scene, case.start, case.end, case.profile)
    _alone(case, scene, memory, document)


def _told_apart(case: Case, stranger: tuple[int, str], scene: Scene) -> bool:
    """Return whether the title before the surname cannot be the stranger's: Mme Le Pen is not Jean-Marie."""
    place, words = stranger
    if not case.title:
        return False
    told, own = sex_told(frozenset({case.title})), sex_of(plain_name(words).split()[0] if plain_name(words) else "")
    if told and own:
        return told != own
    office = case.title in case.profile.role_words and not told
    return office and case.title not in plain_name(scene.text[max(0, place - 40) : max(0, place)]).split()


def _balance(memory: Memory, strangers: list[tuple[int, str]], case: Case, scene: Scene) -> float:
    """Of two people of one name, the bare surname is his of whom the text spoke just now, or has spoken more."""
    own = [place for place in memory.said if place < case.start]
    others = sum(0.5 if place in memory.passing else 1.0 for place, _ in strangers)
    latest = strangers[-1][0]
    last = latest > max(own, default=-1) and latest not in memory.passing and _just_now(latest, case, scene)
    return max(-1.5, min(3.5, 1.5 + 0.75 * (len(own) - others) - (1.5 if last else 0.0)))


def _just_now(place: int, case: Case, scene: Scene) -> bool:
    """Return whether the place is in the name's own sentence or the one before."""
    first = scene.sentence(case.start, case.end)[0]
    return place >= scene.sentence(max(0, first - 2), first)[0]


def _alone(case: Case, scene: Scene, memory: Memory, document: list[Clue]) -> None:
    """Weigh a surname by the actor's own rule, and the harder where the document never gives the whole name."""
    always = case.profile.actor.surname_alone == "always"
    if always:
        case.add(1.5 if case.trust < 1 else 3.5, "the list takes the surname alone")
    if memory.full:
        return
    if case.profile.actor.surname_alone == "never":
        case.refused = "the list never takes the surname alone"
    if memory.things and not always:
        case.add(-1.0, f"the article has '{memory.things[0]}'")
    if always and case.profile.context and not document:
        case.add(-0.8, "nothing else in the article is of the actor")
    case.clues += evidence.against_in_document(scene, case.profile)
    trade = evidence.trade(scene, case.start, case.end, case.profile)
    case.clues += [Clue(clue.weight * (0.5 if always else 1.0), clue.words) for clue in trade]
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


def _beside(one: Case, other: Case, scene: Scene) -> bool:
    return scene.sentence(one.start, one.end) == scene.sentence(other.start, other.end) or (
        abs(one.start - other.start) < 60 and scene.line(one.start) == scene.line(other.start)
    )


def _together(cases: Sequence[Case], scene: Scene) -> None:
    """A surname that is surely the actor's in one place is likely his in the others that nothing speaks against."""
    sure: dict[int, Case] = {}
    for case in cases:
        if case.verdict == "mention":
            sure.setdefault(case.hit.actor, case)
    for case in cases:
        first = sure.get(case.hit.actor)
        doubted = case.stranger or case.contested or any(clue.weight <= -1.5 for clue in case.clues)
        row = {c.hit.actor for c in cases if c.verdict == "mention" and _beside(c, case, scene)} - {case.hit.actor}
        if len(row) > 1 and case.verdict == "uncertain" and not case.full and not doubted:
            case.add(2.2, "in a row with others of the list")
            _conclude(case)
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
