# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Read a local repository where it is, without one setting of its own."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from ossay.codec import canonical, digest_of_bytes
from ossay.model.digest import Digest
from ossay.source.failure import CannotWrite, NothingThere
from ossay.source.lock import locked, sweep
from ossay.source.refs import OID, Refs, is_regular, read_refs, small_file
from ossay.source.repository import (
    Repository,
    RepositoryUnreadable,
    check_ours,
    lay_out,
    pack_refs,
    reopen,
    write,
)

_PATIENCE_SECONDS = 60.0
_LARGEST_SHALLOW = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    Where the pieces of a local repository lie (gitrepository-layout(5)).

    Attributes:
        work_tree: Top of the work tree; None for a bare repository.
        inside: The named folder below it; "" for the top.
        own: Holds HEAD and the index of this work tree.
        common: Holds objects and refs; differs from `own` in a linked work tree.
    """

    work_tree: Path | None
    inside: str
    own: Path
    common: Path

    @property
    def name(self) -> str:
        """The path that the repository goes by; bytes that are no UTF-8 escaped."""
        return os.fsencode(self.work_tree or self.own).decode(errors="backslashreplace")


def open_in_place(path: Path, folder: Path) -> Repository:
    """
    Open the repository that *path* is, or lies in, through one of ours at *folder*.

    Ours borrows the objects (gitrepository-layout(5), alternates) and holds a
    copy of branches, tags, HEAD and the marks of a shallow clone. git is only
    ever run on ours, so no setting, hook or filter of the original is read, it
    is never written to, and one that belongs to another user can be read as
    well. Objects that a partial clone lacks stay missing.
    """
    place = find(path)
    found = _read(place)
    note: dict[str, object] = {
        "url": place.name,
        "work_tree": str(place.work_tree or ""),
        "inside": place.inside,
        "in_place": True,
        "foreign_owner": place.common.stat().st_uid != os.geteuid(),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder, time.monotonic() + _PATIENCE_SECONDS):
            check_ours(folder)
            sweep(folder, everything=False)
            lay_out(folder, note, _object_format(found))
            write(folder / "objects/info/alternates", _quoted(place.common / "objects"))
            _copy_shallow(place.common, folder)
            pack_refs(folder, found)
            return reopen(folder, found)
    except OSError as error:
        msg = (
            f"cannot write to {str(folder)!r}: {error.strerror or error}; "
            "make room, or name another folder in OSSAY_HOME"
        )
        raise CannotWrite(msg) from error


def refs_of_path(path: Path) -> Refs:
    """Return what the repository that *path* is, or lies in, points at."""
    return _read(find(path))


def state_digest_of(path: Path) -> Digest:
    """Return the digest of all that decides which snapshot is taken of *path*."""
    place = find(path)
    marks = _shallow_marks(place.common)
    is_bare = place.work_tree is None
    return _state(place.name, place.inside, is_bare, _read(place).listed, marks)


def state_of(repository: Repository) -> Digest:
    """
    Return the digest of what a repository of ours holds of where it came from.

    While `state_digest_of` says the same of a path, or `refs_digest_of` of an
    address, there is nothing to fetch.
    """
    if not repository.in_place:
        return repository.refs_digest
    marks = _shallow_marks(repository.folder)
    is_bare = repository.work_tree is None
    name, inside = repository.url, repository.inside
    return _state(name, inside, is_bare, repository.refs, marks)


def _state(
    name: str,
    inside: str,
    is_bare: bool,
    refs: tuple[tuple[str, str], ...],
    marks: bytes,
) -> Digest:
    state = [name, inside, is_bare, refs, digest_of_bytes(marks)]
    return digest_of_bytes(canonical(state))


def find(path: Path) -> Place:
    """Return where the repository of *path* is, or raise `NothingThere`."""
    path = path.absolute()
    try:
        return _find(path)
    except PermissionError as error:
        raise _no_leave(path, error) from error


def _find(path: Path) -> Place:
    if not path.is_dir():
        raise NothingThere(f"cannot read {str(path)!r}: there is no such folder")
    path = path.resolve()
    for top in (path, *path.parents):
        own = _git_folder(top / ".git")
        if own is not None:
            inside = path.relative_to(top).as_posix().removeprefix(".")
            return Place(work_tree=top, inside=inside, own=own, common=_common(own))
        if top == path and _is_git_folder(path):
            return Place(work_tree=None, inside="", own=path, common=_common(path))
    msg = (
        f"cannot read {str(path)!r}: neither it nor a folder above is a repository; "
        "give the folder of a git repository, or the address of one"
    )
    raise NothingThere(msg)


def _no_leave(path: Path, error: PermissionError) -> RepositoryUnreadable:
    return RepositoryUnreadable(
        f"cannot read {str(path)!r}: this user has no leave to read "
        f"{error.filename!r}; ask its owner for leave, or give a remote address"
    )


def _git_folder(dot_git: Path) -> Path | None:
    """Return the git folder that *dot_git* is, or that its 'gitdir:' line names."""
    if dot_git.is_dir():
        return dot_git if _is_git_folder(dot_git) else None
    pointer = small_file(dot_git)
    if not pointer.startswith(b"gitdir:"):
        return None
    named = os.fsdecode(pointer.removeprefix(b"gitdir:").strip())
    own = (dot_git.parent / named).resolve()
    if not _is_git_folder(own):
        msg = (
            f"cannot read {str(dot_git)!r}: it names {named!r}, which is no repository"
        )
        raise RepositoryUnreadable(msg)
    return own


def _is_git_folder(path: Path) -> bool:
    head = path / "HEAD"
    common = _common(path)
    return (head.is_file() or head.is_symlink()) and (common / "objects").is_dir()


def _common(own: Path) -> Path:
    """Return the folder that work trees share (git rev-parse --git-common-dir)."""
    named = small_file(own / "commondir").strip()
    return (own / os.fsdecode(named)).resolve() if named else own


def _read(place: Place) -> Refs:
    try:
        found = read_refs(place.common, place.own)
        next((place.common / "objects").iterdir(), None)
    except PermissionError as error:
        raise _no_leave(place.common, error) from error
    return found


def _object_format(found: Refs) -> str:
    names = [*found.named.values()]
    if OID.fullmatch(found.head):
        names.append(found.head.decode())
    return "sha256" if names and len(names[0]) == 64 else "sha1"


def _quoted(objects: Path) -> bytes:
    """Return *objects* as a line of an alternates file, quoted as C does it."""
    special = {ord('"'): b'\\"', ord("\\"): b"\\\\", ord("\n"): b"\\n"}
    path = os.fsencode(objects)
    return b'"%s"\n' % b"".join(special.get(byte, bytes([byte])) for byte in path)


def _copy_shallow(common: Path, folder: Path) -> None:
    if marks := _shallow_marks(common):
        write(folder / "shallow", marks)
    elif not (common / "shallow").is_file():
        (folder / "shallow").unlink(missing_ok=True)


def _shallow_marks(common: Path) -> bytes:
    """Return where history was cut off, a commit on each line."""
    marks = common / "shallow"
    if not is_regular(marks):
        return b""
    if marks.stat().st_size > _LARGEST_SHALLOW:
        raise RepositoryUnreadable(f"cannot read {str(marks)!r}: it is far too large")
    names = [n for n in marks.read_bytes().split() if OID.fullmatch(n)]
    return b"".join(n + b"\n" for n in names)
