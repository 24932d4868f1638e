# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""One engine for the whole session: it takes seconds to start."""

from collections.abc import Iterator

import pytest

from ossay.sandbox.scancode import ScancodeRecogniser


@pytest.fixture(scope="session")
def engine() -> Iterator[ScancodeRecogniser]:
    with ScancodeRecogniser() as recogniser:
        yield recogniser
