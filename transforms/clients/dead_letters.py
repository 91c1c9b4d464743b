"""Failures as lines of JSON, for eyes and for `newswatch replay`."""

from pathlib import Path

from schemas.codec import to_json
from schemas.errors import UserError
from schemas.failures import Failure
from transforms.clients.jsonl import write_line


class DeadLetters:
    """An append-only file; each line is written whole, at once. Raises UserError where it cannot be opened."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        try:
            self.file = self.path.open("ab", buffering=0)
        except OSError as e:
            named_wrongly = isinstance(e, FileNotFoundError | NotADirectoryError | IsADirectoryError)
            raise UserError(f"failures.file: {self.path}: {e.strerror}", transient=not named_wrongly) from e

    def close(self) -> None:
        """Give back the file."""
        self.file.close()

    def append(self, failure: Failure) -> None:
        """Add the failure as one line; raises UserError where the disk does not take it."""
        try:
            write_line(self.file, to_json(failure).encode())
        except OSError as e:
            raise UserError(f"failures.file: {self.path}: {e.strerror}", transient=True) from e
