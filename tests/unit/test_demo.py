"""`newswatch demo` keeps to its folder, whatever the user's own settings say."""

from pathlib import Path

import pytest

from pipelines.demo import settings_in
from schemas.settings import Settings
from transforms.clients.opening import ledger_path

THEIRS = {
    "NETWORK__ALLOW": "10.0.0.0/8",
    "LANGUAGE__MODEL": "en_theirs",
    "INDEX__URL": "https://search.example:9200",
    "INDEX__PREFIX": "theirs",
    "LEDGER__URL": "sqlite:////srv/theirs.db",
    "FAILURES__FILE": "/srv/theirs.jsonl",
}


def test_no_variable_reaches_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = settings_in(tmp_path)
    for name, value in THEIRS.items():
        monkeypatch.setenv(f"NEWSWATCH__{name}", value)
    found = settings_in(tmp_path)
    assert found == before
    assert set(dict(found)) == set(Settings.model_fields)
    assert ledger_path(found) == str(tmp_path / "newswatch.db")
    assert found.failures.file == str(tmp_path / "failures.jsonl")
    assert found.index.prefix == "newswatch"
