"""Reported speech made from any sentence: "X," said one of the officials, adding that Y."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from models.phrases import Name, clause, hung, speaker, token, without_end_comma
from models.tokens import Text, Token, copied
from models.wordlists import block

SHORTEST, LONGEST = 4, 45
ENDS = {".", "?", "!"}
SUBJECTS = ("nsubj", "expl", "csubj")


def root_of(text: Text) -> Token:
    """Return the root of a sentence."""
    return next(t for t in text if t.dep == "ROOT")


def quotable(text: Text) -> bool:
    """Return whether a text is one sentence that someone may have said."""
    roots = [t for t in text if t.dep == "ROOT"]
    if len(roots) != 1 or not SHORTEST <= len(text) <= LONGEST or text[-1].word not in ENDS:
        return False
    if any(t.tag in {"``", "''", "-LRB-", "_SP"} for t in text):
        return False
    subject = any(t.head is roots[0] and t.dep.startswith(SUBJECTS) for t in text)
    return subject and text[-1].head is roots[0] and text[0].word[:1].isupper()


def capital(text: Text) -> Text:
    """Return the text with its first letter in upper case."""
    text[0].word = text[0].word[0].upper() + text[0].word[1:]
    return text


def lowered(text: Text) -> Text:
    """Return the text with a small first letter, unless it starts with a name or I."""
    first = text[0]
    if not first.tag.startswith("NNP") and first.word != "I" and not first.word[1:].isupper():
        first.word = first.word[0].lower() + first.word[1:]
    return text


def close(text: Text) -> Text:
    """Return the text with no space after its last token."""
    text[-1].space = False
    return text


def opening(root: Token) -> Token:
    """Return an opening quotation mark."""
    return token("“", "``", "punct", root, space=False)


def closing(root: Token) -> Token:
    """Return a closing quotation mark."""
    return token("”", "''", "punct", root)


def that_mark(root: Token) -> Token:
    """Return the conjunction of a reported clause."""
    return Token("that", tag="IN", pos="SCONJ", dep="mark", head=root)


def after(quote: Text, rng: Random, names: list[Name], *, marked: bool = True) -> Text:
    """Return "X," he said. — with or without quotation marks."""
    root = root_of(quote)
    said, verb = clause(rng, names, final=True)
    root.dep, root.head = "ccomp", verb
    end = [token(".", ".", "punct", verb)]
    body = with_comma(quote, root) if quote[-1].word == "." else quote
    if not marked:
        return [*body, *close(said), *end]
    return [opening(root), *close(body), closing(root), *close(said), *end]


def with_comma(quote: Text, root: Token) -> Text:
    """Return the quote with a comma in place of its full stop."""
    return [*close(quote[:-1]), token(",", ",", "punct", root)]


def plain_after(quote: Text, rng: Random, names: list[Name]) -> Text:
    """Return X, officials said."""
    return after(quote, rng, names, marked=False)


def before(quote: Text, rng: Random, names: list[Name]) -> Text:
    """Return He said: "X.", the mark a colon or a comma."""
    root = root_of(quote)
    said, verb = clause(rng, names, final=False)
    root.dep, root.head = "ccomp", verb
    mark = "," if rng.random() < 0.6 else ":"
    lead = close(capital(without_end_comma(said)))
    return [*lead, token(mark, mark, "punct", root), opening(root), *close(quote), closing(root)]


def that(quote: Text, rng: Random, names: list[Name]) -> Text:
    """Return He said that X."""
    root = root_of(quote)
    said, verb = clause(rng, names, final=False)
    root.dep, root.head = "ccomp", verb
    quote[-1].head = verb
    mark = [that_mark(root)] if rng.random() < 0.6 else []
    return [*capital(without_end_comma(said)), *mark, *lowered(quote)]


def according(quote: Text, rng: Random, names: list[Name]) -> Text:
    """Return X, according to three people familiar with the talks."""
    source = without_end_comma(speaker(rng, names, pronouns=False))
    head = hung(source, root_of(quote), "obl")
    first = token("according", "VBG", "case", head)
    lead = [first, token("to", "IN", "fixed", first), *source]
    comma = token(",", ",", "punct", head)
    if rng.random() < 0.4:
        return [*close(capital(lead)), comma, *lowered(quote)]
    return [*close(quote[:-1]), comma, *close(lead), quote[-1]]


def first_part(quote: Text) -> int:
    """Return where the part before the verb ends: a subject, a clause or an adverbial; 0 where there is none."""
    root = root_of(quote)
    lead = next((t for t in quote if t.head is root and t.dep.startswith(("nsubj", "advcl", "obl"))), None)
    inside = [place for place, token in enumerate(quote) if lead is not None and under(token, lead)]
    whole = bool(inside) and inside == list(range(len(inside))) and len(inside) < len(quote) - 2
    return len(inside) if whole and len(inside) > 1 and root not in quote[: len(inside)] else 0


def under(current: Token, head: Token) -> bool:
    """Return whether a token is a head or hangs below it."""
    above: Token | None = current
    while above is not None and above is not head:
        above = above.head
    return above is head


def interposed(quote: Text, rng: Random, names: list[Name]) -> Text:
    """Return "If X," he said, "Y." — the clause of speaking in the middle is a parataxis."""
    place = first_part(quote)
    if not place:
        return after(quote, rng, names)
    root = root_of(quote)
    said, verb = clause(rng, names, final=True)
    verb.dep, verb.head = "parataxis", root
    rest = quote[place + 1 :] if quote[place].word == "," else quote[place:]
    first = close(quote[: place - 1] if quote[place - 1].word == "," else quote[:place])
    comma, second = token(",", ",", "punct", verb), token(",", ",", "punct", verb)
    if rng.random() < 0.4:
        return [*first, comma, *close(said), second, *rest]
    comma.space = False
    start = [opening(root), *first, comma, closing(verb)]
    return [*start, *close(said), second, opening(root), *close(rest), closing(root)]


def adding(first: Text, second: Text, rng: Random, names: list[Name]) -> Text:
    """Return "X," he said, adding that Y."""
    told = after(first, rng, names)
    verb, root = root_of(told), root_of(second)
    more = token(rng.choice(block("addings").split()), "VBG", "advcl", verb)
    root.dep, root.head = "ccomp", more
    second[-1].head = verb
    return [*told[:-1], token(",", ",", "punct", more), more, that_mark(root), *lowered(second)]


def standing(quote: Text) -> Text:
    """Return a quotation that stands alone."""
    root = root_of(quote)
    return [opening(root), *close(quote), closing(root)]


def then_standing(first: Text, second: Text, rng: Random, names: list[Name]) -> Text:
    """Return "X," he said. "Y.", the second alone."""
    return [*after(first, rng, names), *standing(second)]


def long_quote(first: Text, second: Text, rng: Random, names: list[Name]) -> Text:
    """Return "Y. X," he said."""
    start = standing(second)[:-1]
    start[-1].space = True
    return [*start, *after(first, rng, names)[1:]]


ONE: tuple[tuple[float, Callable[[Text, Random, list[Name]], Text]], ...] = (
    (4, after),
    (2, before),
    (2, that),
    (2, according),
    (2, plain_after),
    (2, interposed),
)
ASKED = ONE[:2]  # a question or a cry keeps its mark, and stands between quotation marks
TWO: tuple[tuple[float, Callable[[Text, Text, Random, list[Name]], Text]], ...] = (
    (5, adding),
    (3, then_standing),
    (2, long_quote),
)


def reported(first: Text, second: Text | None, rng: Random, names: list[Name]) -> Text:
    """Return reported speech made from copies of one or two sentences."""
    if second is not None and rng.random() < 0.5:
        pairs = TWO if second[-1].word == "." else TWO[1:]
        two = rng.choices([shape for _, shape in pairs], [share for share, _ in pairs])[0]
        return started(two(copied(first), copied(second), rng, names))
    if rng.random() < 0.1:
        return started(standing(copied(first)))
    singles = ONE if first[-1].word == "." else ASKED
    one = rng.choices([shape for _, shape in singles], [share for share, _ in singles])[0]
    return started(one(copied(first), rng, names))


def started(text: Text) -> Text:
    """Mark the sentence starts: the first token, and those where another tree begins."""
    trees = [id(tree_of(t)) for t in text]
    for place, current in enumerate(text):
        current.starts = place == 0 or trees[place] != trees[place - 1]
    return text


def tree_of(current: Token) -> Token:
    """Return the root of a token's tree."""
    while current.head is not None:
        current = current.head
    return current
