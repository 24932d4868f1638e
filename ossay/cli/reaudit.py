# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""``ossay reaudit`` looks again at software in service."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from ossay.cli._shared import (
    DAY,
    day_of,
    print_json,
    progress_bar,
    this_workshop,
)
from ossay.model.errors import OssayError

if TYPE_CHECKING:
    from ossay.engine import Workshop
    from ossay.model.digest import Digest


@click.command(name="reaudit")
@click.argument("candidates", nargs=-1, metavar="[CANDIDATE]...")
@click.option("--due", is_flag=True, help="Only what is due for review.")
@click.option("--on", type=DAY, help="Day to judge on (today).")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(
    candidates: Sequence[str], on: datetime | None, *, due: bool, as_json: bool
) -> None:
    """
    Look again at CANDIDATEs in service; at all of them by default.

    One that cannot be looked at does not keep the others from it; the exit
    status is then that of its error.
    """
    from ossay import codec, papers, pipeline
    from ossay.model.judgement import Reaudit

    day = day_of(on)
    failed: OssayError | None = None
    results = []
    with this_workshop(light=False) as workshop:
        wanted = candidates or pipeline.due(workshop, day if due else None)
        for candidate in wanted:
            try:
                digest = _reaudit(workshop, candidate, day)
            except OssayError as error:
                failed = error
                click.echo(f"ossay: {candidate}: {error}", err=True)
                continue
            if as_json:
                results.append(codec.plain(workshop.register.load(Reaudit, digest)))
            else:
                click.echo(papers.told(workshop, digest))
    if as_json:
        print_json(results)
    elif not wanted:
        click.echo("nothing is due" if due else "nothing is in service")
    if failed is not None:
        raise SystemExit(failed.status)


def _reaudit(workshop: "Workshop", candidate: str, day: date) -> "Digest":
    from ossay import pipeline
    from ossay.engine import InlineEngine

    with progress_bar() as watch:
        engine = InlineEngine(workshop, watch=watch)
        return pipeline.reaudit(candidate, engine, day)
