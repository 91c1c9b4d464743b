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


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring the tests of a module that share one living thing back into their order: the others stay shuffled."""
    places = [place for place, item in enumerate(items) if item.get_closest_marker("in_order")]
    told = sorted((items[place] for place in places), key=_where)
    for place, item in zip(places, told, strict=True):
        items[place] = item


def _where(item: pytest.Item) -> tuple[str, int, int]:
    assert isinstance(item, pytest.Function)
    values = item.callspec.indices if hasattr(item, "callspec") else {}
    return str(item.path), item.function.__code__.co_firstlineno, sum(values.values())
