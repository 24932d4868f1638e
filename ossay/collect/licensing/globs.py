# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Path patterns of strangers, matched in a time that stays within bounds."""

import re
from collections.abc import Iterable

LONGEST_PATH = 1_024
"""Longer paths match no pattern; the longest in 27 real trees had 230."""

_STARS = re.compile(r"((?:\.\*|\[\^/\]\*)+)")
"""The wildcards as `reuse` and `debian.copyright` translate them."""


def bounded(patterns: Iterable[str]) -> "re.Pattern[str]":
    """
    Return one expression for *patterns*, translations of globs, safe to match.

    As it stands, a dozen wildcards and one long path would take years: each
    wildcard tries all lengths for all lengths of the others. But what stands
    between two `.*` may settle on its first match, since `.*` passes over
    whatever follows, and so may a literal between two `[^/]*`. Only the last
    wildcard has to reach the end.
    """
    return re.compile("|".join(f"(?:{_settling(p)})" for p in patterns), re.DOTALL)


def matches(pattern: "re.Pattern[str]", path: str) -> bool:
    """Tell whether *pattern* stands for all of *path*."""
    return len(path) <= LONGEST_PATH and pattern.fullmatch(path) is not None


def _settling(pattern: str) -> str:
    first, *rest = _STARS.split(pattern)
    stretches: list[list[tuple[str, str]]] = [[]]
    for stars, literal in zip(rest[::2], rest[1::2], strict=True):
        star = ".*" if ".*" in stars else "[^/]*"
        if star == ".*":
            stretches.append([])
        stretches[-1].append((star, literal))
    *inner, last = stretches
    settled = "".join(f"(?>{_stretch(s)})" for s in inner)
    return first + settled + _stretch(last, to_end=True)


def _stretch(pieces: list[tuple[str, str]], *, to_end: bool = False) -> str:
    """Write one stretch; its `.*`, if any, comes first and is free to move on."""
    written = []
    for place, (star, literal) in enumerate(pieces, 1):
        if to_end and place == len(pieces):
            written.append(f"{star}{literal}")
        elif star == ".*":
            written.append(f".*?{literal}")
        else:
            written.append(f"(?>{star}?{literal})")
    return "".join(written)
