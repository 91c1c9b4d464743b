"""A file of rules that may be wrong in parts: what can be read of it, so that every other fault is told as well."""

from typing import Any, TypeVar

from pydantic import ValidationError

from schemas.channels import Channel
from schemas.delivery import InhibitRule, Part, TimeInterval
from schemas.files import items_of, texts_of
from schemas.rule import Escalation, Rule

P = TypeVar("P", bound=Part)


class RulesFile(Part):
    """The file of rules."""

    version: str | int = ""
    note: str = ""
    rules: tuple[Rule, ...]
    channels: tuple[Channel, ...] = ()
    time_intervals: tuple[TimeInterval, ...] = ()
    inhibit_rules: tuple[InhibitRule, ...] = ()


NAMES: dict[type[Part], tuple[str, ...]] = {
    Rule: ("actors", "events", "notify"),
    Channel: ("mute_time_intervals", "active_time_intervals"),
    InhibitRule: ("source", "target"),
}
"""The keys by which a part names others."""

DRAFT = "draft"
"""Stands among the keys of a part that was wrong in itself."""


def rules_draft(value: Any) -> RulesFile:
    """Return what can be read of the file: parts that are wrong in themselves keep their id and whom they name."""
    return RulesFile.model_construct(
        rules=tuple(_part(Rule, item) for item in items_of(value, "rules")),
        channels=tuple(_part(Channel, item) for item in items_of(value, "channels")),
        time_intervals=tuple(_part(TimeInterval, item) for item in items_of(value, "time_intervals")),
        inhibit_rules=tuple(_part(InhibitRule, item) for item in items_of(value, "inhibit_rules")),
    )


def is_draft(part: Rule | Channel) -> bool:
    """Return whether the part was wrong in itself, which has been told."""
    return DRAFT in part.model_fields_set


def _part(model: type[P], item: dict[str, Any]) -> P:
    try:
        return model.model_validate(item)
    except ValidationError:
        return _drafted(model, item)


def _drafted(model: type[P], item: dict[str, Any]) -> P:
    named: dict[str, Any] = {key: texts_of(item, key) for key in NAMES.get(model, ()) if key in item}
    steps = [Escalation.model_construct(notify=texts_of(step, "notify")) for step in items_of(item, "escalate")]
    named |= {"id": _text(item, "id"), "when": _text(item, "when"), "escalate": tuple(steps)}
    return model.model_construct({DRAFT}, **{key: value for key, value in named.items() if key in model.model_fields})


def _text(item: dict[str, Any], key: str) -> str:
    return str(item.get(key) or "")
