"""Help, version, and arguments that newswatch does not know."""

import pytest

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
