"""A Doc as statements see it: its quotations in tokens, and sentences that no quotation mark can break."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate

from spacy.attrs import DEP, IDX, LENGTH, ORTH, SENT_START, SPACY, TAG
from spacy.strings import StringStore
from spacy.tokens import Doc

from transforms.language.datelines import datelines
from transforms.language.names import Names
from transforms.statements.marks import Quotation, find_quotations

FINAL = frozenset({".", "?", "!", "…", "...", ":", ";", "?!", "!!", "..", "....", "._", "|"})
MISTAKEN = frozenset({"VB", "VBD", "VBN", "VBP", "VBZ", "VBG", "RB", "MD", "UH", "IN"})
SURE = {"said": "VBD", "says": "VBZ", "told": "VBD", "tells": "VBZ", "added": "VBD", "adds": "VBZ"}
"""Words that are verbs, whatever the tagger thinks."""

RETORTS = frozenset({"shot", "hit", "fired"})
ADJECTIVAL = (["NN"], ["NNS"], ["NNP"], ["JJ"])
DISTANT = 60
"""Tokens between a word and a quotation that cannot belong together any more."""

TITLED = frozenset({"on", "'s", "’s", "show", "program", "programme", "podcast", "series", "magazine", "host", "titled",
                    "entitled", "headlined"})  # fmt: skip
HOSTS = frozenset({"host", "co-host", "editor", "moderator", "star"})
"""Words before a title in quotation marks: "on “Fox & Berg”", "the Courier's “Face the State”"."""

SMALL = frozenset({"the", "of", "and", "&", "a", "an", "in", "on", "for", "to", "at", "with", "'s", "’s"})
TITLE = 7
DASHES = frozenset({"—", "–", "-", "--"})


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation in tokens: `first:last` are its words, `left:right` the same with its marks."""

    first: int
    last: int
    left: int
    right: int
    source: Quotation


def _spelled(strings: StringStore, keys: list[int]) -> list[str]:
    """Return the strings behind a column of spaCy's keys: far faster than asking each token."""
    spelled = {key: strings[key % 2**64] for key in set(keys)}
    return [spelled[key] for key in keys]


class Layout:
    """The token view of one document that all steps share."""

    def __init__(self, doc: Doc, names: Names | None = None) -> None:
        self.doc = doc
        wanted = [IDX, LENGTH, SENT_START, TAG, DEP, ORTH, SPACY]
        columns = doc.to_array(wanted).astype("int64").T.tolist() if len(doc) else [[]] * len(wanted)
        strings = doc.vocab.strings
        self.words: list[str] = _spelled(strings, columns[5])
        self.text: str = "".join(w + " " if s else w for w, s in zip(self.words, columns[6], strict=True))
        self.offsets: list[int] = columns[0]
        self.ends: list[int] = [a + n for a, n in zip(columns[0], columns[1], strict=True)]
        self.lower: list[str] = [w.lower() for w in self.words]
        self.tags: list[str] = _spelled(strings, columns[3])
        for name, (start, end) in ((n, place) for n in (names.chains if names else ()) for place in n.places):
            for k in range(start, end):  # the tagger takes rare given names for verbs
                wrong = self.tags[k] in MISTAKEN or (name.is_person and self.tags[k] == "JJ")
                if wrong and self.words[k][:1].isupper():
                    self.tags[k] = "NNP"
        root = strings["ROOT"]
        for k, (word, dep) in enumerate(zip(self.words, columns[4], strict=True)):
            if word in SURE or word in RETORTS or (dep % 2**64 == root and self.tags[k] == "VBN"):
                self.tags[k] = self._mended(k, word)
        for k in range(2, len(self.words)):
            if self.lower[k] == "old" and self.lower[k - 2] == "year" and self.tags[k + 1 : k + 2] not in ADJECTIVAL:
                self.tags[k] = "NN"  # "the 34-year-old said"
        self.quotes = [q for q in map(self._quote, find_quotations(self.text)) if q.first < q.last]
        self.inside = self._insides()
        self.paragraph: list[int] = list(accumulate("\n" in w for w in self.words))
        self.lefts = [q.left for q in self.quotes]
        self.quote_starts = [q.source.start for q in self.quotes]
        self.titles = {n for n, quote in enumerate(self.quotes) if self._is_title(quote)}
        self.starts = self._sentences(columns[2])

    def _mended(self, k: int, word: str) -> str:
        """Return the tag of a token: "said" is no noun, a verb with its subject no participle."""
        tag = self.tags[k]
        if tag[:1] in "NJ" and (word in SURE or (word in RETORTS and self.lower[k + 1 : k + 2] == ["back"])):
            return SURE.get(word, "VBD")
        if tag == "VBN":
            left = [t.dep_ for t in self.doc[k].lefts]
            return "VBD" if "nsubj" in left and not any(d.startswith("aux") for d in left) else tag
        return tag

    def _quote(self, found: Quotation) -> Quote:
        first = bisect_right(self.ends, found.start)
        last = bisect_left(self.offsets, found.end)
        left = bisect_right(self.ends, found.open)
        return Quote(first, last, min(left, first), max(last, bisect_left(self.offsets, found.close)), found)

    def _is_title(self, quote: Quote) -> bool:
        """Return whether a few words in marks are the title of a broadcast or a paper: all in capitals after "on"."""
        before = self.lower[max(0, quote.left - 2) : quote.left]
        led = before[-1:] and (before[-1] in TITLED or (before[-1] == "of" and before[0] in HOSTS))
        if not led or quote.last - quote.first > TITLE:
            return False
        plain = [w for w in self.words[quote.first : quote.last] if w[:1].isalnum() and w.lower() not in SMALL]
        return bool(plain) and all(w[0].isupper() or w.isdigit() for w in plain)

    def _insides(self) -> list[int]:
        inside = [-1] * len(self.doc)
        for n, quote in enumerate(self.quotes):
            inside[quote.left : quote.right] = [n] * (quote.right - quote.left)
        return inside

    def _sentences(self, parsed: list[int]) -> list[int]:
        """Return where sentences start: at paragraphs, and after final punctuation outside quotation marks."""
        words, inside = self.words, self.inside
        likely = (  # the others are most of them, and can be none
            i
            for i in range(1, len(words))
            if words[i - 1] in FINAL or inside[i] != inside[i - 1] or "\n" in words[i] or "\n" in words[i - 1]
        )
        broken = (i for i in likely if self._breaks(i, parsed=parsed[i] == 1))
        return sorted({*range(min(1, len(words))), *broken, *self._dated()})

    def _breaks(self, i: int, *, parsed: bool) -> bool:
        before = self.words[i - 1]
        if "\n" in before or "\n" in self.words[i]:
            return True
        here = self.inside[i]
        if here >= 0 and self.inside[i - 1] == here:
            return False
        if before in FINAL:
            return before not in ":;" and (parsed or self._capital(i)) and self.words[i] not in FINAL
        if before[-1:] == "." and here >= 0 and i == self.quotes[here].left:
            return self.text[self.quotes[here].source.start].isupper() and parsed  # "at 11 p.m. “We go,” he said"
        if self.inside[i - 1] >= 0 and here != self.inside[i - 1]:  # a quotation that ends its own sentence
            quote = self.quotes[self.inside[i - 1]]
            return self.words[quote.last - 1][-1] in ".?!…" and (self._capital(i))
        return False

    def _dated(self) -> list[int]:
        """Return the tokens that follow a dateline."""
        ends = (start + found.end for start, found in datelines(self.text))
        return [i for i in (bisect_left(self.offsets, end) for end in ends) if i < len(self.words)]

    def _capital(self, i: int) -> bool:
        if self.inside[i] >= 0:
            return True
        word = self.words[i]
        return word[:1].isupper() or word[:1].isdigit() or word in {"(", "["}

    def sentence(self, i: int) -> tuple[int, int]:
        """Return the token range of the sentence around token i, blanks at its ends left out."""
        at = bisect_right(self.starts, i)
        lo = self.starts[at - 1]
        hi = self.starts[at] if at < len(self.starts) else len(self.words)
        while hi > lo + 1 and self.words[hi - 1].isspace():
            hi -= 1
        while lo < hi - 1 and self.words[lo].isspace():
            lo += 1
        return lo, hi

    def quote_before(self, i: int) -> Quote | None:
        """Return the last quotation of the paragraph that ends before token i, no full stop between them; no title."""
        at = bisect_left(self.lefts, i) - 1
        while at in self.titles:
            at -= 1
        if (
            at < 0
            or not 0 <= i - self.quotes[at].right < DISTANT
            or self.paragraph[self.quotes[at].right - 1] != self.paragraph[i]
        ):
            return None
        return None if FINAL & set(self.words[self.quotes[at].right : i]) else self.quotes[at]

    def quote_after(self, i: int) -> Quote | None:
        """Return the next quotation of the paragraph after token i, no full stop between them; no title."""
        at = bisect_right(self.lefts, i)
        while at in self.titles:
            at += 1
        if (
            at >= len(self.quotes)
            or self.quotes[at].left - i > DISTANT
            or self.paragraph[self.quotes[at].left] != self.paragraph[i]
        ):
            return None
        between = set(self.words[i + 1 : self.quotes[at].left])
        return None if (FINAL - {":"}) & between else self.quotes[at]

    def quotes_in(self, first: int, last: int) -> list[Quote]:
        """Return the quotations whose words stand in the token range."""
        return self.quotes[bisect_left(self.lefts, first) : bisect_left(self.lefts, last)]

    def quoted_in(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the words in quotation marks between two characters, as character ranges."""
        near = self.quotes[bisect_left(self.quote_starts, start) : bisect_left(self.quote_starts, end)]
        return tuple((q.source.start, q.source.end) for q in near if q.source.end <= end)

    def repairs(self, spans: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
        """Return what had to be repaired in the marks of these quotations."""
        at = (bisect_left(self.quote_starts, start) for start, _ in spans)
        found = (r for n in at if n < len(self.quotes) for r in self.quotes[n].source.repairs)
        return tuple(dict.fromkeys(found))

    def closing(self, quote: Quote) -> str:
        """Return the punctuation that ends the quotation: "," or one of .?!… or nothing."""
        near = self.text[quote.source.end : quote.source.close + 1]
        if self.text[quote.source.close : quote.source.close + 2] == " ,":  # « … » , he said
            return ","
        last = self.text[quote.source.end - 1]
        return "," if "," in near else last if last in ".?!…" else ""

    def token_at(self, character: int) -> int:
        """Return the token that holds a character, or the next one."""
        return min(bisect_right(self.ends, character), max(0, len(self.words) - 1))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the character range of tokens first:last, blanks left out."""
        while last > first and self.words[last - 1].isspace():
            last -= 1
        while first < last and self.words[first].isspace():
            first += 1
        return (self.offsets[first], self.ends[last - 1]) if first < last else (0, 0)
