# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What one register learnt of files, handed on to another."""

from dataclasses import dataclass
from datetime import datetime

from ossay.model.digest import Digest
from ossay.model.evidence import Tool


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How many facts of a scanner at a version a pack holds."""

    scanner: str
    version: Digest
    facts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The recogniser that told what a pack holds; facts are filed under *version*."""

    tool: Tool
    version: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPack:
    """
    What a fact pack says of itself. This is what is signed.

    Attributes:
        made_by: Id of the office or person.
        signed_by: The public key, 64 hexadecimal digits.
        ossay: Version that wrote it.
        engine: None where no recogniser told anything in it.
        curations: How many of what people said are in it.
        attribution: To be passed on with what it holds.
        body_digest: Of what it holds, as it is compressed.
        body_bytes: Length of that.
        unpacked_bytes: Length of what that is unpacked.
    """

    made_at: datetime
    made_by: str
    signed_by: str
    ossay: str
    engine: Told | None
    held: tuple[Held, ...]
    curations: int
    attribution: str
    body_digest: Digest
    body_bytes: int
    unpacked_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that a scanner said of a blob or of a passage."""

    scanner: str
    version: Digest
    key: str
    said: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """
    What came of taking a pack in.

    Attributes:
        digest: Of what the pack says of itself: what it is called here.
        new: Facts that nobody knew.
        same: Facts that were known already.
        other: Facts of which another was known: that one stands.
        curations: Likewise, of what people said.
    """

    digest: Digest
    pack: FactPack
    taken_at: datetime
    new: int
    same: int
    other: int
    curations: int = 0
    other_curations: int = 0
