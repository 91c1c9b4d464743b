import base64
import dataclasses as dc
import hashlib
import hmac
import json
import socket
from pathlib import Path
from typing import Any

import pytest

from schemas.alerts import Alert
from schemas.codec import from_dict, from_json
from schemas.errors import BadFile, UserError
from schemas.rules import Rules, load_rules
from schemas.rules_file import RulesFile
from tests.fakes.alerts import make_alert, make_match, make_notice
from tests.fakes.mailbox import mailbox
from tests.fakes.receiver import receiver
from tests.fakes.records import NOON
from transforms.clients.jsonl import Jsonl
from transforms.clients.notices import Templates
from transforms.clients.notify import Console, check_channels, open_notifiers
from transforms.clients.webhook import Webhook, open_client, signing_key
from transforms.protocols import NotifyError

SECRET = "a long secret of the desk"


def rules_of(*channels: dict[str, Any]) -> Rules:
    read = RulesFile.model_validate({"rules": [{"id": "said", "when": "statement-by"}], "channels": channels})
    return Rules(rules=read.rules, channels=read.channels)


def webhook(url: str, **fields: str) -> Rules:
    return rules_of({"id": "desk", "webhook": {"url": url, "secret_env": "DESK"}} | fields)


def error_of(channel: Any, alert: Alert | None = None) -> NotifyError:
    with pytest.raises(NotifyError) as e:
        channel.send(make_notice(alert or make_alert()))
    return e.value


def test_the_console_shows_a_notice_and_obeys_nobody():
    shown: list[str] = []
    alert = dc.replace(make_alert(), title="\x1b[2J[red]He said:\nALERT forged", summary="a\r\nALERT forged")
    Console(shown.append, Templates(body="{{ alert.summary }}\n{{ link }}")).send(make_notice(alert))
    assert shown == ["ALERT [ red]He said: ALERT forged\n    a ALERT forged\n    https://post.example/d1\n"]


def test_a_terminal_that_is_not_utf_8_gets_it_all_the_same():
    shown: list[str] = []

    def write(text: str) -> None:
        shown.append(text.encode("ascii").decode())

    Console(write, Templates(body="ö")).send(make_notice(make_alert()))
    assert shown == ["ALERT Marta Velden speaks: \\u201cWe will come,\\u201d\n    \\xf6\n"]


def test_a_console_that_nobody_reads():
    def write(text: str) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    assert error_of(Console(write, Templates())).transient


def test_jsonl_holds_each_alert_once_also_after_a_restart(tmp_path: Path):
    file = tmp_path / "alerts.jsonl"
    for _ in range(2):
        channel = Jsonl(file)
        channel.send(make_notice(make_alert()))
        channel.send(make_notice(make_alert()))
        channel.send(make_notice(make_alert(id="b" * 32)))
    assert [from_json(Alert, line) for line in file.read_text().splitlines()] == [make_alert(), make_alert(id="b" * 32)]


@pytest.mark.parametrize(
    ("tail", "ids"),
    [
        ("", ["a", "b", "n"]),
        ('{"id":"torn","rul', ["a", "b", "n"]),
        ('{"id":"whole"}', ["a", "b", "whole", "n"]),
        ("{", ["a", "b", "n"]),
    ],
)
def test_jsonl_mends_what_a_kill_has_torn(tmp_path: Path, tail: str, ids: list[str]):
    file = tmp_path / "alerts.jsonl"
    file.write_text('{"id":"a"}\n{"id":"b"}\n' + tail)
    Jsonl(file).send(make_notice(make_alert(id="n")))
    assert [json.loads(line)["id"] for line in file.read_text().splitlines()] == ids


def test_jsonl_where_it_cannot_be_written(tmp_path: Path):
    error = error_of(Jsonl(tmp_path / "no" / "alerts.jsonl"))
    assert error.transient
    assert "No such file" in error.detail


def test_a_full_disk_leaves_no_half_line():
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    error = error_of(Jsonl(Path("/dev/full")))
    assert (error.transient, error.detail) == (True, "/dev/full: No space left on device")


def test_a_webhook_is_signed_and_has_the_whole_alert():
    with receiver() as server:
        channels = open_notifiers(webhook(f"{server.url}/in?k=1"), environ={"DESK": SECRET}, clock=lambda: NOON)
        channels["desk"].send(make_notice(make_alert()))
        channels["desk"].close()
    ((path, headers, body),) = server.posts
    assert path == "/in?k=1"
    assert headers["idempotency-key"] == headers["webhook-id"] == "a" * 32
    assert headers["webhook-timestamp"] == str(int(NOON.timestamp()))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.digest(SECRET.encode(), signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    sent = json.loads(body)
    assert from_dict(Alert, sent["alert"]) == make_alert()
    assert sent["link"] == "https://post.example/d1"


def test_a_webhook_of_a_group_has_all_its_alerts_under_one_key():
    with receiver() as server:
        channels = open_notifiers(webhook(f"{server.url}/in"), environ={"DESK": SECRET}, clock=lambda: NOON)
        channels["desk"].send(make_notice(make_alert(), make_alert(id="b" * 32), id="n1", note="2 alerts"))
        channels["desk"].close()
    ((_, headers, body),) = server.posts
    sent = json.loads(body)
    assert (headers["idempotency-key"], sent["id"], sent["title"]) == ("n1", "n1", "2 alerts")
    assert [alert["id"] for alert in sent["alerts"]] == ["a" * 32, "b" * 32]


@pytest.mark.parametrize(
    ("status", "transient"), [(400, False), (401, False), (410, False), (302, False), (429, True), (503, True)]
)
def test_what_a_webhook_answers(status: int, *, transient: bool):
    with receiver([status]) as server:
        channel = open_notifiers(webhook(server.url), environ={"DESK": SECRET})["desk"]
        error = error_of(channel)
        channel.close()
    assert (error.transient, error.detail) == (transient, f"answered {status}")
    assert len(server.posts) == 1, "nothing is followed or asked again"


def test_a_webhook_that_is_not_there_and_its_secrets_are_not_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://user:T0KEN@127.0.0.1:{taken.getsockname()[1]}/T0KEN"
        error = error_of(open_notifiers(webhook(url), environ={"DESK": SECRET})["desk"])
    assert (error.transient, error.detail) == (True, "no answer (ConnectError)")
    assert error.__suppress_context__, "a traceback of the cause would tell the address"


def test_a_webhook_that_hangs_is_given_up():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        client = open_client(timeout_s=0.2)
        error = error_of(Webhook(url, b"key", client=client, templates=Templates(), clock=lambda: NOON))
        client.close()
    assert error.detail == "no answer (ReadTimeout)"


def test_signing_keys():
    assert signing_key("plain") == b"plain"
    assert signing_key("whsec_" + base64.b64encode(b"bytes").decode()) == b"bytes"
    with pytest.raises(UserError):
        signing_key("whsec_?")


def test_apprise_sends_and_breaks_what_would_be_acted_upon():
    alert = dc.replace(make_alert(), title="<!channel> [x](http://e)")
    with receiver([200]) as server:
        rules = rules_of({"id": "chat", "url_env": "CHAT"})
        channels = open_notifiers(rules, environ={"CHAT": server.url.replace("http", "json")})
        channels["chat"].send(make_notice(alert))
    sent = json.loads(server.posts[0][2])
    assert sent["title"] == "‹!channel› [x] (http://e)"
    assert "Speaker: Marta Velden" in sent["message"]


NASTY = "<b onclick=x>They</b> said &#60;script&#62; [go](http://evil.example) @here"


@pytest.mark.parametrize("form", ["", "&format=html", "&format=text"])
def test_a_mail_shows_what_the_web_wrote_and_obeys_none_of_it(form: str):
    with mailbox() as server:
        url = f"mailto://127.0.0.1:{server.port}?from=desk@news.example&to=you@news.example&mode=insecure{form}"
        channels = open_notifiers(rules_of({"id": "mail", "url_env": "MAIL"}), environ={"MAIL": url})
        match = make_match(sentence=NASTY)
        channels["mail"].send(make_notice(make_alert(title=NASTY, matches=(match,))))
    html, plain = server.text("text/html"), server.text("text/plain")
    assert "onclick" in plain
    assert "&#60;script&#62;" in plain or "&#60;script&#62;" in plain.replace("&amp;", "&")
    assert "<b " not in html
    assert "&#60;script" not in html.replace("&amp;#60;", "")
    assert "https://post.example/d1" in plain
    assert len(plain.strip().splitlines()) >= 4, "line by line"


def test_apprise_that_fails_is_tried_again_and_silent(caplog: pytest.LogCaptureFixture):
    with receiver([500]) as server:
        rules = rules_of({"id": "chat", "url": server.url.replace("http", "json") + "/T0KEN"})
        error = error_of(open_notifiers(rules, environ={})["chat"])
    assert error.transient
    assert "T0KEN" not in error.detail + caplog.text


def test_templates_of_a_channel():
    shown: list[str] = []
    rules = rules_of({"id": "eyes", "console": True, "title": "{{ match.speaker }}!", "body": "Read {{ link }}"})
    open_notifiers(rules, write=shown.append)["eyes"].send(make_notice(make_alert()))
    assert shown == ["ALERT Marta Velden!\n    Read https://post.example/d1\n"]


def test_only_channels_that_a_rule_names_are_opened():
    read = RulesFile.model_validate(
        {
            "rules": [{"id": "said", "when": "statement-by", "notify": ["eyes"]}],
            "channels": [{"id": "eyes", "console": True}, {"id": "desk", "url_env": "NOT_SET"}],
        }
    )
    assert list(open_notifiers(Rules(rules=read.rules, channels=read.channels), environ={})) == ["eyes"]


def test_a_channel_that_cannot_be_opened_holds_up_no_other(tmp_path: Path):
    log = tmp_path / "log.jsonl"
    rules = rules_of({"id": "desk", "url_env": "NOT_SET"}, {"id": "log", "jsonl": str(log)})
    channels = open_notifiers(rules, environ={})
    channels["log"].send(make_notice(make_alert()))
    assert log.exists()
    error = error_of(channels["desk"])
    assert error.transient
    assert error.detail.startswith("the variable NOT_SET is empty or not set")


def test_channels_are_checked_with_file_and_line(tmp_path: Path):
    file = tmp_path / "rules.yaml"
    file.write_text(
        "rules: []\n"
        "channels:\n"
        "- {id: a, webhook: {url: 'https://desk.example', secret_env: DESK}}\n"
        "- {id: b, url: 'nonsense://T0KEN'}\n"
        "- {id: c, webhook: {url: 'https://desk.example', secret_file: /nowhere/at/all}}\n"
        "- id: d\n"
        "  console: true\n"
        "  body: '{{ alert.titel }}'\n"
        "- {id: e, url_file: key}\n"
    )
    with pytest.raises(BadFile) as e:
        check_channels(load_rules(file), environ={})
    found = [f"{p.line}: {p.reason}" for p in e.value.problems]
    assert [problem.split(" ")[0] for problem in found] == ["3:", "4:", "5:", "8:", "9:"]
    assert "DESK" in found[0]
    assert "titel" in found[3]
    assert "T0KEN" not in str(e.value)
    check_channels(rules_of({"id": "c", "console": True}), environ={})


def test_a_secret_file_is_read(tmp_path: Path):
    (tmp_path / "secret").write_text(SECRET + "\n")
    with receiver() as server:
        hook = {"url": server.url, "secret_file": str(tmp_path / "secret")}
        channel = open_notifiers(rules_of({"id": "desk", "webhook": hook}), environ={})["desk"]
        channel.send(make_notice(make_alert()))
        channel.close()
    _, headers, body = server.posts[0]
    signed = f"{'a' * 32}.{headers['webhook-timestamp']}.".encode() + body
    assert headers["webhook-signature"].endswith(
        base64.b64encode(hmac.digest(SECRET.encode(), signed, hashlib.sha256)).decode()
    )
