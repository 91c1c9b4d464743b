"""A cue beside a quotation -> what it reports: the quotation, both halves of it, or the clause that it ends."""

from transforms.language.grammar import FINITE
from transforms.statements.clauses import around
from transforms.statements.contents import complement, has_clause
from transforms.statements.cues import frame_of, lemma_of, takes_addressee
from transforms.statements.drafting import Report, clause_span, direct, reported
from transforms.statements.drafts import Draft, Range
from transforms.statements.endings import cut
from transforms.statements.fronting import after_label
from transforms.statements.layout import Layout, Quote
from transforms.statements.phrases import DAYS
from transforms.statements.words import NAMING

TIMELY = frozenset({"last", "this", "next", "yesterday"}) | DAYS
OPENING = frozenset({"PRP", "DT", "PRP$", "NNP", "NNS", "EX", "CD"})


BEHIND = "cue, quotation after it"


def quoted_before(layout: Layout, report: Report, before: Quote, after: Quote | None) -> list[Draft]:
    """Return the statements of a cue that follows a quotation, and may lead to a second one."""
    lo = layout.sentence(before.left)[0]
    lead = [k for k in range(lo, before.left) if layout.words[k].isalnum()]
    if lead and layout.inside[lo] < 0 and layout.words[before.left - 1] != ":" and not _framed(layout, lo, before.left):
        content = (layout.offsets[after_label(layout, lo, before.left)], before.source.close)
        return reported(layout, report, [content], rule="sentence with quotation, cue after it")
    first = (before.source.start, before.source.end)
    if lead and layout.inside[lo] < 0 and _in_clause(layout, lo, before.left):
        return []  # "Berg said that it was “late”, one of them said": Berg's words
    if after is None:
        return [direct(report, first, rule="quotation, cue after it")]
    second = (after.source.start, after.source.end)
    if layout.closing(before) in {"", ","} or _lower(layout, after):
        return [direct(report, first, second, rule="quotation broken by its cue")]
    return [direct(report, span, rule="quotation on either side of its cue") for span in (first, second)]


def _framed(layout: Layout, lo: int, hi: int) -> bool:
    """Return whether the words before a quotation report it already: "Berg added: “…,” she said"."""
    return any(lemma_of(layout.doc[k]) and layout.tags[k][:2] == "VB" for k in range(lo, hi))


def _in_clause(layout: Layout, lo: int, hi: int) -> bool:
    """Return whether a quotation stands in a clause with "that" which somebody else reports."""
    cues = [k for k in range(lo, hi) if layout.tags[k] in FINITE and lemma_of(layout.doc[k])]
    found = [complement(layout, k, lemma_of(layout.doc[k]), hi) for k in cues]
    return any(f is not None and f[1] == "that" and f[0] < hi - 1 for f in found)


def _lower(layout: Layout, quote: Quote) -> bool:
    return layout.text[quote.source.start].islower()


def introduced(layout: Layout, report: Report, after: Quote) -> list[Draft]:
    """Return the statement of a cue that leads to a quotation: all of it, or the clause that it ends."""
    broken = _parenthetical(layout, report, after)
    if broken is not None:
        return around(layout, report, broken, rule="clause broken by its cue, cue after it")
    gap = after.left - report.cue - 1
    marked = layout.words[after.left - 1] in {",", ":"}
    spoken = has_clause(layout, after.first, after.last)
    first = layout.offsets[report.cue + 1 if gap else after.left]
    if not gap and report.lemma in NAMING and not _what(layout, report):  # a ship called “Anna”
        return []
    if frame_of(report.lemma) != "speech" and not (marked and spoken):
        span = (first, _labelled(layout, report, after)) if gap else (after.source.start, after.source.end)
        return reported(layout, report, [span], rule="label in quotation marks")
    if gap and not marked and not takes_addressee(report.lemma) and _opens_clause(layout, report.cue + 1):
        end = max(after.right, cut(layout, report.cue, after.left, report.hi))
        span_ = clause_span(layout, report.cue + 1, end)
        return reported(layout, report, [span_], rule="clause that ends in a quotation")
    if not spoken and not marked and _goes_on(layout, report, after, gap):
        end = layout.span(after.left, cut(layout, report.cue, after.left, report.hi))[1]
        return reported(layout, report, [(first, max(end, after.source.end))], rule="clause with quotation")
    return [*_led(layout, report, after), direct(report, (after.source.start, after.source.end), rule=BEHIND)]


def _led(layout: Layout, report: Report, after: Quote) -> list[Draft]:
    """Return the reported clause between a cue and a colon: "said **nobody had blinked**: “…”"."""
    colon = after.left - 1
    found = complement(layout, report.cue, report.lemma, colon) if layout.words[colon] == ":" else None
    if found is None or found[1] not in {"that", "clause"} or not has_clause(layout, found[0], colon):
        return []
    return reported(layout, report, [clause_span(layout, found[0], colon)], rule=f"cue, then {found[1]}")


def _what(layout: Layout, report: Report) -> bool:
    """Return whether somebody names a thing in his own words: "what he called “a culture of fear”"."""
    return report.phrase is not None and layout.lower[report.phrase.first - 1 : report.phrase.first] == ["what"]


def _labelled(layout: Layout, report: Report, after: Quote) -> int:
    """Return where a clause with a label ends: "accused them of “games” with the budget", not "… and left"."""
    at = after.right
    following = layout.quote_after(at)
    if layout.lower[at : at + 1] in (["and"], ["or"]) and following is not None and following.left == at + 1:
        return following.source.close
    if at >= report.hi or layout.tags[at] not in {"IN", "TO", "NN", "NNS"}:
        return after.source.close
    return max(after.source.close, layout.span(at, cut(layout, report.cue, at, report.hi))[1])


def _goes_on(layout: Layout, report: Report, after: Quote, gap: int) -> bool:
    """Return whether the sentence of a few quoted words goes on after them: "said “peace” was near"."""
    if after.right >= report.hi:
        return False
    return gap > 0 or layout.tags[after.right] in FINITE | {"IN", "TO", "CC"}


def _parenthetical(layout: Layout, report: Report, after: Quote) -> Range | None:
    """Return the clause before a cue between commas that goes on in the quotation: "It was, Bell said, “…”"."""
    words = layout.words
    if report.phrase is None or report.turned or after.left != report.cue + 2 or words[report.cue + 1] != ",":
        return None
    comma = report.phrase.first - 1
    if layout.tags[report.lo] in {"VBN", "VBD", "VBG", "IN", "WRB"}:  # "Asked about it, Berg replied, “…”"
        return None
    return (report.lo, comma) if comma > report.lo and words[comma] == "," else None


def _opens_clause(layout: Layout, first: int) -> bool:
    """Return whether the words before a quotation begin its clause: "said it “regrets …”", no place or time."""
    return layout.tags[first] in OPENING and layout.lower[first] not in TIMELY
