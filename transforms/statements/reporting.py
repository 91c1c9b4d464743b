"""Each cue with its subject -> a statement in the making: quotations beside it, the clause after or before it."""

from transforms.language.grammar import FINITE, TENSED
from transforms.language.names import Names
from transforms.language.roles import PERSONS, singular
from transforms.statements.blocks import block
from transforms.statements.clauses import clause_of
from transforms.statements.contents import has_clause, titled_before_that
from transforms.statements.cues import frame_of, lemma_of, reports
from transforms.statements.drafting import Report, bounds, outermost
from transforms.statements.drafts import Draft
from transforms.statements.governing import governing, shared
from transforms.statements.layout import FINAL, Layout, Quote
from transforms.statements.phrasal import according, for_whom, in_view, noun_report, passive_label, per, verdict
from transforms.statements.phrases import AUXILIARY
from transforms.statements.quoting import introduced, quoted_before
from transforms.statements.sources import agent_noun
from transforms.statements.speakers import inverted, preverbal
from transforms.statements.words import ALONE, FORMS, LABEL, MANNER, PRESS, REPORT_NOUNS, SPEECH, UTTERANCES, VIEWS

CONJOINED = frozenset({"while", "whereas", "and", "but", "as", "after", "when", "although", "though"})
PHRASES = frozenset({"according", "for", "words", "per"})
NOBODY = frozenset({"nobody", "none", "anybody", "anyone", "you", "we", "i"})
NOUNS_OF_SAYING = REPORT_NOUNS | UTTERANCES | VIEWS
NOUN_FRAMES = (["that"], ["from"], ["by"], ["is"], ["was"])
TOLD_ON = frozenset({"VBG", "VBD", "VBZ"})
LIGHT = 18
"""More words than this between a cue and a quotation, and they do not belong together."""


class Reporting:
    """All reports of one document."""

    def __init__(self, layout: Layout, names: Names) -> None:
        self.layout, self.names = layout, names
        self.last: Report | None = None

    def drafts(self) -> list[Draft]:
        """Return the drafts of all cues, those inside another's content left out, in the order of their content."""
        found: list[Draft] = []
        for i, word in enumerate(self.layout.lower):
            if self.layout.inside[i] < 0:
                found += self._at(i, word)
        return sorted(outermost(self.layout, found), key=lambda d: (d.start, d.end))

    def _at(self, i: int, word: str) -> list[Draft]:
        """Return the drafts of the word, if it is a cue."""
        layout, names = self.layout, self.names
        if word in PHRASES:
            return self._phrase(i, word)
        if word in NOUNS_OF_SAYING and layout.tags[i][:2] == "NN":
            found = self._noun(i, word)
            if found:
                return found
        lemma = FORMS.get(word, "")
        if lemma == "ask" and self._was_asked(i):
            return []
        if lemma:
            found = passive_label(layout, names, i, lemma) if lemma in LABEL else []
            said = not found and (reports(layout.doc[i], layout.tags[i]) or self._mistagged(i, lemma))
            return self._verb(i, lemma) if said else found
        return self._verb(i, word) if layout.tags[i] in {"VBD", "VBZ", "VBN"} and self._speaks(i) else []

    def _noun(self, i: int, word: str) -> list[Draft]:
        """Return what a noun reports: "Berg's claim that", "in Berg's view", "was the verdict of Berg"."""
        layout, names = self.layout, self.names
        after = layout.lower[i + 1 : i + 2]
        found = noun_report(layout, names, i) if word in REPORT_NOUNS and after in NOUN_FRAMES else []
        if not found and word in VIEWS:
            found = in_view(layout, names, i)
        return found or (verdict(layout, names, i) if word in UTTERANCES and after == ["of"] else [])

    def _was_asked(self, i: int) -> bool:
        """Return whether the one before was asked, and answers behind the next comma: "Berg, asked if …, said"."""
        layout = self.layout
        if layout.words[i - 1] != "," or layout.tags[i] not in {"VBD", "VBN"}:
            return False
        near = range(i + 1, min(i + 25, len(layout.words) - 1))
        comma = next((k for k in near if layout.words[k] == "," and FORMS.get(layout.lower[k + 1])), None)
        return comma is not None and layout.tags[comma + 1] in {"VBD", "VBZ"}

    def _mistagged(self, i: int, lemma: str) -> bool:
        """Return whether what looks like a plural ends a report: "Ten would use it, the firm's survey states."."""
        layout = self.layout
        if layout.tags[i] == "NN" and layout.words[i + 1 : i + 2] == [":"]:  # "Another quipped: “…”"
            named = layout.tags[i - 1] in {"NNP", "PRP"} or layout.lower[i - 1] == "another"
            return named and lemma in ALONE and layout.inside[min(i + 2, len(layout.words) - 1)] >= 0
        quote = layout.quote_before(i)
        led = quote is not None and layout.closing(quote) in {",", "?", "!"} and i - quote.right < 5
        if layout.tags[i][:2] == "NN" and led and lemma in MANNER | SPEECH:  # “…,” a narrator growls over the music
            person = singular(layout.lower[i - 1]) in PERSONS or agent_noun(layout.lower[i - 1])
            return person and layout.words[i] == layout.lower[i]
        if layout.tags[i] != "NNS" or lemma not in SPEECH | MANNER | {"show", "find"}:
            return False
        if quote is not None and i - quote.right < 2 and layout.tags[i + 1 : i + 2] in (["DT"], ["NNP"], ["PRP$"]):
            return True  # “…”, slips a relative of the minister
        if i + 1 < bounds(layout, i)[1]:
            return False
        lo = bounds(layout, i)[0]
        comma = next((k for k in range(i - 1, max(lo, i - 10), -1) if layout.words[k] == ","), lo)
        return comma > lo and has_clause(layout, lo, comma) and not has_clause(layout, comma, i)

    def _phrase(self, i: int, word: str) -> list[Draft]:
        layout, names = self.layout, self.names
        if word == "according":
            return according(layout, names, i) if layout.lower[i + 1 : i + 2] == ["to"] else []
        if word == "per":
            return per(layout, names, i)
        if word == "for":
            return for_whom(layout, names, i, i + 1) if layout.words[i] == "For" else []
        return for_whom(layout, names, i, i + 2) if layout.lower[i - 2 : i] == ["in", "the"] else []

    def _speaks(self, i: int) -> bool:
        """Return whether a verb of no list stands beside a quotation and its speaker: “…,” deadpanned the keeper."""
        layout = self.layout
        quote = layout.quote_before(i)
        if quote is None or i - quote.right > 5 or layout.lower[i] in AUXILIARY:
            return False
        cut_in = layout.lower[i + 1 : i + 2] in (["in"], ["back"], ["out"])  # “Nine,” Berg cut in.
        spoken = cut_in or has_clause(layout, quote.first, quote.last)
        if layout.closing(quote) not in {",", "?", "!"} or not spoken:
            return False
        short = bool(FINAL & set(layout.words[i + 1 : i + 2]))  # “…?” Berg pressed.
        if quote.right == i:
            found = inverted(layout, self.names, i, bounds(layout, i)[1])
        elif quote.left == layout.sentence(quote.left)[0] and (layout.closing(quote) == "," or short or cut_in):
            found = preverbal(layout, self.names, i, quote.right)
        else:
            found = None
        return found is not None and (found.name is not None or layout.lower[found.head] in PERSONS | {"he", "she"})

    def _verb(self, i: int, lemma: str) -> list[Draft]:
        report = self.last = shared(self.layout, governing(self.layout, self.names, i, lemma), self.last)
        if report.phrase is not None and self._generic(report):
            return []
        if i == report.lo and not report.turned:  # "Asked whether …, Berg replied"
            return []
        acted = report.lemma in MANNER and self.layout.tags[i + 1 : i + 2] == ["PRP"]  # "the host interrupted her"
        if acted or self._describes(i, report.hi):
            return []
        before = self._before(report)
        after = self._after(report, joined=before is not None)
        if before is not None:
            return quoted_before(self.layout, report, before, after)
        if after is not None:
            return introduced(self.layout, report, after)
        return clause_of(self.layout, report) or block(self.layout, report)

    def _describes(self, i: int, hi: int) -> bool:
        """Return whether the verb only tells who speaks: "a skipper who **knew** the rocks said"."""
        layout = self.layout
        if layout.lower[i - 1] != "who" or layout.words[i - 2] == ",":
            return False
        near = range(i + 1, min(hi, i + 12))
        end = next((k for k in near if layout.words[k] == "," or layout.inside[k] >= 0), near.stop)
        later = (k for k in near if k < end and layout.tags[k] in TENSED)
        return any(lemma_of(layout.doc[k]) in SPEECH for k in later)

    def _generic(self, report: Report) -> bool:
        """Return whether nobody in particular speaks: "nobody said", "those who ask", a paper's own question."""
        layout, phrase = self.layout, report.phrase
        assert phrase is not None
        word = layout.lower[phrase.head]
        if word == "those" and layout.lower[phrase.head + 1] == "who" and phrase.head + 3 >= report.cue:
            return True
        press = report.lemma == "ask" and bool(set(layout.lower[phrase.first : phrase.last]) & PRESS)
        return word in NOBODY or (press and not layout.quotes_in(report.lo, report.hi))

    def _before(self, report: Report) -> Quote | None:
        """Return the quotation that ends right before the reporting clause."""
        quote = self.layout.quote_before(report.cue)
        known = report.lemma not in ALONE and lemma_of(self.layout.doc[report.cue])
        if quote is None or (known and not self._speaks(report.cue)):
            return None
        taken = report.turned or self.layout.tags[report.cue] == "VBG"  # "…,” said Berg, adding that"
        first = report.cue if report.phrase is None or taken else report.phrase.first
        if not 0 <= first - quote.right <= 2 and not self._bare_gap(quote.right, first):
            return None
        if CONJOINED & set(self.layout.lower[quote.right : first]):  # "“…”, while the mayor said"
            return None
        if self.layout.tags[report.cue] == "VBG" and quote.left > self.layout.sentence(quote.left)[0]:
            return None  # "called it “…”, saying it was late"
        closing = self.layout.closing(quote)
        if closing in {"", "."} and not report.turned and not self._ends_after(report):
            return None
        return quote

    def _bare_gap(self, first: int, last: int) -> bool:
        return 0 <= last - first < 8 and not any(
            t in FINITE or t[:2] in {"NN", "PR"} for t in self.layout.tags[first:last]
        )

    def _ends_after(self, report: Report) -> bool:
        """Return whether nothing that could be a clause follows the cue in its sentence."""
        return not has_clause(self.layout, report.cue + 1, report.hi)

    def _after(self, report: Report, *, joined: bool) -> Quote | None:
        """Return the quotation that the cue introduces, only hearer, place and time between them."""
        layout = self.layout
        quote = layout.quote_after(report.cue)
        if quote is None or (quote.left > report.cue + 1 and titled_before_that(layout, quote.first)):
            return None
        gap = range(report.cue + 1, quote.left)
        tags = {layout.tags[k] for k in gap}
        words = {layout.lower[k] for k in gap}
        aside = ":" in words or (joined and bool(words & {"who", "which"}))
        if len(gap) > LIGHT + 8 * aside or (tags & FINITE and not aside) or "that" in words:
            return None
        if any(
            layout.tags[k] in TOLD_ON and lemma_of(layout.doc[k]) and reports(layout.doc[k], layout.tags[k])
            for k in gap
        ):
            return None
        ending = layout.words[quote.left - 1]
        if joined:
            return quote if ending in {",", ";", "—", "–", ":"} else None
        if ending in {",", ":"} or not gap:
            return quote
        return quote if frame_of(report.lemma) == "label" or report.lemma in ALONE else None
