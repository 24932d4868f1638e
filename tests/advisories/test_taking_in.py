# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What an office mirrored is taken in: all that it says, and how far to trust it."""

import gzip
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from ossay.advisories import PackRefused, take_in
from ossay.engine import Workshop
from ossay.model.advisories import PackKind
from tests.advisories.packs import (
    DATED,
    NOW,
    affects,
    archive,
    pack,
    real_pack,
    record,
    take,
)

SINCE = {"introduced": "0"}


def known_of(workshop: Workshop, *package: str) -> list[str]:
    ecosystem, name = package
    about = workshop.register.advisories.about([(ecosystem, name)])
    return [entry.advisory for _, entries in about for entry in entries]


def test_real_records_are_read_whatever_database_they_are_from(
    workshop: Workshop, tmp_path: Path
) -> None:
    taken = take_in(workshop, real_pack(tmp_path / "mirror"), "mirror", DATED)

    assert {one.pack.covers: one.pack.records for one in taken} == {
        ("golang",): 1,
        ("maven",): 1,
        ("npm",): 1,
        ("pypi",): 5,
        ("cargo",): 1,
    }
    assert known_of(workshop, "maven", "org.apache.logging.log4j:log4j-core") == [
        *["GHSA-jfh8-c2jp-5v3q"] * 3
    ]
    assert known_of(workshop, "npm", "lodash-es") == ["GHSA-35jh-r3h4-6jhm"]


def test_a_withdrawn_record_is_kept_and_matches_nothing(
    workshop: Workshop, tmp_path: Path
) -> None:
    take_in(workshop, real_pack(tmp_path / "mirror"), "mirror", DATED)
    advisories = workshop.register.advisories

    assert known_of(workshop, "pypi", "aiohttp") == []
    withdrawn = advisories.records(["PYSEC-2022-43059"])["PYSEC-2022-43059"]
    assert withdrawn.withdrawn.startswith("2023-11-08")
    assert b"aiohttp" in withdrawn.document
    assert advisories.names_of("CVE-2022-33124") == {"CVE-2022-33124"}
    assert sum(p.withdrawn for p in advisories.packs()) == 2


def test_a_record_that_is_not_valid_is_kept_marked_and_counted(
    workshop: Workshop, tmp_path: Path
) -> None:
    take_in(workshop, real_pack(tmp_path / "mirror"), "mirror", DATED)
    advisories = workshop.register.advisories

    assert sum(p.defective for p in advisories.packs()) == 1
    assert sum(p.unread for p in advisories.packs()) == 0
    marked = advisories.records(["PYSEC-2021-371"])["PYSEC-2021-371"]
    assert marked.defect.startswith("affected/0/ranges/0/events/1")
    assert "PYSEC-2021-371" in known_of(workshop, *marked.affected[0][0])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no JSON",
        b"[" * 100_000,
        b'{"id": 1e999}',
        b'{"id": "' + b"x" * 5_000 + b'"}',
        b'{"id": "X-1", "affected": 7}',
        b'{"id": "X-1", "affected": [{"package": {"name": ["a"]}}]}',
        b'{"id": "X-1", "affected": ["a"]}',
        b"\xff\xfe\x00",
    ],
)
def test_a_record_that_nobody_can_read_is_counted_as_one(
    workshop: Workshop, tmp_path: Path, content: bytes
) -> None:
    path = archive(tmp_path / "npm" / "all.zip", {"X-1.json": content})

    taken = take(workshop, path).pack

    assert (taken.records, taken.defective, taken.unread) == (1, 1, 1)
    (kept,) = workshop.register.advisories.records(["X-1"]).values()
    assert kept.document == content
    assert not kept.is_read


def test_a_range_that_cannot_be_read_does_not_make_a_package_safe(
    workshop: Workshop, tmp_path: Path
) -> None:
    from ossay.collect.vulnerabilities.ranges import is_affected
    from ossay.collect.vulnerabilities.versions import order_of

    odd = [
        {"type": "ECOSYSTEM", "events": "soon"},
        {"type": "ECOSYSTEM", "events": []},
        {"type": "ECOSYSTEM", "events": [{"introduced": 0}]},
        {"type": "ECOSYSTEM", "events": [{"mended": "1.0"}, SINCE]},
        "0 to 1.0",
    ]
    records = [
        record(f"X-{n}", affects("npm", "odd", ranges=[one]))
        for n, one in enumerate(odd)
    ]
    take(workshop, pack(tmp_path / "npm" / "all.zip", *records))

    ((_, entries),) = workshop.register.advisories.about([("npm", "odd")])
    assert len(entries) == len(odd)
    assert {is_affected("1.0.0", e, order_of("npm")) for e in entries} == {None}


def test_a_newer_pack_replaces_and_an_older_one_does_not(
    workshop: Workshop, tmp_path: Path
) -> None:
    flaw = record("X-1", affects("npm", "left", SINCE), aliases=["CVE-2026-0001"])
    moved = record("X-1", affects("npm", "right", SINCE))
    older = record("X-1", affects("npm", "wrong", SINCE))
    take(workshop, pack(tmp_path / "1" / "npm" / "all.zip", flaw))

    before = DATED - timedelta(days=1)
    take(workshop, pack(tmp_path / "2" / "npm" / "all.zip", moved))
    take(workshop, pack(tmp_path / "3" / "npm" / "all.zip", older), before)

    assert known_of(workshop, "npm", "left") == []
    assert known_of(workshop, "npm", "right") == ["X-1"]
    assert known_of(workshop, "npm", "wrong") == []
    assert workshop.register.advisories.names_of("X-1") == {"X-1"}


def test_the_same_file_is_taken_in_once(workshop: Workshop, tmp_path: Path) -> None:
    path = pack(tmp_path / "npm" / "all.zip", record("X-1"))

    first, again = take(workshop, path), take(workshop, path)

    assert (first.is_known, again.is_known) == (False, True)
    assert workshop.register.advisories.packs() == (first.pack,)


def test_a_file_of_which_another_day_is_said_or_that_is_read_otherwise_is_read_again(
    workshop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pack(tmp_path / "npm" / "all.zip", record("X-1"))
    take(workshop, path, DATED - timedelta(days=1))
    versions = {workshop.register.advisories.version}

    corrected = take(workshop, path)
    versions.add(workshop.register.advisories.version)
    monkeypatch.setattr("ossay.advisories.packs._reader", lambda: "e" * 64)
    by_later_code = take(workshop, path)
    versions.add(workshop.register.advisories.version)

    assert not corrected.is_known
    assert not by_later_code.is_known
    assert workshop.register.advisories.packs() == (by_later_code.pack,)
    assert by_later_code.pack.dated == DATED
    assert len(versions) == 3


def test_what_was_taken_in_changes_the_version_that_answers_are_filed_under(
    workshop: Workshop, tmp_path: Path
) -> None:
    before = workshop.register.advisories.version
    take(workshop, pack(tmp_path / "npm" / "all.zip", record("X-1")))
    after = workshop.register.advisories.version

    assert before != after
    assert after == workshop.register.advisories.version


def test_aliases_lead_to_all_names_and_rings_of_them_end(
    workshop: Workshop, tmp_path: Path
) -> None:
    ring = [
        record(f"X-{n}", aliases=[f"X-{(n + 1) % 5}", f"CVE-2026-000{n}"])
        for n in range(5)
    ]
    take(workshop, pack(tmp_path / "npm" / "all.zip", *ring))

    names = workshop.register.advisories.names_of("X-3")

    assert names == {f"X-{n}" for n in range(5)} | {
        f"CVE-2026-000{n}" for n in range(5)
    }


def test_one_name_for_everything_does_not_run_away(
    workshop: Workshop, tmp_path: Path
) -> None:
    crowd = [record(f"X-{n}", aliases=["CVE-2026-0001"]) for n in range(3_000)]
    take(workshop, pack(tmp_path / "npm" / "all.zip", *crowd))

    assert "CVE-2026-0001" in workshop.register.advisories.names_of("X-3")


def test_flaws_of_a_repository_are_found_by_its_address(
    workshop: Workshop, tmp_path: Path
) -> None:
    commits = {
        "type": "GIT",
        "repo": "https://example.org/some/Software.git",
        "events": [SINCE, {"fixed": "c" * 40}],
    }
    take(workshop, pack(tmp_path / "all.zip", record("X-1", {"ranges": [commits]})))

    assert known_of(workshop, "git", "example.org/some/software") == ["X-1"]


def test_a_pack_covers_what_its_folder_names_and_a_loose_record_nothing(
    workshop: Workshop, tmp_path: Path
) -> None:
    both = record("X-1", affects("npm", "a", SINCE), affects("PyPI", "a", SINCE))
    of_npm = take(workshop, pack(tmp_path / "npm" / "all.zip", both))
    of_all = take(workshop, pack(tmp_path / "mirror" / "all.zip", both, record("X-2")))
    (tmp_path / "X-3.json").write_text(json.dumps({**both, "id": "X-3"}))
    loose = take(workshop, tmp_path / "X-3.json")

    assert of_npm.pack.covers == ("npm",)
    assert of_all.pack.covers == ("npm", "pypi")
    assert loose.pack.covers == ()
    assert known_of(workshop, "npm", "a") == ["X-1", "X-3"]


def test_the_day_is_never_guessed(workshop: Workshop, tmp_path: Path) -> None:
    path = pack(tmp_path / "npm" / "all.zip", record("X-1"))

    with pytest.raises(PackRefused, match="--dated"):
        take(workshop, path, None)
    with pytest.raises(PackRefused, match="yet to come"):
        take(workshop, path, NOW.date() + timedelta(days=1))
    assert workshop.register.advisories.packs() == ()


KEV = {
    "title": "CISA Catalog of Known Exploited Vulnerabilities",
    "dateReleased": "2026-02-03T17:04:19.9796Z",
    "vulnerabilities": [
        {
            "cveID": "CVE-2021-44228",
            "dateAdded": "2021-12-10",
            "knownRansomwareCampaignUse": "Known",
        }
    ],
}

EPSS = """#model_version:v2025.03.14,score_date:2026-02-04T12:55:00Z
cve,epss,percentile
CVE-2021-44228,0.94358,0.99961
CVE-2026-0001,0.00043,0.09
"""


def test_what_is_exploited_and_how_likely_is_taken_in_with_its_own_day(
    workshop: Workshop, tmp_path: Path
) -> None:
    (tmp_path / "kev.json").write_text(json.dumps(KEV))
    with gzip.open(tmp_path / "epss_scores.csv.gz", "wt") as file:
        file.write(EPSS)

    scores, catalogue = take_in(workshop, tmp_path, "mirror", None)

    advisories = workshop.register.advisories
    assert (scores.pack.kind, scores.pack.dated) == (PackKind.EPSS, date(2026, 2, 4))
    assert (scores.pack.records, catalogue.pack.records) == (2, 1)
    assert (catalogue.pack.kind, catalogue.pack.dated) == (
        PackKind.KEV,
        date(2026, 2, 3),
    )
    both = ["CVE-2021-44228", "CVE-2026-0001"]
    assert advisories.exploited(both)["CVE-2021-44228"].in_ransomware
    assert "CVE-2026-0001" not in advisories.exploited(both)
    assert advisories.likelihoods(both)["CVE-2026-0001"].percentile == 0.09


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kev.json", json.dumps({**KEV, "vulnerabilities": []})),
        ("kev.json", json.dumps({**KEV, "dateReleased": "soon"})),
        ("kev.json", json.dumps({**KEV, "vulnerabilities": [{"cveID": "log4j"}]})),
        ("epss.csv", EPSS.partition("\n")[2]),
        ("epss.csv", EPSS + "CVE-2026-0002,NaN,0.1\n"),
        ("epss.csv", EPSS + "CVE-2026-0002,0.1\n"),
        ("epss.csv", EPSS.replace("percentile", "rank")),
        ("epss.csv.gz", "no gzip"),
        ("epss.csv", EPSS.partition("CVE-")[0]),
    ],
)
def test_files_that_would_lose_an_exploited_flaw_are_refused(
    workshop: Workshop, tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / name).write_text(content)

    with pytest.raises(PackRefused, match="nothing of it was kept"):
        take(workshop, tmp_path / name)

    assert workshop.register.advisories.packs() == ()


def test_an_older_catalogue_does_not_replace_a_newer_one(
    workshop: Workshop, tmp_path: Path
) -> None:
    newer = json.dumps({**KEV, "dateReleased": "2026-02-20"})
    older = json.dumps(KEV).replace("CVE-2021-44228", "CVE-2020-0001")
    for name, said in (("newer.json", newer), ("older.json", older)):
        (tmp_path / name).write_text(said)
        take(workshop, tmp_path / name)

    found = workshop.register.advisories.exploited(["CVE-2020-0001", "CVE-2021-44228"])
    assert list(found) == ["CVE-2021-44228"]


def test_a_folder_with_nothing_to_import_is_said_to_be_one(
    workshop: Workshop, tmp_path: Path
) -> None:
    (tmp_path / "all.zip").symlink_to("/etc/passwd")

    with pytest.raises(PackRefused, match="nothing to import"):
        take(workshop, tmp_path)


def test_a_pack_is_kept_with_all_that_a_memo_says_of_it(
    workshop: Workshop, tmp_path: Path
) -> None:
    path = pack(tmp_path / "npm" / "all.zip", record("X-1"))

    taken = take(workshop, path).pack

    assert workshop.register.advisories.packs() == (replace(taken),)
    assert (taken.source, taken.dated, taken.taken_at) == ("a mirror", DATED, NOW)
    assert taken.newest == "2026-01-02"
