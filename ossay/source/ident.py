# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Who signed and when, out of an author or committer line that may be nonsense."""

import re
from datetime import UTC, datetime

_LATEST = datetime(9999, 12, 31, tzinfo=UTC).timestamp()
_SECONDS = re.compile(rb"[ >](\d{1,18})(?: [+-]?\d*)?\s*")


def moment_of(signature: bytes) -> datetime:
    """Return the date at the end of an author, committer or tagger line, in UTC."""
    return datetime.fromtimestamp(seconds_of(signature), UTC)


def seconds_of(signature: bytes) -> int:
    """Return that date in seconds since 1970; 0 where it cannot be read, as in git."""
    tail = signature[signature.rfind(b">") :]
    found = _SECONDS.search(tail)
    seconds = int(found[1]) if found else 0
    return seconds if seconds < _LATEST else 0


def name_and_mail(signature: bytes) -> tuple[bytes, bytes]:
    """Return name and mail address of such a line; b"" for what is not there."""
    person = signature[: signature.rfind(b">") + 1]
    name, _, mail = person.partition(b"<")
    return name.strip(), mail.strip(b"<> ")
