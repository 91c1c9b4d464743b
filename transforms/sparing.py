"""Hosts that do not answer are not asked again and again."""

import threading
from collections import Counter
from collections.abc import Mapping

from schemas.articles import Reply
from transforms.hosts import host_of
from transforms.protocols import Web, WebError

SILENT_AFTER = 3


class Sparing:
    """A `Web` that asks a host no more once it has left three requests in a row unanswered; for threads to share."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.unanswered: Counter[str] = Counter()
        self.lock = threading.Lock()

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int) -> Reply:
        """Return the reply; raises WebError, unasked where the host is silent."""
        host = host_of(url)
        if self.unanswered[host] >= SILENT_AFTER:
            raise WebError("unreachable", f"not asked: {SILENT_AFTER} requests in a row to {host} had no answer")
        try:
            reply = self.web.get(url, headers=headers, max_bytes=max_bytes)
        except WebError as e:
            self._note(host, answered=e.kind != "unreachable")
            raise
        self._note(host, answered=True)
        return reply

    def close(self) -> None:
        """Give back the connections."""
        self.web.close()

    def _note(self, host: str, *, answered: bool) -> None:
        with self.lock:
            if answered:
                self.unanswered.pop(host, None)
            else:
                self.unanswered[host] += 1
