"""What the ledger promises of stories: the SQLite one and the one in memory do the same."""

import datetime as dt

from schemas.articles import Entry
from schemas.feeds import FeedState
from schemas.stories import Sketch
from transforms.copies.compare import same_story
from transforms.protocols import Ledger

NOON = dt.datetime(2025, 2, 16, 12, tzinfo=dt.timezone.utc)
WEEK = dt.timedelta(days=7)


def sketch(article: str, first: int, last: int, exact: str = "") -> Sketch:
    marks = tuple(range(first, last))
    return Sketch(article=article, exact=exact or f"x{article}", runs=len(marks), marks=marks)


def place(ledger: Ledger, *sketches: Sketch, now: dt.datetime = NOON) -> dict[str, str]:
    ledger.copies.place(sketches, same_story, now=now, keep=WEEK)
    return ledger.copies.stories([sketch.article for sketch in sketches])


def test_a_copy_joins_the_story_that_the_first_one_began(ledger: Ledger) -> None:
    assert ledger.copies.stories(["a", "nobody"]) == {}
    assert place(ledger, sketch("a", 0, 100), sketch("b", 0, 60), sketch("c", 200, 300)) == {
        "a": "xa",
        "b": "xa",
        "c": "xc",
    }
    assert place(ledger, sketch("d", 210, 300)) == {"d": "xc"}


def test_an_article_keeps_its_story_for_ever(ledger: Ledger) -> None:
    place(ledger, sketch("a", 0, 100))
    place(ledger, sketch("b", 200, 300))
    assert place(ledger, sketch("b", 0, 100, exact="later version")) == {"b": "xb"}
    assert place(ledger, sketch("b", 0, 100), now=NOON + 9 * WEEK) == {"b": "xb"}


def test_exact_copies_are_one_story_however_short_and_late(ledger: Ledger) -> None:
    short = [Sketch(article=id_, exact="one line", runs=3) for id_ in "abc"]
    assert place(ledger, *short[:2]) == {"a": "one line", "b": "one line"}
    assert place(ledger, short[2], now=NOON + 2 * WEEK) == {"c": "one line"}
    place(ledger, sketch("d", 0, 100), sketch("e", 0, 70, exact="cut"))
    assert place(ledger, sketch("f", 0, 70, exact="cut"), now=NOON + 2 * WEEK) == {"f": "xd"}


def test_of_several_stories_the_one_it_is_surest_of(ledger: Ledger) -> None:
    place(ledger, sketch("a", 0, 100), sketch("b", 60, 200))
    assert place(ledger, sketch("c", 55, 150)) == {"c": "xb"}


def test_copies_are_compared_with_the_first_one_alone(ledger: Ledger) -> None:
    """A round-up that joined one story must not bring another into it."""
    assert place(ledger, sketch("a", 0, 50), sketch("round-up", 0, 100), sketch("c", 50, 100)) == {
        "a": "xa",
        "round-up": "xa",
        "c": "xc",
    }


def test_old_stories_take_no_more_copies(ledger: Ledger) -> None:
    place(ledger, sketch("a", 0, 100))
    assert place(ledger, sketch("b", 0, 90), now=NOON + WEEK) == {"b": "xa"}
    late = NOON + WEEK + dt.timedelta(seconds=1)
    assert place(ledger, sketch("c", 0, 95), sketch("d", 0, 94), now=late) == {"c": "xc", "d": "xc"}


def test_a_repeated_step_changes_nothing(ledger: Ledger) -> None:
    sketches = [sketch("a", 0, 100), sketch("b", 0, 60), sketch("c", 40, 140)]
    first = place(ledger, *sketches)
    assert place(ledger, *sketches[::-1]) == first


def test_stories_go_when_the_ledger_forgets_their_articles(ledger: Ledger) -> None:
    feed = FeedState(url="https://a.test/feed")
    entries = [Entry(id=i, feed=feed.url, outlet="", url=f"https://a.test/{i}", seen=NOON) for i in ("old", "new")]
    ledger.take(feed, entries[:1], run="1")
    ledger.conclude("old", [])
    ledger.take(feed, entries[1:], run="2")
    place(ledger, sketch("old", 0, 100), sketch("new", 0, 90))
    assert ledger.prune(NOON + WEEK, most=9) == 1
    assert ledger.copies.stories(["old", "new"]) == {"new": "xold"}


def test_a_phrase_that_all_write_neither_joins_nor_hides_their_stories(ledger: Ledger) -> None:
    def text(number: int, last: int) -> Sketch:
        marks = (1, 2, *range(number * 100, number * 100 + last))
        return Sketch(article=f"{number}/{last}", exact=f"x{number}/{last}", runs=len(marks), marks=marks)

    stories = place(ledger, *(text(number, 60) for number in range(1, 90)))
    assert len(set(stories.values())) == len(stories) == 89
    assert place(ledger, *(text(number, 40) for number in range(1, 90))) == {
        f"{number}/40": f"x{number}/60" for number in range(1, 90)
    }
