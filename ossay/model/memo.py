# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The document that people read and sign."""

from dataclasses import dataclass

from ossay.model.digest import Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """
    A judgement as a document.

    Attributes:
        about: Digest of the judgement it reports.
        language: BCP 47 tag.
        media_type: "text/html", "text/markdown", "application/json", ...
    """

    about: Digest
    language: str
    media_type: str
    body: str
