"""The people of a document as somebody reading it has them in mind: who was just the subject, who has which role."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from spacy.tokens import Token

from transforms.language.grammar import FINITE, SUBJECTS
from transforms.language.lists import words
from transforms.language.names import Name, Names
from transforms.language.roles import FEMALE, MALE, PERSONS, singular
from transforms.statements.beside import beside_name
from transforms.statements.drafts import Phrase, Range
from transforms.statements.layout import Layout
from transforms.statements.naming import NOUNS
from transforms.statements.sources import fold
from transforms.statements.speakers import subject_at
from transforms.statements.words import DOCUMENTS, ORGANISATIONS

SHORT = {
    "gov": "governor", "sen": "senator", "rep": "representative", "gen": "general", "adm": "admiral",
    "democratic": "democrat", "gop": "republican", "r": "republican", "d": "democrat", "tory": "conservative",
}  # fmt: skip
"""What stands beside a name for a role or a party."""

INDEFINITE = frozenset({"a", "an", "another", "one"})
QUALIFIED = frozenset({"shadow", "former", "deputy", "vice", "assistant", "acting", "ex", "outgoing", "incoming"})
"""Words beside a role that make it another one: "the chancellor" is not the shadow chancellor."""

GENDERED = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}

MANY = 1000
"""Names from the start on that are counted: a text without end must not cost the square of its length."""

RELATIVE = frozenset({"acl:relcl", "relcl"})

ANYBODY = words(
    "someone somebody everyone everybody anyone nobody one other many some several most few two three four five figure"
)
"""Words for people that no singular pronoun takes up."""


def may_be_person(name: Name) -> bool:
    """Return whether the document means a person, or may: two capitalised words that the model gave no label."""
    return name.is_person or (not name.label and name.text.count(" ") in {1, 2} and name.text.istitle())


@dataclass(slots=True)
class Role:
    """Who holds a role in the text, and with which words beside it."""

    holders: dict[str, set[str]] = field(default_factory=dict)

    def fitting(self, mods: frozenset[str]) -> set[str]:
        """Return the holders whom these words can mean."""
        return {name for name, known in self.holders.items() if mods <= known and known & QUALIFIED <= mods}

    def of(self, mods: frozenset[str]) -> str | None:
        """Return the one holder whom these words can mean."""
        fitting = sorted(self.fitting(mods))
        plain = [name for name, known in self.holders.items() if not known & QUALIFIED - mods]
        return fitting[0] if len(fitting) == 1 and (mods or len(plain) == 1) else None


class People:
    """The document's people by place, role and gender."""

    def __init__(self, layout: Layout, names: Names) -> None:
        self.layout, self.names = layout, names
        self.mentions = sorted(
            (place[0], name.text)
            for name in names.chains
            if may_be_person(name)
            for place in name.places
            if layout.inside[place[0]] < 0 and self._stands_alone(place)
        )
        self.starts = [start for start, _ in self.mentions]
        self.roles: dict[str, Role] = {}
        self.genders: dict[str, str] = {}
        self.ages: dict[str, str] = {}
        self.nouns: dict[str, list[int]] = {}
        for name in names.chains:
            if may_be_person(name):
                self._learn(name)
        self._learn_genders()

    def _stands_alone(self, place: Range) -> bool:
        """Return whether the name is nobody's title or adjective: "Berg aides", "The Gannet" are not in view."""
        start, end = place
        modifies = end - start == 1 and end < len(self.layout.words) and self.layout.tags[end] in NOUNS
        article = end - start == 1 and start > 0 and self.layout.lower[start - 1] == "the"
        return not modifies and not article

    def _learn(self, name: Name) -> None:
        if name.gender:
            self.genders[name.text] = name.gender
        for start, end in name.places:
            age = self._age_beside(start, end)
            if age:
                self.ages.setdefault(name.text, age)
            beside = beside_name(self.layout, start, end)
            words = [SHORT.get(word, word) for word in (self.layout.lower[k].rstrip(".") for k in beside)]
            own = {k for k in beside if (k < end or not self._owned(end, k)) and not self._owner(k)}
            roles = {r for k, r in zip(beside, map(singular, words), strict=True) if r in PERSONS and k in own}
            general = any(self.layout.lower[k] == "general" and k + 1 in beside and k + 1 < start for k in beside)
            for role in (roles - {"general"} or roles) if general else roles:  # "general manager"
                mods = set(map(fold, words)) - ({role} & QUALIFIED)  # "the deputy" is what he is, no other one
                self.roles.setdefault(role, Role()).holders.setdefault(name.text, set()).update(mods)
            if "counterpart" in roles:
                self._share(name.text, start, set(map(fold, words)))
            for found, gender in ((FEMALE, "f"), (MALE, "m")):
                if roles & found:
                    self.genders.setdefault(name.text, gender)

    def _learn_genders(self) -> None:
        """Learn the gender of whom no name or title tells it from the pronouns after him, alone in his sentence."""
        seen: dict[str, set[str]] = {}
        pronouns = [k for k, word in enumerate(self.layout.lower) if word in GENDERED and self.layout.inside[k] < 0]
        for k in pronouns:
            first = self.layout.sentence(k)[0]
            before = self.between(first, k)
            if len(before) == 1 and self.opens_with(first) and not self._in_apposition(k):
                seen.setdefault(min(before), set()).add(GENDERED[self.layout.lower[k]])
        for name, genders in seen.items():
            if len(genders) == 1:
                self.genders.setdefault(name, min(genders))

    def _in_apposition(self, k: int) -> bool:
        """Return whether a pronoun owns what somebody is: "Bo Lund, **her** campaign manager,"."""
        return self.layout.words[k - 1] == "," and k > 1 and self.names.at(k - 2) is not None

    def opens_with(self, first: int) -> bool:
        """Return whether a sentence opens with a person's name."""
        return any((name := self.names.at(k)) and may_be_person(name) for k in range(first, first + 3))

    def _share(self, name: str, at: int, mods: set[str]) -> None:
        """Learn that a counterpart has the roles of the one named before: "his Norvian counterpart, Anna Berg"."""
        holders = {n for known in self.roles.values() for n in known.holders} - {name}
        earlier = reversed(self.mentions[: bisect_left(self.starts, at)])
        before = next((other for _, other in earlier if other in holders), "")
        for role in [r for r, known in self.roles.items() if before in known.holders]:
            self.roles[role].holders.setdefault(name, set()).update(mods | {role})

    def unnamed(self, head: str) -> list[int]:
        """Return where the text has somebody of that noun without a name: "a lawyer", "one veteran trade lawyer"."""
        lower = self.layout.lower
        if head not in self.nouns:
            places = (k for k, word in enumerate(lower) if word == head and self.layout.tags[k] in NOUNS)
            self.nouns[head] = [k for k in places if self._indefinite(k) and not self._named_beside(k)]
        return self.nouns[head]

    def _indefinite(self, k: int) -> bool:
        """Return whether the nearest article before a noun is one that brings somebody in."""
        near = (w for w in reversed(self.layout.lower[max(0, k - 4) : k]) if w in INDEFINITE | {"the", "his", "her"})
        return next(near, "the") in INDEFINITE

    def prominent(self, gender: str, at: int) -> str:
        """Return of whom the text tells most by far, at least twice, and first of all; so far."""
        counts: dict[str, int] = {}
        for start, name in self.mentions[:MANY]:
            if start < at and self.genders.get(name, gender) == gender:
                counts[name] = counts.get(name, 0) + 1
        ranked = sorted(counts, key=lambda name: -counts[name])
        if not ranked or " " not in ranked[0] or counts[ranked[0]] < 2:
            return ""
        first = next(iter(counts))
        clear = len(ranked) == 1 or counts[ranked[0]] >= 2 * counts[ranked[1]]
        return ranked[0] if clear and first == ranked[0] else ""

    def introduced(self, head: str, at: int) -> Phrase | None:
        """Return the last one of that noun without a name whom the text brought in before a token."""
        found = [k for k in self.unnamed(head) if k < at and self.layout.inside[k] < 0]
        if not found or self.paragraphs(found[-1], at) > 2:
            return None
        first, last = self.layout.sentence(found[-1])
        verb = self._verb_after(found[-1], last)
        if self.layout.lower[found[-1] + 1 : found[-1] + 2] == ["who"]:
            verb = self._verb_after(verb, last)
        return subject_at(self.layout, self.names, found[-1], first, verb)

    def _named_beside(self, k: int) -> bool:
        """Return whether a name stands right after the noun, or after a comma."""
        after = k + 1 + (self.layout.words[k + 1 : k + 2] == [","])
        return self.names.at(after) is not None

    def _owned(self, end: int, k: int) -> bool:
        """Return whether a word after the name stands behind "for" or "to": "Anna Berg, an aide to Sen. Bo Lund"."""
        if any(self.layout.lower[i] in {"for", "to", "with", "from"} for i in range(end, k)):
            return True
        of = next((i for i in range(end, k) if self.layout.lower[i] == "of"), k)  # "an ally **of the president**"
        return any(singular(self.layout.lower[i]) in PERSONS for i in range(end, of)) and of < k

    def _owner(self, k: int) -> bool:
        """Return whether a word only owns what somebody is: "the **president's** closest ally"."""
        return self.layout.tags[k + 1 : k + 2] == ["POS"]

    def _age_beside(self, start: int, end: int) -> str:
        """Return the age beside a name: "Anna Berg, 54,", "54-year-old Anna Berg"."""
        after, before = self.layout.words[end : end + 2], self.layout.lower[max(0, start - 5) : start]
        if len(after) > 1 and after[0] in {",", "("} and after[1].isdigit():
            return after[1]
        return before[0] if len(before) > 4 and before[2] == "year" and before[0].isdigit() else ""

    def of_age(self, phrase: Phrase) -> str | None:
        """Return whom "the 54-year-old" means by the text's own count."""
        age = next((w for w in self.layout.words[phrase.first : phrase.last] if w.isdigit()), "")
        found = [name for name, known in self.ages.items() if known == age]
        return found[0] if len(found) == 1 else None

    def first(self, name: str) -> int:
        """Return where somebody is first named."""
        known = self.names.named(name)
        return min(known.places)[0] if known else len(self.layout.words)

    def assign(self, role: str, name: str, place: range) -> None:
        """Learn that somebody has a role, with the words that describe it."""
        mods = {fold(self.layout.lower[k]) for k in place}
        self.roles.setdefault(role, Role()).holders.setdefault(name, set()).update(mods)

    def fits(self, name: str, gender: str) -> bool:
        """Return whether the person can be meant by a pronoun of that gender."""
        return self.genders.get(name, gender) == gender

    def between(self, first: int, last: int) -> set[str]:
        """Return who is named between two tokens, outside quotation marks."""
        return {name for _, name in self.mentions[bisect_left(self.starts, first) : bisect_left(self.starts, last)]}

    def paragraphs(self, first: int, last: int) -> int:
        """Return how many paragraphs lie between two tokens."""
        return abs(self.layout.paragraph[last] - self.layout.paragraph[first])

    def goes_on(self, first: int, last: int, gender: str) -> bool:
        """Return whether a pronoun of that gender is a subject there: then the one in mind stays the same."""
        wanted = "he" if gender == "m" else "she"
        near = range(first, last)
        return any(self.layout.lower[k] == wanted and self.layout.inside[k] < 0 for k in near)

    def opens(self, name: str, first: int, last: int) -> bool:
        """Return whether the name is an apposition before the sentence's verb: "My rival, baker Anna Berg, left"."""
        near = self.mentions[bisect_left(self.starts, first) : bisect_left(self.starts, self._verb_after(first, last))]
        start = next((at for at, found in near if found == name), None)
        place = self.names.place(start) if start is not None else None
        if place is None or self.layout.words[place[1] : place[1] + 1] != [","]:
            return False
        beside = {singular(self.layout.lower[k]) for k in beside_name(self.layout, *place) if k < place[0]}
        return bool(beside & PERSONS) and "," in self.layout.words[first : place[0]]

    def presents(self, name: str, first: int, last: int) -> bool:
        """Return whether the sentence brings somebody in: "Among them was Anna Berg", "of no use to Anna Berg, 24."."""
        near = self.mentions[bisect_left(self.starts, first) : bisect_left(self.starts, last)]
        start = next((at for at, found in near if found == name), first)
        verb = next((k for k in range(start - 1, first, -1) if self.layout.tags[k] in FINITE | {"IN"}), first)
        place = self.names.place(start)
        aged = place is not None and bool(self._age_beside(*place))
        return aged or self.layout.lower[verb] in {"was", "is", "were", "came", "stood"}

    def subjects(self, first: int, last: int) -> list[Phrase]:
        """Return the people who are subjects in a token range, that of the main clause first."""
        found: list[tuple[bool, int, Phrase]] = []
        for k in range(first, last):
            if self.layout.inside[k] < 0 and self.layout.tags[k] in NOUNS and self.layout.doc[k].dep_ in SUBJECTS:
                phrase = subject_at(self.layout, self.names, k, first, self._verb_after(k, last))
                head = self.layout.doc[k].head
                if self._is_somebody(phrase, k) and not self._of_another(head, first):
                    found.append((head.dep_ != "ROOT", k, phrase))
        return [phrase for *_, phrase in sorted(found, key=lambda each: each[:2])] or self._opening(first, last)

    def _of_another(self, verb: Token, first: int) -> bool:
        """Return whether a clause tells of a person named before it: "Anna Berg, whose son Bo works there"."""
        owner = verb.head.i
        return verb.dep_ in RELATIVE and first <= owner < verb.i and self.names.at(owner) is not None

    def groups(self, first: int, last: int, *, plural: bool) -> list[Phrase]:
        """Return the subjects that "they" (people) or "it" (a body) may take up."""
        near = (k for k in range(first, last) if self.layout.inside[k] < 0 and self.layout.doc[k].dep_ in SUBJECTS)
        heads = [k for k in near if self._is_group(k, plural=plural)]
        return [subject_at(self.layout, self.names, k, first, self._verb_after(k, last)) for k in heads]

    def _is_group(self, k: int, *, plural: bool) -> bool:
        word, tag, name = self.layout.lower[k], self.layout.tags[k], self.names.at(k)
        if plural:
            return tag == "NNS" and singular(word) in PERSONS
        return (name is not None and name.label == "ORG") or (tag == "NN" and word in ORGANISATIONS | DOCUMENTS)

    def _is_somebody(self, phrase: Phrase, head: int) -> bool:
        name = self.names.at(phrase.name[0]) if phrase.name else None
        if name is not None:
            return may_be_person(name)
        word = self.layout.lower[head]
        return self.layout.tags[head] == "NN" and word in PERSONS and word not in ANYBODY

    def _opening(self, first: int, last: int) -> list[Phrase]:
        """Return the name that opens the sentence, titles and roles before it, where the parse gives it no subject."""
        near = range(first, min(first + 8, last))
        verb = next((k for k in near if self.layout.tags[k] in FINITE | {"IN", "TO", "POS"}), near.stop)
        people = (k for k in near if k < verb and (name := self.names.at(k)) and may_be_person(name))
        place = next((p for p in map(self.names.place, people) if p), None)
        if place is None or self.layout.inside[place[0]] >= 0:
            return []
        after = self.layout.tags[place[1]] if place[1] < last else ""
        possessive = after == "POS" or (after in NOUNS and place[1] - place[0] == 1)  # "Anna Berg disagrees" is no noun
        return [] if possessive else [Phrase(place[0], place[1], place[1] - 1, place)]

    def _verb_after(self, at: int, last: int) -> int:
        return next((k for k in range(at + 1, last) if self.layout.tags[k] in FINITE), last)

    def sentences_before(self, at: int, most: int) -> list[Range]:
        """Return the token's own sentence up to it, and those before, nearest first."""
        n = bisect_right(self.layout.starts, at) - 1
        found: list[Range] = []
        end = at
        while n >= 0 and len(found) < most:
            found.append((self.layout.starts[n], end))
            end = self.layout.starts[n]
            n -= 1
        return found
