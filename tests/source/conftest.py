# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the tests of this room share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.source.server import Server, serve


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server of the repositories in ``tmp_path/served``."""
    root = tmp_path / "served"
    root.mkdir(exist_ok=True)
    with serve(root) as running:
        yield running
