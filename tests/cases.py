# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Workshops and repositories for tests that go from address to memo."""

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from ossay import pipeline
from ossay.engine import InlineEngine, Settings, Workshop
from ossay.model.candidate import Part
from ossay.model.digest import Digest
from ossay.model.judgement import Judgement, Outcome
from ossay.source import Access, Limits

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = NOW.date()
LICENCE = Path(__file__).parents[1] / "LICENSES" / "EUPL-1.2.txt"

# REUSE-IgnoreStart
GOOD = {
    "README.md": b"# Good\n\n## Installation\n\nUnpack it.\n\n## Usage\n\nRun it.\n",
    "LICENSE": LICENCE.read_bytes(),
    "main.py": b"# SPDX-License-Identifier: EUPL-1.2\nprint('hello')\n",
    "SECURITY.md": b"# Security\n\nReport a vulnerability to security@example.org.\n",
}
# REUSE-IgnoreEnd
IDENTITY = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@office.example",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@office.example",
    "GIT_AUTHOR_DATE": "2026-02-01T10:00:00+00:00",
    "GIT_COMMITTER_DATE": "2026-02-01T10:00:00+00:00",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
}


def git(folder: Path, *arguments: str) -> str:
    """Run git as nobody in particular, on a fixed day."""
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        env=IDENTITY,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def repository(folder: Path, files: Mapping[str, bytes] = GOOD, tag: str = "") -> Path:
    """Make a repository with one commit that holds *files*."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    commit(folder, files, tag)
    return folder


def commit(folder: Path, files: Mapping[str, bytes], tag: str = "") -> str:
    """Add a commit, and a tag if asked; return the commit's name."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "change")
    if tag:
        git(folder, "tag", tag)
    return git(folder, "rev-parse", "HEAD")


def settings(home: Path) -> Settings:
    """Return the settings of a person at this machine."""
    return Settings(home=home, access=Access(), limits=Limits(), local_paths=True)


def lend_templates(home: Path) -> None:
    """
    Let the memo's templates be ready in *home*, as after the first assessment.

    To make them ready takes more than all else of an assessment in a test.
    """
    home.mkdir(parents=True, exist_ok=True)
    lent = home / "templates"
    if not lent.exists():
        lent.symlink_to(_ready_templates(), target_is_directory=True)


@cache
def _ready_templates() -> Path:
    """Return one folder for this process and those that it starts."""
    if found := os.environ.get(_TEMPLATES):
        return Path(found)
    folder = tempfile.mkdtemp(prefix="templates-of-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ[_TEMPLATES] = folder
    return Path(folder)


_TEMPLATES = "TEMPLATES_OF_TESTS"


@contextmanager
def workshop(home: Path) -> Iterator[Workshop]:
    """Open a workshop whose clock stands still."""
    lend_templates(home)
    with Workshop.open(settings(home), clock=lambda: NOW) as opened:
        yield opened


def assessed(
    opened: Workshop, *parts: Part, on: date = TODAY, name: str = ""
) -> Digest:
    """Assess what *parts* make up."""
    candidate = pipeline.candidate_of(parts, workshop=opened, name=name)
    entered = pipeline.enter(opened, candidate)
    return pipeline.assess(entered, InlineEngine(opened, pause=lambda _: None), on)


def part(source: Path, name: str = "whole", ref: str = "", **more: object) -> Part:
    """Return a part that is read from a folder."""
    return Part(name=name, source_url=str(source), ref=ref, **more)  # type: ignore[arg-type] # tests give the right ones


def outcomes(judgement: Judgement) -> dict[str, Outcome]:
    """Return what was found for each rule."""
    return {f.rule.id: f.outcome for f in judgement.findings}
