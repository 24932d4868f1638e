# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the history shows of how changes came in."""

import pytest

from ossay.collect import gather, reviews
from ossay.model.evidence import Gap, Inapplicable, Observation
from tests.collect.histories import ListHistory, commit, given_history


def test_changes_are_counted_and_steps_that_were_proposed_have_a_share() -> None:
    history = ListHistory(
        [
            commit(1, merge=True),
            commit(2, by_forge=True),
            commit(3),
            commit(4, bot=True, by_forge=True),
            commit(5),
            commit(500, merge=True),
        ]
    )

    changes, share = gather(reviews.COLLECTOR, given_history(history))[0]

    assert isinstance(changes, Observation)
    assert isinstance(share, Observation)
    assert changes.value == 6
    assert share.value == 0.5


def test_a_year_without_changes_has_no_share() -> None:
    history = ListHistory([commit(500)])

    changes, share = gather(reviews.COLLECTOR, given_history(history))[0]

    assert isinstance(changes, Observation)
    assert changes.value == 1
    assert isinstance(share, Inapplicable)


@pytest.mark.parametrize(
    "history",
    [
        None,
        ListHistory([commit(1)], complete=False),
        ListHistory([commit(1)], settled=False),
    ],
    ids=["not read", "shallow", "damaged"],
)
def test_a_history_that_is_not_whole_leaves_both_open(
    history: ListHistory | None,
) -> None:
    answers, _ = gather(reviews.COLLECTOR, given_history(history))

    assert all(isinstance(answer, Gap) for answer in answers)
