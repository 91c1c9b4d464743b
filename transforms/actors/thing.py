"""What the closest words make of the name of an organisation or a place."""

import re
from functools import lru_cache

from transforms.actors.after import After
from transforms.actors.candidate import Case
from transforms.actors.evidence import PLACE_OF, like_a_place
from transforms.actors.normalise import plain_name
from transforms.actors.scene import Scene
from transforms.actors.trades import PLAY
from transforms.actors.words import (
    CORPORATE,
    NOT_GIVEN,
    OF_FIRMS,
    OF_PLACES,
    PLACES_BEFORE,
    THINGS_BEFORE,
    TITLES,
    word_set,
)
from transforms.language.given import ALSO_WORDS, GIVEN

_CALLED_SO = re.compile(r" (?:station|park|street|road|line|cross|falls|hotel|hall|college|school|hospital|bridge)\b")
_NUMBER = re.compile(r" \d{1,3}(?: ?\(| ?(?:cl|ml|years? old|year-old|%)|\.\d(?![\d%]| \())| \([^)\n]{2,20}\) \d+-\d")
_SAINT = re.compile(r"(?:San|Santa|Santo|Saint|Sainte|St\.?|Sao|São) [A-Z]")
_OF_SAINT = re.compile(
    r"\b(?:church|parish|chapel|feast|image|statue|relics?|order|brotherhood|convent|parroquia|iglesia|capilla|fiestas?"
    r"|imagen|cofradía|ermita|église|paroisse|igreja|paróquia|chiesa|parrocchia) (?:of|de|di)[^\S\n]+$",
    re.IGNORECASE,
)
"""What is a saint's, after whom a place is called."""
_CAPITAL = re.compile(r"[^\W\d_a-z]\w")
_TITLE_OF = re.compile(
    r"\b(?:Forest|Duke|Duchess|Earl|Count|Baron|Archbishop|Bishop|Battle|Siege|Treaty|Peace|University|Merchant|Hound|Maid"
    r"|School|Isle|Vale|Prisoner|Barber|Tales) of $"
)
"""What has a place in its name and is not the place."""
_NOUN_BEFORE = re.compile(r"\b([a-z]+),? [\"“‘']?$")
_KINDS = (
    word_set("""
    brand brewer brewery club company conglomerate corporation factory firm giant group maker makers manufacturer
    producer restaurant retailer school store supermarket university village town county hospital museum theatre
    theater bakery label hotel pub ship
    """),
    word_set("county town village hamlet suburb borough river university school"),
)
"""Nouns of what a firm, and what a place, may be."""
_ARTICLES = ("the ", "a ", "an ", "is ", "was ")
_OF_FUNDS = CORPORATE | {"capital"}
_REGION = re.compile(r" (?:department|province|prefecture|peninsula|basin|rainforest|valley|coast)\b")
_OTHERS = frozenset({"PERSON", "WORK_OF_ART", "EVENT", "LAW"})


def name_of_a_thing(case: Case, written: str, after: After, scene: Scene) -> None:
    """Add what its form and its neighbours say of a name that is no person's."""
    one_word = " " not in written
    case.add(3.0 if one_word else 4.0, "name" if case.hit.form == "name" else f"alias '{written}'")
    _spelling(case, written, scene)
    _as_the_list_says(case, scene)
    _followed_by(case, written, after)
    _of_another_kind(case, written, scene)
    _beside(case, written, scene)
    if case.profile.actor.kind == "organisation":
        _another_of_the_letters(case, written, scene)
    if one_word:
        _part_of_a_longer_name(case, written, after, scene)


def _of_another_kind(case: Case, written: str, scene: Scene) -> None:
    """Doubt a name whose noun is of another kind: the band Atlas, "her third novel, Unity", the gelding Lumen."""
    noun = _NOUN_BEFORE.search(scene.text, max(0, case.start - 24), case.start)
    if noun and noun[1] in THINGS_BEFORE - _KINDS[case.profile.actor.kind == "place"]:
        case.add(-5.0, f"'{noun[1]}' stands before")
        case.stranger = f"{noun[1]} {written}"


def _followed_by(case: Case, written: str, after: After) -> None:
    """Doubt a name that a longer one begins with: the Niger Delta, Veldhaven Capital, the Green Shore Hotel."""
    one_word, of_place = " " not in written, case.profile.actor.kind == "place"
    allowed = OF_PLACES if of_place else OF_FIRMS
    if after.name and plain_name(after.name) not in TITLES | allowed:
        weight = -3.5 if one_word and of_place else -2.5 if one_word or of_place else -1.0
        case.add(weight, f"followed by '{after.name}'")
    if after.thing and plain_name(after.thing.split()[0]) not in CORPORATE | allowed:
        case.add(-3.5, f"followed by '{after.thing}'")
        if not one_word or after.thing.startswith(_ARTICLES):  # "Castlegate, the street that leads up"
            case.stranger = f"{written} {after.thing}"
    if one_word and of_place and plain_name(after.name or after.thing) in _OF_FUNDS:
        case.stranger = f"{written} {after.name or after.thing}"


def _beside(case: Case, written: str, scene: Scene) -> None:
    """Doubt a name beside what products, saints and regions have: "Kilmoran 12 (46%)", "the church of San Siro"."""
    one_word = " " not in written
    number = _NUMBER.match(scene.text, case.end)
    if number:
        case.add(-3.5, f"'{number[0].strip(' (')}' follows")
        case.stranger = written + number[0].rstrip(" (")
    first, last = scene.sentence(case.start, case.end)
    play = PLAY.intersection(plain_name(scene.text[first:last]).split()) if case.profile.actor.kind == "place" else ()
    if play and not (like_a_place(scene, case.start, case.end) or scene.text[: case.start].endswith(" of ")):
        case.add(-3.0, f"words of sport '{min(play)}'")
    saint = _OF_SAINT.search(scene.text, max(0, case.start - 30), case.start) if _SAINT.match(written) else None
    if saint:
        case.add(-4.5, f"'{saint[0].strip()}' stands before")
    if case.profile.actor.kind == "place" and _TITLE_OF.search(scene.text, max(0, case.start - 24), case.start):
        case.add(-4.0, "in the name of something else")
    if one_word and case.profile.actor.kind == "organisation" and _REGION.match(scene.text, case.end):
        case.add(-5.0, "a region of that name")
    if one_word and plain_name(written) in GIVEN and _CALLED_SO.match(scene.text, case.end):
        case.add(-2.5, "a station or park of that name")


def _another_of_the_letters(case: Case, written: str, scene: Scene) -> None:
    """Doubt an abbreviation that the text spells out otherwise: NFRA is the North Fork Ranchers Association."""
    if not (written.isupper() and written.isalpha() and 2 < len(written) < 7):
        return
    own = {plain_name(name) for name in case.profile.names_written if " " in name}
    if not own or any(name in scene.plain.text for name in own):
        return
    spelt = _spelt_out(written).search(scene.text)
    if spelt:
        case.add(-5.0, f"the text has '{spelt[0]}'")
    elif scene.text[case.start - 1 : case.start] == "(":
        case.add(-3.0, "in brackets, after another name")
        case.stranger = f"another {written}"


@lru_cache(maxsize=1000)
def _spelt_out(letters: str) -> re.Pattern[str]:
    words = r"(?:[^\S\n]+(?:of|for|and|the|on|in|to|&))*[^\S\n]+".join(rf"{letter}[a-z]+" for letter in letters)
    return re.compile(rf"\b{words}\b")


def _as_the_list_says(case: Case, scene: Scene) -> None:
    """What the list's `not` names speaks against a thing's name; the more so where nothing of its context is there."""
    plain, profile = scene.plain.text + scene.title_plain, case.profile
    against = [
        w for form, w in profile.against.items() if form in plain and plain_name(case.written) not in plain_name(w)
    ]
    if against:
        case.add(-1.2, f"the article has '{against[0]}'")
    if len(profile.context) > 1 and not any(form in plain for form in profile.context):
        part = case.hit.form == "alias" and f" {plain_name(case.written)} " in f" {plain_name(profile.actor.name)} "
        short = part and plain_name(profile.actor.name) not in plain and not case.written.isupper()
        case.add(-2.5 if short else -1.0, "nothing else in the article is of the actor")


def _spelling(case: Case, written: str, scene: Scene) -> None:
    one_word = " " not in written
    names = case.profile.names_written
    name = next((n for n in names if plain_name(n) == plain_name(written)), names[0])
    if written.islower() and not name.islower():
        case.refused = "written small"
    elif one_word and name.isupper() and not written.isupper():
        # Nato is NATO, unless the text writes NATO too; Who is never WHO
        case.add(-3.0 if name in scene.text and len(name) < 5 else -1.5, f"not written '{name}'")
        if len(name) < 4:
            case.refused = f"not written '{name}'"


def _part_of_a_longer_name(case: Case, written: str, after: After, scene: Scene) -> None:
    """A person's name is no place: Michael Jordan, Jordan Bardella; nor is half a title of a work."""
    before = next(iter(scene.before(case.start, 1)), None)
    seen = scene.label(case.start, case.end)
    place = PLACE_OF.search(scene.text, max(0, case.start - 24), case.start)
    beside = (scene.text[seen.start : case.start], scene.text[case.end : seen.end]) if seen else ()
    longer = any(_CAPITAL.search(part) for part in beside)
    if (
        before
        and before.is_capital
        and before.plain in GIVEN - NOT_GIVEN
        and not (before.opens and before.plain in ALSO_WORDS)
    ):
        case.refused = f"a person: '{before.written}' stands before"
        case.stranger = f"{before.written} {written}"
    elif before and before.is_capital and before.plain in PLACES_BEFORE:
        case.add(-4.0, f"'{before.written}' stands before")  # Hotel Bristol, Lake Arden, Storm Atlas
        case.stranger = f"{before.written} {written}" if case.profile.actor.kind == "organisation" else ""
    elif place and case.profile.actor.kind == "organisation":
        case.add(-5.0, f"'{place[0].strip()}' stands before")
        case.stranger = f"{place[0]}{written}"
    elif seen and longer and seen.label in _OTHERS:
        case.add(-5.0, f"inside '{scene.text[seen.start : seen.end]}'")
        case.stranger = scene.text[seen.start : seen.end] if seen.end <= case.end else ""
    elif after.name and plain_name(written) in GIVEN and plain_name(after.name) not in TITLES | OF_PLACES:
        case.add(-2.0, f"a given name before '{after.name}'")
