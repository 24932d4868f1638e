# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""``ossay policy``: check packs, and explain them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ossay.model.policy import PolicyPack


@click.group(name="policy")
def command() -> None:
    """Check policy packs, and explain them in plain words."""


@command.command(name="check")
@click.argument("packs", nargs=-1, metavar="[NAME_OR_FILE]...")
def check(packs: Sequence[str]) -> None:
    """Check packs and their examples (all shipped ones by default)."""
    from ossay import pipeline, shipped

    for name in packs or shipped.pack_names():
        pack = _read(name)
        pipeline.check_examples(pack)
        click.echo(f"{pack.name} {pack.version}: {len(pack.rules)} rules, no fault")


@command.command(name="explain")
@click.argument("pack", default="baseline", metavar="[NAME_OR_FILE]")
@click.argument("rules", nargs=-1, metavar="[RULE]...")
def explain(pack: str, rules: Sequence[str]) -> None:
    """Explain a pack, or some of its rules, in plain words."""
    from ossay.policy import describe

    held = _read(pack)
    known = {rule.id: rule for rule in held.rules}
    for wanted in rules:
        if wanted not in known:
            msg = (
                f"pack {held.name!r} has no rule {wanted!r}; it has {', '.join(known)}"
            )
            raise click.UsageError(msg)
    click.echo("\n\n".join(describe(known[rule]) for rule in rules or known))


def _read(name: str) -> "PolicyPack":
    from ossay import collect, policy, shipped

    facts = collect.declared_facts()
    if name.endswith((".yaml", ".yml")):
        return policy.load_pack_file(Path(name), facts)
    return policy.load_pack(shipped.pack_bytes(name), f"{name}.yaml", facts)
