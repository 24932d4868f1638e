# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The order of versions, by ecosystem.

Semantic versions and Composer's have orders of their own here: those of `univers`
put build metadata, four numbers and RC1 in the wrong place (tests hold the table).
The others are those of `univers`, on names that it reads as their ecosystem does.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from ossay.collect.vulnerabilities.ranges import Order

LONGEST_VERSION = 200
"""Characters; longer ones are a stranger's joke, and have no place in an order."""

_SEMANTIC = re.compile(
    r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.+-]*)?",
    re.ASCII,
)
_COMPOSER = re.compile(
    r"v?(\d+(?:\.\d+){0,3})"
    r"(?:[._-]?(stable|dev|alpha|a|beta|b|rc|patch|pl|p)((?:[.-]?\d+)*))?"
    r"([.-]?dev)?(?:\+.*)?",
    re.ASCII | re.IGNORECASE,
)
_STABILITY = {
    "dev": -4,
    "alpha": -3,
    "a": -3,
    "beta": -2,
    "b": -2,
    "rc": -1,
    "": 0,
    "stable": 0,
    "patch": 1,
    "pl": 1,
    "p": 1,
}
_RELEASED = re.compile(r"[.-](?:final|ga|release)\Z", re.IGNORECASE)
_PLAUSIBLE = re.compile(r"[A-Za-z.:+~^_!-]*[0-9][0-9A-Za-z.:+~^_!-]*", re.ASCII)
"""Maven and RPM give anything a place, "LATEST" and "${revision}" too."""
_AFTER_ALL = (2,)
"""A release comes after all that led to it."""


def order_of(ecosystem: str) -> Order:
    """Return the order of an ecosystem's versions; one without any knows none."""
    return _ORDERS.get(ecosystem, _unordered)


def _unordered(_version: str) -> None:
    return None


def _semantic(version: str) -> Any:
    """Read a version by SemVer 2.0; Go and npm write some without the last numbers."""
    found = _SEMANTIC.fullmatch(version)
    if found is None or (found[3] is None and found[4]):
        return None
    numbers = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    return *numbers, _parts(found[4]) if found[4] else _AFTER_ALL


def _whole(version: str) -> Any:
    """Read a version that names one release; "v4" is whatever its owner says today."""
    return _semantic(version) if version.count(".") >= 2 else None


def _parts(text: str) -> tuple[int, tuple[tuple[int, int, str], ...]]:
    return 1, tuple(
        (0, int(part), "") if part.isdigit() else (1, 0, part)
        for part in text.split(".")
    )


def _composer(version: str) -> Any:
    found = _COMPOSER.fullmatch(version)
    if found is None:
        return None
    numbers = [int(number) for number in found[1].split(".")]
    padded = (*numbers, 0, 0, 0)[:4]
    stability = _STABILITY[(found[2] or "").lower()]
    nth = tuple(int(number) for number in re.findall(r"\d+", found[3] or ""))
    return *padded, stability, nth, 0 if found[4] else 1


def _univers(name: str, tidy: Callable[[str], str] = str) -> Order:
    def read(version: str) -> Any:
        from univers import versions
        from univers.nuget import InvalidNuGetVersion

        if not _PLAUSIBLE.fullmatch(version):
            return None
        try:
            return getattr(versions, name)(tidy(version)).value
        except (versions.InvalidVersion, InvalidNuGetVersion, ValueError):
            return None

    return read


def _without_released(version: str) -> str:
    """Maven takes 2.0.RELEASE, 2.0.Final and 2.0.GA for 2.0."""
    return _RELEASED.sub("", version)


def _public(version: str) -> str:
    """A build of one's own (1.13.1+cu117) is held against advisories as its release."""
    return version.partition("+")[0]


def _remembered(order: Order) -> Order:
    """Events of the same package name the same versions again and again."""

    @lru_cache(maxsize=20_000)
    def read(version: str) -> Any:
        if not version or len(version) > LONGEST_VERSION:
            return None
        return order(version)

    return read


_ORDERS = {
    name: _remembered(order)
    for name, order in {
        "apk": _univers("AlpineLinuxVersion"),
        "cargo": _semantic,
        "composer": _composer,
        "deb": _univers("DebianVersion"),
        "gem": _univers("RubygemsVersion"),
        "githubactions": _whole,
        "golang": _semantic,
        "hex": _semantic,
        "maven": _univers("MavenVersion", _without_released),
        "npm": _semantic,
        "nuget": _univers("NugetVersion"),
        "pub": _semantic,
        "pypi": _univers("PypiVersion", _public),
        "rpm": _univers("RpmVersion"),
        "swift": _semantic,
    }.items()
}
