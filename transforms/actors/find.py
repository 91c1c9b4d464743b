"""A read document, or a plain text, and the watchlist -> mentions of watched actors, with their evidence."""

from collections import Counter
from collections.abc import Iterable
from functools import partial
from itertools import chain

from spacy.tokens import Doc

from schemas.documents import Origin, Span
from schemas.ids import stable_id
from schemas.mentions import Mention
from transforms.actors import evidence
from transforms.actors.candidate import Case
from transforms.actors.judge import judge
from transforms.actors.matcher import Matcher
from transforms.actors.normalise import normalise
from transforms.actors.references import by_role
from transforms.actors.scene import Scene, Sighting


def find(doc: Doc, matcher: Matcher, origin: Origin) -> tuple[Mention, ...]:
    """Return the mentions of watched actors in the document, in order; those not sure are marked so."""
    scene = scene_of(doc, origin)
    named = _mentions(scene, matcher, origin)
    return in_order(named, by_role(scene, named, matcher)) if named else named


def in_order(*mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the mentions together, in the order of the text."""
    return tuple(sorted(chain(*mentions), key=lambda m: (m.start, m.end, m.actor)))


def find_in_text(text: str, matcher: Matcher, origin: Origin) -> tuple[Mention, ...]:
    """Return the mentions in a text without a parse, such as an article that is not English: by name only."""
    return _mentions(scene_of_text(text, origin), matcher, origin)


def scene_of(doc: Doc, origin: Origin) -> Scene:
    """Return the document as judging sees it, with the sentences and entities that it has."""
    starts = [sent.start_char for sent in doc.sents] if doc.has_annotation("SENT_START") else []
    entities = [Sighting(e.start_char, e.end_char, e.label_) for e in doc.ents]
    return Scene(
        normalise(doc.text),
        title=origin.title,
        sentences=starts,
        entities=entities,
        tag=partial(_tag, doc),
        part=partial(_part, doc),
    )


def scene_of_text(text: str, origin: Origin) -> Scene:
    """Return the text as judging sees it; rules of English hold only where the article is English or may be."""
    return Scene(normalise(text), title=origin.title, english=origin.language in {"", "en"})


def _tag(doc: Doc, start: int) -> str:
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    return span[0].tag_ if span is not None and len(span) else ""


def _part(doc: Doc, start: int) -> str:
    """Return what the name that begins there does in its sentence."""
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    token = span[0] if span is not None and len(span) else None
    while token is not None and token.dep_ in {"flat", "conj"} and token.head.i != token.i:
        token = token.head
    return token.dep_ if token is not None else ""


def _mentions(scene: Scene, matcher: Matcher, origin: Origin) -> tuple[Mention, ...]:
    kept = [case for case in judge(scene, matcher) if case.verdict != "not"]
    counts: Counter[tuple[str, str]] = Counter()
    mentions = []
    for case in sorted(kept, key=lambda c: (c.start, c.end)):
        key = (case.profile.actor.id, scene.text[case.start : case.end])
        mentions.append(_mention(case, scene, matcher.digest, origin=origin, ordinal=counts[key]))
        counts[key] += 1
    return tuple(mentions)


def _mention(case: Case, scene: Scene, version: str, *, origin: Origin, ordinal: int) -> Mention:
    actor, surface = case.profile.actor, scene.text[case.start : case.end]
    first, last = scene.sentence(case.start, case.end)
    return Mention(
        id=stable_id(origin.document, "mention", actor.id, surface, str(ordinal)),
        origin=origin,
        actor=actor.id,
        name=actor.name,
        start=case.start,
        end=case.end,
        text=surface,
        form="alias" if case.hit.form == "alias" else "name",
        score=evidence.probability(case.clues),
        outcome="mention" if case.verdict == "mention" else "uncertain",
        evidence=evidence.in_words(case.clues),
        sentence=Span(start=first, end=last, text=scene.text[first:last]),
        watchlist=version,
    )
