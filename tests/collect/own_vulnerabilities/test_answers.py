# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The software itself is held against advisories, if it is known to be meant."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ossay.collect import gather
from ossay.collect.own_vulnerabilities import COLLECTOR
from ossay.model.collector import Given
from ossay.model.evidence import Answered, Gap, Observation
from ossay.register import Register
from tests.advisories.packs import DATED, affects, pack, record, take, workshop_of
from tests.collect.histories import ListHistory, commit
from tests.collect.trees import SNAPSHOT, DictTree

HERE = "https://github.com/City/Tool.git"
BEGAN, FIXED = "a" * 40, "f" * 40
COMMITS = {
    "type": "GIT",
    "repo": "https://github.com/city/tool",
    "events": [{"introduced": BEGAN}, {"fixed": FIXED}],
}
UNTIL_2 = {"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "2.0.0"}]}
OURS = [{"type": "WEB", "url": "https://github.com/city/tool/issues/3"}]
MANIFEST = b'{"name": "city-tool"}'


class Office:
    """Takes advisories in, and holds software against them."""

    def __init__(self, register: Register, folder: Path) -> None:
        self._register, self._folder = register, folder
        self._workshop = workshop_of(register, folder)

    def knows(
        self, ecosystem: str, *records: dict[str, Any], dated: date = DATED
    ) -> None:
        path = pack(self._folder / ecosystem / "all.zip", *records)
        take(self._workshop, path, dated)

    def says(
        self,
        *past: str,
        files: dict[str, bytes] | None = None,
        ref: str = "refs/tags/v1.4.0",
        url: str = HERE,
        complete: bool = True,
    ) -> dict[str, Answered]:
        commits = [commit(n, name=name) for n, name in enumerate(past)]
        given = Given(
            snapshot=replace(SNAPSHOT, repository_url=url, ref=ref),
            tree=DictTree(files or {}),
            history=ListHistory(commits, complete=complete),
            advisories=self._register.advisories,
        )
        said, _ = gather(COLLECTOR, given)
        return {one.fact.partition(".")[2]: one for one in said}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Register.open(tmp_path / "home") as register:
        yield Office(register, tmp_path)


def count(answer: Answered) -> object:
    assert isinstance(answer, Observation), answer
    return answer.value


def bound(answer: Answered) -> str:
    assert isinstance(answer, Observation), answer
    return answer.missed


def test_a_version_that_builds_on_the_flaw_and_not_on_the_fix_has_it(
    office: Office,
) -> None:
    office.knows("PyPI", record("PYSEC-1", affects("PyPI", "other", ranges=[COMMITS])))

    assert count(office.says(BEGAN)["known"]) == 1
    assert count(office.says(BEGAN, FIXED)["known"]) == 0


def test_a_history_that_was_cut_off_leaves_it_open(office: Office) -> None:
    office.knows("PyPI", record("PYSEC-1", affects("PyPI", "other", ranges=[COMMITS])))

    said = office.says(BEGAN, complete=False)

    assert (count(said["known"]), count(said["undetermined"])) == (0, 1)
    assert isinstance(said["known"], Observation)
    assert said["known"].missed


def test_a_fix_made_anew_on_another_branch_is_not_taken_for_none(
    office: Office,
) -> None:
    office.knows(
        "npm", record("GHSA-1", affects("npm", "other", ranges=[UNTIL_2, COMMITS]))
    )

    said = office.says(BEGAN, ref="refs/tags/v2.1.0")

    assert (count(said["known"]), count(said["undetermined"])) == (0, 1)


def test_a_name_counts_where_the_advisory_speaks_of_this_repository(
    office: Office,
) -> None:
    of_us = record(
        "GHSA-1", affects("npm", "city-tool", ranges=[UNTIL_2]), references=OURS
    )
    office.knows("npm", of_us)
    files = {"package.json": MANIFEST}

    assert count(office.says(files=files)["known"]) == 1
    assert count(office.says(files=files, ref="refs/tags/v2.0.0")["known"]) == 0


def test_a_name_that_nobody_confirms_is_a_gap_and_never_zero(office: Office) -> None:
    office.knows("npm", record("GHSA-1", affects("npm", "city-tool", ranges=[UNTIL_2])))
    files = {"package.json": MANIFEST}

    hit = office.says(files=files)
    past = office.says(files=files, ref="refs/tags/v2.0.0")

    assert isinstance(hit["known"], Gap)
    assert count(hit["undetermined"]) == 1
    assert isinstance(past["known"], Gap)


def test_a_candidate_that_takes_another_name_is_not_clean(office: Office) -> None:
    office.knows("npm", record("GHSA-1", affects("npm", "city-tool", ranges=[UNTIL_2])))

    said = office.says(files={"package.json": b'{"name": "harmless"}'})

    assert isinstance(said["known"], Gap)


def test_a_go_module_that_is_called_by_its_address_needs_no_other_word(
    office: Office,
) -> None:
    office.knows("Go", record("GO-1", affects("Go", "example.org/x", ranges=[UNTIL_2])))
    files = {"go.mod": b"module github.com/city/tool/v2\n"}

    assert count(office.says(files=files)["known"]) == 0


def test_what_is_no_release_has_no_version_to_hold_against_ranges(
    office: Office,
) -> None:
    of_us = record(
        "GHSA-1", affects("npm", "city-tool", ranges=[UNTIL_2]), references=OURS
    )
    office.knows("npm", of_us)

    said = office.says(files={"package.json": MANIFEST}, ref="refs/heads/main")

    assert (count(said["known"]), count(said["undetermined"])) == (0, 1)


def test_a_folder_has_no_address_and_its_place_is_not_told(office: Office) -> None:
    office.knows("npm", record("GHSA-1"))

    said = office.says(url="/home/officer/tool", files={"package.json": MANIFEST})

    assert isinstance(said["known"], Gap)
    assert count(said["looked_up_as"]) == ("npm: city-tool",)


@pytest.mark.parametrize("content", [b"{", b"[" * 100_000])
def test_a_manifest_that_cannot_be_read_leaves_the_count_a_bound(
    office: Office, content: bytes
) -> None:
    office.knows("npm", record("GHSA-1", affects("npm", "other", ranges=[COMMITS])))

    said = office.says(BEGAN, FIXED, files={"package.json": content})

    assert count(said["known"]) == 0
    assert "package.json could not be read" in bound(said["known"])
    assert "package.json could not be read" in bound(said["looked_up_as"])


def test_an_ecosystem_without_advisories_leaves_the_count_a_bound(
    office: Office,
) -> None:
    office.knows("PyPI", record("PYSEC-1", affects("PyPI", "other", ranges=[COMMITS])))

    said = office.says(BEGAN, FIXED, files={"package.json": MANIFEST})

    assert count(said["known"]) == 0
    assert "no advisories here of npm" in bound(said["known"])


def test_advisories_much_older_than_the_commit_leave_the_count_a_bound(
    office: Office,
) -> None:
    known = record("PYSEC-1", affects("PyPI", "other", ranges=[COMMITS]))
    office.knows("PyPI", known, dated=date(2020, 1, 1))

    assert "much older than the commit" in bound(office.says(BEGAN, FIXED)["known"])


def test_without_advisories_all_of_it_is_open(office: Office) -> None:
    assert all(isinstance(one, Gap) for one in office.says(BEGAN).values())


@pytest.mark.parametrize(
    ("file", "content", "name"),
    [
        ("pyproject.toml", b'[project]\nname = "city-tool"\n', "pypi: city-tool"),
        ("pyproject.toml", b'[tool.poetry]\nname = "tool"\n', "pypi: tool"),
        ("Cargo.toml", b'[package]\nname = "tool"\n', "cargo: tool"),
        ("composer.json", b'{"name": "city/tool"}', "composer: city/tool"),
        ("go.mod", b"module x.org/y\n", "golang: x.org/y"),
        ("package.json", b"not json", None),
        ("package.json", b'{"name": ["a"]}', None),
    ],
)
def test_its_manifests_say_what_it_is_called(
    office: Office, file: str, content: bytes, name: str | None
) -> None:
    office.knows("npm", record("GHSA-1"))

    said = office.says(files={file: content})["looked_up_as"]

    address = "github.com/city/tool"
    assert count(said) == ((address,) if name is None else (address, name))
