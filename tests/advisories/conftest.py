# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A workshop whose register is empty."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ossay.engine import Workshop
from ossay.register import Register
from tests.advisories.packs import workshop_of


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    home = tmp_path / "home"
    with Register.open(home) as register:
        yield workshop_of(register, home)
