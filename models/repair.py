"""Silver labels of the Groningen Meaning Bank -> labels named as OntoNotes names them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from models import dates
from models.spans import Span, apart
from models.wordlists import words


class Sentence(NamedTuple):
    """Words, their Penn tags where known, and labelled spans."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    spans: tuple[Span, ...]

    def surface(self, span: Span) -> str:
        """Return the words of a span."""
        return " ".join(self.words[span.first : span.end])


def place_label(surface: str) -> str:
    """Return GPE, LOC or FAC for the name of a place."""
    low = surface.lower()
    parts = low.split()
    if low in words("gpe"):
        return "GPE"
    if low in words("loc") or (parts[-1] in words("loc_last") and len(parts) > 1):
        return "LOC"
    if len(parts) > 1 and parts[0] in words("loc_first"):
        return "LOC"
    return "FAC" if len(parts) > 1 and parts[-1] in words("fac_last") else "GPE"


def without_titles(sentence: Sequence[str], span: Span) -> Span:
    """Return a person's span less the titles before the name."""
    first = span.first
    while first < span.end and sentence[first].lower() in words("titles"):
        first += 1
    return span._replace(first=first)


def people_or_place(tags: Sequence[str], surface: str) -> str:
    """Return NORP for a demonym (an adjective or a plural), else the kind of place."""
    if surface.lower() in words("norp") or any(t in {"JJ", "NNPS", "NNS"} for t in tags) or surface.endswith("Lankan"):
        return "NORP"
    return place_label(surface)


def _capital(sentence: Sequence[str], span: Span) -> Span:
    first = span.first
    while first < span.end - 1 and sentence[first].islower() and sentence[first] not in {"al", "bin", "de", "von"}:
        first += 1
    return span._replace(first=first)


def relabelled(sentence: Sentence, span: Span) -> Span | None:
    """Return one span of the Groningen set under its new label, or none where it is not wanted."""
    if span.label in {"tim", "art", "nat"}:
        return None
    if span.label == "per" or sentence.words[span.first].lower().rstrip(".") in {"general", "king", "prophet", "mr"}:
        named = without_titles(sentence.words, span)
        return named._replace(label="PERSON") if named.first < named.end else None
    if span.label in {"geo", "gpe"}:
        span = _capital(sentence.words, span)
        tags = sentence.tags[span.first : span.end]
        surface = sentence.surface(span)
        kind = people_or_place(tags, surface) if span.label == "gpe" else place_label(surface)
        return span._replace(label=kind)
    if span.label == "eve":
        return span._replace(label="EVENT") if span.end - span.first > 1 else None
    return _organisation(sentence, span)


def _organisation(sentence: Sentence, span: Span) -> Span | None:
    """Return an organisation's span, less the office at its end ("U.N. Secretary-General", "Defense" Secretary)."""
    after = sentence.words[span.end].lower() if span.end < len(sentence.words) else ""
    end = span.end
    if sentence.words[end - 1] in {"Secretary-General", "Secretary", "President", "Minister", "Chief", "Prime"}:
        end -= 1
    if after in {"secretary", "minister", "ministers"} and sentence.words[end - 1] in {
        "Defense",
        "State",
        "Foreign",
        "Interior",
        "Treasury",
        "Prime",
        "Finance",
        "Health",
    }:
        end -= 1
    span = named_part(sentence.words, span._replace(end=end, label="ORG"))
    return span if span.end > span.first else None


GROUPS = frozenset({"group", "party", "faction", "agency", "newspaper", "network", "movement", "company", "militia"})


def named_part(sentence: Sequence[str], span: Span) -> Span:
    """Return an organisation less what describes it: "militant Palestinian group" Hamas, "8,000-strong" ISAF."""
    first = span.first
    for place in range(span.first, span.end - 1):
        described = sentence[place] in GROUPS or (place == first and sentence[place][:1].islower())
        if (described or sentence[place][:1].isdigit()) and sentence[place + 1][:1].isupper():
            first = place + 1
    return span._replace(first=first)


NO_NAMES = frozenset({"aids", "hiv", "state", "tv", "internet", "lord", "wmd"})
MERGED_HEADS = {"north", "south", "sri", "saudi", "east", "west", "new", "costa", "puerto", "el", "san", "northern"}


def halves(sentence: Sentence, before: Span, span: Span) -> bool:
    """Return whether two neighbouring words are halves of one name."""
    single = before.end - before.first == span.end - span.first == 1
    return single and before.end == span.first and sentence.words[before.first].lower() in MERGED_HEADS


def merged(sentence: Sentence) -> Sentence:
    """Join halves the silver tagger split, such as North | Korean, under the label of the second."""
    kept: list[Span] = []
    for span in sorted(sentence.spans):
        if kept and halves(sentence, kept[-1], span):
            kept[-1] = span._replace(first=kept[-1].first)
        else:
            kept.append(span)
    return sentence._replace(spans=tuple(kept))


def whole(sentence: Sentence, span: Span) -> Span:
    """Return the span with North or South put before Korean and Koreans."""
    split = span.first > 0 and sentence.words[span.first - 1] in {"North", "South"}
    return (
        span._replace(first=span.first - 1) if split and sentence.words[span.first] in {"Korean", "Koreans"} else span
    )


def repaired(sentence: Sentence) -> Sentence:
    """Return a Groningen sentence with repaired spans and dates by rule."""
    sentence = merged(sentence)
    found = [relabelled(sentence, span) for span in sentence.spans]
    names = [span for span in found if span is not None]
    return sentence._replace(spans=tuple(_fixed(sentence, names)))


def _fixed(sentence: Sentence, names: Iterable[Span]) -> list[Span]:
    """Put word lists above silver labels, and dates above both."""
    made = [Span(*found) for found in dates.spans(sentence.words)]
    for span in names:
        low = sentence.surface(span).lower()
        if low not in NO_NAMES:
            made.append(whole(sentence, span._replace(label=listed(low) or span.label)))
    return apart(made)


def listed(low: str) -> str:
    """Return the label that the word lists give to a lower-cased name, or nothing."""
    if low in {"us", "u.s.", "u.s", "uk", "u.k."}:
        return "GPE"
    for name in ("norp", "org", "loc"):
        if low in words(name):
            return name.upper()
    return ""
