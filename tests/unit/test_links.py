"""What README and docs point to is there."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINKS = [
    (page, target)
    for page in PAGES
    for target in re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    if not re.match(r"[a-z]+:", target)
]


@pytest.mark.parametrize(("page", "target"), LINKS, ids=lambda part: part.name if isinstance(part, Path) else part)
def test_a_link_leads_to_a_file(page: Path, target: str) -> None:
    assert (page.parent / target).exists()


def test_readme_leads_to_every_page_of_docs() -> None:
    linked = {(page.parent / target).resolve() for page, target in LINKS if page.name == "README.md"}
    assert [page.name for page in (ROOT / "docs").glob("*.md") if page not in linked] == []
