# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""``ossay reaudit`` looks again at software in service."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from ossay.cli._shared import DAY, day_of, print_json, progress_bar, this_workshop
from ossay.model.errors import OssayError

if TYPE_CHECKING:
    from ossay.engine import Workshop


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
    from ossay import pipeline

    day = day_of(on)
    failed: OssayError | None = None
    results = []
    with this_workshop() as workshop:
        wanted = candidates or pipeline.due(workshop, day if due else None)
        for candidate in wanted:
            try:
                results.append(_reaudit(workshop, candidate, day))
            except OssayError as error:
                failed = error
                click.echo(f"ossay: {candidate}: {error}", err=True)
                continue
            if not as_json:
                _tell(results[-1])
    if as_json:
        print_json(results)
    elif not wanted:
        click.echo("nothing is due" if due else "nothing is in service")
    if failed is not None:
        raise SystemExit(failed.status)


def _reaudit(workshop: "Workshop", candidate: str, day: date) -> dict[str, Any]:
    from ossay import codec, pipeline
    from ossay.engine import InlineEngine
    from ossay.model.judgement import Reaudit

    with progress_bar() as watch:
        engine = InlineEngine(workshop, watch=watch)
        digest = pipeline.reaudit(candidate, engine, day)
    found: dict[str, Any] = codec.plain(workshop.register.load(Reaudit, digest))
    return found


def _tell(result: dict[str, Any]) -> None:
    click.echo(f"{result['candidate_id']}: {result['advice']}")
    for change in result["changes"]:
        before, after = (change[k] or "not judged" for k in ("before", "after"))
        click.echo(f"  {change['rule_id']} {change['title']}: {before} -> {after}")
    click.echo(f"  what we run      judgement {result['running'][:12]}")
    click.echo(f"  what is on offer judgement {result['offered'][:12]}")
