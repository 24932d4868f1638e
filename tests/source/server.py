# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
A git server on loopback, kind and unkind, for tests of this and other rooms.

    with serve(folder_of_repositories) as server:
        fetch(server.url("repository"), clone, access=server.access, limits=Limits())

The first folder of the path chooses how the server behaves: ``git`` serves as
it should, the others are in `_Handler`.
"""

import contextlib
import gzip
import os
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from socketserver import TCPServer
from typing import cast
from urllib.parse import unquote, urlsplit

from ossay.source import Access


@dataclass
class Server:
    """
    A server that runs.

    Attributes:
        access: Lets ossay go there: its host and port, and its certificate.
        asked: Method and path of every request so far.
        stalled: Is set when ``stall`` has fallen silent.
        release: Lets silent requests go on; set at the end anyway.
    """

    base: str
    access: Access
    asked: list[str] = field(default_factory=list)
    stalled: threading.Event = field(default_factory=threading.Event)
    release: threading.Event = field(default_factory=threading.Event)

    def url(self, name: str, manner: str = "git") -> str:
        """Return the address of the repository *name*, served in *manner*."""
        return f"{self.base}/{manner}/{name}"


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    root: Path
    served: Server

    def server_bind(self) -> None:
        """Bind without asking a name server who we are."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def handle_error(self, request: object, client_address: object) -> None:
        """Let clients hang up as they please."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self._body())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing; `Server.asked` remembers."""

    def _answer(self, body: bytes) -> None:
        server = cast("_Listener", self.server)
        server.served.asked.append(f"{self.command} {self.path}")
        manner = self.path.split("/")[1]
        match manner:
            case "git":
                self._git(body)
            case "locked":
                self._say(401, {"WWW-Authenticate": 'Basic realm="git"'})
            case "forbidden":
                self._say(403)
            case "moved":
                to = self.path.replace("/moved/", "/git/", 1)
                self._say(301, {"Location": to})
            case "elsewhere":
                self._say(302, {"Location": f"http://169.254.169.254{self.path}"})
            case "inward":
                self._say(302, {"Location": "file:///etc"})
            case "slow":
                server.served.release.wait(60)
                self._say(503)
            case "stall":
                self._stall(body)
            case "files":
                self._file()
            case "web":
                self._say(200, {"Content-Type": "text/html"}, b"<h1>Welcome</h1>")
            case "broken":
                self._say(500)
            case _:
                self._say(404)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") == "chunked":
            pieces = []
            while size := int(self.rfile.readline().strip(), 16):
                pieces.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(pieces)
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _say(
        self, status: int, headers: dict[str, str] | None = None, body: bytes = b""
    ) -> None:
        self.send_response(status)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _git(self, body: bytes) -> None:
        """Let `git http-backend` answer (CGI)."""
        server = cast("_Listener", self.server)
        parts = urlsplit(self.path)
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        done = subprocess.run(
            ["git", "http-backend"],
            input=body,
            capture_output=True,
            check=False,
            env={
                "PATH": os.environ["PATH"],
                "HOME": "/dev/null",
                "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_PROJECT_ROOT": str(server.root),
                "GIT_HTTP_EXPORT_ALL": "1",
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
                "PATH_INFO": unquote(parts.path.removeprefix("/git")),
                "QUERY_STRING": parts.query,
                "REQUEST_METHOD": self.command,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "REMOTE_ADDR": "127.0.0.1",
            },
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = dict(
            line.split(": ", 1) for line in head.decode().split("\r\n") if line
        )
        status = int(headers.pop("Status", "200 OK").split()[0])
        self._say(status, headers, content)

    def _stall(self, body: bytes) -> None:
        """Serve as git does, but fall silent when it comes to sending objects."""
        server = cast("_Listener", self.server)
        if b"command=fetch" in body:
            server.served.stalled.set()
            server.served.release.wait(60)
            self._say(503)
            return
        self.path = self.path.replace("/stall/", "/git/", 1)
        self._git(body)

    def _file(self) -> None:
        """Serve files only, as a web server that knows no git does ('dumb http')."""
        server = cast("_Listener", self.server)
        path = server.root / unquote(urlsplit(self.path).path.removeprefix("/files/"))
        if path.is_file():
            self._say(200, {"Content-Type": "text/plain"}, path.read_bytes())
        else:
            self._say(404)


@contextlib.contextmanager
def serve(root: Path, certificate: Path | None = None) -> Iterator[Server]:
    """Serve the repositories below *root*, by https if given a *certificate*."""
    listener = _Listener(("127.0.0.1", 0), _Handler)
    listener.root = root
    port = listener.server_address[1]
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        listener.socket = context.wrap_socket(listener.socket, server_side=True)
    scheme = "http" if certificate is None else "https"
    served = listener.served = Server(
        base=f"{scheme}://127.0.0.1:{port}",
        access=Access(
            allowed_hosts=frozenset({f"127.0.0.1:{port}"}), ca_file=certificate
        ),
    )
    thread = threading.Thread(target=listener.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield served
    finally:
        served.release.set()
        listener.shutdown()
        thread.join()
        listener.server_close()


def make_certificate(folder: Path) -> Path:
    """Write a certificate for 127.0.0.1 with its key into one file; return it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(alternative, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path
