# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A released file → all that is kept of it; the file itself is not."""

from datetime import datetime
from pathlib import Path

from ossay.artefacts.inside import components_inside
from ossay.artefacts.signing import Expected, signature_on
from ossay.artefacts.unpacking import unpack
from ossay.model.artefacts import Released
from ossay.model.toolbox import Toolbox


def take_in(
    file: Path,
    toolbox: Toolbox | None,
    now: datetime,
    *,
    keys: Path | None = None,
    expected: Expected | None = None,
) -> Released:
    """
    Return what is known of a released *file*, whatever commit it may be of.

    *keys* are those that may sign it, and *expected* who is to; a signature is looked
    for beside it and inside.
    *now* tells which certificates hold.
    """
    artefact = unpack(file)
    return Released(
        name=file.resolve().name,
        digest=artefact.digest,
        listing=artefact.listing(),
        signature=signature_on(file, artefact, now, keys=keys, expected=expected),
        inside=components_inside(artefact, file.name, toolbox),
    )
