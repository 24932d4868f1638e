# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What holds for every pack that ossay ships."""

import re
from pathlib import Path

import pytest

from ossay import judge
from ossay.collect import declared_facts
from ossay.model.policy import PolicyPack
from ossay.policy import check_examples, check_together, describe, load_pack_file

FACTS = declared_facts()
PACKS = sorted((Path(__file__).parents[2] / "policies").glob("*.yaml"))

ACCUSATIONS = re.compile(
    r"violat|illegal|unlawful|abandon|unsafe|negligen|vendor failed|non-?compliant",
    re.IGNORECASE,
)
"""Words of design.md section 6a, and their like."""


def pack_at(path: Path) -> PolicyPack:
    return load_pack_file(path, FACTS)


def test_there_are_packs() -> None:
    assert "baseline" in [path.stem for path in PACKS]


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_a_pack_is_called_by_the_name_of_its_file(path: Path) -> None:
    assert pack_at(path).name == path.stem


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_every_example_comes_out_as_it_says(path: Path) -> None:
    check_examples(pack_at(path), judge.outcome)


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_a_rule_that_does_not_always_apply_shows_when_not(path: Path) -> None:
    silent = [
        rule.id
        for rule in pack_at(path).rules
        if rule.applies_when is not None
        and "inapplicable" not in {example.expect for example in rule.examples}
    ]

    assert not silent


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_a_pack_speaks_of_what_was_seen_and_accuses_nobody(path: Path) -> None:
    assert ACCUSATIONS.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_a_pack_can_be_taken_by_anybody(path: Path) -> None:
    licence_line = path.read_text(encoding="utf-8").splitlines()[1]

    assert licence_line.endswith(" CC0-1.0")


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_a_rule_is_short_enough_to_be_read(path: Path) -> None:
    long = [
        rule.id
        for rule in pack_at(path).rules
        if len(rule.title.split()) > 15
        or len(rule.remedy.split()) > 40
        or (rule.ask is not None and len(rule.ask.what.split()) > 60)
    ]

    assert not long


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_a_pack_can_be_explained(path: Path) -> None:
    pack = pack_at(path)

    text = describe(pack, FACTS)

    assert all(f"{rule.id}: " in text for rule in pack.rules)
    assert max(map(len, text.splitlines())) <= 79


def test_the_packs_can_be_used_together() -> None:
    check_together([pack_at(path) for path in PACKS])
