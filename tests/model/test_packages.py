# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Packages are the same however their names are spelt, and others are not."""

import pytest

from ossay.model.packages import ecosystem_of, package_key, repository_key


@pytest.mark.parametrize(
    ("osv_name", "ecosystem", "release"),
    [
        ("PyPI", "pypi", ""),
        ("crates.io", "cargo", ""),
        ("Go", "golang", ""),
        ("GitHub Actions", "githubactions", ""),
        ("Maven", "maven", ""),
        ("Maven:https://repo.example.org/maven2", "maven", ""),
        ("Debian:12", "deb", "Debian:12"),
        ("Alpine:v3.20", "apk", "Alpine:v3.20"),
        ("An ecosystem of next year", "an ecosystem of next year", ""),
    ],
)
def test_ecosystems_are_called_as_purls_call_them(
    osv_name: str, ecosystem: str, release: str
) -> None:
    assert ecosystem_of(osv_name) == (ecosystem, release)


@pytest.mark.parametrize(
    ("ecosystem", "one", "other"),
    [
        ("pypi", "Zope.Interface", "zope-interface"),
        ("pypi", "ruamel__yaml", "ruamel.yaml"),
        ("cargo", "serde_json", "serde-json"),
        ("nuget", "Newtonsoft.Json", "newtonsoft.json"),
        ("composer", "Symfony/HTTP-kernel", "symfony/http-kernel"),
        ("maven", "org.apache:log4j", "org.apache/log4j"),
        ("githubactions", "github/CodeQL-action/init", "github/codeql-action"),
    ],
)
def test_spellings_of_one_name_have_one_key(
    ecosystem: str, one: str, other: str
) -> None:
    assert package_key(ecosystem, one) == package_key(ecosystem, other)


@pytest.mark.parametrize(
    ("ecosystem", "one", "other"),
    [
        ("npm", "JSONStream", "jsonstream"),
        ("npm", "@babel/core", "@babel/Core"),
        ("golang", "github.com/Masterminds/goutils", "github.com/masterminds/goutils"),
        ("gem", "RedCloth", "redcloth"),
        ("maven", "a:b-c", "a:b_c"),
    ],
)
def test_names_that_an_ecosystem_tells_apart_have_keys_of_their_own(
    ecosystem: str, one: str, other: str
) -> None:
    assert package_key(ecosystem, one) != package_key(ecosystem, other)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/Some/software.git",
        "https://user:secret@example.org/some/software",
        "git@example.org:some/software.git",
        "ssh://git@example.org/some/software/",
        "git+https://example.org/some/software.git",
    ],
)
def test_one_repository_is_one_whatever_its_address(address: str) -> None:
    assert repository_key(address) == "example.org/some/software"
