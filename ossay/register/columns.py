# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How digests and moments are written into columns."""

# ruff: noqa: ARG002 - SQLAlchemy hands every conversion its dialect

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, LargeBinary, TypeDecorator

from ossay.codec import as_digest
from ossay.model.digest import Digest


class DigestBytes(TypeDecorator[Digest]):
    """A digest as its 32 bytes: half of its text, and there are many of them."""

    impl = LargeBinary(32)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Write hexadecimal digits as bytes."""
        return None if value is None else bytes.fromhex(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Digest | None:
        """Read bytes as hexadecimal digits."""
        return None if value is None else as_digest(value.hex())


class Moment(TypeDecorator[datetime]):
    """A point in time, kept in UTC: SQLite knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> datetime | None:
        """Write a moment of any time zone as UTC."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read UTC."""
        return None if value is None else value.replace(tzinfo=UTC)
