# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the buyer or the supplier says of flaws (VEX), handed in as a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ossay.advisories.packs import PackRefused, Taken
from ossay.codec import canonical, digest_of_bytes
from ossay.collect.vulnerabilities.vex import (
    LARGEST_DOCUMENT,
    NoVex,
    statements,
)
from ossay.model.advisories import Pack, PackKind
from ossay.model.vex import Speaker

if TYPE_CHECKING:
    from ossay.engine import Workshop


def take_statements(workshop: Workshop, path: Path, speaker: Speaker) -> Taken:
    """
    Take in what a VEX document says, all of it or nothing.

    The same document said by another is another one; a document said again is not.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_DOCUMENT + 1)
    except OSError as error:
        raise PackRefused(f"cannot read {str(path)!r}: {error.strerror}") from error
    if len(content) > LARGEST_DOCUMENT:
        msg = (
            f"cannot import {str(path)!r}: it is larger than {LARGEST_DOCUMENT:,} bytes"
        )
        raise PackRefused(msg)
    said_by = [speaker.value, digest_of_bytes(content)]
    digest = digest_of_bytes(canonical(said_by))
    if known := workshop.register.advisory_pack(digest):
        return Taken(path, known, is_known=True)
    try:
        said = statements(content, speaker, path.name)
    except NoVex as error:
        raise PackRefused(f"{error}; nothing was kept") from error
    now = workshop.clock()
    pack = Pack(
        kind=PackKind.VEX,
        source=f"{path.name}, by the {speaker.value}",
        dated=now.date(),
        digest=digest,
        taken_at=now,
        records=len(said),
    )
    workshop.register.take_statements(pack, said)
    return Taken(path, pack, is_known=False)
