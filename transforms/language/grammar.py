"""Questions to a parse that hold for both label schemes: UD (the bundled pipeline) and CLEAR (spaCy's own)."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

PEOPLE = frozenset({"PERSON", "PER"})
"""Labels of a person's name, in either scheme."""

TENSED = frozenset({"VBD", "VBZ", "VBP"})
FINITE = TENSED | {"MD"}
"""Tags of verbs that can have a subject of their own."""

SUBJECTS = frozenset(
    {"nsubj", "nsubj:pass", "nsubjpass", "csubj", "csubj:pass", "csubjpass", "nsubj:outer", "csubj:outer", "expl"}
)
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "nsubjpass", "csubj:pass", "csubjpass"})
OBJECTS = frozenset({"obj", "dobj", "iobj", "dative"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no"})


def subject(verb: Token) -> Token | None:
    """Return the verb's own subject, active or passive; a conjoined verb shares its first conjunct's."""
    own = next((t for t in verb.children if t.dep_ in SUBJECTS and t.dep_ != "expl"), None)
    if own is None and verb.dep_ in {"conj", "xcomp"} and verb.head.i != verb.i:
        return subject(verb.head)
    return own


def is_passive(verb: Token) -> bool:
    """Return whether the verb stands in the passive voice."""
    return any(t.dep_ in PASSIVE_SUBJECTS or t.dep_ in {"aux:pass", "auxpass"} for t in verb.children)


def objects(verb: Token) -> list[Token]:
    """Return the verb's direct and indirect objects, in order."""
    return [t for t in verb.children if t.dep_ in OBJECTS]


def agent(verb: Token) -> Token | None:
    """Return the head of a passive verb's "by" phrase."""
    return next((noun for marker, noun in obliques(verb) if marker == "by"), None) if is_passive(verb) else None


def obliques(head: Token) -> Iterator[tuple[str, Token]]:
    """Yield each prepositional phrase of the head as (preposition in lower case, head noun)."""
    for child in head.children:
        if child.dep_ in {"prep", "agent"}:  # CLEAR: verb -prep-> to -pobj-> Kyiv
            yield from ((child.lower_, t) for t in child.children if t.dep_ == "pobj")
        elif child.dep_.split(":")[0] in {"obl", "nmod"}:  # UD: verb -obl-> Kyiv -case-> to
            marker = next((t.lower_ for t in child.children if t.dep_ == "case"), "")
            if marker:
                yield marker, child


def is_negated(verb: Token) -> bool:
    """Return whether a negation stands directly on the verb or its auxiliaries."""
    return any(t.dep_ == "neg" or (t.lower_ in NEGATIONS and t.dep_ in {"advmod", "neg", "det"}) for t in verb.children)


def conjuncts(token: Token) -> list[Token]:
    """Return the token and those joined to it by "and", "or", a comma."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found += conjuncts(child)
    return found


def phrase(head: Token, *, without: frozenset[str] = frozenset()) -> Span:
    """Return the contiguous phrase around the head: its subtree, less children with one of those labels, trimmed."""
    doc: Doc = head.doc
    left, right = head.i, head.i
    for child in sorted(head.children, key=lambda t: abs(t.i - head.i)):
        if child.dep_ in without or child.is_space:
            continue
        left, right = min(left, child.left_edge.i), max(right, child.right_edge.i)
    while right > head.i and (doc[right].is_punct or doc[right].is_space):
        right -= 1
    while left < head.i and (doc[left].is_punct or doc[left].is_space):
        left += 1
    return doc[left : right + 1]
