"""A mail server on loopback that keeps what it is handed."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message


@dataclass
class Mailbox:
    """Where it listens, and the mails it got."""

    port: int = 0
    mails: list[Message] = field(default_factory=list)

    def text(self, kind: str) -> str:
        """Return the part of the last mail that is of that kind, or nothing."""
        parts = [part for part in self.mails[-1].walk() if part.get_content_type() == kind]
        return b"".join(part.get_payload(decode=True) for part in parts).decode()  # type: ignore[misc]


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """Serve on a free port of loopback."""
    kept = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 here")
            while line := self.rfile.readline().decode().strip():
                word = line[:4].upper()
                if word == "DATA":
                    self._say("354 go on")
                    kept.mails.append(message_from_bytes(b"".join(self._lines())))
                self._say("221 bye" if word == "QUIT" else "250 ok")

        def _lines(self) -> Iterator[bytes]:
            while (line := self.rfile.readline()) != b".\r\n":
                yield line.removeprefix(b".") if line.startswith(b"..") else line

        def _say(self, line: str) -> None:
            self.wfile.write(line.encode() + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        kept.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join()
