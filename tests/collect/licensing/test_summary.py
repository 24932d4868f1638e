# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Many expressions are told as one, or as how many there are."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ossay.collect.licensing.expressions import LONGEST, expression, licences
from ossay.collect.licensing.summary import MOST_NAMED, joined, summary


@pytest.mark.parametrize(
    ("stated", "together"),
    [
        (["MIT"], "MIT"),
        (["mit", "MIT", "(MIT)"], "MIT"),
        (["MIT", "ISC"], "ISC AND MIT"),
        (["MIT", "ISC OR MIT"], "MIT"),
        (["ISC OR 0BSD", "MIT"], "MIT AND (0BSD OR ISC)"),
        (["MIT AND ISC", "ISC AND MIT", "ISC"], "ISC AND MIT"),
        (
            ["GPL-2.0-only WITH Classpath-exception-2.0", "MIT"],
            "(GPL-2.0-only WITH Classpath-exception-2.0) AND MIT",
        ),
        ([], None),
        (["BSD 3"], None),
    ],
)
def test_what_holds_for_all_is_joined_and_simplified(
    stated: list[str], together: str | None
) -> None:
    found = summary(Counter(stated)).expression

    assert found == (expression(together) if together else None)


def test_expressions_are_counted_as_one_however_they_are_written() -> None:
    found = summary({"mit OR isc": 2, "ISC OR MIT": 3, "MIT": 4})

    assert found.commonest == (("ISC OR MIT", 5), ("MIT", 4))
    assert found.distinct == 2


def test_what_cannot_be_read_is_told_beside() -> None:
    found = summary({"MIT": 1, "see me@example.org": 2, "NOASSERTION": 3, "NONE": 1})

    assert found.expression == "MIT"
    assert found.distinct_unread == 3
    assert found.unread == (("NOASSERTION", 3), ("see …", 2), ("NONE", 1))


def test_ten_thousand_licences_are_a_number_and_the_commonest() -> None:
    stated = {f"LicenseRef-{n}": 1 + n % 7 for n in range(10_000)}
    stated |= {f"no licence {n}" * 100: 1 for n in range(10_000)}

    found = summary(stated)

    assert found.expression is None
    assert found.distinct == 10_000
    assert len(found.commonest) == MOST_NAMED
    assert {number for _, number in found.commonest} == {7}
    assert found.distinct_unread == 10_000
    assert len(repr(found)) < 20_000


def test_what_is_written_can_be_read_again_however_much_there_is() -> None:
    listed = sorted(licences())

    written = [joined(map(expression, listed[:n])) for n in range(1, 80)]

    there = [w for w in written if w is not None]
    assert len(there) > 20
    assert None in written
    assert all(len(w) <= LONGEST and expression(w) == w for w in there)


@given(st.lists(st.sampled_from(["MIT", "ISC OR MIT", "0BSD AND ISC", "X-Y"])))
def test_the_order_of_statements_does_not_matter(stated: list[str]) -> None:
    forwards = summary(Counter(stated))
    backwards = summary(Counter(reversed(stated)))

    assert forwards == backwards
