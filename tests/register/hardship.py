# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Work for the register where there is no room, or no leave to write."""

import os
import resource
from collections.abc import Callable
from pathlib import Path

from ossay.codec import digest_of_bytes
from ossay.model.errors import OssayError
from ossay.register import Register
from tests.hardship import as_nobody
from tests.register.values import CANDIDATE, another

LARGE = 1_000_000
"""Bytes of an artefact that shall not fit; random, so that it does not shrink."""

VERSION = digest_of_bytes(b"version")


def open_with_small_files(home: str, limit: str) -> str:
    """Open a register where no file may grow beyond *limit* bytes."""
    _allow(int(limit))
    return _complaint(lambda: Register.open(Path(home)).close())


def put_with_small_files(home: str, limit: str) -> str:
    """Keep a large artefact where no file may grow beyond *limit* bytes."""
    with Register.open(Path(home)) as register:
        _allow(int(limit))
        return _complaint(lambda: register.artefacts.put(os.urandom(LARGE)))


def keep_with_small_files(home: str, limit: str) -> str:
    """Keep many rows where no file may grow beyond *limit* bytes."""
    with Register.open(Path(home)) as register:
        _allow(int(limit))
        return _complaint(lambda: _keep_many(register))


def open_as_nobody(home: str) -> str:
    """Open a register without any right to write there."""
    with as_nobody():
        return _complaint(lambda: Register.open(Path(home)).close())


def fill_the_disk(home: str) -> list[str]:
    """Use a register while the disk is full, and when there is room again."""
    with Register.open(Path(home)) as register:
        register.file(CANDIDATE)
        ballast = Path(home) / "ballast"
        _take_all_room(ballast)
        said = [
            _complaint(lambda: register.artefacts.put(os.urandom(LARGE))),
            _complaint(lambda: _keep_many(register)),
        ]
        ballast.unlink()
        assert register.candidate(CANDIDATE.id) == CANDIDATE
        said.append(_complaint(lambda: register.artefacts.put(os.urandom(LARGE))))
        said.append(_complaint(lambda: register.file(another())))
        return said


def open_on_a_full_disk(home: str) -> str:
    """Begin a register where there is no room at all."""
    _take_all_room(Path(home).parent / "ballast")
    return _complaint(lambda: Register.open(Path(home)).close())


def _keep_many(register: Register) -> None:
    facts = {os.urandom(20).hex(): os.urandom(100) for _ in range(LARGE // 100)}
    register.blob_facts.keep("licences", VERSION, facts)


def _take_all_room(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as out:
        for size in (65_536, 4_096, 1):
            try:
                while out.write(b"x" * size):
                    pass
            except OSError:
                continue


def _allow(size_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, size_bytes))


def _complaint(act: Callable[[], object]) -> str:
    try:
        act()
    except OssayError as error:
        return f"{type(error).__name__} ({error.status}): {error}"
    return ""
