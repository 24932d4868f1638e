# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Where the programs of foreign tools are, and that they are what was installed.

One on PATH is taken only where a setting names the tool, and if nobody else can put
another one in its place.
"""

import base64
import contextlib
import hashlib
import os
import re
import shutil
import stat
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from ossay.model.digest import Digest
from ossay.model.errors import OssayError
from ossay.sandbox.adapter import Adapter, Driven

LARGE_BYTES = 50_000_000
"""From here on it is worth remembering what a program's content is."""

_VERSION = re.compile(r"\d+\.\d+\.\d+")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class NotHere(OssayError):
    """A program is not on this machine, or is not what it is said to be."""


class NotChosen(NotHere):
    """ossay brings no such program along, and is not told to take one from PATH."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """
    A program on this machine.

    Attributes:
        version: Of the tool; "" where only the program itself can tell.
        content: The SHA-256 that its file has to have.
    """

    path: Path
    version: str
    content: Digest


@cache
def installed(adapter_name: str, distribution: str, file: str) -> Program:
    """Return the program that a distribution brought, as its record tells of it."""
    try:
        found = metadata.distribution(distribution)
    except metadata.PackageNotFoundError as error:
        msg = f"{adapter_name} is not installed (ossay doctor says what is)"
        raise NotHere(msg) from error
    for each in found.files or ():
        if each.as_posix().endswith(file) and each.hash is not None:
            path = Path(str(each.locate())).resolve()
            content = base64.urlsafe_b64decode(each.hash.value + "=").hex()
            version = _VERSION.match(found.version)
            return Program(
                path=path,
                version=version[0] if version else found.version,
                content=Digest(content),
            )
    raise NotHere(f"{distribution} brought no {file!r}: install it again")


def program_of(adapter: Adapter, *, on_path: bool, kept: Path | None = None) -> Program:
    """
    Return the program of a tool: the installed one, or the first one on PATH.

    What a large one's content is, is remembered in the folder *kept*.
    """
    if adapter.driven:
        _check_driven(adapter.driven)
    if not on_path:
        if adapter.places:
            return _of_the_system(adapter, kept)
        if not adapter.distribution:
            msg = f"{adapter.name} is not asked: no setting says to take it from PATH"
            raise NotChosen(msg)
        return installed(adapter.name, adapter.distribution, adapter.file)
    path = shutil.which(adapter.name)
    if path is None:
        msg = f"{adapter.name} is not on PATH, where the settings look for it"
        raise NotHere(msg)
    if not Path(path).is_absolute():
        msg = f"{adapter.name} is not run: PATH leads to {path!r}, a different file "
        raise NotHere(f"{msg}in each folder")
    real = Path(path).resolve()
    _check_owned(adapter.name, Path(path))
    _check_owned(adapter.name, real)
    return Program(path=real, version="", content=_content_of(real, kept))


def _of_the_system(adapter: Adapter, kept: Path | None) -> Program:
    for place in map(Path, adapter.places):
        if place.is_file():
            _check_owned(adapter.name, place)
            return Program(path=place, version="", content=_content_of(place, kept))
    raise NotHere(adapter.absent)


def _check_driven(driven: Driven) -> None:
    """Raise `NotHere` where what speaks to a program, or what it reads, is missing."""
    for library in driven.libraries:
        try:
            metadata.distribution(library)
        except metadata.PackageNotFoundError as error:
            raise NotHere(driven.absent) from error
    for path, content in driven.shipped.items():
        if _content_of(path) != content:
            msg = f"{path.name} is not the file that ossay brings: install it again"
            raise NotHere(msg)


def _check_owned(name: str, path: Path) -> None:
    """Raise `NotHere` where others than who runs ossay, or root, could change it."""
    for place in (path, *path.parents):
        try:
            told = place.stat()
        except OSError as error:
            msg = f"{name} on PATH cannot be looked at: {error.strerror}"
            raise NotHere(msg) from error
        is_shared = told.st_mode & stat.S_IWOTH and not told.st_mode & stat.S_ISVTX
        if is_shared or told.st_uid not in {0, os.getuid()}:
            msg = f"{name} is not run: others may put another file at {str(place)!r}"
            raise NotHere(msg)


def check_age(adapter: Adapter, version: str, *, on_path: bool) -> None:
    """Raise `NotHere` where *version* is older than what is known here."""
    oldest = adapter.oldest
    if adapter.distribution:
        try:
            ours = installed(adapter.name, adapter.distribution, adapter.file)
        except NotHere:
            return  # nothing to hold it against
        oldest = ours.version
    if _numbers(version) < _numbers(oldest):
        where = " on PATH" if on_path else ""
        msg = f"{adapter.name} {version}{where} is never run: it is older than "
        raise NotHere(f"{msg}{oldest}, whose answers are understood")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d{1,9}", version)[:3]))


def check(program: Program, kept: Path | None = None) -> None:
    """Raise `NotHere` where the file is not the one that was installed."""
    if _content_of(program.path, kept) != program.content:
        msg = f"{program.path.name} is not the file that was installed"
        raise NotHere(f"{msg}: install it again")


def version_in(text: str) -> str:
    """Return the version that a program says it has; "" where it says none."""
    found = _VERSION.search(text)
    return found[0] if found else ""


def _content_of(path: Path, kept: Path | None = None) -> Digest:
    try:
        told = path.stat()
        if kept is None or told.st_size < LARGE_BYTES:
            return _hashed(path, told.st_size, told.st_mtime_ns)
        return _remembered(path, told, kept)
    except OSError as error:
        msg = f"{path.name} cannot be read: {error.strerror}"
        raise NotHere(msg) from error


def _remembered(path: Path, told: os.stat_result, kept: Path) -> Digest:
    """Return the content's SHA-256, which takes seconds of a browser's."""
    state = f"{path} {told.st_size} {told.st_mtime_ns} {told.st_ctime_ns} {told.st_ino}"
    name = hashlib.sha256(state.encode()).hexdigest()[:16]
    memory = kept / f"{path.name}-{name}.sha256"
    with contextlib.suppress(OSError):
        known = memory.read_text(encoding="ascii")
        if _SHA256.fullmatch(known):
            return Digest(known)
    content = _hashed(path, told.st_size, told.st_mtime_ns)
    with contextlib.suppress(OSError):  # then it is counted again
        kept.mkdir(parents=True, exist_ok=True)
        unfinished = kept / f".{memory.name}.{os.getpid()}"
        unfinished.write_text(content, encoding="ascii")
        unfinished.replace(memory)
    return content


@cache
def _hashed(path: Path, _size: int, _changed: int) -> Digest:
    with path.open("rb") as file:
        return Digest(hashlib.file_digest(file, "sha256").hexdigest())
