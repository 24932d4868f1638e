# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""``ossay show`` prints a judgement in the terminal."""

import click

from ossay.cli._shared import this_workshop


@click.command(name="show")
@click.argument("judgement")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(judgement: str, *, as_json: bool) -> None:
    """Show JUDGEMENT (a digest, or its first digits)."""
    from ossay import papers

    with this_workshop() as workshop:
        digest = workshop.register.judgement(judgement).digest
        click.echo(papers.memo_in(workshop, digest, "json" if as_json else "human"))
