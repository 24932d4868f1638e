# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""``ossay artefact``: what a released file holds, and which commit it is of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ossay.cli._shared import EXISTING, SIGNER, print_json, progress_bar, this_workshop

if TYPE_CHECKING:
    from ossay.artefacts import Artefact
    from ossay.model.artefacts import Inside, Signature, Traced
    from ossay.model.snapshot import Snapshot

SHOWN = 20
"""Paths of a kind that are printed."""


@click.command(name="artefact")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.argument("source", metavar="URL_OR_PATH")
@click.option("--ref", default="", help="Branch, tag or commit (the latest release).")
@click.option("--signature", type=EXISTING, help="Detached signature of FILE.")
@click.option("--keys", type=EXISTING, help="Keys that may sign FILE.")
@SIGNER
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(
    file: Path,
    source: str,
    ref: str,
    *,
    signature: Path | None,
    keys: Path | None,
    signer: tuple[str, str] | None,
    as_json: bool,
) -> None:
    """
    Tell whether a released FILE is what a commit of a repository holds, and what
    components are in it.

    FILE is a source archive, wheel, npm package, JAR, deb, APK, or an OCI layout (a
    folder, or packed with tar). It is unpacked without writing any of its names. A
    signature is looked for beside it (.asc, .sig, .minisig, .p7s,
    .sigstore.json) and inside (JAR, Android), and checked with --keys alone: OpenPGP,
    minisign, X.509 in PEM, or a trust root of Sigstore.
    """
    from ossay import pipeline
    from ossay.artefacts import Expected, components_inside, signature_on, trace, unpack
    from ossay.engine import InlineEngine

    with this_workshop() as workshop, progress_bar() as watch:
        part = pipeline.part_given(source, ref)
        engine = InlineEngine(workshop, watch=watch)
        snapshot, tree = pipeline.tree_of(workshop, part, engine)
        algorithm = "sha1" if len(snapshot.commit) == 40 else "sha256"
        artefact = unpack(file, algorithm=algorithm)
        signed = signature_on(
            file,
            artefact,
            workshop.clock(),
            signature=signature,
            keys=keys,
            expected=Expected(identity=signer[0], issuer=signer[1]) if signer else None,
        )
        traced = trace(artefact.listing(), snapshot.commit, tree)
        inside = components_inside(artefact, file.name, workshop.toolbox)
    if as_json:
        print_json(_told(artefact, signed, snapshot, traced, inside))
        return
    for line in _lines(artefact, signed, snapshot, traced):
        click.echo(line)
    for line in _brought(inside):
        click.echo(line)


def _told(
    artefact: Artefact,
    signed: Signature,
    snapshot: Snapshot,
    traced: Traced,
    inside: Inside,
) -> dict[str, object]:
    from ossay import codec

    return {
        "form": artefact.form.value,
        "digest": artefact.digest,
        "files": len(artefact.paths()),
        "left_out": [list(each) for each in artefact.left_out],
        "signature": codec.plain(signed),
        "commit": snapshot.commit,
        "traceable": codec.plain(traced),
        "components": codec.plain(inside),
    }


def _lines(
    artefact: Artefact, signed: Signature, snapshot: Snapshot, traced: Traced
) -> Iterator[str]:
    from ossay.memo.escapes import visible

    ref = snapshot.ref.rpartition("/")[2] or "HEAD"
    yield f"What it is: {artefact.form.value}, {len(artefact.paths()):,} files"
    yield f"SHA-256: {artefact.digest}"
    yield visible(f"Signature: {signed.state.value}; {signed.note}")
    yield visible(f"Held against: commit {snapshot.commit} ({ref})")
    yield f"Traceable to that commit: {traced.answer.value}; {traced.why}"
    yield f"Files with the content of the commit: {traced.same:,}"
    kinds = (
        ("Other content than in the commit", traced.differ),
        ("In the commit at another path", traced.moved),
        ("Not in the commit", traced.absent),
        ("Other line ends than in the commit", traced.line_ends),
        ("Made by packing", traced.made),
        ("Left out", tuple(f"{name} ({why})" for name, why in artefact.left_out)),
    )
    for what, paths in kinds:
        yield from _list(what, paths)


def _brought(inside: Inside) -> Iterator[str]:
    from ossay.memo.escapes import visible

    if inside.itself:
        yield visible(f"It says that it is: {', '.join(inside.itself)}")
    told = ", ".join(f"{name}: {much.value}" for name, much in inside.completeness)
    yield visible(f"How much is told of components: {told or 'none are named'}")
    yield from _list("Components inside", tuple(c.purl for c in inside.contained))
    yield from _list("Components asked for", tuple(c.purl for c in inside.asked_for))
    unread = tuple(f"{item.subject} ({item.note})" for item in inside.left_out)
    yield from _list("May bring components that are not listed", unread)


def _list(what: str, entries: Sequence[str]) -> Iterator[str]:
    from ossay.memo.escapes import visible

    if entries:
        yield f"{what}: {len(entries):,}"
        yield from (visible(f"    {entry}") for entry in entries[:SHOWN])
    if len(entries) > SHOWN:
        yield f"    and {len(entries) - SHOWN:,} more (--json lists all)"
