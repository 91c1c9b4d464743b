"""Cues and spans -> drafts: what every way of reporting shares."""

from dataclasses import dataclass

from schemas.statements import StatementKind
from transforms.statements.contents import sentence_end
from transforms.statements.cues import frame_of
from transforms.statements.drafts import Draft, Phrase, Range
from transforms.statements.layout import Layout

CROWD = 20
"""Reports of one sentence that are compared with each other, to either side."""

REACH = 300
"""Tokens around a cue that are looked at: a sentence without end must not cost the square of its length."""

AT_EDGES = frozenset({",", ":", "—", "–", "-"})


@dataclass(frozen=True, slots=True)
class Report:
    """A cue in its sentence: `lo:hi` the tokens without final punctuation; `turned` if the subject stands behind."""

    cue: int
    lemma: str
    lo: int
    hi: int
    phrase: Phrase | None
    turned: bool = False


def bounds(layout: Layout, at: int) -> Range:
    """Return the token range of the sentence around a token, without its final punctuation."""
    lo, hi = layout.sentence(at)
    return max(lo, at - REACH), sentence_end(layout, min(hi, at + REACH))


def clause_span(layout: Layout, first: int, last: int) -> Range | None:
    """Return the characters of a clause without commas and dashes at its ends; None where it is too short to be one."""
    while first < last and layout.words[first] in AT_EDGES:
        first += 1
    while last > first and layout.words[last - 1] in AT_EDGES | {";", "."}:
        last -= 1
    if last - first < 2:
        return None
    start, end = layout.span(first, last)
    return start, max([end, *(quote.source.close for quote in layout.quotes_in(first, last))])


def direct(report: Report, *spans: Range, rule: str) -> Draft:
    """Return the draft of words in quotation marks."""
    return _draft(report, "direct", spans, spans, rule=rule)


def reported(layout: Layout, report: Report, spans: list[Range | None], *, rule: str) -> list[Draft]:
    """Return the draft of a reported clause, mixed where words of it stand in quotation marks; none for no span."""
    content = tuple(span for span in spans if span is not None)
    if not content:
        return []
    quoted = tuple(words for span in content for words in layout.quoted_in(*span))
    return [_draft(report, "mixed" if quoted else "indirect", content, quoted, rule=rule)]


def _draft(
    report: Report, kind: StatementKind, content: tuple[Range, ...], quoted: tuple[Range, ...], *, rule: str
) -> Draft:
    according = report.lemma == "according"
    return Draft(
        kind=kind,
        content=content,
        quoted=quoted,
        cue=(report.cue, report.cue + (2 if according else 1)),
        lemma="according to" if according else report.lemma,
        phrase=report.phrase,
        rule=rule,
        score=0.9 if frame_of(report.lemma) != "belief" else 0.75,
    )


def outermost(layout: Layout, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts whose cue does not stand in what another one of its sentence reports."""
    kept: list[Draft] = []
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        assert draft.cue is not None
        by_sentence.setdefault(layout.sentence(draft.cue[0])[0], []).append(draft)
    for together in by_sentence.values():
        for n, draft in enumerate(together):  # a sentence without end must not cost the square of its length
            near = together[max(0, n - CROWD) : n + CROWD]
            if not any(_covers(layout, other, draft) for other in near if other is not draft):
                kept.append(draft)
    return kept


def _covers(layout: Layout, outer: Draft, inner: Draft) -> bool:
    """Return whether the inner cue stands in the outer content; of two in each other the one after its clause wins."""
    # “…,” he said, according to the Courier: he
    if "according to" in (outer.lemma, inner.lemma) and "direct" in (
        outer.kind,
        inner.kind,
    ):
        return inner.lemma == "according to" and _holds(layout, inner, outer)
    if not _holds(layout, outer, inner):
        return False
    if _holds(layout, inner, outer):
        return "cue after" in outer.rule and "cue after" not in inner.rule
    return True


def _holds(layout: Layout, outer: Draft, inner: Draft) -> bool:
    assert inner.cue is not None
    at = layout.offsets[inner.cue[0]]
    return any(start <= at < end for start, end in outer.content)


def merged(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with one for each content: of those that say the same words, one with a speaker."""
    best: dict[Range, Draft] = {}
    for draft in drafts:
        key = (draft.start, draft.end)
        if key not in best or (best[key].phrase is None and draft.phrase is not None):
            best[key] = draft
    return sorted(best.values(), key=lambda d: (d.start, d.end))
