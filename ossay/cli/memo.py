# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""``ossay memo`` writes the memo of a judgement again."""

from collections.abc import Sequence
from pathlib import Path

import click

from ossay.cli._shared import this_workshop, write_results


@click.command(name="memo")
@click.argument("judgement")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("memo"),
    show_default=True,
    help="Folder for the memo.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(["html", "markdown", "json", "sarif", "human"]),
    multiple=True,
    default=("html",),
    show_default=True,
    help="May be given again.",
)
def command(judgement: str, out: Path, formats: Sequence[str]) -> None:
    """Write the memo of JUDGEMENT (a digest, or its first digits) again."""
    with this_workshop() as workshop:
        digest = workshop.register.judgement(judgement).digest
        for path in write_results(workshop, digest, out, formats):
            click.echo(path)
