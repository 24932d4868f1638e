# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""An open register in a folder of its own."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ossay.register import Register


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """Return a folder in memory, where there is one: fsync costs nothing there."""
    shared = Path("/dev/shm")  # noqa: S108 - Linux's name for it
    if os.access(shared, os.W_OK):
        with TemporaryDirectory(dir=shared) as folder:
            yield Path(folder)
    else:
        yield tmp_path


@pytest.fixture
def register(home: Path) -> Iterator[Register]:
    with Register.open(home) as opened:
        yield opened
