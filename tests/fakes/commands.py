"""The program as a user calls it: in this process, for speed, or in one of its own; and a small index to ask."""

import contextlib
import dataclasses as dc
import datetime as dt
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from typer.main import get_command

from pipelines.cli import app, main
from schemas.documents import Origin
from schemas.failures import Failure
from schemas.settings import Settings
from tests.conftest import ROOT
from tests.fakes.alerts import make_alert, make_match
from tests.fakes.records import (
    NOON,
    make_document,
    make_event,
    make_mention,
    make_reading,
    make_speaker,
    make_statement,
    origin_of,
)
from transforms.clients.opening import open_index

_GROUP: Any = get_command(app)
COMMANDS: dict[str, Any] = _GROUP.commands
"""Every command of the program, by its name."""

NASTY = "\x1b[31mred\x1b]0;title\x07 \x9b2J\u202eevil\u2066 [bold]markup[/bold] :smile: \x00\x08end"
"""What a headline may bring: commands to a terminal, turned letters, rich's markup."""


@dc.dataclass(frozen=True)
class Done:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> list[dict[str, Any]]:
        """The lines of JSON that it printed."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def complaint(self) -> str:
        """The one line on stderr; fails where there is not just one, or a traceback."""
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        return self.err.removeprefix("newswatch: ").rstrip("\n")


def newswatch(*args: str | Path, stdin: bytes = b"", encoding: str = "utf-8") -> Done:
    """Run the command in this process."""
    written = io.BytesIO(), io.BytesIO()
    out, err = (io.TextIOWrapper(to, encoding=encoding, write_through=True) for to in written)
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    code: object = 0
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main([str(arg) for arg in args])
    except SystemExit as e:
        code = e.code
    finally:
        sys.stdin = before
    assert isinstance(code, int)
    return Done(code, *(to.getvalue().decode(encoding) for to in written))


def process(
    *args: str | Path, cwd: Path, preexec: Callable[[], None] | None = None, timeout: float = 120, **env: str
) -> Done:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "pipelines.cli", *map(str, args)]
    done = subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        timeout=timeout,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | env,
        preexec_fn=preexec,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def make_failure(n: int = 1, **fields: Any) -> Failure:
    """Return the failure of a page."""
    base: dict[str, Any] = {
        "id": f"f{n}",
        "stage": "fetch",
        "reason": "page-refused",
        "entry": f"e{n}",
        "element": f"https://post.example/{n}",
        "detail": "HTTP 403",
        "seen": NOON,
    }
    return Failure(**(base | fields))


def small_index(path: Path, records: Sequence[Any] = ()) -> str:
    """Make an index of three documents and more records, and return its address."""
    url = f"sqlite:///{path}"
    early = make_document(id="d1", title="Talks at Port Ellery", published=NOON - dt.timedelta(days=1))
    late = make_document(id="d2", title="Ferry fury", outlet="The Gannet", published=NOON, text="The ferry stays.")
    undated = make_document(id="d3", title=NASTY, outlet=NASTY, text=f"{NASTY} strange")
    velden = make_speaker("Marta Velden", "marta-velden")
    readings = [
        make_reading(
            early,
            statements=(make_statement(early, "We will come.", velden),),
            mentions=(make_mention(early, "marta-velden"), make_mention(early, "ivo-karst", outcome="uncertain")),
            events=(make_event(early, "meet", agents=("marta-velden", "ivo-karst")),),
        ),
        make_reading(
            late,
            statements=(
                make_statement(late, "She is late.", make_speaker("Bo Ekberg"), about=("marta-velden",)),
                make_statement(late, "The ferry stays.", None),
            ),
            events=(make_event(late, "travel", agents=("ivo-karst",), mode="planned"),),
        ),
        make_reading(undated, statements=(nasty_statement(undated.id, origin_of(undated)),)),
    ]
    alert = make_alert(rule="talks", actors=("marta-velden",), matches=(make_match(origin=origin_of(late)),))
    with contextlib.closing(open_index(Settings.model_validate({"index": {"url": url}}))) as index:
        index.prepare()
        index.replace(readings)
        index.write([alert, make_failure(1), make_failure(2, reason="no-text"), *records])
    return url


def nasty_statement(document: str, origin: Origin) -> Any:
    """Return a statement in which every text is nasty."""
    said = make_statement(make_document(id=document), NASTY, make_speaker(NASTY))
    return dc.replace(said, origin=dc.replace(origin, title=NASTY, outlet=NASTY))
