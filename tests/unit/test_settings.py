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
        ('[indx]\nurl = "a"\n', "unknown key 'indx': did you mean 'index'?"),
        ('[index]\nurll = "a"\n', "unknown key 'urll': did you mean 'url'?"),
        ("[network]\ntimeout_s = 0\n", "network.timeout_s"),
        ("[network\n", "not TOML"),
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
