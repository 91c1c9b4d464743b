"""Users' files: every fault with file, line and reason."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from schemas.errors import BadFile
from schemas.files import load, parse


class Thing(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1)
    size: int = 0


class Things(BaseModel):
    model_config = ConfigDict(extra="forbid")
    things: list[Thing]


CASES = {
    "things:\n  - name: a\n  - nmae: b\n": ":3: unknown key 'nmae': did you mean 'name'?",
    "things:\n  - name: a\n  - name: b\n    size: big\n": ":4: size: a whole number, not 'big'",
    "things:\n  - name: ''\n": ":2: name: empty",
    "things: [\n": "not YAML",
    "a: 1\na: 2\n": ":2: the key 'a' stands here twice",
    "": ": the file: nothing stands here: keys with values belong here",
    "things:\n\t- name: a\n": ":2: not YAML",
}


@pytest.mark.parametrize(("text", "message"), CASES.items())
def test_fault_has_its_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "things.yaml"
    file.write_text(text)
    with pytest.raises(BadFile) as error:
        load(file, Things)
    assert message in str(error.value)
    assert str(error.value).startswith(str(file))


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "things.yaml"
    file.write_text("things:\n  - nam: a\n  - nam: b\n")
    with pytest.raises(BadFile) as error:
        load(file, Things)
    assert sorted({p.line for p in error.value.problems}) == [2, 3]


@pytest.mark.parametrize("make", ["missing", "folder", "bytes"])
def test_file_that_cannot_be_read(tmp_path: Path, make: str) -> None:
    file = tmp_path / "x.yaml"
    if make == "folder":
        file.mkdir()
    elif make == "bytes":
        file.write_bytes(b"\xff\xfe\x00a")
    with pytest.raises(BadFile, match=r"no such file|Is a directory|not UTF-8"):
        load(file, Things)


def test_dates_and_long_numbers_stay_as_written() -> None:
    value, _ = parse("a: 2025-02-16\nb: '1'\n", "x")
    assert value == {"a": "2025-02-16", "b": "1"}


@given(st.text(max_size=200))
def test_any_text_is_values_or_a_bad_file(text: str) -> None:
    try:
        parse(text, "x")
    except BadFile as e:
        assert e.problems
