# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the software in a repository is called, as far as its address tells."""

import re
from pathlib import Path

from ossay.source.in_place import find
from ossay.source.refs import small_file
from ossay.source.repository import RepositoryUnreadable

_SECTION = re.compile(r'\s*\[\s*remote\s+"origin"\s*\]', re.I)
_OTHER = re.compile(r"\s*\[")
_URL = re.compile(r"\s*url\s*=\s*(.*?)\s*", re.I)
_AFTER_PATH = re.compile(r"[?#].*", re.DOTALL)
_BEFORE_PATH = re.compile(r"^(?:[a-z][a-z0-9+.-]*://[^/]*|[^/:]*:)", re.I)
_SAYS_NOTHING = frozenset(
    {"", "repo", "repository", "git", "bare", "mirror", "src", "source", "sources"}
    | {"code", "checkout", "clone", "work", "workspace", "tmp", "temp"}
)
_HOMES = frozenset({"home", "users"})


def name_of(url: str) -> str:
    """
    Return the last part of an address's path that names anything.

    Of ``https://example.org/permit-desk/repo.git`` that is ``permit-desk``.
    """
    path = _BEFORE_PATH.sub("", _AFTER_PATH.sub("", url), count=1)
    parts = [_bare(part) for part in path.split("/") if part not in {"", ".git"}]
    telling = (p for p in reversed(parts) if p.casefold() not in _SAYS_NOTHING)
    return next(telling, parts[-1] if parts else url)


def name_of_folder(path: Path) -> str:
    """
    Return the name of the software in a folder of this machine.

    A clone of a whole repository goes by the address it came from, else by the
    folder, or by the one around it where its own name says nothing.
    """
    try:
        place = find(path)
    except RepositoryUnreadable:  # whoever reads it will say so
        return _name_of_path(path)
    origin = "" if place.inside else _origin(place.common / "config")
    if origin and _BEFORE_PATH.match(origin) and not origin.startswith("file:"):
        return name_of(origin)
    return _name_of_path(Path(origin.removeprefix("file://")) if origin else path)


def _name_of_path(path: Path) -> str:
    """A home names a person of the assessing side, and nothing of the software."""
    own, around = _bare(path.name), path.parent
    if own.casefold() in _SAYS_NOTHING and not _is_home(around):
        own = _bare(around.name) or own
    return own or "repository"


def _origin(config: Path) -> str:
    """Return the address of "origin"; git is not run on what is somebody else's."""
    is_origin = False
    for line in small_file(config).decode(errors="replace").splitlines():
        if _OTHER.match(line):
            is_origin = _SECTION.match(line) is not None
        elif is_origin and (found := _URL.fullmatch(line)):
            return found[1].strip('"')
    return ""


def _is_home(folder: Path) -> bool:
    return folder == Path.home() or folder.parent.name.casefold() in _HOMES


def _bare(name: str) -> str:
    return name.removesuffix(".git")
