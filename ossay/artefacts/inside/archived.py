# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Archives inside a released file that nobody looks into."""

import re

from ossay.artefacts.inside.named import Found
from ossay.artefacts.unpacking import Artefact

READ = re.compile(r".*\.(?:jar|war|ear|aar)", re.IGNORECASE)
"""Archives of Java are looked into."""

_MARKS = (b"PK\x03\x04", b"7z\xbc\xaf", b"Rar!", b"\xed\xab\xee\xdb")
"""How zip, 7z, rar and rpm begin."""

_NAMED = re.compile(
    r".*\.(?:tar(?:\.\w+)?|t[abgx]z|tbz2|zip|whl|egg|gem|crate|nupkg|7z|rar|rpm|apk)",
    re.IGNORECASE,
)
"""A compressed file alone may be a manual."""

NOT_READ = "it is an archive, and not read"


def is_archive(path: str) -> bool:
    """Tell by its name whether a file is an archive of a kind that is not read."""
    return _NAMED.fullmatch(path) is not None


def note_archives(artefact: Artefact, found: Found) -> None:
    """Note the archives that are not read."""
    for path in artefact.paths():
        if not READ.fullmatch(path) and (
            is_archive(path) or artefact.read(path, 4).startswith(_MARKS)
        ):
            found.leave_out(path, NOT_READ)
