# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody says of a flaw in a component: that it matters here, or not (VEX)."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """The four that every form of VEX has."""

    NOT_AFFECTED = "not affected"
    AFFECTED = "affected"
    FIXED = "fixed"
    UNDER_INVESTIGATION = "under investigation"


class Speaker(StrEnum):
    """Who says it; the word of an earlier one counts before a later one's."""

    BUYER = "buyer"
    SUPPLIER = "supplier"
    REPOSITORY = "repository"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """
    What one document says of one flaw in some products.

    Attributes:
        names: The flaw's names, as the document has them.
        products: Purls that it is about, with a version or without; a document that
            names none is about nothing.
        why: The justification, in the document's own words.
        where: The document: a path in the repository, or a digest.
    """

    speaker: Speaker
    status: Status
    names: tuple[str, ...]
    products: tuple[str, ...]
    why: str = ""
    where: str = ""
