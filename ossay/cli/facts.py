# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""``ossay facts``: every question that ossay can ask."""

import click

from ossay.cli._shared import print_json


@click.command(name="facts")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(*, as_json: bool) -> None:
    """List every question that ossay can ask."""
    from ossay.collect import declared_facts

    facts = declared_facts().values()
    if as_json:
        print_json(
            [
                {
                    "name": fact.name,
                    "kind": fact.kind.__name__,
                    "unit": fact.unit,
                    "asks": fact.asks,
                    "combine": fact.combine.value,
                }
                for fact in facts
            ]
        )
        return
    for fact in facts:
        unit = f", {fact.unit}" if fact.unit else ""
        click.echo(f"{fact.name} ({fact.kind.__name__}{unit})\n    {fact.asks}")
