# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Policy packs, read from YAML; what cannot be meant is refused, all at once."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ossay.model.evidence import Fact
from ossay.model.policy import Mode, PolicyPack, Rule
from ossay.policy.document import LARGEST_BYTES, Node, read_document
from ossay.policy.faults import Faults, PolicyError, hint, one_of, refusal
from ossay.policy.fields import Fields, read_fields
from ossay.policy.rules import read_rule

_PURPOSE = "a policy pack"
_FIELDS = ("name", "version", "title", "review_by", "ci", "rules")


def load_pack(content: bytes, name: str, facts: Mapping[str, Fact[Any]]) -> PolicyPack:
    """
    Return the pack in *content*, which messages call *name*.

    *facts* are the declared facts: a pack can ask about nothing else. Raises
    `PolicyError` with every fault. `check_examples` tries the rules.
    """
    faults = Faults(source=name, purpose=_PURPOSE)
    root = read_document(content, faults)
    fields = read_fields(root, _FIELDS, faults)
    nodes = fields.items("rules", "a list of rules")
    rules = tuple(
        read_rule(node, number, facts, faults)
        for number, node in enumerate(nodes, start=1)
    )
    _refuse_twins(rules, nodes, faults)
    pack = PolicyPack(
        name=fields.text("name"),
        version=fields.text("version"),
        title=fields.text("title"),
        rules=rules,
        ci=_ci(fields, rules),
        review_by=fields.day("review_by") if "review_by" in fields.nodes else None,
    )
    faults.settle()
    return pack


def load_pack_file(path: Path, facts: Mapping[str, Fact[Any]]) -> PolicyPack:
    """Return the pack in the file at *path*; raise `PolicyError` if there is none."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        why = error.strerror or str(error)
        msg = f"cannot read {_PURPOSE} from {str(path)!r}: {why}; check the path"
        raise PolicyError(msg) from error
    return load_pack(content, str(path), facts)


def check_together(packs: Sequence[PolicyPack]) -> None:
    """Raise `PolicyError` if two of *packs* share a name or the id of a rule."""
    names: dict[str, None] = {}
    owners: dict[str, str] = {}
    clashes = []
    for pack in packs:
        if pack.name in names:
            clashes.append(f"pack {pack.name!r} twice; expected each pack once")
            continue
        names[pack.name] = None
        clashes += [
            f"rule {rule.id}: in {owners[rule.id]!r} and in {pack.name!r}; "
            "expected an id that only one of them has"
            for rule in pack.rules
            if rule.id in owners
        ]
        owners |= {rule.id: pack.name for rule in pack.rules}
    if clashes:
        raise PolicyError(refusal("these packs together", clashes))


def _refuse_twins(rules: Sequence[Rule], nodes: Sequence[Node], faults: Faults) -> None:
    first: dict[str, int] = {}
    for rule, node in zip(rules, nodes, strict=True):
        if rule.id and rule.id in first:
            found = f"a second rule with this id, after line {first[rule.id]}"
            faults.within(f"rule {rule.id}").add(node.line, found, "each id once")
        first.setdefault(rule.id, node.line)


def _ci(fields: Fields, rules: Sequence[Rule]) -> tuple[str, ...]:
    selected = fields.texts("ci", "a list of ids of rules")
    by_id = {rule.id: rule for rule in rules}
    for rule_id in selected:
        if rule_id not in by_id:
            found = f"unknown rule {rule_id!r} in 'ci'{hint(rule_id, by_id)}"
            fields.fault_at("ci", found, "ids of rules of this pack")
        elif by_id[rule_id].mode is not Mode.AUTOMATIC:
            found = f"rule {rule_id} in 'ci', which needs a person"
            fields.fault_at("ci", found, one_of([Mode.AUTOMATIC]) + " rules")
    return selected
