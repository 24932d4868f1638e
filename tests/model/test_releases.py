# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The latest release is found among whatever people call their tags."""

import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from ossay.model.history import Tag
from ossay.model.releases import latest_release, read_release

DAY = datetime(2024, 1, 1, tzinfo=UTC)


def tagged(name: str, days: int = 0) -> Tag:
    return Tag(
        name=name,
        commit="1" * 40,
        tagged_at=DAY + timedelta(days=days),
        is_annotated=False,
        is_signed=False,
    )


@pytest.mark.parametrize(
    "names",
    [
        ["v1.0", "v1.1", "v1.9", "v1.10"],
        ["1.0.0", "1.0.1", "2.0.0"],
        ["curl-7_88_1", "curl-8_10_1"],
        ["release-1.24.0", "release-1.25.3"],
        ["REL_15_2", "REL_16_1"],
        ["OpenSSL_1_1_1a", "OpenSSL_1_1_1w", "openssl-3.2.0"],
        ["v2023.12", "v2024.1.1"],
        ["1.0.0.Final", "1.0.1.Final"],
        ["jetty-9.4.43.v20210629", "jetty-9.4.44.v20210927"],
        ["5.0.6", "5.0.6-p1"],
        ["1.2.3", "1.2.3.post1"],
        ["v12", "v13"],
        ["version/2.0", "version/2.1"],
        ["v1.2.3+build5", "v1.2.4+build1"],
        ["2.40", "2.40.1"],
        ["v6.2.0", "V6.3.0"],
        ["2.7.0-lts", "2.7.1-lts"],
        ["1.0-1", "1.0-2"],
        ["go1.9.7", "go1.22.1"],
        ["jdk-20-ga", "jdk-21-ga"],
        ["@scope/package@1.2.3", "@scope/package@1.10.0"],
        ["v1.2.1_rev_1013", "v1.2.1_rev_1014"],
        ["2.33.1", "2.33.1-HF1"],
    ],
)
def test_versions_are_in_order(names: list[str]) -> None:
    for older, newer in pairwise(names):
        latest = latest_release([tagged(newer), tagged(older)])
        assert latest is not None
        assert latest.name == newer


@pytest.mark.parametrize(
    "name",
    [
        "v2.0-alpha",
        "v2.0a1",
        "v2.0.0-beta.3",
        "v2.0b2",
        "v2.0-rc1",
        "2.0rc1",
        "2.0.RC1",
        "2.0.CR2",
        "v2.0-pre",
        "2.0.dev3",
        "2.0-SNAPSHOT",
        "v19.14.0-snapshot.2",
        "2.0-M3",
        "2.0-nightly",
        "2.0-next.1",
        "v2.0-something-new",
        "nightly",
        "latest",
        "20240101",
        "build-1234",
        "12345678901234567890.1",
        "1." * 40 + "1",
        "",
        "v",
        "-",
        "sarif-v2.2-wd20250807-dev",
        "rc-8_22_0-2",
        "v1.0/docs",
        "vm-playpen",
        "before_ftp_statemachine",
        "before-2.0",
        "v3.14-qa.1",
        "nightly-2026-03-01",
        "backup/2.30_AUTO-37",
        "backup/api-tests-11-00-25",
        "1.0.x",
        "tmp-10441-1",
        "v19.13.0-infitx.23",
        "v1.1.1-uga-v1",
        "2.34.7-EMBARGOED",
        "1.0.0@1767",
        "dor-02",
        "mzima-20230413",
    ],
)
def test_what_is_no_final_version_is_no_release(name: str) -> None:
    assert latest_release([tagged(name)]) is None


def test_a_release_candidate_does_not_stand_for_its_release() -> None:
    tags = [tagged("v1.9", 0), tagged("v2.0-rc1", 10)]

    latest = latest_release(tags)

    assert latest is not None
    assert latest.name == "v1.9"


def test_a_patch_of_an_older_line_is_not_the_latest_release() -> None:
    latest = latest_release([tagged("7.4.1", 0), tagged("6.2.16", 1)])

    assert latest is not None
    assert latest.name == "7.4.1"


def test_a_number_mistyped_years_ago_is_not_the_latest_release() -> None:
    tags = [tagged("4.1.2.3", 0), tagged("2.42.5.2", 1000), tagged("2.43.1", 990)]

    latest = latest_release(tags)

    assert latest is not None
    assert latest.name == "2.43.1"


def test_equal_versions_go_by_date() -> None:
    latest = latest_release([tagged("v1.0.0", 1), tagged("v1.0", 0)])

    assert latest is not None
    assert latest.name == "v1.0.0"


def test_age_does_not_count() -> None:
    latest = latest_release([tagged("v1.0", -5000)])

    assert latest is not None
    assert latest.name == "v1.0"


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        ((), "v2.0"),
        (("client",), "client/v7.1"),
        (("Client",), "client/v7.1"),
        (("nothing", "server"), "server@3.0.0"),
        (("nothing",), "v2.0"),
    ],
)
def test_of_a_monorepo_the_part_s_own_series_is_taken(
    names: tuple[str, ...], chosen: str
) -> None:
    tags = [tagged("client/v7.1"), tagged("server@3.0.0"), tagged("v2.0")]

    latest = latest_release(tags, *names)

    assert latest is not None
    assert latest.name == chosen


def test_a_tag_that_begins_with_the_project_s_name_is_of_no_other_series() -> None:
    tags = [tagged("v1.9.11", 700), tagged("v1.4.0"), tagged("births-v1.4.1", 1)]

    latest = latest_release(tags, "births", project="Births")

    assert latest is not None
    assert latest.name == "v1.9.11"


def test_with_series_only_the_one_with_most_tags_is_taken() -> None:
    tags = [tagged("tiny-curl-9.9.9"), tagged("curl-8_0_0"), tagged("curl-8_0_1")]

    latest = latest_release(tags)

    assert latest is not None
    assert latest.name == "curl-8_0_1"


@pytest.mark.parametrize(
    "name", ["1" * 100, "a1" * 50, "v" * 100, "1.-_" * 25, "é" * 100, "٣.٤"]
)
def test_no_name_takes_long_to_read(name: str) -> None:
    begun = time.process_time()

    read_release(tagged(name))

    assert time.process_time() - begun < 1
