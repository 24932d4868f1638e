# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""`ossay advisories`: what is there, of which day, and what is wrong with it."""

import json
from pathlib import Path

from tests.advisories.packs import real_pack
from tests.cli.conftest import Ossay
from tests.collect.vulnerabilities.test_vex import OPENVEX


def test_what_was_taken_in_is_told_with_day_and_counts(
    ossay: Ossay, tmp_path: Path
) -> None:
    mirror = real_pack(tmp_path / "mirror")
    options = ("--dated", "2026-03-01", "--source", "a mirror of osv.dev")

    taken = ossay("advisories", "import", mirror, *options)

    assert taken.status == 0, taken.err
    assert "OSV of pypi, 2026-03-01, 5 records, 2 withdrawn, 1 not valid" in taken.out
    again = ossay("advisories", "import", mirror, *options)
    assert again.out.count("known before") == 5
    told = ossay("advisories", "status").out
    assert told.count("a mirror of osv.dev: OSV of ") == 5
    status = json.loads(ossay("advisories", "status", "--json").out)
    assert [one["records"] for one in status] == [1, 1, 5, 1, 1]
    assert all(one["dated"] == "2026-03-01" for one in status)


def test_an_office_without_advisories_is_told_what_to_do(ossay: Ossay) -> None:
    assert "ossay advisories import" in ossay("advisories", "status").out


def test_a_pack_without_a_day_is_refused(ossay: Ossay, tmp_path: Path) -> None:
    said = ossay("advisories", "import", real_pack(tmp_path / "mirror"))

    assert said.status == 1
    assert "--dated" in said.err


def test_what_people_say_of_flaws_is_taken_in_once_from_each(
    ossay: Ossay, tmp_path: Path
) -> None:
    said = tmp_path / "said.openvex.json"
    said.write_text(json.dumps(OPENVEX))
    command = ("advisories", "vex", said, "--said-by")

    by_buyer = ossay(*command, "buyer")

    assert by_buyer.out.strip() == f"{said}: 1 statements of the buyer"
    assert "known before" in ossay(*command, "buyer").out
    assert "known before" not in ossay(*command, "supplier").out
    assert ossay("advisories", "status").out.count("VEX") == 2


def test_a_document_that_says_nothing_that_can_be_meant_is_refused(
    ossay: Ossay, tmp_path: Path
) -> None:
    said = tmp_path / "said.json"
    said.write_text("{}")

    told = ossay("advisories", "vex", said, "--said-by", "buyer")

    assert told.status == 1
    assert "neither OpenVEX nor CycloneDX nor CSAF" in told.err
    assert "No advisories are here" in ossay("advisories", "status").out
