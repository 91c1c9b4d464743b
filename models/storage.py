"""Writing a folder so that a reader sees the old one or the new one, never half of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path


def replace_folder(folder: Path, write: Callable[[Path], object]) -> None:
    """Write into a neighbour, then swap it in."""
    fresh = folder.with_name(f".{folder.name}.new{os.getpid()}")
    stale = folder.with_name(f".{folder.name}.old{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.parent.mkdir(parents=True, exist_ok=True)
    write(fresh)
    if folder.exists():
        folder.rename(stale)
    fresh.rename(folder)
    shutil.rmtree(stale, ignore_errors=True)
