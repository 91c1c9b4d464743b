from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import apache_beam as beam
from apache_beam.testing.test_pipeline import TestPipeline as BeamPipeline
from apache_beam.testing.util import assert_that, equal_to

from schemas.records import Alert, Failure, Judged, Reading
from schemas.rules import Rules, RulesFile
from tests.fakes.matches import ledger_named
from tests.fakes.notifier import FakeNotifier
from tests.fakes.records import make_document, make_mention, make_reading, make_speaker, make_statement
from transforms.alerts.stage import build_alerts, judge_readings, notify
from transforms.protocols import Notifier, NotifyError

FILE = RulesFile.model_validate(
    {
        "rules": [
            {"id": "said", "when": "statement-by", "notify": ["desk", "log"]},
            {"id": "named", "when": "mention", "throttle": "1h", "notify": ["log"]},
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


def seen_as(alert: Alert) -> tuple[str, tuple[str, ...], int]:
    return alert.rule, alert.outlets, alert.count


def failed_as(failure: Failure) -> tuple[str, str, str]:
    return failure.stage, failure.reason, failure.detail


def run(name: str, readings: Sequence[Reading], *, sent: Sequence[object], failed: Sequence[object] = ()) -> None:
    ledger = {"rules": RULES, "open_ledger": partial(ledger_named, name), "strict": True}
    unsent = ledger_named(name).undelivered()
    with BeamPipeline("FnApiRunner") as pipeline:
        judged = pipeline | "Readings" >> beam.Create(list(readings)) | "Judge" >> judge_readings(**ledger)
        left = pipeline | "Left" >> beam.Create(list(unsent))
        ids = (judged.ok | beam.FlatMap(alert_ids), left) | beam.Flatten() | beam.Distinct()
        built = ids | "Build" >> build_alerts(**ledger)
        done = built.ok | "Notify" >> notify(open_notifiers=partial(channels_named, name), **ledger)
        assert_that(done.ok | "Seen" >> beam.Map(seen_as), equal_to(list(sent)), label="sent")
        assert_that(done.failed | "Failed" >> beam.Map(failed_as), equal_to(list(failed)), label="failed")


def test_from_reading_to_notice_once():
    desk, log = FakeNotifier(errors=[NotifyError("no answer", transient=True)]), FakeNotifier()
    _CHANNELS["once"] = {"desk": desk, "log": log}
    one, copy, other = reading(1, "talks"), reading(2, "talks"), reading(3, "storm")

    named = ("named", ("Outlet 1", "Outlet 2"), 2)
    run("once", [one, copy], sent=[named], failed=[("notify", "notify-unreachable", "desk: no answer")])
    assert ledger_named("once").settled == {"d1", "d2"}
    assert (desk.got, len(log.got)) == ([], 2)

    # a restart: the same articles again and a third, the desk back
    grown = ("named", ("Outlet 1", "Outlet 2", "Outlet 3"), 3)
    talks, storm = ("said", ("Outlet 1", "Outlet 2"), 2), ("said", ("Outlet 3",), 1)
    run("once", [other, copy, one], sent=[grown, talks, storm])
    assert len(set(desk.got)) == len(desk.got) == 2
    assert len(set(log.got)) == len(log.got) == 3
    assert ledger_named("once").undelivered() == []
    assert desk.closed

    run("once", [], sent=[])
