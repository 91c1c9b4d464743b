"""The nouns that an actor is called by: envoy, secretary general; from the list's roles and from the text itself."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from schemas.mentions import Mention
from transforms.actors.matcher import Profile
from transforms.actors.normalise import plain_name
from transforms.actors.scene import Scene
from transforms.actors.trades import NO_TRADES, OCCUPATIONS
from transforms.actors.words import ABBREVIATED, TITLES, word_set

_CUT = re.compile(r"\b(?:of|for|to|in|and|on|at|from|with|who|whose|since)\b")
_COMPOUND = {
    ("secretary", "general"), ("attorney", "general"), ("prime", "minister"), ("vice", "president"),
    ("foreign", "minister"),
    ("defence", "minister"), ("defense", "minister"), ("finance", "minister"), ("chief", "executive"),
    ("crown", "prince"),
    ("press", "secretary"), ("home", "secretary"), ("health", "secretary"), ("treasury", "secretary"),
}  # fmt: skip
"""Words that make an office together: the secretary general is no general."""
_NOT_BY_THEMSELVES = word_set(
    "lady sir mr mrs ms dr king member man woman head elect former ex vice acting late st executive"
)
_APPOSITION = re.compile(r"\s*(?:\([^)]*\))?,\s+(?:an?|the|his|her|its)\s+([^.,;!?()\n]{3,60})[,.]")
_TITLE = re.compile(r"\b([A-Za-z]+|(?:Gen|Sen|Gov|Rep|Lt|Col|Adm|Capt|Prof|Maj|Amb|Sec)\.)[^\S\n]+$")


class Head(NamedTuple):
    """One noun for an actor, and the words that the role has beside it."""

    noun: str
    beside: frozenset[str]


def heads_told(profile: Profile, scene: Scene, places: Sequence[Mention]) -> list[Head]:
    """Return the nouns that the list's roles, titles and appositions in the text give the actor."""
    roles = [role for role in profile.actor.roles if not plain_name(role).startswith(("former ", "ex "))]
    found = [head for role in roles for head in _head(role)]
    for mention in places:
        apposition = _APPOSITION.match(scene.text, mention.end)
        title = _TITLE.search(scene.text, max(0, mention.start - 14), mention.start)
        found += _head(apposition[1]) if apposition else []
        word = plain_name(title[1]) if title else ""
        if word in TITLES:
            found += [h for h in _head(ABBREVIATED.get(word, word)) if not any(h.noun in f.noun for f in found)]
    return list(dict.fromkeys(found))


def reworded(profile: Profile, heads: Sequence[Head], noun: str) -> frozenset[str]:
    """Return the words that may stand beside the noun where it means this actor: of that role, and the context's."""
    beside = frozenset(word for head in heads if head.noun == noun for word in head.beside)
    context = frozenset(word for form in profile.context for word in form.split())
    return beside | context


def _head(role: str) -> list[Head]:
    words = plain_name(_CUT.split(role)[0]).split()
    if not words:
        return []
    compound = len(words) > 1 and (words[-2], words[-1]) in _COMPOUND
    noun = " ".join(words[-2:]) if compound else words[-1]
    person = compound or noun in TITLES | OCCUPATIONS | NO_TRADES
    if not person or noun in _NOT_BY_THEMSELVES or len(noun) < 4:
        return []
    return [Head(noun, frozenset(plain_name(role).split()) - frozenset(noun.split()))]
