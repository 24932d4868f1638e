# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which words leave a doubt where no rule of ScanCode explains them."""

import pytest

from engine.recognition import GRANT


@pytest.mark.parametrize(
    "words",
    [
        "This is provided as is.",
        'It comes "as is", whatever happens.',
        "ON AN AS IS BASIS",
        "distributed in the hope, but\nas-is",
        "Permission is given to everybody",
        "permission to copy it",
        "by permission of the city",
        "without prior written permission",
        "used with permission",
        "You may use it, and hereby agree",
        "placed in the public\n domain",
        "It is licenced to you.",
    ],
)
def test_words_that_grant_something_leave_a_doubt(words: str) -> None:
    assert GRANT.search(words) is not None


@pytest.mark.parametrize(
    "words",
    [
        "Returns the header as is (not decoded).",
        "as compact as is possible",
        "existing code will work as-is after upgrading",
        "You do not have permission to access this file.",
        "Check that the user has permissions to edit",
        "Assign a permission to a role",
        "@param string $permission",
    ],
)
def test_files_that_users_may_see_and_values_as_they_are_leave_none(words: str) -> None:
    assert GRANT.search(words) is None
