# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Every file with its licences and copyright, a line each, as plain text.

Columns are parted by tabs; what is in them holds none. It is written as it is
read: a list of 50,000 files is never in memory as a whole.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ossay.memo.escapes import visible

COLUMNS = ("path", "concluded", "declared", "copyright")

NOASSERTION = "NOASSERTION"
"""No claim is made (SPDX 2.3, 8.5); it stands wherever nothing is known."""

_FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLicences:
    """
    One file, as it is listed.

    Attributes:
        concluded: SPDX expression; "" where nothing was concluded.
        declared: SPDX expressions that the file or its annotations state.
        copyrights: Copyright notices as they were found.
    """

    path: str
    concluded: str = ""
    declared: tuple[str, ...] = ()
    copyrights: tuple[str, ...] = ()


def licence_list(files: Iterable[FileLicences]) -> Iterator[str]:
    """Yield the lines of the list, the names of the columns first."""
    yield "\t".join(COLUMNS) + "\n"
    for file in files:
        cells = (
            # As SPDX writes paths (2.3, 8.1), so that none begins like a formula.
            f"./{file.path}",
            file.concluded or NOASSERTION,
            _declared(file.declared),
            "; ".join(file.copyrights) or NOASSERTION,
        )
        yield "\t".join(map(_cell, cells)) + "\n"


def _declared(expressions: tuple[str, ...]) -> str:
    """Return all of *expressions* as one; each stands for itself within it."""
    distinct = sorted(set(expressions))
    if len(distinct) < 2:
        return "".join(distinct) or NOASSERTION
    return " AND ".join(f"({e})" if " " in e else e for e in distinct)


def _cell(text: str) -> str:
    shown = visible(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
