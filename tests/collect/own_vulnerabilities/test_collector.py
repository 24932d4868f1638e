# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Answers about known flaws belong to a repository, not to its files alone."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ossay import gathering
from tests.cases import workshop
from tests.collect.trees import SNAPSHOT


@pytest.mark.parametrize("name", ["own_vulnerabilities", "vulnerabilities"])
def test_they_are_asked_anew_at_another_address_and_for_a_later_day(
    tmp_path: Path, name: str
) -> None:
    elsewhere = replace(SNAPSHOT, repository_url="https://example.org/fork.git")
    later = replace(SNAPSHOT, committed_at=SNAPSHOT.committed_at + timedelta(days=40))

    with workshop(tmp_path / "home") as opened:
        asked = {
            gathering.asked_about(opened, name, one)
            for one in (SNAPSHOT, elsewhere, later)
        }

    assert len(asked) == 3
