"""Events and mentions -> events that name the watched actors."""

import dataclasses as dc
from collections.abc import Sequence

from schemas.events import Event, Participant
from schemas.mentions import Mention


def attach(events: Sequence[Event], mentions: Sequence[Mention]) -> tuple[Event, ...]:
    """Return the events with `actor` filled in where a sure mention stands in a participant's phrase."""
    sure = [m for m in mentions if m.outcome == "mention"]
    return tuple(_attach(event, sure) for event in events)


def _attach(event: Event, mentions: Sequence[Mention]) -> Event:
    agents = tuple(_named(p, mentions) for p in event.agents)
    targets = tuple(_named(p, mentions) for p in event.targets)
    actors = tuple(sorted({p.actor for p in (*agents, *targets) if p.actor}))
    return dc.replace(event, agents=agents, targets=targets, actors=actors)


def _named(participant: Participant, mentions: Sequence[Mention]) -> Participant:
    """Return the participant with its actor: the mention must end the phrase, so "Velden's aide" is not Velden."""
    for m in mentions:
        if participant.start <= m.start and m.end == participant.end:
            return dc.replace(participant, actor=m.actor, name=m.name)
    return participant
