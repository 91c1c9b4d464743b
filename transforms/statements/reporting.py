"""Each cue with its subject -> a statement in the making: quotations beside it, the clause after or before it."""

from dataclasses import dataclass, replace

from transforms.language.names import Names
from transforms.statements.contents import FINITE, complement, cut, fronted, has_clause, sentence_end
from transforms.statements.cues import frame_of, lemma_of, reports, takes_addressee
from transforms.statements.drafts import Draft, Phrase, Range
from transforms.statements.layout import Layout, Quote
from transforms.language.roles import PERSONS
from transforms.statements.speakers import AUXILIARY, DAYS, inverted, noun_phrase, possessor, preverbal
from transforms.statements.words import ALONE, REPORT_NOUNS

NOBODY = frozenset({"nobody", "none", "anybody", "anyone"})
UNTURNED = frozenset(
    {"tell", "inform", "assure", "remind", "notify", "convince", "brief", "call", "accuse", "describe"}
)
"""Verbs whose subject never stands behind them: the words there are the hearer."""

CROWD = 20
"""Reports of one sentence that are compared with each other, to either side."""

LIGHT = 18
"""More words than this between a cue and a quotation, and they do not belong together."""


@dataclass(frozen=True, slots=True)
class Report:
    """A cue in its sentence: `lo:hi` the sentence's tokens without final punctuation."""

    cue: int
    lemma: str
    lo: int
    hi: int
    phrase: Phrase | None
    turned: bool = False
    """Whether the subject stands after the verb."""


class Reporting:
    """All reports of one document, as drafts; `claimed` has the quotations that belong to one."""

    def __init__(self, layout: Layout, names: Names) -> None:
        self.layout, self.names = layout, names
        self.last: Report | None = None

    def drafts(self) -> list[Draft]:
        """Return the drafts of all cues, those inside another's content left out, in the order of their content."""
        found: list[Draft] = []
        for i, word in enumerate(self.layout.lower):
            if self.layout.inside[i] >= 0:
                continue
            if word == "according" and self.layout.lower[i + 1 : i + 2] == ["to"]:
                found += self._according(i, i + 2)
            elif word in REPORT_NOUNS and self.layout.lower[i + 1 : i + 2] == ["that"]:
                found += self._noun(i)
            elif (lemma := lemma_of(self.layout.doc[i])) and reports(self.layout.doc[i]):
                found += self._verb(i, lemma)
            elif not lemma and i and self.layout.inside[i - 1] >= 0 and self._speaks(i):
                found += self._verb(i, word)
        return sorted(outermost(self.layout, found), key=lambda d: (d.start, d.end))

    def _speaks(self, i: int) -> bool:
        """Return whether a verb of no list stands between a quotation and its speaker: “…,” deadpanned the keeper."""
        quote = self.layout.quote_before(i)
        if quote is None or quote.right != i or self.layout.tags[i] not in {"VBD", "VBZ"}:
            return False
        if self.layout.closing(quote) not in {",", "?", "!"} or self.layout.lower[i] in AUXILIARY:
            return False
        found = inverted(self.layout, self.names, i, sentence_end(self.layout, self.layout.sentence(i)[1]))
        return found is not None and (found.name is not None or self.layout.lower[found.head] in PERSONS)

    def _verb(self, i: int, lemma: str) -> list[Draft]:
        report = self.last = self._shared(self._report(i, lemma))
        if report.phrase is not None and self.layout.lower[report.phrase.head] in NOBODY:
            return []
        before = self._before(report)
        after = self._after(report, joined=before is not None)
        if before is not None:
            return self._direct(report, before, after)
        if after is not None:
            return self._introduced(report, after)
        return self._clause(report)

    def _shared(self, report: Report) -> Report:
        """Return the report with the subject of the one before it in the sentence: "…, adding that", "… and said"."""
        layout, last = self.layout, self.last
        if last is None or last.phrase is None or last.lo != report.lo or last.cue > report.cue:
            return report
        at = report.cue - 1
        while at > report.lo and layout.tags[at] in {"RB", "RBR"}:
            at -= 1
        participle = layout.tags[report.cue] == "VBG" and layout.words[at] == ","
        joined = report.phrase is None and layout.lower[at] in {"and", "but", "or", ","}
        return replace(report, phrase=last.phrase, turned=False) if participle or joined else report

    def _report(self, i: int, lemma: str) -> Report:
        layout = self.layout
        lo, hi = layout.sentence(i)
        hi = sentence_end(layout, hi)
        hi = next((k for k in range(i, hi) if layout.words[k] == ","), hi) if self._aside(i, lo) else hi
        quote = layout.quote_before(i)
        near = quote.right if quote is not None and i - quote.right < 25 and layout.closing(quote) else lo
        opens = layout.words[i - 1] in {",", "—", "–", "-"} or (i > 0 and layout.inside[i - 1] >= 0)
        turned = None
        if opens and layout.tags[i] != "VBG" and lemma not in UNTURNED:
            turned = inverted(layout, self.names, i, hi)
        if turned is not None and (quote is None or i - quote.right > 2):  # a comma alone turns nothing round
            pronoun = layout.tags[turned.head] == "PRP"
            turned = None if pronoun or preverbal(layout, self.names, i, near, parsed=True) else turned
        subject = preverbal(layout, self.names, i, near) if turned is None else turned
        if subject is None and opens and lemma in UNTURNED and layout.tags[i] != "VBG":
            turned = subject = self._misplaced(i, hi)
        if subject is None and near > lo:
            subject = preverbal(layout, self.names, i, lo) if quote is not None and not layout.closing(quote) else None
        return Report(i, lemma, lo, hi, subject, turned is not None)

    def _misplaced(self, cue: int, hi: int) -> Phrase | None:
        """Return the subject of a verb that never has it behind, in bad translations: “…, told a lady.”"""
        found = inverted(self.layout, self.names, cue, hi)
        return found if found is not None and found.last >= hi - 1 else None

    def _aside(self, cue: int, lo: int) -> bool:
        """Return whether the cue stands in a relative clause between commas: "Berg, who has denied it, said"."""
        at = cue - 1
        while at > max(lo, cue - 5) and self.layout.lower[at] != "who":
            at -= 1
        return at > lo and self.layout.lower[at] == "who" and self.layout.words[at - 1] == ","

    def _before(self, report: Report) -> Quote | None:
        """Return the quotation that ends right before the reporting clause."""
        quote = self.layout.quote_before(report.cue)
        if quote is None or (report.lemma not in ALONE and lemma_of(self.layout.doc[report.cue])):
            return None
        first = report.cue if report.phrase is None or report.turned else report.phrase.first
        if not 0 <= first - quote.right <= 2 and not self._bare_gap(quote.right, first):
            return None
        closing = self.layout.closing(quote)
        if closing in {"", "."} and not report.turned and not self._ends_after(report):
            return None
        return quote

    def _bare_gap(self, first: int, last: int) -> bool:
        return 0 <= last - first < 8 and not any(
            t in FINITE or t[:2] in {"NN", "PR"} for t in self.layout.tags[first:last]
        )

    def _ends_after(self, report: Report) -> bool:
        """Return whether nothing that could be a clause follows the cue in its sentence."""
        return not has_clause(self.layout, report.cue + 1, report.hi)

    def _after(self, report: Report, *, joined: bool) -> Quote | None:
        """Return the quotation that the cue introduces, only hearer, place and time between them."""
        layout = self.layout
        quote = layout.quote_after(report.cue)
        if quote is None:
            return None
        gap = range(report.cue + 1, quote.left)
        tags = {layout.tags[k] for k in gap}
        words = {layout.lower[k] for k in gap}
        aside = ":" in words or (joined and bool(words & {"who", "which"}))
        if len(gap) > LIGHT + 8 * aside or (tags & FINITE and not aside) or "that" in words:
            return None
        if any(lemma_of(layout.doc[k]) and layout.tags[k] == "VBG" for k in gap):
            return None
        ending = layout.words[quote.left - 1]
        if joined:
            return quote if ending in {",", ";", "—", "–", ":"} else None
        if ending in {",", ":"} or not gap:
            return quote
        return quote if frame_of(report.lemma) == "label" or report.lemma in ALONE else None

    def _direct(self, report: Report, before: Quote, after: Quote | None) -> list[Draft]:
        layout = self.layout
        lo = layout.sentence(before.left)[0]
        lead = [k for k in range(lo, before.left) if layout.words[k].isalnum()]
        if lead and layout.inside[lo] < 0 and not self._framed(lo, before.left):
            content = (layout.offsets[lo], before.source.end)
            return [
                self._draft(
                    report, "mixed", (content,), self._quoted(content), rule="sentence with quotation, cue after it"
                )
            ]
        first = (before.source.start, before.source.end)
        if after is None:
            return [self._draft(report, "direct", (first,), (first,), rule="quotation, cue after it")]
        second = (after.source.start, after.source.end)
        if layout.closing(before) in {"", ","} or self._lower(after):
            return [self._draft(report, "direct", (first, second), (first, second), rule="quotation broken by its cue")]
        return [
            self._draft(report, "direct", (span,), (span,), rule="quotation on either side of its cue")
            for span in (first, second)
        ]

    def _framed(self, lo: int, hi: int) -> bool:
        """Return whether the words before a quotation report it already: "Berg added: “…,” she said"."""
        return any(lemma_of(self.layout.doc[k]) and self.layout.tags[k][:2] == "VB" for k in range(lo, hi))

    def _lower(self, quote: Quote) -> bool:
        return self.layout.text[quote.source.start].islower()

    def _introduced(self, report: Report, after: Quote) -> list[Draft]:
        layout = self.layout
        span = (after.source.start, after.source.end)
        spoken = has_clause(layout, after.first, after.last)
        marked = layout.words[after.left - 1] in {",", ":"}
        around = self._parenthetical(report, after)
        if around is not None:
            return self._around(report, around, rule="clause broken by its cue, cue after it")
        gap = after.left - report.cue - 1
        if frame_of(report.lemma) != "speech" and not (marked and spoken):
            content = (layout.offsets[report.cue + 1], after.source.close if gap else after.source.end)
            return [self._draft(report, "mixed", (content,), self._quoted(content), rule="label in quotation marks")]
        if gap and not marked and not takes_addressee(report.lemma) and self._opens_clause(report.cue + 1, after.left):
            end = max(after.right, cut(layout, report.cue, after.left, report.hi))
            span = self._range(report.cue + 1, end)
            return self._spanned(report, span, rule="clause that ends in a quotation")
        if (
            not spoken
            and not marked
            and after.right < report.hi
            and (gap > 0 or layout.tags[after.right] in FINITE | {"IN", "TO", "CC"})
        ):
            end = cut(layout, report.cue, after.left, report.hi)
            content = (
                layout.offsets[report.cue + 1 if gap else after.left],
                max(layout.span(after.left, end)[1], after.source.end),
            )
            return [self._draft(report, "mixed", (content,), self._quoted(content), rule="clause with quotation")]
        return [self._draft(report, "direct", (span,), (span,), rule="cue, quotation after it")]

    def _parenthetical(self, report: Report, after: Quote) -> Range | None:
        """Return the clause before a cue between commas that goes on in the quotation: "It was, Bell said, “…”"."""
        words = self.layout.words
        if report.phrase is None or report.turned or after.left != report.cue + 2 or words[report.cue + 1] != ",":
            return None
        comma = report.phrase.first - 1
        return (report.lo, comma) if comma > report.lo and words[comma] == "," else None

    def _opens_clause(self, first: int, last: int) -> bool:
        """Return whether the words before a quotation begin its clause: "said it “regrets …”", no place or time."""
        tags = self.layout.tags[first:last]
        return tags[0] in {"PRP", "DT", "PRP$", "NNP", "NNS", "EX", "CD"} and not (
            self.layout.lower[first] in {"last", "this", "next", "yesterday"} | DAYS
        )

    def _clause(self, report: Report) -> list[Draft]:
        layout = self.layout
        found = None if report.turned else complement(layout, report.cue, report.lemma, report.hi)
        if found is not None:
            return self._governed(report, *found)
        if frame_of(report.lemma) == "label" or report.phrase is None:
            return []
        edge = report.cue if report.turned else report.phrase.first
        after = report.phrase.last if report.turned else report.cue + 1
        part = fronted(layout, edge, report.lo, after=(after, report.hi), turned=report.turned)
        if part is None:
            return []
        return self._around(report, part, rule="clause, cue after it")

    def _governed(self, report: Report, start: int, how: str) -> list[Draft]:
        layout = self.layout
        end = cut(layout, report.cue, start, report.hi)
        span = self._range(start, end)
        if span is None or (how == "clause" and frame_of(report.lemma) == "label"):
            return []
        kind = "mixed" if self._quoted(span) else "indirect"
        return [self._draft(report, kind, (span,), self._quoted(span), rule=f"cue, then {how}")]

    def _around(self, report: Report, part: Range, *, rule: str) -> list[Draft]:
        """Return the statement whose clause stands before its cue, and goes on after it where it is broken."""
        layout = self.layout
        first = self._range(*part)
        if first is None:
            return []
        spans = [first]
        tail = (report.phrase.last if report.phrase and report.turned else report.cue + 1) + 1
        if tail < report.hi and layout.words[tail - 1] == "," and not self._own_clause(tail, report.hi):
            rest = self._range(tail, cut(layout, report.cue, tail, report.hi))
            spans += [rest] if rest else []
        quoted = tuple(q for span in spans for q in self._quoted(span))
        return [self._draft(report, "mixed" if quoted else "indirect", tuple(spans), quoted, rule=rule)]

    def _own_clause(self, at: int, hi: int) -> bool:
        """Return whether what follows the reporting clause is the reporter's own remark: "…, as protests grew"."""
        word = self.layout.lower[at]
        return (
            word in {"as", "while", "after", "amid", "adding", "citing", "who", "when"}
            or self.layout.tags[at] == "VBG"
            or hi - at < 2
        )

    def _according(self, i: int, start: int) -> list[Draft]:
        layout = self.layout
        lo, hi = layout.sentence(i)
        hi = sentence_end(layout, hi)
        phrase = noun_phrase(layout, self.names, start, hi)
        if phrase is None or layout.lower[phrase.head] in {"plan", "schedule", "rule", "rules", "law"}:
            return []
        report = Report(i, "according", lo, hi, phrase)
        before = layout.quote_before(i)
        if before is not None and i - before.right <= 1 and layout.sentence(before.left)[0] >= before.left - 1:
            span = (before.source.start, before.source.end)
            return [self._draft(report, "direct", (span,), (span,), rule="quotation, according to")]
        if i - lo <= 1:
            comma = next((k for k in range(phrase.last, hi) if layout.words[k] == ","), None)
            comma = self._last_comma(phrase, comma, hi)
            span = self._range(comma + 1, hi) if comma is not None else None
            return self._spanned(report, span, rule="according to, clause after it")
        end = i - 1 if layout.words[i - 1] == "," else i
        if layout.tags[end - 1] == "IN":
            return []
        first = self._start_of(lo, end)
        return self._spanned(report, self._range(first, end), rule="clause, according to")

    def _last_comma(self, phrase: Phrase, comma: int | None, hi: int) -> int | None:
        """Return the comma after the source and its apposition: "According to Ivan Petrov, the minister, …"."""
        if comma is None:
            return comma
        if phrase.name is not None and phrase.name[0] > comma:  # "According to the coach, Anna Berg, …"
            return next((k for k in range(phrase.name[1], hi) if self.layout.words[k] == ","), None)
        following = next((k for k in range(comma + 1, min(hi, comma + 20)) if self.layout.words[k] == ","), None)
        if self.layout.lower[comma + 1 : comma + 2] in (["who"], ["which"], ["speaking"], ["whose"]):
            return following
        if (
            following is None
            or has_clause(self.layout, comma + 1, following)
            or not has_clause(self.layout, following, hi)
        ):
            return comma
        named = phrase.name is not None and phrase.name[1] <= comma
        return following if named and self.layout.lower[comma + 1] in {"a", "an", "the"} else comma

    def _start_of(self, lo: int, end: int) -> int:
        """Return where the clause before "according to" starts: after a joined report, else with its sentence."""
        return next((k + 1 for k in range(end - 1, lo, -1) if self.layout.words[k] == ";"), lo)

    def _spanned(self, report: Report, span: Range | None, *, rule: str) -> list[Draft]:
        if span is None:
            return []
        quoted = self._quoted(span)
        return [self._draft(report, "mixed" if quoted else "indirect", (span,), quoted, rule=rule)]

    def _noun(self, i: int) -> list[Draft]:
        layout = self.layout
        lo, hi = layout.sentence(i)
        hi = sentence_end(layout, hi)
        owner = possessor(layout, self.names, i, lo)
        if owner is None:
            return []
        report = Report(i, layout.lower[i], lo, hi, owner)
        comma = next((k for k in range(i + 2, hi) if layout.words[k] == ","), hi)
        return self._spanned(report, self._range(i + 2, comma), rule="noun, then that")

    def _range(self, first: int, last: int) -> Range | None:
        """Return the characters of a clause, brackets, commas and marks at its ends left out; None if too short."""
        layout = self.layout
        while first < last and layout.words[first] in {",", ":", "—", "–", "-"}:
            first += 1
        while last > first and layout.words[last - 1] in {",", ":", "—", "–", "-", ";", "."}:
            last -= 1
        if last - first < 2:
            return None
        start, end = layout.span(first, last)
        for quote in layout.quotes_in(first, last):
            end = max(end, quote.source.close)
        return start, end

    def _quoted(self, span: Range) -> tuple[Range, ...]:
        return self.layout.quoted_in(*span)

    def _draft(
        self, report: Report, kind: str, content: tuple[Range, ...], quoted: tuple[Range, ...], *, rule: str
    ) -> Draft:
        cue = (report.cue, report.cue + (2 if report.lemma == "according" else 1))
        lemma = "according to" if report.lemma == "according" else report.lemma
        return Draft(
            kind="direct" if kind == "direct" else "mixed" if kind == "mixed" else "indirect",
            content=content,
            quoted=quoted,
            cue=cue,
            lemma=lemma,
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
    """Return the drafts with one for each content: the surest of those that say the same words."""
    best: dict[Range, Draft] = {}
    for draft in drafts:
        key = (draft.start, draft.end)
        if key not in best or (best[key].phrase is None and draft.phrase is not None):
            best[key] = replace(draft)
    return sorted(best.values(), key=lambda d: (d.start, d.end))
