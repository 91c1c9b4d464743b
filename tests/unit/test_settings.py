"""Settings: file, then environment; unknown keys refused."""

from pathlib import Path

import pytest

from schemas.errors import BadFile
from schemas.settings import load


def test_file_then_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "newswatch.toml"
    file.write_text('[index]\nurl = "sqlite:///a.db"\nprefix = "press"\n')
    monkeypatch.setenv("NEWSWATCH__INDEX__URL", "sqlite:///b.db")
    settings = load(file)
    assert (settings.index.url, settings.index.prefix) == ("sqlite:///b.db", "press")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[indx]\nurl = "a"\n', "toml:1: unknown key 'indx': did you mean 'index'?"),
        ('[index]\nurll = "a"\n', "toml:2: unknown key 'urll': did you mean 'url'?"),
        ("batch = 5\n[index]\n", "toml:1: unknown key 'batch' here: it belongs to index"),
        ("[network]\ntimeout_s = 0\n", "toml:2: network.timeout_s: more than 0, not 0"),
        ("[network\n", "toml:1: not TOML"),
    ],
)
def test_wrong_settings_are_named(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "newswatch.toml"
    file.write_text(text)
    with pytest.raises(BadFile) as error:
        load(file)
    assert message in str(error.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no such file"):
        load(tmp_path / "none.toml")


def test_secrets_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSWATCH__INDEX__PASSWORD", "s3cret")
    assert "s3cret" not in repr(load())


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("NEWSWATCH__INDEX__BATCH", "many", "NEWSWATCH__INDEX__BATCH: index.batch: a whole number, not 'many'"),
        ("newswatch__index__batch", "0", "newswatch__index__batch: index.batch: 1 or more, not '0'"),
        ("NEWSWATCH__INDEX__URLL", "x", "NEWSWATCH__INDEX__URLL: unknown key 'urll': did you mean 'url'?"),
        ("NEWSWATCH__INDEX__URL__X", "x", "NEWSWATCH__INDEX__URL__X: index.url: "),
        ("NEWSWATCH__INDX__URL", "x", "NEWSWATCH__INDX__URL: unknown section 'indx': did you mean NEWSWATCH__INDEX?"),
        ("NEWSWATCH__URL", "x", "NEWSWATCH__URL: unknown section 'url': there are archive, "),
        ("NEWSWATCH__INDEX", "sqlite:///x", "NEWSWATCH__INDEX: not a JSON object"),
        ("NEWSWATCH__INDEX", '{"urll": "x"}', "NEWSWATCH__INDEX: unknown key 'urll'"),
        ("NEWSWATCH__NETWORK__ALLOW", "[1", "NEWSWATCH__NETWORK__ALLOW: network.allow: not JSON: "),
        ("NEWSWATCH__NETWORK__ALLOW", "[1]", "NEWSWATCH__NETWORK__ALLOW: network.allow: 1 is no text"),
    ],
)
def test_a_wrong_variable_is_named_and_not_the_file(
    name: str, value: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "newswatch.toml"
    file.write_text('[index]\nprefix = "press"\n')
    monkeypatch.setenv(name, value)
    for path in (file, None):
        with pytest.raises(BadFile) as error:
            load(path)
        assert str(error.value).startswith(said)
        assert len(error.value.problems) == 1


def test_a_wrong_file_is_not_blamed_on_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "newswatch.toml"
    file.write_text("[index]\nbatch = 0\n")
    monkeypatch.setenv("NEWSWATCH__INDEX__URL", "sqlite:///b.db")
    with pytest.raises(BadFile, match=r"newswatch\.toml:2: index\.batch"):
        load(file)
    monkeypatch.setenv("NEWSWATCH__INDEX", '{"url": "sqlite:///b.db"}')
    with pytest.raises(BadFile, match=r"newswatch\.toml:2: index\.batch"):
        load(file)


@pytest.mark.parametrize(
    ("value", "networks"),
    [
        ("127.0.0.0/8", ("127.0.0.0/8",)),
        ("127.0.0.0/8, 10.0.0.0/8,", ("127.0.0.0/8", "10.0.0.0/8")),
        ('["127.0.0.0/8"]', ("127.0.0.0/8",)),
        ("", ()),
    ],
)
def test_a_list_in_a_variable(value: str, networks: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSWATCH__NETWORK__ALLOW", value)
    assert load().network.allow == networks
