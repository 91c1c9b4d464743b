"""What every ledger promises to alerts: the SQLite one and the one in memory count and keep the same."""

import dataclasses as dc
import datetime as dt
from typing import Any

from schemas.kept import Hit, Item, Silence
from tests.fakes.alerts import make_alert, make_match
from tests.fakes.records import NOON, make_document, origin_of
from transforms.keeping import Conclusion
from transforms.protocols import Ledger

SECOND, MINUTE, HOUR = (dt.timedelta(seconds=n) for n in (1, 60, 3600))


def hit(record: str, minutes: float = 0, *, series: str = "s", term: str = "", rule: str = "r") -> Hit:
    of = origin_of(make_document(id=f"d {record}", seen=NOON + minutes * MINUTE))
    return Hit(series=series, rule=rule, key="k", term=term, match=make_match(record=record, origin=of))


def records(ledger: Ledger, since: dt.datetime | None = None) -> list[str]:
    return [one.match.record for one in ledger.tally.hits("s", since)]


def test_hits_are_kept_once_in_order_of_time(ledger: Ledger):
    ledger.conclude("e1", [], [hit("b", 5), hit("a", 9), hit("b", 5)])
    ledger.conclude("e2", [], [hit("c", 1), hit("b", 5), hit("x", 2, series="other")])
    assert records(ledger) == ["c", "b", "a"]
    assert records(ledger, NOON + 5 * MINUTE) == ["b", "a"]
    assert ledger.tally.hits("s")[0] == hit("c", 1)
    assert [one.match.record for one in ledger.tally.hits("s", NOON, NOON + 5 * MINUTE)] == ["c", "b"]
    instant = dt.timedelta.resolution
    assert ledger.tally.next_hit("s", NOON + 5 * MINUTE - instant) == NOON + 5 * MINUTE
    assert ledger.tally.next_hit("s", NOON + 5 * MINUTE) == NOON + 9 * MINUTE
    assert ledger.tally.next_hit("s", NOON + 9 * MINUTE) is None


def test_several_articles_are_concluded_at_once(ledger: Ledger):
    first, again = make_match(alert="a", record="m1"), make_match(alert="a", record="m1", words="other words")
    found = [Conclusion("e1", [first], [hit("b", 5), hit("c", 6)]), Conclusion("e2", [again, make_match(alert="b")])]
    ledger.conclude_all([*found, Conclusion("e3", [], [hit("b", 5, series="t")])])
    assert list(ledger.matches("a")) == [first]
    assert ledger.undelivered() == ["a", "b"]
    assert records(ledger) == ["b", "c"]
    assert [(one.id, one.dirty) for one in ledger.tally.series()] == [
        ("s", NOON + 5 * MINUTE),
        ("t", NOON + 5 * MINUTE),
    ]
    ledger.conclude_all([])


def test_one_record_may_have_several_terms(ledger: Ledger):
    ledger.conclude("e1", [], [hit("b", term="war"), hit("b", term="peace")])
    assert [one.term for one in ledger.tally.hits("s")] == ["peace", "war"]


def test_series_are_to_be_counted_when_they_have_something_new(ledger: Ledger):
    assert not ledger.tally.is_dirty()
    ledger.conclude("e1", [], [hit("b", 5), hit("a", 3), hit("x", 7, series="t", rule="q")])
    first, second = ledger.tally.series()
    assert (first.id, first.rule, first.key, first.dirty, first.through) == ("s", "r", "k", NOON + 3 * MINUTE, None)
    assert second.id == "t"
    assert ledger.tally.is_dirty()
    ledger.tally.counted(first, dirty=None, through=NOON + HOUR)
    assert [series.id for series in ledger.tally.series()] == ["t"]
    assert [series.through for series in ledger.tally.series(["r"])] == [NOON + HOUR, None]
    ledger.conclude("e1", [], [hit("b", 5)])
    assert [series.id for series in ledger.tally.series()] == ["t"], "a replay brings nothing new"


def test_what_comes_while_it_is_counted_is_counted_next_time(ledger: Ledger):
    ledger.conclude("e1", [], [hit("a", 3)])
    (series,) = ledger.tally.series()
    ledger.conclude("e2", [], [hit("b", 5)])
    ledger.tally.counted(series, dirty=None, through=NOON)
    assert ledger.tally.is_dirty()
    (series,) = ledger.tally.series()
    ledger.tally.counted(series, dirty=NOON + 5 * MINUTE, through=NOON)
    assert not ledger.tally.is_dirty(), "the rest waits"
    assert [one.dirty for one in ledger.tally.series()] == [NOON + 5 * MINUTE]


def test_what_is_forgotten_comes_not_back(ledger: Ledger):
    ledger.conclude("e1", [], [hit("a", 1), hit("b", 5)])
    ledger.tally.forget("s", NOON + 5 * MINUTE)
    ledger.tally.forget("s", NOON)
    ledger.conclude("e1", [], [hit("a", 1), hit("c", 2), hit("d", 9)])
    assert records(ledger) == ["b", "d"]
    ledger.tally.beat(NOON + 4 * MINUTE)  # the clock was set back: what is seen now has not been forgotten
    ledger.conclude("e1", [], [hit("e", 3)])
    assert records(ledger) == ["e", "b", "d"]


def test_the_hits_of_terms_that_are_not_decided(ledger: Ledger):
    of = {"old": (1, 2), "decided": (3, 4, 8), "open": (5, 7), "new": (9,)}
    found = [hit(f"{term}{n}", n, term=term) for term, times in of.items() for n in times]
    ledger.conclude("e1", [], [*found, hit("x", 9, series="other", term="new")])
    since = NOON + 6 * MINUTE
    opened = ledger.tally.open_terms("s", since, 2)
    assert [one.match.record for one in opened] == ["open5", "open7", "new9"]
    assert [one.match.record for one in ledger.tally.open_terms("s", since, 2, until=since + MINUTE)] == [
        "open5",
        "open7",
    ]
    assert len(ledger.tally.open_terms("s", since, 3)) == 6


def test_the_first_hits_of_each_term(ledger: Ledger):
    found = [hit(f"h{n}", n, term=term) for term in ("x", "y") for n in (3, 1, 2)]
    ledger.conclude("e1", [], found)
    ledger.conclude("e1", [], [hit("other", series="t")])
    ledger.tally.keep_firsts("s", 2)
    kept = [(one.term, one.match.record) for one in ledger.tally.hits("s")]
    assert sorted(kept) == [("x", "h1"), ("x", "h2"), ("y", "h1"), ("y", "h2")]
    assert len(ledger.tally.hits("t")) == 1


def test_matches_are_folded_into_alerts(ledger: Ledger):
    one, two, three = (make_match(alert="a", record=record) for record in ("m1", "m2", "m3"))
    assert ledger.tally.fold("a", [one, two])
    ledger.finish("a", 2)
    assert not ledger.tally.fold("a", [two])
    assert ledger.undelivered() == []
    assert ledger.tally.fold("a", [three])
    assert ledger.undelivered() == ["a"]
    assert [match.record for match in ledger.matches("a")] == ["m1", "m2", "m3"]
    assert ledger.tally.fold("a", [one], whole=True)
    assert list(ledger.matches("a")) == [one]
    assert not ledger.tally.fold("a", [one], whole=True)


def test_beats_become_spans(ledger: Ledger):
    for minutes in (0, 1, 1.5, 3, 20, 21, 4, -100, 2):
        ledger.tally.beat(NOON + minutes * MINUTE)
    spans = [(start, end) for start, end in ledger.tally.watched()]
    expected = [(-100, -100), (0, 4), (20, 21)]
    assert spans == [(NOON + a * MINUTE, NOON + b * MINUTE) for a, b in expected]


def test_a_rule_keeps_its_beginning(ledger: Ledger):
    assert ledger.tally.rule_since("r", NOON) == NOON
    assert ledger.tally.rule_since("r", NOON + HOUR) == NOON
    assert ledger.tally.rule_since("r", NOON - HOUR) == NOON - HOUR, "the clock was ahead"
    assert ledger.tally.rule_since("r", NOON) == NOON - HOUR


def item(alert: str = "a", **fields: Any) -> Item:
    return dc.replace(Item(alert=alert, channel="desk", since=NOON), **fields)


def test_items_are_posted_once_in_their_first_form(ledger: Ledger):
    ledger.outbox.post(make_alert(id="a"), [item(), item(round="repeat 1", wait=HOUR)])
    ledger.outbox.post(make_alert(id="a"), [item(since=NOON + HOUR), item(channel="log")])
    assert ledger.outbox.items("a") == [item(), item(round="repeat 1", wait=HOUR), item(channel="log")]
    assert ledger.outbox.items("b") == []


def test_what_waits_comes_the_longest_due_first(ledger: Ledger):
    items = [item("b"), item("a", wait=HOUR), item("c", since=NOON - HOUR)]
    ledger.outbox.put([*items, item("x", state="sent"), item("y", state="dead")], now=NOON)
    assert [one.alert for one in ledger.outbox.waiting(NOON)] == ["c", "b", "a"]
    assert ledger.outbox.is_due(NOON)
    ledger.outbox.put([item("b", state="silenced"), item("c", state="inhibited")], now=NOON)
    assert [one.alert for one in ledger.outbox.waiting(NOON)] == ["a"]
    assert not ledger.outbox.is_due(NOON + HOUR - SECOND)
    assert ledger.outbox.is_due(NOON + HOUR)


def test_what_began_after_now_begins_now(ledger: Ledger):
    ledger.outbox.put([item(since=NOON + 24 * HOUR, wait=HOUR)], now=NOON)
    assert ledger.outbox.is_due(NOON), "somebody has to look"
    assert ledger.outbox.waiting(NOON) == [item(wait=HOUR)]
    assert ledger.outbox.items("a") == [item(wait=HOUR)]


def test_how_many_notices_a_channel_has_had(ledger: Ledger):
    for n, minutes in enumerate((0, 30, 30, 90)):
        ledger.outbox.put([item(f"a{n}", state="sent", bundle=f"n{n // 2}", group="g")], now=NOON + minutes * MINUTE)
    assert ledger.outbox.sent("desk", NOON, NOON + HOUR) == 2
    assert ledger.outbox.sent("desk", NOON + MINUTE, NOON + 2 * HOUR) == 2
    assert ledger.outbox.sent("log", NOON, NOON + HOUR) == 0
    assert ledger.outbox.last_sent("desk", "g", NOON + 2 * HOUR) == NOON + 90 * MINUTE
    assert ledger.outbox.last_sent("desk", "g", NOON + HOUR) == NOON + 30 * MINUTE
    assert ledger.outbox.last_sent("desk", "h", NOON + HOUR) is None


def test_alerts_that_may_keep_others_back(ledger: Ledger):
    for name, rule in (("b", "r"), ("a", "r"), ("c", "q")):
        ledger.outbox.post(make_alert(id=name, rule=rule), [])
    assert [told.alert for told in ledger.outbox.told({"r"}, since=NOON)] == ["a", "b"]
    assert ledger.outbox.told({"r", "q"}, since=NOON + SECOND) == []
    ledger.outbox.post(make_alert(id="a", rule="r", last_seen=NOON + HOUR), [])
    (told,) = ledger.outbox.told({"r", "q"}, since=NOON + SECOND)
    assert (told.actors, told.stories, told.last) == (("velden",), ("story of d1",), NOON + HOUR)


def test_what_was_given_up_is_revived(ledger: Ledger):
    dead = item(state="dead", tries=9, wait=HOUR, detail="no answer")
    ledger.outbox.put([dead, item("b", state="sent")], now=NOON)
    assert ledger.outbox.revive() == 1
    assert ledger.outbox.revive() == 0
    assert [one.alert for one in ledger.outbox.waiting(NOON)] == ["a"]
    assert ledger.outbox.waiting(NOON)[0].tries == 0


def test_silences(ledger: Ledger):
    one = Silence(id="s1", rule="r", starts=NOON, ends=NOON + HOUR)
    other = Silence(id="s2", actor="velden", starts=NOON, ends=NOON + MINUTE)
    ledger.outbox.silence(one)
    ledger.outbox.silence(other)
    assert ledger.outbox.silences() == [other, one]
    ledger.outbox.silence(dc.replace(one, ends=NOON))
    assert ledger.outbox.silences() == [dc.replace(one, ends=NOON), other]


def test_silences_that_are_over_are_forgotten_in_parts(ledger: Ledger):
    for n in range(4):
        ledger.outbox.silence(Silence(id=f"s{n}", rule="r", starts=NOON, ends=NOON + n * MINUTE))
    assert [ledger.prune(NOON + 3 * MINUTE, most=2) for _ in range(3)] == [2, 1, 0]
    assert [silence.id for silence in ledger.outbox.silences()] == ["s3"]
