"""Reports without a verb: "according to two officials", "the minister's claim that"."""

from transforms.language.names import Names
from transforms.language.roles import PERSONS, singular
from transforms.statements.contents import has_clause
from transforms.statements.drafting import Report, bounds, clause_span, direct, reported
from transforms.statements.drafts import Draft, Phrase
from transforms.statements.layout import Layout
from transforms.statements.phrases import time_start
from transforms.statements.sources import describe
from transforms.statements.speakers import noun_phrase, possessor
from transforms.statements.words import NAMING

PRONOUNS = frozenset({"him", "her", "them", "it"})
BEFORE_PASSIVE = frozenset({"is", "are", "was", "were", "been", "being", "and", ",", "—", "–"})
NO_SOURCES = frozenset({"plan", "schedule", "rule", "rules", "law", "age", "size", "need", "needs"})
"""What things go according to, and nobody says."""


def according(layout: Layout, names: Names, cue: int) -> list[Draft]:
    """Return what is reported with "according to": the clause before it or, at a sentence's start, after it."""
    lo, hi = bounds(layout, cue)
    phrase = noun_phrase(layout, names, cue + 2, hi)
    if phrase is None or layout.lower[phrase.head] in NO_SOURCES:
        return []
    if layout.lower[phrase.head] not in PRONOUNS and describe(layout, names, phrase).kind == "unknown":
        return []
    report = Report(cue, "according", lo, hi, phrase)
    before = layout.quote_before(cue)
    if before is not None and cue - before.right <= 1 and layout.sentence(before.left)[0] >= before.left - 1:
        return [direct(report, (before.source.start, before.source.end), rule="quotation, according to")]
    if cue - lo <= 1:
        comma = _comma_after(layout, phrase, hi)
        span = clause_span(layout, comma + 1, hi) if comma is not None else None
        return reported(layout, report, [span], rule="according to, clause after it")
    end = cue - 1 if layout.words[cue - 1] == "," else cue
    if layout.tags[end - 1] == "IN":
        return []
    first = next((k + 1 for k in range(end - 1, lo, -1) if layout.words[k] == ";"), lo)
    return reported(layout, report, [clause_span(layout, first, end)], rule="clause, according to")


def for_whom(layout: Layout, names: Names, cue: int, start: int) -> list[Draft]:
    """Return the quoted clause of "For the economist Anna Berg, “…”" and "In the words of Berg, “…”"."""
    lo, hi = bounds(layout, cue)
    phrase = noun_phrase(layout, names, start, hi)
    if phrase is None or not (phrase.name or singular(layout.lower[phrase.head]) in PERSONS):
        return []
    colon = phrase.last if layout.words[phrase.last : phrase.last + 1] == [":"] else None
    comma = colon if colon is not None else _comma_after(layout, phrase, hi)
    span = clause_span(layout, comma + 1, hi) if comma is not None else None
    if span is None or not layout.quoted_in(*span):
        return []
    return reported(layout, Report(cue, layout.lower[cue], lo, hi, phrase), [span], rule="for whom it is so")


def per(layout: Layout, names: Names, cue: int) -> list[Draft]:
    """Return the clause before "per": "The race is tied, per a poll out on Monday"."""
    lo, hi = bounds(layout, cue)
    phrase = noun_phrase(layout, names, cue + 1, hi)
    if layout.words[cue - 1] != "," or phrase is None or describe(layout, names, phrase).kind == "unknown":
        return []
    if not has_clause(layout, lo, cue - 1):
        return []
    report = Report(cue, "per", lo, hi, phrase)
    return reported(layout, report, [clause_span(layout, lo, cue - 1)], rule="clause, per")


def in_view(layout: Layout, names: Names, noun: int) -> list[Draft]:
    """Return the clause around "in Berg's telling" and behind "in the view of Berg", between commas."""
    lo, hi = bounds(layout, noun)
    of = layout.lower[noun + 1 : noun + 2] == ["of"]
    owner = noun_phrase(layout, names, noun + 2, hi) if of else possessor(layout, names, noun, lo)
    first = noun - 2 if of else owner.first - 1 if owner is not None else noun
    if owner is None or first < lo or layout.lower[first] != "in" or layout.lower[owner.head] == "my":
        return []
    comma = _comma_after(layout, owner, hi) if of else noun + 1
    if comma is None or layout.words[comma : comma + 1] != [","] or not has_clause(layout, comma, hi):
        return []
    before = clause_span(layout, lo, first - 1) if first > lo and layout.words[first - 1] == "," else None
    if before is None and first > lo + 1:
        return []
    report = Report(noun, layout.lower[noun], lo, hi, owner)
    return reported(layout, report, [before, clause_span(layout, comma + 1, hi)], rule="in somebody's view")


def _comma_after(layout: Layout, phrase: Phrase, hi: int) -> int | None:
    """Return the comma after the source and what is said of it: "According to Ivan Petrov, the minister, …"."""
    comma = _next_comma(layout, phrase.last, hi)
    if comma is None:
        return None
    if phrase.name is not None and phrase.name[0] > comma:  # "According to the coach, Anna Berg, …"
        return _next_comma(layout, phrase.name[1], hi)
    following = _next_comma(layout, comma + 1, min(hi, comma + 20))
    after = layout.lower[comma + 1] if comma + 1 < hi else ""
    if after in {"who", "which", "speaking", "whose"}:
        return following
    if following is not None and phrase.name is not None and _role(layout, comma + 1, following):
        return following
    if following is None or has_clause(layout, comma + 1, following) or not has_clause(layout, following, hi):
        return comma
    return following if phrase.name is not None and after in {"a", "an", "the"} else comma


def _role(layout: Layout, first: int, last: int) -> bool:
    """Return whether the words between two commas only say what somebody is: "Berg, head of the Fund, …"."""
    plain = layout.tags[first][:2] in {"NN", "JJ"} and not has_clause(layout, first, last)
    return plain and any(singular(layout.lower[k]) in PERSONS for k in range(first, last))


def _next_comma(layout: Layout, first: int, last: int) -> int | None:
    return next((k for k in range(first, last) if layout.words[k] == ","), None)


def noun_report(layout: Layout, names: Names, noun: int) -> list[Draft]:
    """Return what a noun reports whose owner stands before it: "the minister's claim that …"."""
    lo, hi = bounds(layout, noun)
    owner, that = _owner(layout, names, noun, lo=lo, hi=hi)
    if owner is None or layout.lower[that : that + 1] != ["that"]:
        return []
    report = Report(noun, layout.lower[noun], lo, hi, owner)
    end = _next_comma(layout, that + 1, hi) or hi
    return reported(layout, report, [clause_span(layout, that + 1, end)], rule="noun, then that")


def _owner(layout: Layout, names: Names, noun: int, *, lo: int, hi: int) -> tuple[Phrase | None, int]:
    """Return whose claim it is, and where "that" must stand: "Berg's claim that", "advice from Berg that"."""
    if layout.lower[noun + 1] in {"that", "is", "was"}:  # "the skipper's view is that"
        return possessor(layout, names, noun, lo), noun + 1 + (layout.lower[noun + 1] != "that")
    phrase = noun_phrase(layout, names, noun + 2, hi)
    return phrase, phrase.last if phrase is not None else hi


def verdict(layout: Layout, names: Names, noun: int) -> list[Draft]:
    """Return the quotation of “…” was the verdict of the skipper."""
    quote = layout.quote_before(noun)
    if quote is None or not 0 < noun - quote.right < 5 or layout.lower[quote.right] not in {"was", "is", "were", "are"}:
        return []
    lo, hi = bounds(layout, noun)
    phrase = noun_phrase(layout, names, noun + 2, hi)
    report = Report(noun, layout.lower[noun], lo, hi, phrase)
    return [direct(report, (quote.source.start, quote.source.end), rule="quotation, whose verdict it is")]


def passive_label(layout: Layout, names: Names, cue: int, lemma: str) -> list[Draft]:
    """Return the words put on somebody by others: "was accused of “games”", "branded “a potato” by locals"."""
    quote = layout.quote_after(cue)
    time = time_start(layout, cue - 1)  # "was last night branded “…”"
    far = 9 if lemma == "accuse" else 3  # "was accused of treating its guests “like cattle”"
    if quote is None or quote.left - cue > far or layout.lower[(time or cue) - 1] not in BEFORE_PASSIVE:
        return []
    if layout.words[cue + 1 : cue + 2] == [":"] or (
        layout.tags[cue] != "VBN" and layout.lower[quote.right : quote.right + 1] != ["by"]
    ):
        return []
    lo, hi = bounds(layout, cue)
    by = next((k for k in (quote.right, quote.left - 2, cue + 1) if layout.lower[k : k + 1] == ["by"]), None)
    phrase = noun_phrase(layout, names, by + 1, hi) if by is not None else None
    if phrase is None and quote.last - quote.first < 2:
        return []
    if lemma in NAMING and (phrase is None or layout.lower[quote.first] not in {"a", "an"}):
        return []
    span = (quote.source.start, quote.source.end)
    return reported(layout, Report(cue, lemma, lo, hi, phrase), [span], rule="label in quotation marks, passive")
