# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Where the programs of foreign tools are, and that they are what was installed.

One on PATH is taken only where a setting names the tool, and if nobody else can put
another one in its place.
"""

import base64
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
from ossay.sandbox.adapter import Adapter

_VERSION = re.compile(r"\d+\.\d+\.\d+")


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


def program_of(adapter: Adapter, *, on_path: bool) -> Program:
    """Return the program of a tool: the installed one, or the first one on PATH."""
    if not on_path:
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
    return Program(path=real, version="", content=_content_of(real))


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


def check_age(adapter: Adapter, version: str) -> None:
    """Raise `NotHere` where *version*, from PATH, is older than what is known here."""
    oldest = adapter.oldest
    if adapter.distribution:
        try:
            ours = installed(adapter.name, adapter.distribution, adapter.file)
        except NotHere:
            return  # nothing to hold it against
        oldest = ours.version
    if _numbers(version) < _numbers(oldest):
        msg = f"{adapter.name} {version} on PATH is never run: it is older than "
        raise NotHere(f"{msg}{oldest}, whose answers are understood")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d{1,9}", version)[:3]))


def check(program: Program) -> None:
    """Raise `NotHere` where the file is not the one that was installed."""
    if _content_of(program.path) != program.content:
        msg = f"{program.path.name} is not the file that was installed"
        raise NotHere(f"{msg}: install it again")


def version_in(text: str) -> str:
    """Return the version that a program says it has; "" where it says none."""
    found = _VERSION.search(text)
    return found[0] if found else ""


def _content_of(path: Path) -> Digest:
    try:
        told = path.stat()
        return _hashed(path, told.st_size, told.st_mtime_ns)
    except OSError as error:
        msg = f"{path.name} cannot be read: {error.strerror}"
        raise NotHere(msg) from error


@cache
def _hashed(path: Path, _size: int, _changed: int) -> Digest:
    with path.open("rb") as file:
        return Digest(hashlib.file_digest(file, "sha256").hexdigest())
