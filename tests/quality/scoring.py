"""Statements found against statements there are: which belong together, whose speaker is right, and the figures."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol

HALF = 0.5
SMALL = {"the", "a", "an", "of", "mr", "mrs", "ms", "dr"}

Gold = dict[str, Any]


class Placed(Protocol):
    """Anything with a place in the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Spoken(Placed, Protocol):
    """Who speaks."""

    @property
    def text(self) -> str: ...
    @property
    def name(self) -> str: ...


class Found(Protocol):
    """A statement as the product gives it."""

    @property
    def content(self) -> Sequence[Placed]: ...
    @property
    def quoted(self) -> Sequence[Placed]: ...
    @property
    def speaker(self) -> Spoken | None: ...


def shared_part(a: tuple[int, int], b: tuple[int, int]) -> float:
    """How much of the stretch that two spans cover together they have in common."""
    common = min(a[1], b[1]) - max(a[0], b[0])
    return max(common, 0) / (max(a[1], b[1]) - min(a[0], b[0]))


def places(found: Found) -> list[tuple[int, int]]:
    """Where a found statement may stand: all of it, or one of its verbatim fragments."""
    whole = (min(c.start for c in found.content), max(c.end for c in found.content))
    return [whole, *((q.start, q.end) for q in found.quoted)]


def pairs(gold: Sequence[Gold], found: Sequence[Found]) -> dict[int, int]:
    """Pair gold statements with found ones that share half of their stretch, the closest first, each place once."""
    offers = [(j, place) for j, f in enumerate(found) for place in places(f)]
    wanted = [(min(c["start"] for c in g["content"]), max(c["end"] for c in g["content"])) for g in gold]
    close = [(shared_part(w, o[1]), i, k) for i, w in enumerate(wanted) for k, o in enumerate(offers)]
    paired: dict[int, int] = {}
    taken: set[int] = set()
    for part, i, k in sorted(close, key=lambda c: (-c[0], c[2], c[1])):
        if part >= HALF and i not in paired and k not in taken:
            paired[i] = offers[k][0]
            taken.add(k)
    return paired


def name_words(name: str) -> list[str]:
    """The words of a name without titles, articles and punctuation."""
    plain = "".join(c for c in name.lower() if c.isalnum() or c == "_" or c.isspace())
    return [w for w in plain.split() if w not in SMALL]


def same_name(wanted: str, given: str) -> bool:
    """Whether two names are one, or one a shorter form of the other with the same last word."""
    short, long = sorted((name_words(wanted), name_words(given)), key=len)
    return bool(short) and (short == long or (short[-1] == long[-1] and set(short) <= set(long)))


def speaker_right(gold: Gold, found: Found) -> bool:
    """Whether the right one speaks; a statement that the text gives to nobody is right with any."""
    if not gold["name"] and not gold["speaker"]:
        return True
    if found.speaker is None:
        return False
    if gold["name"]:
        return same_name(gold["name"], found.speaker.name or found.speaker.text)
    at: Gold = gold["speaker"]
    return bool(at["start"] < found.speaker.end and found.speaker.start < at["end"])


def tally(gold: Sequence[Gold], found: Sequence[Found]) -> Counter[str]:
    """Count one document: what was asked, found and right (also by kind), what was predicted and how much of it hit."""
    n: Counter[str] = Counter()
    paired = pairs(gold, found)
    asked = {i for i in range(len(gold)) if not gold[i].get("optional")}
    hits = {j for i, j in paired.items() if i in asked}
    right = {i for i in asked & set(paired) if speaker_right(gold[i], found[paired[i]])}
    n["predicted"] = len(found) - len(set(paired.values()) - hits)
    n["hits"] = len(hits)
    n["right hits"] = len({paired[i] for i in right})
    n["sourceless"] = sum(not gold[i]["name"] and not gold[i]["speaker"] for i in asked & set(paired))
    for what, group in (("gold", asked), ("found", asked & set(paired)), ("right", right)):
        n.update(f"{what} {gold[i]['kind']}" for i in group)
        n[what] = len(group)
    return n


def ratio(part: int, whole: int) -> float:
    """A share; of nothing, none."""
    return part / whole if whole else 0.0


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def rates(n: Counter[str]) -> dict[str, float]:
    """Turn counts into the figures that floors are set for."""
    precision, recall = ratio(n["hits"], n["predicted"]), ratio(n["found"], n["gold"])
    sure, told = ratio(n["right hits"], n["predicted"]), ratio(n["right"], n["gold"])
    kinds = ("direct", "mixed", "indirect")
    return {
        "precision": precision,
        "recall": recall,
        "F1": f1(precision, recall),
        "speaker accuracy": ratio(n["right"] - n["sourceless"], n["found"] - n["sourceless"]),
        "statement and speaker F1": f1(sure, told),
        **{f"{kind} recall": ratio(n[f"found {kind}"], n[f"gold {kind}"]) for kind in kinds},
        **{f"{kind} with speaker": ratio(n[f"right {kind}"], n[f"gold {kind}"]) for kind in kinds},
    }
