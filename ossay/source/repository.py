# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A bare repository of our own, from which everything else is read."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from ossay.model.digest import Digest
from ossay.model.errors import OssayError
from ossay.source.refs import OID, Refs, read_refs

_NOTE = "ossay.json"


class RepositoryUnreadable(OssayError):
    """There is a repository, but it cannot be read."""


class NotOurs(OssayError):
    """A folder that is to hold a clone holds something else."""

    status = 73


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """
    A repository as it was when it was opened.

    Attributes:
        folder: The bare repository of our own.
        url: Where it came from, without credentials; a path if read in place.
        refs: Branches, tags and HEAD, as `Refs.listed` tells them.
        head: Full name of the default branch, the object name of a detached
            HEAD, or "".
        refs_digest: Digest of `refs`, the same that the server would give.
        shallow: Whether history was cut off where it came from.
        work_tree: The local work tree it was opened from, if any.
        inside: The folder of that work tree that was named; "" is all of it.
        in_place: Whether objects belong to somebody else's repository. They
            were never checked on the way in, so they are checked when read.
        foreign_owner: Whether what is read in place belongs to another user.
            git would refuse that because settings of the repository could run
            programs; ossay reads none of them.
    """

    folder: Path
    url: str
    refs: tuple[tuple[str, str], ...]
    head: str
    refs_digest: Digest
    shallow: bool
    work_tree: Path | None = None
    inside: str = ""
    in_place: bool = False
    foreign_owner: bool = False

    def ref(self, name: str) -> str | None:
        """Return the object name that the ref of that full name holds."""
        return dict(self.refs).get(name)

    @property
    def branches(self) -> tuple[str, ...]:
        """Names of the branches, without ``refs/heads/``."""
        return self._short("refs/heads/")

    @property
    def tags(self) -> tuple[str, ...]:
        """Names of the tags, without ``refs/tags/``."""
        return self._short("refs/tags/")

    def _short(self, kind: str) -> tuple[str, ...]:
        return tuple(n.removeprefix(kind) for n, _ in self.refs if n.startswith(kind))


def reopen(folder: Path, found: Refs | None = None) -> Repository:
    """
    Open what `fetch` or `open_in_place` left at *folder*, as it is there now.

    *found* is what it points at, where that was just written there.
    """
    try:
        note = json.loads((folder / _NOTE).read_bytes())
    except (OSError, ValueError) as error:
        msg = f"there is no repository of ossay's at {str(folder)!r} ({error})"
        raise RepositoryUnreadable(msg) from error
    found = found or read_refs(folder, folder)
    return Repository(
        folder=folder,
        url=note["url"],
        refs=found.listed,
        head=found.head.decode(errors="backslashreplace"),
        refs_digest=found.digest,
        shallow=(folder / "shallow").exists(),
        work_tree=Path(note["work_tree"]) if note["work_tree"] else None,
        inside=note["inside"],
        in_place=note["in_place"],
        foreign_owner=note["foreign_owner"],
    )


def origin_of(folder: Path) -> str | None:
    """Return the address that the repository at *folder* came from, if it is one."""
    try:
        return str(json.loads((folder / _NOTE).read_bytes())["url"])
    except (OSError, ValueError, KeyError):
        return None


def check_ours(folder: Path) -> None:
    """Refuse to write into a folder that holds anything but our own."""
    names = {path.name for path in folder.iterdir()}
    if names - {f"{_NOTE}.part"} and origin_of(folder) is None:
        msg = f"cannot use {str(folder)!r}: it holds something that is not ossay's"
        raise NotOurs(msg)


def lay_out(folder: Path, note: dict[str, object], object_format: str) -> None:
    """Make *folder* a bare repository; what is there already stays."""
    write(folder / _NOTE, json.dumps(note, sort_keys=True).encode())
    for part in ("objects/info", "objects/pack", "refs/heads", "refs/tags"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    extension = (
        f"[extensions]\n\tobjectFormat = {object_format}\n"
        if object_format != "sha1"
        else ""
    )
    version = 1 if extension else 0
    write(
        folder / "config",
        f"[core]\n\trepositoryFormatVersion = {version}\n\tbare = true\n"
        f"{extension}".encode(),
    )
    if not (folder / "HEAD").exists():
        point_head(folder, b"")


def point_head(folder: Path, head: bytes) -> None:
    """Let HEAD at *folder* name a branch or a commit; nothing for b""."""
    if OID.fullmatch(head):
        write(folder / "HEAD", head + b"\n")
    else:
        # What git itself writes where a server names no branch.
        write(folder / "HEAD", b"ref: " + (head or b"refs/heads/.invalid") + b"\n")


def pack_refs(folder: Path, found: Refs) -> None:
    """Write *found* as all the branches and tags of the repository at *folder*."""
    lines = [b"%s %s\n" % (found.named[n].encode(), n) for n in sorted(found.named)]
    write(folder / "packed-refs", b"# pack-refs with: sorted \n" + b"".join(lines))
    point_head(folder, found.head)


def write(path: Path, content: bytes) -> None:
    """Write *path* whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
