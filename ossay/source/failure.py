# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What git complained of on the way, in one sentence that says what to do."""

import re

from ossay.model.errors import OssayError
from ossay.source.address import Address, SourceUnreachable


class NothingThere(OssayError):
    """There is no git repository at the address, or an empty one."""

    status = 3


class ObjectsRefused(OssayError):
    """The server sent objects that git's checks do not accept."""

    status = 3


class CloneTooLarge(OssayError):
    """The repository is larger than the limit."""


class CannotWrite(OssayError):
    """What was fetched could not be written."""

    status = 73


_SAID: tuple[tuple[str, type[OssayError], str], ...] = (
    (
        r"No space left on device|File too large|Disk quota exceeded"
        r"|Read-only file system|unable to (?:create|write)",
        CannotWrite,
        "it cannot be written ({detail}); make room, or name another folder in "
        "OSSAY_HOME",
    ),
    (
        r"could not read Username|could not read Password|Authentication failed"
        r"|returned error: 401|askpass",
        SourceUnreachable,
        "the server asked for a password; check that the repository exists and is "
        "public",
    ),
    (
        r"returned error: 403|Permission denied",
        SourceUnreachable,
        "the server refused access; check that the repository is public",
    ),
    (
        r"returned error: 30\d|redirect",
        SourceUnreachable,
        "the server sent us on to another address; give that address instead",
    ),
    (
        r"returned error: 5\d\d",
        SourceUnreachable,
        "the server could not answer ({detail}); try again later",
    ),
    (
        r"fsck error|[Ee]rror in object",
        ObjectsRefused,
        "git's checks (fsckObjects) refused what the server sent ({detail}); tell "
        "the maintainers",
    ),
    (
        r"dumb http transport does not support",
        SourceUnreachable,
        "the server offers files only and no git protocol ('dumb http'); ask its "
        "operator to switch git's own protocol on",
    ),
    (
        r"repository '.*' not found|returned error: (?:404|410)",
        NothingThere,
        "there is no repository at this address (not found); check its spelling",
    ),
    (
        r"not valid: is this a git repository|does not appear to be a git repository"
        r"|invalid server response|not a git repository",
        NothingThere,
        "what answers there is no git repository; give the address one would clone",
    ),
    (
        r"[Cc]onnection refused|Could(?:n't| not) connect to server|Failed to connect",
        SourceUnreachable,
        "the connection was refused; check host and port, or try again later",
    ),
    (
        r"Could not resolve host",
        SourceUnreachable,
        "no such host; check the address, and that this machine is online",
    ),
    (
        r"certificate|SSL|TLS|gnutls",
        SourceUnreachable,
        "no trusted connection could be made ({detail}); check the address, or name "
        "the certificates to trust in OSSAY_CA_FILE",
    ),
    (
        r"[Tt]imed out|too slow|timeout",
        SourceUnreachable,
        "the server did not answer in time; try again later",
    ),
    (
        r"invalid index-pack output|early EOF|hung up unexpectedly"
        r"|unexpected disconnect|RPC failed|transfer closed",
        SourceUnreachable,
        "the server broke off; try again later ({detail})",
    ),
)


def failed(address: Address, complaints: bytes) -> OssayError:
    """Return the error that says what *complaints* of git mean for a person."""
    text = complaints.decode(errors="backslashreplace")
    detail = _detail(text)
    for pattern, error, sentence in _SAID:
        if re.search(pattern, text):
            why = sentence.format(detail=detail)
            return error(f"cannot fetch {address.public_url}: {why}")
    return SourceUnreachable(
        f"cannot fetch {address.public_url}: git says {detail!r}; try again later"
    )


def _detail(text: str) -> str:
    """Return git's first complaint that is more than a warning, on one line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    grave = [line for line in lines if line.startswith(("error:", "fatal:"))]
    chosen = (grave or lines or ["git gave no reason"])[0]
    return re.sub(r"[^\x20-\x7e]", "?", chosen)[:300]
