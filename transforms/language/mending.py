"""Where parser, tagger and entities contradict each other: mended once in the Doc, for all who read it afterwards."""

from spacy.attrs import DEP, TAG
from spacy.tokens import Doc, Span, Token

from transforms.language.given import gender_of
from transforms.language.grammar import PEOPLE, SUBJECTS, TENSED
from transforms.language.lists import words
from transforms.language.times import MONTHS

JOINED = frozenset({"conj", "advcl"})
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
INNER = NOUNS | {"DT", "PDT", "JJ", "JJR", "JJS", "CD", "POS", "PRP$", "HYPH", "VBN", "VBG"}
HELPERS = frozenset({"RB", "MD"})
HAVING = words("has have had is was are were also")
SUBORDINATE = words("as before after since until because between both although though if when where that")
WHILE = words("and but while whereas")
CALLED = SUBJECTS | {"vocative", "dislocated", "dep", "npadvmod", "discourse"}
IN_TIME = words("in since until till last this next late early mid during each every by from of before after")


def mend(doc: Doc) -> Doc:
    """Return the Doc with months that are names, and subjects, put right."""
    _name_months(doc)
    tags, deps = doc.to_array(TAG).tolist(), doc.to_array(DEP).tolist()
    strings = doc.vocab.strings
    finite = {strings[tag] for tag in TENSED}
    joined, told = ({strings[d] for d in kinds} for kinds in (JOINED, SUBJECTS))
    for i, (tag, dep) in enumerate(zip(tags, deps, strict=True)):
        if tag in finite and dep in joined:
            _give_subject(doc[i])
        elif dep in told:
            _give_name(doc[i])
    return doc


def _name_months(doc: Doc) -> None:
    """Join a given name that was taken for a month to its surname: "**Jan** Brandt", not "in **April** Brandt"."""
    dates = [e for e in doc.ents if e.label_ == "DATE" and e.end - e.start == 1 and _names(doc, e.start)]
    if not dates:
        return
    found = []
    for date in dates:
        behind = next((e for e in doc.ents if e.start == date.end and e.label_ != "DATE"), None)
        found.append(Span(doc, date.start, behind.end if behind is not None else date.end + 1, label="PERSON"))
    taken = {i for span in found for i in range(span.start, span.end)}
    doc.ents = (*(e for e in doc.ents if not taken & set(range(e.start, e.end))), *found)


def _names(doc: Doc, at: int) -> bool:
    """Return whether a month is a given name there: a surname follows, and nothing that tells a time is before it."""
    if doc[at].lower_ not in MONTHS or not gender_of(doc[at].lower_) or at + 1 >= len(doc):
        return False
    behind, before = doc[at + 1], doc[at - 1] if at else None
    timed = before is not None and (before.lower_ in IN_TIME or before.like_num)
    surname = behind.tag_ == "NNP" and behind.is_title and behind.ent_type_ in {"", *PEOPLE}
    return surname and not timed


def _give_subject(verb: Token) -> None:
    """Give a joined verb the noun phrase right before it: "Police left, and **Anna Berg** said", not Police."""
    doc, last = verb.doc, verb.i - 1
    if any(t.dep_ in SUBJECTS for t in verb.children):
        return
    while last > 0 and (doc[last].tag_ in HELPERS or doc[last].lower_ in HAVING):
        last -= 1
    first = last + 1
    while first > 0 and doc[first - 1].tag_ in INNER:
        first -= 1
    if last < first or first < 2 or doc[last].tag_ not in NOUNS:
        return
    head = doc[first : last + 1].root
    if not head.is_ancestor(verb) and head.sent == verb.sent and _opens(doc, first, head, verb):
        _hang(head, verb, _subject_label(verb))
        _hang(doc[first - 1], verb, doc[first - 1].dep_)


def _opens(doc: Doc, first: int, head: Token, verb: Token) -> bool:
    """Return whether a clause begins with a noun phrase: behind a comma, or with a name that is in no list."""
    joint, before = doc[first - 1], doc[first - 2]
    if joint.lower_ not in WHILE or not verb.head.i < first - 1:
        return False
    if before.text == "," or joint.lower_ not in {"and", "but"}:
        return True
    start = first - 2
    while start > 0 and doc[start].tag_ in INNER:
        start -= 1
    alone = doc[start].text != "," and doc[start].lower_ not in SUBORDINATE
    return alone and verb.dep_ == "conj" and head.ent_type_ in PEOPLE


def _hang(token: Token, head: Token, dep: str) -> None:
    token.head, token.dep_ = head, dep


def _subject_label(verb: Token) -> str:
    helpers = {t.dep_ for t in verb.children}
    return "nsubj:pass" if "aux:pass" in helpers else "nsubjpass" if "auxpass" in helpers else "nsubj"


def _give_name(described: Token) -> None:
    """Make a subject between commas the apposition of the name before it: "**Anna Berg**, mayor of Reke, said"."""
    doc, verb = described.doc, described.head
    first, last = described.left_edge.i, described.right_edge.i
    if described.tag_ not in {"NN", "NNS"} or first < 2 or doc[first - 1].text != "," or last >= verb.i:
        return
    if "," not in {doc[last].text, doc[last + 1].text} or doc[first - 2].ent_type_ not in PEOPLE:
        return
    name = next((e.root for e in doc[: first - 1].ents[-1:]), described)
    if name.head.i == verb.i and name.dep_ in CALLED and not any(t.dep_ in {"case", "prep"} for t in name.children):
        _hang(name, verb, described.dep_)
        _hang(described, name, "appos")
