# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Fact packs: what a register remembers of files and passages, in one signed file."""

from ossay.fact_packs.form import CannotWritePack, FactPackRefused
from ossay.fact_packs.reading import TRUSTED_KEYS, of_use, take_in, trusted_keys
from ossay.fact_packs.writing import write_pack

__all__ = [
    "TRUSTED_KEYS",
    "CannotWritePack",
    "FactPackRefused",
    "of_use",
    "take_in",
    "trusted_keys",
    "write_pack",
]
