# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A copy of a repository that nothing is missing from, as a server has it."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO


def make_whole(repository: Path, folder: Path) -> int:
    """
    Make *folder* a bare repository of the branches and tags of *repository*.

    Where *repository* is a partial clone, files that it lacks are left out of every
    commit that holds them, and those commits and their descendants are written anew.
    Return how many files were left out.
    """
    missing = _missing(repository)
    if not missing:
        _git("clone", "-q", "--bare", "--shared", str(repository), str(folder))
        return 0
    objects = _git("-C", str(repository), "rev-parse", "--git-path", "objects").strip()
    _git("init", "-q", "--bare", str(folder))
    borrowed = folder / "objects/info/alternates"
    borrowed.write_text(f"{repository / objects}\n")
    _rewrite(repository, folder, missing)
    head = _git("-C", str(repository), "symbolic-ref", "HEAD").strip()
    _git("-C", str(folder), "symbolic-ref", "HEAD", head)
    _git("-C", str(folder), "repack", "-adq")
    _git("-C", str(folder), "pack-refs", "--all")
    borrowed.unlink()
    return len(missing)


def head_without_missing(repository: Path, folder: Path) -> None:
    """
    Make *folder* a bare repository with the head of *repository* and no history.

    Files that *repository*, a partial clone, does not have are left out.
    """
    inside = _git("-C", str(repository), "rev-parse", "--git-path", "objects").strip()
    _git("init", "-q", "--bare", str(folder))
    borrowed = folder / "objects/info/alternates"
    borrowed.write_text(f"{(repository / inside).resolve()}\n")
    head = _git("-C", str(repository), "rev-parse", "HEAD").strip()
    at = ("-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@example.org")
    _git(*at, "read-tree", head)
    listed = _git(*at, "ls-tree", "-r", "-l", "-z", head).split("\0")
    missing = [line.partition("\t")[2] for line in listed if _is_missing(line)]
    for start in range(0, len(missing), 100):
        _git(*at, "rm", "-q", "--cached", "--", *missing[start : start + 100])
    tree = _git(*at, "write-tree", "--missing-ok").strip()
    commit = _git(*at, "commit-tree", tree, "-m", "head").strip()
    branch = _git(*at, "symbolic-ref", "HEAD").strip()
    _git(*at, "update-ref", branch, commit)


def _is_missing(line: str) -> bool:
    """Tell whether an entry of `git ls-tree -l` is a file without a size."""
    said = line.partition("\t")[0].split()
    return len(said) == 4 and said[1] == "blob" and said[3] in {"-", "BAD"}


def _missing(repository: Path) -> set[bytes]:
    told = _git(
        *("-C", str(repository), "rev-list", "--objects", "--missing=print"),
        *("--branches", "--tags"),
    )
    return {line[1:].encode() for line in told.splitlines() if line.startswith("?")}


def _rewrite(repository: Path, folder: Path, missing: set[bytes]) -> None:
    options = ("--no-data", "--reencode=no", "--signed-tags=strip")
    exporting = subprocess.Popen(
        ["git", "-C", str(repository), "fast-export", *options, "--branches", "--tags"],
        stdout=subprocess.PIPE,
    )
    importing = subprocess.Popen(
        ["git", "-C", str(folder), "fast-import", "--quiet"], stdin=subprocess.PIPE
    )
    assert exporting.stdout is not None  # noqa: S101 - for the type checker
    assert importing.stdin is not None  # noqa: S101 - for the type checker
    for piece in _without(exporting.stdout, missing):
        importing.stdin.write(piece)
    importing.stdin.close()
    if exporting.wait() or importing.wait():
        raise SystemExit(f"{repository} could not be made whole")


def _without(stream: IO[bytes], missing: set[bytes]) -> Iterator[bytes]:
    """Leave *missing* files out of what git fast-export says."""
    for line in stream:
        if line.startswith(b"M ") and line.split(b" ", 3)[2] in missing:
            continue
        yield line
        if line.startswith(b"data "):
            yield stream.read(int(line[5:]))


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], check=True, capture_output=True)
    return done.stdout.decode(errors="surrogateescape")
