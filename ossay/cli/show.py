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
    from ossay import memo, steps

    with this_workshop() as workshop:
        digest = workshop.register.judgement(judgement).digest
        content = steps.content_of(workshop, digest)
    click.echo(memo.FORMATS["json" if as_json else "human"].render(content))
