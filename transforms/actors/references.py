"""Mentions without the name: "the envoy" after Kellogg was named, and the pronoun of one who speaks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from schemas.documents import Span
from schemas.ids import stable_id
from schemas.mentions import Mention, MentionForm
from schemas.statements import Statement
from transforms.actors.heads import Head, heads_told, reworded
from transforms.actors.matcher import Matcher, Profile
from transforms.actors.normalise import plain_name
from transforms.actors.scene import Scene

NEAR = 2
"""Sentences that a role may stand after the name; further away the text may have moved on."""

_QUOTED = re.compile(r"[“\"„«][^“”\"»\n]{1,1500}[”\"»]")
_NAMING = re.compile(
    r"(?:\b(?:is|was|as|be|been|being|became|become|named|appointed|called|than|like),?\s+)$", re.IGNORECASE
)
_NAMED_NEXT = re.compile(r"(?:['’]s)?,?\s+(?:\([^)]*\)\s*)?[A-Z][\w’'-]+")
_NAMED_BEFORE = re.compile(r"[A-Z][\w’'.-]+(?:\s*\([^)]*\))?\s*[,–—-]\s*$")
_OF = re.compile(r"\s+(?:of|for|to|on)\s+((?:the\s+)?[A-Z][\w’'-]*(?:\s+(?:and\s+)?[A-Z][\w’'-]*)*)")


class Reference(NamedTuple):
    """A role in the text: where, and the words beside its noun."""

    start: int
    end: int
    head: str
    words: frozenset[str]


def by_role(scene: Scene, mentions: Sequence[Mention], matcher: Matcher) -> tuple[Mention, ...]:
    """Return the places where a role means an actor just named, and can mean nobody else in the text."""
    named = _named(mentions, matcher)
    heads = {actor: heads_told(profile, scene, places) for actor, (profile, places) in named.items()}
    wanted = {head.noun for each in heads.values() for head in each}
    if not wanted:
        return ()
    quoted = [match.span() for match in _QUOTED.finditer(scene.text)]
    found: list[Mention] = []
    for reference in _references(scene, wanted):
        if any(first <= reference.start < last for first, last in quoted):
            continue
        actor = _meant(reference, scene, heads, named)
        if actor:
            found.append(_mention(reference, actor, scene, mentions))
            named[actor][1].append(found[-1])
    return tuple(_numbered(found))


def by_speaking(statements: Sequence[Statement], mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the pronouns and descriptions that stand for an actor who speaks, by the statements' own coreference."""
    taken = [(m.start, m.end) for m in mentions]
    found: dict[tuple[int, int], Mention] = {}
    for statement in statements:
        speaker = statement.speaker
        if speaker is None or speaker.actor is None:
            continue
        source = next((m for m in mentions if m.actor == speaker.actor and m.outcome == "mention"), None)
        place = (speaker.start, speaker.end)
        if source is None or place in found or any(a < place[1] and place[0] < b for a, b in taken):
            continue
        pronoun = plain_name(speaker.text) in _PRONOUNS
        form: MentionForm = "pronoun" if pronoun else "role"
        found[place] = Mention(
            id="",
            origin=source.origin,
            actor=source.actor,
            name=source.name,
            start=speaker.start,
            end=speaker.end,
            text=speaker.text,
            form=form,
            score=statement.confidence,
            evidence=f"the speaker, by the name at {speaker.name_start}",
            sentence=statement.sentence,
            watchlist=source.watchlist,
        )
    return tuple(_numbered(list(found.values())))


_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "they", "them", "i"})


def _named(mentions: Sequence[Mention], matcher: Matcher) -> dict[str, tuple[Profile, list[Mention]]]:
    found: dict[str, tuple[Profile, list[Mention]]] = {}
    for mention in mentions:
        if mention.outcome == "mention":
            profile = matcher.profile_of(mention.actor)
            if profile.actor.kind == "person":
                found.setdefault(mention.actor, (profile, []))[1].append(mention)
    return found


def _references(scene: Scene, nouns: set[str]) -> Iterator[Reference]:
    """Yield each definite description whose noun may be a role: "the US envoy", "Trump's envoy for Ukraine"."""
    either = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True))
    pattern = re.compile(rf"\b(?:[Tt]he|([A-Z][\w-]+)['’]s)\s+((?:[\w’'-]+\s+){{0,4}}?)({either})\b(?![-’']?\w)")
    for match in pattern.finditer(scene.text):
        owner, beside, noun = match[1] or "", match[2], match[3]
        end = match.end()
        of = _OF.match(scene.text, end)
        words = f"{owner} {beside} {of[1] if of else ''}"
        yield Reference(
            match.start(), of.end() if of else end, noun.lower(), frozenset(plain_name(words).split()) - {"the"}
        )


def _meant(
    reference: Reference,
    scene: Scene,
    heads: dict[str, list[Head]],
    named: dict[str, tuple[Profile, list[Mention]]],
) -> str:
    """Return the one actor whom the role can mean, or nothing."""
    beside = any(0 <= m.start - reference.end < 4 for _, places in named.values() for m in places)
    if beside or _NAMED_NEXT.match(scene.text, reference.end) or _NAMED_BEFORE.search(scene.text, 0, reference.start):
        return ""
    if _NAMING.search(scene.text, max(0, reference.start - 14), reference.start):
        return ""
    fitting = [actor for actor, known in heads.items() if any(h.noun == reference.head for h in known)]
    told = [
        a for a in fitting if reference.words and reference.words <= reworded(named[a][0], heads[a], reference.head)
    ]
    if reference.words:
        exact = [a for a in told if any(reference.words <= h.beside for h in heads[a] if h.noun == reference.head)]
        fitting = exact if len(told) > 1 else told
    if len(fitting) != 1 or (not reference.words and _others(reference.head, scene, named[fitting[0]][1])):
        return ""
    first, _ = scene.sentence(reference.start, reference.end)
    for _ in range(NEAR):
        first = scene.sentence(max(0, first - 2), max(0, first - 1))[0] if first else 0
    return fitting[0] if any(first <= m.start < reference.start for m in named[fitting[0]][1]) else ""


def _others(noun: str, scene: Scene, own: Sequence[Mention]) -> bool:
    """Return whether the text gives the role to somebody else, or to several: envoys, an envoy, envoy Anna Berg."""
    ends = {m.end for m in own}
    starts = {m.start for m in own}
    for match in re.finditer(rf"(\w+)?\s*\b{re.escape(noun)}(s|es)?\b", scene.text, re.IGNORECASE):
        several = bool(match[2]) or (match[1] or "").lower() in {"a", "an", "another", "second", "other", "two", "one"}
        before = re.compile(r"([A-Z][\w’'.-]+),\s[^.,;\n]{0,40}$").search(
            scene.text, max(0, match.start() - 70), match.start(0) + 1
        )
        after = re.compile(r",?\s+([A-Z][\w’'-]+)").match(scene.text, match.end())
        if several and not any(abs(match.start() - end) < 25 for end in ends):
            return True
        if after and match[0][:1] and after.start(1) not in starts and not _within(after.start(1), own):
            return True
        if before and before.end(1) not in ends:
            return True
    return False


def _within(place: int, own: Sequence[Mention]) -> bool:
    return any(m.start <= place < m.end for m in own)


def _mention(reference: Reference, actor: str, scene: Scene, mentions: Sequence[Mention]) -> Mention:
    source = max((m for m in mentions if m.actor == actor and m.start < reference.start), key=lambda m: m.start)
    first, last = scene.sentence(reference.start, reference.end)
    return Mention(
        id="",
        origin=source.origin,
        actor=actor,
        name=source.name,
        start=reference.start,
        end=reference.end,
        text=scene.text[reference.start : reference.end],
        form="role",
        score=round(source.score * (0.95 if reference.words else 0.85), 3),
        evidence=f"the {reference.head}: '{source.text}' at {source.start} is the only one of that role",
        sentence=Span(start=first, end=last, text=scene.text[first:last]),
        watchlist=source.watchlist,
    )


def _numbered(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the mentions with their ids: the same place in the same text has the same."""
    counts: dict[tuple[str, str], int] = {}
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        key = (mention.actor, mention.text)
        counts[key] = counts.get(key, -1) + 1
        parts = (mention.origin.document, "mention", mention.form, mention.actor, mention.text, str(counts[key]))
        yield replace(mention, id=stable_id(*parts))
