"""Whom a speaker's phrase means in the document: pronouns, descriptions, turns; no answer rather than a wrong one."""

from bisect import bisect_left
from dataclasses import replace

from transforms.language.names import Names
from transforms.statements.drafts import Draft, Phrase, Range
from transforms.statements.epithets import OTHERS, WIDER, called
from transforms.statements.layout import Layout
from transforms.statements.leads import introduce
from transforms.statements.people import People
from transforms.statements.referents import PLURAL, SAME_TURN, SINGULAR, Referent, doubted, nobody
from transforms.statements.sources import Source, describe

FIRST = frozenset({"i", "we", "you", "my", "our", "your"})
GENERAL = frozenset({"person", "source", "man", "woman", "insider", "pal", "mole"})
MEMORY = 60
"""Speakers that are remembered: more would only be compared."""

SENTENCES = 7
"""Sentences that a pronoun may look back."""

NEAR = 3
"""Paragraphs that a plural pronoun may look back."""


class Discourse:
    """What has been said so far, by whom: asked for each phrase in the order of the text."""

    def __init__(self, layout: Layout, names: Names) -> None:
        self.layout, self.names = layout, names
        self.people = People(layout, names)
        self.lead = introduce(layout, self.people)
        self.spoken: list[Referent] = []
        self.unsettled = -1
        self.own: Range = (0, 0)

    def resolve(self, draft: Draft) -> Referent | None:
        """Return who says the draft, remembered as the last speaker; None where no word of the text stands for him."""
        at = draft.cue[0] if draft.cue else bisect_left(self.layout.offsets, draft.start)
        self.own = self.layout.token_at(draft.start), self.layout.token_at(max(draft.start, draft.end - 1)) + 1
        found = self._phrase(draft.phrase, at) if draft.phrase else self._turn(at) if draft.floating else None
        if found is None:
            self.unsettled = at
        else:
            self.spoken = [*self.spoken[-MEMORY:], found]
            if found.source.gender and found.source.kind == "named":
                self.people.genders.setdefault(found.source.name, found.source.gender)
        return found

    def _paragraphs(self, first: int, last: int) -> int:
        """Return how many paragraphs lie between two tokens."""
        return abs(self.layout.paragraph[last] - self.layout.paragraph[first])

    def _turn(self, at: int) -> Referent | None:
        """Return the last speaker, if he spoke in this paragraph or the one before."""
        if not self.spoken:
            return self._opener(at)
        if self.unsettled > self.spoken[-1].at:  # the turn is somebody's whom nobody knows
            return None
        last = self.spoken[-1]
        away = self._paragraphs(last.at, at)
        sure = last.sure * (0.95 if away == 0 else 0.8)
        return replace(last, at=at, sure=sure, why=SAME_TURN) if away <= 1 else None

    def _opener(self, at: int) -> Referent | None:
        """Return the subject of the sentence before, where nobody has spoken yet."""
        for first, end in self.people.sentences_before(at, 4):
            found = [p for p in self.people.subjects(first, end) if p.name] if self._paragraphs(first, at) < 3 else []
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
            return self._pronoun(phrase, word, at) or nobody(phrase, word, at)
        source = describe(self.layout, self.names, phrase)
        if phrase.name is not None:
            return Referent(source, phrase, phrase, at, 1.0, "named")
        return self._description(phrase, source, at)

    def _pronoun(self, phrase: Phrase, word: str, at: int) -> Referent | None:
        if word in SINGULAR:
            return self._he(phrase, SINGULAR[word], at)
        if word in PLURAL:
            found = self._last(phrase, at, plural=True) if self._plural_nearest() else self._nameless(phrase, at)
            return found or self._last(phrase, at, plural=True) or self._group(phrase, at, plural=True)
        if word == "it":
            return self._last(phrase, at, kinds=("organisation", "document")) or self._group(phrase, at, plural=False)
        return None

    def _plural_nearest(self) -> bool:
        return not self.spoken or self.spoken[-1].source.plural

    def _nameless(self, phrase: Phrase, at: int) -> Referent | None:
        """Return the last speaker, if he spoke in this paragraph and has no name: "a source … they added"."""
        last = self.spoken[-1]
        for first, end in self.people.sentences_before(phrase.first, 3):
            found = self.people.subjects(first, end) if first > last.at else []
            if found:
                source = describe(self.layout, self.names, found[0])
                known = self._description(found[0], source, at, epithets=False)
                return (
                    replace(known, phrase=phrase, at=at, sure=0.75, why="they: the unnamed one before")
                    if found[0].name is None
                    else None
                )
        hidden = last.source.kind == "anonymous" and not last.source.gender and not self._paragraphs(last.at, at)
        return replace(last, phrase=phrase, at=at, sure=0.8, why="they: the last speaker, unnamed") if hidden else None

    def _group(self, phrase: Phrase, at: int, *, plural: bool) -> Referent | None:
        """Return the people or the body that is the only such subject of the nearest sentence with one."""
        for first, end in self.people.sentences_before(phrase.first, 3):
            found = self.people.groups(first, end, plural=plural)
            if found:
                source = describe(self.layout, self.names, found[0])
                why = f"{self.layout.lower[phrase.head]}: the subject before"
                return Referent(source, phrase, found[0], at, 0.75, why) if len(found) == 1 else None
        return None

    def _last(self, phrase: Phrase, at: int, *, plural: bool = False, kinds: tuple[str, ...] = ()) -> Referent | None:
        for old in reversed(self.spoken):
            if self._paragraphs(old.at, at) > NEAR:
                return None
            if (plural and old.source.plural) or old.source.kind in kinds:
                why = f"{self.layout.lower[phrase.head]}: the last such speaker"
                return replace(old, phrase=phrase, at=at, sure=0.85, why=why)
        return None

    def _he(self, phrase: Phrase, gender: str, at: int) -> Referent | None:
        """Return the nearest one that he or she can be, going back: the last speaker, or a subject since."""
        last = next((r for r in reversed(self.spoken) if self._single(r, gender)), None)
        seen: tuple[int, int] | None = None
        others: list[set[str]] = []
        for first, last_token in self.people.sentences_before(phrase.first, SENTENCES):
            if self._paragraphs(first, at) > 2:
                break
            end = (
                min(last_token, max(first, self.own[0])) if self.own[0] < phrase.first else last_token
            )  # not of whom he speaks
            if last is not None and first <= last.at:
                return doubted(self._again(phrase, last, gender, at), others)
            fitting = [p for p in self.people.subjects(first, end) if self._fits(p, gender)]
            if fitting:
                return doubted(self._subject(phrase, fitting, gender, at), others)
            rivals = self._rivals(last, first, end, gender)
            if len(rivals) == 1 and not any(others) and self._stands_out(min(rivals), (first, end), phrase, gender):
                return self._named(
                    min(rivals), phrase, at, sure=0.75, why="pronoun: the one whom the sentence opens with"
                )
            others.append(rivals)
            seen = (first, at)
        else:
            if last is not None:  # beyond seven sentences, and nobody else since
                return doubted(replace(self._again(phrase, last, gender, at), sure=0.62), others)
        return self._only(phrase, seen, gender, at) if last is None and seen else None

    def _stands_out(self, name: str, sentence: Range, phrase: Phrase, gender: str) -> bool:
        """Return whether the one name of a sentence is its subject, or fits the pronoun in the same sentence."""
        first, end = sentence
        here = self.layout.sentence(first) == self.layout.sentence(phrase.first)
        return self.people.opens(name, first, end) or (here and self.people.genders.get(name) == gender)

    def _rivals(self, last: Referent | None, first: int, end: int, gender: str) -> set[str]:
        """Return who else is named there, so that the pronoun may mean him."""
        if self.people.goes_on(first, end, gender):
            return set()
        named = {n for n in self.people.between(first, end) if self.people.fits(n, gender)}
        return named - {last.source.name if last else ""}

    def _again(self, phrase: Phrase, last: Referent, gender: str, at: int) -> Referent:
        if not last.source.name:
            return replace(last, phrase=phrase, at=at)
        known = replace(last.source, gender=gender)
        return replace(last, source=known, phrase=phrase, at=at, sure=0.92, why="pronoun: the last speaker")

    def _subject(self, phrase: Phrase, fitting: list[Phrase], gender: str, at: int) -> Referent | None:
        """Return the subject of the sentence before; of several, that of its main clause."""
        origin = fitting[0]
        source = describe(self.layout, self.names, origin)
        if origin.name is None:
            found: Referent | None = self._description(origin, source, at, epithets=False)
        else:
            found = Referent(source, origin, origin, at, 1.0, "")
        alone = len(fitting) == 1
        if (
            found is None
            or not self.people.fits(found.source.name, gender)
            or not (alone or self.layout.doc[origin.head].head.dep_ == "ROOT")
        ):
            return None
        known = replace(found.source, gender=gender)
        why = "pronoun: the subject before"
        return replace(found, source=known, phrase=phrase, at=at, sure=0.88 if alone else 0.72, why=why)

    def _only(self, phrase: Phrase, seen: tuple[int, int], gender: str, at: int) -> Referent | None:
        """Return the only person named of late."""
        near = {name for name in self.people.between(*seen) if self.people.fits(name, gender)}
        return (
            self._named(near.pop(), phrase, at, sure=0.72, why="pronoun: the only one named")
            if len(near) == 1
            else None
        )

    def _named(self, name: str, phrase: Phrase, at: int, *, sure: float, why: str) -> Referent | None:
        known = self.names.named(name)
        if known is None:
            return None
        span = next((p for p in reversed(known.places) if p[0] <= at), known.places[0])
        origin = Phrase(span[0], span[1], span[1] - 1, span)
        source = Source(kind="named", name=known.text, gender=self.people.genders.get(known.text, ""))
        return Referent(source, phrase, origin, at, sure, why)

    def _fits(self, phrase: Phrase, gender: str) -> bool:
        source = describe(self.layout, self.names, phrase)
        known = self.people.genders.get(source.name, "") or source.gender
        return not source.plural and known in {"", gender}

    def _single(self, referent: Referent, gender: str) -> bool:
        source = referent.source
        known = self.people.genders.get(source.name, "") or source.gender
        bare = source.kind == "organisation" and source.name.isalpha() and source.name.istitle()  # or a surname
        person = bare or source.kind in {"named", "anonymous"} or not source.name
        return not source.plural and person and known in {"", gender}

    def _description(self, phrase: Phrase, source: Source, at: int, *, epithets: bool = True) -> Referent:
        """Return an unnamed speaker: the same as an earlier one where the words agree, else a new one."""
        fresh = Referent(source, phrase, phrase, at, 0.95, "described")
        if self.lead is not None and phrase.head == self.lead[0]:
            return self._named(self.lead[1], phrase, at, sure=0.82, why="named in the next paragraph") or fresh
        if source.kind not in {"anonymous", "unknown"} or not self._definite(phrase):
            return fresh
        by_role = self._by_role(phrase, source, at)
        matching = [r for r in self.spoken if self._same(source, r.source)]
        matching = [r for r in matching if r.source.head == source.head] or matching
        if matching and by_role is None:
            return replace(matching[-1], phrase=phrase, at=at, sure=0.88, why="described before")
        return by_role or (self._by_epithet(phrase, source, at) if epithets else None) or fresh

    def _definite(self, phrase: Phrase) -> bool:
        return self.layout.lower[phrase.first] in {"the", "this", "that", "these", "those", "both"}

    def _same(self, new: Source, old: Source) -> bool:
        if new.plural != old.plural or old.kind != "anonymous" or {new.gender, old.gender} == {"f", "m"}:
            return False
        heads = new.head == old.head or new.head in GENERAL or (old.head in GENERAL and new.head == "official")
        return heads and new.mods <= old.mods

    def _by_role(self, phrase: Phrase, source: Source, at: int) -> Referent | None:
        """Return the one person of that role: "the envoy" after "the envoy, Anna Berg"."""
        if source.head == "old":
            name = self.people.of_age(phrase)
            return self._named(name, phrase, at, sure=0.9, why="the one of that age") if name else None
        found = self._holder(source, at)
        return self._named(found[0], phrase, at, sure=found[1], why=found[2]) if found else None

    def _holder(self, source: Source, at: int) -> tuple[str, float, str] | None:
        """Return who has the role, or one that its noun is wider than: "the diplomat" after an ambassador."""
        if source.plural or (source.head in OTHERS and self._unnamed(source.head)):
            return None
        role = self.people.roles.get(source.head)
        name = role.of(source.mods) if role else None
        if name:
            return name, 0.82, "the only one of that role"
        last = self.spoken[-1] if self.spoken else None
        if (
            role
            and last is not None
            and self._paragraphs(last.at, at) <= 1
            and last.source.name in role.fitting(source.mods)
        ):
            return last.source.name, 0.74, "the last speaker of that role"
        wider = {n for narrow in WIDER.get(source.head, ()) for n in self._of(narrow)} if not role else set()
        return (wider.pop(), 0.74, "the only one whom that word can mean") if len(wider) == 1 else None

    def _of(self, role: str) -> set[str]:
        known = self.people.roles.get(role)
        return set(known.holders) if known else set()

    def _unnamed(self, head: str) -> bool:
        """Return whether somebody without a name is called so in the text: then the word may mean him."""
        return any(r.source.kind == "anonymous" and r.source.head == head for r in self.spoken) or self.people.unnamed(
            head
        )

    def _by_epithet(self, phrase: Phrase, source: Source, at: int) -> Referent | None:
        """Return somebody in view whom the text now calls by what he is: "the tycoon"."""
        last = self.spoken[-1] if self.spoken else None
        spoke = (last.source.name, last.at) if last is not None and not last.source.plural else None
        found = called(self.people, phrase, source, spoke)
        if found is None:
            return None
        name, sure, why = found
        if last is not None and last.source.name == name:
            return replace(last, phrase=phrase, at=at, sure=sure, why=why)
        return self._named(name, phrase, at, sure=sure, why=why)
