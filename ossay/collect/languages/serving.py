# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which language tag serves readers of which other one (after RFC 4647)."""

from enum import IntEnum
from functools import lru_cache

from ossay.collect._languages import SCRIPTS


class Fit(IntEnum):
    """How well what is written in one tag serves who asked for another."""

    EXACT = 0
    WIDER = 1
    """What software falls back to: Portuguese for that of Brazil."""
    SIBLING = 2
    """Of another region: Portuguese of Brazil for Portuguese, or for that of Angola."""


@lru_cache(maxsize=20_000)
def fit(written: str, wanted: str) -> Fit | None:
    """Return how *written* serves who asked for *wanted*; None if it does not."""
    if written == wanted:
        return Fit.EXACT
    has, wants = _parts(written), _parts(wanted)
    if has[:2] != wants[:2]:
        return None
    return Fit.WIDER if has[2] in {"", wants[2]} else Fit.SIBLING


def serves(written: str, wanted: str) -> bool:
    """Tell whether software falls back to *written* where *wanted* is missing."""
    how = fit(written, wanted)
    return how is not None and how < Fit.SIBLING


def _parts(tag: str) -> tuple[str, str, str]:
    """Return language, script where one has to be told apart, and region."""
    language, *rest = tag.split("-")
    script = next((part for part in rest if part in SCRIPTS), "")
    region = next((part for part in rest if part not in SCRIPTS), "")
    if language == "zh":
        script = script or ("Hant" if region in _TRADITIONAL else "Hans")
        region = "" if region in {"CN", "TW"} else region
    return language, script, region


_TRADITIONAL = frozenset({"HK", "MO", "TW"})
