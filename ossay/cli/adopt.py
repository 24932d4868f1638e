# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""``ossay adopt`` records a decision, and what runs because of it."""

from collections.abc import Sequence
from datetime import date, datetime

import click

from ossay.cli._shared import DAY, day_of, print_json, this_workshop


@click.command(name="adopt")
@click.argument("judgement")
@click.option("--deployed", required=True, help="Version, tag or commit in service.")
@click.option("--by", required=True, help="Id of the person who decided.")
@click.option("--role", default="", help="In which role they decided.")
@click.option("--because", required=True, help="Why, in their words.")
@click.option("--review-on", type=DAY, required=True, help="Day of the next review.")
@click.option("--where", default="", help="The service or office that runs it.")
@click.option("--since", type=DAY, help="First day in service (today).")
@click.option("--local-changes", default="", help="What was changed locally.")
@click.option(
    "--condition",
    "conditions",
    multiple=True,
    help="May be given again (the points of the memo).",
)
@click.option(
    "--against-recommendation",
    is_flag=True,
    help="People decided so against the recommendation.",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(
    judgement: str,
    deployed: str,
    by: str,
    role: str,
    because: str,
    review_on: datetime,
    where: str,
    since: datetime | None,
    local_changes: str,
    conditions: Sequence[str],
    *,
    against_recommendation: bool,
    as_json: bool,
) -> None:
    """Record that people decided on JUDGEMENT to adopt, and what runs."""
    from ossay import codec, pipeline
    from ossay.model.people import Decision, Signatory

    _is_no_mail_address(by)
    last_day: date = review_on.date()
    with this_workshop() as workshop:
        adoption = pipeline.adopt(
            workshop,
            workshop.register.judgement(judgement).digest,
            pipeline.Deployment(
                deployed=deployed,
                where=where,
                since=day_of(since),
                local_changes=local_changes,
            ),
            signatory=Signatory(person=by, role=role, signed_at=workshop.clock()),
            because=because,
            conditions=conditions,
            review_on=last_day,
            against_recommendation=against_recommendation,
        )
        decision = workshop.register.load(Decision, adoption.decision)
    if as_json:
        print_json(codec.plain(adoption))
    else:
        click.echo(
            f"{adoption.candidate_id}: {adoption.deployed} in service since "
            f"{adoption.since}, to be reviewed on {adoption.review_on}"
        )
        for condition in decision.conditions:
            click.echo(f"  on condition: {condition}")
        click.echo(f"  for the memo with the decision: ossay memo {judgement}")


def _is_no_mail_address(person: str) -> None:
    if "@" in person:
        msg = (
            f"--by wants the id of a person, got {person!r}; "
            "mail addresses are not kept"
        )
        raise click.UsageError(msg)
