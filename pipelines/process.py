"""The process that a command runs in: what its streams show, how it ends, what version it is of."""

import logging
import os
import sys
from typing import NoReturn

TRACKER = "ignore:resource_tracker"
"""An option of Python: a process that goes on from this one takes it over."""


def quiet() -> None:
    """Keep the libraries' chatter off the terminal, before any of them is imported; errors still show."""
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    # a watch ends at once: what its reading processes shared is then removed by Python's tracker, which would tell of
    # it; that is a process of its own, and takes over what is ignored here
    if TRACKER not in sys.warnoptions:
        sys.warnoptions.append(TRACKER)
    logging.getLogger("apache_beam").setLevel(logging.CRITICAL)  # it tells every exception twice
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that is not UTF-8 shows what it can
            stream.reconfigure(errors="backslashreplace")


def end(message: str, code: int) -> NoReturn:
    """Print the message, a line each fault, and end."""
    from pipelines.console import clean  # noqa: PLC0415  (brings rich)

    sys.stderr.write("".join(f"newswatch: {clean(line)}\n" for line in message.splitlines()))
    sys.exit(code)


def forget_output() -> None:
    """Let what nobody takes go nowhere: Python would complain of it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def version() -> str:
    """Return the installed version."""
    from importlib.metadata import PackageNotFoundError  # noqa: PLC0415  (costs a little)
    from importlib.metadata import version as installed  # noqa: PLC0415

    try:
        return installed("newswatch")
    except PackageNotFoundError:
        return "from its source, not installed"
