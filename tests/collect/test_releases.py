# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Releases are read from the tags that name a version."""

import dataclasses
from collections.abc import Sequence
from datetime import timedelta

import pytest

from ossay.collect import gather, releases
from ossay.model.evidence import Answered, Gap, Inapplicable, Observation, Value
from ossay.model.history import Tag
from tests.collect.histories import END, ListHistory, commit, given_history, tag
from tests.collect.trees import SNAPSHOT


def test_the_latest_release_and_the_rhythm_are_told() -> None:
    seen = _values(
        [tag("v1.0", 800), tag("v1.1", 400), tag("v2.0-rc1", 20), tag("v2.0", 10)]
    )

    assert seen == {
        "stewardship.latest_release_on": (END - timedelta(days=10)).date(),
        "stewardship.latest_release": "v2.0",
        "stewardship.releases_last_two_years": 2,
        "stewardship.median_days_between_releases": 395,
        "security.release_signed": False,
        "stewardship.longest_days_between_releases": 400,
        "security.unsigned_releases_last_two_years": 2,
    }


def test_of_releases_on_one_day_the_highest_version_is_the_latest() -> None:
    seen = _values([tag("6.2.16", 10), tag("7.10.0", 10), tag("7.9.9", 10)])

    assert seen["stewardship.latest_release"] == "7.10.0"


def test_maintenance_of_an_older_line_is_not_the_latest_release() -> None:
    seen = _values([tag("v4.2.9", 2), tag("v5.1.0", 40), tag("2019.1", 900)])

    assert seen["stewardship.latest_release"] == "v5.1.0"
    assert seen["stewardship.releases_last_two_years"] == 2


def test_of_several_packages_the_one_with_most_releases_counts() -> None:
    seen = _values(
        [tag("server/v2.1", 9), tag("client/v7.0", 5), tag("server/v2.2", 3)]
    )

    assert seen["stewardship.latest_release"] == "server/v2.2"


def test_of_several_packages_the_one_that_is_looked_at_counts() -> None:
    tags = [tag("server/v2.1", 9), tag("client/v7.0", 5), tag("server/v2.2", 3)]

    seen = _values(tags, ListHistory([commit(0)], tags), path="apps/client")

    assert seen["stewardship.latest_release"] == "client/v7.0"


def test_of_several_packages_the_one_whose_release_is_assessed_counts() -> None:
    tags = [tag("server/v2.1", 9), tag("client/v7.0", 0), tag("server/v2.2", 3)]
    here = dataclasses.replace(tags[1], commit=SNAPSHOT.commit)

    seen = _values([tags[0], here, tags[2]])

    assert seen["stewardship.latest_release"] == "client/v7.0"


def test_packages_beside_the_product_are_no_releases_of_it() -> None:
    """Kolibri tags packages of its own, here younger than its latest release."""
    seen = _values(
        [
            tag("v0.17.4", 30),
            tag("v0.17.3", 90),
            tag("npm/kolibri-logging/1.0.0", 10),
            tag("npm/h5p-hashi/2.0.0", 60),
        ]
    )

    assert seen["stewardship.latest_release"] == "v0.17.4"
    assert seen["stewardship.releases_last_two_years"] == 2
    assert seen["stewardship.median_days_between_releases"] == 60


def test_the_releases_of_a_package_that_is_assessed_are_its_own() -> None:
    tags = [tag("v2.0", 30), tag("server/v2.1", 10), tag("server/v2.0", 50)]
    asked = given_history(ListHistory([commit(0)], tags))
    at_server = dataclasses.replace(asked.snapshot, ref="refs/tags/server/v2.1")

    answers, _ = gather(
        releases.COLLECTOR, dataclasses.replace(asked, snapshot=at_server)
    )

    said = {a.fact: a for a in answers}["stewardship.releases_last_two_years"]
    assert isinstance(said, Observation)
    subjects = [item.subject.removeprefix("refs/tags/") for item in said.items]
    assert subjects == ["server/v2.1", "server/v2.0"]


def test_a_change_of_how_tags_are_called_is_no_change_of_the_series() -> None:
    seen = _values([tag("release-1.0", 400), tag("v1.1", 100), tag("2.0", 10)])

    assert seen["stewardship.releases_last_two_years"] == 3


def test_one_version_that_is_tagged_twice_is_one_release() -> None:
    seen = _values([tag("release-2.4.0", 60), tag("2.4.0", 58), tag("2.4.0a", 50)])

    assert seen["stewardship.releases_last_two_years"] == 2


def test_several_tags_on_one_commit_are_one_release() -> None:
    first = tag("v1.0", 10)
    again = dataclasses.replace(first, name="release-1.0")

    assert _values([first, again])["stewardship.releases_last_two_years"] == 1


def test_two_years_end_with_the_commit_assessed() -> None:
    seen = _values([tag("v1", 731), tag("v2", 729)])

    assert seen["stewardship.releases_last_two_years"] == 1


@pytest.mark.parametrize("days_ago", [-1, -27_000])
def test_a_tag_younger_than_the_commit_counts_on_its_own_history_only(
    days_ago: float,
) -> None:
    old, elsewhere, here = tag("v1", 50), tag("v3", days_ago), tag("v2", days_ago)
    ours = [commit(0), commit(1, name=here.commit), commit(2, name=old.commit)]

    seen = _values([old, elsewhere, here], ListHistory(ours, [old, elsewhere, here]))

    assert seen["stewardship.latest_release"] == "v2"
    assert seen["stewardship.latest_release_on"] == END.date()
    assert seen["stewardship.releases_last_two_years"] == 2


@pytest.mark.parametrize("tags", [[], [tag("latest", 1)], [tag("v1.0-rc1", 1)]])
def test_without_a_release_there_is_none_to_ask_about(tags: list[Tag]) -> None:
    seen = _answers(ListHistory([commit(0)], tags))

    count = seen.pop("stewardship.releases_last_two_years")
    assert isinstance(count, Observation)
    assert count.value == 0
    assert all(isinstance(a, Inapplicable) for a in seen.values())


def test_one_release_has_no_rhythm() -> None:
    seen = _answers(ListHistory([commit(0)], [tag("v1.0", 5)]))

    assert isinstance(seen["stewardship.median_days_between_releases"], Inapplicable)


def test_the_rhythm_is_that_of_the_last_five_years() -> None:
    lively = [tag(f"v1.{n}", 3_000 - n) for n in range(50)]
    calm = [tag("v2.0", 1_200), tag("v2.1", 800), tag("v2.2", 500)]

    seen = _values([*lively, *calm])

    assert seen["stewardship.median_days_between_releases"] == 350


@pytest.mark.parametrize(
    ("latest", "signed", "note"),
    [
        (tag("v2", 1, signed=True), True, "carries a signature, which was not checked"),
        (tag("v2", 1), False, "carries no signature"),
        (tag("v2", 1, annotated=False), False, "lightweight tag"),
    ],
)
def test_the_signature_of_the_latest_release_counts(
    latest: Tag, signed: bool, note: str
) -> None:
    older = tag("v1", 300, signed=not signed)

    answer = _answers(ListHistory([commit(0)], [older, latest]))[
        "security.release_signed"
    ]

    assert isinstance(answer, Observation)
    assert answer.value is signed
    assert note in answer.items[0].note


def test_the_longest_wait_is_told_with_the_release_that_ended_it() -> None:
    history = ListHistory([commit(0)], [tag("v1", 900), tag("v2", 400), tag("v3", 10)])

    answer = _answers(history)["stewardship.longest_days_between_releases"]

    assert isinstance(answer, Observation)
    assert answer.value == 500
    assert [item.subject for item in answer.items] == ["refs/tags/v2"]


def test_recent_releases_without_a_signature_are_named() -> None:
    tags = [tag("v1", 800), tag("v2", 400, signed=True), tag("v3", 10)]

    answers = _answers(ListHistory([commit(0)], tags))
    none = _answers(ListHistory([commit(0)], tags[:1]))

    found = answers["security.unsigned_releases_last_two_years"]
    assert isinstance(found, Observation)
    assert found.value == 1
    assert [item.subject for item in found.items] == ["refs/tags/v3"]
    assert isinstance(none["security.unsigned_releases_last_two_years"], Inapplicable)


def test_an_incomplete_history_leaves_every_question_open() -> None:
    history = ListHistory([commit(0)], [tag("v1", 5)], complete=False)

    answers, _ = gather(releases.COLLECTOR, given_history(history))

    assert all(isinstance(a, Gap) and "not complete" in a.why for a in answers)


def test_a_tag_that_could_not_be_read_may_have_been_the_latest_release() -> None:
    history = ListHistory([commit(0)], [tag("v1", 5)], settled=False)

    answers, _ = gather(releases.COLLECTOR, given_history(history))

    assert all(isinstance(a, Gap) and "missing or damaged" in a.why for a in answers)


def test_many_tags_of_long_numbers_are_no_burden() -> None:
    tags = [tag(f"v{n}.999999999.999999999", n % 700) for n in range(2000)]

    assert _values(tags)["stewardship.releases_last_two_years"] == 2000


def _answers(history: ListHistory, path: str = "") -> dict[str, Answered]:
    answers, _ = gather(releases.COLLECTOR, given_history(history, path=path))
    return {a.fact: a for a in answers}


def _values(
    tags: Sequence[Tag], history: ListHistory | None = None, path: str = ""
) -> dict[str, Value]:
    answers = _answers(history or ListHistory([commit(0)], tags), path).values()
    return {a.fact: a.value for a in answers if isinstance(a, Observation)}
