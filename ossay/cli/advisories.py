# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""``ossay advisories``: what is publicly known of flaws in software, taken in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ossay.cli._shared import DAY, EXISTING, print_json, this_workshop

if TYPE_CHECKING:
    from ossay.model.advisories import Pack


@click.group(name="advisories")
def command() -> None:
    """
    Take in what is publicly known of flaws in software, and say what is there.

    ossay fetches nothing: mirror the files, or carry them here.
    """


@command.command(name="import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--source", default="", help="Where it is from, as a memo is to say.")
@click.option(
    "--dated",
    type=DAY,
    help="Day whose state the advisories tell; KEV and EPSS files say it themselves.",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def take(path: Path, source: str, dated: datetime | None, *, as_json: bool) -> None:
    """
    Take in PATH, a file or a folder of them.

    Read are archives of OSV records as osv.dev has them (<ecosystem>/all.zip), loose
    records, CISA's catalogue of exploited flaws (KEV) and EPSS files. Records that
    are not valid are kept and counted.
    """
    from ossay import advisories, codec

    day = dated.date() if dated else None
    with this_workshop() as workshop:
        taken = advisories.take_in(workshop, path, source or path.name, day)
    if as_json:
        print_json([codec.plain(one.pack) | {"path": str(one.path)} for one in taken])
        return
    for one in taken:
        again = ", known before" if one.is_known else ""
        click.echo(f"{one.path}: {_said_of(one.pack)}{again}")


@command.command(name="vex")
@click.argument("file", type=EXISTING)
@click.option(
    "--said-by",
    type=click.Choice(["buyer", "supplier"]),
    required=True,
    help="Whose word it is: the buyer's sets flaws aside, a supplier's is shown.",
)
def vex(file: Path, said_by: str) -> None:
    """
    Take in what FILE says of flaws: that they matter, or do not.

    OpenVEX, CycloneDX and CSAF documents are read. What was said last counts.
    """
    from ossay import advisories
    from ossay.model.vex import Speaker

    with this_workshop() as workshop:
        taken = advisories.take_statements(workshop, file, Speaker(said_by))
    again = ", known before" if taken.is_known else ""
    click.echo(f"{file}: {taken.pack.records:,} statements of the {said_by}{again}")


@command.command(name="status")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def status(*, as_json: bool) -> None:
    """Say which advisories are here, of which day, and what is wrong with them."""
    from ossay import codec

    with this_workshop() as workshop:
        packs = workshop.register.advisories.packs()
    if as_json:
        print_json([codec.plain(pack) for pack in packs])
        return
    if not packs:
        click.echo("No advisories are here; take some in with ossay advisories import.")
    for pack in packs:
        click.echo(f"{pack.digest[:12]}  {pack.source}: {_said_of(pack)}")


def _said_of(pack: Pack) -> str:
    covers = f" of {', '.join(pack.covers)}" if pack.covers else ""
    counts = (
        (pack.withdrawn, "withdrawn"),
        (pack.defective, "not valid"),
        (pack.unread, "not understood"),
    )
    besides = "".join(f", {count:,} {what}" for count, what in counts if count)
    return f"{pack.kind.value}{covers}, {pack.dated}, {pack.records:,} records{besides}"
