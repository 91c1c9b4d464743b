"""What a process and its children have used, as the system tells it (Linux)."""

import os
from pathlib import Path


def cpu(pid: int) -> float:
    """Return the CPU seconds of the process and of those it has started."""
    return sum(map(_own_cpu, family(pid)))


def family(pid: int) -> list[str]:
    """Return the process and those it has started."""
    by_thread = Path(f"/proc/{pid}/task").glob("*/children")
    return [str(pid), *(child for children in by_thread for child in children.read_text("ascii").split())]


def resident_mb(pid: int | str) -> float:
    """Return the megabytes that the process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _own_cpu(pid: str) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
