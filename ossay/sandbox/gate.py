# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The one way out of a sandbox: a socket behind which one site answers."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ossay.model.sites import Fetched, Reach

_LONGEST_QUESTION = 20_000
_WAIT_SECONDS = 5.0
"""For a question that was begun; nobody speaks slowly over a socket of one machine."""

_TICK_SECONDS = 0.1


@contextmanager
def opened(at: Path, reach: Reach) -> Iterator[None]:
    """
    Answer at the socket *at* with what *reach* gets, until the block is left.

    A connection asks for one address (`{"url": …}`, a line) and gets a line of JSON,
    then the content. Whoever is in the sandbox may ask for what they like: *reach*
    goes to its own site alone, and no further than it may.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(at))
        listening.listen()
        listening.settimeout(_TICK_SECONDS)
        is_over = threading.Event()
        porter = threading.Thread(target=_serve, args=(listening, reach, is_over))
        porter.start()
        try:
            yield
        finally:
            is_over.set()
            porter.join()


def _serve(listening: socket.socket, reach: Reach, is_over: threading.Event) -> None:
    while not is_over.is_set():
        with suppress(OSError):
            connection, _ = listening.accept()
            with connection:
                connection.settimeout(_WAIT_SECONDS)
                _answer(connection, reach)


def _answer(connection: socket.socket, reach: Reach) -> None:
    with connection.makefile("rb") as asked:
        line = asked.readline(_LONGEST_QUESTION)
    try:
        url = json.loads(line)["url"]
    except (ValueError, LookupError, TypeError, RecursionError):
        url = None
    found = reach.get(url) if isinstance(url, str) else Fetched(url="", why="no url")
    connection.sendall(json.dumps(_head(found)).encode() + b"\n" + found.body)


def _head(found: Fetched) -> dict[str, Any]:
    kind = {"content-type": found.content_type} if found.content_type else {}
    return {
        "url": found.url,
        "status": found.status,
        "headers": kind,
        "bytes": len(found.body),
        "elsewhere": found.elsewhere,
        "why": found.why,
    }
