"""The mapping is made of the records, and strict at every level."""

import dataclasses as dc
from collections.abc import Iterator
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from schemas.alerts import Alert
from schemas.documents import Document
from schemas.events import Event
from schemas.failures import Failure
from schemas.fields import Nested, Text
from schemas.mapping import alias, body_of, index_name, mapping_of, settings_of
from schemas.records import KINDS
from schemas.statements import Statement
from transforms.index.facets import EXACT, FACETS

KEYWORD = {"type": "keyword", "ignore_above": 1024}


def objects(mapping: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "properties" in mapping:
        yield mapping
        for field in mapping["properties"].values():
            yield from objects(field)


def field(record: type, path: str) -> dict[str, Any]:
    found: dict[str, Any] = mapping_of(record)
    for name in path.split("."):
        found = found["properties"][name]
    return found


@pytest.mark.parametrize("record", KINDS.values())
def test_every_field_of_every_record_has_a_strict_place(record: type):
    mapping = mapping_of(record)
    assert list(mapping["properties"]) == [f.name for f in dc.fields(record)]
    assert {found["dynamic"] for found in objects(mapping)} == {"strict"}


@pytest.mark.parametrize(
    ("record", "path", "expected"),
    [
        (Document, "id", KEYWORD),
        (Document, "published", {"type": "date"}),
        (Document, "authors", KEYWORD),
        (Document, "text_from", KEYWORD),
        (Document, "text", {"type": "text", "analyzer": "english_folded"}),
        (Document, "title", {"type": "text", "analyzer": "english_folded", "fields": {"raw": KEYWORD}}),
        (Statement, "confidence", {"type": "float"}),
        (Statement, "sentence.start", {"type": "integer"}),
        (Statement, "speaker.name", {"type": "text", "analyzer": "names", "fields": {"raw": KEYWORD}}),
        (Statement, "speaker.actor", KEYWORD),
        (Statement, "speaker.nationalities", KEYWORD),
        (Statement, "speaker.closeness.text", {"type": "text", "analyzer": "english_folded"}),
        (Statement, "addressee.name", {"type": "text", "analyzer": "names", "fields": {"raw": KEYWORD}}),
        (Statement, "occasion.type", KEYWORD),
        (Statement, "time.date", KEYWORD),
        (Statement, "reason", {"type": "keyword", "index": False, "doc_values": False}),
        (Failure, "payload", {"type": "keyword", "index": False, "doc_values": False}),
        (Event, "agents.actor", KEYWORD),
        (Alert, "matches.origin.outlet", KEYWORD),
    ],
)
def test_a_field_is_what_its_annotation_says(record: type, path: str, expected: dict[str, Any]):
    assert field(record, path) == expected


def test_lists_of_objects_are_nested_and_may_be_counted_flat():
    assert field(Document, "entities")["type"] == "nested"
    assert "include_in_root" not in field(Document, "entities")
    assert field(Event, "agents")["include_in_root"] is True
    assert field(Statement, "speaker")["type"] == "object"


def test_every_analyzer_that_a_field_names_is_there():
    named = {
        found["analyzer"]
        for record in KINDS.values()
        for mapping in objects(mapping_of(record))
        for found in mapping["properties"].values()
        if "analyzer" in found
    }
    assert named == set(settings_of()["analysis"]["analyzer"])


@pytest.mark.parametrize("kind", FACETS)
def test_what_a_question_looks_at_is_mapped_for_it(kind: str):
    facets, record = FACETS[kind], KINDS[kind]
    for name in EXACT:
        assert all(field(record, path) == KEYWORD for path in getattr(facets, name))
    assert all(field(record, path)["analyzer"] == "english_folded" for path in facets.text)
    assert all(field(record, path)["analyzer"] == "names" for path in (*facets.speakers, *facets.names))
    assert field(record, facets.time) == {"type": "date"}


def listed(record: Any, path: str) -> bool:
    """Return whether the path goes through a list."""
    name, _, rest = path.partition(".")
    annotation = get_type_hints(record)[name]
    inner = next((part for part in get_args(annotation) if part not in {type(None), ...}), annotation)
    return get_origin(annotation) is tuple or (rest != "" and listed(inner, rest))


@pytest.mark.parametrize("kind", FACETS)
def test_facets_that_a_record_may_have_several_of_are_known_as_lists(kind: str):
    for name in EXACT:
        paths = getattr(FACETS[kind], name)
        if len(paths) > 1 or any(listed(KINDS[kind], path) for path in paths):
            assert name in FACETS[kind].lists


def test_names_have_a_version_and_an_alias():
    assert alias("newswatch", "statements") == "newswatch-statements"
    assert index_name("newswatch", "statements") == "newswatch-statements-v1"


def test_a_body_tells_one_mapping_from_another():
    digests = {body_of(record)["mappings"]["_meta"]["newswatch"] for record in KINDS.values()}
    assert len(digests) == len(KINDS)
    assert body_of(Document) == body_of(Document)


@dc.dataclass(frozen=True)
class Odd:
    value: dict[str, str]


@dc.dataclass(frozen=True)
class Two:
    value: int | str


@pytest.mark.parametrize(("record", "told"), [(Odd, "Odd.value"), (Two, "Two.value")])
def test_a_field_without_a_rule_is_named(record: type, told: str):
    with pytest.raises(TypeError, match=told):
        mapping_of(record)


def test_the_fields_own_words():
    assert Text(analyzer="names").mapping() == {"type": "text", "analyzer": "names"}
    assert Nested().mapping() == {"type": "nested"}
