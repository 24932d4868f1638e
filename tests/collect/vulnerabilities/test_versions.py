# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The order of versions by ecosystem, and where it differs from that of `univers`."""

import random
from collections.abc import Iterator
from itertools import pairwise

import pytest
from univers import versions as univers

from ossay.collect.vulnerabilities.versions import order_of

CLASSES = {
    "cargo": univers.SemverVersion,
    "composer": univers.ComposerVersion,
    "deb": univers.DebianVersion,
    "gem": univers.RubygemsVersion,
    "golang": univers.GolangVersion,
    "maven": univers.MavenVersion,
    "npm": univers.SemverVersion,
    "nuget": univers.NugetVersion,
    "pypi": univers.PypiVersion,
}

SAME = [
    ("npm", "1.0.0-alpha.9", "<", "1.0.0-alpha.10"),
    ("npm", "1.0.0-rc.1", "<", "1.0.0"),
    ("npm", "1.0.0-1", "<", "1.0.0-alpha"),
    ("cargo", "0.9.9", "<", "0.10.0"),
    ("golang", "v0.0.0-20190308221718-c2843e01d9a2", "<", "0.0.0-20200101000000-0ab"),
    ("golang", "v1.10.3", "=", "1.10.3"),
    ("pypi", "1.0", "=", "1.0.0"),
    ("pypi", "1.0.dev1", "<", "1.0a1"),
    ("pypi", "1.0", "<", "1.0.post1"),
    ("pypi", "2.0", "<", "1!1.0"),
    ("maven", "1.0-alpha-1", "<", "1.0-beta-1"),
    ("maven", "1.0-SNAPSHOT", "<", "1.0"),
    ("maven", "1.0", "<", "1.0-sp"),
    ("maven", "2.0.0.M1", "<", "2.0.0"),
    ("maven", "1", "=", "1.0.0"),
    ("gem", "5.2.4", "<", "5.2.4.3"),
    ("gem", "1.0.0.rc1", "<", "1.0.0"),
    ("nuget", "1.0.0", "<", "1.0.0.1"),
    ("nuget", "1.0.0-Beta", "=", "1.0.0-beta"),
    ("deb", "1.0~rc1", "<", "1.0"),
    ("deb", "2.0", "<", "1:1.0"),
]
"""Where ossay and `univers` agree."""

OTHERWISE = [
    ("npm", "1.0.0+build", "=", "1.0.0"),
    ("golang", "2.0.0+incompatible", "=", "2.0.0"),
    ("pypi", "1.13.1+cu117", "=", "1.13.1"),
    ("maven", "2.0.0.RELEASE", "=", "2.0.0"),
    ("composer", "1.0.0-beta2", "<", "1.0.0-RC1"),
    ("composer", "1.0.0-alpha2", "<", "1.0.0-alpha10"),
    ("composer", "1.0.0-dev", "<", "1.0.0-alpha1"),
    ("composer", "1.0.0", "<", "1.0.0-p1"),
    ("composer", "1.2.3.4", "<", "1.2.3.10"),
]
"""Where `univers` 32.0.1 has another order than the ecosystem has."""


def _compared(left: object, right: object) -> str:
    if left < right:  # type: ignore[operator]
        return "<"
    return "=" if left == right else ">"


@pytest.mark.parametrize(("ecosystem", "left", "sign", "right"), SAME + OTHERWISE)
def test_versions_have_the_order_of_their_ecosystem(
    ecosystem: str, left: str, sign: str, right: str
) -> None:
    order = order_of(ecosystem)

    assert _compared(order(left), order(right)) == sign


@pytest.mark.parametrize(("ecosystem", "left", "sign", "right"), SAME)
def test_univers_agrees_there(ecosystem: str, left: str, sign: str, right: str) -> None:
    version = CLASSES[ecosystem]

    assert _compared(version(left), version(right)) == sign


@pytest.mark.parametrize(("ecosystem", "left", "sign", "right"), OTHERWISE)
def test_univers_is_still_mistaken_there(
    ecosystem: str, left: str, sign: str, right: str
) -> None:
    version = CLASSES[ecosystem]

    assert _compared(version(left), version(right)) != sign


@pytest.mark.parametrize(
    ("ecosystem", "version"),
    [
        ("pypi", "0.7.11p3"),
        ("pypi", "5.0-final"),
        ("npm", "latest"),
        ("npm", "^1.2.3"),
        ("npm", "1.2.3.4"),
        ("npm", "١.٢.٣"),
        ("cargo", ""),
        ("golang", "(devel)"),
        ("githubactions", "v4"),
        ("githubactions", "main"),
        ("composer", "dev-main"),
        ("gem", "git"),
        ("maven", "LATEST"),
        ("maven", "${revision}"),
        ("maven", "${log4j.version2}"),
        ("maven", "[1.0,2.0)"),
        ("nuget", "SNAPSHOT"),
        ("nuget", "1.*"),
        ("rpm", "%{version1}"),
        ("npm", "1." + "0" * 100_000),
    ],
)
def test_what_is_no_version_has_no_place(ecosystem: str, version: str) -> None:
    assert order_of(ecosystem)(version) is None


def _texts(count: int) -> Iterator[str]:
    """Yield texts that look somewhat like versions, the same each time."""
    pieces = [
        *("1", "0", "10", "02", "rc", "RC1", "beta", "dev", "SNAPSHOT", "jre", "post"),
        *("-", ".", "_", "+", "~", "v", "p1", "r1", ":", "!", "*", "${", "}", " ", "١"),
    ]
    chance = random.Random(1)  # noqa: S311 - no secret
    for _ in range(count):
        yield "".join(chance.choices(pieces, k=chance.randint(1, 8)))


@pytest.mark.parametrize("ecosystem", [*CLASSES, "apk", "githubactions", "rpm"])
def test_whatever_text_stands_for_a_version_has_a_place_or_none(ecosystem: str) -> None:
    places = [at for text in _texts(2_000) if (at := order_of(ecosystem)(text))]

    for left, right in pairwise(places):
        assert (left < right) + (left > right) <= 1
