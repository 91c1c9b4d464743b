"""How far a noun phrase reaches around its head: to its first word, its last, and into an apposition."""

from transforms.language.grammar import SUBJECTS, TENSED
from transforms.language.lists import words
from transforms.language.roles import PERSONS, singular
from transforms.statements.appositions import restricted
from transforms.statements.layout import Layout
from transforms.statements.naming import NOUNS

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
MOMENTS = DAYS | {"yesterday", "today", "tonight"}
SPANS = words("night week month year morning afternoon evening weekend")
PASSING = frozenset({"last", "this", "late", "early", "earlier", "later"})
CLOSE = frozenset({"close", "near", "familiar", "loyal", "opposed"})  # "sources close to her": the tagger's adverb
VAGUE = frozenset({"person", "source", "man", "woman", "somebody", "someone", "one"})
EDGES = {",": ",", ")": "(", "—": "—", "–": "–", "-": "-", "--": "--"}
STOPS = words("""
    on in at after before during when while as that who which where and but because following amid last this late
    early yesterday today tomorrow monday tuesday wednesday thursday friday saturday sunday to by via through
    """)


def left_edge(layout: Layout, head: int, lo: int) -> int:
    """Return where a noun phrase starts: at its determiner, or at the first of several joined ones."""
    if layout.tags[head] in {"PRP", "WP"}:
        return head
    first = head
    while first > lo and layout.inside[first - 1] < 0 and _belongs(layout, first - 1):
        if layout.tags[first] == "DT" and layout.lower[first - 1] in SPANS | DAYS:  # "on Monday night **the** nominee"
            break
        first -= 1
    if first - 2 >= lo and layout.lower[first - 1] in {"and", "or"}:
        start = next((i + 1 for i in range(first - 2, lo - 1, -1) if layout.words[i] == ","), lo)
        joined = range(start, first - 1)  # nothing is joined to "he left, and the official said"
        if joined and all(layout.tags[i] in INNER and layout.inside[i] < 0 for i in joined):
            return start
    return first


def _belongs(layout: Layout, at: int) -> bool:
    """Return whether the word may stand in a noun phrase before its head: no day, but a hyphen."""
    if layout.words[at] == "-":
        return layout.offsets[at] == layout.ends[at - 1]
    return layout.tags[at] in BEFORE and layout.lower[at] not in DAYS


def right_edge(layout: Layout, head: int, verb: int) -> int:
    """Return where the phrase of a subject ends before its verb."""
    last = head + 1
    while last < verb and layout.words[last] not in {",", "—", "–", "(", ";", ":"} and layout.inside[last] < 0:
        told = restricted(layout, last, verb) if layout.tags[head] not in {"NNP", "PRP"} else None
        if told is not None:
            last = told
            break
        if layout.lower[last] in {"who", "which", "that"} or _verb_there(
            layout, last, named=layout.tags[head] == "NNP" or layout.lower[last + 1 : last + 2] == ["that"]
        ):
            break
        last += 1
    while last > head + 1:
        time = time_start(layout, last - 1)
        if time is not None and time > head and (time < last - 1 or layout.tags[time - 1] in NOUNS):
            last = time
        elif layout.tags[last - 1] in {"RB", "RBR"} and layout.tags[last - 2] == "VBG":  # "an agent standing nearby"
            break
        elif layout.tags[last - 1] in SKIPPED or layout.lower[last - 1] in AUXILIARY | {"as"}:
            last -= 1
        else:
            break
    return last


def time_start(layout: Layout, at: int) -> int | None:
    """Return where a time that ends at a token begins: "last night", "late on Monday"; None where none ends there."""
    first = at
    if at and layout.lower[at] in SPANS and layout.lower[at - 1] in PASSING | MOMENTS:
        first -= 1
    elif layout.lower[at] not in MOMENTS:
        return None
    while first and layout.lower[first - 1] in PASSING | {"on"}:
        first -= 1
    return first


def _verb_there(layout: Layout, at: int, *, named: bool) -> bool:
    """Return whether a verb of the phrase's own clause stands there; "involved in" after a noun is a participle."""
    if layout.tags[at] not in {"VBD", "VBZ", "VBP", "MD"}:
        return False
    return named or not (
        layout.tags[at] == "VBD"
        and layout.tags[at + 1 : at + 2] in (["IN"], ["TO"])
        and layout.tags[at + 2 : at + 3] != ["VB"]
    )


def inverted_head(layout: Layout, verb: int, start: int, hi: int) -> int:
    """Return the head of the subject behind a verb."""
    children = (t.i for t in layout.doc[verb].children if t.dep_ in INVERTED and start <= t.i < hi)
    first = next(children, None)
    tagged = first_head(layout, start, hi)
    return first if first is not None and start <= first <= tagged and layout.tags[first] in NOMINAL else tagged


def first_head(layout: Layout, start: int, hi: int) -> int:
    """Return the last noun of the noun phrase that starts at a token, prepositional phrases left out."""
    at, head = start, start
    while at < hi and (layout.tags[at] in BEFORE | {"PRP"} or _hyphened(layout, at)) and layout.inside[at] < 0:
        participle = layout.tags[at] in {"VBN", "VBG"} and at > start and layout.tags[at - 1] in NOUNS
        stops = layout.lower[at] in STOPS and not _dated(layout, at)
        if at > start and (stops or layout.tags[at] == "PRP" or participle):
            break
        if layout.tags[at] in NOUNS | {"PRP", "CD"} or _hyphened(layout, at):
            head = at
        at += 1
    return head


def _dated(layout: Layout, at: int) -> bool:
    """Return whether a day stands between an article and its noun: "a Monday briefing", "the Sunday Gannet"."""
    followed = layout.tags[at + 1 : at + 2] in (["NN"], ["NNS"], ["NNP"])
    return followed and layout.lower[at] in DAYS and layout.tags[at - 1] == "DT"


def _hyphened(layout: Layout, at: int) -> bool:
    """Return whether a word is the second half of another: "the full-back"."""
    return at > 0 and layout.words[at - 1] == "-" and layout.offsets[at] == layout.ends[at - 1]


def phrase_end(layout: Layout, head: int, hi: int) -> int:
    """Return where the phrase of an inverted subject ends: its own modifiers by the parse, no comma crossed."""
    last = head + 1
    while last < hi and layout.tags[last] in NOUNS and layout.lower[last] not in STOPS:
        last += 1
    top = layout.doc[head]
    while last < hi and layout.inside[last] < 0 and layout.words[last] not in {",", ".", ";", ":", "—", "–", "("}:
        token = layout.doc[last]
        if not top.is_ancestor(token) or token.dep_ in {"acl:relcl", "relcl"} or token.lower_ in {"who", "which"}:
            break
        last += 1
    if (
        layout.lower[last : last + 1] and layout.lower[last] in CLOSE
    ):  # "two people close to both", whatever the parse says
        last = next((k for k in range(last, hi) if layout.words[k] in {",", ";", ":"} or layout.inside[k] >= 0), hi)
    while last > head + 1 and layout.tags[last - 1] in {"IN", "TO", "DT", "CC"} and layout.lower[last - 1] != "both":
        last -= 1
    return _told_apart(layout, head, last, hi)


def _told_apart(layout: Layout, head: int, last: int, hi: int) -> int:
    """Return where the clause ends that tells which one is meant: "according to a diplomat **who met her**, …"."""
    if last >= hi or layout.lower[last] != "who" or layout.tags[head] not in {"NN", "NNS"}:
        return last
    nation = layout.words[head][:1].isupper() and layout.tags[head] == "NNS"
    if singular(layout.lower[head]) not in PERSONS and not nation:
        return last
    edge = next((k for k in range(last, hi) if layout.words[k] in {",", ";", ":", "—"} or layout.inside[k] >= 0), hi)
    if (
        edge >= hi and singular(layout.lower[head]) not in VAGUE and not nation
    ):  # "said a skipper who knew the rocks": enough said
        return last
    return edge if any(tag in {"VBD", "VBZ", "VBP", "MD"} for tag in layout.tags[last:edge]) else last


def apposition_end(layout: Layout, last: int, hi: int) -> int:
    """Return how far the name may be looked for: into one apposition after the phrase."""
    if last < hi and layout.words[last] in {",", "("}:
        end = next((i for i in range(last + 1, min(hi, last + 12)) if layout.words[i] in {",", ")", ".", "—"}), None)
        end = min(hi, last + 12) if end is None else end
        inside = range(last + 1, end)  # "According to officials, Berg left" is no apposition; "retired judge Berg" is
        tags = {layout.tags[k] for k in inside if layout.doc[k].dep_ != "amod"}
        return last if TENSED & tags and not {"WP", "WDT"} & tags else end
    return last
