"""What the tests of whole passes ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.desk import Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A user's folder, and an outlet that misbehaves."""
    with open_desk(tmp_path) as opened:
        yield opened
