"""Files that change under a watch: checked first, bad ones refused, nothing judged by half a list."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.reload import AGAIN_S, Files, Reloading
from schemas.errors import BadFile, UserError
from schemas.settings import Settings
from schemas.watchlist import Watchlist

NOON = dt.datetime(2025, 2, 16, 12, tzinfo=dt.timezone.utc)
ANN = "  - {id: ann-ash, name: Ann Ash}\n"
BO = "  - {id: bo-birch, name: Bo Birch}\n"


class Desk:
    """Three files, and the processes that are handed a watchlist."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.handed: list[tuple[str, ...]] = []
        self.forgotten: list[str] = []
        self.now, self.full = 1000.0, False
        self.write("feeds.yaml", "feeds: [https://a.test/rss]\n")
        self.write("actors.yaml", "actors:\n" + ANN)
        self.write("rules.yaml", "rules:\n  - {id: one, when: mention, actors: [ann-ash], notify: [console]}\n")
        files = Files(feeds=f"{folder}/feeds.yaml", watchlist=(folder / "actors.yaml",), rules=folder / "rules.yaml")
        self.reloading = Reloading(
            files, Settings(), self.hand_out, self.forgotten.append, clock=lambda: NOON, monotonic=lambda: self.now
        )

    def hand_out(self, watchlist: Watchlist) -> str:
        if "broken" in watchlist.by_id:
            raise ZeroDivisionError
        if self.full:
            raise UserError("disk full", transient=True)
        self.handed.append(tuple(watchlist.by_id))
        return f"spool {len(self.handed)}"

    def write(self, name: str, text: str) -> None:
        """Write as an editor does: a new file in the old one's place."""
        (self.folder / "new").write_text(text, "utf-8")
        (self.folder / "new").replace(self.folder / name)

    def check(self) -> bool | None:
        self.reloading.check()
        return self.reloading.check()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_nothing_changes_nothing(desk: Desk):
    before = desk.reloading.in_force()
    assert desk.check() is None
    assert desk.reloading.in_force() is before
    assert desk.handed == [("ann-ash",)]


def test_a_new_watchlist_is_handed_out_and_in_force(desk: Desk):
    before = desk.reloading.in_force()
    desk.write("actors.yaml", "actors:\n" + ANN + BO)
    assert desk.reloading.check() is None  # an editor may still be at it
    assert desk.reloading.check() is True
    after = desk.reloading.in_force()
    assert (after.spool, set(after.job.watchlist.by_id)) == ("spool 2", {"ann-ash", "bo-birch"})
    assert after.job.rules.name_of("bo-birch") == "Bo Birch"
    assert before.spool == "spool 1"  # a pass that goes on by it can
    assert desk.forgotten == []


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("actors.yaml", "actors: [{id: ann-ash", "not YAML"),
        ("actors.yaml", "actors:\n  - {id: ann-ash}\n", "name"),
        ("actors.yaml", "actors:\n" + BO, "nobody watches 'ann-ash'"),
        ("actors.yaml", "actors:\n" + ANN + "  - {id: broken, name: Broken}\n", "ZeroDivisionError"),
        ("rules.yaml", "rules:\n  - {id: one, when: never}\n", "when"),
        ("feeds.yaml", "feeds: []\n", "no feed is named"),
    ],
)
def test_a_bad_file_leaves_the_old_ones_in_force(desk: Desk, name: str, text: str, fault: str):
    before, good = desk.reloading.in_force(), (desk.folder / name).read_text("utf-8")
    desk.write(name, text)
    assert desk.check() is False
    assert fault in desk.reloading.fault
    assert desk.reloading.in_force() is before
    assert desk.check() is None  # said once, and not tried again until it changes
    desk.write(name, good)
    assert desk.check() is True
    assert desk.reloading.fault == ""


def test_files_that_a_full_disk_kept_back_are_tried_again(desk: Desk):
    desk.full = True
    desk.write("actors.yaml", "actors:\n" + ANN + BO)
    assert desk.check() is False
    assert desk.reloading.fault == "disk full"
    assert desk.check() is None
    desk.now += AGAIN_S
    assert desk.reloading.check() is False
    desk.full = False
    assert desk.check() is None
    desk.now += AGAIN_S
    assert desk.reloading.check() is True
    assert (desk.reloading.fault, desk.handed[-1]) == ("", ("ann-ash", "bo-birch"))
    desk.now += AGAIN_S
    assert desk.check() is None


def test_a_file_that_is_gone_is_bad(desk: Desk):
    (desk.folder / "actors.yaml").unlink()
    assert desk.check() is False
    assert "no such file" in desk.reloading.fault


@pytest.mark.parametrize("name", ["feeds.yaml", "rules.yaml"])
def test_other_files_hand_out_no_list_again(desk: Desk, name: str):
    desk.write(name, (desk.folder / name).read_text("utf-8") + "\n# changed\n")
    assert desk.check() is True
    assert desk.reloading.in_force().spool == "spool 1"
    assert len(desk.handed) == 1


def test_the_same_list_in_another_order_is_not_handed_out(desk: Desk):
    desk.write("actors.yaml", "note: same people\nactors:\n" + ANN)
    assert desk.check() is True
    assert desk.reloading.in_force().spool == "spool 1"


def test_old_lists_are_forgotten_but_not_those_that_passes_may_read_by(desk: Desk):
    for number in range(4):
        desk.write("actors.yaml", "actors:\n" + ANN + f"  - {{id: a{number}, name: Actor {'xyzw'[number]}}}\n")
        assert desk.check() is True
    assert desk.forgotten == ["spool 1", "spool 2"]


def test_an_address_of_one_feed_is_no_file(tmp_path: Path, desk: Desk):
    files = Files(feeds="https://a.test/rss", watchlist=(desk.folder / "actors.yaml",))
    reloading = Reloading(files, Settings(), lambda _: "s", desk.forgotten.append, clock=lambda: NOON)
    assert [feed.url for feed in reloading.in_force().job.feeds] == ["https://a.test/rss"]
    assert reloading.check() is None


def test_files_that_are_bad_at_the_start_are_told_with_their_lines(tmp_path: Path, desk: Desk):
    bad: Callable[[], Reloading] = lambda: Reloading(  # noqa: E731
        Files(feeds=f"{tmp_path}/feeds.yaml", watchlist=(tmp_path / "none.yaml",)),
        Settings(), lambda _: "s", desk.forgotten.append, clock=lambda: NOON,
    )  # fmt: skip
    with pytest.raises(BadFile, match="no such file"):
        bad()
