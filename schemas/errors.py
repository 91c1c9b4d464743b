"""What a user can cause, said in one line each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a user's file: where, and why."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"


class UserError(Exception):
    """Something that the user must mend; the message says what, in one line.

    `transient` where a disk, a server or another program is to blame: the same command will do once that is mended.
    """

    def __init__(self, message: str, *, transient: bool = False) -> None:
        super().__init__(message)
        self.transient = transient


class BadFile(UserError):
    """A user's file that cannot be taken; `problems` has every fault with its line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type["BadFile"], tuple[list[Problem]]]:
        return type(self), (self.problems,)
