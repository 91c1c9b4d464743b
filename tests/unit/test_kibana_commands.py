"""`newswatch kibana`: what it writes, what it sends, and how it says what went wrong."""

import json
from pathlib import Path

import pytest

from pipelines.kibana import lines_of
from tests.conftest import ROOT
from tests.fakes.commands import Done
from tests.fakes.commands import newswatch as in_this_process
from tests.fakes.kibana import KEY, FakeKibana, fake_kibana
from tests.fakes.kibana_alerting import Alerting
from transforms.kibana.rules import rules_of

IMPORT = ("kibana", "import", "--api-key-env", "TEST_KEY")


def newswatch(*words: str, key: str = KEY) -> Done:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TEST_KEY", key)
        return in_this_process(*words)


def refused(done: Done) -> str:
    """Return the one line in which a command said what went wrong; the key is never in it."""
    assert done.code == 2
    [line] = done.err.splitlines()
    assert KEY not in done.out + done.err
    return line


def test_export_is_the_same_at_every_call(tmp_path: Path):
    out, rules = tmp_path / "newswatch.ndjson", tmp_path / "rules.json"
    assert newswatch("kibana", "export", "--out", str(out), "--rules", str(rules)).code == 0
    assert newswatch("kibana", "export").out == out.read_text("utf-8") == lines_of("newswatch")
    Alerting.model_validate(json.loads(rules.read_text("utf-8")))


def test_what_docker_holds_is_the_export():
    held = ROOT / "docker" / "kibana"
    again = "make it anew: newswatch kibana export --out docker/kibana/newswatch.ndjson"
    assert (held / "newswatch.ndjson").read_text("utf-8") == lines_of("newswatch"), again
    made = rules_of("newswatch", webhook="https://example.org/newswatch")
    assert json.loads((held / "rules.json").read_text("utf-8")) == made, f"{again} --rules docker/kibana/rules.json"


def test_export_takes_its_prefix_from_the_settings_or_the_option(tmp_path: Path):
    config = tmp_path / "newswatch.toml"
    config.write_text('[index]\nprefix = "ours"\n', "utf-8")
    assert newswatch("kibana", "export", "--config", str(config)).out == lines_of("ours")
    assert newswatch("kibana", "export", "--config", str(config), "--prefix", "else").out == lines_of("else")
    assert "index.prefix" in refused(newswatch("kibana", "export", "--prefix", "Not Good"))


def test_export_says_where_it_cannot_write(tmp_path: Path):
    assert "No such file" in refused(newswatch("kibana", "export", "--out", str(tmp_path / "no" / "x.ndjson")))


def test_import_sends_all_objects_and_again_puts_them_in_their_place():
    with fake_kibana() as kibana:
        for _ in range(2):
            done = newswatch(*IMPORT, "--url", kibana.url)
            assert (done.code, done.err) == (0, "")
        sent = [json.loads(line) for line in lines_of("newswatch").splitlines()]
        assert done.out == f"{len(sent)} objects imported into {kibana.url}\n"
        assert kibana.objects == {"": {f"{o['type']}:{o['id']}": o for o in sent}}
        assert kibana.made == {}


def test_import_into_a_space_behind_a_path_prefix_with_rules_twice():
    with fake_kibana() as kibana:
        for _ in range(2):
            done = newswatch(*IMPORT, "--url", f"{kibana.url}/", "--space", "news desk", "--webhook", "https://h.test/")
            assert (done.code, done.err) == (0, "")
        assert "2 connectors, 2 rules" in done.out
        assert set(kibana.objects) == {"news%20desk"}
        assert len(kibana.made) == 4
        assert {method for method, _ in kibana.seen} == {"POST", "PUT"}


def test_import_says_that_the_key_is_wrong():
    with fake_kibana() as kibana:
        line = refused(newswatch(*IMPORT, "--url", kibana.url, key="b3RoZXI="))
    assert line == f"newswatch: {kibana.url}: user, password or API key are wrong (401)"


def test_a_password_in_the_address_is_never_told():
    with fake_kibana() as kibana:
        within = kibana.url.replace("://", "://elastic:a-secret@")
        for words in (
            ["--url", within],
            ["--url", "http://elastic:a-secret@127.0.0.1:1"],
            ["--url", "elastic:a-secret@h"],
        ):
            done = newswatch(*IMPORT, *words)
            assert "127.0.0.1" in done.out + done.err or "h: a Kibana's address" in done.err
            assert "a-secret" not in done.out + done.err


def test_import_says_which_object_was_refused_and_why():
    with fake_kibana(refuse="newswatch-speakers") as kibana:
        line = refused(newswatch(*IMPORT, "--url", kibana.url))
    assert "lens newswatch-speakers: missing_references index-pattern gone" in line


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ((503, b"Kibana server is not ready yet"), "no reason given (503)"),
        ((400, b'{"message": "two\\nlines"}'), "two lines (400)"),
        ((403, b'{"message": "your licence has no webhooks"}'), "your licence has no webhooks (403)"),
        ((403, b""), "these credentials may not do that (403)"),
        ((200, b"<html>"), "not all objects were taken: no reason given"),
        ((302, b""), "no reason given (302)"),
    ],
)
def test_import_says_what_a_strange_server_answers(broken: tuple[int, bytes], said: str):
    with fake_kibana(broken=broken) as kibana:
        assert refused(newswatch(*IMPORT, "--url", kibana.url)).endswith(said)


def test_import_says_that_nobody_answers_and_that_no_key_is_set(tmp_path: Path):
    with fake_kibana() as kibana:
        pass
    assert "no answer" in refused(newswatch(*IMPORT, "--url", kibana.url))
    assert "begins with http" in refused(newswatch(*IMPORT, "--url", "localhost:5601"))
    assert "NO_SUCH_KEY is not set" in refused(
        newswatch("kibana", "import", "--url", kibana.url, "--api-key-env", "NO_SUCH_KEY")
    )
    missing = str(tmp_path / "ca.pem")
    assert "no CA certificate" in refused(newswatch(*IMPORT, "--url", "https://127.0.0.1:1", "--ca-certs", missing))


def test_the_fake_is_as_strict_as_the_real_one():
    kibana = FakeKibana()
    from email.message import Message

    bare = Message()
    assert kibana.answer("POST", "/api/saved_objects/_import?overwrite=true", bare, b"")[0] == 401
    bare["Authorization"] = f"ApiKey {KEY}"
    assert kibana.answer("POST", "/api/saved_objects/_import?overwrite=true", bare, b"")[0] == 400
