"""What stands right after a name, and what it makes of it: a thing named after somebody, a relative, a place."""

import re
from typing import NamedTuple

from transforms.actors.normalise import plain_name
from transforms.actors.scene import Scene
from transforms.actors.words import LOWER_THINGS, NOT_GIVEN, OFFICE, ORGANISATION, PRODUCTS, REGIONS

_SUFFIX = re.compile(r",?[^\S\n]+(Jr|Sr|Junior|II|III|IV|V|VI|VII|VIII|IX|XI|XII|XIII|XIV|XV|XVI)\b")
_THE_FIRST = re.compile(r"[^\S\n]+I\b")
_POSSESSIVE = re.compile(r"['’ʼ`´]s\b")
_NEXT = re.compile(r"[^\S\n]+([^\W\d_][\w’'-]*|&)")
_HYPHEN_AFTER = re.compile(r"[-‐‑–]([^\W\d_][^\W\d_]+)")
_HALVES = (
    "ed",
    "ing",
    "led",
    "era",
    "style",
    "like",
    "esque",
    "run",
    "built",
    "made",
    "allied",
    "friendly",
    "ally",
    "aligned",
    "sceptic",
    "skeptic",
    "sceptical",
    "skeptical",
    "critical",
    "critic",
    "hater",
    "proof",
    "free",
    "chosen",
    "drawn",
    "born",
    "held",
    "given",
    "written",
    "owned",
    "ism",
    "ist",
    "ite",
    "land",
    "world",
    "watcher",
    "watchers",
    "critics",
    "sceptics",
    "skeptics",
    "haters",
    "allies",
    "loving",
    "loyal",
    "elect",
    "designate",
)
"""Endings of what is joined to a name and leaves it one: Witkoff-led, Trump-era; not petro-chemical."""
_REGION = re.compile(r",[^\S\n]+([^\W\d_a-z][^\W\d_]*)\.?(?:[^\S\n]+([^\W\d_a-z][^\W\d_]*))?")
_PARTNERS = re.compile(
    r"[^\S\n]+(?:&|and)[^\S\n]+(?:Sons?|Daughters?|Co|Company|Root|Partners|Associates|Brothers)\b|[^\S\n]*&[^\S\n]*[A-Z]"
)
_NO_RELATION = re.compile(r"[\s,(–—-]*\b(?:no relation|not related|unrelated)\b")
_PARTICLE = re.compile(r"[^\S\n]+(?:da|de|do|di|del|von|van|la|le)[^\S\n]+[A-Z]\w+")
_SAID_OF_PLACES = re.compile(
    r"[^\S\n]+(?:lies|sits|stands)[^\S\n]+(?:north|south|east|west|on|in|between|near|by|at|off|along|about|some|\d)\b"
    r"|(?:,|[^\S\n]+(?:is|was))[^\S\n]+(?:an?|the)[^\S\n]+(?:[\w-]+[^\S\n]+){0,3}?"
    r"(?:town|village|city|suburb|district|island|river|county|hamlet|port|region|borough|parish|company|firm|brand|brewery"
    r"|mountain|peak|creek|ship|boat|vessel|street|road|lane|square|alley|avenue|bridge|station|stadium)\b"
)
_OF_PLACE = re.compile(r"[^\S\n]+(?:of|de|upon|on)[^\S\n]+(?!the\b|\w+day\b)[A-Z]\w+")
_THE_BEFORE = re.compile(r"\b[Tt]he[^\S\n]+$")


_ROYAL = ("King ", "Queen ", "Pope ", "Prince ", "Emperor ", "Tsar ")


_MADE = re.compile(
    r" (?:[\w-]+ ){0,2}?(?:jam|jams|tacos?|beer|beers|chocolates?|sauce|soup|shirts?|kits?|ceramics|pastries|bread"
    r"|bakery|menu|cereals?|cornflakes|biscuits|crisps|sausages|pies|wine|vodka|whisky|gin|cider|tyres|tires|shoes|boots|pencils|pens)\b"
)
FOLLOWER = re.compile(
    r"[ -](administration|government|presidency|cabinet|loyalists?|all(?:y|ies)|aides?|campaign|camp|voters?"
    r"|supporters?|doctrine|envoys?|appointees?|nominees?|officials|advisers?|rally|rallies|regime)\b"
)
"""What follows a politician's surname: the Trump administration, a Kadyrov loyalist."""


class After(NamedTuple):
    """What follows a name: a thing that carries it, products of it, or nothing that matters."""

    thing: str = ""
    suffix: str = ""
    product: str = ""
    name: str = ""
    joined: bool = False


def read_after(scene: Scene, start: int, end: int, *, headline: bool) -> After:
    """Return what follows the name and makes it a thing's, a place's or a relative's."""
    text = scene.text[end : end + 120]
    royal = (
        scene.text[start:end].count(" ") == 1 and scene.text[start:end].startswith(_ROYAL) and _THE_FIRST.match(text)
    )
    if royal:
        return After(suffix="i")
    suffix = _SUFFIX.match(text)
    if suffix:
        return After(suffix=plain_name(suffix[1]), thing="")
    if _NO_RELATION.match(text) and (" " not in scene.text[start:end] or " to the " in text[:40]):
        return After(thing="no relation")
    possessive = _POSSESSIVE.match(text)
    rest = text[possessive.end() :] if possessive else text
    following = _NEXT.match(rest)
    verb = following and not possessive and scene.tag(end + following.start(1)) == "VBZ"
    if following and verb and plain_name(following[1]) in LOWER_THINGS | PRODUCTS:  # Castro plants trees
        return After()
    placed = _placed(scene, start, rest, possessive=bool(possessive), whole=" " in scene.text[start:end].strip())
    return After(thing=placed) if placed else _following(rest, possessive=bool(possessive), headline=headline)


def _placed(scene: Scene, start: int, rest: str, *, possessive: bool, whole: bool) -> str:
    """Return what makes the name a place's or a firm's: "Kellogg, Idaho", "Marsh & Sons", "the Vale of Evesham"."""
    region = _REGION.match(rest)
    if region and not possessive and plain_name(region[1]) in REGIONS:
        return region[0].strip(", ")
    if _PARTNERS.match(rest):
        return rest.strip().split("\n")[0][:20]
    said = (not whole and _SAID_OF_PLACES.match(rest)) or _PARTICLE.match(rest)
    if said and not possessive:
        return said[0].strip(" ,")
    of = _OF_PLACE.match(rest)
    return of[0].strip() if of and not possessive and _THE_BEFORE.search(scene.text, max(0, start - 5), start) else ""


def _following(rest: str, *, possessive: bool, headline: bool) -> After:
    joined = _HYPHEN_AFTER.match(rest)
    if joined and joined[1][0].isupper():
        return After(name=joined[1], joined=True) if plain_name(joined[1]) not in NOT_GIVEN | OFFICE else After()
    words = _row(rest.replace("National Security", "Security"))
    if not words:
        return After(product=joined[1] if joined and not joined[1].endswith(_HALVES) else "")
    first = plain_name(words[0])
    if words[0][:1].islower() or (possessive and _MADE.match(rest)):
        return _small(first, words[0], made=possessive and bool(_MADE.match(rest)), possessive=possessive)
    if first in OFFICE or possessive:
        return After(product=words[0]) if possessive and first in PRODUCTS else After()
    named = next((w for w in words[: 1 if headline else 4] if plain_name(w) in ORGANISATION or w == "&"), "")
    if named:
        return After(thing=" ".join(words[: words.index(named) + 1]))
    shouted = words[0].isupper() and len(words[0]) > 3  # BISHOP WINS
    shouted = shouted or not words[0].replace("-", "").isalpha()  # "1015 Kirov SU4 cancelled"
    return After() if headline or shouted or first in NOT_GIVEN else After(name=words[0])


def _small(first: str, word: str, *, made: bool, possessive: bool) -> After:
    if first in PRODUCTS or made:
        return After(product=word) if possessive else After(thing=word)
    return After(thing=word) if first in LOWER_THINGS and not possessive else After()


def _row(rest: str) -> list[str]:
    """Return the word that follows, and the further ones with a capital."""
    words: list[str] = []
    while len(words) < 5:
        match = _NEXT.match(rest)
        if match is None or (words and not (match[1][:1].isupper() or match[1] == "&")):
            break
        words.append(match[1])
        rest = rest[match.end() :]
        if match[1][:1].islower():
            break
    return words
