"""What `newswatch silence` does: alerts that nobody is to be told of for a while."""

import contextlib
import dataclasses as dc
import datetime as dt
import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.options import Config, IndexUrl, Json, RulesFile, WatchlistFiles
from schemas.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.known import Lists
    from schemas.kept import Silence
    from schemas.settings import Settings
    from transforms.keeping import Outbox

app = typer.Typer(
    help="Silence alerts for a while: they are found and indexed, and nobody is told.\n\n"
    "Example: newswatch silence add --actor keith-kellogg --for 2h",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def add(
    for_: Annotated[str, typer.Option("--for", help="How long: 30m, 2h, 7d.")],
    rule: Annotated[str, typer.Option("--rule", help="Alerts of this rule.")] = "",
    actor: Annotated[str, typer.Option("--actor", help="Alerts about this actor.")] = "",
    outlet: Annotated[str, typer.Option("--outlet", help="Alerts found in this outlet alone.")] = "",
    alert: Annotated[str, typer.Option("--alert", help="This alert: nobody is told of it again.")] = "",
    comment: Annotated[str, typer.Option("--comment", help="Why.")] = "",
    watchlist: WatchlistFiles = None,
    rules: RulesFile = None,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Silence the alerts that all given options fit; prints the silence's id.

    Example: newswatch silence add --rule envoys-speak --for 2h --comment "press conference"

    A repeated or escalated alert goes no further once it is silenced.
    """
    from pipelines import commands
    from pipelines.known import Lists
    from schemas.ids import stable_id
    from schemas.kept import Silence
    from transforms.clock import utc_now

    now = utc_now()
    ends = _after(now, for_)
    if not (rule or actor or outlet or alert):
        raise UserError("what is to be silenced: one of --rule, --actor, --outlet, --alert")
    _must_be_known(actor, rule, Lists(watchlist or (), rules), commands.settings_of(config, index))
    made = Silence(
        id=stable_id("silence", rule, actor, outlet, alert, now.isoformat())[:12],
        rule=rule,
        actor=actor,
        outlet=outlet,
        alert=alert,
        starts=now,
        ends=ends,
        comment=comment,
        created_by=_user(),
    )
    with _outbox(config, index) as outbox:
        outbox.silence(made)
    _show([made], json=json, now=now)


@app.command(name="list")
def list_(
    all_: Annotated[bool, typer.Option("--all", help="Also those that have ended.")] = False,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Show the silences in force.

    Example: newswatch silence list --all
    """
    from pipelines import commands
    from transforms.clock import utc_now

    now = utc_now()
    made = _silences(commands.settings_of(config, index))
    _show([one for one in made if all_ or one.ends > now], json=json, now=now)


@app.command()
def expire(
    silence: Annotated[str, typer.Argument(help="The silence's id.")],
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """End a silence now.

    Example: newswatch silence expire 5f2c9a01b3d4
    """
    from schemas.rule import nearest
    from transforms.clock import utc_now

    now = utc_now()
    with _outbox(config, index) as outbox:
        known = {one.id: one for one in outbox.silences()}
        if silence not in known:
            raise UserError(f"no silence has the id {silence!r}{nearest(silence, known)}")
        ended = dc.replace(known[silence], ends=min(now, known[silence].ends))
        outbox.silence(ended)
    _show([ended], json=json, now=now)


def _after(now: dt.datetime, text: str) -> dt.datetime:
    """Return when a silence of that length ends; raises UserError."""
    from schemas.durations import length_of

    length = length_of(text.strip())
    if not length:
        raise UserError(f"--for {text!r}: a number and a unit, such as 30m, 2h or 7d")
    try:
        return now + length
    except OverflowError:
        raise UserError(f"--for {text!r}: longer than the calendar has years") from None


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user has no name
        return ""


def _must_be_known(actor: str, rule: str, lists: "Lists", settings: "Settings") -> None:
    """Raise UserError for an id that neither the lists nor the index have; without an index yet, the lists alone."""
    from pipelines.known import check_actor, check_rule, is_made
    from transforms.clients.opening import open_index

    with contextlib.ExitStack() as held:
        made = (actor or rule) and is_made(settings)
        found_in = held.enter_context(contextlib.closing(open_index(settings, asking=True))) if made else None
        check_actor(actor, found_in, lists)
        check_rule(rule, found_in, lists)


def _silences(settings: "Settings") -> "list[Silence]":
    from transforms.clients.opening import known_ledger

    ledger = known_ledger(settings)
    if ledger is None:
        return []
    with contextlib.closing(ledger):
        return ledger.outbox.silences()


@contextlib.contextmanager
def _outbox(config: "Config", index: str) -> "Iterator[Outbox]":
    from pipelines import commands
    from transforms.clients.opening import open_ledger

    with contextlib.closing(open_ledger(commands.settings_of(config, index))) as ledger:
        yield ledger.outbox


def _show(silences: "list[Silence]", *, json: bool, now: dt.datetime) -> None:
    from pipelines import commands, console

    if json:
        commands.json_lines(silences)
        return
    heads = ("id", "silences", "until", "state", "by", "why")
    rows = [
        (one.id, _what(one), f"{one.ends:%Y-%m-%d %H:%M}", _state(one, now), one.created_by, console.clean(one.comment))
        for one in silences
    ]
    console.rows(heads, rows)


def _what(silence: "Silence") -> str:
    given = {"rule": silence.rule, "actor": silence.actor, "outlet": silence.outlet, "alert": silence.alert}
    return ", ".join(f"{name} {value}" for name, value in given.items() if value)


def _state(silence: "Silence", now: dt.datetime) -> str:
    return "ended" if silence.ends <= now else "in force"
