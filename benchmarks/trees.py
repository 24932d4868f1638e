# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A repository now, 20 commits before, and with its folders renamed."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

COMMITS = 20
_NOBODY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "a"), ("EMAIL", "a@example.org"))
}


def make_trees(repository: Path, folder: Path, renamings: int) -> None:
    """
    Make *folder* a bare repository of three kinds of commits of *repository*.

    Branch "before" is the head `COMMITS` commits ago, "main" the head, and
    "renamed-0" and so on have the files of "main", with every folder of the root
    under another name. Files that a partial clone lacks are left out of them.
    """
    _git(folder.parent, "init", "-q", "--bare", "-b", "main", str(folder))
    objects = _git(repository, "rev-parse", "--git-path", "objects").strip()
    borrowed = folder / "objects/info/alternates"
    borrowed.write_text(f"{(repository / objects).resolve()}\n")
    line = _git(
        repository, "rev-list", "--first-parent", f"-n{COMMITS + 1}", "HEAD"
    ).split()
    before = _commit(folder, "before", _tree(repository, folder, line[-1]), [])
    tree = _tree(repository, folder, "HEAD")
    main = _commit(folder, "main", tree, [before])
    for number in range(renamings):
        renamed = _renamed(folder, tree, f"renamed-{number}")
        _commit(folder, f"renamed-{number}", renamed, [main])


def _tree(repository: Path, folder: Path, commit: str) -> str:
    """Write the tree of *commit* without the files that are missing."""
    listed = _git(repository, "ls-tree", "-r", "-z", "--long", commit).split("\0")
    lines = [line.partition("\t") for line in listed if line]
    told = [(*before.split(), path) for before, _, path in lines]
    there = "".join(
        f"{mode} {kind} {oid}\t{path}\0"
        for mode, kind, oid, size, path in told
        if kind != "blob" or size.isdigit()
    )
    place = folder / "measured.index"
    place.unlink(missing_ok=True)
    index = {"GIT_INDEX_FILE": str(place)}
    _git(folder, "update-index", "-z", "--index-info", settings=index, given=there)
    return _git(folder, "write-tree", settings=index).strip()


def _renamed(folder: Path, tree: str, suffix: str) -> str:
    lines = [
        f"{line}-{suffix}" if line.split()[1] == "tree" else line
        for line in _git(folder, "ls-tree", "-z", tree).split("\0")
        if line
    ]
    return _git(folder, "mktree", "-z", given="\0".join(lines) + "\0").strip()


def _commit(folder: Path, branch: str, tree: str, parents: Sequence[str]) -> str:
    after = [word for parent in parents for word in ("-p", parent)]
    made = _git(
        folder, "commit-tree", tree, *after, "-m", branch, settings=_NOBODY
    ).strip()
    _git(folder, "update-ref", f"refs/heads/{branch}", made)
    return made


def _git(
    folder: Path,
    *words: str,
    settings: dict[str, str] | None = None,
    given: str = "",
) -> str:
    """Return what git says; bytes that are no UTF-8 go through as they are."""
    done = subprocess.run(
        ["git", "-C", str(folder), *words],
        input=given.encode(errors="surrogateescape"),
        env=os.environ | (settings or {}),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode(errors="surrogateescape")
