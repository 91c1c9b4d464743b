"""Rules and what was read in an article -> matches; of two runs over one article, the same."""

import dataclasses as dc
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from itertools import combinations
from typing import NamedTuple

from schemas.records import Document, Event, Match, Mention, Origin, Reading, Span, Statement
from schemas.rule import Rule, When
from schemas.rules import Rules
from transforms.alerts.grouping import alert_id, is_clear, suits
from transforms.alerts.words import find_words, sentence_around

_hit = partial(Match, alert="", rule="")
"""A match before its rule has placed it in an alert."""


def judge(reading: Reading, rules: Rules) -> tuple[Match, ...]:
    """Return the matches of all rules, at most one for each alert and record."""
    facts = Facts(reading)
    found: dict[tuple[str, str], Match] = {}
    for rule in rules.rules:
        if rule.enabled and suits(reading.document, rule.filters):
            for match in _JUDGES[rule.when](rule, facts):
                placed = dc.replace(match, rule=rule.id, alert=alert_id(rule, match.actors, match.origin))
                found.setdefault((placed.alert, placed.record), placed)
    return tuple(found.values())


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
        """The mentions that are sure, in the order of the text."""
        sure = (mention for mention in self.reading.mentions if mention.outcome == "mention")
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

    def wants(self, rule: Rule, actor: str | None) -> bool:
        """Return whether the rule asks for this actor and the article leaves no doubt about him."""
        asked = rule.any_actor() or actor in rule.actors
        return actor is not None and asked and actor not in self.doubtful


def _mention(rule: Rule, facts: Facts) -> Iterator[Match]:
    for mention in facts.mentions:
        if facts.wants(rule, mention.actor) and mention.score >= rule.filters.confidence:
            yield _of_mention(mention, (mention.actor,), mention.score)


def _of_mention(mention: Mention, actors: tuple[str, ...], confidence: float) -> Match:
    return _hit(
        record=mention.id,
        kind="mention",
        type=mention.form,
        start=mention.start,
        actors=actors,
        sentence=mention.sentence.text,
        words=mention.text,
        confidence=confidence,
        origin=mention.origin,
    )


def _statement_by(rule: Rule, facts: Facts) -> Iterator[Match]:
    for statement in facts.reading.statements:
        speaker = statement.speaker.actor if statement.speaker else None
        if speaker and facts.wants(rule, speaker) and is_clear(statement, rule.filters):
            yield _of_statement(statement, (speaker,))


def _statement_about(rule: Rule, facts: Facts) -> Iterator[Match]:
    for statement in facts.reading.statements:
        speaker = statement.speaker.actor if statement.speaker else None
        for actor in statement.about:
            if actor != speaker and facts.wants(rule, actor) and is_clear(statement, rule.filters):
                yield _of_statement(statement, (actor,))


def _of_statement(statement: Statement, actors: tuple[str, ...], words: str = "") -> Match:
    return _hit(
        record=statement.id,
        kind="statement",
        type=statement.kind,
        start=statement.content[0].start if statement.content else statement.sentence.start,
        actors=actors,
        speaker=(statement.speaker.name or statement.speaker.text) if statement.speaker else "",
        sentence=statement.sentence.text,
        words=words or statement.text,
        confidence=statement.confidence,
        origin=statement.origin,
    )


def _event(rule: Rule, facts: Facts) -> Iterator[Match]:
    types = {event.lower() for event in rule.events}
    for event in facts.reading.events:
        actors = _taking_part(rule, event, facts)
        # an event has no confidence of its own: it is as sure as who takes part in it
        confidence = min((facts.scores.get(actor, 1.0) for actor in actors), default=0.0)
        fits = event.mode in rule.modes and (not types or event.type.lower() in types)
        if actors and fits and confidence >= rule.filters.confidence:
            yield _of_event(event, actors, confidence)


def _taking_part(rule: Rule, event: Event, facts: Facts) -> tuple[str, ...]:
    actors = {who.actor for who in (*event.agents, *event.targets) if who.actor}
    return tuple(sorted(actor for actor in actors if facts.wants(rule, actor)))


def _of_event(event: Event, actors: tuple[str, ...], confidence: float) -> Match:
    return _hit(
        record=event.id,
        kind="event",
        type=event.type,
        start=event.start,
        actors=actors,
        sentence=event.sentence.text,
        words=event.text,
        confidence=confidence,
        origin=event.origin,
    )


def _together(rule: Rule, facts: Facts) -> Iterator[Match]:
    by_place: dict[int, dict[str, Mention]] = defaultdict(dict)
    for mention in facts.mentions:
        if facts.wants(rule, mention.actor) and mention.score >= rule.filters.confidence:
            place = mention.sentence.start if rule.looks_in() == "sentence" else 0
            by_place[place].setdefault(mention.actor, mention)
    for firsts in by_place.values():
        for actors in _companies(rule, firsts):
            last = max((firsts[actor] for actor in actors), key=lambda mention: mention.start)
            yield _of_mention(last, actors, min(firsts[actor].score for actor in actors))


def _companies(rule: Rule, present: dict[str, Mention]) -> Iterator[tuple[str, ...]]:
    if rule.require == "two":
        yield from combinations(sorted(present), 2)
    elif present.keys() >= set(rule.actors):
        yield tuple(sorted(rule.actors))


def _words(rule: Rule, facts: Facts) -> Iterator[Match]:
    if rule.looks_in() == "statements":
        yield from _words_said(rule, facts)
        return
    place = _first_words(rule, facts.document)
    if place is None:
        return
    if not rule.actors:
        yield _of_document(facts, place, (), 1.0)
    for actor, score in sorted(facts.scores.items()):
        if rule.actors and facts.wants(rule, actor) and score >= rule.filters.confidence:
            yield _of_document(facts, place, (actor,), score)


def _words_said(rule: Rule, facts: Facts) -> Iterator[Match]:
    for statement in facts.reading.statements:
        said = [statement.text[start:end] for start, end in find_words(statement.text, rule.words)]
        speaker = statement.speaker.actor if statement.speaker else None
        if said and is_clear(statement, rule.filters):
            if not rule.actors:
                yield _of_statement(statement, (), said[0])
            elif speaker and facts.wants(rule, speaker):
                yield _of_statement(statement, (speaker,), said[0])


class Place(NamedTuple):
    """Words found in a document, and their sentence."""

    words: Span
    sentence: str


def _first_words(rule: Rule, document: Document) -> Place | None:
    for text in (document.text, document.title):
        for start, end in find_words(text, rule.words):
            return Place(Span(start=start, end=end, text=text[start:end]), sentence_around(text, start, end))
    return None


def _of_document(facts: Facts, place: Place, actors: tuple[str, ...], confidence: float) -> Match:
    return _hit(
        record=facts.document.id,
        kind="document",
        start=place.words.start,
        actors=actors,
        sentence=place.sentence,
        words=place.words.text,
        confidence=confidence,
        origin=facts.origin,
    )


_JUDGES: dict[When, Callable[[Rule, Facts], Iterator[Match]]] = {
    "mention": _mention,
    "statement-by": _statement_by,
    "statement-about": _statement_about,
    "event": _event,
    "together": _together,
    "words": _words,
}
"""A judge for each sort of rule; what needs history (frequency, spike) folds over the gathered matches instead."""
