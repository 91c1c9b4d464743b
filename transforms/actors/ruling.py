"""The longest form in a document rules the short ones: whose a bare surname is after the whole names before it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.actors import doubts, evidence
from transforms.actors.candidate import Case
from transforms.actors.evidence import Clue
from transforms.actors.names import sex_told
from transforms.actors.normalise import plain_name
from transforms.actors.scene import Scene
from transforms.actors.trades import OCCUPATIONS
from transforms.language.given import sex_of

_CIVIL = frozenset({"mr", "mrs", "ms", "miss", "sir", "former", "late", "then"})
_PLAIN_TITLES = frozenset({"mr", "mrs", "dr", "ms", "miss", "mme", "president", "minister", "sir", "former", "late"})
_SOME = re.compile(r"\b[Aa]n? ([a-z]+) $")
_FIRMS = frozenset(
    {"firm", "company", "brand", "group", "maker", "business", "corporation", "retailer", "manufacturer"}
)
_DOUBTED = 1.0
_OF_MEN = frozenset({"he", "him", "his", "himself"})
_OF_WOMEN = frozenset({"she", "her", "hers", "herself"})
_NAME = re.compile(r"[^\W\d_][\w.’'-]*(?:[^\S\n]+[^\W\d_a-z][\w.’'-]*)*")
_PAUSE = re.compile(r"[,;:!?“”\"\n]|\w{3,}\.\s")
_SPEAKS_ON = re.compile(r"[\"”’]\s$|\b(?:[Aa]sked|[Pp]ressed|[Qq]uestioned)\b[^.!?\n]{1,90},\s$")
"""What stands before the name of one who goes on speaking."""
_LEADING = frozenset({"nsubj", "nsubj:pass", "appos", "ROOT"})
"""What a name does in its sentence of whom the rest of it, and the next one, goes on."""


@dataclass(slots=True)
class Memory:
    """Where a document gives an actor's whole name, and where that of somebody of the same surname."""

    full: list[tuple[int, str]] = field(default_factory=list)
    strangers: list[tuple[int, str]] = field(default_factory=list)
    passing: set[int] = field(default_factory=set)
    doubted: int = -1
    said: list[int] = field(default_factory=list)
    things: list[tuple[int, str]] = field(default_factory=list)


def memories_of(titles: Sequence[Case], cases: Sequence[Case]) -> dict[int, Memory]:
    """Return of each actor what the title and the text give in full."""
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
        memory.things.append((place, case.thing))
    elif case.full and sure:
        memory.full.append((place, case.profile.actor.name))
    elif case.full and not case.refused:
        memory.strangers.append((place, f"another {case.profile.actor.name}"))
        memory.passing |= {place} if case.passing else set()


def rule(case: Case, scene: Scene, memory: Memory, document: list[Clue]) -> None:
    """A short form is ruled by the whole names of the document: the actor's, or somebody else's."""
    if case.refused:
        return
    if _theirs(case, memory, scene):
        case.add(-6.0, f"another is called '{case.title}' in the text")
    case.clues += _of_other_initials(case, memory, scene)
    before = [place for place, _ in memory.full if place < case.start]
    strangers = _strangers(case, scene, memory, before)
    case.apart = bool(before) and scene.segment(case.start) not in {scene.segment(max(0, place)) for place in before}
    _by_whole_names(case, scene, memory, document=document, before=before, strangers=strangers)
    _after_a_thing(case, scene, memory)
    if memory.full and not before:
        weight = 3.0 if scene.is_headline(case.start) else 2.0
        case.add(case.trust * weight, f"surname before '{case.profile.actor.name}' at {memory.full[0][0]}")
    told = before and not case.contested  # two of one name in one story share its words
    if not case.apart and (told or not strangers):
        case.clues += document
    case.clues += evidence.against_near(scene, case.start, case.end, case.profile)
    case.clues += _another_trade(case, memory, scene) + doubts.long_dead(scene, case.end)
    introduced = scene.text.startswith((", a ", ", an "), case.end)  # "Nauseda, an economist"
    if not before or case.contested or not introduced:
        case.clues += doubts.other_occupation(scene, case.start, case.end, case.profile)
    _alone(case, scene, memory, document)


def _of_other_initials(case: Case, memory: Memory, scene: Scene) -> list[Clue]:
    """Return the doubt where the text gives the actor another initial, or a stranger this one: "roses, D. Stroud"."""
    if not case.initials:
        return []
    letter = plain_name(case.initials)[:1]
    own = {word[0] for place, _ in memory.full if place >= 0 for word in _first_words(scene, place)}
    theirs = {plain_name(words)[:1] for _, words in memory.strangers}
    if own and letter not in own:
        return [Clue(-5.0, "another initial than the text gives the actor")]
    if letter in theirs and not own:
        return [Clue(-5.0, "the initial of another in the text")]
    return [] if memory.full else [Clue(-0.5, "")]  # in a list of results anybody may be "J Oakes"


def _first_words(scene: Scene, place: int) -> list[str]:
    """Return the words of the name that begins there, but for its last."""
    written = _NAME.match(scene.text, place)
    return plain_name(written[0]).split()[:-1] if written else []


def _strangers(case: Case, scene: Scene, memory: Memory, before: list[int]) -> list[tuple[int, str]]:
    """Return who else of that name stands before: in this part of the text, where the actor was named at all."""
    found = [each for each in memory.strangers if each[0] < case.start and not _told_apart(case, each, scene)]
    here = scene.segment(case.start)
    return [each for each in found if not before or scene.segment(max(0, each[0])) == here]


def _by_whole_names(
    case: Case,
    scene: Scene,
    memory: Memory,
    *,
    document: list[Clue],
    before: list[int],
    strangers: list[tuple[int, str]],
) -> None:
    if before and strangers and _is_open(before, strangers, case, scene):
        _contest(case, scene, memory, strangers)
    elif before:
        where = f"at {before[-1]}" if before[-1] >= 0 else "in the title"
        weight = 1.8 if case.apart else 3.5 if strangers else 5.0
        case.add(case.trust * weight, f"surname after '{case.profile.actor.name}' {where}")
    elif strangers:
        always = case.profile.actor.surname_alone == "always" and bool(document)
        lately = just_now(strangers[-1][0], case, scene)
        case.add(-1.0 if always and not lately else -5.0, f"surname after '{strangers[-1][1]}' of that name")


def _is_open(before: list[int], strangers: list[tuple[int, str]], case: Case, scene: Scene) -> bool:
    """Return whether a stranger was named last, or just now, or the text is rather about strangers of that name."""
    latest = strangers[-1][0]
    return (
        latest > before[-1]
        or just_now(latest, case, scene)
        or (len(strangers) > len(before) and strangers[0][0] < before[0])
    )


def _contest(case: Case, scene: Scene, memory: Memory, strangers: list[tuple[int, str]]) -> None:
    """Weigh a surname that is the actor's and somebody else's in one text."""
    case.contested = True
    if case.title and case.title not in case.profile.role_words and case.title not in _PLAIN_TITLES:
        case.add(-2.0, f"title '{case.title}'")
    some = _SOME.search(scene.text, max(0, case.start - 20), case.start)
    if some and scene.tag(some.start(1)) in {"JJ", ""}:  # "a young Turk challenged him"
        case.add(-1.5, "'a' stands before")
    balance = _balance(memory, strangers, case, scene) + _by_sex(case, strangers[-1][1], scene)
    memory.doubted = case.start if balance < _DOUBTED else memory.doubted
    case.add(balance, f"surname after '{case.profile.actor.name}', but also '{strangers[-1][1]}'")


def _by_sex(case: Case, stranger: str, scene: Scene) -> float:
    """Return what the pronouns of the sentence say, where the two are man and woman: "Eklund said that it left him"."""
    own, theirs = case.profile.sex, sex_of(plain_name(stranger).split()[0]) if plain_name(stranger) else ""
    words = frozenset(plain_name(scene.text[case.end : scene.sentence(case.start, case.end)[1]]).split())
    men, women = bool(words & _OF_MEN), bool(words & _OF_WOMEN)
    if not own or not theirs or own == theirs or men == women:
        return 0.0
    return 2.0 if own == ("m" if men else "f") else -2.0


def _after_a_thing(case: Case, scene: Scene, memory: Memory) -> None:
    """Doubt a surname right after a thing of that name, unless the actor was named since."""
    nearby = [each for each in memory.things if each[0] < case.start and just_now(each[0], case, scene)]
    same = nearby and nearby[-1][0] >= scene.sentence(case.start, case.end)[0]
    if nearby and memory.full and (same or scene.begins(case.start)) and max(memory.said, default=-1) < nearby[-1][0]:
        case.add(-1.5, f"just after '{nearby[-1][1]}'")


def _told_apart(case: Case, stranger: tuple[int, str], scene: Scene) -> bool:
    """Return whether the title before the surname cannot be the stranger's: Mme Le Pen is not Jean-Marie."""
    place, words = stranger
    if not case.title:
        return False
    told, own = sex_told(frozenset({case.title})), sex_of(plain_name(words).split()[0] if plain_name(words) else "")
    if told and own:
        return told != own
    office = case.title in case.profile.role_words or (case.own_title and not told)
    return office and case.title not in _called(place, scene)


def _called(place: int, scene: Scene) -> list[str]:
    """Return the words right before a whole name, its titles among them."""
    return plain_name(_PAUSE.split(scene.text[max(0, place - 40) : max(0, place)])[-1]).split()


def _another_trade(case: Case, memory: Memory, scene: Scene) -> list[Clue]:
    """Return the doubt where a bare surname has an occupation that stands nowhere near the actor's whole name."""
    word = evidence.WORD_BEFORE.search(scene.text, max(0, case.start - 30), case.start)
    if word is None or word[1] not in OCCUPATIONS or word[1] in case.profile.role_words:
        return []
    near = (scene.text[max(0, place - 60) : place + 120] for place, _ in memory.full if place >= 0)
    return [] if any(word[1] in text for text in near) else [Clue(-5.0, f"called '{word[1]}'")]


def _theirs(case: Case, memory: Memory, scene: Scene) -> bool:
    """Return whether the title before the surname is one that the text gives to somebody else of that name."""
    if not case.title or case.title in case.profile.role_words or case.title in _CIVIL:
        return False
    case.own_title = any(case.title in _called(place, scene) for place, _ in memory.full)
    return not case.own_title and any(case.title in _called(place, scene) for place, _ in memory.strangers)


def _balance(memory: Memory, strangers: list[tuple[int, str]], case: Case, scene: Scene) -> float:
    """Of two people of one name, the bare surname is his of whom the text spoke just now, or has spoken more."""
    own = [place for place in memory.said if place < case.start]
    others = sum(0.5 if place in memory.passing else 1.0 for place, _ in strangers)
    latest = strangers[-1][0]
    last = latest > max(own, default=-1) and just_now(latest, case, scene)
    doubted = memory.doubted >= scene.sentence(case.start, case.end)[0]
    firm = strangers[-1][1] in _FIRMS
    aside = latest in memory.passing  # "fans still speak of Jana Novotna. Novotna plays on Friday"
    # "Gretchen Carlson sued. Carlson settled"
    begins = scene.begins(case.start) or _SPEAKS_ON.search(scene.text, max(0, case.start - 110), case.start)
    told = any(clue.weight >= 0.8 and clue.words.startswith("near") for clue in case.clues)
    goes_on = last and not aside and not told and (bool(begins) or doubted or firm)
    doubt = 1.5 if goes_on else 0.3 if last else 0.0
    named = max((place for place, _ in memory.full if place < case.start), default=-1)
    named_last = named > latest and just_now(named, case, scene) and scene.part(named) in _LEADING
    all_aside = memory.passing.issuperset(place for place, _ in strangers)
    least = 2.5 if named_last else 2.2 if all_aside else -1.5
    return max(least, min(0.0 if goes_on else 3.5, 1.5 + 0.75 * (len(own) - others) - doubt))


def just_now(place: int, case: Case, scene: Scene) -> bool:
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
        case.add(-1.0, f"the article has '{memory.things[0][1]}'")
    if always and case.profile.context and not document:
        case.add(-0.8, "nothing else in the article is of the actor")
    case.clues += evidence.against_in_document(scene, case.profile)
    trade = evidence.trade(scene, case.start, case.end, case.profile)
    case.clues += [Clue(clue.weight * (0.5 if always else 1.0), clue.words) for clue in trade]
    case.clues += evidence.common(case.profile.surname)
