# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a local work tree holds changes that no commit has."""

from enum import StrEnum

from ossay.model.errors import OssayError
from ossay.source.in_place import find
from ossay.source.process import output
from ossay.source.repository import Repository

_SECONDS = 120.0
_RENAMED = b"2"


class WorkTree(StrEnum):
    """What is known of the files beside the commit that was looked at."""

    CLEAN = "clean"
    CHANGED = "changed"
    CANNOT_TELL = "cannot-tell"


def uncommitted_changes(repository: Repository) -> WorkTree:
    """
    Tell whether files that git tracks differ from HEAD in the local work tree.

    Files that git does not track do not count. git compares through our own
    repository and the original's index, which it does not write, so that
    neither filters nor file system monitors of the original are known, let
    alone run. A file that a filter would have to translate first (Git LFS) and
    an index in an unusual form cannot be judged that way. A repository without
    work tree is clean.
    """
    if repository.work_tree is None:
        return WorkTree.CLEAN
    try:
        seen_through = {
            "GIT_WORK_TREE": str(repository.work_tree),
            "GIT_INDEX_FILE": str(find(repository.work_tree).own / "index"),
        }
        changed = _changed(repository, seen_through)
        if not changed:
            return WorkTree.CLEAN
        filtered = _filtered(repository, seen_through, changed)
    except OssayError:
        return WorkTree.CANNOT_TELL
    return WorkTree.CHANGED if changed - filtered else WorkTree.CANNOT_TELL


def _changed(repository: Repository, seen_through: dict[str, str]) -> set[bytes]:
    said = output(
        *("status", "--porcelain=v2", "-z", "--no-renames"),
        *("--untracked-files=no", "--ignore-submodules=all"),
        folder=repository.folder,
        settings={"core.bare": "false", "core.symlinks": "true"},
        extra=seen_through,
        seconds=_SECONDS,
    )
    records = said.rstrip(b"\0").split(b"\0") if said else []
    return {
        record.split(b" ", 10 if record[:1] == b"u" else 8)[-1] for record in records
    }


def _filtered(
    repository: Repository, seen_through: dict[str, str], changed: set[bytes]
) -> set[bytes]:
    """Return those of *changed* for which .gitattributes name a filter."""
    said = output(
        *("check-attr", "-z", "--stdin", "filter"),
        folder=repository.folder,
        settings={"core.bare": "false"},
        extra=seen_through,
        told=b"".join(path + b"\0" for path in sorted(changed)),
        seconds=_SECONDS,
    )
    fields = said.split(b"\0")
    return {
        path
        for path, value in zip(fields[0::3], fields[2::3], strict=False)
        if value not in (b"unspecified", b"unset")
    }
