import dataclasses as dc
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.alerts import Alert
from tests.fakes.alerts import make_alert, make_notice
from transforms.clients.notices import MOST, Templates, clean, for_chat, for_terminal, link_to, render, template_fault
from transforms.protocols import NotifyError


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://evil\x1b\\click\x1b]8;;\x1b\\", "click"),
        ("\x9b31mred", "red"),
        ("one\r\ntwo\tthree\u2028four", "one two three four"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("nul\x00 bell\x07", "nul bell"),
        ("Hrůzová «так»", "Hrůzová «так»"),
    ],
)
def test_clean(text: str, shown: str):
    assert clean(text) == shown


def test_markup_of_a_terminal_library_is_broken():
    assert for_terminal("[bold red]x[/bold red] [link=http://e]y") == "[ bold red]x[ /bold red] [ link=http://e]y"
    assert for_terminal("[1] stays") == "[1] stays"


def test_calls_and_links_of_a_chat_are_broken():
    assert for_chat("<!channel> <@U123> @everyone [x](http://e)") == "‹!channel› ‹@ U123› @ everyone [x] (http://e)"


@given(st.text())
def test_nothing_that_commands_gets_through(text: str):
    for escape in (clean, for_terminal, for_chat):
        assert not any(unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp", "Cs"} for c in escape(text))
    assert not set(for_chat(text)) & set("<>")


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://post.example/a?b=1&c=%20", "https://post.example/a?b=1&c=%20"),
        ("https://post.example/ä <b>\x1b[0m@x", "https://post.example/%C3%A4%20%3Cb%3E%40x"),
        ("javascript:alert(1)", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_links(url: str, link: str):
    assert link_to(url) == link


def test_values_are_escaped_and_the_template_is_not():
    alert = dc.replace(make_alert(), title="\x1b[31m[red]T")
    templates = Templates("[bold] {{ alert.title }} {{ alert.title | upper }}", "{{ match.sentence }}")
    assert render(make_notice(alert), templates, for_terminal).title == "[bold] [ red]T [ RED]T"


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{{ alert.titel }}", "titel"),
        ("{{ alert.title ", "line 1"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ alert.matches.append(1) }}", "append"),
        ("{{ 1 / 0 }}", "division"),
        ("{% include 'x' %}", "no loader"),
    ],
)
def test_bad_templates_are_told(template: str, says: str):
    assert says in template_fault(template)
    with pytest.raises(NotifyError) as e:
        render(make_notice(), Templates(body=template), clean)
    assert not e.value.transient


def test_the_templates_of_ours_say_who_what_why_and_where():
    alert: Alert = make_alert()
    notice = render(make_notice(alert), Templates(), clean)
    assert notice.title == alert.title
    assert notice.body.splitlines() == [
        "“We will come,” Marta Velden said.",
        "Speaker: Marta Velden",
        "Where: The Post",
        "Why: rule said: statement-by, confidence 0.9",
        "https://post.example/d1",
    ]
    assert template_fault("") == ""


def test_of_several_alerts_each_is_told_by_the_templates():
    alerts = [make_alert(id=f"{n}", title=f"Title {n}") for n in range(MOST + 3)]
    words = render(make_notice(*alerts, note="Digest of 53 alerts"), Templates(body="{{ reason }}"), clean)
    assert words.title == "Digest of 53 alerts"
    parts = words.body.split("\n\n")
    assert parts[0] == "Title 0\nrule said: statement-by, confidence 0.9"
    assert (len(parts), parts[-1]) == (MOST + 1, "and 3 more")
    assert render(make_notice(*alerts[:2]), Templates(), clean).title == "2 alerts"


def test_a_notice_of_one_alert_says_what_it_is():
    assert render(make_notice(note="Update"), Templates("{{ alert.rule }}"), clean).title == "Update: said"
