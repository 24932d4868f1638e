# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How far the recogniser agrees with plain ScanCode, as it was measured."""

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

_PLACE = Path(__file__).with_name("agreement.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """
    A measurement (`agreement.toml`).

    Attributes:
        what: Which files were compared ("files drawn from 7 repositories").
        same: Those of `files` for which both name the same expressions.
    """

    measured_on: date
    what: str
    files: int
    same: int

    @property
    def share(self) -> float:
        """Share of files that agree (0 to 1)."""
        return self.same / self.files

    def __str__(self) -> str:
        return (
            f"the same for {self.same:,} of {self.files:,} {self.what}, "
            f"measured on {self.measured_on}"
        )


def agreement() -> Agreement:
    """Return the measurement that is shipped."""
    measured = tomllib.loads(_PLACE.read_text())
    return Agreement(**{f.name: measured[f.name] for f in fields(Agreement)})
