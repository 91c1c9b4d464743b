"""Rules and what was read in an article -> matches; of two runs over one article, the same."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations, islice
from typing import Any, NamedTuple

from schemas.alerts import Match
from schemas.documents import Document, Span
from schemas.events import Event
from schemas.kept import Hit
from schemas.mentions import Mention
from schemas.records import Reading
from schemas.rule import Rule, When
from schemas.rules import Rules
from schemas.statements import Statement
from transforms.alerts.facts import Facts
from transforms.alerts.grouping import alert_id, counting_id, is_clear, key_of, placed, series_id, suits, terms_of
from transforms.alerts.words import find_words, sentence_around
from transforms.telling import manner


class Judgement(NamedTuple):
    """What an article gives the rules: matches that are alerts, and hits that are counted first."""

    matches: tuple[Match, ...] = ()
    hits: tuple[Hit, ...] = ()


def judge(reading: Reading, rules: Rules) -> Judgement:
    """Return the matches of all rules, at most one for each alert and record, and what rules with a type count."""
    facts = Facts(reading)
    matches: dict[tuple[str, str], Match] = {}
    hits: dict[tuple[str, str, str], Hit] = {}
    for rule in rules.rules:
        if not rule.enabled or not suits(reading.document, rule.filters):
            continue
        for match in _JUDGES[rule.when](rule, facts):
            if rule.counts():
                for hit in _hits(rule, match, facts):
                    hits[hit.series, match.record, hit.term] = hit
            else:
                alert = alert_id(rule, match.actors, match.origin)
                if (alert, match.record) not in matches:
                    matches[alert, match.record] = placed(match, alert=alert, rule=rule.id)
    return Judgement(tuple(matches.values()), tuple(hits.values()))


def _hits(rule: Rule, match: Match, facts: Facts) -> Iterator[Hit]:
    terms = terms_of(rule, match, facts.cues.get(match.record, ""))
    if not terms:
        return
    key = key_of(rule, match, facts.document)
    series, counting = series_id(rule, key), counting_id(rule)
    counted = placed(match, rule=rule.id, key="" if rule.query_key == "actors" else key)
    for term in terms:
        yield Hit(series=series, rule=counting, key=key, term=term, match=counted)


def _match(record: Mention | Statement | Event, actors: tuple[str, ...], confidence: float, **fields: Any) -> Match:
    """Return the match that a record makes, before its rule has placed it in an alert."""
    return Match(
        alert="",
        rule="",
        record=record.id,
        actors=actors,
        sentence=record.sentence.text,
        confidence=confidence,
        origin=record.origin,
        **fields,
    )


def _mention(rule: Rule, facts: Facts) -> Iterator[Match]:
    for mention in facts.mentions:
        if facts.wants(rule, mention.actor) and mention.score >= rule.filters.confidence:
            yield _of_mention(mention, (mention.actor,), mention.score)


def _of_mention(mention: Mention, actors: tuple[str, ...], score: float) -> Match:
    return _match(mention, actors, score, kind="mention", type=mention.form, start=mention.start, words=mention.text)


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
    return _match(
        statement,
        actors,
        statement.confidence,
        kind="statement",
        type=statement.kind,
        start=statement.content[0].start if statement.content else statement.sentence.start,
        speaker=(statement.speaker.name or statement.speaker.text) if statement.speaker else "",
        cue=manner(statement.cue),
        words=words or statement.text,
    )


def _event(rule: Rule, facts: Facts) -> Iterator[Match]:
    types = {event.lower() for event in rule.events}
    for event in facts.reading.events:
        actors = _taking_part(rule, event, facts)
        # an event has no confidence of its own: it is as sure as who takes part in it
        confidence = min((facts.scores.get(actor, 1.0) for actor in actors), default=0.0)
        fits = event.mode in rule.modes and (not types or event.type.lower() in types)
        if actors and fits and confidence >= rule.filters.confidence:
            yield _match(event, actors, confidence, kind="event", type=event.type, start=event.start, words=event.text)


def _taking_part(rule: Rule, event: Event, facts: Facts) -> tuple[str, ...]:
    actors = {who.actor for who in (*event.agents, *event.targets) if who.actor}
    return tuple(sorted(actor for actor in actors if facts.wants(rule, actor)))


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
    for place in islice(_places(rule, facts.document), _asked(rule)):
        if not rule.actors:
            yield _of_document(facts, place, (), 1.0)
        for actor, score in sorted(facts.scores.items()):
            if rule.actors and facts.wants(rule, actor) and score >= rule.filters.confidence:
                yield _of_document(facts, place, (actor,), score)


def _asked(rule: Rule) -> int | None:
    """Return how many of the words in one place matter: the first, or all where the rule tells them apart."""
    return None if rule.field == "words" else 1


def _words_said(rule: Rule, facts: Facts) -> Iterator[Match]:
    for statement in facts.reading.statements:
        if not is_clear(statement, rule.filters):
            continue
        speaker = statement.speaker.actor if statement.speaker else None
        for start, end in islice(find_words(statement.text, rule.words), _asked(rule)):
            if not rule.actors:
                yield _of_statement(statement, (), statement.text[start:end])
            elif speaker and facts.wants(rule, speaker):
                yield _of_statement(statement, (speaker,), statement.text[start:end])


class Place(NamedTuple):
    """Words found in a document, and their sentence."""

    words: Span
    sentence: str


def _places(rule: Rule, document: Document) -> Iterator[Place]:
    for text in (document.text, document.title):
        for start, end in find_words(text, rule.words):
            yield Place(Span(start=start, end=end, text=text[start:end]), sentence_around(text, start, end))


def _article(_rule: Rule, facts: Facts) -> Iterator[Match]:
    begins = sentence_around(facts.document.text, 0, 1)
    yield _of_document(facts, Place(Span(start=0, end=0, text=""), facts.document.title or begins), (), 1.0)


def _of_document(facts: Facts, place: Place, actors: tuple[str, ...], confidence: float) -> Match:
    return Match(
        alert="",
        rule="",
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
    "article": _article,
}
"""A judge for each sort of match; what needs history (frequency, spike ...) is counted from the hits that are kept."""
