# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Small packs for tests, as a person would write them."""

from datetime import date
from typing import Any

from ossay.model.evidence import Combine, Fact
from ossay.model.policy import PolicyPack
from ossay.policy import load_pack


def _fact(name: str, kind: type, asks: str, unit: str = "") -> Fact[Any]:
    return Fact(name=name, kind=kind, asks=asks, unit=unit, combine=Combine.WORST)


FACTS = {
    fact.name: fact
    for fact in (
        _fact("t.flag", bool, "Is there a flag?"),
        _fact("t.number", int, "How many files have no flag?", "files"),
        _fact("t.share", float, "How much of it has a flag?"),
        _fact("t.text", str, "Which flag is it?"),
        _fact("t.day", date, "When was it hoisted?"),
        _fact("t.list", tuple, "Which flags are there?"),
    )
}

RULE = """\
id: FLAG-1
area: documentation
title: There is a flag
level: should
mode: automatic
criterion: {fact: t.flag, equals: true}
basis: Flag Standard 1.0, clause 2
remedy: Hoist a flag.
fixed_by: the maintainers
examples:
  passes: {t.flag: true}
  fails: {t.flag: false}
  missing: {}
"""

ASSISTED = {
    "mode": "assisted",
    "ask": "{who: flag officer, what: Is it a good flag?}",
    "criterion": "{fact: answer, equals: true}",
    "examples": "{passes: {answer: true}, fails: {answer: false}, missing: {}}",
}
"""Changes that make `RULE` one that a person answers."""

HEAD = 'name: flags\nversion: "1.0"\ntitle: Flags\nrules:\n'
FIRST_RULE = HEAD.count("\n") + 1
"""The line on which the first rule of `pack_of` begins."""


def rule(**changes: str) -> str:
    """Return `RULE` with fields changed or added; one set to "" is left out."""
    fields: dict[str, str] = {}
    name = ""
    for line in RULE.splitlines():
        if not line.startswith(" "):
            name, _, line = line.partition(":")
            fields[name] = ""
        fields[name] += f"{line}\n"
    fields |= {name: f" {text}\n" if text else "" for name, text in changes.items()}
    return "".join(f"{name}:{text}" for name, text in fields.items() if text)


def pack_of(*rules: str, head: str = HEAD) -> bytes:
    """Return the YAML of a pack of these rules."""
    text = head
    for each in rules:
        first, *rest = each.splitlines()
        text += f"  - {first}\n" + "".join(f"    {line}\n" for line in rest)
    return text.encode()


def load(*rules: str, head: str = HEAD) -> PolicyPack:
    """Return the pack of these rules."""
    return load_pack(pack_of(*rules, head=head), "flags.yaml", FACTS)
