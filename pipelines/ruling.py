"""What `newswatch rules` does: rules over what is indexed, and rules of ElastAlert 2 translated."""

import contextlib
import dataclasses as dc
import datetime as dt
import json as encoder
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.options import ENDS, Config, IndexUrl, Json, WatchlistFiles
from schemas.errors import UserError

if TYPE_CHECKING:
    from pipelines.rehearsal import Rehearsal
    from schemas.rules import Rules
    from schemas.settings import Settings

app = typer.Typer(
    help="Try alert rules over what is indexed, and translate those of ElastAlert 2.\n\n"
    "Example: newswatch rules test rules.yaml --since 7d",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(name="test")
def try_rules(
    rules: Annotated[Path, typer.Argument(help="Alert rules (YAML).")],
    since: Annotated[str, typer.Option("--since", help="From then on: a date, or an age such as 24h or 7d.")] = "7d",
    rule: Annotated[str, typer.Option("--rule", help="Only the rule of this id.")] = "",
    watchlist: WatchlistFiles = None,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Show which alerts the rules would have given of what is indexed, and how many notices; nothing is sent.

    Example: newswatch rules test rules.yaml --since 30d --rule envoys-speak
    """
    from pipelines import commands
    from transforms.clock import utc_now

    settings, now = commands.settings_of(config, index), utc_now()
    bound = only(commands.rules_of(rules, commands.watchlist_of(watchlist or [])), rule)
    start = commands.moment(since, now=now)
    if start is None:
        raise UserError("--since: a date, or an age such as 7d")
    rehearsed = rehearse(bound, settings, start, now)
    if json:
        in_json(rehearsed)
    else:
        in_words(rehearsed, start)


@app.command(name="import-elastalert")
def import_elastalert(
    file: Annotated[Path, typer.Argument(help="A rule of ElastAlert 2 (YAML).")],
) -> None:
    """Print the rule as newswatch's own, and say line by line what could not be translated.

    Example: newswatch rules import-elastalert spike.yaml > rules.yaml

    Ends with 0 where all was, else with 3.
    """
    import yaml

    from pipelines import console
    from schemas.files import read_text
    from transforms.alerts.elastalert import translate

    made, told = translate(read_text(file), str(file))
    sys.stdout.write(yaml.safe_dump(made, sort_keys=False, allow_unicode=True))
    for one in told:
        console.say(str(one))
    if told:
        raise typer.Exit(ENDS["mend"])


def only(rules: "Rules", wanted: str) -> "Rules":
    """Return the rules with that one alone; raises UserError where there is none of that id."""
    from schemas.rule import nearest

    known = {rule.id for rule in rules.rules}
    if not wanted:
        return rules
    if wanted not in known:
        raise UserError(f"--rule: no rule has the id {wanted!r}{nearest(wanted, known)}")
    return dc.replace(rules, rules=tuple(rule for rule in rules.rules if rule.id == wanted), inhibit_rules=())


def rehearse(rules: "Rules", settings: "Settings", since: dt.datetime, until: dt.datetime) -> "Rehearsal":
    """Return what the rules would have done from then until then."""
    from pipelines.live import working
    from pipelines.rehearsal import Rehearsal
    from transforms.clients.opening import open_index
    from transforms.clients.sqlite_ledger import SqliteLedger

    with contextlib.ExitStack() as opened:
        shown = opened.enter_context(working("asking the index"))
        index = opened.enter_context(contextlib.closing(open_index(settings, asking=True)))
        folder = opened.enter_context(tempfile.TemporaryDirectory())
        ledger = opened.enter_context(contextlib.closing(SqliteLedger(str(Path(folder) / "rehearsal.db"))))
        ledger.prepare()
        rehearsal = Rehearsal(rules, ledger, since, _watched(settings))
        rehearsal.play(index, until, lambda part: shown.update(f"trying the rules: {part}"))
        rehearsal.found = rehearsal.alerts()
        return rehearsal


def _watched(settings: "Settings") -> "Sequence[tuple[dt.datetime, dt.datetime]]":
    """Return when newswatch was at work, as its ledger tells; of no ledger nothing: it is taken to have watched."""
    from transforms.clients.opening import known_ledger

    with contextlib.suppress(UserError), contextlib.ExitStack() as opened:
        ledger = known_ledger(settings)
        if ledger is not None:
            opened.callback(ledger.close)
            return ledger.tally.watched()
    return ()


def in_json(rehearsed: "Rehearsal") -> None:
    """Print each alert as one line of JSON, with the notices of it under `sent`."""
    from pipelines import console
    from schemas.codec import to_dict

    for alert in rehearsed.found:
        sent = [
            {"channel": one.notice.channel, "at": one.at.isoformat(), "note": one.notice.note}
            for one in rehearsed.sent
            if any(told.id == alert.id for told in one.notice.alerts)
        ]
        line = encoder.dumps(to_dict(alert) | {"sent": sent}, ensure_ascii=False)
        sys.stdout.write(console.json_line(line) + "\n")


def in_words(rehearsed: "Rehearsal", since: dt.datetime) -> None:
    """Print the alerts as a table, then how many notices each channel would have had."""
    from pipelines import console

    heads = ("first seen", "rule", "actors", "title", "found", "why")
    rows = [
        (
            f"{alert.first_seen:%Y-%m-%d %H:%M}",
            alert.rule,
            "\n".join(alert.actors),
            console.clean(alert.title, 200),
            f"{alert.count} in {len(alert.outlets)}",
            console.clean(alert.reason, 200),
        )
        for alert in rehearsed.found
    ]
    console.rows(heads, rows, title=f"{rehearsed.articles} articles since {since:%Y-%m-%d %H:%M} UTC")
    silent = sorted({rule.id for rule in rehearsed.rules.rules} - {alert.rule for alert in rehearsed.found})
    notices = Counter(one.notice.channel for one in rehearsed.sent)
    told = ", ".join(f"{number} to {channel}" for channel, number in sorted(notices.items())) or "none"
    console.say(f"notices that would have been sent: {told}")
    if silent:
        console.say(f"rules that found nothing: {', '.join(silent)}")
