# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The list is made once, and what is not known of it is open."""

import pytest

from ossay.collect.components import COLLECTOR, components_of
from ossay.model.evidence import Gap, Observation
from ossay.model.toolbox import ToolSilent
from tests.collect.components.cases import GO, PACKAGE, YARN, Trivy, answers, of, real
from tests.collect.trees import MemoryFacts


def test_without_anything_that_names_components_there_are_none() -> None:
    said, tables = answers(of({"README.md": "# Portal\n"}, toolbox=None))

    assert not [a for a in said.values() if isinstance(a, Gap)]
    total = said["total"]
    assert isinstance(total, Observation)
    assert (total.value, total.missed) == (0, "")
    assert [len(table.rows) for table in tables] == [0]


@pytest.mark.parametrize(
    "toolbox",
    [
        None,
        Trivy(why="trivy is not installed"),
        Trivy({"Results": [{"Class": "lang-pkgs"}]}),
        Trivy({"Results": "many"}),
        Trivy([]),
    ],
    ids=["not offered", "silent", "without packages", "text", "a list"],
)
def test_where_lockfiles_cannot_be_read_everything_is_open(
    toolbox: Trivy | None,
) -> None:
    said, tables = answers(of({"go.mod": GO}, toolbox=toolbox))

    assert len(said) == len(COLLECTOR.facts)
    assert all(isinstance(a, Gap) and "trivy" in a.why for a in said.values())
    assert tables == []


def test_the_list_is_made_once_for_all_who_ask() -> None:
    memory, trivy = MemoryFacts(), Trivy()
    whole = of({"go.mod": "module x\n"}, memory=memory, toolbox=trivy)

    first = components_of(whole)

    assert components_of(whole) == first
    assert len(trivy.asked) == 1
    components_of(of({"go.mod": "module y\n"}, memory=memory, toolbox=trivy))
    assert len(trivy.asked) == 2


def test_what_could_not_be_asked_is_not_remembered() -> None:
    memory = MemoryFacts()

    with pytest.raises(ToolSilent):
        components_of(of({"go.mod": GO}, memory=memory, toolbox=Trivy(why="it died")))

    assert memory.kept == {}


@real
def test_the_annex_has_a_row_for_each_component() -> None:
    said, (table,) = answers(of({"package.json": PACKAGE, "yarn.lock": YARN}))

    assert table.name == "components"
    assert table.columns == (
        *("purl", "ecosystem", "name", "version", "scope", "licence", "direct"),
        *("path", "found in"),
    )
    assert (table.rows[0][:7]) == (
        "pkg:npm/deep@2.1.0",
        "npm",
        "deep",
        "2.1.0",
        "runtime",
        "",
        "no",
    )
    assert table.rows[0][7:] == ("pkg:npm/left@1.2.0", "yarn.lock")
    total = said["total"]
    assert isinstance(total, Observation)
    assert total.value == len(table.rows) == 3
