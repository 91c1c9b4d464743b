"""A reading as rules look at it: who is certainly in it, and where its records come from."""

import dataclasses as dc
from functools import cached_property

from schemas.documents import Document, Origin
from schemas.mentions import Mention
from schemas.records import Reading
from schemas.rule import Rule

_BY_NAME = frozenset({"name", "alias"})


@dc.dataclass
class Facts:
    """A reading, and who is certainly in it."""

    reading: Reading

    @property
    def document(self) -> Document:
        """The article as read."""
        return self.reading.document

    @cached_property
    def mentions(self) -> list[Mention]:
        """The mentions by name that are sure, in the order of the text: "he" and "the envoy" tell nothing more."""
        sure = (m for m in self.reading.mentions if m.outcome == "mention" and m.form in _BY_NAME)
        return sorted(sure, key=lambda mention: (mention.start, mention.end, mention.id))

    @cached_property
    def scores(self) -> dict[str, float]:
        """The best score of each actor that is certainly named."""
        best: dict[str, float] = {}
        for mention in self.mentions:
            best[mention.actor] = max(mention.score, best.get(mention.actor, 0.0))
        return best

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """The actors of whom the article has uncertain mentions only: no rule fires for them."""
        return frozenset(mention.actor for mention in self.reading.mentions) - self.scores.keys()

    @cached_property
    def origin(self) -> Origin:
        """The article as a statement or mention of it carries it."""
        of = self.document
        return Origin(
            document=of.id,
            url=of.url,
            title=of.title,
            outlet=of.outlet,
            language=of.language,
            published=of.published,
            published_precision=of.published_precision,
            seen=of.seen,
            story=of.story,
        )

    @cached_property
    def cues(self) -> dict[str, str]:
        """The lemma of the verb that reports each statement, by the statement's id."""
        return {said.id: said.cue.lemma.casefold() for said in self.reading.statements if said.cue}

    def wants(self, rule: Rule, actor: str | None) -> bool:
        """Return whether the rule asks for this actor and the article leaves no doubt about him."""
        asked = rule.any_actor() or actor in rule.actors
        return actor is not None and asked and actor not in self.doubtful
