"""Alert rules as a user keeps them: rules, the channels they tell, and what a watchlist has to know for them."""

import dataclasses as dc
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from schemas.channels import Channel, channel_faults
from schemas.delivery import Fault, InhibitRule, TimeInterval
from schemas.errors import BadFile, Problem
from schemas.files import Lines, Location, read
from schemas.rule import ANY, Rule, nearest, rule_faults
from schemas.rules_file import RulesFile, is_draft, rules_draft
from schemas.watchlist import Watchlist

CONSOLE = "console"
"""The channel that is there without being declared."""


@dc.dataclass(frozen=True, kw_only=True)
class Rules:
    """Rules and channels, where each stands in its file, and the names of the actors they are about."""

    rules: tuple[Rule, ...]
    channels: tuple[Channel, ...] = ()
    time_intervals: tuple[TimeInterval, ...] = ()
    inhibit_rules: tuple[InhibitRule, ...] = ()
    version: str = ""
    file: str = "rules"
    lines: Lines = dc.field(default_factory=dict, repr=False, compare=False)
    names: Mapping[str, str] = dc.field(default_factory=dict, repr=False)

    def rule(self, rule_id: str) -> Rule | None:
        """Return the rule of that id, or None where it has been taken out."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def channels_of(self, rule: Rule | None) -> tuple[str, ...]:
        """Return the ids of the channels that the rule's alerts go to, in their order."""
        if rule is None or not rule.enabled:
            return ()
        if rule.notify is not None:
            return tuple(dict.fromkeys(rule.notify))
        return tuple(channel.id for channel in self.channels) or (CONSOLE,)

    def used_channels(self) -> tuple[Channel, ...]:
        """Return the channels that some rule sends to, the undeclared console among them."""
        used = {channel for rule in self.rules if rule.enabled for channel in self.channels_of(rule)}
        used |= {name for rule in self.rules if rule.enabled for step in rule.escalate for name in step.notify}
        return tuple(channel for channel in self.known_channels().values() if channel.id in used)

    def known_channels(self) -> dict[str, Channel]:
        """Return every channel by its id, the undeclared console among them."""
        return {CONSOLE: Channel(id=CONSOLE, console=True)} | {channel.id: channel for channel in self.channels}

    def intervals(self) -> dict[str, TimeInterval]:
        """Return the named times of the week by their id."""
        return {interval.id: interval for interval in self.time_intervals}

    def name_of(self, actor: str) -> str:
        """Return what a person calls the actor: by the watchlist, else by the id."""
        return self.names.get(actor) or actor.replace("-", " ").replace("_", " ").title()

    def problem(self, where: Location, reason: str) -> Problem:
        """Return the fault with the line of that part of the file, or of the nearest part around it."""
        while where and where not in self.lines:
            where = where[:-1]
        return Problem(self.file, self.lines.get(where, 0), reason)


def default_rules() -> Rules:
    """Return the rules of a user who gives none: whatever a watched actor says, to the console."""
    return Rules(rules=(Rule(id="statements", when="statement-by", notify=(CONSOLE,)),))


def load_rules(
    path: Path, watchlist: Watchlist | None = None, *, event_types: Collection[str] = (), draft: bool = False
) -> Rules:
    """Return the rules of the file, sound in themselves; raises BadFile with every fault and its line.

    With a watchlist the faults are told too that `check_rules` would find; of a `draft` one only who is watched counts.
    """
    found = read(path, RulesFile)
    rules = rules_in(found.model or rules_draft(found.value), file=str(path), lines=found.lines)
    wrong = [*faults(rules), *_unknown_events(rules, event_types)]
    if watchlist is not None:
        wrong += [*_strangers(rules, watchlist), *([] if draft else _lonely(_bound(rules, watchlist)))]
    problems = [*found.problems, *(rules.problem(where, reason) for where, reason in wrong)]
    if problems:
        raise BadFile(sorted(problems, key=_line))
    return rules


def _line(problem: Problem) -> int:
    return problem.line


def rules_in(file_: RulesFile, *, file: str = "rules", lines: Lines | None = None) -> Rules:
    """Return the rules of what was file_."""
    return Rules(
        rules=file_.rules,
        channels=file_.channels,
        time_intervals=file_.time_intervals,
        inhibit_rules=file_.inhibit_rules,
        version=str(file_.version),
        file=file,
        lines=lines or {},
    )


def check_rules(rules: Rules, watchlist: Watchlist, *, event_types: Collection[str] = ()) -> Rules:
    """Return the rules with groups spelt out and names known; raises BadFile where they do not fit the watchlist."""
    bound = _bound(rules, watchlist)
    unfit = [*_strangers(rules, watchlist), *_lonely(bound), *_unknown_events(rules, event_types)]
    _refuse(rules, [*faults(rules), *unfit])
    return bound


def _refuse(rules: Rules, found: Collection[Fault]) -> None:
    if found:
        raise BadFile([rules.problem(where, reason) for where, reason in found])


def _bound(rules: Rules, watchlist: Watchlist) -> Rules:
    spelt_out = tuple(_spelt_out(rule, watchlist) for rule in rules.rules)
    return dc.replace(rules, rules=spelt_out, names={actor.id: actor.name for actor in watchlist.actors})


def _spelt_out(rule: Rule, watchlist: Watchlist) -> Rule:
    actors = [actor for named in rule.actors for actor in _meant(named, watchlist)]
    return rule.model_copy(update={"actors": tuple(dict.fromkeys(actors))})


def _meant(named: str, watchlist: Watchlist) -> list[str]:
    one = named == ANY or named in watchlist.by_id
    return [named] if one else sorted(watchlist.members(named))


def _strangers(rules: Rules, watchlist: Watchlist) -> Iterator[Fault]:
    tags = {tag for actor in watchlist.actors for tag in actor.tags}
    known = {ANY, *watchlist.by_id, *watchlist.groups, *tags}
    for r, rule in enumerate(rules.rules):
        for a, actor in enumerate(rule.actors):
            if actor not in known:
                yield ("rules", r, "actors", a), f"nobody watches {actor!r}{nearest(actor, known)}"


def _lonely(rules: Rules) -> Iterator[Fault]:
    for r, rule in enumerate(rules.rules):
        if rule.when == "together" and not rule.any_actor() and len(rule.actors) < 2:
            yield ("rules", r, "actors"), "it takes two actors to come together"


def _unknown_events(rules: Rules, known: Collection[str]) -> Iterator[Fault]:
    for r, rule in enumerate(rules.rules):
        for e, event in enumerate(rule.events):
            if known and event.lower() not in known:
                told = f"no event is of the type {event!r}{nearest(event, known)}"
                yield ("rules", r, "events", e), f"{told} (there are {', '.join(sorted(known))})"


def faults(rules: Rules) -> list[Fault]:
    """Return what is wrong between the parts of a file of rules, whatever the watchlist."""
    named: list[tuple[str, Sequence[Rule | Channel | TimeInterval]]] = [
        ("rules", rules.rules),
        ("channels", rules.channels),
        ("time_intervals", rules.time_intervals),
    ]
    found: list[Fault] = [fault for key, parts in named for fault in _twice(key, parts)]
    channels, intervals = {*rules.known_channels()}, {*rules.intervals()}
    for r, rule in enumerate(rules.rules):
        wrong = [*([] if is_draft(rule) else rule_faults(rule)), *_unknown_channels(rule, channels)]
        found += [(("rules", r, *where), reason) for where, reason in wrong]
    for c, channel in enumerate(rules.channels):
        wrong = [*([] if is_draft(channel) else channel_faults(channel)), *_unknown_intervals(channel, intervals)]
        found += [(("channels", c, *where), reason) for where, reason in wrong]
    return [*found, *_unknown_rules(rules)]


def _unknown_channels(rule: Rule, known: Collection[str]) -> Iterator[Fault]:
    named = [(("notify", n), channel) for n, channel in enumerate(rule.notify or ())]
    steps = enumerate(rule.escalate)
    told = [(("escalate", e, "notify", n), name) for e, step in steps for n, name in enumerate(step.notify)]
    for where, channel in (*named, *told):
        if channel not in known:
            yield where, f"no channel has the id {channel!r}{nearest(channel, known)}"


def _unknown_intervals(channel: Channel, known: Collection[str]) -> Iterator[Fault]:
    for key in ("mute_time_intervals", "active_time_intervals"):
        for n, name in enumerate(getattr(channel, key)):
            if name not in known:
                yield (key, n), f"no time interval has the id {name!r}{nearest(name, known)}"


def _unknown_rules(rules: Rules) -> Iterator[Fault]:
    known = {rule.id for rule in rules.rules}
    for i, inhibit in enumerate(rules.inhibit_rules):
        for key in ("source", "target"):
            for n, name in enumerate(getattr(inhibit, key)):
                if name not in known:
                    yield ("inhibit_rules", i, key, n), f"no rule has the id {name!r}{nearest(name, known)}"


def _twice(key: str, parts: Sequence[Rule | Channel | TimeInterval]) -> Iterator[Fault]:
    seen: set[str] = set()
    for i, part in enumerate(parts):
        if part.id and part.id in seen:
            yield (key, i, "id"), f"two {key.replace('_', ' ')} have the id {part.id!r}"
        seen.add(part.id)
