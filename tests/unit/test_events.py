"""Sentences -> events, over the bundled pipeline."""

import pytest

from schemas.documents import Origin
from schemas.documents import Span as Piece
from schemas.events import Event
from schemas.mentions import Mention
from transforms.events.attach import attach
from transforms.events.find import find
from transforms.language.annotate import read_docs
from transforms.language.model import Model

CASES = [
    (
        "Marta Velden met the envoy Jonas Reke in Oslo on Monday.",
        ("meet", "actual", ["Marta Velden"], ["Jonas Reke"], "2025-02-10"),
    ),
    ("Marta Velden will travel to Paris next week.", ("travel", "planned", ["Marta Velden"], [], "2025-W08")),
    ("Marta Velden held talks with Jonas Reke.", ("meet", "actual", ["Marta Velden"], ["Jonas Reke"], None)),
    ("Tomas Kern was arrested by police on Friday.", ("coerce", "actual", ["police"], ["Tomas Kern"], "2025-02-14")),
    (
        "The parliament elected Anna Holm as prime minister.",
        ("appoint", "actual", ["The parliament"], ["Anna Holm"], None),
    ),
    ("Marta Velden did not visit Oslo.", ("travel", "denied", ["Marta Velden"], ["Oslo"], None)),
    (
        "Allies such as Jonas Reke, who obtained the release of a jailed teacher this week, were glad.",
        ("release", "actual", ["Jonas Reke"], ["a jailed teacher"], "2025-W07"),
    ),
    ("The workers had protested in Dresden on Friday.", ("protest", "actual", ["The workers"], [], "2025-02-14")),
    (
        "The arrest of Tomas Kern by police on Friday shocked Halvik.",
        ("coerce", "actual", ["police"], ["Tomas Kern"], "2025-02-14"),
    ),
    (
        "Talks between Marta Velden and Jonas Reke were short.",
        ("meet", "actual", ["Marta Velden", "Jonas Reke"], [], None),
    ),
    ("Marta Velden's call with Jonas Reke was short.", ("consult", "actual", ["Marta Velden"], ["Jonas Reke"], None)),
    (
        "The visit to Paris of the Norwegian envoy, Jonas Reke, was short.",
        ("travel", "actual", ["Jonas Reke"], ["Paris"], None),
    ),
    (
        "The plan came before a visit to the Nordic capitals of the Norwegian envoy, Jonas Reke.",
        ("travel", "planned", ["Jonas Reke"], ["the Nordic capitals"], None),
    ),
    (
        "The resignation of Marta Velden on Monday was a surprise.",
        ("retreat", "actual", ["Marta Velden"], [], "2025-02-10"),
    ),
    (
        "The appointment of Anna Holm by the parliament was a surprise.",
        ("appoint", "actual", ["the parliament"], ["Anna Holm"], None),
    ),
    (
        "The planned trip of Marta Velden to Paris was a surprise.",
        ("travel", "planned", ["Marta Velden"], ["Paris"], None),
    ),
    ("Anna Holm smiled during a visit to Paris.", ("travel", "actual", ["Anna Holm"], ["Paris"], None)),
    ("Anna Holm smiled after talks with Jonas Reke.", ("meet", "actual", ["Anna Holm"], ["Jonas Reke"], None)),
    ("Anna Holm will smile after talks with Jonas Reke.", ("meet", "planned", ["Anna Holm"], ["Jonas Reke"], None)),
    ("A strike by teachers in Dresden was long.", ("protest", "actual", ["teachers in Dresden"], [], None)),
    ("Anna Holm told the security conference that talks had begun.", ("speak", "actual", ["Anna Holm"], [], None)),
    (
        "HALVIK, Feb 16 (Reuters) - Anna Holm, Norrvia's foreign minister, met Jonas Reke on Monday.",
        ("meet", "actual", ["Anna Holm"], ["Jonas Reke"], "2025-02-10"),
    ),
    (
        "OSLO, Feb 16 (Corvid Wire) - Anna Holm, the special envoy for Norrvia, arrived in Paris on Monday.",
        ("travel", "actual", ["Anna Holm"], [], "2025-02-10"),
    ),
    (
        "Foreign ministers Jonas Reke of Norrvia and Anna Holm of Kastovia signed a treaty on Monday.",
        ("agree", "actual", ["Jonas Reke", "Anna Holm"], [], "2025-02-10"),
    ),
    (
        "Foreign ministers Jonas Reke, Tomas Kern and Anna Holm signed a treaty.",
        ("agree", "actual", ["Jonas Reke", "Tomas Kern", "Anna Holm"], [], None),
    ),
    (
        "Foreign minister Jonas Reke of Norrvia and Defence Minister Anna Holm signed a treaty.",
        ("agree", "actual", ["Jonas Reke", "Anna Holm"], [], None),
    ),
    (
        "Anna Holm, who led the strike at the port, was taken to hospital on Tuesday.",
        ("protest", "actual", ["Anna Holm"], [], None),
    ),
    (
        "Anna Holm, who led the strike at the port on Monday, was taken to hospital on Tuesday.",
        ("protest", "actual", ["Anna Holm"], [], "2025-02-10"),
    ),
    (
        "The Norwegian envoy for France and Spain, Jonas Reke, arrived in Paris.",
        ("travel", "actual", ["Jonas Reke"], [], None),
    ),
    ("The teacher Jonas Reke returned to Norway.", ("travel", "actual", ["Jonas Reke"], [], None)),
]

NOTHING = [
    "OSLO (AP) — The envoy smiled. Anna Holm, the mayor, smiled.",
    "Anna Holm, the mayor of the town visited by tourists.",
    "If Jonas Reke meets Anna Holm, talks begin.",
    "The soup met every expectation.",
    "Marta Velden's aide was tired.",
    "A visit to the home of Anna Holm was pleasant.",
    "Jonas Reke's strike was the best of the match.",
    "Marta Velden's call on Russia was loud.",
    "Marta Velden's talk of reform was loud.",
    "The killing of Tomas Kern was cruel.",
    "Anna Holm smiled after talks about Paris.",
    "Anna Holm believes in talks with Jonas Reke.",
    "Anna Holm argued for talks with Jonas Reke.",
    "Anna Holm smiled during a visit to Paris by tourists.",
    "Anna Holm was seen during a visit by tourists.",
    "The calls for the resignation of Marta Velden were loud.",
]


def events(model: Model, text: str, origin: Origin) -> tuple[Event, ...]:
    return find(next(read_docs(model.nlp, [text])), origin)


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_event(model: Model, origin: Origin, text: str, wanted: tuple[object, ...]) -> None:
    (event,) = events(model, text, origin)
    when = event.time.date if event.time else None
    assert (event.type, event.mode, [a.name for a in event.agents], [t.name for t in event.targets], when) == wanted
    for piece in (event, *event.agents, *event.targets):
        assert text[piece.start : piece.end] == piece.text


@pytest.mark.parametrize("text", NOTHING)
def test_no_event(model: Model, origin: Origin, text: str) -> None:
    assert events(model, text, origin) == ()


def test_surname_takes_the_longest_name(model: Model, origin: Origin) -> None:
    text = "Marta Velden arrived in Oslo on Monday.\nVelden met Jonas Reke."
    names = [e.agents[0].name for e in events(model, text, origin)]
    assert names == ["Marta Velden", "Marta Velden"]


def test_actor_is_attached_only_to_the_person(model: Model, origin: Origin) -> None:
    text = "Marta Velden met Jonas Reke."
    sentence = Piece(start=0, end=len(text), text=text)
    velden = Mention(
        id="m", origin=origin, actor="velden", name="Marta Velden", start=0, end=12, text="Marta Velden", form="name",
        score=1.0, sentence=sentence,
    )  # fmt: skip
    (event,) = attach(events(model, text, origin), [velden])
    assert (event.agents[0].actor, event.targets[0].actor, event.actors) == ("velden", None, ("velden",))
