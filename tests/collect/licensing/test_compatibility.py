# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is inside a work is held against the list of compatible licences."""

import json
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ossay.collect.licensing.compatibility import (
    MOST_COMPARED,
    Comparison,
    Inbound,
    compare,
    pairs,
)
from ossay.collect.licensing.compatibility_list import (
    Compatibility,
    ListUnreadable,
    compatibility_list,
    read_list,
)
from ossay.collect.licensing.expressions import Licence

COMPATIBLE = Compatibility.COMPATIBLE
DEPENDS = Compatibility.DEPENDS
UNDETERMINED = Compatibility.UNDETERMINED
INCOMPATIBLE = Compatibility.INCOMPATIBLE

LIST = compatibility_list()


def held(outbound: str, *inbound: str) -> Comparison:
    return compare(outbound, [Inbound(expression=i) for i in inbound], LIST)


@pytest.mark.parametrize(
    ("outbound", "inbound", "result"),
    [
        ("EUPL-1.2", "GPL-3.0-only", INCOMPATIBLE),
        ("GPL-3.0-only", "EUPL-1.2", COMPATIBLE),
        ("EUPL-1.2", "Apache-2.0", UNDETERMINED),
        ("AGPL-3.0-only", "GPL-3.0-only", DEPENDS),
        ("MIT", "MIT", COMPATIBLE),
    ],
)
def test_the_outer_licence_of_the_list_is_that_of_the_whole(
    outbound: str, inbound: str, result: Compatibility
) -> None:
    assert held(outbound, inbound).compatibility is result


def test_the_list_is_dated_by_its_own_words_and_holds_licences_alone() -> None:
    assert LIST.dated == date(2024, 5, 21)
    assert len(LIST.words) == 110
    assert not {"timestamp", "timeformat"} & LIST.words.keys()
    for outbound, row in LIST.words.items():
        assert row.keys() == LIST.words.keys(), outbound


@pytest.mark.parametrize(
    ("outbound", "inbound", "result"),
    [
        # By its number alone, a GNU licence is one of two: both have to agree.
        ("GPL-3.0", "EUPL-1.2", COMPATIBLE),
        ("GPL-3.0", "GPL-3.0-only", UNDETERMINED),
        ("GPL-3.0", "GPL-3.0", COMPATIBLE),
        ("MIT", "GPL-2.0", INCOMPATIBLE),
        ("GPL-3.0-only", "GPL-2.0", UNDETERMINED),
        # What grants later versions may go where a later version may.
        ("GPL-3.0-only", "GPL-2.0-or-later", COMPATIBLE),
        ("GPL-3.0-only", "GPL-2.0+", COMPATIBLE),
        ("GPL-3.0-only", "GPL-2.0-only", INCOMPATIBLE),
        ("GPL-2.0-or-later", "GPL-3.0-only", INCOMPATIBLE),
        # Of "this or a later version", this one is on the list.
        ("MIT", "Apache-2.0+", COMPATIBLE),
        ("MIT", "MPL-1.1+", UNDETERMINED),
        ("MIT", "MPL-1.1", INCOMPATIBLE),
        # Names that SPDX has withdrawn, and other names of listed licences.
        ("MIT", "StandardML-NJ", COMPATIBLE),
        ("BSD-2-Clause-NetBSD", "MIT", COMPATIBLE),
        ("MIT", "LicenseRef-scancode-libzip", COMPATIBLE),
        ("mit", "isc", COMPATIBLE),
    ],
)
def test_a_licence_is_found_under_each_of_its_names(
    outbound: str, inbound: str, result: Compatibility
) -> None:
    assert held(outbound, inbound).compatibility is result


@pytest.mark.parametrize(
    ("inbound", "result"),
    [
        ("GPL-2.0-only WITH Classpath-exception-2.0", COMPATIBLE),
        ("GPL-2.0-only WITH Bison-exception-2.2", UNDETERMINED),
        ("GPL-2.0-only WITH Nonsense-exception", UNDETERMINED),
        ("GPL-2.0-or-later WITH Classpath-exception-2.0", UNDETERMINED),
        ("MIT WITH Classpath-exception-2.0", UNDETERMINED),
    ],
)
def test_an_exception_is_part_of_the_name(inbound: str, result: Compatibility) -> None:
    assert held("GPL-2.0-only", inbound).compatibility is result


@pytest.mark.parametrize(
    ("outbound", "inbound"),
    [
        ("MIT", "LicenseRef-City"),
        ("LicenseRef-City", "MIT"),
        ("LicenseRef-City", "LicenseRef-City"),
        ("MIT", "CC-BY-4.0"),
        ("BUSL-1.1", "MIT"),
        ("MIT", "NOASSERTION"),
        ("NOASSERTION", "MIT"),
        ("NONE", "MIT"),
        ("MIT", "NONE"),
        ("MIT", ""),
        ("", "MIT"),
        ("MIT", "BSD 3-Clause"),
        ("MIT", "MIT AND (ISC"),
        ("MIT", "timestamp"),
        ("timeformat", "MIT"),
        ("MIT OR", "MIT"),
        ("MIT", "MIT AND LicenseRef-City"),
        ("MIT AND LicenseRef-City", "ISC"),
        ("EUPL-1.2", "Apache-2.0 OR GPL-3.0-only"),
    ],
)
def test_what_the_list_does_not_say_is_for_a_person(
    outbound: str, inbound: str
) -> None:
    comparison = held(outbound, inbound)

    assert comparison.compatibility is UNDETERMINED
    assert comparison.held[0].note


def test_a_licence_that_is_on_no_row_may_go_into_itself() -> None:
    comparison = held("BUSL-1.1", "BUSL-1.1")

    assert comparison.compatibility is COMPATIBLE
    assert (
        comparison.held[0].note == "BUSL-1.1 in a work under BUSL-1.1: the same licence"
    )


def test_nothing_found_inside_is_no_pass() -> None:
    assert held("MIT").compatibility is UNDETERMINED


@pytest.mark.parametrize(
    ("inbound", "result", "chosen"),
    [
        ("GPL-2.0-only OR MIT", COMPATIBLE, ["MIT"]),
        ("GPL-2.0-only OR LicenseRef-City", UNDETERMINED, ["LicenseRef-City"]),
        ("GPL-2.0-only AND MIT", INCOMPATIBLE, ["GPL-2.0-only", "MIT"]),
        ("GPL-2.0-only AND LicenseRef-City", INCOMPATIBLE, None),
        ("ISC AND (MPL-2.0 OR MIT)", COMPATIBLE, ["ISC", "MIT"]),
    ],
)
def test_inside_the_best_of_an_or_counts_and_all_of_an_and(
    inbound: str, result: Compatibility, chosen: list[str] | None
) -> None:
    [one] = held("Apache-2.0", inbound).held

    assert one.compatibility is result
    assert chosen is None or [str(licence) for licence in one.chosen] == chosen


def test_the_whole_takes_one_branch_for_all_and_says_which() -> None:
    comparison = held("MIT OR GPL-2.0-only", "GPL-2.0-only", "MIT")

    assert comparison.compatibility is COMPATIBLE
    assert comparison.chosen == (Licence("GPL-2.0-only"),)
    assert comparison.choices == 2


def test_no_branch_suits_what_only_two_of_them_could() -> None:
    comparison = held("Apache-2.0 OR GPL-2.0-only", "GPL-2.0-only", "Apache-2.0")

    assert comparison.compatibility is INCOMPATIBLE
    assert len(comparison.those(COMPATIBLE)) == 1


def test_all_licences_of_a_whole_hold() -> None:
    comparison = held("MIT AND GPL-2.0-only", "MPL-2.0", "MIT", "GPL-2.0-only")

    assert [(h.inbound.expression, h.compatibility) for h in comparison.held] == [
        ("MPL-2.0", INCOMPATIBLE),
        ("GPL-2.0-only", COMPATIBLE),
        ("MIT", COMPATIBLE),
    ]


@pytest.mark.parametrize(
    ("outbound", "result", "note"),
    [
        ("MIT AND GPL-2.0-only", COMPATIBLE, "GPL-2.0-only: the list says 'Yes'"),
        ("Apache-2.0 AND GPL-2.0-only", INCOMPATIBLE, "the list says 'No'"),
        ("CC-BY-SA-4.0 AND GPL-3.0-only", UNDETERMINED, "the list does not say"),
    ],
)
def test_that_a_whole_names_its_parts_does_not_say_that_they_go_together(
    outbound: str, result: Compatibility, note: str
) -> None:
    comparison = held(outbound, *outbound.split(" AND "))

    assert comparison.compatibility is result
    assert comparison.those(COMPATIBLE) == comparison.held
    [entry] = comparison.among
    assert note in entry.note


def test_too_many_ways_to_choose_are_for_a_person() -> None:
    many = " AND ".join(f"({a} OR {b})" for a, b in zip("ABCDE", "FGHIJ", strict=True))

    assert held(many, "MIT").compatibility is UNDETERMINED
    assert held("MIT", many).compatibility is UNDETERMINED
    assert "32 ways to choose" in held("MIT", many).held[0].note


def test_a_result_says_what_the_list_says_and_of_what() -> None:
    comparison = compare(
        "Apache-2.0",
        [
            Inbound(expression="GPL-2.0-only AND ISC", seen=("b.c",)),
            Inbound(expression="GPL-2.0-only AND ISC", seen=("a.c", "b.c")),
        ],
        LIST,
    )

    [one] = comparison.held
    assert one.inbound.seen == ("a.c", "b.c")
    assert one.note == "GPL-2.0-only in a work under Apache-2.0: the list says 'No'"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"timestamp": "yesterday"}',
        b'{"timestamp": "2024-05-21", "MIT": 1}',
        b'{"timestamp": "2024-05-21", "MIT": {"MIT": "Perhaps"}}',
    ],
)
def test_a_list_of_another_form_is_refused(content: bytes) -> None:
    with pytest.raises(ListUnreadable):
        read_list(content)


def test_a_newer_list_is_read_with_its_own_date() -> None:
    newer = {"timestamp": "2026-01-02T03:04:05+0000", "MIT": {"MIT": "Same"}}

    assert read_list(json.dumps(newer).encode()).dated == date(2026, 1, 2)


def test_two_things_inside_go_together_where_either_may_be_the_whole() -> None:
    found = [
        Inbound(expression=text)
        for text in ("GPL-2.0-only", "MIT", "Apache-2.0", "LicenseRef-City", "BSD 3")
    ]

    result = pairs(found, LIST)

    seen = [(p.one, p.other, p.compatibility) for p in result.open]
    assert seen[0] == ("Apache-2.0", "GPL-2.0-only", INCOMPATIBLE)
    assert {p[:2] for p in seen[1:]} == {
        ("Apache-2.0", "LicenseRef-City"),
        ("GPL-2.0-only", "LicenseRef-City"),
        ("LicenseRef-City", "MIT"),
    }
    assert {p[2] for p in seen[1:]} == {UNDETERMINED}
    assert result.compared == 6
    assert result.left_out == ("BSD 3",)


def test_of_a_choice_inside_the_branch_counts_that_goes_with_the_other() -> None:
    found = [Inbound(expression=text) for text in ("GPL-2.0-only", "Apache-2.0 OR MIT")]

    assert pairs(found, LIST).open == ()


def test_of_very_many_expressions_the_rarest_are_not_compared() -> None:
    common = Inbound(expression="LicenseRef-99999", seen=("a", "b"))
    found = [Inbound(expression=f"LicenseRef-{n}", seen=("a",)) for n in range(9_999)]

    result = pairs([*found, common], LIST)

    assert result.compared == MOST_COMPARED * (MOST_COMPARED - 1) // 2
    assert len(result.left_out) == 10_000 - MOST_COMPARED
    assert "LicenseRef-99999" not in result.left_out


LICENCES = st.sampled_from(
    [
        "MIT",
        "ISC",
        "Apache-2.0",
        "GPL-2.0-only",
        "GPL-2.0-or-later",
        "GPL-3.0",
        "AGPL-3.0-only",
        "EUPL-1.2",
        "MPL-1.1+",
        "GPL-2.0-only WITH Classpath-exception-2.0",
    ]
)
STRANGE = st.sampled_from(["LicenseRef-City", "BUSL-1.1", "CC-BY-4.0", "NOASSERTION"])


def expressions(licences: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.recursive(
        licences,
        lambda inner: st.builds(
            "({}) {} ({})".format, inner, st.sampled_from(["AND", "OR"]), inner
        ),
        max_leaves=4,
    )


WHOLES = expressions(LICENCES | STRANGE)


@given(WHOLES, st.lists(WHOLES, max_size=5), st.randoms())
def test_the_order_of_what_was_found_does_not_matter(
    outbound: str, inbound: list[str], random: Random
) -> None:
    shuffled = sorted(inbound, key=lambda _: random.random())

    assert held(outbound, *inbound) == held(outbound, *shuffled)


@given(WHOLES, st.lists(WHOLES, min_size=1, max_size=4), WHOLES)
def test_finding_more_inside_never_makes_it_better(
    outbound: str, inbound: list[str], more: str
) -> None:
    before = held(outbound, *inbound).compatibility
    after = held(outbound, *inbound, more).compatibility

    assert after >= before


@given(WHOLES, WHOLES)
def test_a_choice_never_makes_it_worse_and_a_demand_never_better(
    outbound: str, inbound: str
) -> None:
    result = held(outbound, inbound).compatibility

    assert held(outbound, f"({inbound}) OR MIT").compatibility <= result
    assert held(outbound, f"({inbound}) AND MIT").compatibility >= result


@given(expressions(STRANGE), st.lists(WHOLES, max_size=3))
def test_what_is_on_no_list_is_never_compatible(
    strange: str, others: list[str]
) -> None:
    comparison = held("Apache-2.0", strange, *others)

    assert comparison.compatibility >= UNDETERMINED


@given(st.lists(WHOLES, max_size=5))
def test_pairs_have_no_order(inbound: list[str]) -> None:
    found = [Inbound(expression=text) for text in inbound]

    assert pairs(found, LIST) == pairs(reversed(found), LIST)
