# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""``ossay check``: for the CI job of the candidate itself."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ossay.cli._shared import LANGUAGE, LIGHT, SBOM, this_workshop

if TYPE_CHECKING:
    from ossay.model.judgement import Judgement

NO_OBSTACLE, CONDITIONS, OBSTACLES, COULD_NOT_LOOK = 0, 10, 11, 12
"""Exit statuses that speak of the result (docs/reference/commands.md)."""

_BESIDE_HEAD = {
    "changed": "uncommitted changes are not looked at",
    "cannot-tell": "whether there are uncommitted changes could not be told",
}


@click.command(name="check")
@click.argument(
    "path",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
)
@click.option("--pack", "packs", multiple=True, metavar="NAME_OR_FILE")
@click.option("--all", "everything", is_flag=True, help="Judge all rules, always.")
@click.option("--strict", is_flag=True, help="Exit with 10 where there are conditions.")
@LANGUAGE
@SBOM
@LIGHT
@click.option(
    "--format",
    "form",
    type=click.Choice(["human", "markdown", "json", "sarif"]),
    default="human",
    show_default=True,
)
def command(
    path: Path,
    packs: Sequence[str],
    languages: Sequence[str],
    sboms: Sequence[Path],
    form: str,
    *,
    everything: bool,
    strict: bool,
    light: bool,
) -> None:
    """
    Check the commit that is checked out at PATH.

    What a build prints, anybody may read: of secrets and of weaknesses that are not
    mended yet it tells how many there are, and not where.

    Exit status: 0 no obstacle found, 10 conditions (with --strict), 11 obstacles
    found, 12 could not look. In a shallow clone only rules over the tree count,
    unless --all is given.
    """
    from ossay import handing_in, papers, pipeline, steps
    from ossay.engine import InlineEngine
    from ossay.model.digest import Digest
    from ossay.model.judgement import Judgement
    from ossay.model.snapshot import Snapshot

    with this_workshop(light=light) as workshop:
        part = pipeline.part_given(str(path.resolve()), "")
        held = pipeline.packs_given(workshop, packs) or pipeline.DEFAULT_PACKS
        candidate = pipeline.candidate_of(
            [part],
            workshop=workshop,
            packs=held,
            languages=handing_in.languages(languages),
        )
        handed = handing_in.sboms(workshop, [(part.name, f) for f in sboms], "")
        entered = pipeline.enter(workshop, candidate)
        engine = InlineEngine(workshop)
        snapshot = Digest(engine.step(steps.take, entered, part.name, ""))
        if (changes := steps.work_tree_of(workshop, entered, part.name)) != "clean":
            click.echo(f"ossay: {_BESIDE_HEAD[changes]}; HEAD is judged", err=True)
        if not everything and workshop.register.load(Snapshot, snapshot).shallow:
            click.echo("ossay: history is cut off; rules over the tree count", err=True)
            chosen = pipeline.selections(workshop, held)
            pipeline.enter(workshop, replace(candidate, packs=chosen))
        today = workshop.clock().date()
        digest = pipeline.look(entered, engine, today, sboms=handed)
        judgement = workshop.register.load(Judgement, digest)
        report = papers.public_memo(workshop, digest, form)
    click.echo(report)
    sys.exit(status_of(judgement, strict=strict))


def status_of(judgement: "Judgement", *, strict: bool) -> int:
    """Return the exit status that tells of *judgement*."""
    from ossay.model.judgement import Outcome, Screening
    from ossay.model.policy import Level, Mode

    conditions = any(
        f.rule.level is Level.SHOULD
        and f.rule.mode is Mode.AUTOMATIC
        and f.outcome in {Outcome.FAILED, Outcome.UNDETERMINED}
        for f in judgement.findings
    )
    match judgement.screening:
        case Screening.OBSTACLES_FOUND:
            return OBSTACLES
        case Screening.COULD_NOT_LOOK:
            return COULD_NOT_LOOK
        case _:
            return CONDITIONS if strict and conditions else NO_OBSTACLE
