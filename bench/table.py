"""What a benchmark found, as a page of the repository."""

from collections.abc import Iterable
from pathlib import Path

Row = tuple[str, str, str, str]
"""What was measured, its figure, its mark if it has one, and whether that is met."""


def publish(page: Path, about: str, rows: Iterable[Row]) -> None:
    """Write the rows as a table under what is said about them, and print the page."""
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    text = f"{about}\n\n| what | measured | mark | met |\n|---|---|---|---|\n{table}\n"
    page.write_text(text, encoding="utf-8")
    print(text)
