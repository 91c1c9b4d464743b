"""Quotations without a cue of their own: whose turn it is to speak; and which are no speech at all."""

from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate

from transforms.language.grammar import FINITE, SUBJECTS
from transforms.language.names import Names
from transforms.language.roles import PERSONS, singular
from transforms.statements.contents import has_clause
from transforms.statements.drafts import Draft, Phrase
from transforms.statements.floor import speaks_of
from transforms.statements.layout import FINAL, Layout, Quote
from transforms.statements.naming import NOUNS
from transforms.statements.owners import agent, for_whom_it_is, label, opinion, said_after, signature, signed
from transforms.statements.speakers import subject_at

HEADING = 12
"""Words of a longer paragraph in marks are no heading, stop or no stop."""

LONE = frozenset({"he", "she", "they", "another", "one", "others", "other", "both"})
"""Words that stand for somebody without a noun."""


def add_floating(layout: Layout, names: Names, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with one more for each quotation that stands alone and is speech, and reopened ones joined."""
    found = _joined(layout, drafts)
    board = _Board(layout, found)
    for before, quote in zip([None, *layout.quotes], layout.quotes, strict=False):
        if board.holds(quote):
            continue
        draft = _floating(layout, names, quote, board)
        if draft is None:
            continue
        n = board.owner.get(before.source.start) if before is not None and quote.source.continues else None
        if n is not None and found[n].kind == "direct":
            old = found[n]
            found[n] = replace(old, content=old.content + draft.content, quoted=old.quoted + draft.quoted)
            board.owner[quote.source.start] = n
        else:
            found.append(replace(draft, ahead=_ahead(layout, quote, board, found)) if draft.floating else draft)
            board.add(draft, len(found) - 1)
    return sorted(found, key=lambda d: (d.start, d.end))


class _Board:
    """What is already reported, asked for by place."""

    def __init__(self, layout: Layout, drafts: list[Draft]) -> None:
        self.layout = layout
        self.owner: dict[int, int] = {}
        self.spoken_in: dict[int, int] = {}
        self.reported = {layout.sentence(d.cue[0])[0] for d in drafts if d.cue is not None}
        spans = sorted(span for d in drafts for span in (*d.content, *d.quoted))
        self.starts = [a for a, _ in spans]
        self.ends = list(accumulate((b for _, b in spans), max))
        for n, draft in enumerate(drafts):
            self.add(draft, n)

    def add(self, draft: Draft, n: int) -> None:
        """Note a draft: whose quotations they are, and the paragraph in which somebody speaks directly."""
        for start, _ in draft.content:
            self.owner[start] = n
        if draft.kind == "direct":
            at = self.layout.paragraph[self.layout.token_at(draft.start)]
            self.spoken_in[at] = min(draft.start, self.spoken_in.get(at, draft.start))

    def holds(self, quote: Quote) -> bool:
        """Return whether a draft contains the quotation."""
        at = bisect_right(self.starts, quote.source.start) - 1
        return at >= 0 and self.ends[at] >= quote.source.end

    def speaks_before(self, quote: Quote) -> bool:
        """Return whether somebody speaks directly in the quotation's paragraph before it."""
        first = self.spoken_in.get(self.layout.paragraph[quote.left])
        return first is not None and first < quote.source.start


def _joined(layout: Layout, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with the paragraphs of one long quotation put together where its cue came last."""
    by_start = {span[0]: n for n, d in enumerate(drafts) for span in d.content if d.kind == "direct"}
    found = list(drafts)
    for before, quote in zip(layout.quotes, layout.quotes[1:], strict=False):
        n = by_start.get(quote.source.start)
        if not quote.source.continues or n is None or before.source.start in by_start:
            continue
        span = (before.source.start, before.source.end)
        found[n] = replace(found[n], content=(span, *found[n].content), quoted=(span, *found[n].quoted))
        by_start[span[0]] = n
    return found


def _ahead(layout: Layout, quote: Quote, board: _Board, found: list[Draft]) -> Phrase | None:
    """Return who is named as speaking where the next paragraph opens with a quotation, as this one did."""
    at = bisect_right(layout.lefts, quote.left)
    opens = quote.left == 0 or "\n" in layout.words[quote.left - 1]
    if not opens or at >= len(layout.quotes) or layout.quotes[at].left != quote.right + 1:
        return None
    n = board.owner.get(layout.quotes[at].source.start)
    phrase = found[n].phrase if n is not None else None
    return phrase if phrase is not None and phrase.name is not None else None


def _floating(layout: Layout, names: Names, quote: Quote, board: _Board) -> Draft | None:
    span = (quote.source.start, quote.source.end)
    alone = _alone(layout, quote)
    under = signature(layout, names, quote) or (said_after(layout, names, quote) if alone else None)
    if under is not None:
        return Draft("direct", (span,), (span,), None, "", under, "quotation with its speaker behind it", 0.8)
    if _heading(layout, quote):
        return None
    phrase = None if not alone or _reported_before(layout, quote, board) else _introducer(layout, names, quote)
    if alone and (_utterance(layout, quote) or _introduced(layout, quote) or _short(layout, quote, phrase)):
        topic = (
            _introduced(layout, quote) and layout.tags[layout.sentence(quote.left - 1)[0]] == "IN"
        )  # "On taxes: “…”"
        if phrase is None and _introduced(layout, quote) and not topic and not _reported_before(layout, quote, board):
            return Draft("direct", (span,), (span,), None, "", None, "quotation after a colon", 0.6)
        rule = "quotation after its speaker's sentence" if phrase else "quotation in the speaker's turn"
        score = 0.7 if phrase else 0.8
        return Draft("direct", (span,), (span,), None, "", phrase, rule, score, floating=phrase is None)
    if not alone and quote.last - quote.first > 4 and board.speaks_before(quote):
        rule = "words of a clause quoted in the speaker's turn"
        if has_clause(layout, quote.first, quote.last):
            return Draft("mixed", (span,), (span,), None, "", None, rule, 0.65, floating=True)
    return None


def _alone(layout: Layout, quote: Quote) -> bool:
    """Return whether the quotation is a sentence of its own: nothing of one before it or after it."""
    before, after = quote.left - 1, quote.right
    opens = before < 0 or layout.words[before].isspace() or layout.words[before] in FINAL or layout.inside[before] >= 0
    starts = opens or quote.left == layout.sentence(quote.left)[0]
    ends = after >= len(layout.words) or layout.words[after].isspace() or layout.words[after] in FINAL
    return starts and (ends or layout.sentence(min(after, len(layout.words) - 1))[0] == after)


def _heading(layout: Layout, quote: Quote) -> bool:
    """Return whether a few words in marks are a paragraph without any stop: a heading between paragraphs."""
    opens = quote.left == 0 or "\n" in layout.words[quote.left - 1]
    closes = "\n" in "".join(layout.words[quote.right : quote.right + 1])
    short = opens and closes and quote.last - quote.first < HEADING and not quote.source.repairs
    return short and not layout.closing(quote) and not quote.source.continues


def _utterance(layout: Layout, quote: Quote) -> bool:
    """Return whether the words can be said alone: a clause, or a few words with their final punctuation."""
    length = quote.last - quote.first
    final = layout.text[quote.source.end - 1] in ".?!…" or bool(quote.source.repairs)
    return (length > 2 and has_clause(layout, quote.first, quote.last)) or (length > 2 and final)


def _short(layout: Layout, quote: Quote, phrase: Phrase | None) -> bool:
    """Return whether a word or two are somebody's answer: "Berg's answer was short. “No.”"."""
    return phrase is not None and layout.text[quote.source.end - 1] in ".?!"


def _reported_before(layout: Layout, quote: Quote, board: _Board) -> bool:
    """Return whether the sentence before the quotation reports something already: then its speaker goes on."""
    at = quote.left - 1
    if at < 0 or layout.words[at].isspace():
        return False
    return layout.sentence(at)[0] in board.reported


def _introducer(layout: Layout, names: Names, quote: Quote) -> Phrase | None:
    """Return the person who is the subject of the sentence right before: "Berg was blunt: “…”"."""
    at = _last_before(layout, quote)
    if at is None:
        return None
    lo, hi = layout.sentence(at)
    if any(layout.inside[k] >= 0 for k in range(lo, min(hi, quote.left))):
        return None
    owner = opinion(layout, names, (lo, at))
    if owner is not None:
        return owner
    short = layout.words[at] == ":" and not has_clause(layout, lo, at)
    named = agent(layout, names, lo, at) or label(layout, names, lo, at) if short else signed(layout, names, lo, at)
    if short or named is not None:
        return named
    subject = _subject(layout, names, lo, at)
    if subject is not None and layout.words[at] != ":" and speaks_of(layout, names, subject, (quote.first, quote.last)):
        return None
    return subject or for_whom_it_is(layout, names, lo, at)


def _subject(layout: Layout, names: Names, lo: int, at: int) -> Phrase | None:
    """Return the subject of a sentence, if it is somebody who may go on to speak."""
    subjects = [k for k in range(lo, at) if _is_subject(layout, k)]
    main = next((k for k in subjects if layout.doc[k].head.dep_ == "ROOT"), None)
    head = main if main is not None else next(iter(subjects), None)
    if head is None:
        return None
    verb = next((k for k in range(head + 1, at) if layout.tags[k] in FINITE), at)
    subject = subject_at(layout, names, head, lo, verb)
    person = subject.name or layout.lower[head] in LONE or singular(layout.lower[head]) in PERSONS
    leads = person or layout.words[at] == ":"
    first = subject.first - lo <= 3 or main is not None or (subject.name is not None and len(subjects) == 1)
    return subject if leads and first else None


def _last_before(layout: Layout, quote: Quote) -> int | None:
    """Return the last token of the sentence before the quotation, where that one is in its paragraph or ends in ":"."""
    at = quote.left - 1
    if at > 0 and layout.words[at].isspace() and layout.words[at - 1] == ":":
        at -= 1
    return None if at < 0 or layout.words[at].isspace() or layout.inside[at] >= 0 else at


def _introduced(layout: Layout, quote: Quote) -> bool:
    """Return whether a colon leads to the quotation: then nobody but the one before the colon speaks."""
    at = _last_before(layout, quote)
    return at is not None and layout.words[at] == ":"


def _is_subject(layout: Layout, at: int) -> bool:
    return layout.doc[at].dep_ in SUBJECTS and (layout.tags[at] in NOUNS | {"PRP"} or layout.lower[at] in LONE)
