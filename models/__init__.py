"""The bundled English pipeline: the trained model and the code that trains it."""

from __future__ import annotations

from pathlib import Path

BUNDLED = Path(__file__).parent / "en_newswatch"
