"""Certificates both ways, on loopback: the server's by a CA of one's own, the client's that the server asks for."""

import json
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from schemas.errors import UserError
from schemas.settings import Index as IndexSettings
from transforms.clients.elastic_index import open_elastic

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl to make certificates with")


@dataclass
class Served:
    """A server that answers only to those with a certificate of the CA; the names on the certificates it saw."""

    url: str
    folder: Path
    names: list[str] = field(default_factory=list)

    def settings(self, **more: str) -> IndexSettings:
        return IndexSettings(url=self.url, ca_certs=str(self.folder / "ca.crt"), **more)  # type: ignore[arg-type]


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def certificate(folder: Path, name: str, *, ca: bool = False) -> None:
    """Make a key and a certificate of that name; all but the CA's are signed by it."""
    new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key"]
    subject = ["-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    signed = [] if ca else ["-CA", "ca.crt", "-CAkey", "ca.key"]
    openssl(folder, "req", "-x509", *new, *subject, *signed, "-out", f"{name}.crt")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("certificates")
    certificate(folder, "ca", ca=True)
    for name in ("server", "newswatch"):
        certificate(folder, name)
    found = Served("", folder)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            subject = self.connection.getpeercert()["subject"]  # type: ignore[attr-defined]
            found.names += [value for part in subject for key, value in part if key == "commonName"]
            body = json.dumps({"version": {"number": "9.4.3"}, "tagline": "You Know, for Search"}).encode()
            self.send_response(200)
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.crt", folder / "server.key")
    context.load_verify_locations(folder / "ca.crt")
    context.verify_mode = ssl.CERT_REQUIRED
    http.socket = context.wrap_socket(http.socket, server_side=True)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    found.url = f"https://127.0.0.1:{http.server_port}"
    yield found
    http.shutdown()
    http.server_close()


def test_the_clients_own_certificate_says_who_asks(served: Served):
    cert, key = (str(served.folder / f"newswatch.{end}") for end in ("crt", "key"))
    open_elastic(served.settings(client_cert=cert, client_key=key)).close()
    together = served.folder / "both.pem"
    together.write_bytes(Path(key).read_bytes() + Path(cert).read_bytes())
    open_elastic(served.settings(client_cert=str(together))).close()
    assert served.names == ["newswatch", "newswatch"]


def test_without_one_or_without_the_ca_there_is_no_connection(served: Served):
    with pytest.raises(UserError, match=r"^https://127.0.0.1:\d+: no "):
        open_elastic(served.settings())
    with pytest.raises(UserError, match="no trusted connection"):
        open_elastic(IndexSettings(url=served.url))
