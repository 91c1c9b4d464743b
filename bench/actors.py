"""What finding watched actors costs: ratios to spaCy's own PhraseMatcher and to the parse, taken in one run."""

import os
import random
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

import samples
from bench.corpus import BEGAN, texts
from schemas.documents import Origin
from schemas.watchlist import Actor, Watchlist, load_watchlist
from transforms.actors.find import find
from transforms.actors.matcher import Matcher
from transforms.actors.normalise import normalise
from transforms.language.model import load

ORIGIN = Origin(document="x", url="", language="en", seen=BEGAN)
DOCUMENTS, PARSED, LENGTH = 300, 40, 4_000


def people(count: int) -> Watchlist:
    """Return the bundled list and invented people of three names each."""
    chance = random.Random(1)  # noqa: S311 (the same names each time, nothing secret)
    given = [_word(chance, 2) for _ in range(3_000)]
    surnames = [_word(chance, 3) for _ in range(60_000)]
    actors = list(load_watchlist(samples.WATCHLIST).actors)
    for i in range(count - len(actors)):
        first, last = chance.choice(given), chance.choice(surnames)
        aliases = (f"{chance.choice(given)} {first} {last}", f"{first} {chance.choice(given)} {last}")
        actors.append(Actor(id=f"a{i}", name=f"{first} {last}", aliases=aliases))
    return Watchlist(actors=tuple(actors))


def _word(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(syllables)).title() + "x"


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds of the work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def resident() -> float:
    """Return the megabytes that the process holds, where the system tells it (Linux)."""
    pages = Path("/proc/self/statm")
    return int(pages.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20 if pages.exists() else 0.0


def least(work: Callable[[], object], turns: int = 3) -> float:
    """Return the CPU seconds of the quickest of some turns: what else runs on the machine only ever adds."""
    return min(cpu(work) for _ in range(turns))


def search(matcher: Matcher, pages: Iterable[str]) -> int:
    """Return how many watched names stand in the texts: candidates only."""
    return sum(len(matcher.search(normalise(text))) for text in pages)


def whole(matcher: Matcher, docs: Iterable[Doc]) -> int:
    """Return how many mentions the read documents have: the whole actor step."""
    return sum(len(find(doc, matcher, ORIGIN)) for doc in docs)


def phrases(nlp: Language, actors: Watchlist) -> PhraseMatcher:
    """Return spaCy's own matcher of the same names, letters' case aside."""
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    names = (name for actor in actors.actors for name in (actor.name, *actor.aliases, actor.name.split()[-1]))
    matcher.add("actor", [nlp.make_doc(name) for name in names])
    return matcher


def pages() -> list[str]:
    """Return the samples as texts of one length."""
    joined = "\n".join(texts(DOCUMENTS * 3))
    return [joined[i * LENGTH : (i + 1) * LENGTH] for i in range(DOCUMENTS)]


def report(nlp: Language, docs: list[Doc], parse_s: float, count: int) -> float:
    """Print what so many actors cost; return the seconds that the candidate search took of one document."""
    actors, made = people(count), list[Matcher]()
    assert actors.digest
    before = resident()
    made.append(Matcher(actors))
    grown = resident() - before
    built = least(lambda: Matcher(actors))
    found = pages()
    each = least(partial(search, made[0], found)) / len(found)
    step = least(partial(whole, made[0], docs)) / len(docs)
    print(f"{count:,} actors: built in {built:.2f} s CPU and {grown:.0f} MB")
    print(f"  candidates: {1 / each:,.0f} documents of {LENGTH:,} characters a CPU second")
    print(f"  whole step: {step * 1e3:.2f} ms a document, {step / parse_s:.1%} of the parse")
    theirs, tokens = phrases(nlp, actors), [nlp.make_doc(text) for text in found]
    matched = least(lambda: [theirs(doc) for doc in tokens]) / len(found)
    tokenised = least(lambda: [nlp.make_doc(text) for text in found]) / len(found)
    print(
        f"  over PhraseMatcher: {each / matched:.2f} times on made tokens, {each / (matched + tokenised):.2f} with them"
    )
    return each


def main() -> None:
    """Print every figure."""
    nlp = load("bundled").nlp
    some = pages()[:PARSED]
    docs: list[Doc] = []
    parse_s = cpu(lambda: docs.extend(nlp.pipe(some))) / len(some)
    few, many = (report(nlp, docs, parse_s, count) for count in (1_000, 100_000))
    print(f"100,000 actors over 1,000: {many / few:.2f} times the time a document")


if __name__ == "__main__":
    main()
