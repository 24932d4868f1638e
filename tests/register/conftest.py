# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""An open register in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ossay.register import Register


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def register(home: Path) -> Iterator[Register]:
    with Register.open(home) as opened:
        yield opened
