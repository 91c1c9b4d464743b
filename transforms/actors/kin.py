"""Words for relatives beside a name: whose wife, son, brother somebody is."""

import re

from transforms.actors.scene import Scene

_KIN = (
    "wife|husband|spouse|son|daughter|brother|sister|father|mother|parents|niece|nephew|uncle|aunt|cousin|widow|widower"
    "|grandson|granddaughter|grandfather|grandmother|stepson|stepdaughter|twin|child|children|brother-in-law"
    "|sister-in-law|son-in-law|daughter-in-law|father-in-law|mother-in-law|ex-wife|ex-husband|fiancée|fiancé|partner"
)
_WHOSE = r"(?:\b(?i:his|her|their|whose|the)|['’]s?)"
_NAMES = r"(?:[^\W\d_a-z][\w.’'-]*\s+)"
_BEFORE = re.compile(rf"{_WHOSE}\s+(?:[\w-]+\s+){{0,3}}(?i:{_KIN}),?\s+{_NAMES}{{0,3}}$")
_DIRECTLY = re.compile(rf"{_WHOSE}\s+(?:[\w-]+\s+){{0,2}}((?i:{_KIN})),?\s+$")
_NO_RELATION = re.compile(r"\b(?:no relation|not related|unrelated|of the same name|namesake)\b")
_AFTER = re.compile(
    r"\s*(?:[,(–—-]|\b(?:is|was|are|were)\b)\s*(?:(?:his|her|their|whose|an?|the)\s+(?:[\w’'-]+\s+){0,4}"
    rf"|[^\W\d_a-z][\w’'-]*['’]s\s+(?:\w+\s+){{0,2}})(?:{_KIN})\b"
)


def in_passing(scene: Scene, start: int, end: int) -> bool:
    """Return whether the text brings the bearer in as somebody's relative: "his wife, Usha Vance, came too"."""
    if scene.text.startswith((", a ", ", an "), end):  # "her brother Gil Marsh, a baker": the text may go on with him
        return False
    near = _BEFORE.search(scene.text, max(0, start - 80), start) or _AFTER.match(scene.text, end)
    return bool(near or _NO_RELATION.search(scene.text, end, scene.sentence(start, end)[1]))


def of_kin(scene: Scene, start: int) -> str:
    """Return the word for a relative right before the name: "his father, George Bush"."""
    found = _DIRECTLY.search(scene.text, max(0, start - 60), start)
    return found[1] if found else ""
