"""Whom a pronoun means: the last speaker, or a subject since; nobody where two could be meant."""

from dataclasses import replace

from transforms.statements.asides import aside_start
from transforms.statements.descriptions import Descriptions
from transforms.statements.drafts import Phrase, Range
from transforms.statements.memory import Memory
from transforms.statements.referents import PLURAL, SINGULAR, Referent, doubted
from transforms.statements.sources import describe

SENTENCES = 7
"""Sentences that a pronoun may look back."""

NEAR = 3
"""Paragraphs that a plural pronoun may look back."""


class Pronouns:
    """Pronouns that stand for the document's speakers."""

    def __init__(self, memory: Memory, descriptions: Descriptions) -> None:
        self.memory, self.descriptions = memory, descriptions
        self.own: Range = (0, 0)

    def resolve(self, phrase: Phrase, word: str, at: int) -> Referent | None:
        """Return whom a pronoun means that says the content in `own`; None where the text leaves it open."""
        if word in SINGULAR:
            return self._he(phrase, SINGULAR[word], at)
        if word in PLURAL:
            found = self._last(phrase, at, plural=True) if self._plural_nearest() else self._nameless(phrase, at)
            return found or self._last(phrase, at, plural=True) or self._group(phrase, at, plural=True)
        if word == "it":
            return self._last(phrase, at, kinds=("organisation", "document")) or self._group(phrase, at, plural=False)
        return None

    def _plural_nearest(self) -> bool:
        return not self.memory.spoken or self.memory.spoken[-1].source.plural

    def _nameless(self, phrase: Phrase, at: int) -> Referent | None:
        """Return the last speaker, if he spoke in this paragraph and has no name: "a source … they added"."""
        last = self.memory.spoken[-1]
        for first, end in self.memory.people.sentences_before(phrase.first, 3):
            found = self.memory.people.subjects(first, end) if first > last.at else []
            if found:
                source = describe(self.memory.layout, self.memory.names, found[0])
                known = self.descriptions.resolve(found[0], source, at, epithets=False)
                return (
                    replace(known, phrase=phrase, at=at, sure=0.75, why="they: the unnamed one before")
                    if found[0].name is None
                    else None
                )
        hidden = last.source.kind == "anonymous" and not last.source.gender and not self.memory.paragraphs(last.at, at)
        return replace(last, phrase=phrase, at=at, sure=0.8, why="they: the last speaker, unnamed") if hidden else None

    def _group(self, phrase: Phrase, at: int, *, plural: bool) -> Referent | None:
        """Return the people or the body that is the only such subject of the nearest sentence with one."""
        for first, end in self.memory.people.sentences_before(phrase.first, 3):
            found = self.memory.people.groups(first, end, plural=plural)
            if found:
                source = describe(self.memory.layout, self.memory.names, found[0])
                why = f"{self.memory.layout.lower[phrase.head]}: the subject before"
                return Referent(source, phrase, found[0], at, 0.75, why) if len(found) == 1 else None
        return None

    def _last(self, phrase: Phrase, at: int, *, plural: bool = False, kinds: tuple[str, ...] = ()) -> Referent | None:
        for old in reversed(self.memory.spoken):
            if self.memory.paragraphs(old.at, at) > NEAR:
                return None
            if (plural and old.source.plural) or old.source.kind in kinds:
                why = f"{self.memory.layout.lower[phrase.head]}: the last such speaker"
                return replace(old, phrase=phrase, at=at, sure=0.85, why=why)
        return None

    def _he(self, phrase: Phrase, gender: str, at: int) -> Referent | None:
        """Return the nearest one that he or she can be, going back: the last speaker, or a subject since."""
        quoted = (k for k in range(*self.own) if self.memory.layout.inside[k] >= 0)
        named = {name.text for k in quoted if (name := self.memory.names.at(k))}  # nobody speaks of himself so
        fitted = (r for r in reversed(self.memory.spoken) if self._single(r, gender))
        last = next((r for r in fitted if r.source.name not in named), None)
        seen: tuple[int, int] | None = None
        others: list[set[str]] = []
        for first, last_token in self.memory.people.sentences_before(phrase.first, SENTENCES):
            if self.memory.paragraphs(first, at) > 2:
                break
            end = (
                min(last_token, max(first, self.own[0])) if self.own[0] < phrase.first else last_token
            )  # not of whom he speaks
            if seen is None:
                end = min(end, aside_start(self.memory.layout, first, last_token))
            if last is not None and first <= last.at:
                return doubted(self._again(phrase, last, gender, at), others)
            fitting = [p for p in self.memory.people.subjects(first, end) if self._fits(p, gender, named)]
            if fitting:
                return doubted(self._subject(phrase, fitting, gender, at), others)
            rivals = self._rivals(last, first, end, gender)
            if len(rivals) == 1 and not any(others) and self._stands_out(min(rivals), (first, end), phrase, gender):
                return self.memory.named(
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
        here = self.memory.layout.sentence(first) == self.memory.layout.sentence(phrase.first)
        thinks = self.memory.layout.lower[first] in {"to", "for"} and self.memory.people.opens_with(first)
        brought = here or thinks or self.memory.people.presents(name, first, end)
        return self.memory.people.opens(name, first, end) or (
            brought and self.memory.people.genders.get(name) == gender
        )

    def _told_more(self, first: int, end: int) -> int:
        """Return where a clause begins that only tells more of somebody: "Among them was Anna Berg, whose son Bo …"."""
        people = self.memory.people
        relative = (
            k for k in range(first, end) if self.memory.layout.tags[k] in {"WP", "WP$"} and people.between(first, k)
        )
        return next(relative, end)

    def _rivals(self, last: Referent | None, first: int, end: int, gender: str) -> set[str]:
        """Return who else is named there, so that the pronoun may mean him."""
        if self.memory.people.goes_on(first, end, gender):
            return set()
        named = {
            n
            for n in self.memory.people.between(first, self._told_more(first, end))
            if self.memory.people.fits(n, gender)
        }
        return named - {last.source.name if last else ""}

    def _again(self, phrase: Phrase, last: Referent, gender: str, at: int) -> Referent:
        if not last.source.name:
            return replace(last, phrase=phrase, at=at)
        known = replace(last.source, gender=gender)
        return replace(last, source=known, phrase=phrase, at=at, sure=0.92, why="pronoun: the last speaker")

    def _subject(self, phrase: Phrase, fitting: list[Phrase], gender: str, at: int) -> Referent | None:
        """Return the subject of the sentence before; of several, that of its main clause."""
        origin = self._topic(fitting[0], gender) or fitting[0]
        source = describe(self.memory.layout, self.memory.names, origin)
        if origin.name is None:
            told = source if source.gender else replace(source, gender=gender)
            found: Referent | None = self.descriptions.resolve(origin, told, at, epithets=False)
        else:
            found = Referent(source, origin, origin, at, 1.0, "")
        alone = len(fitting) == 1
        if (
            found is None
            or not self.memory.people.fits(found.source.name, gender)
            or not (alone or self.memory.layout.doc[origin.head].head.dep_ == "ROOT")
        ):
            return None
        known = replace(found.source, gender=gender)
        why = "pronoun: the subject before"
        return replace(found, source=known, phrase=phrase, at=at, sure=0.88 if alone else 0.72, why=why)

    def _topic(self, found: Phrase, gender: str) -> Phrase | None:
        """Return whom the paragraph is about, where the subject found is only one of a clause: "ask how Lund came"."""
        layout, people = self.memory.layout, self.memory.people
        verb = layout.doc[found.head].head
        if verb.dep_ in {"ROOT", "conj", "parataxis"} or verb.dep_ == "dep":
            return None
        at = layout.paragraph[found.head]
        first = next(
            (
                s
                for s in people.sentences_before(found.head, 6)[::-1]
                if layout.paragraph[s[0]] == at and not layout.words[s[0]].isspace()
            ),
            None,
        )
        opening = people.subjects(*first) if first is not None and first[0] < layout.sentence(found.head)[0] else []
        main = opening[0] if opening else None
        sure = main is not None and main.name is not None and layout.doc[main.head].head.dep_ == "ROOT"
        return main if sure and main is not None and self._fits(main, gender, set()) else None

    def _only(self, phrase: Phrase, seen: tuple[int, int], gender: str, at: int) -> Referent | None:
        """Return the only person named of late."""
        near = {name for name in self.memory.people.between(*seen) if self.memory.people.fits(name, gender)}
        return (
            self.memory.named(near.pop(), phrase, at, sure=0.72, why="pronoun: the only one named")
            if len(near) == 1
            else None
        )

    def _fits(self, phrase: Phrase, gender: str, named: set[str]) -> bool:
        """Return whether a subject can be the pronoun's; `named` are those of whom it speaks."""
        source = describe(self.memory.layout, self.memory.names, phrase)
        if source.kind == "named" and source.name in named:
            return False
        known = self.memory.people.genders.get(source.name, "") or source.gender
        return not source.plural and known in {"", gender}

    def _single(self, referent: Referent, gender: str) -> bool:
        source = referent.source
        known = self.memory.gender(referent)
        bare = source.kind == "organisation" and source.name.isalpha() and source.name.istitle()  # or a surname
        person = bare or source.kind in {"named", "anonymous"} or not source.name
        return not source.plural and person and known in {"", gender}
