"""Whom a speaker's phrase means in the document: pronouns, descriptions, turns; no answer rather than a wrong one."""

from bisect import bisect_left
from dataclasses import replace

from transforms.language.names import Names
from transforms.statements.descriptions import Descriptions
from transforms.statements.drafts import Draft, Phrase, Range
from transforms.statements.exchanges import Exchange
from transforms.statements.floor import keeps_floor, lead_in, takes_floor
from transforms.statements.layout import Layout
from transforms.statements.memory import Memory
from transforms.statements.pronouns import Pronouns
from transforms.statements.referents import PLURAL, SAME_TURN, Referent, nobody
from transforms.statements.sources import describe

FIRST = frozenset({"i", "we", "you", "my", "our", "your"})


class Discourse:
    """What has been said so far, by whom: asked for each phrase in the order of the text."""

    def __init__(self, layout: Layout, names: Names) -> None:
        self.layout, self.names = layout, names
        self.memory = Memory(layout, names)
        self.descriptions = Descriptions(self.memory)
        self.pronouns = Pronouns(self.memory, self.descriptions)
        self.exchange = Exchange()
        self.unsettled = -1

    def resolve(self, draft: Draft) -> Referent | None:
        """Return who says the draft, remembered as the last speaker; None where no word of the text stands for him."""
        at = draft.cue[0] if draft.cue else bisect_left(self.layout.offsets, draft.start)
        self.pronouns.own = self.descriptions.own = (
            self.layout.token_at(draft.start),
            self.layout.token_at(max(draft.start, draft.end - 1)) + 1,
        )
        question = self.layout.text[draft.end - 1] == "?"
        found = self._phrase(draft.phrase, at) if draft.phrase else None
        if draft.floating and not draft.phrase:
            found = self._turn(draft, at, question=question)
        if found is None:
            self.unsettled = at
        elif not self._told_by_the_way(draft):
            self.exchange.hear(draft, found.source.name, question=question)
            self.memory.add(found)
        return found

    def _told_by_the_way(self, draft: Draft) -> bool:
        """Return whether somebody's report only tells of another: "told a lawyer, whose campaign had asked …"."""
        first = draft.phrase.first if draft.phrase is not None and draft.kind != "direct" else -1
        return first > 0 and "whose" in self.layout.lower[first - 1 : first + 1]

    def _turn(self, draft: Draft, at: int, *, question: bool) -> Referent | None:
        """Return whose a quotation without a cue is: of whom the text has just led to, else of the last speaker."""
        last = self.memory.spoken[-1] if self.memory.spoken else None
        lead = lead_in(self.memory.people, at)
        taker = takes_floor(self.memory.people, lead, last.at if last else None, self.pronouns.own) if lead else None
        if taker is not None:
            source = describe(self.layout, self.names, taker)
            return Referent(source, taker, taker, at, 0.75, "subject of the sentence that leads to it")
        if last is None:
            return self._opener(at) or self._next(draft, at)
        if self.unsettled > last.at:  # the turn is somebody's whom nobody knows
            return None
        return self._last(last, lead, at, question=question) or self._next(draft, at)

    def _next(self, draft: Draft, at: int) -> Referent | None:
        """Return who speaks in the next paragraph, where nobody did before: his words begin with this one."""
        if draft.ahead is None:
            return None
        source = describe(self.layout, self.names, draft.ahead)
        return Referent(source, draft.ahead, draft.ahead, at, 0.7, "speaker of the next paragraph")

    def _last(self, last: Referent, lead: Range | None, at: int, *, question: bool) -> Referent | None:
        """Return the last speaker, if he spoke in this paragraph or the one before, or that one is still about him."""
        away = self.memory.paragraphs(last.at, at)
        other = self.exchange.next(last.source.name, question=question) if away == 1 else ""
        spoke = next((r for r in reversed(self.memory.spoken) if r.source.name == other), None) if other else None
        if spoke is not None:
            return replace(spoke, at=at, sure=0.75, why="question and answer")
        if away == 2 and lead and keeps_floor(self.memory.people, lead, last.source.name, self.memory.gender(last)):
            return replace(last, at=at, sure=last.sure * 0.75, why=SAME_TURN)
        sure = last.sure * (0.95 if away == 0 else 0.8)
        return replace(last, at=at, sure=sure, why=SAME_TURN) if away <= 1 else None

    def _opener(self, at: int) -> Referent | None:
        """Return the subject of the sentence before, where nobody has spoken yet."""
        for first, end in self.memory.people.sentences_before(at, 4):
            found = (
                [p for p in self.memory.people.subjects(first, end) if p.name]
                if self.memory.paragraphs(first, at) < 3
                else []
            )
            if found:
                phrase = found[0]
                source = describe(self.layout, self.names, phrase)
                return (
                    Referent(source, phrase, phrase, at, 0.7, "subject before, nobody else spoke")
                    if len(found) == 1
                    else None
                )
        return None

    def _phrase(self, phrase: Phrase, at: int) -> Referent | None:
        word = self.layout.lower[phrase.head]
        if word in FIRST:
            return None
        if phrase.name is None and (self.layout.tags[phrase.head] in {"PRP", "PRP$"} or word in PLURAL):
            return self.pronouns.resolve(phrase, word, at) or nobody(phrase, word, at)
        source = describe(self.layout, self.names, phrase)
        if phrase.name is not None:
            return Referent(source, phrase, phrase, at, 1.0, "named")
        return self.descriptions.resolve(phrase, source, at)
