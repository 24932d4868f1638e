# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What answers a page that asks for something: files handed in, or a gate."""

import json
import mimetypes
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, unquote, urlsplit

LOCAL = "http://localhost"
"""Where pages of a tree are shown: browsers trust it as they trust https."""

GATE = "gate"
"""The socket, among the files, behind which one host of the world is."""

_GATE_SECONDS = 20.0
_LARGEST_HEAD = 65_536

_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
    ".xhtml": "application/xhtml+xml",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """
    What comes back for an address.

    Attributes:
        url: Where it came from in the end.
        elsewhere: The host that it leads to instead; nothing was asked there.
        why: Why there is none.
    """

    url: str
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    elsewhere: str = ""
    why: str = ""


class Source(Protocol):
    """Answers for one origin."""

    @property
    def origin(self) -> str:
        """Scheme, host and port ("http://localhost")."""

    def address_of(self, asked: Mapping[str, Any]) -> str:
        """Return the address under which a page is shown."""

    def reply(self, url: str, handed: Mapping[str, str]) -> Reply:
        """Answer for *url*, which is of this origin, from what was *handed* in."""


def source_of(files: Path, asked: Mapping[str, Any]) -> Source:
    """Return what answers, as it is *asked* for among the *files*."""
    if "site" in asked:
        return Gate(socket_path=files / GATE, origin=asked["site"])
    return Files(folder=files / "files")


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Files of a tree; a page gets those that were handed in for it, and no others."""

    folder: Path
    origin: str = LOCAL

    def address_of(self, asked: Mapping[str, Any]) -> str:
        return f"{self.origin}/{quote(asked['address'])}"

    def reply(self, url: str, handed: Mapping[str, str]) -> Reply:
        path = handed.get(unquote(urlsplit(url).path).lstrip("/"))
        if path is None:
            return Reply(url=url, status=404)
        try:
            body = (self.folder / path).read_bytes()
        except OSError:
            return Reply(url=url, status=404)
        return Reply(
            url=url, status=200, headers={"content-type": _type_of(path)}, body=body
        )


def _type_of(path: str) -> str:
    ending = Path(path).suffix.lower()
    known = _TYPES.get(ending) or mimetypes.guess_type(path)[0]
    return known or "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """The one host that a page of a running instance may get something from."""

    socket_path: Path
    origin: str

    def address_of(self, asked: Mapping[str, Any]) -> str:
        address: str = asked["page"]
        return address

    def reply(self, url: str, handed: Mapping[str, str]) -> Reply:  # noqa: ARG002
        try:
            return self._asked(url)
        except (OSError, ValueError, KeyError) as error:
            return Reply(url=url, why=f"nothing came through: {error}")

    def _asked(self, url: str) -> Reply:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as gate:
            gate.settimeout(_GATE_SECONDS)
            gate.connect(str(self.socket_path))
            gate.sendall(json.dumps({"url": url}).encode() + b"\n")
            with gate.makefile("rb") as answer:
                head: dict[str, Any] = json.loads(answer.readline(_LARGEST_HEAD))
                body = answer.read(head["bytes"])
        if len(body) != head["bytes"]:
            return Reply(url=url, why="the answer broke off")
        return Reply(
            url=head["url"],
            status=head["status"],
            headers=head["headers"],
            body=body,
            elsewhere=head["elsewhere"],
            why=head["why"],
        )
