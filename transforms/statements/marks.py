"""Text -> quotations: quotation marks found, given a direction by structure, paired and repaired."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from transforms.statements.single import single_quotations
from transforms.statements.spoken import SAID, SAID_CLAUSE, SAID_NEXT

MARKS = re.compile(r"(?:[“”„‟«»\"＂〝〞]|``|''|(?<![^\s(]),,(?=[^\s,])|(?<![^\s(]),,(?= [^\s,]))+")
OPENING, CLOSING = frozenset("“„«`〝"), frozenset("”»'〞")
PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
SENTENCE_END = re.compile(r"[.?!…]+[\])’']*(?=\s|$)")
SPEECH_END = ",.?!…"

IGNORE, MISSING, NESTED, UNCLOSED, REOPENED = 3.3, 2.5, 1.5, 2.0, 0.6
Costs = tuple[float, float, float]
Role = str


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: `start:end` are the words, `open:close` the same with their marks."""

    start: int
    end: int
    open: int
    close: int
    repairs: tuple[str, ...] = ()
    continues: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    costs: Costs


def find_quotations(text: str) -> list[Quotation]:
    """Return the text's quotations in order, none inside another; a mark that fits nowhere costs only itself."""
    found: list[Quotation] = []
    running = False
    for line in PARAGRAPH.finditer(text):
        here, left_open = _paragraph(text, line.start(), line.end(), running=running)
        found += here
        running = left_open
    return found


def _paragraph(text: str, lo: int, hi: int, *, running: bool) -> tuple[list[Quotation], bool]:
    marks = list(_marks(text, lo, hi))
    doubles: list[Quotation] = []
    left_open = False
    if marks:
        roles = _roles(marks, reopened=_opens(text, hi))
        doubles, left_open = _Pairing(text, lo, hi, running=running).pair(marks, roles)
    singles = [Quotation(s, e, s - 1, e + 1) for s, e in single_quotations(text, lo, hi)]
    return _merge(doubles, [_trim(text, q) for q in singles]) if singles else doubles, left_open


def _marks(text: str, lo: int, hi: int) -> Iterator[_Mark]:
    low_opener = "„" in text[lo:hi]
    for run in MARKS.finditer(text, lo, hi):
        start, end = run.span()
        joint = _joint(text, start, end, (lo, hi))
        for a, b in ((start, joint), (joint, end)) if joint else ((start, end),):
            yield _Mark(a, b, _costs(text, (a, b), (lo, hi), low_opener=low_opener))


def _joint(text: str, start: int, end: int, bounds: tuple[int, int]) -> int:
    """Return where a run `”“` between two words is a closing and an opening mark, else 0."""
    lo, hi = bounds
    tight = start > lo and end < hi and not text[start - 1].isspace() and not text[end].isspace()
    if tight and text[start] in CLOSING and text[end - 1] in OPENING:
        return next(i for i in range(start, end) if text[i] in OPENING)
    return start + 1 if tight and text[start:end] == '""' and text[start - 1] in SPEECH_END else 0


def _costs(text: str, span: tuple[int, int], bounds: tuple[int, int], *, low_opener: bool) -> Costs:
    (start, end), (lo, hi) = span, bounds
    shape = _shape(text[start:end], low_opener=low_opener)
    before = text[start - 1] if start > lo else "\n"
    after = text[end] if end < hi else "\n"
    last = text[max(lo, start - 3) : start].rstrip()[-1:]
    spoken = last != "" and last in SPEECH_END and bool(SAID_NEXT.match(text, end, min(hi, end + 90)))
    opening = _opening_cost(shape, before, after) + (1.8 if spoken else 0.0)
    closing = _closing_cost(shape, before, after) - (0.5 if last and last in SPEECH_END else 0.0)
    if shape == "open" and last in ".?!" and before.isspace() and after.isupper():
        closing += 2.0  # "… in front of her. “The vein": as plain an opening mark as there is
    inches = shape == "any" and before.isdigit() and not after.isalpha()
    return opening, max(0.0, closing - (0.8 if spoken else 0.0)), 0.4 if inches else IGNORE


def _opening_cost(shape: str, before: str, after: str) -> float:
    cost = {"open": 0.0, "close": 2.0, "any": 0.3}[shape]
    if not (before.isspace() or before in "([{-–—/:"):
        cost += 2.0
    if after.isspace():
        cost += 1.2
    return cost + (2.0 if after in ",.;:!?)" or after == "\n" else 0.0)


def _closing_cost(shape: str, before: str, after: str) -> float:
    cost = {"open": 2.0, "close": 0.0, "any": 0.3}[shape]
    if before == "\n":
        cost += 3.0
    elif before.isspace() or before in "([":
        cost += 1.2
    return cost + (1.5 if after.isalnum() or after in "([" else 0.0)


def _shape(run: str, *, low_opener: bool) -> str:
    if run == ",,":
        return "open"
    kinds = {"close" if low_opener and c == "“" else _kind(c) for c in run}
    return kinds.pop() if len(kinds) == 1 else "any"


def _kind(char: str) -> str:
    return "open" if char in OPENING else "close" if char in CLOSING else "any"


def _opens(text: str, at: int) -> bool:
    """Return whether the next paragraph begins with a mark: then an unclosed quotation is the printers' custom."""
    while at < len(text) and text[at].isspace():
        at += 1
    return bool(MARKS.match(text, at))


def _roles(marks: list[_Mark], *, reopened: bool) -> list[Role]:
    """Return the cheapest reading of the marks (Viterbi over outside, inside, nested): o, c, O, C or - each.

    Capitals say that the partner is missing: O opens while one is open, C closes while none is.
    """
    best: list[tuple[float, ...]] = []
    back: list[tuple[tuple[int, Role], ...]] = []
    now: tuple[float, ...] = (0.0, 1e9, 1e9)
    for mark in marks:
        opening, closing, ignore = mark.costs
        ways: tuple[list[tuple[float, int, Role]], ...] = (
            [(now[0] + ignore, 0, "-"), (now[1] + closing, 1, "c"), (now[0] + MISSING + closing, 0, "C")],
            [
                (now[1] + ignore, 1, "-"),
                (now[0] + opening, 0, "o"),
                (now[1] + MISSING + opening, 1, "O"),
                (now[2] + closing, 2, "n"),
            ],
            [(now[2] + ignore, 2, "-"), (now[1] + NESTED + opening, 1, "n")],
        )
        chosen = [min(each) for each in ways]
        now = tuple(cost for cost, _, _ in chosen)
        best.append(now)
        back.append(tuple((came, role) for _, came, role in chosen))
    left = (now[0], now[1] + (REOPENED if reopened else UNCLOSED), now[2] + UNCLOSED + MISSING)
    state = left.index(min(left))
    roles: list[Role] = []
    for step in reversed(back):
        state, role = step[state]
        roles.append(role)
    return roles[::-1]


class _Pairing:
    """One paragraph's marks and their roles -> quotations."""

    def __init__(self, text: str, lo: int, hi: int, *, running: bool) -> None:
        self.text, self.lo, self.hi, self.running = text, lo, hi, running
        self.found: list[Quotation] = []
        self.opened: _Mark | None = None
        self.done = lo

    def pair(self, marks: list[_Mark], roles: list[Role]) -> tuple[list[Quotation], bool]:
        for mark, role in zip(marks, roles, strict=True):
            if role in {"o", "O"}:
                self._unclosed(mark.start)
                self.opened = mark
            elif role == "c":
                self._closed(mark)
            elif role == "C":
                self._unopened(mark)
        left_open = self.opened is not None
        self._unclosed(self.hi)
        return self.found, left_open

    def _add(self, quotation: Quotation) -> None:
        trimmed = _trim(self.text, quotation)
        first = not self.found and self.running and not self.text[self.lo : trimmed.open].strip()
        if trimmed.start < trimmed.end:
            self.found.append(replace(trimmed, continues=True) if first else trimmed)
        self.done = max(self.done, quotation.close)

    def _closed(self, mark: _Mark) -> None:
        assert self.opened is not None
        opened, self.opened = self.opened, None
        swapped = (*_oddity(self.text, opened), *_oddity(self.text, mark))
        self._add(Quotation(opened.end, mark.start, opened.start, mark.end, swapped))

    def _unclosed(self, limit: int) -> None:
        if self.opened is None:
            return
        opened, self.opened = self.opened, None
        end = _guess_end(self.text, opened.end, (self.lo, limit), last=limit == self.hi)
        self._add(Quotation(opened.end, end, opened.start, end, ("closing mark missing",)))

    def _unopened(self, mark: _Mark) -> None:
        start = _guess_start(self.text, self.done, mark, first=self.done == self.lo)
        if start is not None:
            self._add(Quotation(start, mark.start, start, mark.end, ("opening mark missing",)))


def _oddity(text: str, mark: _Mark) -> tuple[str, ...]:
    return ("doubled mark",) if mark.end - mark.start > 1 and text[mark.start : mark.end] not in {"``", "''"} else ()


def _guess_end(text: str, start: int, bounds: tuple[int, int], *, last: bool) -> int:
    """Return where a quotation without its closing mark ends: before ", said X", else with a sentence."""
    lo, limit = bounds
    spoken = SAID_CLAUSE.search(text, start, limit)
    ends = [m.end() for m in SENTENCE_END.finditer(text, start, limit)]
    before = text[max(lo, start - 9) : start].rstrip("“”\"«»„`' ")[-1:]
    fragment = (
        before.isalnum() and text[start : start + 1].islower()
    )  # "was “too late. The other, he answered, was not"
    if spoken and not (fragment and ends and ends[0] <= spoken.start()):
        return spoken.start()
    if fragment and ends:
        return ends[0]
    if last:  # one that begins a paragraph or follows a colon runs to the paragraph's end
        return limit if before in {"", ":", ","} or not ends else ends[0]
    return ends[-1] if ends else limit


def _guess_start(text: str, done: int, mark: _Mark, *, first: bool) -> int | None:
    """Return where a quotation without its opening mark began, or None where nothing in the text says it."""
    part = text[done : mark.start]
    last = part.rstrip()[-1:]
    if not last or (last not in SPEECH_END and text[mark.end : mark.end + 1] != ","):
        return None
    colon = part.rfind(": ")
    if colon >= 0:
        return done + colon + 2
    if first:
        return None if SAID.search(part) else done
    start = next((m.end() for m in SENTENCE_END.finditer(part) if m.end() < len(part.rstrip())), None)
    return None if start is None else done + start


def _trim(text: str, quotation: Quotation) -> Quotation:
    """Return the quotation without blanks and the comma before its closing mark."""
    start, end = quotation.start, quotation.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    return replace(quotation, start=start, end=end)


def _merge(doubles: list[Quotation], singles: list[Quotation]) -> list[Quotation]:
    """Return both kinds in order: the outer one of two that nest, the double one of two that cross."""
    starts = [q.open for q in doubles]
    kept: list[Quotation] = []
    outer: list[tuple[int, int]] = []
    for single in singles:
        i = bisect_left(starts, single.open)
        crossed = (i > 0 and doubles[i - 1].close > single.open) or _crosses(doubles, i, single)
        if not crossed and single.start < single.end:
            kept.append(single)
            outer.append((single.open, single.close))
    opens = [a for a, _ in outer]
    free = [q for q in doubles if not _inside(q, outer, opens)]
    apart: list[Quotation] = []
    for q in sorted(free + kept, key=lambda q: q.open):
        if not apart or q.open >= apart[-1].close:
            apart.append(q)
    return apart


def _crosses(doubles: list[Quotation], first: int, single: Quotation) -> bool:
    last = bisect_left([q.open for q in doubles[first : first + 50]], single.close) + first - 1
    return last >= first and doubles[last].close > single.close


def _inside(quotation: Quotation, outer: list[tuple[int, int]], opens: list[int]) -> bool:
    i = bisect_left(opens, quotation.open) - 1
    return i >= 0 and outer[i][1] >= quotation.close
