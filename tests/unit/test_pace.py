"""How often something is looked at that is quick, and that is slow."""

import contextlib
from dataclasses import dataclass

from pipelines.pace import REST, Pace


@dataclass
class Watchman:
    """A clock that goes on only while he looks, or when told."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_quick_look_is_taken_so_often():
    clock = Watchman()
    pace = Pace(1.0, clock)
    assert pace.is_due()
    with pace.look():
        clock.now += 0.001
    clock.now = 100.9
    assert not pace.is_due()
    clock.now = 101.0
    assert pace.is_due()


def test_a_slow_look_is_taken_less_often():
    clock = Watchman()
    pace = Pace(1.0, clock)
    with pace.look():
        clock.now += 0.2
    clock.now = 100.0 + 0.2 * REST - 0.1
    assert not pace.is_due()
    clock.now += 0.2
    assert pace.is_due()


def test_a_look_that_fails_is_followed_by_a_rest_too():
    clock = Watchman()
    pace = Pace(1.0, clock)
    with contextlib.suppress(OSError), pace.look():
        raise OSError
    assert not pace.is_due()


def test_a_look_that_waited_for_a_server_and_failed_is_repeated_soon():
    clock = Watchman()
    pace = Pace(1.0, clock)
    with contextlib.suppress(OSError), pace.look():
        clock.now += 120
        raise OSError
    assert pace.is_due()
