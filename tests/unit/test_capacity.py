"""How much machine so many feeds need: the arithmetic, by hand."""

import dataclasses as dc

import pytest

from bench.capacity import Costs, Given, plan

COSTS = Costs(
    poll_s=0.001,
    changed_poll_s=0.01,
    main_s=0.03,
    read_s=0.07,
    elastic_s=0.01,
    main_mb=200,
    feed_kb=5,
    reader_mb=300,
    index_bytes=10_000,
    ledger_bytes=4_000,
)
GIVEN = Given(articles=8.64, polls=20, changed_polls=8, peak=3, share=0.75, keep_days=100, ledger_days=90, copies=2)


def test_a_plan_by_hand():
    found = plan(100_000, COSTS, GIVEN)
    assert (round(found.articles_day), round(found.peak_s, 3)) == (864_000, 30)
    assert found.reading == 3  # 30 a second of 0.07 s are 2.1 cores, of which three quarters are used
    assert found.watches == 2  # 0.9 cores for articles, 0.32 for polls
    assert found.elastic_cores == pytest.approx(0.4)
    assert found.memory_gb == pytest.approx(0.4 + 0.5 + 0.9)
    assert found.index_gb_day == pytest.approx(8.64)
    assert found.index_gb == pytest.approx(8.64 * 100 * 2 * 1.5)
    assert found.ledger_gb == pytest.approx(864_000 * 90 * 4_000 / 1e9)


def test_few_feeds_need_one_of_each():
    found = plan(10, COSTS, GIVEN)
    assert (found.reading, found.watches) == (1, 1)


@pytest.mark.parametrize(
    ("dearer", "grows"),
    [
        ({"read_s": 0.7}, "reading"),
        ({"main_s": 0.3}, "watches"),
        ({"changed_poll_s": 0.1}, "watches"),
        ({"index_bytes": 20_000}, "index_gb"),
    ],
)
def test_what_costs_more_needs_more(dearer, grows):
    before, after = plan(100_000, COSTS, GIVEN), plan(100_000, dc.replace(COSTS, **dearer), GIVEN)
    assert getattr(after, grows) > getattr(before, grows)
    assert after.articles_day == before.articles_day
