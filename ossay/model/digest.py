# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Names for content: a value is called by the SHA-256 of what it says."""

from dataclasses import dataclass
from typing import Generic, NewType, TypeVar

Digest = NewType("Digest", str)
"""64 lower-case hexadecimal digits. Made only by `ossay.codec`."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Generic[T]):
    """A value together with the digest it is filed under."""

    digest: Digest
    value: T
