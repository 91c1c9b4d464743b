"""What a watch tells of itself: metrics, health, lines of log, a screen."""

import datetime as dt
import json
import urllib.error
import urllib.request

import pytest
from rich.console import Console

from pipelines.health import Answer, as_json, serve
from pipelines.meter import Meter, gauge
from pipelines.screen import Lines, Loud, screen
from schemas.articles import Entry
from schemas.errors import UserError

NOON = dt.datetime(2025, 2, 16, 12, tzinfo=dt.timezone.utc)


def entry(seen_s: float, published_s: float | None = None) -> Entry:
    published = None if published_s is None else NOON - dt.timedelta(seconds=published_s)
    seen = NOON - dt.timedelta(seconds=seen_s)
    return Entry(id="e", feed="f", outlet="", url="u", seen=seen, published=published)


def test_elements_are_counted_by_stage_and_outcome():
    meter = Meter()
    meter.count({"poll": {"ok": 2, "feed-gone": 1}})
    meter.count({"poll": {"ok": 3}, "read": {"ok": 1}})
    assert meter.value("newswatch_elements_total", stage="poll", outcome="ok") == 5
    assert 'newswatch_elements_total{outcome="feed-gone",stage="poll"} 1.0' in meter.text().decode()


def test_lags_survive_whatever_clocks_say():
    meter = Meter()
    meter.note_indexed([entry(3, 60), entry(-3600), entry(1, -86400 * 365)], NOON)
    meter.note_alerted(NOON + dt.timedelta(days=1), NOON)  # the clock was set back in between
    name = "newswatch_seen_to_indexed_seconds"
    assert (meter.value(f"{name}_count"), meter.value(f"{name}_sum")) == (3, 4)
    assert meter.value("newswatch_published_to_indexed_seconds_count") == 1  # undated, and dated a year ahead: not
    assert meter.value("newswatch_seen_to_alerted_seconds_sum") == 0


def test_what_is_asked_for_is_as_of_now():
    meter, feeds = Meter(), {"ok": 2.0}
    meter.watch(lambda: [gauge("newswatch_feeds", "Feeds.", feeds, "state")])
    assert meter.value("newswatch_feeds", state="ok") == 2
    feeds["ok"] = 3
    assert meter.value("newswatch_feeds", state="ok") == 3


def test_only_the_list_in_force_is_told():
    meter = Meter()
    meter.note_in_force("1", "en", "old", NOON)
    meter.note_in_force("1", "en", "new", NOON)
    assert meter.value("newswatch_info", version="1", model="en", watchlist="new") == 1
    assert 'watchlist="old"' not in meter.text().decode()


def ask(url: str, method: str = "GET") -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=5) as found:
            return found.status, found.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()


def test_health_answers_with_its_detail():
    good = [True]
    routes = {
        "/healthz": lambda: as_json(good=good[0], detail={"since": NOON}),
        "/metrics": lambda: Answer(200, "text/plain", b"x 1\n"),
    }
    with serve("127.0.0.1:0", routes) as base:
        assert base.startswith("http://127.0.0.1:")
        assert ask(f"{base}/healthz?verbose") == (200, '{"since": "2025-02-16 12:00:00+00:00"}\n')
        good[0] = False
        assert ask(f"{base}/healthz")[0] == 503
        assert ask(f"{base}/metrics") == (200, "x 1\n")
        assert ask(f"{base}/metrics", "HEAD") == (200, "")
        assert ask(f"{base}/") == (404, '{"paths": ["/healthz", "/readyz", "/metrics"]}\n')


def test_nothing_is_served_where_nothing_is_asked_for():
    with serve("", {}) as base:
        assert base == ""


@pytest.mark.parametrize("listen", ["9464", "127.0.0.1:http", "127.0.0.1:99999", ":80", "nowhere.invalid:80"])
def test_an_address_that_is_none_is_said(listen: str):
    with pytest.raises(UserError, match="--listen"), serve(listen, {}):
        pass


def test_a_port_that_is_taken_is_said():
    with (
        serve("127.0.0.1:0", {}) as base,
        pytest.raises(UserError, match=r"--listen .*in use"),
        serve(base.removeprefix("http://"), {}),
    ):
        pass


def test_lines_for_eyes_and_for_machines(capsys: pytest.CaptureFixture[str]):
    Lines(lambda: NOON, as_json=False).tell(
        "info", "pass", lane="feeds", seconds=1.2, counts={"poll": {"x": 1, "ok": 2}}
    )
    Lines(lambda: NOON, as_json=True).tell("error", "reload refused", detail="a.yaml:3: “bad”\x1b[31m\nx")
    Loud(Lines(lambda: NOON, as_json=False)).tell("info", "pass")
    Loud(Lines(lambda: NOON, as_json=False)).tell("info", "reloaded", detail="3 feeds")
    Loud(Lines(lambda: NOON, as_json=False)).tell("error", "pass failed", lane="articles", detail="disk full\x1b[2J")
    plain, as_json_, reloaded, loud = capsys.readouterr().err.splitlines()
    assert plain == "2025-02-16 12:00:00 pass feeds seconds=1.2 poll 2 ok, 1 x"
    found = json.loads(as_json_)
    assert found == {
        "time": "2025-02-16T12:00:00.000+00:00", "level": "error", "event": "reload refused",
        "detail": "a.yaml:3: “bad”\x1b[31m\nx",
    }  # fmt: skip
    assert loud.startswith("2025-02-16 12:00:00 ERROR pass failed articles disk full")
    assert reloaded == "2025-02-16 12:00:00 reloaded 3 feeds"
    assert "\x1b" not in plain + as_json_ + loud


def test_the_screen_shows_all_of_the_status_and_obeys_none_of_it():
    status = {
        "status": "ok", "feeds": {"ok": 3, "gone": 1}, "reload": "\x1b[2Jbad [bold]x[/bold]",
        "lanes": {"articles": {"passes": 4, "last": "12:00:00", "seconds": 1.5, "fault": "disk full"}},
    }  # fmt: skip
    console = Console(width=100, record=True, file=None, force_terminal=False)
    with console.capture() as shown:
        console.print(screen(status))
    text = shown.get()
    assert "ok 3, gone 1" in text
    assert "[bold]x[/bold]" in text
    assert "\x1b[2J" not in text
    assert "disk full" in text
