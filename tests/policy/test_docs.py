# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What docs/policies.md shows can be used as it stands."""

import re
import textwrap
from pathlib import Path

import pytest

from ossay import judge
from ossay.collect import declared_facts
from ossay.model.candidate import Role, Use
from ossay.policy import (
    check_examples,
    check_people,
    load_answers,
    load_pack,
    load_pack_file,
    load_product,
    load_waivers,
)
from ossay.policy.criteria import Askable, read_criterion
from ossay.policy.document import read_document
from ossay.policy.faults import Faults
from ossay.policy.rules import FIELDS
from ossay.source import Access
from ossay.source.address import read_address

FACTS = declared_facts()
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "policies.md").read_text(encoding="utf-8")
BLOCKS: dict[str, str] = dict(
    re.findall(r"```yaml\n# (\S+)\n(.*?)```", PAGE, re.DOTALL)
)
CRITERIA = re.findall(r"`(\{(?:fact|count|not|answered): [^`…]*\})`", PAGE)


def block(name: str) -> bytes:
    return BLOCKS[name].encode()


def test_the_pack_can_be_loaded_and_its_examples_come_out() -> None:
    rules = textwrap.indent(BLOCKS["example-rule.yaml"], "  ")
    content = block("example-pack.yaml") + rules.encode()

    pack = load_pack(content, "example-pack.yaml", FACTS)

    check_examples(pack, judge.outcome)
    assert [rule.id for rule in pack.rules] == ["DIST-1", "DIST-2", "DIST-3"]


def test_answers_and_waivers_fit_the_baseline() -> None:
    answers = load_answers(block("answers.yaml"), "answers.yaml")
    waivers = load_waivers(block("waivers.yaml"), "waivers.yaml")
    baseline = load_pack_file(ROOT / "policies" / "baseline.yaml", FACTS)

    check_people([baseline], answers, waivers)
    assert (len(answers), len(waivers)) == (2, 1)


def test_the_product_has_its_parts() -> None:
    product = load_product(block("product.yaml"), "product.yaml")

    assert [part.role for part in product.parts] == ["server", "client", "locale"]


def test_the_product_of_a_monorepo_is_of_public_addresses() -> None:
    product = load_product(block("civil-registration.yaml"), "civil-registration.yaml")
    nobodys = Access()

    for part in product.parts:
        address = read_address(part.source_url, nobodys)
        assert address.public_url == part.source_url
    assert [part.role for part in product.parts] == [
        *("server", "client", "locale", "docs")
    ]
    assert [part.required for part in product.parts] == [True, True, True, False]
    assert len({part.source_url for part in product.parts}) == 3


@pytest.mark.parametrize("text", CRITERIA)
def test_each_criterion_of_the_page_can_be_written(text: str) -> None:
    faults = Faults(source="docs/policies.md", purpose="a criterion")
    node = read_document(text.encode(), faults)

    read_criterion(node, Askable.about(FACTS, faults, a_person_too=True))

    faults.settle()


def test_every_field_of_a_rule_and_every_word_of_a_product_is_explained() -> None:
    words = {*FIELDS, *Role, *Use}

    assert len(CRITERIA) > 10
    assert [word for word in words if f"`{word}`" not in PAGE] == []
