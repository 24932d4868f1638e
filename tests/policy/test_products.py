# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A product file names what is wanted, for what, and where its parts are."""

import pytest

from ossay.model.candidate import Part, Role, Use
from ossay.policy import PolicyError, Product, load_product

FILE = """\
name: District health register
need: Keep records of visits in 40 districts
use: network-service
packs: [baseline]
parts:
  - name: server
    role: server
    source: https://git.example.org/health/server.git
    ref: v4.2.0
  - name: app
    role: client
    source: https://git.example.org/health/apps.git
    path: apps/visits/
    required: false
"""


def test_a_product_of_several_parts_is_read() -> None:
    product = load_product(FILE.encode(), "product.yaml")

    assert product == Product(
        name="District health register",
        need="Keep records of visits in 40 districts",
        use=Use.NETWORK_SERVICE,
        packs=("baseline",),
        parts=(
            Part(
                name="server",
                role=Role.SERVER,
                source_url="https://git.example.org/health/server.git",
                ref="v4.2.0",
            ),
            Part(
                name="app",
                role=Role.CLIENT,
                source_url="https://git.example.org/health/apps.git",
                path="apps/visits",
                required=False,
            ),
        ),
    )


def test_a_product_file_may_name_the_languages_of_its_users() -> None:
    content = (
        b"name: X\nuse: deploy-internally\nlanguages: [ar, sw]\n"
        b"parts: [{name: x, source: /srv/x}]\n"
    )

    assert load_product(content, "product.yaml").languages == ("ar", "sw")


def test_a_product_file_may_be_short() -> None:
    content = b"name: X\nuse: deploy-internally\nparts: [{name: x, source: /srv/x}]\n"

    product = load_product(content, "product.yaml")

    assert product.packs == ()
    assert product.languages == ()
    assert product.parts == (Part(name="x", source_url="/srv/x"),)


def test_sboms_are_handed_in_for_a_part() -> None:
    content = FILE + "    sboms: [visits.cdx.json, ../visits.spdx]\n"

    product = load_product(content.encode(), "product.yaml")

    assert product.sboms == (("app", "visits.cdx.json"), ("app", "../visits.spdx"))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "use: network-service",
            "use: saas",
            "product.yaml:3: 'saas'; expected one of",
        ),
        ("use: network-service\n", "", "product.yaml:1: no 'use'"),
        ("  - name: app", "  - name: server", "two parts named 'server'"),
        ("role: client", "role: boss", "part number 2: 'boss'; expected one of: whole"),
        ("path: apps/visits/", "path: ../secret", "the path '../secret'; expected a"),
        ("ref: v4.2.0", "ref: 4.2", "4.2 without quotes, which other programs read"),
        ("required: false", "required: 'no'", "'no'; expected true or false"),
        ("source: https://git.example.org/health/apps.git", "sorce: x", "no 'source'"),
        ("ref: v4.2.0", "required: false", "no part that is required; expected one"),
        ("packs: [baseline]", "packs: []", "an empty list in 'packs'"),
    ],
)
def test_a_product_that_cannot_be_meant_is_refused(
    old: str, new: str, fault: str
) -> None:
    assert old in FILE

    with pytest.raises(PolicyError) as refused:
        load_product(FILE.replace(old, new).encode(), "product.yaml")

    assert fault in str(refused.value)
