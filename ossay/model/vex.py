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
    """Who says it. The buyer's word decides; that of the others is shown."""

    BUYER = "buyer"
    SUPPLIER = "supplier"
    REPOSITORY = "repository"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """
    What one document says of one flaw in one product.

    Attributes:
        names: The flaw's names, as the document has them.
        product: What it is about: a purl or an address; "" where that is not told.
        components: Purls of the parts of the product that it is about; none where
            it is about the product as a whole.
        why: The justification, in the document's own words.
        where: The document: a path in the repository, or a file's name.
    """

    speaker: Speaker
    status: Status
    names: tuple[str, ...]
    product: str
    components: tuple[str, ...] = ()
    why: str = ""
    where: str = ""
