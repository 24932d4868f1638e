# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""syft's reading of lockfiles, where an office prefers it to trivy's."""

from collections.abc import Iterable, Mapping

import pytest

from ossay.collect import Asking
from ossay.collect.components import TOOLS, Components
from ossay.model.evidence import Gap, Item, Observation, Tool
from ossay.model.toolbox import Said, ToolSilent
from ossay.model.tree import Tree
from tests.collect.components.cases import (
    GO,
    PACKAGE,
    PACKAGE_LOCK,
    POM,
    Trivy,
    answers,
    listed,
    of,
    one,
    purls,
)


def artefact(purl: str, name: str, version: str, *paths: str) -> dict[str, object]:
    """Return an artefact as syft 1.18.1 tells of it, less what is not read."""
    return {
        "name": name,
        "version": version,
        "purl": purl,
        "locations": [{"path": f"/{path}", "accessPath": f"/{path}"} for path in paths],
        "licenses": [],
    }


class Syft(Trivy):
    """A toolbox of an office that chose syft, which says what it is told to."""

    def __init__(self, *artefacts: Mapping[str, object], why: str = "") -> None:
        super().__init__(
            {"artifacts": artefacts, "artifactRelationships": [], "descriptor": {}}, why
        )
        self.names: list[str] = []

    def tool(self, name: str) -> Tool:
        return Tool(name=name, version="1.18.1", from_path=name == "syft")

    def ask(self, name: str, question: str, tree: Tree, paths: Iterable[str]) -> Said:
        self.names.append(name)
        return super().ask(name, question, tree, paths)


def read(files: Mapping[str, str | bytes], *artefacts: dict[str, object]) -> Components:
    return listed(files, toolbox=Asking(Syft(*artefacts), TOOLS))


def test_where_syft_is_chosen_it_is_asked_and_trivy_is_not() -> None:
    syft = Syft(artefact("pkg:npm/left@1.2.0", "left", "1.2.0", "package-lock.json"))

    found = listed({"package-lock.json": PACKAGE_LOCK}, toolbox=Asking(syft, TOOLS))

    assert syft.names == ["syft"]
    left = one(found, "pkg:npm/left@1.2.0")
    assert (left.name, left.version) == ("left", "1.2.0")
    assert (left.scope.value, left.direct, left.path) == ("unknown", None, ())
    assert left.found_in == ("package-lock.json",)


def test_where_syft_is_not_chosen_trivy_is_asked() -> None:
    trivy = Trivy()

    listed({"go.mod": GO}, toolbox=Asking(trivy, TOOLS))

    assert trivy.asked == [("go.mod",)]


def test_a_chosen_syft_that_cannot_be_run_is_a_gap_and_not_replaced() -> None:
    class Refused(Syft):
        def tool(self, name: str) -> Tool:
            raise ToolSilent(f"{name} 1.0.0 on PATH is never run: it is older")

    refused = Refused()

    said, _ = answers(of({"go.mod": GO}, toolbox=Asking(refused, TOOLS)))

    assert refused.names == []
    total = said["total"]
    assert isinstance(total, Gap)
    assert total.why == "syft 1.0.0 on PATH is never run: it is older"


def test_a_chosen_syft_that_gives_no_answer_is_a_gap() -> None:
    silent = Syft(why="syft ended with status 1")

    said, _ = answers(of({"go.mod": GO}, toolbox=Asking(silent, TOOLS)))

    assert isinstance(said["total"], Gap)
    assert silent.names == ["syft"]


@pytest.mark.parametrize(
    ("given", "file", "expected"),
    [
        (("pkg:npm/%40o/a@1.0.0", "@o/a", "1.0.0"), "yarn.lock", "npm/%40o/a@1.0.0"),
        (("pkg:npm/JSONStream@1.3.5", "JSONStream", "1.3.5"), "yarn.lock", None),
        (("pkg:gem/pg@1.6.2-x86_64-linux", "pg", "1.6.2-x86_64-linux"), None, None),
        (
            ("pkg:golang/o/r@v1.0.0#sub/dir", "o/r/sub/dir", "v1.0.0"),
            "go.mod",
            "golang/o/r/sub/dir@v1.0.0",
        ),
        (("pkg:golang/../..", "../..", "UNKNOWN"), "go.mod", ""),
        (("pkg:golang/o/r", "o/r", "UNKNOWN"), "go.mod", "golang/o/r"),
        (("pkg:maven/o.g/a@1.0", "a", "1.0"), "pom.xml", "maven/o.g/a@1.0"),
        (("pkg:maven/o.g/a", "a", "${v}"), "pom.xml", "maven/o.g/a"),
        (("pkg:npm/a@latest", "a", "latest"), "yarn.lock", "npm/a"),
        (("pkg:npm/a@1.0.0", "a", "1.0.0"), "README.md", ""),
        (("pkg:deb/debian/a@1.0.0", "a", "1.0.0"), "yarn.lock", ""),
        (("", "a", "1.0.0"), "yarn.lock", ""),
    ],
)
def test_what_syft_calls_a_component_gets_the_name_that_trivy_gives_it(
    given: tuple[str, str, str], file: str | None, expected: str | None
) -> None:
    file = file or "Gemfile.lock"
    expected = {
        "JSONStream": "npm/jsonstream@1.3.5",
        "pg": "gem/pg@1.6.2",
    }.get(given[1], expected)
    content = GO if file == "go.mod" else "<project/>" if file == "pom.xml" else ""

    found = read({file: content}, artefact(*given, file))

    assert purls(found) == ([f"pkg:{expected}"] if expected else [])


def test_what_the_software_itself_is_does_not_count_as_a_component() -> None:
    found = read(
        {"package.json": PACKAGE, "package-lock.json": PACKAGE_LOCK, "pom.xml": POM},
        artefact("pkg:npm/portal@1.0.0", "portal", "1.0.0", "package-lock.json"),
        artefact("pkg:npm/portal@2.0.0", "portal", "2.0.0", "package-lock.json"),
        artefact("pkg:maven/org.portal/portal@1.0.0", "portal", "1.0.0", "pom.xml"),
    )

    assert "pkg:npm/portal@2.0.0" in purls(found)
    assert "pkg:npm/portal@1.0.0" not in purls(found)
    assert not [purl for purl in purls(found) if "org.portal" in purl]


def test_a_lockfile_that_syft_does_not_read_makes_counts_lower_bounds() -> None:
    found = read({"uv.lock": '[[package]]\nname = "a"\nversion = "1"\n'})

    assert found.left_out == (
        Item(subject="uv.lock", note="no component could be read from it"),
    )


def test_what_syft_leaves_out_for_development_makes_counts_lower_bounds() -> None:
    given = artefact("pkg:composer/a/left@1.0.0", "a/left", "1.0.0", "composer.lock")
    toolbox = Asking(Syft(given), TOOLS)

    said, _ = answers(of({"composer.lock": '{"packages": [1]}'}, toolbox=toolbox))

    total = said["total"]
    assert isinstance(total, Observation)
    assert (total.value, "for development" in total.missed) == (1, True)


def test_licences_are_those_that_syft_tells() -> None:
    given = artefact("pkg:npm/a@1.0.0", "a", "1.0.0", "yarn.lock")
    given["licenses"] = [{"value": "mit", "spdxExpression": "MIT"}]

    assert one(read({"yarn.lock": ""}, given), "pkg:npm/a@1.0.0").licence == "MIT"


@pytest.mark.parametrize(
    "spoilt",
    [
        {"purl": None, "locations": None},
        {"locations": [{}]},
        {"purl": "garbage"},
        {"name": None},
        {"licenses": ["MIT"]},
    ],
)
def test_an_answer_of_another_shape_is_none(spoilt: dict[str, object]) -> None:
    given = artefact("pkg:npm/a@1.0.0", "a", "1.0.0", "yarn.lock") | spoilt

    with pytest.raises(ToolSilent, match="syft said something that could not be read"):
        read({"yarn.lock": ""}, given)
