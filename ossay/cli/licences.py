# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""``ossay licences``: what each file of a repository states of its licence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from ossay.cli._shared import (
    LIGHT,
    print_json,
    progress_bar,
    recogniser,
    this_workshop,
)

if TYPE_CHECKING:
    from ossay.collect.licensing.recognition.findings import FileFinding

MOST_REASONS = 5

NOT_INSTALLED = (
    "ossay: the licence engine is not installed (make engine); "
    "notices that are no tag and no whole text stay open"
)


@click.command(name="licences")
@click.argument("source", metavar="URL_OR_PATH", default=".")
@click.option("--ref", default="", help="Branch, tag or commit (the latest release).")
@click.option("--path", default="", help="A folder of the repository (all of it).")
@LIGHT
@click.option("--files", is_flag=True, help="Print a line for each file.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(
    source: str, ref: str, path: str, *, light: bool, files: bool, as_json: bool
) -> None:
    """
    Tell what each file of a repository states of its licence, and what stays open.

    A passage about licences that nobody could read is counted as open, never as
    saying nothing.
    """
    from dataclasses import replace

    from ossay import codec, pipeline
    from ossay.engine import InlineEngine

    with recogniser(light=light) as reads, this_workshop(reads) as workshop:
        if reads is None and not light:
            click.echo(NOT_INSTALLED, err=True)
        part = replace(pipeline.part_given(source, ref), path=path)
        with progress_bar() as watch:
            engine = InlineEngine(workshop, watch=watch)
            found = pipeline.licences(workshop, part, engine)
    if as_json:
        print_json([codec.plain(one) for one in found])
    elif files:
        for one in found:
            click.echo(f"{one.path}: {_of_file(one)}")
    else:
        for line in _summary(found):
            click.echo(line)


def _of_file(one: FileFinding) -> str:
    stated = ", ".join(_stated(one)) or "states none"
    return f"{stated}; {why}" if (why := _why_open(one)) else stated


def _stated(one: FileFinding) -> list[str]:
    """Return the licences that a file states, or that REUSE has stated for it."""
    own = [statement.expression for statement in one.statements]
    return sorted({*own, *(e for said in one.said for e in said.licences)})


def _why_open(one: FileFinding) -> str:
    return one.unread or next((passage.why for passage in one.open), "")


def _summary(found: Iterable[FileFinding]) -> Iterator[str]:
    """Yield how many files state what, state nothing, or stay open and why."""
    files = list(found)
    stated = Counter(licence for one in files for licence in _stated(one))
    why_open = Counter(why for one in files if (why := _why_open(one)))
    silent = sum(not _stated(one) and not _why_open(one) for one in files)
    yield f"{len(files):,} files"
    for licence, number in stated.most_common():
        yield f"{number:>9,}  {licence}"
    yield f"{silent:>9,}  state no licence"
    yield f"{why_open.total():>9,}  hold something that could not be read"
    for why, number in why_open.most_common(MOST_REASONS):
        yield f"           {number:,}: {why}"
