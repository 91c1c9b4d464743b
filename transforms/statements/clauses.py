"""A cue without a quotation of its own -> the clause that it reports: after it, before it or around it."""

from transforms.language.grammar import FINITE
from transforms.language.roles import PERSONS, singular
from transforms.statements.contents import after_time, complement, has_clause
from transforms.statements.cues import frame_of
from transforms.statements.drafting import Report, clause_span, reported
from transforms.statements.drafts import Draft, Range, shown_end
from transforms.statements.endings import before_narration, cut
from transforms.statements.fronting import fronted
from transforms.statements.layout import Layout
from transforms.statements.phrases import AUXILIARY
from transforms.statements.words import DOCUMENTS, MANNER, NAMING, ORGANISATIONS, SPEECH

OBJECTS = frozenset({"obj", "dobj"})
FINDING = frozenset({"show", "find", "estimate", "learn"})
THOUGHTS = frozenset({"think", "believe", "fear", "hope", "suspect", "feel"})
REMARKS = frozenset({"as", "while", "after", "amid", "adding", "citing", "who", "when"})


def clause_of(layout: Layout, report: Report) -> list[Draft]:
    """Return the statement of the clause that the cue governs, or that stands before it."""
    if report.lemma in (MANNER - SPEECH) | {"continue", "read"} and not _told(layout, report):
        return []
    found = None if report.turned else complement(layout, report.cue, report.lemma, report.hi)
    if found is not None and found[1] == "clause" and _ended(layout, report):
        found = None
    behind = _after_or_aside(layout, report, found)
    return behind if behind or found is not None else _before(layout, report)


def _after_or_aside(layout: Layout, report: Report, found: tuple[int, str] | None) -> list[Draft]:
    """Return the statement of the clause after the cue, or of the one that it is an aside in."""
    if found is None or found[1] == "clause":
        aside = _as_told(layout, report)
        if aside is not None:
            return reported(layout, report, [clause_span(layout, *aside)], rule="as somebody says")
    if found is not None:
        return _governed(layout, report, *found)
    return _label(layout, report)


def _before(layout: Layout, report: Report) -> list[Draft]:
    """Return the statement of the clause that stands before the cue."""
    fronting = frame_of(report.lemma) == "speech" or report.lemma in THOUGHTS or _finding(layout, report)
    if report.phrase is None or not fronting:
        return []
    edge = report.cue if report.turned else report.phrase.first
    after = report.phrase.last if report.turned else report.cue + 1
    if _relative(layout, report):
        return []
    part = fronted(layout, edge, report.lo, after=(after, report.hi), turned=report.turned)
    if part is None:
        return []
    return around(layout, report, part, rule="clause, cue after it")


def _label(layout: Layout, report: Report) -> list[Draft]:
    """Return what somebody calls something without quotation marks: "called the trip a mistake"."""
    if report.lemma not in NAMING | {"describe"} or report.turned or report.phrase is None:
        return []
    wanted = OBJECTS | ({"obl", "prep"} if report.lemma == "describe" else {"xcomp", "oprd"})
    right = [t.i for t in layout.doc[report.cue].rights if t.dep_ in wanted and t.i < report.hi]
    if len(right) < 2 or layout.doc[right[0]].dep_ not in OBJECTS or any(layout.inside[k] >= 0 for k in right):
        return []
    what, said = right[0], right[1]
    if report.lemma == "describe" and "as" not in layout.lower[what:said]:
        return []
    end = cut(layout, report.cue, said, report.hi)
    return reported(layout, report, [clause_span(layout, report.cue + 1, end)], rule="label")


def _relative(layout: Layout, report: Report) -> bool:
    """Return whether the cue tells more of a noun before its subject: "a plan Berg announced", "a claim he denies"."""
    phrase = report.phrase
    if report.lemma in {"deny", "reject", "dismiss"}:
        return True
    if phrase is None or report.turned or phrase.name is None or phrase.name[0] - phrase.first < 2:
        return False
    before = phrase.name[0] - 1
    article = layout.lower[phrase.first] in {"a", "an"}
    return article and layout.tags[before] == "NN" and singular(layout.lower[before]) not in PERSONS | ORGANISATIONS


def _told(layout: Layout, report: Report) -> bool:
    """Return whether a verb of manner has a clause with "that": "moaned that the budget was late"."""
    return layout.lower[report.cue + 1 : report.cue + 2] == ["that"]


def _finding(layout: Layout, report: Report) -> bool:
    """Return whether a poll, a study or an office finds or shows what stands before it."""
    if report.lemma not in FINDING or report.phrase is None:
        return False
    return singular(layout.lower[report.phrase.head]) in DOCUMENTS | ORGANISATIONS


def _as_told(layout: Layout, report: Report) -> Range | None:
    """Return the clause beside "As Berg reported last week, …" or "…, as Berg put it"."""
    phrase = report.phrase
    if phrase is None or report.turned or layout.lower[phrase.first - 1 : phrase.first] != ["as"]:
        return None
    if report.lemma not in SPEECH or frame_of(report.lemma) != "speech":
        return None
    at = phrase.first - 1
    if at == report.lo:
        comma = next((k for k in range(report.cue, report.hi) if layout.words[k] == ","), None)
        return (comma + 1, report.hi) if comma is not None and has_clause(layout, comma, report.hi) else None
    closed = after_time(
        layout, report.cue + 1 + (layout.lower[report.cue + 1 : report.cue + 2] in (["it"], ["out"])), report.hi
    )
    ended = closed >= report.hi or layout.lower[closed] in {"in", "on", "at", "during"}
    ends = ended and layout.words[at - 1] == "," and has_clause(layout, report.lo, at - 1)
    return (report.lo, at - 1) if ends else None


def _ended(layout: Layout, report: Report) -> bool:
    """Return whether the clause stood before the cue and a remark follows: "…, Berg said on Monday, as …"."""
    after = after_time(layout, report.cue + 1, report.hi)
    comma = report.phrase.first - 1 if report.phrase is not None else report.lo
    if after >= report.hi or layout.words[after] != "," or comma <= report.lo or layout.words[comma] != ",":
        return False
    return layout.tags[report.lo] not in {"VBN", "VBG", "IN"} and has_clause(layout, report.lo, comma)


def _governed(layout: Layout, report: Report, start: int, how: str) -> list[Draft]:
    if how == "clause" and frame_of(report.lemma) == "label":
        return []
    if how == "clause" and layout.lower[start] == "that":  # "proposed a bill that she said would help"
        return []
    end = cut(layout, report.cue, start, report.hi)
    if (
        how == "clause" and next((t for t in layout.tags[start:end] if t != ","), "") in FINITE
    ):  # the cue was a participle: "the plan, announced Monday, is"
        return []
    if how == "infinitive":
        end = before_narration(layout, start, end)
    span = clause_span(layout, start, end)
    return reported(layout, report, [span], rule=f"cue, then {how}")


def around(layout: Layout, report: Report, part: Range, *, rule: str) -> list[Draft]:
    """Return the statement whose clause stands before its cue, and goes on after it where it is broken."""
    spans = [clause_span(layout, *part) or layout.span(*part)]
    tail = (shown_end(report.phrase) if report.phrase and report.turned else report.cue + 1) + 1
    goes_on = tail < report.hi and layout.words[tail - 1] == "," and _goes_on(layout, part, tail, report.hi)
    if goes_on and not _own_clause(layout, tail, report.hi):
        rest = clause_span(layout, tail, cut(layout, report.cue, tail, report.hi))
        return reported(layout, report, [*spans, rest], rule=rule)
    return reported(layout, report, [*spans], rule=rule)


def _goes_on(layout: Layout, part: Range, at: int, hi: int) -> bool:
    """Return whether the clause before the cue is whole only with what follows: "It was, he said, at sea"."""
    open_ended = layout.lower[part[1] - 1] in AUXILIARY or not has_clause(layout, *part)
    if open_ended or layout.inside[at] >= 0:
        return True
    because = layout.lower[at] in {"since", "because", "unless", "if", "so", "though", "although", "than"}
    return because or layout.tags[at] == "CC" or any(layout.tags[k] in FINITE for k in range(at, min(hi, at + 3)))


def _own_clause(layout: Layout, at: int, hi: int) -> bool:
    """Return whether what follows the reporting clause is the reporter's own remark: "…, as protests grew"."""
    word = layout.lower[at]
    return word in REMARKS or layout.tags[at] == "VBG" or hi - at < 2
