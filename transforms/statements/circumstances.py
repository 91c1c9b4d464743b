"""Around a statement's cue: to whom, at what occasion, where and when it was said, with their places in the text."""

import datetime as dt
import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from schemas.documents import Span, When
from schemas.statements import Addressee, Occasion, Statement
from transforms.language.grammar import FINITE
from transforms.language.names import Names
from transforms.language.times import DAYS, MONTHS, NEAR, TIME, UNITS, resolve
from transforms.statements.drafting import bounds
from transforms.statements.drafts import Draft, Phrase, Range, shown_end
from transforms.statements.layout import Layout
from transforms.statements.occasions import KIND_OF, NOTHING, Told, View, read_clause
from transforms.statements.phrases import first_head
from transforms.statements.referents import SAME_TURN, Referent

MOST = 40
"""Tokens of a reporting clause that are looked at, to either side."""

YEAR = len(", 2025")
"""A year stands behind a comma: "on October 10, 2025, the council said"."""

OPENERS = frozenset(
    {
        "in", "at", "on", "during", "via", "speaking", "talking", "addressing", "writing", "appearing", "testifying",
        "late", "early", "earlier", "last", "to", "from", "outside", "inside", "near", "today", "yesterday", "posting",
    }
)  # fmt: skip
"""Words with which a part between commas may tell of the occasion."""

ENDING = frozenset(
    {
        "as", "while", "after", "before", "when", "where", "who", "whom", "whose", "which", "that", "because", "since",
        "until", "amid", "following", "if", "whether", "ahead", "citing", "adding", "but", "though", "although", "how",
        "why", "what", "despite", "about", "against", "referring", "commenting", "regarding", "concerning",
    }
)  # fmt: skip
"""Words that lead on to something else than the speaking."""

PARTED = frozenset({",", "—", "–", "(", ")", "--"})
NOT_BEFORE = frozenset({"of", "since", "from", "until", "till", "before", "after", "for", "to", "through", "about"})
ARTICLES = frozenset({"the", "a", "an", "his", "her", "their", "its", "this"})
LINKING = frozenset({"but", "and", "yet", "so", "then", "later", "meanwhile", "also", "earlier"})
"""Words that a sentence may begin with before it tells of the occasion."""

TIMELY = frozenset({*DAYS, *MONTHS, *(f"{month}." for month in MONTHS), *NEAR, *UNITS, "ago"})
"""One of them stands in whatever TIME finds."""

AHEAD = ("tomorrow", "next", "by")
"""Times at which nobody has spoken yet."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is told of the speaking; `time` in characters."""

    told: Told = NOTHING
    time: When | None = None

    def or_else(self, other: "Circumstances") -> "Circumstances":
        """Return what this one tells, and the other's word where this one is silent."""
        return Circumstances(self.told.or_else(other.told), self.time or other.time)


NONE = Circumstances()


class Clauses:
    """The reporting clauses of a document, asked for in the order of its statements."""

    def __init__(self, layout: Layout, names: Names, published: dt.date | None) -> None:
        self.layout, self.names, self.published = layout, names, published
        self.known: dict[int, Circumstances] = {}
        self.last: tuple[int, Phrase | None, Circumstances] = (-1, None, NONE)

    def placed(self, draft: Draft, referent: Referent | None, statement: Statement) -> Statement:
        """Return the statement with what is told of its speaking."""
        found = self._of(draft, same_turn=referent is not None and referent.why == SAME_TURN)
        return statement if found == NONE else _told(self.layout, self.names, statement, found)

    def _of(self, draft: Draft, *, same_turn: bool) -> Circumstances:
        """Return what is told of a statement's speaking; a turn's next sentence has what the one before it had."""
        if draft.cue is None:
            here = self.layout.paragraph[self.layout.token_at(draft.start)]
            before, _, known = self.last
            return known if same_turn and before >= 0 and self.layout.paragraph[before] == here else NONE
        cue = draft.cue[0]
        if cue not in self.known:
            self.known[cue] = self._shared(draft, self._read(draft))
        self.last = cue, draft.phrase, self.known[cue]
        return self.known[cue]

    def _shared(self, draft: Draft, found: Circumstances) -> Circumstances:
        """Return what the sentence's first report tells, for a second one of the same speaker: "…, adding that"."""
        before, phrase, known = self.last
        assert draft.cue is not None
        one = before >= 0 and phrase is not None and phrase == draft.phrase
        together = one and self.layout.sentence(before) == self.layout.sentence(draft.cue[0])
        return found.or_else(known) if together else found

    def _read(self, draft: Draft) -> Circumstances:
        parts = clause_parts(self.layout, draft)
        if not parts:
            return NONE
        assert draft.cue is not None
        times = [m for part in parts for m in self._times(part)]
        ends = {bisect_left(self.layout.offsets, m.end()) - 1 for m in times}
        phrase = draft.phrase
        owner = phrase.last - 1 if phrase is not None and (phrase.name is None or phrase.name[1] < phrase.last) else -1
        view = View(self.layout, self.names, draft.cue[1] - 1, draft.lemma, owner)
        return Circumstances(read_clause(view, parts, ends), self._time(times, draft.cue[0]))

    def _time(self, times: list[re.Match[str]], cue: int) -> When | None:
        """Return the time of the clause that stands nearest to the cue."""
        nearest = min(times, key=lambda m: abs(m.start() - self.layout.offsets[cue]), default=None)
        if nearest is None:
            return None
        date, precision = resolve(nearest, self.published, future=False)
        return When(start=nearest.start(), end=nearest.end(), text=nearest[0], date=date, precision=precision)

    def _times(self, part: Range) -> list[re.Match[str]]:
        if TIMELY.isdisjoint(self.layout.lower[slice(*part)]):
            return []
        start, end = self.layout.span(*part)
        found = TIME.finditer(self.layout.text, start, end + YEAR)
        return [m for m in found if m.start() < end and self._is_of_speaking(m)]

    def _is_of_speaking(self, found: re.Match[str]) -> bool:
        """Return whether the time is that of the speaking: no "war of March 2", no "Monday vote", no "tomorrow"."""
        layout = self.layout
        first, after = layout.token_at(found.start()), bisect_left(layout.offsets, found.end())
        before = layout.lower[first - 1] if first else ""
        if found[0].lower().startswith(AHEAD) or before in NOT_BEFORE:
            return False
        if layout.tags[after : after + 1] not in (["NN"], ["NNS"], ["NNP"], ["NNPS"], ["POS"], ["JJ"]):
            return before not in ARTICLES
        head = layout.lower[first_head(layout, after, min(after + 8, len(layout.words)))]
        return head in KIND_OF or (layout.tags[after] != "POS" and before not in ARTICLES and self._is_apart(after))

    def _is_apart(self, at: int) -> bool:
        """Return whether a noun after a time begins something new: "told reporters Monday Kastovia would wait"."""
        return self.layout.tags[at] == "NNP"


def clause_parts(layout: Layout, draft: Draft) -> list[Range]:
    """Return the parts of the sentence, around the cue and outside what was said, that tell of the speaking."""
    assert draft.cue is not None
    cue, after = draft.cue
    lo, hi = bounds(layout, cue)
    phrase = draft.phrase
    said = [(bisect_left(layout.ends, a + 1), bisect_left(layout.offsets, b)) for a, b in draft.content]
    first = min(cue, phrase.first) if phrase is not None else cue
    tail = max(after, shown_end(phrase)) if phrase is not None else after
    head_from = max([lo, first - MOST, *(b for _, b in said if b <= first)])
    tail_to = min([hi, tail + MOST, *(a for a, _ in said if a >= tail)])
    parts: list[Range] = []
    if head_from == lo and first > lo:
        while lo < first and layout.lower[lo] in LINKING | {","}:
            lo += 1
        parts += _parts(layout, lo, first, opened=False)
    if phrase is not None and phrase.first < cue:
        parts += _parts(layout, shown_end(phrase), cue, opened=True)
    elif phrase is not None and phrase.first > after:  # "announced on Monday the governor"
        parts += _parts(layout, after, phrase.first, opened=True)
    return parts + _parts(layout, tail, tail_to, opened=True)


def _parts(layout: Layout, first: int, last: int, *, opened: bool) -> list[Range]:
    """Return the pieces between commas that may tell of the speaking, up to where something else begins."""
    found: list[Range] = []
    start = first
    for k in range(first, last + 1):
        over = k < last and (layout.lower[k] in ENDING or layout.tags[k] in FINITE or layout.inside[k] >= 0)
        if k == last or over or layout.words[k] in PARTED:
            if start < k and ((opened and start == first) or layout.lower[start] in OPENERS or _dated(layout, start)):
                found.append((start, k))
            start = k + 1
        if over:
            return found if opened else []
    return found


def _dated(layout: Layout, at: int) -> bool:
    return layout.lower[at].endswith("day") or layout.words[at][:1].isdigit()


def _told(layout: Layout, names: Names, statement: Statement, found: Circumstances) -> Statement:
    told = found.told
    return replace(
        statement,
        addressee=_addressee(layout, names, told.hearer) if told.hearer else None,
        occasion=_occasion(layout, told) if told.occasion else None,
        place=_span(layout, told.place) if told.place else None,
        time=found.time,
    )


def _addressee(layout: Layout, names: Names, phrase: Phrase) -> Addressee:
    start, end = layout.span(phrase.first, max(phrase.last, phrase.name[1]) if phrase.name else phrase.last)
    name = names.at(phrase.name[0]) if phrase.name else None
    text = layout.text[start:end]
    return Addressee(start=start, end=end, text=text, name=name.text if name else text)


def _occasion(layout: Layout, told: Told) -> Occasion:
    assert told.occasion is not None
    kind, place = told.occasion
    start, end = layout.span(*place)
    end -= layout.text[start:end] == "X."  # the tokenizer's abbreviation
    return Occasion(start=start, end=end, text=layout.text[start:end], type=kind)


def _span(layout: Layout, place: Range) -> Span:
    start, end = layout.span(*place)
    return Span(start=start, end=end, text=layout.text[start:end])
