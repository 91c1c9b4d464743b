"""Whom a description means: who has that role, one without a name told of before, one called by what he is."""

from dataclasses import replace

from transforms.statements.drafts import Phrase, Range
from transforms.statements.epithets import (
    CONTENDERS,
    ELECTED,
    OTHERS,
    PARTIES,
    PASSING,
    PRAISING,
    WIDER,
    called,
    named_within,
)
from transforms.statements.leads import introduce
from transforms.statements.memory import Memory
from transforms.statements.people import INDEFINITE, QUALIFIED
from transforms.statements.referents import Referent
from transforms.statements.sources import Source, describe
from transforms.statements.words import OFFICES

LOCAL = frozenset({"candidate", "nominee", "governor", "senator", "mayor", "congressman", "congresswoman", "sheriff"})
"""Offices that a text may call somebody by without having told that he holds it."""

GENERAL = frozenset({"person", "source", "man", "woman", "insider", "pal", "mole", "interlocutor"})
HEADS = {"state": ("president", frozenset[str]()), "government": ("minister", frozenset({"prime"}))}
ADDING = frozenset({"added", "adds", "continued", "continues", "concluded"})


class Descriptions:
    """Descriptions of the document's speakers."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.lead = introduce(memory.layout, memory.people)
        self.own: Range = (0, 0)

    def resolve(self, phrase: Phrase, source: Source, at: int, *, epithets: bool = True) -> Referent:
        """Return an unnamed speaker: the same as an earlier one where the words agree, else a new one."""
        fresh = Referent(source, phrase, phrase, at, 0.95, "described")
        if self.lead is not None and phrase.head == self.lead[0]:
            return self.memory.named(self.lead[1], phrase, at, sure=0.82, why="named in the next paragraph") or fresh
        if source.kind not in {"anonymous", "unknown"} or not self._definite(phrase):
            return fresh
        by_role = self._by_role(phrase, source, at)
        before = None if by_role else self._before(phrase, source, at)
        other = self._by_epithet(phrase, source, at) or self._going_on(phrase, source, at) if epithets else None
        return by_role or before or other or fresh

    def _going_on(self, phrase: Phrase, source: Source, at: int) -> Referent | None:
        """Return the last speaker, if what he is now called adds to what he said: "…,” the former barrister added"."""
        last = self.memory.spoken[-1] if self.memory.spoken else None
        more = any(word in ADDING for word in self.memory.layout.lower[phrase.last : phrase.last + 2])
        if last is None or not more or source.plural or source.head in OTHERS or source.kind != "anonymous":
            return None
        person = last.source.kind == "named" and not last.source.plural and self.memory.paragraphs(last.at, at) == 1
        fits = not source.gender or self.memory.people.fits(last.source.name, source.gender)
        return replace(last, phrase=phrase, at=at, sure=0.74, why="the last speaker adds") if person and fits else None

    def _before(self, phrase: Phrase, source: Source, at: int) -> Referent | None:
        """Return the one without a name who is taken up again: an earlier speaker, or somebody else brought in."""
        matching = [r for r in self.memory.spoken if self._same(source, r.source)]
        if source.head in GENERAL and not source.plural:
            newcomer = self._newcomer(phrase, at)
            if newcomer is not None:
                return newcomer
        alike = [r for r in matching if r.source.head == source.head]
        origin = None if alike or source.plural else self.memory.people.introduced(source.head, phrase.first)
        if origin is not None:
            known = describe(self.memory.layout, self.memory.names, origin)
            if source.mods <= known.mods and known.kind == "anonymous":
                return Referent(known, phrase, origin, at, 0.85, "brought in before")
        found = next(reversed(alike or matching), None)
        return replace(found, phrase=phrase, at=at, sure=0.88, why="described before") if found else None

    def _newcomer(self, phrase: Phrase, at: int) -> Referent | None:
        """Return the one without a name whom the sentence before brings in: "An insider disagreed. … the source"."""
        people, spoken = self.memory.people, self.memory.spoken
        before = next((s for s in people.sentences_before(phrase.first, 3)[1:] if s[0] < s[1]), None)
        if before is None or (spoken and spoken[-1].at >= before[0]) or people.paragraphs(before[0], at) > 1:
            return None
        found = people.subjects(*before)
        if not found or found[0].name is not None or self.memory.layout.lower[found[0].first] not in INDEFINITE:
            return None
        source = describe(self.memory.layout, self.memory.names, found[0])
        return Referent(source, phrase, found[0], at, 0.85, "brought in before")

    def _definite(self, phrase: Phrase) -> bool:
        return self.memory.layout.lower[phrase.first] in {"the", "this", "that", "these", "those", "both"}

    def _same(self, new: Source, old: Source) -> bool:
        if new.plural != old.plural or old.kind != "anonymous" or {new.gender, old.gender} == {"f", "m"}:
            return False
        last = bool(self.memory.spoken) and self.memory.spoken[-1].source == old and old.head in OFFICES
        loose = new.head == "official" and (old.head in GENERAL or last)
        heads = new.head == old.head or new.head in GENERAL or loose
        return heads and new.mods <= old.mods

    def _by_role(self, phrase: Phrase, source: Source, at: int) -> Referent | None:
        """Return the one person of that role: "the envoy" after "the envoy, Anna Berg"."""
        if source.head == "old":
            name = self.memory.people.of_age(phrase)
            return self.memory.named(name, phrase, at, sure=0.9, why="the one of that age") if name else None
        bare = source.head in LOCAL and phrase.head - phrase.first == 1  # "the candidate, who is 62"
        passing = PASSING if source.head in CONTENDERS else PRAISING
        standing = replace(source, mods=frozenset() if bare else source.mods - passing)
        found = self._of_party(standing, at) or self._holder(self._of_state(phrase, standing), at)
        return self.memory.named(found[0], phrase, at, sure=found[1], why=found[2]) if found else None

    def _of_party(self, source: Source, at: int) -> tuple[str, float, str] | None:
        """Return the only one of a party who stands for an office: "the Republican nominee", a candidate elsewhere."""
        if source.head not in CONTENDERS or not source.mods or not source.mods <= PARTIES or source.plural:
            return None
        roles = (self.memory.people.roles.get(role) for role in CONTENDERS)
        found = {n for role in roles if role for n, known in role.holders.items() if source.mods <= known}
        name = found.pop() if len(found) == 1 else ""
        return (name, 0.82, "the only one of that party") if name and self.memory.people.first(name) < at else None

    def _of_state(self, phrase: Phrase, source: Source) -> Source:
        """Return the head of state as a president, and that of the government as a prime minister."""
        of = self.memory.layout.lower[phrase.head + 1 : phrase.last]
        if source.head != "head" or of[:1] != ["of"] or of[-1] not in HEADS:
            return source
        head, mods = HEADS[of[-1]]
        return replace(source, head=head, mods=mods)

    def _holder(self, source: Source, at: int) -> tuple[str, float, str] | None:
        """Return who has the role, or one that its noun is wider than: "the diplomat" after an ambassador."""
        if source.plural or (source.head in OTHERS and self._unnamed(source.head)):
            return None
        role = self.memory.people.roles.get(source.head)
        name = role.of(source.mods) if role else None
        if name and self.memory.people.first(name) < at:
            return name, 0.82, "the only one of that role"
        standing = source.head in {"candidate", "nominee"} or not self.memory.people.unnamed(source.head)
        if source.head in LOCAL and not role and not source.mods and standing:
            main = self.memory.people.prominent(source.gender, at)
            return (main, 0.74, "of whom the text tells most") if main else None
        last = self.memory.spoken[-1] if self.memory.spoken else None
        if (
            role
            and last is not None
            and self.memory.paragraphs(last.at, at) <= 1
            and last.source.name in role.fitting(source.mods)
        ):
            return last.source.name, 0.74, "the last speaker of that role"
        sided = source.head in CONTENDERS and source.mods & PARTIES
        narrower = () if role or sided else WIDER.get(source.head, ())
        wider = {n for narrow in narrower for n in self._of(narrow)}
        here = named_within(self.memory.people, at, 0)
        wider = {n for n in wider if self.memory.people.first(n) < at and (not here or n in here)}
        if source.mods & QUALIFIED:
            return None
        if last is not None and last.source.name in wider and self.memory.paragraphs(last.at, at) <= 1:
            wider = {last.source.name}
        if (
            role and source.head in ELECTED and len(role.holders) == 1 and here <= set(role.holders)
        ):  # "the Ohio senator"
            wider = set(role.holders)
        return (wider.pop(), 0.74, "the only one whom that word can mean") if len(wider) == 1 else None

    def _of(self, role: str) -> set[str]:
        known = self.memory.people.roles.get(role)
        return set(known.holders) if known else set()

    def _unnamed(self, head: str) -> bool:
        """Return whether somebody without a name is called so in the text: then the word may mean him."""
        spoke = any(r.source.kind == "anonymous" and r.source.head == head for r in self.memory.spoken)
        return spoke or bool(self.memory.people.unnamed(head))

    def _by_epithet(self, phrase: Phrase, source: Source, at: int) -> Referent | None:
        """Return somebody in view whom the text now calls by what he is: "the tycoon"."""
        last = self.memory.spoken[-1] if self.memory.spoken else None
        spoke = (last.source.name, last.at) if last is not None and not last.source.plural else None
        found = called(self.memory.people, phrase, source, spoke, own=self.own)
        role = self.memory.people.roles.get(source.head)
        told = source.head in ELECTED and source.mods  # "the Ohio Republican" is none of the other Republicans
        if found is None or (role and found[0] not in role.holders and not told):
            return None
        name, sure, why = found
        if last is not None and last.source.name == name:
            return replace(last, phrase=phrase, at=at, sure=sure, why=why)
        return self.memory.named(name, phrase, at, sure=sure, why=why)
