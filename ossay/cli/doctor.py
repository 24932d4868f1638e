# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""``ossay doctor`` says what works on this machine and what is missing."""

import os
import platform
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ossay.cli import _server
from ossay.cli._shared import Check, print_json

PROGRAMS = {
    "git": ("git", "reads repositories; nothing works without it"),
    "bwrap": ("bubblewrap", "shuts in foreign tools, or user namespaces do"),
    "pdftoppm": ("poppler-utils", "only tests of printed memos need it"),
}
"""Each with Debian's package and its purpose; packages.txt names what tests need."""

_TRIED_WITH = {
    "git": ("--version",),
    "bwrap": ("--unshare-all", "--ro-bind", "/", "/", "true"),
}
"""How to see that it works, where that it is there does not tell."""

ENOUGH_BYTES = 2_000_000_000


@click.command(name="doctor")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(*, as_json: bool) -> None:
    """
    Say what works on this machine and what is missing.

    Each line is about one thing; where it does not work, the line says what to do.
    """
    checks = list(_checks())
    if as_json:
        print_json([check._asdict() for check in checks])
        return
    for check in checks:
        click.echo(
            f"{'ok    ' if check.works else 'not ok'} {check.what}: {check.note}"
        )


def _checks() -> Iterator[Check]:
    from ossay.engine import Settings

    yield Check("Python", True, platform.python_version())
    for program, (package, purpose) in PROGRAMS.items():
        yield _program(program, package, purpose)
    for library in ("reuse", "spdx-tools", "gitpython", "jinja2", "licenseclassifier"):
        version = _server.installed(library)
        yield Check(library, bool(version), version or "install requirements.lock")
    yield _sandbox()
    yield _licence_engine()
    yield from _tools(Settings.read(os.environ, local_paths=True).tools_from_path)
    yield from _server.checks(os.environ)
    yield _home(Settings.read(os.environ, local_paths=True).home)
    yield Check(
        "licence",
        True,
        "ossay is EUPL-1.2; with reuse (GPL-3.0-or-later) installed, the whole "
        "goes out under GPL-3.0-or-later",
    )


def _sandbox() -> Check:
    from ossay.model.evidence import Guard
    from ossay.sandbox.confinement import NONE_WORKS, strongest

    confine = strongest()
    if confine is None:
        note = f"{NONE_WORKS}, and without them tools are not run: install bubblewrap"
        return Check("sandbox", False, note)
    guards = confine.sandbox.guards
    note = f"{confine.name} guards {', '.join(guards)}"
    left = [guard for guard in Guard if guard not in guards]
    if not left:
        return Check("sandbox", True, note)
    note = f"{note}, and not {', '.join(left)}: install bubblewrap"
    return Check("sandbox", False, note)


def _licence_engine() -> Check:
    from ossay.sandbox.scancode import ScancodeRecogniser

    engine = ScancodeRecogniser()
    tool = f"{engine.tool.name} {engine.tool.version}"
    if engine.is_installed():
        return Check("licence engine", True, tool)
    note = f"{tool} reads notices in files: make engine (docs/settings.md)"
    return Check("licence engine", False, note)


def _tools(from_path: frozenset[str]) -> Iterator[Check]:
    from ossay.model.toolbox import ToolNotChosen, ToolSilent
    from ossay.sandbox.toolbox import ADAPTERS, Tools

    toolbox = Tools(from_path)
    for name, adapter in ADAPTERS.items():
        try:
            told = toolbox.tool(name)
            origin = " from PATH" if told.from_path else ""
            yield Check(name, True, f"{told.version}{origin}")
        except ToolNotChosen:
            continue
        except ToolSilent as error:
            note = f"{adapter.purpose}, and what it would tell is not known: {error}"
            yield Check(name, False, note)


def _program(name: str, package: str, purpose: str) -> Check:
    path = shutil.which(name)
    if path is None:
        return Check(name, False, f"{purpose}: install the package {package}")
    if name not in _TRIED_WITH:
        return Check(name, True, path)
    return _tried(name, [path, *_TRIED_WITH[name]])


def _tried(name: str, command: Sequence[str]) -> Check:
    ended = subprocess.run(  # noqa: S603 - from PATH, with arguments of ours
        command, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        said = " ".join(ended.stderr.split()) or f"exit status {ended.returncode}"
        return Check(name, False, f"{command[0]} does not work here ({said})")
    return Check(name, True, ended.stdout.strip() or command[0])


def _home(home: Path) -> Check:
    there = next(p for p in (home, *home.parents) if p.exists())
    free = shutil.disk_usage(there).free
    note = f"{home}, {free // 1_000_000:,} MB free"
    if not os.access(there, os.W_OK):
        return Check("register", False, f"{note}, not writable: set OSSAY_HOME")
    if free <= ENOUGH_BYTES:
        return Check("register", False, f"{note}: make room, or set OSSAY_HOME")
    return Check("register", True, note)
