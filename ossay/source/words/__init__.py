# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Lists of names that tell programs, mail providers and registries apart."""

from functools import cache
from importlib import resources


@cache
def words(name: str) -> frozenset[str]:
    """Return the lines of the list *name*; what follows a '#' is a remark."""
    text = (resources.files(__name__) / f"{name}.txt").read_text("utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return frozenset(line for line in lines if line)
