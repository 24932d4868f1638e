# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Packs of advisories that an office takes in: OSV, KEV and EPSS files."""

from ossay.advisories.packs import PackRefused, Taken, take_in

__all__ = ["PackRefused", "Taken", "take_in"]
