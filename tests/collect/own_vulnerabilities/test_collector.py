# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Answers about the software itself belong to its repository, not to its files."""

from pathlib import Path

from ossay.advisories import take_in
from ossay.model.evidence import Evidence, Observation
from ossay.model.judgement import Judgement
from tests.advisories.packs import DATED, affects, pack, record
from tests.cases import assessed, part, repository, workshop

FILES = {"package.json": b'{"name": "tool"}', "README.md": b"# Tool\n"}


def test_the_same_files_at_another_address_are_looked_up_anew(tmp_path: Path) -> None:
    with workshop(tmp_path / "home") as opened:
        known = record("GHSA-1", affects("npm", "other", {"introduced": "0"}))
        take_in(opened, pack(tmp_path / "npm" / "all.zip", known), "a mirror", DATED)
        names = []
        for folder in ("one", "two"):
            digest = assessed(opened, part(repository(tmp_path / folder, FILES)))
            [looked] = opened.register.load(Judgement, digest).parts
            assert looked.evidence_digest is not None
            seen = opened.register.load(Evidence, looked.evidence_digest).observed
            names += [
                one.value
                for one in seen
                if isinstance(one, Observation)
                and one.fact == "own_vulnerabilities.looked_up_as"
            ]

    [first, second] = names
    assert first != second
