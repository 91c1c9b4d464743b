"""How long a text may be read: one that would hold its reader for ever costs half a minute, and only itself."""

import contextlib
import signal
import threading
from collections.abc import Iterator, Sequence

from schemas.articles import Article
from schemas.failures import Rejected

BASE_S = 30.0
"""So long the shortest text may take, on a machine that has much else to do."""

CHARACTERS_A_SECOND = 2000
"""A thirtieth of what one core reads."""

AGAIN_S = 1.0
"""Where somebody swallows the word that time is up, it comes again."""


def allowed(articles: Sequence[Article], base_s: float = BASE_S) -> float:
    """Return the seconds that reading those may take together."""
    return base_s + sum(len(article.text) for article in articles) / CHARACTERS_A_SECOND


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise Rejected inside what takes longer; where there are no such timers (another thread, Windows) never.

    Only a signal reaches what holds the interpreter for ever (a regular expression), and only in a main thread.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        raise Rejected("unreadable", f"reading it took longer than {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, stop)
    left = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *left)
        signal.signal(signal.SIGALRM, before or signal.SIG_DFL)
