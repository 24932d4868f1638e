# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""One ossay at a time in a folder, and what a killed one left there swept away."""

import contextlib
import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from ossay.model.errors import OssayError

_WAIT_SECONDS = 0.1
_LEFT_BEHIND = (
    "**/*.lock",
    "**/*.part",
    "objects/**/tmp_*",
    "objects/pack/.tmp-*",
    "objects/incoming-*",
)


class FolderBusy(OssayError):
    """Another ossay is at work in the same folder."""

    status = 75


@contextlib.contextmanager
def locked(folder: Path, until: float) -> Iterator[bool]:
    """
    Hold *folder*; yields whether it is still what the lock lies on.

    The lock lies on the folder itself and ends with the process: there is no
    file that could be left behind. *until* is a reading of `time.monotonic`.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        yield False
        return
    try:
        while not _is_ours(descriptor):
            if time.monotonic() > until:
                raise FolderBusy(f"cannot use {str(folder)!r}: another ossay is at it")
            time.sleep(_WAIT_SECONDS)
        yield _lies_on(descriptor, folder)
    finally:
        os.close(descriptor)


def _is_ours(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lies_on(descriptor: int, folder: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), folder.stat())
    except FileNotFoundError:
        return False


def sweep(folder: Path, *, everything: bool) -> None:
    """Clear away what a killed run left in *folder*, which must be locked."""
    for pattern in ("*",) if everything else _LEFT_BEHIND:
        for path in folder.glob(pattern):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
