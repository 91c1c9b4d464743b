"""Whom a speaker's phrase means in the document: pronouns, descriptions, turns; no answer rather than a wrong one."""

from bisect import bisect_left
from dataclasses import dataclass, replace

from transforms.language.grammar import SUBJECTS
from transforms.language.names import Name, Names
from transforms.statements.drafts import Draft, Phrase
from transforms.statements.layout import Layout
from transforms.statements.sources import Source, describe, roles_of
from transforms.statements.words import EPITHETS, PERSONS

SINGULAR = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
PLURAL = frozenset({"they", "their", "them"})
FIRST = frozenset({"i", "we", "you", "my", "our", "your"})
GENERAL = frozenset({"person", "source", "man", "woman", "one", "insider"})
MEMORY = 60
"""Speakers that are remembered: more would only be compared."""

FAR = 600
"""Tokens that a pronoun may look back, whatever the paragraphs."""

NEAR = 3
"""Paragraphs that a pronoun may look back."""


@dataclass(frozen=True, slots=True)
class Referent:
    """A speaker resolved: the source, the phrase that its name was read from, where it last stood, how sure."""

    source: Source
    phrase: Phrase
    origin: Phrase
    at: int
    sure: float
    why: str


class Discourse:
    """What has been said so far, by whom: asked for each phrase in the order of the text."""

    def __init__(self, layout: Layout, names: Names) -> None:
        self.layout, self.names = layout, names
        self.roles = roles_of(layout, names)
        self.spoken: list[Referent] = []
        self.genders: dict[str, str] = {}
        self.people = (
            sorted(
                (start, name)
                for name in names.chains
                if name.is_person
                for start, _ in name.places
                if layout.inside[start] < 0
            )
            if names.chains
            else []
        )
        self.starts = [start for start, _ in self.people]

    def resolve(self, draft: Draft) -> Referent | None:
        """Return who says the draft, or None where the text does not settle it; remembered as the last speaker."""
        at = draft.cue[0] if draft.cue else bisect_left(self.layout.offsets, draft.start)
        found = self._phrase(draft.phrase, at) if draft.phrase else self._turn(at) if draft.floating else None
        if found is not None:
            self.spoken = [*self.spoken[-MEMORY:], found]
            if found.source.gender:
                self.genders[found.source.name] = found.source.gender
        return found

    def _turn(self, at: int) -> Referent | None:
        """Return the last speaker, if he spoke in this paragraph or the one before."""
        if not self.spoken:
            return None
        last = self.spoken[-1]
        away = self._paragraphs(last.at, at)
        return (
            replace(last, at=at, sure=last.sure * (0.95 if away == 0 else 0.8), why="same turn") if away <= 1 else None
        )

    def _paragraphs(self, first: int, last: int) -> int:
        """Return how many paragraphs lie between two tokens."""
        return abs(self.layout.paragraph[last] - self.layout.paragraph[first])

    def _phrase(self, phrase: Phrase, at: int) -> Referent | None:
        word = self.layout.lower[phrase.head]
        source = describe(self.layout, self.names, phrase)
        if phrase.name is not None:
            return Referent(source, phrase, phrase, at, 1.0, "named")
        if word in FIRST:
            return None
        if self.layout.tags[phrase.head] in {"PRP", "PRP$"} or word in SINGULAR or word in PLURAL:
            return self._pronoun(phrase, word, at)
        return self._description(phrase, source, at)

    def _pronoun(self, phrase: Phrase, word: str, at: int) -> Referent | None:
        if word in SINGULAR:
            return self._he(phrase, SINGULAR[word], at)
        if word in PLURAL:
            return self._last(phrase, at, plural=True)
        return self._last(phrase, at, kinds=("organisation", "document")) if word == "it" else None

    def _last(self, phrase: Phrase, at: int, *, plural: bool = False, kinds: tuple[str, ...] = ()) -> Referent | None:
        for old in reversed(self.spoken):
            if self._paragraphs(old.at, at) > NEAR:
                return None
            if (plural and old.source.plural) or old.source.kind in kinds:
                return replace(
                    old, phrase=phrase, at=at, sure=0.85, why=f"{self.layout.lower[phrase.head]}: last such speaker"
                )
        return None

    def _he(self, phrase: Phrase, gender: str, at: int) -> Referent | None:
        """Return the one person that he or she can be: the last speaker unless another subject came between."""
        last = next((r for r in reversed(self.spoken) if self._single(r, gender)), None)
        if last is not None and (last is not self.spoken[-1] or self._paragraphs(last.at, at) > 2):
            last = None
        since = last.at if last is not None else self._paragraph_start(at, 1)
        near = self._people(max(since, at - FAR), at)
        rivals = [(i, n) for i, n in near if (n.gender or self.genders.get(n.text, "")) in {"", gender}]
        if last is not None:
            return self._continued(phrase, last, rivals, at)
        return self._introduced(phrase, rivals, at)

    def _continued(self, phrase: Phrase, last: Referent, rivals: list[tuple[int, Name]], at: int) -> Referent | None:
        others = {n.text for i, n in rivals if n.text != last.source.name and self._is_subject(i)}
        if not others:
            sure = 0.92 if self._paragraphs(last.at, at) <= 1 else 0.85
            known = replace(last.source, gender=SINGULAR[self.layout.lower[phrase.head]])
            return replace(last, source=known, phrase=phrase, at=at, sure=sure, why="pronoun: the last speaker")
        again = any(n.text == last.source.name for i, n in rivals if i > last.at + 3)
        here = [(i, n) for i, n in rivals if n.text in others and self._paragraphs(i, at) == 0]
        return self._introduced(phrase, here, at) if len(others) == 1 and here and not again else None

    def _introduced(self, phrase: Phrase, rivals: list[tuple[int, Name]], at: int) -> Referent | None:
        texts = {n.text for _, n in rivals}
        subjects = {n.text for i, n in rivals if self._is_subject(i)}
        if not rivals or (len(texts) > 1 and len(subjects) != 1):
            return None
        place, name = next((i, n) for i, n in reversed(rivals) if len(texts) == 1 or n.text in subjects)
        span = self.names.place(place) or (place, place + 1)
        origin = Phrase(span[0], span[1], span[1] - 1, span)
        source = Source(kind="named", name=name.text, gender=name.gender)
        return Referent(
            source, phrase, origin, at, 0.85 if len(texts) == 1 else 0.7, "pronoun: the only person it can be"
        )

    def _single(self, referent: Referent, gender: str) -> bool:
        source = referent.source
        return not source.plural and source.kind in {"named", "anonymous"} and source.gender in {"", gender}

    def _people(self, since: int, at: int) -> list[tuple[int, Name]]:
        return self.people[bisect_left(self.starts, since) : bisect_left(self.starts, at)]

    def _paragraph_start(self, at: int, back: int) -> int:
        """Return the first token of the paragraph some paragraphs back."""
        seen, least = 0, at - FAR
        while at > max(0, least):
            if "\n" in self.layout.words[at - 1]:
                seen += 1
                if seen > back:
                    return at
            at -= 1
        return at

    def _is_subject(self, i: int) -> bool:
        """Return whether the name at token i is a subject, or the head of a phrase that is one."""
        place = self.names.place(i) or (i, i + 1)
        if place[0] - self.layout.sentence(place[0])[0] < 2:
            return True
        for k in range(*place):
            token = self.layout.doc[k]
            for _ in range(3):
                if token.dep_ in SUBJECTS:
                    return True
                if token.dep_ not in {"flat", "compound", "appos", "nmod:desc", "flat:name"}:
                    break
                token = token.head
        return False

    def _description(self, phrase: Phrase, source: Source, at: int) -> Referent:
        """Return an unnamed speaker: the same as an earlier one where the words agree, else a new one."""
        fresh = Referent(source, phrase, phrase, at, 0.95, "described")
        if source.kind not in {"anonymous", "unknown"} or not self._definite(phrase):
            return fresh
        named = self._by_role(phrase, source, at)
        if named is not None:
            return named
        called = self._by_epithet(phrase, source, at)
        if called is not None:
            return called
        matching = [r for r in self.spoken if self._same(source, r.source)]
        if not matching:
            return fresh
        best = matching[-1]
        if (
            len({r.source.name.lower() for r in matching}) > 1
            and not source.mods
            and self._paragraphs(best.at, at) > NEAR
        ):
            return fresh
        return replace(best, phrase=phrase, at=at, sure=0.88, why="described before")

    def _by_epithet(self, phrase: Phrase, source: Source, at: int) -> Referent | None:
        """Return the speaker just named whom the text now calls "the Ohio Democrat": nobody else since."""
        last = self.spoken[-1] if self.spoken else None
        if last is None or last.source.kind != "named" or source.plural or source.head not in EPITHETS:
            return None
        alone = all(n.text == last.source.name for _, n in self._people(last.at, at))
        if not alone or phrase.last - phrase.first > 4 or self._paragraphs(last.at, at) > 1:
            return None
        return replace(last, phrase=phrase, at=at, sure=0.75, why="the one just named, described")

    def _definite(self, phrase: Phrase) -> bool:
        return self.layout.lower[phrase.first] in {"the", "this", "that", "these", "those"}

    def _same(self, new: Source, old: Source) -> bool:
        if new.plural != old.plural or old.kind != "anonymous":
            return False
        heads = new.head == old.head or new.head in GENERAL or (old.head in GENERAL and new.head == "official")
        return heads and new.mods <= old.mods

    def _by_role(self, phrase: Phrase, source: Source, at: int) -> Referent | None:
        """Return the one person of that role: "the envoy" after "the envoy, Anna Berg"."""
        holders = self.roles.get(source.head, set())
        if len(holders) != 1 or source.plural or source.head in {"official", "person", "source", "man", "woman"}:
            return None
        name = self.names.named(next(iter(holders)))
        if name is None or name.places[0][0] > at or (source.head not in PERSONS):
            return None
        if any(r.source.head == source.head and r.source.kind == "anonymous" for r in self.spoken):
            return None
        span = next(p for p in reversed(name.places) if p[0] <= at)
        origin = Phrase(span[0], span[1], span[1] - 1, span)
        known = Source(kind="named", name=name.text, gender=name.gender)
        return Referent(known, phrase, origin, at, 0.8, "the only one of that role")
