# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What people say that passages state: checked when said, and what of it holds."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from ossay.collect.licensing.expressions import NONE, ExpressionRefused, expression
from ossay.model.errors import OssayError
from ossay.model.people import Curation

Curations = Mapping[str, Curation]
"""The curations that hold, by the key of the passage."""

NO_CURATIONS: Curations = MappingProxyType({})

WITHDRAWN = "NOASSERTION"
"""No claim is made: what was said of the passage before holds no longer."""

BY_PERSON = "curation by"
"""How it begins, where a statement says who told it."""

_KEY = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}")
_PERSON = re.compile(r"\w[\w.-]{0,63}")
_LONGEST_REASON = 2_000


class CurationRefused(OssayError):
    """What a person says of a passage cannot be meant."""

    status = 2


def checked(said: Curation) -> Curation:
    """
    Return *said* with its expression simplified, or raise `CurationRefused`.

    Identifiers have to be on the SPDX list or begin with "LicenseRef-".
    """
    if not _KEY.fullmatch(said.key):
        msg = (
            f"no passage has the key {said.key!r}; expected the 32 digits that "
            "'ossay licences --files' shows, or the name of a blob"
        )
        raise CurationRefused(msg)
    if not _PERSON.fullmatch(said.curated_by):
        given = "an e-mail address" if "@" in said.curated_by else repr(said.curated_by)
        msg = (
            f"cannot take {given} for the person who says what passage {said.key} "
            "states; expected an id without spaces, such as a.diallo"
        )
        raise CurationRefused(msg)
    because = " ".join(said.because.split())
    if not because or len(because) > _LONGEST_REASON:
        msg = (
            f"cannot take {said.expression!r} for passage {said.key} without a reason; "
            f"say in 1 to {_LONGEST_REASON:,} characters what it rests on"
        )
        raise CurationRefused(msg)
    if said.holds_until is not None and said.holds_until < said.curated_at.date():
        msg = (
            f"cannot take a curation of passage {said.key} that held until "
            f"{said.holds_until}; expected a day that is not over"
        )
        raise CurationRefused(msg)
    return Curation(
        key=said.key,
        expression=_expression(said),
        because=because,
        curated_by=said.curated_by,
        curated_at=said.curated_at,
        holds_until=said.holds_until,
        pack=said.pack,
    )


def _expression(said: Curation) -> str:
    if said.expression in (NONE, WITHDRAWN):
        return said.expression
    try:
        return expression(said.expression)
    except ExpressionRefused as error:
        msg = (
            f"cannot take {said.expression!r} for passage {said.key}: {error}; "
            f"expected an SPDX expression, or {NONE} if it states no licence"
        )
        raise CurationRefused(msg) from error


def in_force(said: Iterable[Curation], on: date) -> Curations:
    """
    Return which of what was *said*, in that order, holds on a day.

    The last word on a passage counts alone, as it does of answers and waivers. Where
    it was withdrawn or has lapsed, an earlier one does not come back: somebody set
    that aside, and the passage is open again until somebody says it anew.
    """
    last = {curation.key: curation for curation in said}
    return {key: one for key, one in last.items() if holds(one, on)}


def holds(said: Curation, on: date) -> bool:
    """Tell whether *said*, being the last word, counts on a day."""
    is_over = said.holds_until is not None and said.holds_until < on
    return said.expression != WITHDRAWN and not is_over


def told_by(said: Curation) -> str:
    """Return who says it, when and why, as one line."""
    came = f" (fact pack {said.pack[:12]})" if said.pack else ""
    day = said.curated_at.date().isoformat()
    return f"{BY_PERSON} {said.curated_by}{came}, {day}: {said.because}"
