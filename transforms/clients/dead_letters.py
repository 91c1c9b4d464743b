"""Failures as lines of JSON, for eyes and for `newswatch replay`."""

from pathlib import Path
from types import TracebackType

from schemas.codec import to_json
from schemas.errors import UserError
from schemas.records import Failure


class DeadLetters:
    """An append-only file; each line is written whole, at once."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)

    def __enter__(self) -> "DeadLetters":
        try:
            self.file = self.path.open("ab", buffering=0)
        except OSError as e:
            raise UserError(f"failures.file: {self.path}: {e.strerror}") from e
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.file.close()

    def append(self, failure: Failure) -> None:
        """Add the failure as one line; raises UserError where the disk does not take it."""
        try:
            self.file.write(to_json(failure).encode() + b"\n")
        except OSError as e:
            raise UserError(f"failures.file: {self.path}: {e.strerror}") from e
