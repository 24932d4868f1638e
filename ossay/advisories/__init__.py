# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What an office takes in of flaws: OSV, KEV and EPSS files, and VEX documents."""

from ossay.advisories.packs import PackRefused, Taken, take_in
from ossay.advisories.statements import take_statements

__all__ = ["PackRefused", "Taken", "take_in", "take_statements"]
