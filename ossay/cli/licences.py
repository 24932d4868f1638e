# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""``ossay licences``: what each file of a repository states of its licence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ossay.cli._shared import (
    LIGHT,
    as_json,
    progress_bar,
    this_workshop,
    write_out,
)

if TYPE_CHECKING:
    from ossay.collect.licensing.recognition.findings import (
        Curated,
        FileFinding,
        Open,
        Statement,
    )
    from ossay.engine import Workshop
    from ossay.recognition import Recognition

MOST_REASONS = 5
MOST_PACKAGES = 20

OUT = click.Path(dir_okay=False, path_type=Path)

LONGEST_LINE = 2_000
"""Characters of a line of a passage that are printed."""


@click.command(name="licences")
@click.argument("source", metavar="URL_OR_PATH", default=".")
@click.option("--ref", default="", help="Branch, tag or commit (the latest release).")
@click.option("--path", default="", help="A folder of the repository (all of it).")
@LIGHT
@click.option(
    "--files",
    is_flag=True,
    help="Print a line for each file, and the keys of passages that stay open.",
)
@click.option("--tree", is_flag=True, help="Print the licences by folder.")
@click.option("--list", "as_list", is_flag=True, help="Print a table of all files.")
@click.option(
    "--attribution",
    type=click.Choice(["txt", "html"]),
    help="Write the texts and notices to pass on with the software.",
)
@click.option("--passage", default="", metavar="KEY", help="Print a passage.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--out", type=OUT, help="File to write to (standard output).")
def command(
    source: str, ref: str, path: str, *, light: bool, out: Path | None, **shape: object
) -> None:
    """
    Tell what each file of a repository states of its licence, and what stays open.

    A passage about licences that nobody could read is counted as open, never as
    saying nothing.
    """
    from dataclasses import replace

    from ossay import pipeline
    from ossay.engine import InlineEngine

    chosen = {name: value for name, value in shape.items() if value}
    if len(chosen) > 1:
        names = " and ".join(f"--{name.removeprefix('as_')}" for name in chosen)
        msg = f"{names} are outputs of their own; choose one"
        raise click.UsageError(msg)
    with this_workshop(light=light) as workshop:
        if not light:
            _say_what_is_missing(workshop)
        part = replace(pipeline.part_given(source, ref), path=path)
        with progress_bar() as watch:
            engine = InlineEngine(workshop, watch=watch)
            seen = pipeline.licences(workshop, part, engine)
        text = _in_shape(seen, part.name, chosen)
        if out is None:
            click.echo(text, nl=False)
        else:
            click.echo(str(write_out(out.parent, out.name, text.encode())))


def _in_shape(seen: Recognition, name: str, chosen: Mapping[str, object]) -> str:
    """Return what is printed of what was *seen*: a summary, if nothing is *chosen*."""
    from ossay import codec, licence_papers
    from ossay.memo.attribution import attribution_html, attribution_text
    from ossay.memo.licence_list import licence_list
    from ossay.memo.licence_tree import licence_tree

    lines: Iterator[str]
    match chosen:
        case {"attribution": form}:
            write = attribution_html if form == "html" else attribution_text
            return write(licence_papers.attribution(seen, name))
        case {"as_list": True}:
            return "".join(licence_list(licence_papers.file_list(seen)))
        case {"as_json": True}:
            return as_json([codec.plain(one) for one in seen.files]) + "\n"
        case {"tree": True}:
            tree = licence_tree(licence_papers.labels(seen))
            lines = chain(tree, licence_papers.gaps(seen.files))
        case {"files": True}:
            lines = (line for one in seen.files for line in _of_file(one))
        case {"passage": str(key)}:
            lines = _passage(seen, key)
        case _:
            lines = chain(_summary(seen.files), _packages(seen))
    return "".join(f"{line}\n" for line in lines)


def _say_what_is_missing(workshop: Workshop) -> None:
    """Say where the engine is not installed; others' answers may be at hand."""
    from ossay.sandbox.scancode import ScancodeRecogniser

    if ScancodeRecogniser().is_installed():
        return
    others = workshop.recogniser
    tool = others.tool if others else None
    known = (
        f" and that no fact pack has from {tool.name} {tool.version}" if tool else ""
    )
    click.echo(
        "ossay: the licence engine is not installed (make engine); "
        f"notices that are no tag and no whole text{known} stay open",
        err=True,
    )


def _of_file(one: FileFinding) -> Iterator[str]:
    """Yield what a file states; then, indented, what is open and what people said."""
    from ossay.collect.licensing.curations import told_by
    from ossay.memo.escapes import visible

    stated = ", ".join(_stated(one)) or "states none"
    why = _why_open(one)
    yield visible(f"{one.path}: {stated}; {why}" if why else f"{one.path}: {stated}")
    for left in one.open:
        yield visible(f"    {_lines(left)}: open, key {left.key}")
    for passage in one.curated:
        said = passage.curation
        otherwise = ", ".join(s.expression for s in passage.overruled)
        instead = f", in place of {otherwise}" if otherwise else ""
        told = f"{said.expression} by {told_by(said)}{instead}, key {said.key}"
        yield visible(f"    {_lines(passage)}: {told}")


def _lines(passage: Open | Curated | Statement) -> str:
    if passage.first_line == passage.last_line:
        return f"line {passage.first_line}"
    return f"lines {passage.first_line}-{passage.last_line}"


def _passage(seen: Recognition, key: str) -> Iterator[str]:
    """Yield the text of the passage *key* as it first stands, and where it recurs."""
    from ossay.memo.escapes import visible

    places = list(_places(seen.files, key))
    if not places:
        msg = f"there is no passage with the key {key!r} in these files"
        raise click.UsageError(msg)
    path, first = places[0]
    text = seen.tree.read(path).decode(errors="replace").split("\n")
    for number in range(first.first_line, first.last_line + 1):
        yield f"{number:>6}  {visible(text[number - 1][:LONGEST_LINE])}"
    for path, one in places:
        yield visible(f"{path}, {_lines(one)}")


def _places(
    files: Iterable[FileFinding], key: str
) -> Iterator[tuple[str, Open | Curated | Statement]]:
    for one in files:
        curated = [c for c in one.curated if c.curation.key == key]
        stated = [s for s in one.statements if s.key == key]
        left = [passage for passage in one.open if passage.key == key]
        yield from ((one.path, place) for place in curated or stated or left)


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


def _packages(seen: Recognition) -> Iterator[str]:
    """Yield how many packages there are inside under what, and those that differ."""
    from ossay.collect.licensing.package_answers import told
    from ossay.memo.escapes import visible

    if not seen.packages:
        return
    licences = Counter(p.concluded or "not settled" for p in seen.packages)
    inside = "package" if len(seen.packages) == 1 else "packages"
    yield f"{len(seen.packages):,} {inside} inside"
    for licence, number in licences.most_common():
        yield f"{number:>9,}  {licence}"
    common = licences.most_common(1)[0][0]
    apart = [p for p in seen.packages if p.conflicts or p.concluded != common]
    for one in apart[:MOST_PACKAGES]:
        yield visible(f"           {one.package.manifest}: {told(one)}")
    if len(apart) > MOST_PACKAGES:
        yield f"           and {len(apart) - MOST_PACKAGES:,} more"
