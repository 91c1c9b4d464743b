"""Where what was said ends: at its sentence's end, or where another report or the reporter's own remark begins."""

from transforms.language.grammar import FINITE
from transforms.language.lists import words
from transforms.statements.contents import has_clause
from transforms.statements.cues import lemma_of
from transforms.statements.layout import Layout
from transforms.statements.words import CLAUSAL, SPEECH

PARTICIPLES = words("saying noting warning arguing insisting calling describing claiming accusing stressing")
NARRATING = frozenset({"after", "as", "when", "while", "despite", "following"})
REFUSED = frozenset({"refused", "declined", "refuses", "declines"})
JOINING = frozenset({"and", "but", "while", "though", "whereas"})
SHORT, LONG = 5, 14
"""Words between a conjunction and the verb of another report, without a comma before it and with one."""

SUBORDINATE = frozenset(
    {"as", "while", "after", "before", "when", "amid", "during", "following", "despite", "since", "even"}
)


def before_narration(layout: Layout, start: int, hi: int) -> int:
    """Return where an announced act ends: "vowed to stay in office **after** a bust of him was dumped" tells on."""
    for k in range(start + 1, hi):
        if layout.lower[k] in NARRATING and layout.inside[k] < 0 and layout.tags[k] in {"IN", "WRB"}:
            verb = next((layout.tags[v] for v in range(k + 1, hi) if layout.tags[v] in FINITE), "")
            if verb == "VBD":
                return k
    return hi


def cut(layout: Layout, cue: int, start: int, hi: int) -> int:
    """Return where the clause ends: at the sentence's end, or where another report or a side remark begins."""
    for k in range(start + 1, hi):
        if layout.inside[k] >= 0:
            continue
        if layout.words[k] == "," and k + 1 < hi and _stops(layout, cue, k, hi):
            return k
        if layout.words[k] == ";" and not _advised(layout, k, hi):
            return k
        if layout.lower[k] in JOINING and _goes_elsewhere(layout, cue, k, hi):
            return k
    return hi


def _stops(layout: Layout, cue: int, comma: int, hi: int) -> bool:
    """Return whether what was said ends at a comma."""
    return _breaks_off(layout, cue, comma + 1) or _answered(layout, comma, hi) or _told_on(layout, comma, hi)


def _told_on(layout: Layout, comma: int, hi: int) -> bool:
    """Return whether who tells of it stands at the sentence's end: "Berg said it was “late”, **one of them said**"."""
    verbs = [k for k in range(comma + 1, hi) if layout.tags[k] in FINITE]
    behind = hi - comma < LONG and layout.inside[comma - 1] >= 0
    return behind and verbs == [hi - 1] and lemma_of(layout.doc[hi - 1]) in SPEECH


def _advised(layout: Layout, at: int, hi: int) -> bool:
    """Return whether what was said goes on with what should be: "said the air was safe; people should stay in"."""
    verb = next((k for k in range(at + 1, min(hi, at + LONG)) if layout.tags[k] in FINITE), None)
    if verb is None or layout.lower[verb] not in {"should", "would", "must", "could", "might"}:
        return False
    return not any(lemma_of(layout.doc[k]) for k in range(at + 1, hi) if layout.tags[k][:2] == "VB")


def _told_by_others(layout: Layout, at: int) -> bool:
    """Return whether a noun sums up what was said, and others judge it: "…, a move that traders called “…”"."""
    at += layout.lower[at] in {"a", "an", "the"}
    while layout.tags[at : at + 1] in (["JJ"], ["NN"]) and layout.tags[at + 1 : at + 2] == ["NN"]:
        at += 1
    if layout.tags[at : at + 1] != ["NN"] or layout.lower[at + 1 : at + 2] not in (["that"], ["which"]):
        return False
    verb = next((k for k in range(at + 2, min(len(layout.words), at + 8)) if layout.tags[k] in FINITE), None)
    return verb is not None and bool(lemma_of(layout.doc[verb]))


def _answered(layout: Layout, comma: int, hi: int) -> bool:
    """Return whether somebody answers after the comma: "asks whether he would, Berg replies: “…”"."""
    verb = next((k for k in range(comma + 2, min(hi - 2, comma + 7)) if layout.tags[k] in FINITE), None)
    led = verb is not None and layout.words[verb + 1] == ":" and layout.inside[verb + 2] >= 0
    return led and verb is not None and bool(lemma_of(layout.doc[verb]))


def _goes_elsewhere(layout: Layout, cue: int, at: int, hi: int) -> bool:
    """Return whether the conjunction joins something to the cue's clause: "… and left", "… but they say"."""
    after = at + 1
    while after < hi and layout.tags[after] in {"RB", "RBR"}:
        after += 1
    if after >= hi:
        return False
    token = layout.doc[after]
    if layout.tags[after] in FINITE:
        verb = token.head if token.dep_ in {"aux", "aux:pass", "auxpass", "cop"} else token
        return bool(verb.dep_ == "conj" and verb.head.i == cue) or _reports_on(layout, at, after, hi)
    far = LONG if layout.words[at - 1] == "," else SHORT  # ", and a spokesman for Berg, Bo Lund, said"
    other = next((k for k in range(after, min(hi, after + far)) if layout.tags[k] in FINITE), None)
    if other is not None and layout.lower[other] in REFUSED:
        return True
    return other is not None and lemma_of(layout.doc[other]) in CLAUSAL and layout.lower[after] != "that"


def _reports_on(layout: Layout, at: int, verb: int, hi: int) -> bool:
    """Return whether a second report of the same speaker begins: "…, and called it “…”", "… but warned that"."""
    if verb + 1 >= hi or not lemma_of(layout.doc[verb]):
        return False
    if layout.lower[verb + 1] == "that":  # "claims it is late and insists that it will come"
        return True
    if not (layout.lower[at] == "but" or layout.words[at - 1] == ","):
        return False
    return layout.lower[verb + 1] in {"that", "it", "them", "him", "her"} or layout.inside[verb + 1] >= 0


def _breaks_off(layout: Layout, cue: int, at: int) -> bool:
    word, doc = layout.lower[at], layout.doc
    specifying = word == "while" and layout.tags[at + 1 : at + 2] == ["VBG"] and bool(lemma_of(doc[at + 1]))
    if specifying or word in {"adding", "citing"} or layout.lower[at : at + 2] == ["according", "to"]:
        return True
    if _told_by_others(layout, at):
        return True
    if word == "with":
        return any(lemma_of(doc[k]) and layout.tags[k] == "VBG" for k in range(at + 2, min(at + 7, len(doc))))
    if layout.tags[at] == "VBG" and word in PARTICIPLES:
        return doc[at].head.i == cue or any(layout.inside[k] >= 0 for k in range(at + 1, min(at + 9, len(doc))))
    if word in SUBORDINATE and word not in {"when", "since", "even"}:
        owner = doc[at].head
        narrated = (
            word == "after" and has_clause(layout, cue + 1, at) and has_clause(layout, at, min(at + 20, len(doc)))
        )
        return narrated or bool(
            owner.i != cue and (owner.head.i == cue or (owner.head.head.i == cue and owner.dep_ == "pobj"))
        )
    return False
