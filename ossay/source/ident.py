# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Who signed and when, out of an author or committer line that may be nonsense."""

import re
from datetime import UTC, datetime

UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for a date that cannot be read, as it does in git."""

_LATEST = datetime(9999, 12, 31, tzinfo=UTC).timestamp()
_SECONDS = re.compile(rb"[ >](\d{1,18})(?: [+-]?\d*)?\s*")


def moment_of(signature: bytes) -> datetime:
    """Return the date at the end of an author, committer or tagger line, in UTC."""
    tail = signature[signature.rfind(b">") :]
    found = _SECONDS.search(tail)
    seconds = int(found[1]) if found else 0
    return datetime.fromtimestamp(seconds, UTC) if seconds < _LATEST else UNKNOWN


def name_and_mail(signature: bytes) -> tuple[bytes, bytes]:
    """Return name and mail address of such a line; b"" for what is not there."""
    person = signature[: signature.rfind(b">") + 1]
    name, _, mail = person.partition(b"<")
    return name.strip(), mail.strip(b"<> ")
