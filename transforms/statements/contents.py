"""What was said: the clause after its cue, before it, or around it."""

from transforms.language.grammar import FINITE, SUBJECTS
from transforms.language.lists import words
from transforms.statements.layout import Layout
from transforms.statements.words import CLAUSAL, FORMS, INTENDING, LABEL, TOLD, UTTERANCES

QUESTION = frozenset({"if", "whether", "how", "why", "what", "where", "who", "when", "which"})
ASKING = frozenset({"ask", "explain", "tell", "wonder", "inquire", "enquire", "describe", "show", "learn", "know"})
ASSERTING = frozenset({"claim", "deny", "admit", "profess", "affirm", "declare", "recognize", "recognise"})
ASKED = frozenset({"ask", "warn", "advise", "instruct"})
GERUND = frozenset({"deny", "admit", "recall", "suggest", "propose", "recommend", "report", "describe", "acknowledge"})
TIMES = words("""
    monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow tonight earlier later recently
    afterwards afterward again also previously separately last this week month year night morning afternoon evening
    late early once now then on in at to during after before of the a an
    """)
OCCASIONS = words(
    "statement interview report speech email letter message note text tweet post briefing memo filing video"
)
PREPOSITION_OF = {
    "warn": {"of", "against", "about"},
    "accuse": {"of"},
    "call": {"for", "on"},
    "urge": {"to"},
    "threaten": {"of"},
    "blame": {"for"},
}


def sentence_end(layout: Layout, hi: int) -> int:
    """Return the end of the sentence without its final punctuation."""
    while hi > 0 and (layout.words[hi - 1] in {".", "?", "!", "…", ":", ";", ","} or layout.words[hi - 1].isspace()):
        hi -= 1
    return hi


def complement(layout: Layout, cue: int, lemma: str, hi: int) -> tuple[int, str] | None:
    """Return where the clause that the cue governs starts, and what told so."""
    at = cue + 1
    if at >= hi:
        return None
    if layout.words[at] == ":":
        return at + 1, "colon"
    if layout.words[at] == ",":
        return _after_aside(layout, at, hi)
    if layout.lower[at] == "that" and layout.tags[at + 1] in FINITE and layout.doc[at].dep_ in SUBJECTS:
        return at, "that"  # "said **that** was a mistake"
    return _marked(layout, at, lemma, hi) or _bare(layout, cue, lemma, hi)


def _after_aside(layout: Layout, comma: int, hi: int) -> tuple[int, str] | None:
    """Return where the clause starts after a remark between commas: "explains, in a leaflet, that …"."""
    for k in range(comma, min(hi - 1, comma + 12)):
        if layout.tags[k] in FINITE or layout.inside[k] >= 0:
            return None
        if layout.words[k] == "," and layout.lower[k + 1] == "that":
            return k + 2, "that"
    return None


def _marked(layout: Layout, at: int, lemma: str, hi: int) -> tuple[int, str] | None:
    """Return where a clause starts that "that" or a question word opens, hearer and time before it allowed."""
    for k in range(at, min(hi, at + 30)):
        word = layout.lower[k]
        if titled_before_that(layout, k):
            continue
        if layout.inside[k] >= 0 or layout.tags[k] in FINITE or word in {";", ":"}:
            return None
        if word == "that" and k + 1 < hi and layout.words[k + 1] not in {",", "of"} and not _determines(layout, k):
            if k > at and _relative(layout, at, k, lemma):
                return None
            return k + 1, "that"
        if word == "who" and k > at and layout.tags[k - 1] in {"NN", "NNS"}:
            return _after_hearer(layout, k, hi)
        if word in QUESTION and lemma in ASKING and (k == at or _addressed(layout, at, k, lemma)):
            return k, "question"
    return None


def _after_hearer(layout: Layout, who: int, hi: int) -> tuple[int, str] | None:
    """Return where the clause starts behind what tells the hearer: "told a reporter **who asked**, Bo Lund, that"."""
    near = range(who + 1, min(hi - 1, who + 25))
    found = next((k for k in near if layout.lower[k] == "that" and layout.words[k - 1] == ","), None)
    return (found + 1, "that") if found is not None else None


def titled_before_that(layout: Layout, at: int) -> bool:
    """Return whether a token stands in a title, or right before "that": "said on “State of Play” that it was"."""
    if layout.inside[at] < 0:
        return False
    quote = layout.quotes[layout.inside[at]]
    if layout.inside[at] in layout.titles:
        return True
    return layout.lower[quote.right : quote.right + 1] == ["that"] and not has_clause(layout, quote.first, quote.last)


def _relative(layout: Layout, at: int, that: int, lemma: str) -> bool:
    """Return whether "that" tells more of the cue's object: "announced a plan **that** would cut taxes"."""
    if layout.tags[that + 1] in FINITE:
        return True
    if layout.lower[that - 1] == "ago":  # "said three days ago that"
        return False
    clause = layout.doc[that].head
    told = layout.lower[that - 1] in OCCASIONS | UTTERANCES | {"saying"}
    if clause.dep_ in {"acl:relcl", "relcl"} and clause.head.i == that - 1 and not told and _reports(layout, that):
        return True  # "conceded in a call that Berg described as …"
    first = next((k for k in range(at, that) if layout.tags[k] != "DT"), that)
    noun = layout.tags[first] in {"NN", "NNS", "NNP", "NNPS", "PRP$", "CD", "JJ"} and layout.lower[first] not in TIMES
    return noun and lemma not in TOLD


def _reports(layout: Layout, that: int) -> bool:
    """Return whether somebody reports in the clause, who has no clause of his own there: "that Berg described as"."""
    verb = next((k for k in range(that + 1, min(len(layout.words), that + 7)) if layout.tags[k] in FINITE), None)
    return verb is not None and FORMS.get(layout.lower[verb], "") in LABEL


def _determines(layout: Layout, at: int) -> bool:
    """Return whether "that" points at a thing: "said that day"."""
    return (
        layout.tags[at] == "DT"
        and layout.doc[at].dep_ == "det"
        and not any(tag in FINITE for tag in layout.tags[at + 1 : at + 9])
    )


def _addressed(layout: Layout, start: int, end: int, lemma: str) -> bool:
    return lemma in TOLD and end - start < 8 and not any(t in FINITE for t in layout.tags[start:end])


def _bare(layout: Layout, cue: int, lemma: str, hi: int) -> tuple[int, str] | None:
    at = cue + 1
    tag, word = layout.tags[at], layout.lower[at]
    if word == "to" and (
        lemma in INTENDING or (lemma in ASSERTING and layout.lower[at + 1 : at + 2] in (["have"], ["be"]))
    ):
        return at, "infinitive"
    if lemma in ASKED:
        found_ = _asked(layout, cue, hi)
        if found_ is not None or lemma == "ask":
            return found_
    if lemma in GERUND and tag == "VBG" and at + 1 < hi and layout.words[at + 1] not in {",", "."}:
        return at, "gerund"
    if lemma in PREPOSITION_OF:
        found = _preposition(layout, cue, lemma, hi)
        if found is not None:
            return at, "preposition"
    start = _clause_start(layout, cue, lemma, hi)
    if start is None or not (_is_clause(layout, start, hi) or _parsed_clause(layout, cue, lemma)):
        return None
    return start, "clause"


def _parsed_clause(layout: Layout, cue: int, lemma: str) -> bool:
    """Return whether the parse finds a clause where the tags have no verb: "says gunmen **shot** two"."""
    if lemma not in CLAUSAL:
        return False
    found = (t for t in layout.doc[cue].rights if t.dep_ == "ccomp" and layout.inside[t.i] < 0)
    return any(t.i > cue + 2 and next(t.subtree).i == cue + 1 and t.tag_[:2] in {"NN", "VB"} for t in found)


def _asked(layout: Layout, cue: int, hi: int) -> tuple[int, str] | None:
    """Return where a request starts: "asked the press **to leave them alone**", not "asked to be heard"."""
    if layout.tags[cue + 1] not in {"DT", "NNP", "PRP", "PRP$", "NNS", "JJ"}:
        return None
    to = next((k for k in range(cue + 2, min(hi - 1, cue + 9)) if layout.lower[k] == "to"), None)
    if to is None or layout.tags[to + 1] != "VB" or has_clause(layout, cue + 1, to) or "," in layout.words[cue:to]:
        return None
    return to, "infinitive"


def _is_clause(layout: Layout, start: int, hi: int) -> bool:
    """Return whether a clause starts here: a subject and its finite verb, no relative clause on an object."""
    if start >= hi or layout.tags[start] in FINITE | {"TO"}:
        return False
    near = range(start, min(hi, start + 20))
    verb = next((i for i in near if layout.tags[i] in FINITE and layout.inside[i] < 0), None)
    if verb is None and _past_of_name(layout, start, hi):
        return True
    relative = next((i for i in near if layout.tags[i] in {"WDT", "WP"}), hi)
    return verb is not None and (verb < relative or relative == start) and not _after_conjunction(layout, verb, start)


def _past_of_name(layout: Layout, start: int, hi: int) -> bool:
    """Return whether a name and its past tense stand there, which the tagger took for a participle."""
    verb = start + 1
    while verb < hi and layout.tags[verb] in {"NNP", "NNPS"}:
        verb += 1
    capital = layout.words[start][:1].isupper() and layout.tags[start] in {"NNP", "NNS", "NNPS"}
    return capital and verb < hi and layout.tags[verb] == "VBN" and layout.lower[verb + 1 : verb + 2] != ["by"]


def _after_conjunction(layout: Layout, verb: int, start: int) -> bool:
    """Return whether the verb only continues the cue's own clause: "confirmed the trip but would not say"."""
    if any(layout.words[k] == "," and _goes_on(layout, k + 1, verb) for k in range(start, verb - 1)):
        return True
    at = verb - 1
    while at > start and layout.tags[at] in {"RB", "RBR"}:
        at -= 1
    return layout.tags[at] == "CC"


def _goes_on(layout: Layout, at: int, verb: int) -> bool:
    """Return whether a conjunction leads to a verb: ", but would not say"; "…, and Kuwait, have" is a list."""
    return layout.tags[at] == "CC" and not (layout.tags[at + 1][:2] == "NN" and at + 2 < verb)


def _preposition(layout: Layout, cue: int, lemma: str, hi: int) -> int | None:
    wanted = PREPOSITION_OF[lemma]
    near = {"warn": 2, "call": 2, "threaten": 3}.get(lemma, 12)
    return next((k for k in range(cue + 1, min(hi, cue + near)) if layout.lower[k] in wanted), None)


def _clause_start(layout: Layout, cue: int, lemma: str, hi: int) -> int | None:
    """Return where a clause without "that" starts: at the parse's complement, else after hearer and time."""
    at = cue + 1
    if layout.words[at] == ",":
        return None
    for child in layout.doc[cue].rights:
        if child.dep_ in {"ccomp", "parataxis", "xcomp"} and cue < child.i < hi:
            start = max(at, child.left_edge.i)
            start = at if layout.tags[start] in FINITE else start  # the parse has cut off the clause's subject
            if lemma in TOLD and layout.tags[start][:2] == "NN" and layout.tags[start + 1 : start + 2] == ["DT"]:
                start += 1  # the last word of the hearer: "told Radio Berg the plan was dead"
            return _skip_time(layout, start, child.i) if layout.words[start] != "," else None
    if lemma not in CLAUSAL:
        return None
    if lemma in TOLD:
        at = _skip_hearer(layout, at, hi)
    start = _skip_time(layout, _skip_occasion(layout, at, hi), hi)
    return (
        start
        if start < hi
        and layout.words[start] != ","
        and (layout.tags[start] not in {"IN", "TO"} or _phrase_first(layout, start, hi))
        else None
    )


def _phrase_first(layout: Layout, start: int, hi: int) -> bool:
    """Return whether a clause opens with a phrase of its own: "said under the plan she would pay"."""
    near = range(start + 2, min(hi - 1, start + 10))
    end = next((k for k in near if layout.words[k] in {",", ";"}), near.stop)
    return any(layout.tags[k] in {"PRP", "EX"} and layout.tags[k + 1] in FINITE for k in near if k < end)


def _skip_hearer(layout: Layout, at: int, hi: int) -> int:
    if at < hi and layout.tags[at] == "PRP":
        return at + 1
    start = at
    while at < hi and layout.tags[at] in {"DT", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "PRP$", "CD"}:
        if at > start and layout.tags[at] in {"DT", "PRP$"}:  # "told the Times the plan was dead"
            break
        at += 1
    return at


def _skip_occasion(layout: Layout, at: int, hi: int) -> int:
    """Return the first token after "in a statement", "in an interview": what follows is the clause."""
    if layout.lower[at : at + 1] not in (["in"], ["on"]) or layout.lower[at + 1 : at + 2] not in (["a"], ["an"]):
        return at
    noun = next((k for k in range(at + 2, min(hi, at + 6)) if layout.lower[k] in OCCASIONS), None)
    after = "".join(layout.lower[noun + 1 : noun + 2]) if noun is not None else ""
    return noun + 1 if noun is not None and after in {"the", "a", "it", "they", "he", "she"} else at


def after_time(layout: Layout, at: int, hi: int) -> int:
    """Return the first token after a time with or without "on"; the token itself where none stands there."""
    ended = _skip_time(layout, at, hi)
    return ended + 1 if ended == at and layout.lower[at + 1 : at + 2] == [","] else ended


def _skip_time(layout: Layout, at: int, hi: int) -> int:
    """Return the first token after "on Monday", "last week": only where such a time really ends there."""
    k, ended = at, at
    while k < hi and layout.lower[k] in TIMES and k < at + 6:
        k += 1
        if layout.lower[k - 1].endswith(("day", "night", "week", "month", "year", "earlier", "later", "also")):
            ended = k
    return ended


def has_clause(layout: Layout, first: int, last: int) -> bool:
    """Return whether a finite verb stands in the range."""
    return any(layout.tags[i] in FINITE for i in range(first, last))
