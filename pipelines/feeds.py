"""The command `feeds`: how each feed fares, the list as OPML, and which feeds a site announces."""

import contextlib
import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.options import ENDS, Config, IndexUrl, Json
from schemas.errors import UserError
from transforms.clock import utc_now

if TYPE_CHECKING:
    from schemas.feeds import Account, Feed, FeedState
    from schemas.settings import Settings

app = typer.Typer(rich_markup_mode=None)

HEADS = ("state", "what", "changed", "due", "a day", "why")


MOST = 10_000
"""Feeds whose outlets are asked for."""

SOON = dt.timedelta(days=180)
"""Nearer than that, a time is told without its year."""


@app.command()
def feeds(
    list_: Annotated[str, typer.Option("--feeds", help="Only this list's feeds; without: all in the ledger.")] = "",
    dark: Annotated[bool, typer.Option("--dark", help="Only feeds that give nothing.")] = False,
    opml: Annotated[
        Path | None, typer.Option("--opml", help="Write these feeds as OPML, as they are asked now.")
    ] = None,
    find: Annotated[str, typer.Option("--find", help="Show which feeds the site at this address announces.")] = "",
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Show every feed: its state, its last change, its next poll, its items a day, and why it is quiet.

    Example: newswatch feeds --feeds feeds.yaml --dark
    """
    from pipelines.commands import settings_of

    settings = settings_of(config, index)
    if find:
        _announced(find, settings, json=json)
        return
    now = utc_now()
    known = _accounts(list_, settings, now)
    if opml:
        _write_opml(opml, known)
    else:
        _show([told for _, _, told in known if told.is_dark or not dark], len(known), json=json)


def _accounts(list_: str, settings: "Settings", now: dt.datetime) -> "list[tuple[Feed, FeedState | None, Account]]":
    """Return each feed of the list, or of the ledger, with its state and how it fares."""
    from pipelines.live import working
    from schemas.feeds import Feed, FeedState
    from transforms.feeds.account import account
    from transforms.feeds.sources import feeds_from

    wanted = feeds_from(list_) if list_ else ()
    with working("asking the ledger"):
        states = {state.url: state for state in _states(settings)}
    if not wanted and not states:
        raise UserError("no feed has been asked yet: name a list with --feeds, or `newswatch run` one")
    if not wanted:
        named = _outlets(settings)
        wanted = tuple(Feed(url=url, outlet=named.get(url, "")) for url in states)
    return [(f, states.get(f.url), account(f, states.get(f.url) or FeedState(url=f.url), now)) for f in wanted]


def _states(settings: "Settings") -> "list[FeedState]":
    from transforms.clients.opening import known_ledger
    from transforms.feeds.due import bounded
    from transforms.feeds.rhythm import bounds_of

    ledger = known_ledger(settings)
    if ledger is None:
        return []
    with contextlib.closing(ledger):
        return [bounded(state, bounds_of(settings.feeds)) for state in ledger.feeds()]


def _outlets(settings: "Settings") -> dict[str, str]:
    """Return the feeds' outlets, as the last pass put them into the index; the ledger knows none."""
    from pipelines.commands import opened
    from schemas.feeds import FeedHealth
    from schemas.query import Query

    with contextlib.suppress(UserError), opened(settings) as index:
        found = index.find(Query(kind="feeds", limit=MOST))
        return {record.url: record.outlet for record in found if isinstance(record, FeedHealth)}
    return {}


def _show(told: "Sequence[Account]", count: int, *, json: bool) -> None:
    from pipelines import console
    from pipelines.commands import json_object
    from schemas.codec import to_dict

    if json:
        for each in told:
            json_object(
                {
                    key: to_dict(value) if isinstance(value, dt.datetime) else value
                    for key, value in each._asdict().items()
                }
                | {"dark": each.is_dark}
            )
        return
    console.rows(HEADS, [_row(each, utc_now()) for each in told])
    states = Counter(each.state for each in told)
    console.say(f"{len(told)} of {count} feeds: " + ", ".join(f"{n} {state}" for state, n in states.most_common()))


def _row(told: "Account", now: dt.datetime) -> tuple[str, ...]:
    from pipelines.console import clean

    return (
        told.state,
        "\n".join(part for part in (clean(told.outlet, 48), clean(told.url, 200)) if part),
        _when(told.changed, now),
        _when(told.due, now),
        "" if told.items_a_day is None else f"{told.items_a_day:.3g}",
        clean(told.why, 300),
    )


def _when(moment: dt.datetime | None, now: dt.datetime) -> str:
    """Return the time as short as it can be told; far from today, the day."""
    if moment is None:
        return ""
    return f"{moment:%m-%d %H:%M}" if abs(moment - now) < SOON else f"{moment:%Y-%m-%d}"


def _write_opml(path: Path, known: "Sequence[tuple[Feed, FeedState | None, Account]]") -> None:
    from pipelines import console
    from transforms.feeds.account import at_home
    from transforms.feeds.opml import opml_of

    urls = {feed.url for feed, _, _ in known}
    own = [at_home(feed, state) for feed, state, _ in known if state is None or state.same_as not in urls]
    try:
        path.write_text(opml_of(own), encoding="utf-8")
    except OSError as e:
        raise UserError(f"{path}: {e.strerror}", transient=True) from None
    console.say(f"{len(own)} feeds written to {path}")


def _announced(url: str, settings: "Settings", *, json: bool) -> None:
    """Print the feeds that the page at the address announces; ends with 3 where there is none."""
    from pipelines import console
    from pipelines.commands import json_object
    from pipelines.live import working
    from transforms.clients.http import open_web
    from transforms.feeds.discover import announced
    from transforms.protocols import WebError

    with working(f"asking {url}"), contextlib.closing(open_web(settings.network)) as web:
        try:
            found = announced(web.get(url, max_bytes=settings.feeds.max_bytes))
        except WebError as e:
            raise UserError(f"{url}: {e.detail}", transient=True) from None
    if json:
        for feed in found:
            json_object(feed._asdict())
    else:
        console.rows(("title", "link"), [(feed.title, feed.url) for feed in found], title=f"feeds of {url}")
    if not found:
        raise typer.Exit(ENDS["mend"])
