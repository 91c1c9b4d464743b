"""Names of one document: its entity mentions joined into chains, each with one label and its longest form.

Small models give "Kellogg" a new label in every sentence; a name is therefore decided once: "Anna Berg" makes every
later "Berg" that person, unless two people of that surname are in the text. `read_names(doc)` is the way in.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.attrs import ORTH
from spacy.tokens import Doc, Token

from transforms.language.chains import (
    ORG_WORDS,
    Form,
    Gender,
    chain_of,
    chains_of,
    full_names,
    surname_of,
    titled_first,
)
from transforms.language.given import gender_of
from transforms.language.grammar import PEOPLE
from transforms.language.roles import PERSONS, singular
from transforms.language.titles import GENERAL, JUNIOR, LETTERS, RANKS, TAILS, TITLES

NAMED = frozenset({"PERSON", "PER", "ORG", "GPE", "LOC", "NORP", "FAC"})
PROPER = frozenset({"NNP", "NNPS"})


KEPT = "newswatch.names"
"""Where a Doc keeps its names once they are read."""


@dataclass(frozen=True, slots=True)
class Name:
    """One named thing of the document: longest form, label, gender where the text tells, token ranges."""

    text: str
    label: str
    gender: Gender = ""
    places: tuple[tuple[int, int], ...] = ()

    @property
    def is_person(self) -> bool:
        """Return whether the document means a person by it."""
        return self.label == "PERSON"


class Names:
    """The document's names, found by token or by text."""

    def __init__(self, chains: Iterable[Name]) -> None:
        self.chains = tuple(chains)
        self._at = {i: name for name in self.chains for start, end in name.places for i in range(start, end)}
        self._place = {i: (s, e) for name in self.chains for s, e in name.places for i in range(s, e)}
        self._by_text = {name.text.casefold(): name for name in self.chains}

    def at(self, i: int) -> Name | None:
        """Return the name that token i belongs to."""
        return self._at.get(i)

    def place(self, i: int) -> tuple[int, int] | None:
        """Return the token range of the mention that token i belongs to, titles and possessive left out."""
        return self._place.get(i)

    def named(self, text: str) -> Name | None:
        """Return the name with that longest form."""
        return self._by_text.get(text.casefold())


def read_names(doc: Doc) -> Names:
    """Return the names of the document, each mention with its longest form and the one label of its chain."""
    names: Names | None = doc.user_data.get(KEPT)  # statements and events both ask
    if names is None:
        names = doc.user_data[KEPT] = _read(doc)
    return names


def _read(doc: Doc) -> Names:
    forms = [*_entities(doc)]
    taken = {i for entity in doc.ents for i in range(entity.start, entity.end)}
    taken |= {i for form in forms for i in range(form.start, form.end)}
    surnames = {surname for words in full_names(forms) if len(surname := surname_of(words)) > 2}
    forms += _runs(doc, taken, surnames)
    keys = chains_of(forms)
    grouped: dict[tuple[str, ...], list[Form]] = defaultdict(list)
    ordered = sorted(forms, key=lambda f: f.start)
    titled = titled_first(ordered, keys)
    for form in ordered:
        grouped[chain_of(form, keys, titled)].append(form)
    return Names(_name(doc, members) for members in grouped.values())


def _entities(doc: Doc) -> Iterable[Form]:
    for entity in doc.ents:
        if entity.label_ in NAMED:
            split = _is_split(doc, entity.start, entity.end)
            person = entity.label_ in PEOPLE or split
            given = entity.start - 1 if person and (split == "before" or _is_given(doc, entity.start - 1)) else None
            form = _form(
                doc,
                entity.start if given is None else given,
                entity.end + (split == "behind" or _goes_on(doc, entity.start, entity.end)),
                "PERSON" if person else entity.label_,
            )
            if form:
                yield form


def _is_split(doc: Doc, start: int, end: int) -> str:
    """Return on which side a place is half of a person's name in an apposition: "the mayor, **Aage** Brunn,"."""
    if end - start != 1 or doc[start].ent_type_ not in {"GPE", "ORG", "LOC"} or end >= len(doc) - 1:
        return ""
    before, after = doc[start - 1] if start else doc[start], doc[end]
    if start > 1 and after.text in {",", "("} and before.tag_ == "NNP" and doc[start - 2].text == ",":
        return "before" if not before.ent_type_ and doc[start].dep_.startswith("flat") else ""
    role = any(singular(t.lower_) in PERSONS for t in doc[max(0, start - 8) : start])
    known = role and before.text == "," and doc[end + 1].text in {",", "("}
    return "behind" if known and after.tag_ == "NNP" and not after.ent_type_ else ""


def _goes_on(doc: Doc, start: int, end: int) -> bool:
    """Return whether the model labelled a first name alone: the next word is a name too, and the parse joins them."""
    if end - start != 1 or end >= len(doc) or doc[start].ent_type_ == "NORP":
        return False
    first, second = doc[start], doc[end]
    proper = second.tag_ == "NNP" and second.text[:1].isupper() and not second.ent_type_ and not _title(second.lower_)
    closed = end + 1 < len(doc) and doc[end + 1].text in {",", "("} and first.ent_type_ in PEOPLE
    return proper and (
        closed
        or (first.head.i == end and first.dep_ == "compound")
        or (second.head.i == start and second.dep_ in {"flat", "flat:name"})
    )


def _is_given(doc: Doc, at: int) -> bool:
    """Return whether a given name stands there that the model left out of the name behind it."""
    if at < 0 or doc[at].tag_ not in PROPER or doc[at].ent_type_:
        return False
    joined = doc[at].head.i == at + 1 and doc[at].dep_ == "compound" and (at == 0 or doc[at - 1].is_space)
    word = doc[at].lower_
    return bool(gender_of(word)) or (joined and not _title(word) and word not in PERSONS | ORG_WORDS)


def _proper(token: Token, surnames: set[str]) -> bool:
    return token.tag_ in PROPER or token.lower_ in surnames


def _runs(doc: Doc, taken: set[int], surnames: set[str]) -> list[Form]:
    """Return runs of proper nouns, and known surnames whatever their tag, that the model gave no label."""
    found: list[Form] = []
    start: int | None = None
    words = doc.to_array(ORTH).tolist()
    capital = {key for key in set(words) if doc.vocab.strings[key][:1].isupper()}
    for i, key in enumerate(words):
        proper = key in capital and i not in taken and _proper(doc[i], surnames)
        if proper and start is None:
            start = i
        elif not proper and start is not None:
            found += [f for f in [_form(doc, start, i, "")] if f]
            start = None
    if start is not None:
        found += [f for f in [_form(doc, start, len(doc), "")] if f]
    return found


def _form(doc: Doc, start: int, end: int, label: str) -> Form | None:
    """Return the mention without titles before it and possessive after it; None where nothing is left."""
    start = _after_place(doc, _after_role(doc, start, end, label), end, label)
    label = _relabelled(doc, start, end, label)
    first, titles = start, []
    while first < end - 1 and _leads(doc, first, end) and label not in {"ORG", "GPE", "LOC", "FAC"}:
        titles.append(doc[first].lower_)
        first += 1
    while end > first + 1 and doc[end - 1].text in LETTERS:
        end -= 1
    while end > first and (doc[end - 1].lower_ in TAILS or doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    end += first < end < len(doc) and doc[end].text in JUNIOR and label in {"PERSON", ""}
    if first >= end or doc[first].text in LETTERS | JUNIOR or not any(c.isalpha() for c in doc[first].text):
        return None
    if first and doc[first - 1].lower_ == "general" and doc[first].lower_ in GENERAL:
        return None
    if first and not titles and _title(doc[first - 1].lower_):
        titles.append(doc[first - 1].lower_)
    words = tuple(t.lower_.rstrip(".") if t.text in JUNIOR else t.lower_ for t in doc[first:end] if not t.is_space)
    if not label and len(words) == 1 and _title(words[0]):
        return None
    gender = _gender((*titles, words[0]))
    return Form(first, end, words, label, gender, bool(titles))


def _relabelled(doc: Doc, start: int, end: int, label: str) -> str:
    if _general(doc, start, end):
        return "ORG"
    return "" if label in {"ORG", "GPE", "LOC", "FAC"} and _person_after_role(doc, start, end) else label


def _after_role(doc: Doc, start: int, end: int, label: str) -> int:
    """Return where the person starts that a long label holds: "National Security Adviser **Anna Berg**"."""
    if label not in {"ORG", "GPE", "LOC", "FAC", "PERSON"} or end - start < 4:
        return start
    role = next((k for k in range(end - 3, start, -1) if doc[k].lower_ in PERSONS and doc[k].is_title), None)
    found = role is not None and end - role < 5 and not {t.lower_ for t in doc[role + 1 : end]} & ORG_WORDS
    return role if found and role is not None and doc[end - 1].lower_ not in TAILS else start


def _after_place(doc: Doc, start: int, end: int, label: str) -> int:
    """Return where the person starts after the place of his office: "the minister of Norrvia **Anna Berg**"."""
    three = label == "PERSON" and end - start == 3 and start > 0 and doc[start - 1].lower_ == "of"
    return start + 1 if three and gender_of(doc[start + 1].lower_) and not gender_of(doc[start].lower_) else start


def _general(doc: Doc, start: int, end: int) -> bool:
    """Return whether what is general is no general: "the General Staff"."""
    return end - start > 1 and doc[start].lower_ == "general" and doc[end - 1].lower_ in GENERAL


def _leads(doc: Doc, first: int, end: int) -> bool:
    """Return whether a title stands there, or a role with a full name behind it: "Deckhand Ole Lund"."""
    return _title(doc[first].lower_) or (end - first > 2 and doc[first].lower_ in PERSONS)


def _person_after_role(doc: Doc, start: int, end: int) -> bool:
    """Return whether what the model calls an organisation or a place is a person with a title or a role."""
    if doc[start].lower_.rstrip(".") in RANKS:
        return True
    return end - start > 2 and doc[start].lower_ in PERSONS and not {t.lower_ for t in doc[start:end]} & ORG_WORDS


def _gender(words: tuple[str, ...]) -> Gender:
    return next((g for g in map(gender_of, words) if g), "")


def _title(word: str) -> bool:
    return word.rstrip(".") in TITLES


def _name(doc: Doc, members: list[Form]) -> Name:
    longest = max(members, key=lambda f: (len(f.words), -f.start))
    genders = {f.gender for f in members if f.gender}
    return Name(
        text=doc[longest.start : longest.end].text,
        label=_label(doc, members, longest),
        gender=genders.pop() if len(genders) == 1 else "",
        places=tuple((f.start, f.end) for f in members),
    )


def _label(doc: Doc, members: list[Form], longest: Form) -> str:
    """Return the chain's one label: that of its longest form, most frequent first; a title makes it a person."""
    labels = [f.label for f in members if f.words == longest.words and f.label] or [f.label for f in members if f.label]
    best = max(sorted(set(labels)), key=labels.count) if labels else ""
    if set(longest.words) & ORG_WORDS and best in {"", "PERSON"}:
        return "ORG"
    if best in {"", "PERSON"} and any(_body_beside(doc, f) for f in members if f.words == longest.words):
        return "ORG"
    if best == "PERSON" and not any(doc[f.start].text[:1].isupper() for f in members):
        return ""
    if best in {"", "ORG", "GPE", "LOC"} and len(longest.words) < 4 and _personal(doc, members, longest):
        return "PERSON"
    return best


def _personal(doc: Doc, members: list[Form], longest: Form) -> bool:
    """Return whether the text shows a person: by a title, a given name, or a role beside the full name."""
    if any(f.titled for f in members) or any(doc[f.end : f.end + 1].text in {"himself", "herself"} for f in members):
        return True
    alone = [f.label for f in members if len(f.words) == 1 and f.label]
    if len(longest.words) < 4 and alone.count("PERSON") * 2 > len(alone):
        return True
    if "the" in longest.words:
        return False
    if len(longest.words) > 1 and gender_of(longest.words[0]):
        return True
    return any(_role_beside(doc, f) for f in members if len(f.words) == len(longest.words))


def _body_beside(doc: Doc, form: Form) -> bool:
    """Return whether a noun for a body stands right before the name: "the transport agency Northlink"."""
    at = form.start - 1
    if (
        form.titled
        or (len(form.words) > 1 and form.gender)
        or at < 1
        or doc[at].tag_ != "NN"
        or doc[at].lower_ not in ORG_WORDS
    ):
        return False
    while at > 0 and doc[at].tag_ in {"NN", "JJ", "NNP"}:
        at -= 1
    return doc[at].lower_ in {"the", "a", "an", "its", "their"}


def _role_beside(doc: Doc, form: Form) -> bool:
    """Return whether a role stands right before the name, or in an apposition after it: "Anna Berg, a skipper"."""
    if (
        len(form.words) > 1
        and form.start
        and singular(doc[form.start - 1].lower_) in PERSONS
        and doc[form.start - 1].tag_ != "NNS"
    ):
        return True
    before = doc[max(0, form.start - 2) : form.start]
    if len(before) > 1 and before[1].text == "," and before[0].tag_ == "NN" and before[0].lower_ in PERSONS:
        return True
    after = doc[form.end : form.end + 5]
    if len(after) > 2 and after[0].text == "," and after[1].text.isdigit() and len(after[1]) < 3:  # "Anna Berg, 54,"
        return len(form.words) > 1 and after[2].text in {",", "."}
    return (
        len(after) > 2
        and after[0].text == ","
        and after[1].lower_ in {"a", "an", "the"}
        and any(t.lower_ in PERSONS for t in after[2:])
    )
