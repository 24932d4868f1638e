# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which addresses ossay will go to: what a stranger may name, checked once."""

import ipaddress
import re
import socket
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urlsplit

import idna

from ossay.model.errors import OssayError

LONGEST = 2_000
"""Characters of an address; more is no address but an attempt."""

_PORTS = {"https": 443, "http": 80, "ssh": 22}
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u206f\\]")
_HELPER = re.compile(r"[A-Za-z0-9+.-]*::")
_SCP_LIKE = re.compile(r"(?:(?P<user>[\w.-]+)@)?(?P<host>[\w.-]+):(?P<path>[^:]+)")
_SECRET = re.compile(r"(?<=//)[^/@]*@|[?#].*", re.DOTALL)
_USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")

_EMBEDS_IPV4 = ipaddress.ip_network("64:ff9b::/96")
"""NAT64's well-known prefix (RFC 6052); the last 32 bits are the IPv4 address."""


class CloneRefused(OssayError):
    """ossay does not go to such an address."""

    status = 2


class SourceUnreachable(OssayError):
    """The address is in order, but nobody there answered as a git server does."""

    status = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """
    What the operator allows beyond public https.

    Attributes:
        allowed_hosts: "host:port" that may be private, on any port, or plain http.
        ssh_hosts: "host" or "host:port" that may be reached by ssh, with the keys
            and known hosts of whoever runs ossay.
        ca_file: Certificates to trust instead of the system's.
    """

    allowed_hosts: frozenset[str] = frozenset()
    ssh_hosts: frozenset[str] = frozenset()
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """
    An address that was checked, written the one way it is handed to git.

    Attributes:
        url: What git is given.
        public_url: The same without a user's name, for evidence and memos.
        pinned: The network addresses that were vetted; git must use no other.
            Empty before they were, and for ssh, where the operator named the
            host.
    """

    url: str
    public_url: str
    scheme: str
    host: str
    port: int
    pinned: tuple[str, ...]


def vet(source_url: str, access: Access) -> Address:
    """Return *source_url* as an address to go to, or raise `CloneRefused`."""
    address = read_address(source_url, access)
    if address.scheme == "ssh":
        return address
    return replace(address, pinned=_resolve(address, access))


def read_address(source_url: str, access: Access) -> Address:
    """Return *source_url* as an address, checked as far as it can be read alone."""
    _refuse_oddities(source_url)
    scp_like = _SCP_LIKE.fullmatch(source_url)
    if scp_like and "://" not in source_url:
        return _read_ssh(source_url, _from_scp_like(scp_like), access)
    try:
        parts = urlsplit(source_url)
        port = parts.port
    except ValueError as error:
        raise _refusal(source_url, str(error)) from error
    match parts.scheme:
        case "https" | "http":
            return _read_http(source_url, parts, port, access)
        case "ssh":
            return _read_ssh(source_url, parts, access)
        case "":
            instead = "give one that begins with https://, or an absolute path"
            raise _refusal(source_url, "a path is no address", instead)
        case "file":
            why = "no address may name a folder of this machine"
            instead = "use https, or on the command line the folder's own path"
            raise _refusal(source_url, why, instead)
        case other:
            raise _refusal(source_url, f"{other!r} is not spoken here", "use https")


def _refuse_oddities(source_url: str) -> None:
    if not source_url or len(source_url) > LONGEST:
        raise _refusal(source_url[:80], f"an address has 1 to {LONGEST} characters")
    if source_url.startswith("-"):
        raise _refusal(source_url, "it begins with a dash, as options do")
    if _HELPER.match(source_url):
        why = "remote helpers such as 'ext::' run programs"
        raise _refusal(source_url, why, "use https")
    if _UNSEEN.search(source_url):
        raise _refusal(
            source_url, "it holds spaces, backslashes or what one cannot see"
        )
    if _UNSEEN.search(unquote(source_url)):
        raise _refusal(source_url, "it holds escaped spaces or control characters")


def _read_http(
    source_url: str, parts: SplitResult, port: int | None, access: Access
) -> Address:
    if "@" in parts.netloc:
        why = "it holds a user name or password"
        raise _refusal(source_url, why, "give it without, if it is public")
    if parts.query or parts.fragment:
        raise _refusal(
            source_url,
            "it goes on after '?' or '#', which may hold secrets",
            "give it without",
        )
    host = _host(source_url, parts)
    port = port if port is not None else _PORTS[parts.scheme]
    if f"{host}:{port}" not in access.allowed_hosts:
        _refuse_unless_plain_https(source_url, parts.scheme, host, port)
    url = f"{parts.scheme}://{_netloc(host, port, parts.scheme)}{_path(parts)}"
    return Address(
        url=url,
        public_url=url,
        scheme=parts.scheme,
        host=host,
        port=port,
        pinned=(),
    )


def _refuse_unless_plain_https(
    source_url: str, scheme: str, host: str, port: int
) -> None:
    allow = f"{host}:{port}"
    if scheme != "https":
        raise _refusal(
            source_url,
            "plain http can be altered on the way",
            f"use https, or name {allow!r} in OSSAY_ALLOWED_HOSTS",
        )
    if port != _PORTS["https"]:
        raise _refusal(
            source_url,
            f"port {port} is not https's own",
            f"leave it out, or name {allow!r} in OSSAY_ALLOWED_HOSTS",
        )


def _read_ssh(source_url: str, parts: SplitResult, access: Access) -> Address:
    host = _host(source_url, parts)
    port = parts.port if parts.port is not None else _PORTS["ssh"]
    if not {host, f"{host}:{port}"} & access.ssh_hosts:
        raise _refusal(
            source_url,
            f"ssh to {host!r} is not configured",
            f"use https, or name {host!r} in OSSAY_SSH_HOSTS",
        )
    if parts.password is not None:
        raise _refusal(source_url, "it holds a password", "give it without")
    user = parts.username or ""
    if user and not _USER.fullmatch(user):
        raise _refusal(source_url, "its user name is none")
    where = f"{_netloc(host, port, 'ssh')}{_path(parts)}"
    return Address(
        url=f"ssh://{user}@{where}" if user else f"ssh://{where}",
        public_url=f"ssh://{where}",
        scheme="ssh",
        host=host,
        port=port,
        pinned=(),
    )


def _from_scp_like(found: re.Match[str]) -> SplitResult:
    user = f"{found['user']}@" if found["user"] else ""
    path = found["path"]
    return SplitResult("ssh", f"{user}{found['host']}", f"/{path.lstrip('/')}", "", "")


def _host(source_url: str, parts: SplitResult) -> str:
    """Return the host as it goes over the wire: lower case, A-labels, no final dot."""
    name = (parts.hostname or "").rstrip(".")
    if not name:
        raise _refusal(source_url, "it names no host")
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        pass
    try:
        host = idna.encode(name, uts46=True, std3_rules=True).decode()
    except (idna.IDNAError, UnicodeError) as error:
        raise _refusal(source_url, f"{name!r} is no host name ({error})") from error
    if host.rpartition(".")[2][:1].isdigit():
        raise _refusal(source_url, f"{name!r} is a number and no host name")
    return host


def _netloc(host: str, port: int, scheme: str) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if port == _PORTS[scheme] else f"{name}:{port}"


def _path(parts: SplitResult) -> str:
    return quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")


def _resolve(address: Address, access: Access) -> tuple[str, ...]:
    """
    Return the network addresses of a host, all of them vetted.

    One private address among public ones refuses the host: a name that leads
    to both is how a stranger reaches what only we can reach.
    """
    url, host, port = address.url, address.host, address.port
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        msg = (
            f"cannot fetch {url}: no such host {host!r} ({why}); check the address, "
            "and that this machine is online"
        )
        raise SourceUnreachable(msg) from error
    addresses = tuple(sorted({str(entry[4][0]) for entry in found}))
    if f"{host}:{port}" in access.allowed_hosts:
        return addresses
    for text in addresses:
        if not is_public(text):
            raise _refusal(
                url,
                f"{host!r} is at {text}, which is not a public address",
                f"name '{host}:{port}' in OSSAY_ALLOWED_HOSTS if it is meant",
            )
    return addresses


def is_public(text: str) -> bool:
    """
    Tell whether a network address belongs to the public internet.

    IPv4 addresses carried inside IPv6 ones (mapped, 6to4, Teredo, NAT64) count
    as what they carry.
    """
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = _carried(address)
        if inner is not None:
            return is_public(str(inner))
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in _EMBEDS_IPV4:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return (
        address.ipv4_mapped
        or address.sixtofour
        or (address.teredo[1] if address.teredo else None)
    )


def _refusal(
    source_url: str, why: str, instead: str = "give the address one would clone"
) -> CloneRefused:
    """Return the refusal; what may be a password or a token is left out of it."""
    shown = _SECRET.sub("", source_url[:200])
    return CloneRefused(f"cannot go to {shown!r}: {why}; {instead}")
