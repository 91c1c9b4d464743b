"""Demo outlets, watchlist and rules: written for newswatch, about invented people and publicly known facts."""

from pathlib import Path

FOLDER = Path(__file__).parent
"""Where the sample files stand."""

OUTLETS = FOLDER / "outlets"
"""One folder an outlet: outlet.yaml, its templates, its articles."""

ACTORS = FOLDER / "actors.yaml"
"""The watchlist of invented actors."""

EXPECTED = FOLDER / "expected.yaml"
"""What a careful reader finds in the articles."""

WATCHLIST = FOLDER / "watchlist.yaml"
"""The bundled watchlist: people in office, from public knowledge."""

RULES = FOLDER / "rules.yaml"
"""Alert rules for both watchlists."""
