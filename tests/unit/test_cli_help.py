"""Help, version, and arguments that newswatch does not know."""

from typing import Any

import pytest

from tests.conftest import ROOT
from tests.fakes.commands import COMMANDS, newswatch

GROUPS = {"index", "kibana", "rules", "silence", "watchlist"}
LASTING = {"stream", "watch", "worker"}
"""They go on until they are stopped, and log what they do."""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    done = newswatch(command, "--help")
    assert done.code == 0
    assert f"Example: newswatch {command}" in done.out


@pytest.mark.parametrize("command", [c for c in COMMANDS if c not in GROUPS | LASTING | {"annotate"}])
def test_every_command_that_prints_records_has_json(command: str) -> None:
    assert "--json" in newswatch(command, "--help").out


def test_help_names_every_command() -> None:
    out = newswatch("--help").out
    assert [command for command in COMMANDS if f"\n  {command} " not in out] == []


def test_version() -> None:
    done = newswatch("--version")
    assert done.code == 0
    assert done.out.startswith("newswatch")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ("nope", "No such command 'nope'"),
        ("run", "Missing option '--feeds'"),
        ("statements --frm x", "No such option"),
        ("statements --limit 0", "--limit"),
        ("statements --limit many", "--limit"),
        ("search", "Missing argument"),
        ("mentions a b", "unexpected extra argument"),
    ],
)
def test_wrong_arguments_are_told_and_end_with_2(args: str, said: str) -> None:
    done = newswatch(*args.split())
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err


def without_settings(commands: dict[str, Any], group: str = "") -> set[str]:
    """Return the commands that take no settings file, those of groups by their full names."""
    found: set[str] = set()
    for name, command in commands.items():
        if hasattr(command, "commands"):
            found |= without_settings(command.commands, f"{name} ")
        elif not any("--config" in param.opts for param in command.params):
            found.add(group + name)
    return found


def test_the_commands_without_settings_are_those_that_the_reference_names() -> None:
    heedless = {"demo", "worker", "watchlist import", "watchlist export", "watchlist schema", "rules import-elastalert"}
    assert without_settings(COMMANDS) == heedless
    told = " ".join((ROOT / "docs" / "reference.md").read_text("utf-8").split())
    assert "all but `demo`, `worker`, `watchlist import`, `export` and `schema`, and `rules import-elastalert`." in told
