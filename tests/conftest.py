"""What every test may ask for."""

import datetime as dt
import os
from functools import cache
from pathlib import Path

import pytest

from schemas.documents import Origin
from transforms.language.model import Model, load

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Of the time of two workers on two cores a third is waiting: for clocks, servers, processes that start."""
    return (os.cpu_count() or 1) + 1


@cache
def bundled() -> Model:
    """Return the bundled English pipeline, whatever else is installed: loaded once for all tests of a process."""
    return load("bundled")


@pytest.fixture(scope="session")
def model() -> Model:
    """The bundled English pipeline."""
    return bundled()


@pytest.fixture
def origin() -> Origin:
    """An article of Sunday, 16 February 2025."""
    day = dt.datetime(2025, 2, 16, 12, tzinfo=dt.timezone.utc)
    return Origin(document="d", url="https://sample.invalid/a", language="en", published=day, seen=day)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora and acceptance material beside the repository; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    return SHARED
