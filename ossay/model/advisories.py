# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is publicly known to be wrong with software, as an office has it at hand."""

from typing import Protocol

from ossay.model.digest import Digest


class Advisories(Protocol):
    """The advisories of the register, as they stand."""

    @property
    def version(self) -> Digest:
        """Digest of all packs that were taken in; answers are filed under it."""
