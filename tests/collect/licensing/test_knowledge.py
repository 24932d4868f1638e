# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is known of licences is told, and what is not known is told as that."""

import pytest

from ossay.collect.licensing import scancode_index
from ossay.collect.licensing.expressions import base, licences
from ossay.collect.licensing.knowledge import (
    Category,
    Knowledge,
    knowledge,
    network_copyleft,
)


@pytest.mark.parametrize(
    ("text", "category", "network"),
    [
        ("MIT", Category.PERMISSIVE, False),
        ("CC0-1.0", Category.PUBLIC_DOMAIN, False),
        ("MPL-2.0", Category.COPYLEFT_LIMITED, False),
        ("GPL-3.0", Category.COPYLEFT, False),
        ("EUPL-1.2", Category.COPYLEFT_LIMITED, True),
        ("EUPL-1.1+", Category.COPYLEFT_LIMITED, True),
        ("AGPL-3.0", Category.COPYLEFT, True),
        ("AGPL-3.0+", Category.COPYLEFT, True),
        ("SSPL-1.0", Category.SOURCE_AVAILABLE, True),
        ("BUSL-1.1", Category.SOURCE_AVAILABLE, False),
        ("CC-BY-NC-4.0", Category.SOURCE_AVAILABLE, False),
        ("LicenseRef-scancode-bsl-1.1", Category.SOURCE_AVAILABLE, False),
        ("LicenseRef-scancode-commercial-license", Category.COMMERCIAL, False),
        ("LicenseRef-scancode-unknown", None, None),
        ("LicenseRef-City", None, None),
        ("Nonsense", None, None),
        ("NOASSERTION", None, None),
    ],
)
def test_a_licence_is_of_the_kind_that_the_index_says(
    text: str, category: Category | None, network: bool | None
) -> None:
    known = knowledge(text)

    assert (known.category, known.network_copyleft) == (category, network)
    assert bool(known.unknown) is (category is None)


@pytest.mark.parametrize(
    ("text", "category", "chosen"),
    [
        ("MIT OR GPL-3.0-only", Category.PERMISSIVE, "MIT"),
        ("EUPL-1.2 OR MPL-2.0", Category.COPYLEFT_LIMITED, "MPL-2.0"),
        ("BUSL-1.1 OR AGPL-3.0-only", Category.COPYLEFT, "AGPL-3.0-only"),
        ("LicenseRef-City OR MIT", Category.PERMISSIVE, "MIT"),
        ("LicenseRef-City OR BUSL-1.1", None, "LicenseRef-City"),
        ("MIT AND GPL-3.0-only", Category.COPYLEFT, "GPL-3.0-only MIT"),
        ("MIT AND LicenseRef-City", None, "LicenseRef-City MIT"),
        ("BUSL-1.1 AND LicenseRef-City", Category.SOURCE_AVAILABLE, None),
        ("MIT AND (ISC OR BUSL-1.1)", Category.PERMISSIVE, "ISC MIT"),
    ],
)
def test_of_an_or_the_freest_is_taken_and_of_an_and_the_most_restrictive_counts(
    text: str, category: Category | None, chosen: str | None
) -> None:
    known = knowledge(text)

    assert known.category is category
    assert chosen is None or " ".join(map(str, known.chosen)) == chosen


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("GPL-2.0-only WITH Classpath-exception-2.0", Category.COPYLEFT_LIMITED),
        ("GPL-2.0-only WITH GStreamer-exception-2005", Category.COPYLEFT),
        ("Apache-2.0 WITH LLVM-exception", Category.PERMISSIVE),
        ("LGPL-3.0-only WITH LGPL-3.0-linking-exception", Category.COPYLEFT_LIMITED),
        ("GPL-2.0-only WITH Nonsense-exception", None),
        ("GPL-2.0-only WITH PCRE2-exception", None),
    ],
)
def test_an_exception_may_limit_copyleft_and_does_no_more(
    text: str, category: Category | None
) -> None:
    assert knowledge(text).category is category


def test_a_choice_that_avoids_network_copyleft_is_taken_and_an_addition_is_not() -> (
    None
):
    assert knowledge("MIT OR AGPL-3.0-only").network_copyleft is False
    assert knowledge("MIT AND AGPL-3.0-only").network_copyleft is True
    assert knowledge("LicenseRef-City AND AGPL-3.0-only").network_copyleft is True
    assert knowledge("LicenseRef-City AND MIT").network_copyleft is None


def test_approval_is_told_of_the_whole_expression() -> None:
    known = knowledge("CC0-1.0 OR MIT")

    assert str(known.chosen[0]) == "CC0-1.0"
    assert known.osi_approved is True
    assert known.fsf_libre is True


@pytest.mark.parametrize("text", ["", "MIT OR", "BSD 3-Clause", "x" * 481])
def test_of_what_is_no_expression_nothing_is_known(text: str) -> None:
    known = knowledge(text)

    assert known == Knowledge(why_not=known.why_not)
    assert known.why_not


def test_all_but_one_licence_of_the_spdx_list_are_of_a_kind() -> None:
    without = [i for i in licences() if not scancode_index.category(i)]

    assert without == ["GPL-2.0-with-bison-exception"]


def test_all_candidates_for_network_copyleft_are_on_the_spdx_list() -> None:
    listed = {base(i) for i in licences()}

    assert network_copyleft() <= listed
    assert {"AGPL-3.0", "EUPL-1.2", "SSPL-1.0"} <= network_copyleft()


def test_a_name_stands_for_its_others_but_not_for_references_of_works() -> None:
    assert "BSD-2-Clause-FreeBSD" in scancode_index.names("BSD-2-Clause-Views")
    assert "LicenseRef-Apache" not in scancode_index.names("Apache-2.0")
    assert scancode_index.category("LicenseRef-Apache") == ""
    assert scancode_index.names("Nonsense") == ("Nonsense",)
