# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How digests, moments and days are written into columns."""

from datetime import UTC, date, datetime

from ossay.codec import as_digest
from ossay.model.digest import Digest


def packed(digest: Digest) -> bytes:
    """Return a digest as its 32 bytes: half of its text, and there are many of them."""
    return bytes.fromhex(digest)


def unpacked(kept: bytes) -> Digest:
    """Return the digest that is kept as bytes."""
    return as_digest(kept.hex())


def at(moment: datetime) -> str:
    """Return a moment of any time zone as text in UTC, which sorts by time."""
    utc = moment.astimezone(UTC).replace(tzinfo=None)
    return utc.isoformat(sep=" ", timespec="microseconds")


def on(day: date) -> str:
    """Return a day as text, which sorts by time."""
    return day.isoformat()
