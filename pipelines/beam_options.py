"""The options of `newswatch run` and `stream` that are Beam's, checked before anything runs."""

import contextlib
import difflib
import io
import logging
from collections.abc import Collection, Iterator, Sequence

from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.runners import create_runner

from schemas.errors import UserError


def check_options(args: Sequence[str], own: Sequence[str] = (), also: Collection[str] = ()) -> None:
    """Raise UserError for an argument that is neither ours nor Beam's; `own` are ours, to suggest.

    `also` are names that only the runner knows.
    """
    _refuse_stray(args)
    with _quietly():
        options = PipelineOptions(list(args), pipeline_type_check=False)
        known, given = options.get_all_options(), options.get_all_options(retain_unknown_options=True)
    unknown = sorted(given.keys() - known.keys() - {*also})
    if unknown:
        near = difflib.get_close_matches(f"--{unknown[0]}", [*own, *(f"--{name}" for name in {*known, *also})], n=1)
        hint = f": did you mean {near[0]}?" if near else "; `newswatch run --help` lists ours"
        raise UserError(f"neither newswatch nor Beam has an option {_as_typed(unknown[0], args)}{hint}")
    _check_runner(options.view_as(StandardOptions).runner)


def _as_typed(name: str, args: Sequence[str]) -> str:
    names = [arg.partition("=")[0] for arg in args]
    return next((typed for typed in names if typed.lstrip("-").replace("-", "_") == name), f"--{name}")


def _refuse_stray(args: Sequence[str]) -> None:
    """A value may follow its option after a blank; all else that is no option was typed by mistake."""
    before = ""
    for arg in args:
        if not arg.startswith("-") and (not before.startswith("--") or "=" in before):
            raise UserError(f"newswatch run does not know what to do with {arg!r}")
        before = arg


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Beam's parser writes a page of usage and ends the process: only its last words are for the user."""
    said = io.StringIO()
    log = logging.getLogger("apache_beam.options.pipeline_options")
    level = log.level
    log.setLevel(logging.CRITICAL)  # it warns of what it does not know, as we do
    try:
        with contextlib.redirect_stderr(said):
            yield
    except SystemExit:
        raise UserError(f"Beam: {said.getvalue().rstrip().rpartition('error: ')[2]}") from None
    finally:
        log.setLevel(level)


def _check_runner(name: str | None) -> None:
    try:
        create_runner(name or "DirectRunner")
    except (ValueError, ImportError, AttributeError) as e:
        raise UserError(f"--runner: {str(e).splitlines()[0]}") from None
