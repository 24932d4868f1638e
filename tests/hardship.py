# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Disks without room or leave to write, users without rights, and no network."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NOBODY = 65_534

_APART = ("unshare", "--user", "--map-root-user")
_MOUNTED = 'mount -t tmpfs -o "$1" tmpfs "$2" && shift 2 && exec "$@"'


def on_disk(at: Path, options: str) -> tuple[str, ...]:
    """
    Return what to put before a command so that *at* is a disk of its own for it.

    *options* are those of a disk in memory: ``size=2m``, ``ro``.
    """
    return _usable(*_APART, "--mount", "sh", "-c", _MOUNTED, "sh", options, str(at))


def offline() -> tuple[str, ...]:
    """Return what to put before a command so that it reaches no network."""
    return _usable(*_APART, "--net")


def _usable(*before: str) -> tuple[str, ...]:
    tried = (*before, "true")
    if (
        shutil.which("unshare") is None
        or subprocess.run(tried, stderr=subprocess.DEVNULL, check=False).returncode
    ):
        pytest.skip("this machine does not let users mount a disk of their own")
    return before


@contextmanager
def as_nobody() -> Iterator[None]:
    """Be a user who may do nothing of what root may; others stay who they are."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)
