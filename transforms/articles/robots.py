"""robots.txt as RFC 9309 reads it: the longest rule decides, with * and $ in paths; and its Crawl-delay."""

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

AGENT = "newswatch"
MAX_BYTES = 1_000_000
MAX_RULES = 5_000

MAX_DELAY = 60.0
"""Pages of a host that wants more seconds than this between two requests are not asked for at all."""

A_RULE, A_PIECE = 200, 60
"""Bytes that a rule takes, and each piece of its path, beside the path itself, which is ASCII by then."""

_SECONDS = re.compile(r"\d{1,6}(?:\.\d{1,6})?")
_SAFE = "/?:@!$&'()*+,;=-._~%"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a group: whether it allows, and its path in the pieces between the stars."""

    allows: bool
    pieces: tuple[str, ...]
    to_end: bool

    @property
    def length(self) -> int:
        """Return how specific the rule is: the longest wins."""
        return sum(map(len, self.pieces)) + len(self.pieces)

    def matches(self, path: str) -> bool:
        """Return whether the path begins as the rule says; pieces are looked for from the left, in linear time."""
        first, *rest = self.pieces
        if not path.startswith(first):
            return False
        at = len(first)
        last = rest.pop() if self.to_end and rest else None
        for piece in rest:
            found = path.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
        if last is None:
            return not self.to_end or at == len(path)
        return len(path) - len(last) >= at and path.endswith(last)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules that hold for us on one host, and the seconds that it wants between two requests."""

    rules: tuple[Rule, ...] = ()
    delay: float = 0.0

    @property
    def size(self) -> int:
        """Return about how many bytes of memory the rules take."""
        return sum(A_RULE + A_PIECE * len(rule.pieces) + sum(map(len, rule.pieces)) for rule in self.rules)

    def allows(self, url: str) -> bool:
        """Return whether the URL may be fetched."""
        path = _path(url)
        hits = [rule for rule in self.rules if rule.matches(path)]
        return not hits or max(hits, key=lambda rule: (rule.length, rule.allows)).allows


@dataclass
class _Group:
    rules: list[Rule] = field(default_factory=list)
    delay: float = 0.0


def parse_robots(body: bytes, agent: str = AGENT) -> Robots:
    """Return the rules of the groups that name the agent, or of the * groups where none does."""
    groups: dict[str, _Group] = {}
    named: list[str] = []
    in_rules = False
    for key, value in _lines(body):
        if key == "user-agent":
            name = value.lower().split("/")[0].strip()
            named = [name] if in_rules else [*named, name]
            in_rules = False
            groups.setdefault(name, _Group())
        elif key in {"allow", "disallow"}:
            in_rules = True
            _add([groups[name].rules for name in named], allows=key == "allow", path=value)
        elif key == "crawl-delay" and _SECONDS.fullmatch(value):
            in_rules = True
            for name in named:
                groups[name].delay = float(value)
    ours = groups.get(agent, groups.get("*", _Group()))
    return Robots(tuple(ours.rules), ours.delay)


def _lines(body: bytes) -> list[tuple[str, str]]:
    text = body[:MAX_BYTES].decode("utf-8-sig", "replace")
    pairs = (line.split("#", 1)[0].partition(":") for line in text.splitlines())
    return [(key.strip().lower(), value.strip()) for key, colon, value in pairs if colon]


def _add(groups: list[list[Rule]], *, allows: bool, path: str) -> None:
    # an empty Disallow forbids nothing and an empty Allow adds nothing: no rule either way
    if not path:
        return
    pieces = tuple(_encoded(piece) for piece in path.removesuffix("$").split("*"))
    rule = Rule(allows, pieces, path.endswith("$"))
    for rules in groups:
        if len(rules) < MAX_RULES:
            rules.append(rule)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return _encoded((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def _encoded(path: str) -> str:
    return quote(unquote(path, errors="replace"), safe=_SAFE, errors="replace")
