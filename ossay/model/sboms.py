# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Lists of components (SBOMs) that a buyer or a supplier handed in."""

from dataclasses import dataclass
from datetime import date

from ossay.model.digest import Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedSbom:
    """
    A document, and how it came in.

    Attributes:
        part: The part of the candidate that it was handed in for.
        name: What the file was called, without the way to it.
        digest: SHA-256 of the document; the artefact is kept under it.
        handed_by: Id of the person or job; "" where nobody said.
        handed_on: The day on which it was read.
    """

    part: str
    name: str
    digest: Digest
    handed_by: str
    handed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SbomAtHand:
    """
    A document as a collector is given it.

    Attributes:
        commit: The commit that it was handed in for.
    """

    handed: HandedSbom
    commit: str
    content: bytes
