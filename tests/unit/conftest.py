"""What the contract tests are run on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.settings import Ledger as LedgerSettings
from schemas.settings import Settings
from tests.fakes.ledger import MemoryLedger
from transforms.clients.opening import open_ledger
from transforms.protocols import Ledger


@pytest.fixture(params=["sqlite", "memory"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """The real ledger and the fake: both keep the same contract."""
    if request.param == "memory":
        yield MemoryLedger()
        return
    opened = open_ledger(Settings(ledger=LedgerSettings(url=f"sqlite:///{tmp_path}/ledger.db")))
    yield opened
    opened.close()
