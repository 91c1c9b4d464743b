"""What is remembered within a bound of memory."""

from hypothesis import given
from hypothesis import strategies as st

from transforms.bounded import LEAST, Bounded


def test_the_oldest_goes_first():
    kept: Bounded[str] = Bounded(3 * (LEAST + 100))
    for name in "abc":
        kept.put(name, name.upper(), 100)
    kept.put("a", "A again", 100)  # the newest now
    kept.put("d", "D", 50)
    assert [kept.find(name) for name in "abcd"] == ["A again", None, "C", "D"]


def test_the_newest_stays_whatever_its_size():
    kept: Bounded[int] = Bounded(1000)
    kept.put("small", 1, 10)
    kept.put("huge", 2, 10_000)
    assert (kept.find("small"), kept.find("huge")) == (None, 2)
    kept.put("small", 3, 10)
    assert (kept.find("small"), kept.find("huge"), kept.bytes) == (3, None, LEAST + 10)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 3000)), max_size=40))
def test_it_knows_how_much_it_holds(puts: list[tuple[str, int]]):
    kept: Bounded[int] = Bounded(5000)
    for name, size in puts:
        kept.put(name, size, size)
        assert kept.find(name) == size
    assert kept.bytes == sum(size for _, size in kept.known.values())
    assert kept.bytes <= 5000 or len(kept.known) == 1
