"""Which noun is the subject of a reporting word: by the parse where it is sound, else by the tags."""

from spacy.tokens import Token

from transforms.language.grammar import PEOPLE, SUBJECTS, TENSED
from transforms.language.names import Names
from transforms.language.roles import PERSONS, singular
from transforms.statements.appositions import may_speak
from transforms.statements.layout import Layout
from transforms.statements.naming import NOUNS
from transforms.statements.phrases import (
    AUXILIARY,
    CLOSE,
    DAYS,
    EDGES,
    INNER,
    NOMINAL,
    SKIPPED,
    left_edge,
    time_start,
)
from transforms.statements.sources import agent_noun
from transforms.statements.words import DOCUMENTS, ORGANISATIONS

SUBORDINATING = frozenset(
    {"after", "before", "since", "as", "while", "until", "because", "though", "although", "if", "than"}
)
EMPHATIC = frozenset({"himself", "herself", "itself", "themselves"})
OWN = frozenset({"his", "hers", "theirs", "mine", "ours"})


def main_subject(layout: Layout, names: Names, at: int) -> bool:
    """Return whether a noun that may speak is the subject of the main clause."""
    token = layout.doc[at]
    if token.dep_ not in SUBJECTS or layout.inside[at] >= 0 or not may_speak(layout, names, at):
        return False
    return bool(token.head.dep_ == "ROOT" or (token.head.dep_ == "conj" and token.head.head.dep_ == "ROOT"))


def beside_participle(layout: Layout, verb: int, lo: int) -> int | None:
    """Return the subject that a participle has of its own: "…, with Berg saying"."""
    if layout.tags[verb] == "VBG" and layout.lower[verb - 1] == "as":
        return _quoted_one(layout, verb, lo)
    if layout.tags[verb] != "VBG" or verb - 1 <= lo or layout.tags[verb - 1] not in NOUNS:
        return None
    first = left_edge(layout, verb - 1, lo)
    return verb - 1 if first > lo and layout.lower[first - 1] == "with" else None


def _quoted_one(layout: Layout, verb: int, lo: int) -> int | None:
    """Return who speaks in "the agency quoted the minister as saying"; of "was quoted as saying" the parse knows."""
    quoting = next((k for k in range(verb - 2, max(lo, verb - 10), -1) if layout.lower[k] in {"quoted", "cited"}), None)
    if quoting is None or layout.tags[verb - 2] not in NOUNS or layout.lower[quoting - 1] in AUXILIARY:
        return None
    return _noun_before_phrase(layout, verb - 2, quoting + 1)


def parsed_subject(layout: Layout, verb: int, lo: int) -> int | None:
    """Return the subject that the parse gives the verb, where nothing speaks against it."""
    token = layout.doc[verb]
    own = [t for t in token.children if t.dep_ in SUBJECTS and lo <= t.i < verb and t.dep_ != "expl"]
    own = [t for t in own if time_start(layout, t.i) is None and layout.words[t.i - 1] != "("]
    if not own and token.dep_ == "advcl" and _has_own(layout, verb, lo):
        return None  # the parse has lost the clause's own subject
    subject = own[-1] if own else _shared_subject(token, lo)
    if (
        subject is None
        or time_start(layout, subject.i) is not None
        or layout.inside[subject.i] >= 0
        or layout.tags[subject.i] not in NOMINAL
    ):
        return None
    if subject.lower_ in {"who", "which", "that"} and not subject.is_upper:
        return _antecedent(layout, token, subject.i)
    if _crowded(layout, subject.i, verb):
        return None
    return _described(layout, _whose(layout, _before_relative(layout, _whole(layout, subject.i, verb), lo), lo), lo)


def _has_own(layout: Layout, verb: int, lo: int) -> bool:
    """Return whether a clause has a subject of its own: "Berg left after **the host** suggested"."""
    if layout.tags[verb] == "VBG" or layout.tags[verb - 1] not in NOUNS:
        return False
    return layout.lower[left_edge(layout, verb - 1, lo) - 1] in SUBORDINATING | {"when"}


def _whole(layout: Layout, head: int, verb: int) -> int:
    """Return the last noun of a subject that the parse gave to an earlier one: "the Rotherby **MP** added"."""
    if layout.words[head - 1] == "-" and layout.lower[head] in {"elect", "designate"}:  # "the president-elect"
        return head - 2
    if layout.tags[head] not in {"NNP", "NN"} or layout.doc[head].ent_type_ in PEOPLE:
        return head
    at = head + 1
    while at < verb and layout.tags[at] in {"NN", "NNP"}:
        at += 1
    return at - 1 if at == verb and singular(layout.lower[at - 1]) in PERSONS else head


def _whose(layout: Layout, head: int, lo: int) -> int:
    """Return the person before "for" whom the parse left out: "**A spokesman** for the Fund said"."""
    first = left_edge(layout, head, lo)
    person = first - 2
    if person > lo + 1 and layout.lower[first - 1] == "of" and layout.words[person - 1] == ",":
        titled = layout.tags[person] == "NN" and singular(layout.lower[person]) in PERSONS
        return person - 2 if titled and layout.doc[person - 2].ent_type_ in PEOPLE else head
    if person < lo or layout.lower[first - 1] not in {"for", "at", "with"}:
        return head
    return person if layout.tags[person] in {"NN", "NNS"} and singular(layout.lower[person]) in PERSONS else head


def _described(layout: Layout, head: int, lo: int) -> int:
    """Return the name before a subject that only describes it: "**Berg**, a minister, said", no list of people."""
    first = left_edge(layout, head, lo)
    article = layout.lower[first] in {"a", "an"} or layout.tags[first] == "NNP" or first == head
    if not article or first - 2 < lo or layout.words[first - 1] != "," or "," not in layout.words[head : head + 9]:
        return head
    name = first - 2
    alone = layout.words[name][:1].isupper() and (name == lo or layout.tags[name - 1] not in {"CC", ","})
    named = alone and layout.lower[name] not in DAYS and layout.doc[name].ent_type_ in PEOPLE
    bare = (
        first == head and layout.tags[head] == "NN" and layout.lower[head] in PERSONS
    )  # "Berg, spokesman of the Fund,"
    return name if named and (bare or layout.lower[first] in {"a", "an"}) else head


def _crowded(layout: Layout, subject: int, verb: int) -> bool:
    """Return whether another finite verb stands between subject and verb outside commas: then the parse erred."""
    if "," in layout.words[subject:verb]:
        return False
    relative = layout.lower[subject + 1] in {"who", "which", "that"}  # "a neighbour who asked not to be named said"
    shared = layout.doc[verb].dep_ in {"conj", "xcomp"} or (
        layout.doc[verb].dep_ == "advcl" and layout.tags[verb] == "VB"
    )
    joined = {t.i for a in layout.doc[verb].ancestors for t in (a, *a.lefts)} if shared else set()
    return sum(_finite_there(layout, i) for i in range(subject + 1, verb) if i not in joined) > relative


def _finite_there(layout: Layout, at: int) -> bool:
    """Return whether a finite verb stands there: "involved in" after a noun is a participle, whatever its tag."""
    if layout.tags[at] not in {"VBD", "VBZ", "VBP", "MD"} or layout.lower[at] in AUXILIARY:
        return False
    return not (layout.tags[at] == "VBD" and layout.tags[at - 1] in NOUNS and layout.tags[at + 1] in {"IN", "TO"})


def _shared_subject(token: Token, lo: int) -> Token | None:
    """Return the subject of the verb that this one is joined to: "Berg left and said", "…, adding that"."""
    seen = 0
    linked = {"conj", "advcl", "xcomp", "acl", *(["parataxis"] if token.tag_ == "VBG" else [])}
    while token.dep_ in linked and token.head.i != token.i and seen < 4:
        token, seen = token.head, seen + 1
        if token.tag_[:1] == "N":  # "a statement saying", "one poster writing"
            return token if token.i >= lo else None
        found = [t for t in token.children if t.dep_ in SUBJECTS and t.dep_ != "expl" and t.i >= lo]
        if found:
            return found[-1] if token.dep_ not in {"acl:relcl", "relcl"} or found[-1].tag_[:1] != "W" else token.head
    return None


def _antecedent(layout: Layout, verb: Token, relative: int) -> int | None:
    at, party = _before_who(layout, relative)
    found = at if at >= 0 and layout.tags[at] in NOUNS else None
    related = verb.dep_ in {"acl:relcl", "relcl"} and verb.head.i < relative and layout.tags[verb.head.i] in NOMINAL
    if related and not party:
        found = int(verb.head.i)
    if found is None or layout.lower[relative] != "who" or layout.tags[found] != "NN" or _somebody(layout, found):
        return found
    for k in range(found - 1, max(-1, found - 10), -1):  # "employees of his programme, who claim"
        if layout.tags[k] in {"VBD", "VBZ", "VBP", "MD"}:
            break
        if layout.tags[k] in {"NN", "NNS"} and _somebody(layout, k):
            return k
    return found


def _before_who(layout: Layout, relative: int) -> tuple[int, bool]:
    """Return the last word before a relative pronoun, and whether a party was left out: "Sen. Bo Lund, D-Ohio, who"."""
    at = relative - 1
    if layout.tags[at] == "CC":  # "Berg, who left **and who said**": the same who
        near = (k for k in range(at, max(0, at - 30), -1) if layout.lower[k] == "who" and layout.inside[k] < 0)
        at = next(near, relative) - 1
    while at >= 0 and layout.words[at] == ",":
        at -= 1
    party = at > 3 and layout.words[at - 1] == "-" and layout.words[at - 2] in {"D", "R", "I"}
    return (at - 4, True) if party else (at, False)


def _somebody(layout: Layout, at: int) -> bool:
    head = singular(layout.lower[at])
    return head in PERSONS | ORGANISATIONS or agent_noun(head)


def tagged_subject(layout: Layout, verb: int, lo: int) -> int | None:
    """Return the noun before the verb, over adverbs, appositions and brackets."""
    at = verb - 1
    while at >= lo:
        time = time_start(layout, at)  # "a poll released Wednesday found", "Berg last night said"
        if time is None and layout.tags[at] not in SKIPPED - {","} and layout.lower[at] not in AUXILIARY | EMPHATIC:
            break
        at = at - 1 if time is None else time - 1
    if at >= lo and layout.words[at] in EDGES:  # "Ivan Petrov, the minister, said", "the Fund (IMF) says"
        opening = EDGES[layout.words[at]]
        edge = next((i for i in range(at - 1, max(lo, at - 25), -1) if layout.words[i] == opening), None)
        at = at - 1 if edge is None else edge - 1
    at -= _dated(layout, at, lo)
    if at < lo:
        return None
    own = layout.lower[at] in OWN and layout.lower[at - 1] == "of"  # "a friend of his"
    own = own or layout.lower[at] in {"another", "others", "both"}
    if layout.inside[at] >= 0 or not (own or layout.tags[at] in NOUNS | {"PRP", "CD"}):
        return None
    return _before_relative(layout, _noun_before_phrase(layout, at, lo), lo)


def _dated(layout: Layout, at: int, lo: int) -> bool:
    """Return whether a participle stands there that only tells more of the noun before it: "a poll released Monday"."""
    if at - 1 <= lo or layout.tags[at - 1] not in NOUNS:
        return False
    return layout.tags[at] == "VBN" or (layout.tags[at] == "VBD" and layout.lower[at - 1] in DOCUMENTS)


def _before_relative(layout: Layout, head: int, lo: int) -> int:
    """Return the noun that a relative clause hangs on, where the head stands in one: "two men who met her said"."""
    for at in range(head - 1, max(lo, head - 9), -1):
        if layout.words[at] == ",":
            return head
        if layout.lower[at] in {"who", "which", "that"} and at - 1 >= lo and layout.tags[at - 1] in NOUNS:
            return at - 1 if any(layout.tags[k] in TENSED for k in range(at + 1, head)) else head
    return head


def _noun_before_phrase(layout: Layout, at: int, lo: int) -> int:
    """Return the head noun of a phrase that ends at a token: of "the head of the bank" it is "head"."""
    head = at
    i = at
    while (
        i > lo and layout.tags[i] in INNER | {"VBD"} and layout.inside[i] < 0 and layout.lower[i] not in SUBORDINATING
    ):
        speaking = layout.tags[i] == "VBG" and layout.tags[i + 1] in {
            "IN",
            "TO",
            "RB",
        }  # "officials speaking on condition"
        trailing = layout.tags[i] in {"IN", "TO", "VBN", "VBD", "JJ"} or layout.lower[i] in CLOSE
        if (trailing or speaking) and layout.tags[i - 1] in NOUNS | {"CD"}:
            head = i - 1
        elif layout.tags[i] == "CC":
            break
        i -= 1
    return head
