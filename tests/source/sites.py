# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A web site on loopback, and what was asked of it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Shown:
    """
    What a path answers: a status, what it is, and the content.

    *says_bytes* is how much it promises, if that is not what it sends.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(
        default_factory=lambda: {"Content-Type": "text/html"}
    )
    says_bytes: int | None = None


@dataclass
class WebSite:
    """A running site; *pages* may be changed while it runs."""

    port: int
    pages: dict[str, Shown]
    asked: list[tuple[str, str]] = field(default_factory=list)
    heard: list[dict[str, str]] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"


@contextmanager
def web_site(pages: dict[str, Shown]) -> Iterator[WebSite]:
    """Run a site on a port of its own."""
    site = WebSite(port=0, pages=pages)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.command, self.path))
            site.heard.append(dict(self.headers))
            shown = site.pages.get(self.path, Shown(status=404))
            length = len(shown.body) if shown.says_bytes is None else shown.says_bytes
            self.send_response(shown.status)
            for name, value in shown.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(shown.body)

        do_POST = do_HEAD = do_PUT = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
