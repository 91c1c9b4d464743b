"""Lines are added to a file whole or not at all."""

import os
from io import FileIO
from pathlib import Path
from typing import Any

import pytest

from schemas.codec import from_json
from schemas.errors import UserError
from schemas.failures import Failure
from tests.fakes.records import NOON
from transforms.clients.dead_letters import DeadLetters
from transforms.clients.jsonl import append_line, write_line

FAILURE = Failure(id="f", stage="poll", reason="feed-gone", element="https://news.example/rss", seen=NOON)


class Half(FileIO):
    """A file on a disk that takes half of what it is given."""

    def write(self, data: Any) -> int:
        return super().write(bytes(data)[: len(data) // 2])


def test_a_line_that_the_disk_takes_in_part_is_taken_back(tmp_path: Path):
    path = tmp_path / "lines"
    path.write_bytes(b"first\n")
    with Half(str(path), "ab") as file, pytest.raises(OSError, match="only a part"):
        write_line(file, b"second")
    append_line(path, b"third")
    assert path.read_bytes() == b"first\nthird\n"


def test_a_dead_letter_that_the_disk_takes_in_part_is_told(tmp_path: Path):
    path = tmp_path / "failures.jsonl"
    letters = DeadLetters(str(path))
    whole, letters.file = letters.file, Half(str(path), "ab")
    with pytest.raises(UserError, match=r"failures\.file: .*failures\.jsonl: the disk took only a part"):
        letters.append(FAILURE)
    letters.close()
    letters.file = whole
    letters.append(FAILURE)
    letters.close()
    assert [from_json(Failure, line) for line in path.read_bytes().splitlines()] == [FAILURE]


def test_dead_letters_may_go_to_a_device_or_a_pipe(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    for path in (tmp_path / "pipe", Path(os.devnull)):
        letters = DeadLetters(str(path))
        letters.append(FAILURE)
        letters.close()
    assert from_json(Failure, os.read(reader, 100_000)) == FAILURE
    os.close(reader)
