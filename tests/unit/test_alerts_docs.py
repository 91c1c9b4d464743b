"""Every example of docs/alerts.md is a file of rules that newswatch takes."""

import re

import pytest
import yaml

from pipelines.commands import event_types
from schemas.counting import RuleType
from schemas.rules import faults, rules_in
from schemas.rules_file import RulesFile
from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "alerts.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", TEXT, flags=re.DOTALL | re.MULTILINE)
FILES = [example for example in EXAMPLES if not example.startswith(" ")]


@pytest.mark.parametrize("example", FILES)
def test_an_example_is_sound(example: str):
    read = yaml.safe_load(example)
    file = {"rules": read} if isinstance(read, list) else {"rules": [], **read}
    assert faults(rules_in(RulesFile.model_validate(file))) == []


def test_every_type_of_event_is_listed():
    listed = TEXT.partition("- `events` are ")[2].partition(";")[0]
    assert listed.split() == ", ".join(f"`{type_}`" for type_ in sorted(event_types())).split()


def test_each_type_has_its_example():
    found = {rule for example in FILES for rule in re.findall(r"type: (\w+)", example)}
    assert found == set(RuleType.__args__) - {"any"}
