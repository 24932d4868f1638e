# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""``ossay doctor`` says what works on this machine and what is missing."""

import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from importlib import metadata, util
from pathlib import Path

import click

from ossay.cli._shared import print_json

PROGRAMS = {
    "git": "reads repositories; nothing works without it",
    "chromium": "tests of pages",
    "pdftoppm": "tests of printed memos",
}
ENOUGH_BYTES = 2_000_000_000


@click.command(name="doctor")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(*, as_json: bool) -> None:
    """Say what works on this machine and what is missing."""
    checks = list(_checks())
    if as_json:
        print_json([{"what": w, "works": ok, "note": note} for w, ok, note in checks])
        return
    for what, works, note in checks:
        click.echo(f"{'ok     ' if works else 'MISSING'} {what}: {note}")


def _checks() -> Iterator[tuple[str, bool, str]]:
    from ossay.engine import Settings

    yield "Python", True, platform.python_version()
    for program, purpose in PROGRAMS.items():
        yield _program(program, purpose)
    for library in ("reuse", "spdx-tools", "gitpython", "jinja2", "licenseclassifier"):
        yield library, True, metadata.version(library)
    served = util.find_spec("prefect") is not None
    yield (
        "prefect",
        served,
        metadata.version("prefect") if served else "only needed for flows on a server",
    )
    home = Settings.read(os.environ, local_paths=True).home
    yield _home(home)
    yield (
        "licence",
        True,
        "ossay is EUPL-1.2; with reuse (GPL-3.0-or-later) installed, the whole "
        "goes out under GPL-3.0-or-later",
    )


def _program(name: str, purpose: str) -> tuple[str, bool, str]:
    path = shutil.which(name)
    if path is None:
        return name, False, purpose
    if name != "git":
        return name, True, path
    told = subprocess.run(  # noqa: S603 - git itself, from PATH
        [path, "--version"], capture_output=True, text=True, check=True
    )
    return name, True, told.stdout.strip()


def _home(home: Path) -> tuple[str, bool, str]:
    there = next(p for p in (home, *home.parents) if p.exists())
    free = shutil.disk_usage(there).free
    writable = os.access(there, os.W_OK)
    note = f"{home}, {free // 1_000_000:,} MB free"
    return "register", writable and free > ENOUGH_BYTES, note
