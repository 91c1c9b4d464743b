"""What reaches a terminal: clean text, tables that fit, progress that garbles nothing."""

import io
import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from pipelines import console, live
from pipelines.console import around, clean, json_line, rows
from tests.fakes.commands import NASTY

HEADS = ("published", "outlet", "actor", "text", "sentence", "why")
LINE = ("2025-02-16", "The Halvik Courant", "alder-strait-commission", "ASC", "word " * 30, "reason " * 12)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x1b[31mb\x1b[0mc", "abc"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x9b2Jb", "ab"),
        ("a\nb\r\n\tc", "a b c"),
        ("\u202eevil\u2066", "evil"),
        ("co\xadoperate", "cooperate"),
        ("a\u2028b\u00a0c", "a b c"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
        ("“Ньюз” 新聞", "“Ньюз” 新聞"),
        ("\ud800", ""),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(), st.integers(2, 40))
def test_clean_is_one_printable_line_within_the_limit(text: str, limit: int) -> None:
    line = clean(text, limit)
    assert line.isprintable()
    assert len(line) <= limit
    assert clean(line) == line


@given(st.text(min_size=1, max_size=600), st.integers(0, 600))
def test_around_is_within_the_limit(text: str, start: int) -> None:
    assert len(around(text, start, 60)) <= 60


def test_around_shows_what_it_is_about() -> None:
    text = "word " * 100 + "here " + "word " * 100
    shown = around(text, text.index("here"), 60)
    assert "here" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")


@given(st.text())
def test_json_line_means_the_same_and_holds_no_control(text: str) -> None:
    written = json.dumps(text, ensure_ascii=False)
    for encoding in ("utf-8", "ascii", "cp1252"):
        line = json_line(written, encoding)
        assert json.loads(line) == text
        assert not re.search(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069]", line)
        line.encode(encoding)


def printed(width: int, heads: tuple[str, ...], *lines: tuple[str, ...], title: str = "") -> list[str]:
    terminal = io.StringIO()
    before, console.out = console.out, Console(file=terminal, width=width, markup=False, emoji=False, highlight=False)
    try:
        rows(heads, lines, title=title)
    finally:
        console.out = before
    return terminal.getvalue().splitlines()


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_a_table_keeps_within_the_terminal_and_loses_nothing(width: int) -> None:
    shown = printed(width, HEADS, LINE, LINE)
    assert max(map(len, shown)) <= width
    letters = "".join(re.findall(r"\w", "".join(shown)))
    assert "Courant" in letters
    assert letters.count("reason") >= 22 or width < 60


@pytest.mark.parametrize(("width", "folded"), [(80, True), (200, False)])
def test_a_table_of_many_columns_folds_where_it_is_narrow(width: int, folded: bool) -> None:
    heads = [line for line in printed(width, HEADS, LINE) if "published" in line]
    assert ("sentence" not in heads[0]) is folded


def test_empty_columns_are_left_out() -> None:
    assert "about" not in "".join(printed(80, ("who", "about"), ("Ann", ""), ("Bo", "")))


def test_nothing_is_said_in_words() -> None:
    assert printed(80, ("a",)) == ["Nothing found."]
    assert printed(80, ("a",), title="Failures") == ["Failures: none"]


def test_a_table_s_cells_and_title_are_cleaned() -> None:
    assert "\x1b" not in "".join(printed(80, ("a", "b"), (NASTY, NASTY), title=NASTY))


class Terminal(io.StringIO):
    """What is written to a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True

    def screen(self) -> list[str]:
        """The lines as they stand in the end."""
        return [line.rpartition("\r\x1b[K")[2] for line in self.getvalue().split("\n")]


def shown_while(action, *, after_s: float = 0) -> Terminal:
    terminal = Terminal()
    line = live.Line("reading", terminal, after_s)
    line.thread.start()
    try:
        action(line, terminal)
    finally:
        line.end()
    return terminal


def wait_for(terminal: Terminal, text: str) -> None:
    end = time.monotonic() + 10
    while text not in terminal.getvalue():
        assert time.monotonic() < end, terminal.getvalue()
        time.sleep(0.01)


def test_progress_changes_and_goes() -> None:
    def action(line: live.Line, terminal: Terminal) -> None:
        wait_for(terminal, "reading (0 s)")
        line.update("7 of 9 done")
        wait_for(terminal, "7 of 9 done")

    assert shown_while(action).screen() == [""]


def test_notices_stand_whole_above_the_progress() -> None:
    def action(line: live.Line, terminal: Terminal) -> None:
        wait_for(terminal, "reading")
        line.write("ALERT one\n    more of it\nALE")
        time.sleep(0.3)
        line.write("RT two\n")
        wait_for(terminal, "two")

    assert shown_while(action).screen() == ["ALERT one", "    more of it", "ALERT two", ""]


def test_results_stand_whole_where_both_go_to_the_terminal() -> None:
    def action(line: live.Line, terminal: Terminal) -> None:
        wait_for(terminal, "reading")
        with line.aside():
            terminal.write('{"id": 1}\n')
            time.sleep(0.3)
            terminal.write('{"id": 2}\n')

    assert shown_while(action).screen() == ['{"id": 1}', '{"id": 2}', ""]


def test_what_is_quick_shows_no_progress() -> None:
    assert shown_while(lambda _line, _terminal: None, after_s=5).getvalue() == ""


def test_a_line_begun_is_not_lost() -> None:
    assert shown_while(lambda line, _: line.write("half")).screen()[-1] == "half"
