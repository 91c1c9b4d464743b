"""What is wrong with the user's files, the model and the index, before anything runs."""

import contextlib
import json as encoder
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pipelines import console
from pipelines.cli import ENDS
from pipelines.commands import opened, rules_of, settings_of, watchlist_of
from schemas.errors import UserError
from transforms.clients.opening import open_ledger


def check(
    feeds: str, watchlist: Sequence[Path], rules: Path | None, *, index: str, config: Path | None, json: bool
) -> int:
    """Print each thing checked with `ok` or every fault; returns the exit code."""
    results = dict(_results(feeds, watchlist, rules, index, config))
    if json:
        sys.stdout.write(encoder.dumps(results) + "\n")
    else:
        for name, result in results.items():
            console.out.print(f"{name:10} {result['says'] if result['ok'] else 'WRONG'}")
            for line in [] if result["ok"] else result["says"].splitlines():
                console.out.print(f"           {line}")
    return ENDS["ok"] if all(result["ok"] for result in results.values()) else ENDS["usage"]


def _results(
    feeds: str, watchlist: Sequence[Path], rules: Path | None, index: str, config: Path | None
) -> list[tuple[str, dict[str, Any]]]:
    checks: list[tuple[str, Callable[[], str]]] = [
        ("settings", lambda: _settings(config, index)),
        ("watchlist", lambda: f"{len(watchlist_of(watchlist).actors)} actors"),
        ("rules", lambda: f"{len(rules_of(rules, watchlist_of(watchlist)).rules)} rules"),
        ("model", lambda: _model(config)),
        ("index", lambda: _index(config, index)),
        ("ledger", lambda: _ledger(config, index)),
    ]
    if feeds:
        checks.insert(1, ("feeds", lambda: _feeds(feeds)))
    return [(name, _attempt(function)) for name, function in checks]


def _attempt(function: Callable[[], str]) -> dict[str, Any]:
    try:
        return {"ok": True, "says": function()}
    except UserError as e:
        return {"ok": False, "says": str(e)}


def _settings(config: Path | None, index: str) -> str:
    settings_of(config, index)
    return str(config) if config else "defaults and NEWSWATCH__ variables"


def _feeds(feeds: str) -> str:
    from transforms.feeds.sources import feeds_from  # noqa: PLC0415  (brings feedparser)

    return f"{len(feeds_from(feeds))} feeds"


def _model(config: Path | None) -> str:
    from transforms.language.model import load  # noqa: PLC0415  (brings spaCy)

    return load(settings_of(config, "").language.model).name


def _index(config: Path | None, index: str) -> str:
    settings = settings_of(config, index)
    with opened(settings):
        return settings.index.url.split("@")[-1]


def _ledger(config: Path | None, index: str) -> str:
    with contextlib.closing(open_ledger(settings_of(config, index))) as ledger:
        return f"{len(ledger.feeds())} feeds known"
