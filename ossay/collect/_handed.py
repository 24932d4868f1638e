# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Paths of files that were handed to a tool, which has them in another folder."""

from collections.abc import Set as AbstractSet


def asked_path(written: str, asked: AbstractSet[str]) -> str:
    """
    Return which of the paths *asked* about a tool means.

    Raises:
        ValueError: None of them.
    """
    rest = written
    while rest:
        if rest in asked:
            return rest
        rest = rest.partition("/")[2]
    raise ValueError("a file that was not asked about")
