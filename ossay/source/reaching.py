# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Gets pages of one running instance: GET alone, one host alone, within limits."""

import http.client
import socket
import ssl
import time
from urllib.parse import urljoin, urlsplit

from ossay.model.errors import OssayError
from ossay.model.sites import Fetched
from ossay.source.address import Access, Address, CloneRefused, read_address, vet

SECONDS = 15.0
"""For one answer, from the first word to the last."""

LARGEST_ANSWER_BYTES = 10_000_000
LARGEST_VISIT_BYTES = 100_000_000
MOST_REQUESTS = 1_000
MOST_REDIRECTS = 5

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PIECE_BYTES = 1 << 16
_ASKED_WITH = {
    "User-Agent": "ossay (accessibility test, with the owner's permission)",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
    "Accept-Language": "en",
}
"""No cookie, no credential: what a stranger is shown is what is looked at."""


class _Nothing(OssayError):
    """Nothing that can be used came back; the message says why."""


def read_site(url: str, access: Access) -> Address:
    """Return the address of a site, checked as far as it can be read alone."""
    if not url.lower().startswith(("https://", "http://")):
        msg = f"cannot visit {url[:80]!r}: a site's address begins with https://"
        raise CloneRefused(msg)
    return read_address(url, access)


class HttpReach:
    """
    The way to one host and port.

    Its network address is looked up and vetted once; no later answer of a name server
    can lead elsewhere.

    Raises:
        CloneRefused: The address is private, or ossay does not go there.
        SourceUnreachable: There is no such host.
    """

    def __init__(self, url: str, access: Access) -> None:
        read_site(url, access)
        self._address = vet(url, access)
        self._context = ssl.create_default_context(
            cafile=str(access.ca_file) if access.ca_file else None
        )
        self._is_settled = True
        self._requests = 0
        self._bytes = 0

    @property
    def origin(self) -> str:
        """Scheme, host and port, as browsers write them."""
        parts = urlsplit(self._address.url)
        return f"{parts.scheme}://{parts.netloc}"

    def get(self, url: str) -> Fetched:
        """Return what *url* shows, redirects within the site followed."""
        for _ in range(MOST_REDIRECTS + 1):
            if not _is_within(self.origin, url):
                return Fetched(url=url, elsewhere=_host_of(url))
            try:
                found, leads_to = self._once(url)
            except _Nothing as why:
                self._is_settled = False
                return Fetched(url=url, why=str(why))
            if not leads_to:
                return found
            url = urljoin(url, leads_to)
        return Fetched(url=url, why=f"it redirects more than {MOST_REDIRECTS} times")

    def is_settled(self) -> bool:
        """Tell whether something came back each time; what did not may come later."""
        return self._is_settled

    def _once(self, url: str) -> tuple[Fetched, str]:
        """Return an answer, and the address that it sends on to ("" if none)."""
        self._requests += 1
        if self._requests > MOST_REQUESTS:
            msg = f"the visit took more than {MOST_REQUESTS:,} requests"
            raise _Nothing(msg)
        connection = self._connected()
        try:
            connection.request("GET", _target_of(url), headers=_ASKED_WITH)
            answer = connection.getresponse()
            leads_to = answer.headers.get("Location") or ""
            if answer.status in _REDIRECTS and leads_to:
                return Fetched(url=url), leads_to
            body = self._body(answer)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _Nothing(f"no answer came: {_reason(error)}") from error
        finally:
            connection.close()
        told = answer.headers.get("Content-Type") or ""
        found = Fetched(url=url, status=answer.status, content_type=told, body=body)
        return found, ""

    def _connected(self) -> http.client.HTTPConnection:
        host, port = self._address.host, self._address.port
        if self._address.scheme == "https":
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                host, port, timeout=SECONDS, context=self._context
            )
        else:
            connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
        try:
            plain = self._socket()
            connection.sock = (
                self._context.wrap_socket(plain, server_hostname=host)
                if self._address.scheme == "https"
                else plain
            )
        except OSError as error:
            raise _Nothing(f"nobody answers there: {_reason(error)}") from error
        return connection

    def _socket(self) -> socket.socket:
        """Return a connection to one of the network addresses that were vetted."""
        error: OSError = OSError("no address")
        for address in self._address.pinned:
            try:
                return socket.create_connection(
                    (address, self._address.port), timeout=SECONDS
                )
            except OSError as reason:
                error = reason
        raise error

    def _body(self, answer: http.client.HTTPResponse) -> bytes:
        ends = time.monotonic() + SECONDS
        body = bytearray()
        while piece := answer.read(_PIECE_BYTES):
            body += piece
            self._bytes += len(piece)
            if len(body) > LARGEST_ANSWER_BYTES:
                msg = f"the answer is larger than {LARGEST_ANSWER_BYTES:,} bytes"
                raise _Nothing(msg)
            if self._bytes > LARGEST_VISIT_BYTES:
                msg = f"the visit took more than {LARGEST_VISIT_BYTES:,} bytes"
                raise _Nothing(msg)
            if time.monotonic() > ends:
                raise _Nothing(f"the answer took more than {SECONDS:.0f} s")
        if answer.length:
            raise _Nothing("the answer broke off")
        return bytes(body)


def _is_within(origin: str, url: str) -> bool:
    return url == origin or url.startswith((f"{origin}/", f"{origin}?"))


def _target_of(url: str) -> str:
    parts = urlsplit(url)
    path = parts.path or "/"
    target = f"{path}?{parts.query}" if parts.query else path
    if not target.isascii() or not target.isprintable() or " " in target:
        msg = "the address holds what no address may"
        raise _Nothing(msg)
    return target


def _host_of(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return "".join(c for c in host if c.isprintable())[:255] or "no host"


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"not within {SECONDS:.0f} s"
    told = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return "".join(c for c in told if c.isprintable())[:200]
