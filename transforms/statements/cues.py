"""The words that report what somebody said: verbs with their frames, nouns, and what is no report."""

from typing import Literal

from spacy.tokens import Token

from transforms.language.grammar import is_negated, is_passive
from transforms.statements.words import BELIEF, FORMS, LABEL, TOLD

Frame = Literal["speech", "belief", "label", "act"]

MODALS = frozenset({"would", "could", "should", "might", "may", "can", "must", "’d", "'d", "ca", "cannot"})
HYPOTHETICAL = frozenset({"if", "whether", "unless", "until", "lest"})
GO_ON = frozenset({"go", "continue", "proceed", "come"})
PREPOSITIONS = frozenset({"for", "of", "without", "from", "against", "about", "instead"})
TURNING = frozenset({"”", "»", '"', "''", "’", "'", "“", "»»"})
PARTNERS = {
    "speak": "of",
    "talk": "of",
    "put": "it",
    "go": "on",
    "hit": "back",
    "shoot": "back",
    "fire": "back",
    "point": "out",
    "sum": "up",
}
VERB_TAGS = frozenset({"VB", "VBD", "VBN", "VBP", "VBZ", "VBG", ""})


def lemma_of(token: Token) -> str:
    """Return the reporting verb that this word may be a form of, else an empty string."""
    return FORMS.get(token.lower_, "")


def frame_of(lemma: str) -> Frame:
    """Return how the verb reports: speech, belief, a label put on somebody, or an act of speech."""
    return "belief" if lemma in BELIEF else "label" if lemma in LABEL else "speech"


def reports(token: Token, tag: str) -> bool:
    """Return whether this form of a reporting verb says that something was said: not refused, not hypothetical."""
    if tag not in VERB_TAGS or (lemma_of(token) in PARTNERS and not _partnered(token)):
        return False
    helpers = {t.lower_ for t in token.children if t.dep_.split(":")[0] in {"aux", "auxpass"}}
    told = token.doc[token.i + 1 : token.i + 2].text == ":" and "would" in helpers  # "Asked why, he would say: “…”"
    if (
        is_negated(token)
        or (helpers & MODALS and not told)
        or (helpers & {"will", "’ll", "'ll"} and lemma_of(token) in BELIEF)
    ):
        return False
    if token.i and token.doc[token.i - 1].lower_ in {"nor", "neither"}:
        return False
    if lemma_of(token) == "rule" and token.doc[token.i + 1 : token.i + 2].text == "out":
        return False
    if any(t.dep_ == "mark" and t.lower_ in HYPOTHETICAL for t in token.children):
        return False
    return _finite(token, tag, helpers)


def _partnered(token: Token) -> bool:
    """Return whether the verb has the word that makes it one of saying: "put it", "went on", "hit back"."""
    return bool(token.doc[token.i + 1 : token.i + 2].text.lower() == PARTNERS[lemma_of(token)])


def _finite(token: Token, tag: str, helpers: set[str]) -> bool:
    if tag == "VB" and _on_purpose(token):
        return True
    if tag == "VB":
        own = bool(helpers) or any(t.dep_ in {"nsubj", "nsubj:pass"} and t.i < token.i for t in token.children)
        return (own and not ("to" in helpers or _after_to(token))) or _goes_on(token)
    if tag == "VBN":
        return _perfect(token, helpers)
    if tag == "VBG":
        before = token.doc[token.i - 1].lower_ if token.i else ""
        return before not in PREPOSITIONS and not (token.dep_ == "acl" and lemma_of(token) == "answer")
    return True


def _on_purpose(token: Token) -> bool:
    """Return whether something was done in order to say it, and so was said: "broke her silence to insist that"."""
    done = token.head
    told = token.dep_ == "advcl" and done.i < token.i and done.tag_ == "VBD" and not is_passive(done)
    return told and token.doc[token.i - 1].lower_ == "to" and not is_negated(done)


def _after_to(token: Token) -> bool:
    return any(token.doc[i].lower_ == "to" for i in range(max(0, token.i - 2), token.i)) or any(
        t.dep_ == "mark" and t.lower_ == "to" for t in token.children
    )


def _goes_on(token: Token) -> bool:
    head = token.head
    return head.i < token.i <= head.i + 4 and head.lemma_ in GO_ON and not is_negated(head)


def _perfect(token: Token, helpers: set[str]) -> bool:
    """Return whether a past participle is active: it has "have", or the tagger took a past tense for it."""
    if (
        helpers & {"is", "was", "were", "are", "been", "be", "being"}
        or token.doc[token.i + 1 : token.i + 2].text == "by"
    ):
        return False
    if "to" in helpers or _after_to(token):  # "is understood to have told"; but “…,” Berg is said to have replied.
        end = token.doc[token.i + 1 : token.i + 2].text in {".", ""}
        return _goes_on(token) or (end and token.doc[max(0, token.i - 12) : token.i].text.find("”") > 0)
    if helpers & {"has", "have", "had", "having", "’ve", "'ve", "’s", "'s"}:
        return token.lower_ != "read" or "having" not in helpers  # "two men having read the text"
    if lemma_of(token) in {"show", "consider", "know"}:  # "two men shown wearing patches"
        return False
    return _joined(token) or _stands_as_past(token)


def _joined(token: Token) -> bool:
    """Return whether a participle continues an active verb: "refused to comment but **assured** that"."""
    that = token.doc[token.i + 1 : token.i + 2].text == "that"
    return that and token.dep_ == "conj" and token.head.tag_ in {"VBD", "VBZ"} and not is_passive(token.head)


def _stands_as_past(token: Token) -> bool:
    """Return whether the tagger took a past tense for a participle, by what stands beside it."""
    before = token.doc[token.i - 1].text if token.i else ""
    if before == "," and _object_follows(token):
        return True
    return before in TURNING or any(t.dep_ in {"nsubj", "nsubj:pass"} and t.i < token.i for t in token.children)


def _object_follows(token: Token) -> bool:
    """Return whether a noun phrase follows a participle after a comma, particle and day between them left out."""
    after = token.doc[token.i + 1 : token.i + 4]
    following = next((t for t in after if t.tag_ != "RP" and not t.lower_.endswith("day")), None)
    if following is None:
        return False
    spoken = lemma_of(token) not in LABEL and (following.tag_ == "``" or following.lower_ == "that")
    return spoken or following.tag_ in {"DT", "NNP", "NNS", "PRP$", "CD"}


def takes_addressee(lemma: str) -> bool:
    """Return whether the verb names its hearer before what is said: "told reporters that"."""
    return lemma in TOLD
