# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""From files to known flaws: what is missing on the way is told, and never a pass."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ossay import collect
from ossay.advisories import take_in
from ossay.collect.vulnerabilities import COLLECTOR
from ossay.model.evidence import Answered, Evidence, Gap, Observation
from ossay.model.judgement import Judgement
from tests.advisories.packs import DATED, affects, pack, record
from tests.cases import assessed, part, repository, workshop
from tests.collect.trees import DictTree, given
from tests.collect.vulnerabilities.conftest import Office

SINCE = {"introduced": "0"}
FILES = {"requirements.txt": "left==1.0.0\nright>=2\n", "README.md": "# A thing\n"}
LOCKED = {"package.json": '{"name": "a"}', "package-lock.json": "{}"}


def told(office: Office | None, files: Mapping[str, str]) -> dict[str, Answered]:
    advisories = None if office is None else office.register.advisories
    whole = replace(given(DictTree(files)), advisories=advisories)
    said, _tables = collect.gather(COLLECTOR, whole)
    return {one.fact.partition(".")[2]: one for one in said}


def test_flaws_of_what_files_name_are_found(office: Office) -> None:
    office.knows(
        "PyPI", record("PYSEC-1", affects("PyPI", "Left", SINCE, {"fixed": "1.1"}))
    )

    known = told(office, FILES)["known"]

    assert isinstance(known, Observation)
    assert known.value == 1
    assert known.items[0].subject == "pkg:pypi/left@1.0.0"
    assert "fixed in 1.1" in known.items[0].note


def test_a_component_without_a_version_leaves_the_count_a_bound(
    office: Office,
) -> None:
    office.knows("PyPI", record("PYSEC-1", affects("PyPI", "right", SINCE)))

    said = told(office, FILES)

    assert isinstance(known := said["known"], Observation)
    assert isinstance(undetermined := said["undetermined"], Observation)
    assert (known.value, undetermined.value) == (0, 1)
    assert "of pypi" in known.missed


def test_without_what_reads_lockfiles_everything_is_open(office: Office) -> None:
    office.knows("npm", record("GHSA-1", affects("npm", "left", SINCE)))

    said = told(office, LOCKED)

    assert all(isinstance(one, Gap) and "trivy" in one.why for one in said.values())


def test_without_advisories_everything_is_open(office: Office) -> None:
    for said in (told(None, FILES), told(office, FILES)):
        assert all(isinstance(one, Gap) for one in said.values())


def test_a_repository_that_denies_it_all_is_heard_and_not_believed(
    office: Office,
) -> None:
    office.knows("PyPI", record("PYSEC-1", affects("PyPI", "left", SINCE)))
    denied = """{"@context": "https://openvex.dev/ns/v0.2.0", "statements": [
        {"vulnerability": {"name": "PYSEC-1"}, "status": "not_affected",
         "products": [{"@id": "pkg:generic/anything"}]}]}"""

    said = told(office, {**FILES, ".vex/all.json": denied})

    assert isinstance(known := said["known"], Observation)
    assert isinstance(contested := said["contested"], Observation)
    assert (known.value, contested.value) == (1, 1)


@pytest.mark.parametrize("flaws", [0, 1])
def test_a_memo_rests_on_the_advisories_of_its_day(tmp_path: Path, flaws: int) -> None:
    source = repository(
        tmp_path / "thing", {path: text.encode() for path, text in FILES.items()}
    )
    before = record("PYSEC-0", affects("PyPI", "another", SINCE))
    news = [
        record(f"PYSEC-{n + 1}", affects("PyPI", "left", SINCE)) for n in range(flaws)
    ]
    earlier = DATED - timedelta(days=1)
    with workshop(tmp_path / "home") as opened:
        take_in(opened, pack(tmp_path / "PyPI.zip", before), "mirror", earlier)
        first = assessed(opened, part(source))
        again = assessed(opened, part(source))
        newer = pack(tmp_path / "2" / "PyPI.zip", before, *news)
        take_in(opened, newer, "mirror", earlier)
        last = assessed(opened, part(source))
        evidence = [
            opened.register.load(Evidence, digest)
            for name in (first, last)
            if (
                digest := opened.register.load(Judgement, name).parts[0].evidence_digest
            )
        ]
        packs = opened.register.advisories.packs()

    assert first == again
    counted = [
        one.value
        for seen in evidence
        for one in seen.observed
        if isinstance(one, Observation) and one.fact == "vulnerabilities.known"
    ]
    assert counted == [0, flaws]
    named = [
        tool for tool in evidence[-1].tools if tool.name.startswith("OSV from mirror")
    ]
    assert [tool.version for tool in named] == [
        f"{packs[-1].dated}, SHA-256 {packs[-1].digest}"
    ]
