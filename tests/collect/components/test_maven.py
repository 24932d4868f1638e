# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Maven: versions that are managed elsewhere, and what is for tests."""

from tests.collect.components.cases import listed, purls, real


def pom(name: str, inside: str, parent: str = "") -> str:
    around = (
        f"<parent><groupId>o</groupId><artifactId>{parent}</artifactId>"
        "<version>1</version></parent>"
        if parent
        else ""
    )
    return (
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0'
        f"</modelVersion>{around}<groupId>o</groupId><artifactId>{name}</artifactId>"
        f"<version>1</version>{inside}</project>"
    )


def wants(*names: str, version: str = "", scope: str = "") -> str:
    version = f"<version>{version}</version>" if version else ""
    scope = f"<scope>{scope}</scope><type>pom</type>" if scope else ""
    return "".join(
        f"<dependency><groupId>o.x</groupId><artifactId>{name}</artifactId>"
        f"{version}{scope}</dependency>"
        for name in names
    )


def manages(*inside: str) -> str:
    text = "".join(inside)
    return (
        f"<dependencyManagement><dependencies>{text}</dependencies>"
        "</dependencyManagement>"
    )


@real
def test_a_version_that_a_parent_or_a_bill_of_materials_here_manages_is_known() -> None:
    bom = wants("bom", version="1", scope="import").replace("o.x", "o")
    found = listed(
        {
            "pom.xml": pom(
                "top",
                "<properties><v>${w}</v><w>2.0</w></properties>"
                "<modules><module>app</module><module>bom</module></modules>"
                + manages(wants("managed", version="${v}"), bom),
            ),
            "bom/pom.xml": pom(
                "bom",
                "<properties><v>7.0</v></properties>"
                + manages(wants("listed", version="${v}")),
            ),
            "app/pom.xml": pom(
                "app",
                "<dependencies>"
                + wants("managed", "listed", "elsewhere")
                + "</dependencies>",
                "top",
            ),
        }
    )

    assert purls(found) == [
        "pkg:maven/o.x/elsewhere",
        "pkg:maven/o.x/listed@7.0",
        "pkg:maven/o.x/managed@2.0",
    ]


@real
def test_what_maven_takes_for_tests_only_or_is_provided_is_listed_as_such() -> None:
    inside = wants("runs", version="1.0")
    for scope in ("test", "provided"):
        inside += wants(f"for-{scope}", version="3.0").replace(
            "</dependency>", f"<scope>{scope}</scope></dependency>"
        )
    found = listed({"pom.xml": pom("app", f"<dependencies>{inside}</dependencies>")})

    assert {c.purl: c.scope.value for c in found.components} == {
        "pkg:maven/o.x/for-provided@3.0": "build",
        "pkg:maven/o.x/for-test@3.0": "development",
        "pkg:maven/o.x/runs@1.0": "runtime",
    }
