# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What commands share: the workshop of this machine, inputs read, results printed."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from ossay.model.errors import OssayError

if TYPE_CHECKING:
    from ossay.engine import Workshop
    from ossay.model.digest import Digest

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
LIGHT = click.option(
    "--light",
    is_flag=True,
    help="Tags and whole texts of licences alone, no secrets of earlier commits, no "
    "pages in a browser.",
)
LANGUAGE = click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="TAG",
    help="Language that its users need (ar, pt-BR); may be given again.",
)
SBOM = click.option(
    "--sbom",
    "sboms",
    type=EXISTING,
    multiple=True,
    help="SBOM that was handed in with it (SPDX or CycloneDX); may be given again.",
)


SIGNER = click.option(
    "--signer",
    nargs=2,
    metavar="IDENTITY ISSUER",
    help="Who is to have signed, as a Sigstore bundle names them.",
)


SITE = click.option(
    "--site",
    nargs=4,
    metavar="URL OWNER ALLOWED_BY UNTIL",
    help="A running instance to visit: who runs it, who of them allowed it, and until "
    "which day (2027-03-31).",
)
NO_BROWSER = {"chromium": "pages were not shown: no browser is started with --light"}


class Check(NamedTuple):
    """One thing that ``ossay doctor`` looked at; where it fails, what to do."""

    what: str
    works: bool
    note: str


class CannotWriteHere(OssayError):
    """The folder for the results cannot be written to."""

    status = 73


@contextmanager
def this_workshop(*, light: bool = True) -> Iterator[Workshop]:
    """
    Open the workshop of the person at this machine.

    A *light* one asks no recogniser, searches no earlier commits for secrets, and
    starts no browser.
    """
    from ossay.engine import Settings, Workshop
    from ossay.sandbox.toolbox import Tools

    settings = Settings.read(os.environ, local_paths=True)
    if light:
        settings = replace(settings, history_versions=0)
    toolbox = Tools(
        settings.tools_from_path,
        kept=settings.home / "tools",
        left_out=NO_BROWSER if light else {},
    )
    with Workshop.open(settings, toolbox=toolbox) as opened:
        if light:
            yield opened
        else:
            from ossay.recognisers import recogniser_here

            with recogniser_here(opened.register) as recogniser:
                yield replace(opened, recogniser=recogniser)


def day_of(chosen: datetime | None) -> date:
    """Return the day given, or today in UTC."""
    return (chosen or datetime.now(UTC)).date()


def print_json(document: Mapping[str, object] | Sequence[object]) -> None:
    """Print data for programs."""
    click.echo(as_json(document))


def as_json(document: Mapping[str, object] | Sequence[object]) -> str:
    """Return data as programs are given it."""
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)


@contextmanager
def progress_bar() -> Iterator[Callable[[float, str], None]]:
    """Show progress on a terminal's standard error; stay quiet in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _share, _doing: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda share, doing: bar.update(task, completed=share, description=doing)


OWNER_ALONE = 0o600


def write_out(
    folder: Path, name: str, content: bytes, *, confidential: bool = False
) -> Path:
    """Write one result: whole, or not at all; who else may read it is up to them."""
    path = folder / name
    unfinished = folder / f".{name}.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if confidential:
            unfinished.unlink(missing_ok=True)
            unfinished.touch(OWNER_ALONE, exist_ok=False)
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        msg = (
            f"cannot write {str(path)!r}: {error.strerror or error}; "
            "make room or choose another folder with --out"
        )
        raise CannotWriteHere(msg) from error
    return path


def write_results(
    workshop: Workshop, judgement: Digest, folder: Path, formats: Sequence[str]
) -> list[Path]:
    """
    Write the memo of *judgement* in *formats*, and the papers that go with it.

    Those are its SBOMs, its long tables, the tests for people and drafts of
    conformance reports.

    The last are drafts of confidential reports, which the owner of the files alone
    can read.
    """
    from ossay import conformance_papers, papers, sbom_papers

    written = chain(
        papers.memos(workshop, judgement, formats),
        papers.sheets(workshop, judgement),
        sbom_papers.documents(workshop, judgement),
        papers.tables(workshop, judgement),
        conformance_papers.drafts(workshop, judgement),
    )
    return [write_out(folder, name, content) for name, content in written] + [
        write_out(folder, name, content, confidential=True)
        for name, content in papers.confidential_reports(workshop, judgement)
    ]
