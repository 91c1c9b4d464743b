"""What stops a pass half-way, in the words that its author wrote: Beam wraps every error in a story of its own."""

import contextlib
import re
from collections.abc import Iterator

from schemas.errors import UserError

STEP = r" \[while running '[^']*'\]"
SAID = re.compile(rf"^(?:[\w.]+\.)?(?:UserError|SqliteError|ElasticError): (.+?)(?:{STEP})?$", re.MULTILINE)
"""The last line of such an error's traceback."""


@contextlib.contextmanager
def in_our_words() -> Iterator[None]:
    """Raise what the user must mend as UserError, and Ctrl-C as KeyboardInterrupt, however Beam tells of it."""
    try:
        yield
    except UserError as e:
        raise UserError(re.sub(f"{STEP}$", "", str(e)), transient=True) from None
    except RuntimeError as e:
        if "KeyboardInterrupt" in str(e).rstrip().rpartition("\n")[2]:
            raise KeyboardInterrupt from None
        said = SAID.findall(str(e))
        if not said:
            raise
        raise UserError(said[-1], transient=True) from None
