import datetime as dt
import tracemalloc
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import apache_beam as beam
from apache_beam.testing.test_pipeline import TestPipeline as BeamPipeline
from apache_beam.testing.util import assert_that, equal_to

from schemas.alerts import Alert, Judged, Match
from schemas.failures import Failure
from schemas.kept import Hit, Notice
from schemas.records import Reading
from schemas.rules import Rules
from schemas.rules_file import RulesFile
from tests.fakes.matches import ledger_named
from tests.fakes.notifier import FakeNotifier
from tests.fakes.records import NOON, make_document, make_mention, make_reading, make_speaker, make_statement
from transforms.alerts.stage import (
    Fixed,
    Judge,
    Once,
    build_alerts,
    count_hits,
    judge_readings,
    lanes_of,
    notify,
    post_alerts,
)
from transforms.keeping import Conclusion
from transforms.protocols import Notifier, NotifyError

FILE = RulesFile.model_validate(
    {
        "rules": [
            {"id": "said", "when": "statement-by", "notify": ["desk", "log"]},
            {"id": "named", "when": "mention", "throttle": "1h", "notify": ["log"]},
            {"id": "often", "type": "frequency", "num_events": 2, "timeframe": "1h", "when": "mention", "notify": []},
        ],
        "channels": [{"id": "desk", "console": True}, {"id": "log", "console": True}],
    }
)
RULES = Rules(rules=FILE.rules, channels=FILE.channels)

_CHANNELS: dict[str, dict[str, FakeNotifier]] = {}


def channels_named(name: str) -> Mapping[str, Notifier]:
    return _CHANNELS[name]


def reading(number: int, story: str) -> Reading:
    document = make_document(id=f"d{number}", outlet=f"Outlet {number}", story=story)
    return make_reading(
        document,
        mentions=(make_mention(document, "velden"),),
        statements=(make_statement(document, "We will come.", make_speaker("Marta Velden", "velden")),),
    )


def alert_ids(judged: Judged) -> Iterable[str]:
    return judged.alerts


def each_of(counted: tuple[str, ...]) -> Iterable[str]:
    return counted


def seen_as(alert: Alert) -> tuple[str, tuple[str, ...], int]:
    return alert.rule, alert.outlets, alert.count


def told_as(notice: Notice) -> tuple[str, str]:
    return notice.channel, notice.alerts[0].rule


def failed_as(failure: Failure) -> tuple[str, str, str]:
    return failure.stage, failure.reason, failure.detail


def later() -> dt.datetime:
    return NOON + dt.timedelta(hours=len(_PASSES))


_PASSES: list[str] = []


def run(
    name: str,
    readings: Sequence[Reading],
    *,
    built: Sequence[object],
    sent: Sequence[object],
    failed: Sequence[object] = (),
) -> None:
    _PASSES.append(name)
    given = {"rules": Fixed(RULES), "open_ledger": partial(ledger_named, name), "strict": True, "clock": later}
    unsent = ledger_named(name).undelivered()
    with BeamPipeline("FnApiRunner") as pipeline:
        judged = pipeline | "Readings" >> beam.Create(list(readings)) | "Judge" >> judge_readings(**given)
        left = pipeline | "Left" >> beam.Create(list(unsent))
        pulse = pipeline | "Pulse" >> beam.Impulse()
        touched = (judged.ok | beam.FlatMap(alert_ids), left) | beam.Flatten()
        counted = (touched, pulse) | "All judged" >> Once() | "Count" >> count_hits(**given)
        once = (touched, counted.ok | "Each" >> beam.FlatMap(each_of)) | "Both" >> beam.Flatten() | beam.Distinct()
        alerts = once | "Build" >> build_alerts(**given)
        posted = alerts.ok | "Post" >> post_alerts(**given)
        sign = (posted.ok, pulse) | "All posted" >> Once()
        done = sign | "Notify" >> notify(open_lanes=partial(lanes_of, RULES, partial(channels_named, name)), **given)
        assert_that(posted.ok | "Seen" >> beam.Map(seen_as), equal_to(list(built)), label="built")
        assert_that(done.ok | "Told" >> beam.Map(told_as), equal_to(list(sent)), label="sent")
        assert_that(done.failed | "Failed" >> beam.Map(failed_as), equal_to(list(failed)), label="failed")


def test_from_reading_to_notice_once():
    desk, log = FakeNotifier(errors=[NotifyError("no answer", transient=True)]), FakeNotifier()
    _CHANNELS["once"] = {"desk": desk, "log": log}
    one, copy, other = reading(1, "talks"), reading(2, "talks"), reading(3, "storm")

    named = ("named", ("Outlet 1", "Outlet 2"), 2)
    talks = ("said", ("Outlet 1", "Outlet 2"), 2)
    down = "desk: no answer (try 1 of 10; again in 5s)"
    run(
        "once",
        [one, copy],
        built=[named, talks],
        sent=[("log", "named"), ("log", "said")],
        failed=[("notify", "notify-unreachable", down)],
    )
    assert (desk.got, len(log.got)) == ([], 2)

    # a restart: the same articles again and a third, the desk back; two stories are what `often` asks for
    grown = ("named", ("Outlet 1", "Outlet 2", "Outlet 3"), 3)
    storm, often = ("said", ("Outlet 3",), 1), ("often", ("Outlet 1", "Outlet 2", "Outlet 3"), 3)
    run(
        "once",
        [other, copy, one],
        built=[grown, talks, storm, often],
        sent=[("desk", "said"), ("desk", "said"), ("log", "said")],
    )
    assert len(set(desk.got)) == len(desk.got) == 2
    assert len(set(log.got)) == len(log.got) == 3
    assert ledger_named("once").undelivered() == []
    assert desk.closed

    run("once", [], built=[], sent=[])


class Picky:
    """A ledger that an article's matches cannot be written to."""

    def __init__(self) -> None:
        self.concluded: list[str] = []

    def conclude_all(self, found: Sequence[Conclusion]) -> None:
        for one in found:
            self.conclude(*one)

    def conclude(self, entry: str, _matches: Sequence[Match], _hits: Sequence[Hit]) -> None:
        if entry == "d2":
            raise ValueError(entry)
        self.concluded.append(entry)


def test_what_is_waited_for_is_not_kept_meanwhile():
    tracemalloc.start()
    with BeamPipeline(runner="FnApiRunner") as p:
        big = p | beam.Create(range(100)) | beam.Map(lambda number: bytes([number]) * 1_000_000)
        sign = (big, p | beam.Impulse()) | Once()
        assert_that(sign, equal_to([101]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000, "of 100 MB that have passed"


def test_an_article_that_cannot_be_recorded_costs_only_itself():
    ledger = Picky()
    judge = Judge(Fixed(RULES), ledger)  # type: ignore[arg-type]
    told = [result for _, result in judge([reading(number, "talks") for number in (1, 2, 3)])]
    assert [type(result) for result in told] == [Judged, ValueError, Judged]
    assert {"d1", "d3"} <= {*ledger.concluded}
