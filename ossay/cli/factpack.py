# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""``ossay factpack``: verdicts on files, handed on from one office to another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ossay.cli._shared import EXISTING, print_json, this_workshop

FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(name="factpack")
def command() -> None:
    """
    Hand on what was recognised in files, signed, or take it in.

    An office without the licence engine has the verdicts of one that has it.
    """


@command.command(name="keygen")
@click.argument("file", type=FILE)
def keygen(file: Path) -> None:
    """Make a key to sign with in FILE, and beside it FILE.pub to give to others."""
    from ossay import signatures

    public = signatures.make_keys(file)
    click.echo(f"{file}: keep it secret\n{public}: for those who are to trust it")


@command.command(name="export")
@click.argument("file", type=FILE)
@click.option("--key", type=EXISTING, required=True, help="File of the private key.")
@click.option("--by", required=True, help="Id of who makes it; no mail address.")
@click.option("--curations", is_flag=True, help="And what people said of passages.")
def export(file: Path, key: Path, by: str, *, curations: bool) -> None:
    """
    Write what was recognised in files to FILE.

    It holds what was learnt of every file that this register has read, and copyright
    notices in them; do not hand it on if some of them are not public.
    """
    from ossay import fact_packs, recognisers, signatures

    if "@" in by:
        msg = "--by wants an id; mail addresses are not kept"
        raise click.UsageError(msg)
    with this_workshop() as workshop:
        pack = fact_packs.write_pack(
            workshop,
            file,
            signatures.read_private(key),
            by,
            recognisers.told_here(workshop.register),
            with_curations=curations,
        )
    facts = sum(held.facts for held in pack.held)
    click.echo(f"{file}: {facts:,} facts, {pack.curations:,} curations")


@command.command(name="import")
@click.argument("file", type=EXISTING)
@click.option(
    "--trust",
    type=EXISTING,
    multiple=True,
    help="File of a public key whose word counts this time; may be given again.",
)
@click.option("--curations", is_flag=True, help="And what people there said.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def take(file: Path, trust: Sequence[Path], *, curations: bool, as_json: bool) -> None:
    """
    Take in FILE, if it is signed by somebody whose word counts here.

    These are the keys given with --trust, and those kept as .pub files in the folder
    "trusted-keys" of the office's home. What is known here already stands.
    """
    from ossay import codec, fact_packs, recognisers

    with this_workshop() as workshop:
        trusted = fact_packs.trusted_keys(workshop.settings.home, trust)
        taken = fact_packs.take_in(workshop, file, trusted, with_curations=curations)
        engine = recognisers.told_here(workshop.register).version
    used = fact_packs.of_use(taken.pack, engine)
    if as_json:
        print_json(codec.plain(taken) | {"of_use": used})
        return
    facts = sum(held.facts for held in taken.pack.held)
    click.echo(f"{file}: pack {taken.digest[:12]} by {taken.pack.made_by}")
    click.echo(f"{facts:>9,}  facts, of which {used:,} are of use to this ossay")
    click.echo(f"{taken.new:>9,}  were not known here")
    click.echo(f"{taken.other:>9,}  are known otherwise here, which stands")
    if taken.pack.curations:
        left = "" if curations else " (left out; --curations takes them in)"
        click.echo(f"{taken.pack.curations:>9,}  curations{left}")
    click.echo(taken.pack.attribution)


@command.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def listed(*, as_json: bool) -> None:
    """List the packs that facts came from."""
    from ossay import codec

    with this_workshop() as workshop:
        packs = workshop.register.fact_packs()
    if as_json:
        print_json([codec.plain(taken) for taken in packs])
        return
    for taken in packs:
        pack = taken.pack
        tool = pack.engine.tool if pack.engine else None
        told = f" of {tool.name} {tool.version}" if tool else ""
        click.echo(
            f"{taken.digest[:12]}  {taken.taken_at.date()}  by {pack.made_by}, key "
            f"{pack.signed_by[:16]}, {taken.new:,} new facts{told}"
        )
