# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""``ossay curations``: what people say that passages state, in whatever file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from ossay.cli._shared import DAY, print_json, this_workshop

if TYPE_CHECKING:
    from ossay.model.people import Curation

BY = click.option("--by", required=True, help="Id of the person; no mail address.")
BECAUSE = click.option("--because", required=True, help="What that rests on.")


@click.group(name="curations")
def command() -> None:
    """
    Say what a passage states of a licence, and list what people said.

    It holds wherever the passage recurs: in any file, repository and revision.
    """


@command.command(name="add")
@click.argument("key")
@click.argument("expression")
@BY
@BECAUSE
@click.option("--until", type=DAY, help="The last day on which it counts (no end).")
def add(
    key: str, expression: str, by: str, because: str, until: datetime | None
) -> None:
    """
    Say that the passage KEY states EXPRESSION, whatever else was told of it.

    KEY is what "ossay licences --files" shows beside a passage; EXPRESSION is an SPDX
    expression, or NONE if the passage states no licence.
    """
    last_day = until.date() if until else None
    said, before = _say(key, expression, by, because, last_day)
    click.echo(f"{said.key}: {said.expression}")
    if before is not None:
        click.echo(f"  in place of {_line(before)}")


@command.command(name="withdraw")
@click.argument("key")
@BY
@BECAUSE
def withdraw(key: str, by: str, because: str) -> None:
    """
    Withdraw what was said of the passage KEY; the recogniser's word counts again.

    What was said stays on the list.
    """
    from ossay.collect.licensing.curations import WITHDRAWN

    _, before = _say(key, WITHDRAWN, by, because, None)
    if before is not None:
        click.echo(f"withdrawn: {_line(before)}")


def _say(
    key: str, expression: str, by: str, because: str, until: date | None
) -> tuple[Curation, Curation | None]:
    from ossay import pipeline
    from ossay.model.people import Curation

    with this_workshop() as workshop:
        said = Curation(
            key=key,
            expression=expression,
            because=because,
            curated_by=by,
            curated_at=workshop.clock(),
            holds_until=until,
        )
        return pipeline.curate(workshop, said)


@command.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def listed(*, as_json: bool) -> None:
    """List all that people said of passages, and what of it holds today."""
    from ossay import codec
    from ossay.collect.licensing.curations import in_force

    with this_workshop() as workshop:
        said = workshop.register.curations()
        held = in_force(said, workshop.clock().date()).values()
    holds = [any(one is other for other in held) for one in said]
    if as_json:
        both = zip(said, holds, strict=True)
        print_json([codec.plain(one) | {"holds": still} for one, still in both])
        return
    for one, still in zip(said, holds, strict=True):
        click.echo("\n".join(_entry(one, holds=still)))


def _entry(one: Curation, *, holds: bool) -> Iterator[str]:
    from ossay.collect.licensing.curations import WITHDRAWN

    until = f", until {one.holds_until}" if one.holds_until else ""
    state = "" if holds else " (holds no longer)"
    is_withdrawal = one.expression == WITHDRAWN
    what = "withdrawn" if is_withdrawal else f"{one.expression}{until}{state}"
    yield f"{one.key}  {what}"
    yield f"    {_told_by(one)}"


def _line(one: Curation) -> str:
    return f"{one.expression}, {_told_by(one)}"


def _told_by(one: Curation) -> str:
    from ossay.collect.licensing.curations import told_by
    from ossay.memo.escapes import visible

    return visible(told_by(one))
