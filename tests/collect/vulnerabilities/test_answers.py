# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is known of a candidate's components, and what could not be known."""

import json
from datetime import date

import pytest

from ossay.collect.vulnerabilities import facts
from ossay.model.components import Scope
from ossay.model.evidence import Gap, Observation
from tests.advisories.packs import DATED, affects, real_pack, record
from tests.collect.vulnerabilities.conftest import Office, component

SINCE = {"introduced": "0"}
WORST = {"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"}
MEDIUM = "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:N"
V2 = {"type": "CVSS_V2", "score": "AV:L/AC:H/Au:N/C:P/I:N/A:N"}
V4 = {
    "type": "CVSS_V4",
    "score": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N",
}

LEFT = component("pkg:npm/left@1.0.0")


def count(said: object) -> int:
    assert isinstance(said, Observation)
    assert isinstance(said.value, int)
    return said.value


def missed(said: object) -> str:
    assert isinstance(said, Observation)
    return said.missed


def test_without_advisories_everything_is_open(office: Office) -> None:
    said = office.says(LEFT)

    assert len(said) == len(facts.ALL)
    assert all(isinstance(one, Gap) for one in said.values())


def test_a_known_flaw_is_counted_rated_and_listed_with_its_fix(office: Office) -> None:
    office.knows(
        "npm",
        record(
            "GHSA-1",
            affects("npm", "left", SINCE, {"fixed": "1.2.0"}),
            aliases=["CVE-2026-0001"],
            severity=[WORST],
            summary="Left is right",
        ),
    )

    said = office.says(LEFT)

    assert {name: count(said[name]) for name in ("known", "critical", "high")} == {
        "known": 1,
        "critical": 1,
        "high": 0,
    }
    assert missed(said["known"]) == ""
    assert office.rows(LEFT) == [
        {
            "component": "pkg:npm/left@1.0.0",
            "advisory": "GHSA-1",
            "aliases": "CVE-2026-0001",
            "priority": "critical",
            "severity": "critical 10.0",
            "fixed in": "1.2.0",
            "path": "",
            "disposition": "open",
            "scope": "unknown",
            "vector": WORST["score"],
            "summary": "Left is right",
        }
    ]


def test_nothing_known_is_an_answer_where_all_was_looked_at(office: Office) -> None:
    office.knows("npm", record("GHSA-1", affects("npm", "right", SINCE)))

    said = office.says(LEFT)

    assert count(said["known"]) == 0
    assert missed(said["known"]) == ""


def test_withdrawn_advisories_do_not_count(office: Office) -> None:
    office.takes(real_pack(office.folder / "mirror") / "PyPI" / "all.zip")

    said = office.says(component("pkg:pypi/aiohttp@3.14.3"))

    assert count(said["known"]) == 0
    assert count(said["undetermined"]) == 0


@pytest.mark.parametrize(
    ("purl", "ids"),
    [
        ("pkg:pypi/py@1.11.0", ["PYSEC-2022-42969"]),
        ("pkg:pypi/py@1.11.1", []),
        ("pkg:maven/org.apache.logging.log4j/log4j-core@2.3", ["GHSA-jfh8-c2jp-5v3q"]),
        ("pkg:maven/org.apache.logging.log4j/log4j-core@2.3.1", []),
        ("pkg:maven/org.apache.logging.log4j/log4j-core@2.14", ["GHSA-jfh8-c2jp-5v3q"]),
        ("pkg:maven/org.apache.logging.log4j/log4j-core@2.15.0", []),
        ("pkg:golang/github.com/mattermost/mattermost-server@v1.0.0", ["GO-2026-4524"]),
        ("pkg:cargo/wasmtime@46.0.1", ["RUSTSEC-2026-0223"]),
        ("pkg:cargo/wasmtime@46.0.2", []),
        ("pkg:npm/lodash@4.17.20", ["GHSA-35jh-r3h4-6jhm"]),
    ],
)
def test_real_records_are_held_against_components_of_their_ecosystem(
    office: Office, purl: str, ids: list[str]
) -> None:
    mirror = real_pack(office.folder / "mirror")
    for path in sorted(mirror.glob("*/all.zip")):
        office.takes(path)

    assert [row["advisory"] for row in office.rows(component(purl))] == ids


def test_advisories_of_one_flaw_are_one_whatever_names_they_go_by(
    office: Office,
) -> None:
    of_left = affects("npm", "left", SINCE)
    office.knows(
        "npm",
        record("GHSA-1", of_left, aliases=["CVE-2026-0001"]),
        record("OTHER-1", of_left, aliases=["CVE-2026-0001"]),
        record("OTHER-2", of_left, aliases=["OTHER-1"]),
        record("OTHER-3", of_left),
    )

    rows = office.rows(LEFT)

    assert [row["advisory"] for row in rows] == ["GHSA-1", "OTHER-3"]
    assert rows[0]["aliases"].split("\n") == ["CVE-2026-0001", "OTHER-1", "OTHER-2"]


def test_severity_is_taken_from_an_alias_that_tells_one(office: Office) -> None:
    office.knows("Go", record("GO-1", affects("Go", "x/y", SINCE), aliases=["GHSA-1"]))
    office.knows("npm", record("GHSA-1", severity=[V4]))

    (row,) = office.rows(component("pkg:golang/x/y@v1.0.0"))

    assert row["severity"] == "high 8.7"


def test_no_severity_is_unknown_and_comes_before_medium(office: Office) -> None:
    of_left = affects("npm", "left", SINCE)
    medium = {"type": "CVSS_V3", "score": MEDIUM}
    office.knows(
        "npm",
        record("A-medium", of_left, severity=[medium]),
        record("B-unknown", of_left),
        record(
            "C-odd", of_left, severity=[{"type": "CVSS_V3", "score": "CVSS:3.1/odd"}]
        ),
        record("D-high", of_left, severity=[V4]),
        record("E-low", of_left, severity=[V2]),
    )

    rows = office.rows(LEFT)

    assert [(row["advisory"], row["priority"]) for row in rows] == [
        ("D-high", "high"),
        ("B-unknown", "unknown"),
        ("C-odd", "unknown"),
        ("A-medium", "medium"),
        ("E-low", "low"),
    ]
    assert count(office.says(LEFT)["unrated"]) == 2


@pytest.mark.parametrize("fact", ["exploited", "likely_exploited"])
def test_a_list_that_was_not_taken_in_leaves_its_count_open(
    office: Office, fact: str
) -> None:
    office.knows("npm", record("GHSA-1", affects("npm", "left", SINCE)))

    assert isinstance(office.says(LEFT)[fact], Gap)


def test_exploited_comes_before_likely_and_likely_before_critical(
    office: Office,
) -> None:
    of_left = affects("npm", "left", SINCE)
    office.knows(
        "npm",
        record("A-critical", of_left, severity=[WORST]),
        record("B-likely", of_left, aliases=["CVE-2026-0002"]),
        record("C-exploited", of_left, aliases=["CVE-2026-0003"]),
    )
    kev = {
        "dateReleased": "2026-02-03",
        "vulnerabilities": [{"cveID": "CVE-2026-0003", "dateAdded": "2026-02-01"}],
    }
    (office.folder / "kev.json").write_text(json.dumps(kev))
    (office.folder / "epss.csv").write_text(
        "#model_version:v1,score_date:2026-02-04\ncve,epss,percentile\n"
        "CVE-2026-0002,0.5,0.97\n"
    )
    office.takes(office.folder / "kev.json")
    office.takes(office.folder / "epss.csv")

    assert [(r["advisory"], r["priority"]) for r in office.rows(LEFT)] == [
        ("C-exploited", "exploited"),
        ("B-likely", "likely to be exploited"),
        ("A-critical", "critical"),
    ]
    said = office.says(LEFT)
    assert (count(said["exploited"]), count(said["likely_exploited"])) == (1, 1)


def test_a_version_that_is_none_leaves_it_undetermined_and_the_count_a_bound(
    office: Office,
) -> None:
    office.knows(
        "npm", record("GHSA-1", affects("npm", "left", SINCE, {"fixed": "2.0.0"}))
    )

    for purl in ("pkg:npm/left@latest", "pkg:npm/left"):
        said = office.says(component(purl))
        assert (count(said["known"]), count(said["undetermined"])) == (0, 1)
        assert missed(said["known"]) == "1 undetermined"
        assert office.rows(component(purl))[0]["disposition"] == "undetermined"


def test_neither_ranges_nor_versions_leaves_it_undetermined(office: Office) -> None:
    office.knows("npm", record("GHSA-1", affects("npm", "left")))

    assert count(office.says(LEFT)["undetermined"]) == 1


def test_a_package_of_a_distribution_is_undetermined_while_its_release_is(
    office: Office,
) -> None:
    office.knows(
        "Debian", record("DSA-1", affects("Debian:12", "curl", SINCE, {"fixed": "8"}))
    )

    said = office.says(component("pkg:deb/curl@7.88"))

    assert (count(said["known"]), count(said["undetermined"])) == (0, 1)


def test_an_ecosystem_without_advisories_leaves_the_count_a_bound(
    office: Office,
) -> None:
    office.knows("npm", record("GHSA-1", affects("npm", "left", SINCE)))

    said = office.says(LEFT, component("pkg:cargo/left@1.0.0"))

    assert count(said["known"]) == 1
    assert missed(said["known"]) == "no advisories here of cargo"
    assert isinstance(said["advisories_dated"], Observation)


def test_components_that_no_advisories_are_about_leave_their_day_open(
    office: Office,
) -> None:
    office.knows("npm", record("GHSA-1", affects("npm", "left", SINCE)))

    said = office.says(component("pkg:cargo/left@1.0.0"))

    assert isinstance(said["advisories_dated"], Gap)


def test_a_loose_record_is_held_against_but_covers_nothing(office: Office) -> None:
    office.knows("PyPI", record("PYSEC-1"))
    loose = office.folder / "GHSA-1.json"
    loose.write_text(json.dumps(record("GHSA-1", affects("npm", "left", SINCE))))
    office.takes(loose)

    said = office.says(LEFT)

    assert count(said["known"]) == 1
    assert "npm" in missed(said["known"])


def test_advisories_older_than_the_commit_leave_the_count_a_bound(
    office: Office,
) -> None:
    office.knows("npm", record("GHSA-1"), dated=date(2025, 1, 1))

    said = office.says(LEFT)

    assert "older than the commit of npm (2025-01-01)" in missed(said["known"])
    office.knows("npm", record("GHSA-2"), dated=DATED)
    assert missed(office.says(LEFT)["known"]) == ""


def test_advisories_that_could_not_be_read_leave_the_count_a_bound(
    office: Office,
) -> None:
    office.knows("npm", {"id": "GHSA-1", "affected": "many"})

    assert missed(office.says(LEFT)["known"]) == "1 of the advisories not read"


def test_the_day_is_that_of_the_oldest_advisories_that_were_needed(
    office: Office,
) -> None:
    office.knows("npm", record("GHSA-1"), dated=date(2026, 2, 2))
    office.knows("PyPI", record("PYSEC-1"), dated=date(2026, 2, 1))
    office.knows("Go", record("GO-1"), dated=date(2026, 1, 1))

    dated = office.says(LEFT, component("pkg:pypi/a@1.0"))["advisories_dated"]

    assert isinstance(dated, Observation)
    assert dated.value == date(2026, 2, 1)
    assert len(dated.items) == 2


def test_what_the_list_of_components_lacks_leaves_the_count_a_bound(
    office: Office,
) -> None:
    office.knows("npm", record("GHSA-1"))

    assert missed(office.says(LEFT, short=["manifest only of maven"])["known"]) == (
        "manifest only of maven"
    )
    assert missed(office.says()["known"]) == "no file names components"


def test_what_is_only_for_development_is_not_counted_in_service(
    office: Office,
) -> None:
    office.knows("npm", record("GHSA-1", affects("npm", "left", SINCE)))

    for scope, counted in (
        (Scope.DEVELOPMENT, 0),
        (Scope.BUILD, 0),
        (Scope.UNKNOWN, 1),
        (Scope.RUNTIME, 1),
    ):
        said = office.says(component("pkg:npm/left@1.0.0", scope=scope))
        assert (count(said["known"]), count(said["in_service"])) == (1, counted)


def test_a_package_that_was_made_to_do_harm_comes_before_all_else(
    office: Office,
) -> None:
    of_left = affects("npm", "left", SINCE)
    office.knows(
        "npm",
        record("A-critical", of_left, severity=[WORST]),
        record("B-malicious", of_left, aliases=["MAL-2026-1"]),
    )

    assert [(r["advisory"], r["priority"]) for r in office.rows(LEFT)] == [
        ("B-malicious", "malicious"),
        ("A-critical", "critical"),
    ]
    assert count(office.says(LEFT)["malicious"]) == 1


def test_a_hostile_record_costs_what_its_size_does(office: Office) -> None:
    events = [{"introduced": f"{n}.0.0"} for n in range(20_000)]
    office.knows(
        "npm",
        record(
            "GHSA-1",
            affects("npm", "left", *events, versions=["9" * 100_000] * 10),
            summary="x" * 100_000,
        ),
        record("GHSA-2", affects("npm", "left", SINCE, {"fixed": "1" * 100_000})),
    )

    said = office.says(LEFT)

    assert (count(said["known"]), count(said["undetermined"])) == (1, 1)
