"""A reporting verb -> its subject, wherever that stands: before it, behind it, or with the verb it is joined to."""

from dataclasses import replace

from transforms.language.names import Names
from transforms.statements.appositions import may_speak
from transforms.statements.cues import lemma_of
from transforms.statements.drafting import Report, bounds
from transforms.statements.drafts import Phrase, shown_end
from transforms.statements.layout import Layout, Quote
from transforms.statements.phrases import NOMINAL
from transforms.statements.speakers import inverted, preverbal
from transforms.statements.words import SPEECH

UNTURNED = frozenset(
    {"tell", "inform", "assure", "remind", "notify", "convince", "brief", "call", "accuse", "describe"}
)
"""Verbs whose subject never stands behind them: the words there are the hearer."""

JOINING = frozenset({"and", "but", "or", ","})
TITLED = frozenset({"entitled", "titled", "called", "named", "headlined", "nicknamed", "dubbed"})


def governing(layout: Layout, names: Names, cue: int, lemma: str) -> Report:
    """Return the cue with its sentence and its subject."""
    lo, hi = bounds(layout, cue)
    if _aside(layout, cue, lo):
        hi = next((k for k in range(cue, hi) if layout.words[k] == ","), hi)
    quote = layout.quote_before(cue)
    titled = quote is not None and layout.lower[quote.left - 1] in TITLED
    joined = layout.tags[cue] == "VBG" and quote is not None and quote.left > lo  # "on “Dawn,” joking that she had"
    near = (
        quote.right if quote and not titled and not joined and cue - quote.right < 25 and layout.closing(quote) else lo
    )
    behind = _behind(layout, names, cue, lemma, hi=hi)
    if behind is not None and not _turns(layout, names, cue, behind, quote=quote, lo=near):
        behind = None
    if behind is not None:
        return Report(cue, lemma, lo, hi, behind, turned=True)
    before = preverbal(layout, names, cue, near)
    if before is None and near > lo and quote is not None and not layout.closing(quote):
        before = preverbal(layout, names, cue, lo)
    if before is None and lemma in UNTURNED:
        behind = _misplaced(layout, names, cue, hi)
        return Report(cue, lemma, lo, hi, behind, turned=behind is not None)
    return Report(cue, lemma, lo, hi, before)


def shared(layout: Layout, report: Report, last: Report | None) -> Report:
    """Return the report with the subject of the one before it in the sentence: "…, adding that", "… and said"."""
    if last is None or last.phrase is None or last.lo != report.lo or last.cue > report.cue:
        return report
    at = report.cue - 1
    while at > report.lo and layout.tags[at] in {"RB", "RBR"}:
        at -= 1
    participle = layout.tags[report.cue] == "VBG" and layout.words[at] == ","
    joined = (report.phrase is None or _within(layout, report.phrase, last)) and layout.lower[at] in JOINING
    return replace(report, phrase=last.phrase, turned=False) if participle or joined else report


def _within(layout: Layout, phrase: Phrase, last: Report) -> bool:
    """Return whether a subject belongs to what was reported: "said that **the halt** hurt, and called it “…”"."""
    if phrase.first <= last.cue or layout.tags[phrase.head] not in NOMINAL:
        return False
    verb = layout.doc[phrase.head].head
    return verb.dep_.split(":")[0] in {"ccomp", "acl", "xcomp"} and last.cue < verb.i


def _behind(layout: Layout, names: Names, cue: int, lemma: str, *, hi: int) -> Phrase | None:
    """Return the subject behind the verb, if a comma, a dash or a quotation mark before it turns the order round."""
    at = cue - 1
    if at > 0 and layout.lower[at] in {"has", "have", "had"}:  # “…”, has added the minister
        at -= 1
    led = at < cue - 1 and layout.words[at] == "," and layout.inside[at - 1] < 0  # "Berg, has judged the plan “…”"
    opens = at >= 0 and not led and (layout.words[at] in {",", "—", "–", "-"} or layout.inside[at] >= 0)
    if not opens or layout.tags[cue] == "VBG" or lemma in UNTURNED:
        return None
    return inverted(layout, names, cue, hi)


def _turns(layout: Layout, names: Names, cue: int, behind: Phrase, *, quote: Quote | None, lo: int) -> bool:
    """Return whether the words behind are the subject: a comma alone turns no pronoun, nor where one stands before."""
    if (quote is not None and cue - quote.right <= 2) or layout.lower[cue - 1] in {"has", "have", "had"}:
        return True
    if layout.lower[cue] in {"announced", "pointed", "added", "warned"} and shown_end(behind) >= bounds(layout, cue)[1]:
        return True  # "one must wait, pointed out a pilot, Anna Berg."
    before = preverbal(layout, names, cue, lo, parsed=True)
    if before is not None and layout.words[cue - 1] == "," and lemma_of(layout.doc[cue]) in SPEECH:
        told = before.name or before.alias or may_speak(layout, names, before.head)
        return not told and may_speak(layout, names, behind.head)
    return layout.tags[behind.head] != "PRP" and before is None


def _misplaced(layout: Layout, names: Names, cue: int, hi: int) -> Phrase | None:
    """Return the subject of a verb that never has it behind but in bad translations: "…, told a lady"."""
    if layout.tags[cue] == "VBG" or cue == 0 or not (layout.words[cue - 1] == "," or layout.inside[cue - 1] >= 0):
        return None
    found = inverted(layout, names, cue, hi)
    if found is None:
        return None
    after = shown_end(found) + (layout.words[shown_end(found) : shown_end(found) + 1] == [","])
    return found if found.last >= hi - 1 or layout.lower[after : after + 1] == ["to"] else None


def _aside(layout: Layout, cue: int, lo: int) -> bool:
    """Return whether the cue stands in a relative clause between commas: "Berg, who has denied it, said"."""
    at = cue - 1
    while at > max(lo, cue - 5) and layout.lower[at] != "who":
        at -= 1
    return at > lo and layout.lower[at] == "who" and layout.words[at - 1] == ","
