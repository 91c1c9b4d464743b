"""Who is the subject of a reporting word: the noun phrase, by the parse where it is sound, else by the tags."""

from spacy.tokens import Token

from transforms.language.grammar import SUBJECTS
from transforms.language.lists import words
from transforms.language.names import Names
from transforms.statements.appositions import is_somebody, may_speak, other_name, restricted
from transforms.statements.drafts import Phrase, Range
from transforms.statements.layout import Layout
from transforms.statements.naming import NOUNS, name_in

NOMINAL = NOUNS | {"PRP", "CD", "DT", "WP", "JJ", "FW"}
BEFORE = NOUNS | frozenset(
    {"DT", "PDT", "JJ", "JJR", "JJS", "CD", "POS", "PRP$", "HYPH", "VBN", "VBG", "NFP", "ADD", "FW"}
)
INNER = BEFORE | frozenset({"IN", "TO", "CC", "RB", "PRP", "RBR", "RBS"})
SKIPPED = frozenset({"RB", "RBR", "MD", ","})
AUXILIARY = frozenset(
    {
        "has",
        "have",
        "had",
        "is",
        "was",
        "are",
        "were",
        "been",
        "be",
        "also",
        "then",
        "later",
        "did",
        "’s",
        "'s",
        "’ve",
        "’d",
        "will",
        "’ll",
    }
)
INVERTED = SUBJECTS | frozenset(
    {"obj", "dobj", "dep", "iobj", "obl", "appos", "attr", "obl:unmarked", "xcomp", "npadvmod"}
)
DAYS = words("monday tuesday wednesday thursday friday saturday sunday")
CLOSE = frozenset({"close", "near", "familiar", "loyal", "opposed"})  # "sources close to her": the tagger's adverb
EDGES = {",": ",", ")": "(", "—": "—", "–": "–", "-": "-", "--": "--"}
STOPS = words("""
    on in at after before during when while as that who which where and but because following amid last this late
    early yesterday today tomorrow monday tuesday wednesday thursday friday saturday sunday to by via through
    """)


def preverbal(layout: Layout, names: Names, verb: int, lo: int, *, parsed: bool = False) -> Phrase | None:
    """Return the subject that stands between lo and the verb; `parsed` takes the parse's word only."""
    head = _beside_participle(layout, verb, lo)
    if head is None:
        head = _parsed_subject(layout, verb, lo)
    if head is None and not parsed and layout.lower[verb - 1] not in {"while", "whilst", "when", "after", "before"}:
        head = _tagged_subject(layout, verb, lo)
    if head is None:
        return None
    if layout.tags[verb] == "VBG" and (layout.words[verb - 1] == "," or not may_speak(layout, names, head)):
        head = next((k for k in range(lo, verb) if _main_subject(layout, names, k)), head)
        verb = next((k for k in range(head + 1, verb) if layout.tags[k] in {"VBD", "VBZ", "VBP", "MD"}), verb)
    first = _left(layout, head, lo)
    last = _right(layout, head, verb)
    place = names.place(head)
    if place is not None and layout.lower[last - 1] in DAYS:  # "Anna Berg on Thursday said"
        last = max(head + 1, place[1])
    return _phrase(layout, names, (first, last), head, verb)


def subject_at(layout: Layout, names: Names, head: int, lo: int, verb: int) -> Phrase:
    """Return the phrase around a noun that is a subject, bounded by lo and its verb."""
    last = _right(layout, head, max(verb, head + 1))
    return _phrase(layout, names, (_left(layout, head, lo), last), head, max(verb, last))


def _phrase(layout: Layout, names: Names, place: Range, head: int, verb: int, *, turned: bool = False) -> Phrase:
    """Return the phrase with the name in it, or the one that an apposition before the verb gives it."""
    first, last = place
    name = name_in(layout, names, (first, _apposition_end(layout, last, verb)))
    other = None if name else other_name(layout, place, head, verb, turned=turned)
    if other is not None and is_somebody(layout, head, other):
        name, other = other, None
    return Phrase(first, last, head, name, other)


def inverted(layout: Layout, names: Names, verb: int, hi: int) -> Phrase | None:
    """Return the subject that stands right after the verb: "said Anna Berg, the minister"."""
    start = verb + 1
    while start < hi and (layout.tags[start] in {"RB", "RBR", "RP"} or layout.lower[start] in DAYS):
        start += 1
    if start >= hi or layout.tags[start] not in BEFORE | {"PRP"} or layout.lower[start] in STOPS - {"this", "last"}:
        return None
    if layout.tags[start] == "VBG" and layout.tags[start + 1 : start + 2] not in (["NN"], ["NNP"], ["JJ"]):
        return None  # "recommends closing six stations"
    head = _inverted_head(layout, verb, start, hi)
    last = _after(layout, head, hi)
    if last < hi and layout.tags[last] in {"VBD", "VBZ", "VBP", "MD"}:  # "Berg, a minister, said it was late"
        return None
    return _phrase(layout, names, (start, last), head, hi, turned=True)


def noun_phrase(layout: Layout, names: Names, start: int, hi: int) -> Phrase | None:
    """Return the noun phrase that starts at a token: the source after "according to"."""
    if start >= hi or layout.tags[start] not in BEFORE | {"PRP"}:
        return None
    head = _first_head(layout, start, hi)
    last = _after(layout, head, hi)
    return Phrase(start, last, head, name_in(layout, names, (start, _apposition_end(layout, last, hi))))


def possessor(layout: Layout, names: Names, noun: int, lo: int) -> Phrase | None:
    """Return the owner that stands before a noun: "the minister's claim"."""
    at = noun - 1
    while at >= lo and layout.tags[at] in {"JJ", "NN", "RB"}:
        at -= 1
    if at < lo:
        return None
    if layout.tags[at] == "PRP$":
        return Phrase(at, at + 1, at)
    if layout.tags[at] != "POS" or at - 1 < lo:
        return None
    head = at - 1
    first = _left(layout, head, lo)
    return Phrase(first, at, head, name_in(layout, names, (first, at)))


def _main_subject(layout: Layout, names: Names, at: int) -> bool:
    token = layout.doc[at]
    if token.dep_ not in SUBJECTS or layout.inside[at] >= 0 or not may_speak(layout, names, at):
        return False
    return bool(token.head.dep_ == "ROOT" or (token.head.dep_ == "conj" and token.head.head.dep_ == "ROOT"))


def _beside_participle(layout: Layout, verb: int, lo: int) -> int | None:
    """Return the subject that a participle has of its own: "…, with Berg saying"."""
    if layout.tags[verb] == "VBG" and layout.lower[verb - 1] == "as":
        return _quoted_one(layout, verb, lo)
    if layout.tags[verb] != "VBG" or verb - 1 <= lo or layout.tags[verb - 1] not in NOUNS:
        return None
    first = _left(layout, verb - 1, lo)
    return verb - 1 if first > lo and layout.lower[first - 1] == "with" else None


def _quoted_one(layout: Layout, verb: int, lo: int) -> int | None:
    """Return who speaks in "the agency quoted the minister as saying"; of "was quoted as saying" the parse knows."""
    quoting = next((k for k in range(verb - 2, max(lo, verb - 10), -1) if layout.lower[k] in {"quoted", "cited"}), None)
    if quoting is None or layout.tags[verb - 2] not in NOUNS or layout.lower[quoting - 1] in AUXILIARY:
        return None
    return _noun_before_phrase(layout, verb - 2, quoting + 1)


def _parsed_subject(layout: Layout, verb: int, lo: int) -> int | None:
    token = layout.doc[verb]
    own = [t for t in token.children if t.dep_ in SUBJECTS and lo <= t.i < verb and t.dep_ != "expl"]
    subject = own[-1] if own else _shared_subject(token, lo)
    if subject is None or layout.inside[subject.i] >= 0 or layout.tags[subject.i] not in NOMINAL:
        return None
    if subject.lower_ in {"who", "which", "that"} and not subject.is_upper:
        return _antecedent(layout, token, subject.i)
    return _before_relative(layout, subject.i, lo) if not _crowded(layout, subject.i, verb) else None


def _crowded(layout: Layout, subject: int, verb: int) -> bool:
    """Return whether another finite verb stands between subject and verb outside commas: then the parse erred."""
    if "," in layout.words[subject:verb]:
        return False
    relative = layout.lower[subject + 1] in {"who", "which", "that"}  # "a neighbour who asked not to be named said"
    return sum(_finite_there(layout, i) for i in range(subject + 1, verb)) > relative


def _finite_there(layout: Layout, at: int) -> bool:
    """Return whether a finite verb stands there: "involved in" after a noun is a participle, whatever its tag."""
    if layout.tags[at] not in {"VBD", "VBZ", "VBP", "MD"} or layout.lower[at] in AUXILIARY:
        return False
    return not (layout.tags[at] == "VBD" and layout.tags[at - 1] in NOUNS and layout.tags[at + 1] in {"IN", "TO"})


def _shared_subject(token: Token, lo: int) -> Token | None:
    """Return the subject of the verb that this one is joined to: "Berg left and said", "…, adding that"."""
    seen = 0
    while token.dep_ in {"conj", "advcl", "xcomp", "acl"} and token.head.i != token.i and seen < 4:
        token, seen = token.head, seen + 1
        if token.tag_[:1] == "N":  # "a statement saying", "one poster writing"
            return token if token.i >= lo else None
        found = [t for t in token.children if t.dep_ in SUBJECTS and t.dep_ != "expl" and t.i >= lo]
        if found:
            return found[-1] if token.dep_ not in {"acl:relcl", "relcl"} or found[-1].tag_[:1] != "W" else token.head
    return None


def _antecedent(layout: Layout, verb: Token, relative: int) -> int | None:
    if verb.dep_ in {"acl:relcl", "relcl"} and verb.head.i < relative and layout.tags[verb.head.i] in NOMINAL:
        return int(verb.head.i)
    at = relative - 1
    while at >= 0 and layout.words[at] == ",":
        at -= 1
    return at if at >= 0 and layout.tags[at] in NOUNS else None


def _tagged_subject(layout: Layout, verb: int, lo: int) -> int | None:
    at = verb - 1
    while at >= lo and (layout.tags[at] in SKIPPED - {","} or layout.lower[at] in AUXILIARY):
        at -= 1
    if at >= lo and layout.words[at] in EDGES:  # "Ivan Petrov, the minister, said", "the Fund (IMF) says"
        opening = EDGES[layout.words[at]]
        edge = next((i for i in range(at - 1, max(lo, at - 25), -1) if layout.words[i] == opening), None)
        at = at - 1 if edge is None else edge - 1
    if at < lo or layout.inside[at] >= 0 or layout.tags[at] not in NOUNS | {"PRP", "CD"}:
        return None
    return _before_relative(layout, _noun_before_phrase(layout, at, lo), lo)


def _before_relative(layout: Layout, head: int, lo: int) -> int:
    """Return the noun that a relative clause hangs on, where the head stands in one: "two men who met her said"."""
    for at in range(head - 1, max(lo, head - 9), -1):
        if layout.words[at] == ",":
            return head
        if layout.lower[at] in {"who", "which", "that"} and at - 1 >= lo and layout.tags[at - 1] in NOUNS:
            return at - 1 if any(layout.tags[k] in {"VBD", "VBZ", "VBP"} for k in range(at + 1, head)) else head
    return head


def _noun_before_phrase(layout: Layout, at: int, lo: int) -> int:
    """Return the head noun of a phrase that ends at a token: of "the head of the bank" it is "head"."""
    head = at
    i = at
    while i > lo and layout.tags[i] in INNER | {"VBD"} and layout.inside[i] < 0:
        trailing = layout.tags[i] in {"IN", "TO", "VBN", "VBD", "JJ"} or layout.lower[i] in CLOSE
        if trailing and layout.tags[i - 1] in NOUNS | {"CD"}:
            head = i - 1
        elif layout.tags[i] == "CC":
            break
        i -= 1
    return head


def _left(layout: Layout, head: int, lo: int) -> int:
    if layout.tags[head] in {"PRP", "WP"}:
        return head
    first = head
    while first > lo and layout.inside[first - 1] < 0 and (layout.tags[first - 1] in BEFORE):
        first -= 1
    if first - 2 >= lo and layout.lower[first - 1] in {"and", "or"}:
        start = next((i + 1 for i in range(first - 2, lo - 1, -1) if layout.words[i] == ","), lo)
        if all(layout.tags[i] in INNER and layout.inside[i] < 0 for i in range(start, first - 1)):
            return start
    return first


def _right(layout: Layout, head: int, verb: int) -> int:
    last = head + 1
    while last < verb and layout.words[last] not in {",", "—", "–", "(", ";", ":"} and layout.inside[last] < 0:
        told = restricted(layout, last, verb) if layout.tags[head] not in {"NNP", "PRP"} else None
        if told is not None:
            last = told
            break
        if layout.lower[last] in {"who", "which", "that"} or _verb_there(
            layout, last, named=layout.tags[head] == "NNP"
        ):
            break
        last += 1
    while last > head + 1 and (layout.tags[last - 1] in SKIPPED or layout.lower[last - 1] in AUXILIARY | {"as"}):
        last -= 1
    if last > head + 2 and layout.lower[last - 1] in DAYS and layout.lower[last - 2] in {"on", "late", "early"}:
        last -= 2
    return last


def _verb_there(layout: Layout, at: int, *, named: bool) -> bool:
    """Return whether a verb of the phrase's own clause stands there; "involved in" after a noun is a participle."""
    if layout.tags[at] not in {"VBD", "VBZ", "VBP", "MD"}:
        return False
    return named or not (layout.tags[at] == "VBD" and layout.tags[at + 1 : at + 2] in (["IN"], ["TO"]))


def _inverted_head(layout: Layout, verb: int, start: int, hi: int) -> int:
    children = (t.i for t in layout.doc[verb].children if t.dep_ in INVERTED and start <= t.i < hi)
    first = next(children, None)
    tagged = _first_head(layout, start, hi)
    return first if first is not None and start <= first <= tagged and layout.tags[first] in NOMINAL else tagged


def _first_head(layout: Layout, start: int, hi: int) -> int:
    """Return the last noun of the noun phrase that starts at a token, prepositional phrases left out."""
    at, head = start, start
    while at < hi and (layout.tags[at] in BEFORE | {"PRP"} or _hyphened(layout, at)) and layout.inside[at] < 0:
        participle = layout.tags[at] in {"VBN", "VBG"} and at > start and layout.tags[at - 1] in NOUNS
        if at > start and (layout.lower[at] in STOPS or layout.tags[at] == "PRP" or participle):
            break
        if layout.tags[at] in NOUNS | {"PRP", "CD"} or _hyphened(layout, at):
            head = at
        at += 1
    return head


def _hyphened(layout: Layout, at: int) -> bool:
    """Return whether a word is the second half of another: "the full-back"."""
    return at > 0 and layout.words[at - 1] == "-" and layout.offsets[at] == layout.ends[at - 1]


def _after(layout: Layout, head: int, hi: int) -> int:
    """Return where the phrase of an inverted subject ends: its own modifiers by the parse, no comma crossed."""
    last = head + 1
    while last < hi and layout.tags[last] in NOUNS and layout.lower[last] not in STOPS:
        last += 1
    top = layout.doc[head]
    while last < hi and layout.inside[last] < 0 and layout.words[last] not in {",", ".", ";", ":", "—", "–", "("}:
        token = layout.doc[last]
        if (
            not top.is_ancestor(token)
            or token.dep_ in {"acl:relcl", "relcl", "appos"}
            or token.lower_ in {"who", "which"}
        ):
            break
        last += 1
    while last > head + 1 and layout.tags[last - 1] in {"IN", "TO", "DT", "CC"}:
        last -= 1
    return last


def _apposition_end(layout: Layout, last: int, hi: int) -> int:
    """Return how far the name may be looked for: into one apposition after the phrase."""
    if last < hi and layout.words[last] in {",", "("}:
        end = next((i for i in range(last + 1, min(hi, last + 12)) if layout.words[i] in {",", ")", ".", "—"}), None)
        return min(hi, last + 12) if end is None else end
    return last
