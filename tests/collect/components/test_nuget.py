# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Projects of .NET, and the files above them that count for all of them."""

import pytest

from ossay.collect.components.nuget import FOR_MANY, VERSIONS, above
from tests.collect.components.cases import completeness, listed, purls, real

PROJECT = (
    '<Project><ItemGroup><PackageReference Include="Left"/>'
    '<PackageReference Include="Own" VersionOverride="3.0.0"/></ItemGroup></Project>'
)
CENTRAL = (
    "<Project><ItemGroup>"
    '<PackageVersion Include="left" Version="{}"/>'
    '<PackageVersion Include="Own" Version="1.0.0"/>'
    "</ItemGroup></Project>"
)


def test_versions_come_from_the_nearest_file_above_a_project() -> None:
    found = listed(
        {
            "Directory.Packages.props": CENTRAL.format("1.0.0"),
            "src/Directory.Packages.props": CENTRAL.format("2.0.0"),
            "src/a/a.csproj": PROJECT,
            "other/b/b.csproj": PROJECT,
            "srcs/Directory.Packages.props": CENTRAL.format("9.0.0"),
        },
        toolbox=None,
    )

    assert purls(found) == [
        *("pkg:nuget/Left@1.0.0", "pkg:nuget/Left@2.0.0", "pkg:nuget/Own@3.0.0"),
    ]
    assert completeness(found) == {"nuget": "manifest only"}


def test_a_version_that_a_condition_chooses_is_not_guessed() -> None:
    both = (
        '<Project><PackageVersion Include="Left" Version="1.0.0"/>'
        '<PackageVersion Include="Left" Version="2.0.0" Condition="x"/></Project>'
    )

    found = listed(
        {"Directory.Packages.props": both, "a.csproj": PROJECT}, toolbox=None
    )

    assert purls(found) == ["pkg:nuget/Left", "pkg:nuget/Own@3.0.0"]
    assert completeness(found) == {"nuget": "versions unresolved"}


def test_what_a_file_above_names_for_all_projects_is_listed() -> None:
    found = listed(
        {
            "Directory.Build.props": '<Project><PackageReference Include="Checker">'
            "<Version>2.1.0</Version></PackageReference></Project>",
            "Directory.Packages.props": '<Project><GlobalPackageReference Include="All"'
            ' Version="4.0.0"/></Project>',
            "a.csproj": '<Project><PackageReference Include="A" Version="1.0.0"/>'
            "</Project>",
        },
        toolbox=None,
    )

    assert purls(found) == [
        *("pkg:nuget/A@1.0.0", "pkg:nuget/All@4.0.0", "pkg:nuget/Checker@2.1.0"),
    ]
    assert [item.subject for told in found.ecosystems for item in told.why] == [
        *("Directory.Build.props", "Directory.Packages.props", "a.csproj"),
    ]


@pytest.mark.parametrize(
    ("written", "version"),
    [
        ("1.2.3", "@1.2.3"),
        ("[1.2.3]", "@1.2.3"),
        ("[1.2.3, )", ""),
        ("1.*", ""),
        ("$(Left)", ""),
    ],
)
def test_a_range_or_a_property_is_no_version(written: str, version: str) -> None:
    project = f'<Project><PackageReference Include="A" Version="{written}"/></Project>'

    assert purls(listed({"a.csproj": project}, toolbox=None)) == [
        f"pkg:nuget/A{version}"
    ]


def test_a_file_for_all_projects_that_cannot_be_read_is_named() -> None:
    found = listed(
        {"Directory.Packages.props": "<Project", "a.csproj": PROJECT}, toolbox=None
    )

    assert [item.subject for item in found.left_out] == ["Directory.Packages.props"]
    assert "pkg:nuget/Left" in purls(found)


@real
@pytest.mark.parametrize(
    ("frameworks", "unread"),
    [
        ("{}", []),
        ('{"net8.0": {}}', []),
        ('{"net8.0": {"data": {"type": "Project"}}}', []),
        ('{"net8.0": []}', ["packages.lock.json"]),
    ],
)
def test_a_lockfile_with_nothing_but_own_projects_is_read_whole(
    frameworks: str, unread: list[str]
) -> None:
    lock = f'{{"version": 1, "dependencies": {frameworks}}}'

    found = listed({"packages.lock.json": lock})

    assert [item.subject for item in found.left_out] == unread


def test_a_project_is_held_against_the_folders_around_it_alone() -> None:
    asked = []

    class Files(frozenset[str]):
        def __contains__(self, file: object) -> bool:
            asked.append(file)
            return super().__contains__(file)

    files = Files(f"{n}/{VERSIONS}" for n in range(1_000))

    assert list(above("7/b/b.csproj", files)) == [f"7/{VERSIONS}"]
    assert len(asked) == 3 * len(FOR_MANY)
