# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Licence expressions are checked, simplified and weighed."""

import pytest
from license_expression import get_spdx_licensing

from ossay.collect.licensing.expressions import (
    LONGEST,
    AllOf,
    AnyOf,
    ExpressionRefused,
    Licence,
    Term,
    TooManyChoices,
    alternatives,
    base,
    expression,
    flagged,
    ids,
    licences,
    licences_in,
    tag_ids,
    term,
    without_mail,
)
from ossay.collect.licensing.licence_names import by_name, is_vaguely


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        ("MIT", "MIT"),
        ("mit or apache-2.0", "Apache-2.0 OR MIT"),
        ("MIT AND (MIT OR ISC)", "MIT"),
        ("(MIT)", "MIT"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", None),
        ("Apache-1.0+", None),
        ("LicenseRef-City", None),
        ("GPL-3.0", None),
    ],
)
def test_an_expression_is_simplified(text: str, simplified: str | None) -> None:
    assert expression(text) == (simplified or text)


@pytest.mark.parametrize("combined", ["{}", "{}+", "(MIT OR {}) AND ISC", "{} OR {}"])
def test_the_grammar_needs_no_list_of_licences(combined: str) -> None:
    listed = get_spdx_licensing()
    for identifier in licences():
        text = combined.format(identifier, identifier)
        parsed = listed.parse(text, simple=True)

        assert list(ids(text)) == listed.license_keys(parsed)
        assert expression(text) == str(parsed.simplify())


@pytest.mark.parametrize(
    "text",
    ["", "BSD", "MIT License", "MIT OR", "NOASSERTION", "MIT/ISC", "x" * (LONGEST + 1)],
)
def test_what_spdx_does_not_know_is_refused(text: str) -> None:
    with pytest.raises(ExpressionRefused):
        expression(text)


def test_a_deep_expression_is_read_or_refused_in_no_time() -> None:
    deep = "(" * 200 + "MIT" + ")" * 200

    assert expression(deep) == "MIT"


@pytest.mark.parametrize(
    ("identifier", "text"),
    [
        ("GPL-3.0-or-later", "GPL-3.0"),
        ("GPL-3.0-only", "GPL-3.0"),
        ("LGPL-2.1+", "LGPL-2.1"),
        ("GFDL-1.3-no-invariants-or-later", "GFDL-1.3"),
        ("Apache-2.0", "Apache-2.0"),
        ("CC-BY-4.0", "CC-BY-4.0"),
    ],
)
def test_a_text_says_neither_only_nor_later(identifier: str, text: str) -> None:
    assert base(identifier) == text


def test_exceptions_are_no_licences() -> None:
    found = licences_in("(GPL-2.0-or-later WITH Classpath-exception-2.0) OR MIT")

    assert found == {"GPL-2.0", "MIT"}


@pytest.mark.parametrize(
    ("text", "osi", "fsf"),
    [
        ("EUPL-1.2", True, True),
        ("CC0-1.0", False, True),
        ("BUSL-1.1", False, False),
        ("BUSL-1.1 OR MIT", True, True),
        ("BUSL-1.1 AND MIT", False, False),
        ("MIT AND CC0-1.0", False, True),
        ("GPL-3.0", True, True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", True, True),
        ("LicenseRef-City", None, None),
        ("LicenseRef-City OR MIT", True, True),
        ("LicenseRef-City OR BUSL-1.1", None, None),
        ("LicenseRef-City AND BUSL-1.1", False, False),
        ("LicenseRef-City AND MIT", None, None),
        ("NONE", False, False),
    ],
)
def test_of_an_or_the_best_counts_and_of_an_and_all(
    text: str, osi: bool | None, fsf: bool | None
) -> None:
    assert flagged(text, "isOsiApproved") is osi
    assert flagged(text, "isFsfLibre") is fsf


@pytest.mark.parametrize(
    ("said", "identifier"),
    [
        ("MIT License", "MIT"),
        ("The Apache Software License, Version 2.0", "Apache-2.0"),
        ("GNU General Public License v3 or later (GPLv3+)", "GPL-3.0-or-later"),
        ("Mozilla Public License 2.0 (MPL 2.0)", "MPL-2.0"),
        ("European Union Public Licence 1.2 (EUPL 1.2)", "EUPL-1.2"),
        ("https://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
        ("http://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ("ours <https://opensource.org/licenses/MIT>", "MIT"),
        ("https://spdx.org/licenses/EUPL-1.2", "EUPL-1.2"),
        ("BSD", None),
        ("BSD License", None),
        ("GNU Lesser General Public License", None),
        ("https://www.gnu.org/licenses/gpl-3.0-standalone.html", None),
        ("Proprietary", None),
        ("", None),
    ],
)
def test_names_and_addresses_of_listed_licences_are_known(
    said: str, identifier: str | None
) -> None:
    assert by_name(said) == identifier


@pytest.mark.parametrize(
    ("said", "holds"),
    [("BSD-3", True), ("BSD License", True), ("MIT", False), ("Proprietary", False)],
)
def test_the_beginning_of_a_name_is_a_vague_one(said: str, holds: bool) -> None:
    assert is_vaguely(said, "BSD-3-Clause") is holds


def test_a_tag_has_the_grammar_of_expressions_and_any_identifiers() -> None:
    assert tag_ids("Nonsense AND MIT") == ("Nonsense", "MIT")
    assert tag_ids("BSD 3-Clause") is None


def test_mail_addresses_do_not_pass() -> None:
    said = "ask <jane.doe@example.org> or jane@example.org"

    assert without_mail(said) == "ask <…> or …"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("MIT", Licence("MIT")),
        ("Nonsense", Licence("Nonsense")),
        (
            "GPL-2.0-only with classpath-exception-2.0",
            Licence("GPL-2.0-only", "Classpath-exception-2.0"),
        ),
        (
            "ISC or (mit and 0BSD)",
            AnyOf((Licence("ISC"), AllOf((Licence("0BSD"), Licence("MIT"))))),
        ),
        ("GPL-2.0+", Licence("GPL-2.0-or-later")),
        ("MPL-1.1+", AnyOf((Licence("MPL-1.1"), Licence("MPL-1.1+")))),
        ("MIT AND (MIT OR ISC)", Licence("MIT")),
    ],
)
def test_an_expression_is_a_tree(text: str, tree: Term) -> None:
    assert term(text) == tree


def test_each_way_to_choose_is_listed_once() -> None:
    mit, isc, bsd = Licence("MIT"), Licence("ISC"), Licence("0BSD")

    assert alternatives(term("0BSD AND (MIT OR ISC)")) == ((bsd, isc), (bsd, mit))
    assert alternatives(term("MIT OR ISC")) == ((isc,), (mit,))


def test_too_many_ways_to_choose_are_refused_before_they_are_made() -> None:
    pairs = " AND ".join(f"(A{n} OR B{n})" for n in range(24))

    with pytest.raises(TooManyChoices, match="16777216 ways"):
        alternatives(term(pairs))
