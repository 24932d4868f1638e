# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Real repositories for tests, with fixed dates and authors: same names every time.

    repository = make_repository(tmp_path, {"README.md": b"Hello"})
    commit(repository, {"README.md": b"Hello again", "old.txt": None})
    tag(repository, "v1.0")

Other rooms may use these too. Hostile objects are written with `write_object`
and its siblings, which ask git to check nothing.
"""

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ADA = "Ada Example <ada@work.example.com>"
"""The author of everything, unless told otherwise."""

FIRST_DAY = datetime(2024, 1, 1, 12, tzinfo=UTC)
"""When the first commit is made, unless told otherwise; later ones a day each."""


@dataclass(frozen=True)
class Symlink:
    """A symbolic link, as a value of `Files`."""

    target: bytes


@dataclass(frozen=True)
class Executable:
    """A file with its execute bit, as a value of `Files`."""

    content: bytes


@dataclass(frozen=True)
class Submodule:
    """A submodule at some commit, as a value of `Files`."""

    commit: str = "1" * 40


Files = Mapping[str, "bytes | Symlink | Executable | Submodule | None"]
"""What a commit changes, by path; None takes a file away."""


def run(folder: Path, *arguments: str, told: bytes = b"") -> str:
    """Run git in *folder* with nothing of the machine's settings; return its words."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        input=told,
        capture_output=True,
        check=False,
        env={
            "PATH": os.environ["PATH"],
            "HOME": "/dev/null",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_AUTHOR_NAME": "Ada Example",
            "GIT_AUTHOR_EMAIL": "ada@work.example.com",
            "GIT_AUTHOR_DATE": FIRST_DAY.isoformat(),
            "GIT_COMMITTER_NAME": "Ada Example",
            "GIT_COMMITTER_EMAIL": "ada@work.example.com",
            "GIT_COMMITTER_DATE": FIRST_DAY.isoformat(),
        },
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout.decode(errors="surrogateescape").strip()


def make_repository(
    folder: Path,
    files: Files | None = None,
    *,
    name: str = "repository",
    bare: bool = False,
    object_format: str = "sha1",
) -> Path:
    """
    Make a repository called *name* in *folder*, with *files* as its first commit.

    Its branch is ``main``. There is a work tree with the files in it unless it
    is to be *bare*; with no files there is no commit.
    """
    repository = folder / name
    repository.mkdir(parents=True)
    options = ["--bare"] if bare else []
    run(
        repository,
        *("init", "-q", "-b", "main", f"--object-format={object_format}"),
        *("--template=", *options),
    )
    if files is not None:
        commit(repository, files)
    return repository


def commit(
    repository: Path,
    files: Files,
    *,
    author: str = ADA,
    at: datetime | None = None,
    message: str = "Change something",
    branch: str = "main",
) -> str:
    """
    Commit *files* on top of *branch* and return the commit's name.

    *author* is "name <mail>" and may be any bytes of Latin-1; it is the committer
    too. *at* is a day after the commit before, if not told.
    """
    parent, before = _tip(repository, branch)
    moment = int((at or FIRST_DAY).timestamp())
    if at is None and parent:
        moment = before + 24 * 3600
    stream = [
        f"commit refs/heads/{branch}\n".encode(),
        b"committer %s %d +0000\n" % (author.encode("latin-1"), moment),
        _data(message.encode()),
        f"from {parent}\n".encode() if parent else b"",
        *(_change(path, value) for path, value in files.items()),
    ]
    run(repository, "fast-import", "--quiet", "--force", told=b"".join(stream))
    if (repository / ".git").exists():
        run(repository, "reset", "-q", "--hard")
    return _tip(repository, branch)[0]


def _tip(repository: Path, branch: str) -> tuple[str, int]:
    """Return the name and the date of the newest commit of *branch*, if any."""
    form = "--format=%(objectname) %(committerdate:unix)"
    said = run(repository, "for-each-ref", form, f"refs/heads/{branch}").split()
    return (said[0], int(said[1])) if said else ("", 0)


def _change(path: str, value: bytes | Symlink | Executable | Submodule | None) -> bytes:
    where = path.encode()
    match value:
        case None:
            return b"D %s\n" % where
        case Symlink(target=target):
            return b"M 120000 inline %s\n%s" % (where, _data(target))
        case Executable(content=content):
            return b"M 100755 inline %s\n%s" % (where, _data(content))
        case Submodule(commit=name):
            return b"M 160000 %s %s\n" % (name.encode(), where)
        case content:
            return b"M 100644 inline %s\n%s" % (where, _data(content))


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


def tag(
    repository: Path, name: str, *, of: str = "HEAD", at: datetime | None = None
) -> None:
    """Tag *of* as *name*; with a date it is annotated, without it is not."""
    if at is None:
        run(repository, "update-ref", f"refs/tags/{name}", of)
        return
    content = "object {}\ntype {}\ntag {}\ntagger {} {} +0000\n\nA tag\n".format(
        run(repository, "rev-parse", of),
        run(repository, "cat-file", "-t", of),
        name,
        ADA,
        int(at.timestamp()),
    )
    made = write_object(repository, "tag", content.encode())
    run(repository, "update-ref", f"refs/tags/{name}", made)


def write_object(repository: Path, kind: str, content: bytes) -> str:
    """Write any object, well-formed or not, and return its name."""
    return run(
        repository,
        *("hash-object", "-w", "-t", kind, "--literally", "--stdin"),
        told=content,
    )


def write_tree(repository: Path, entries: Iterable[tuple[bytes, bytes, str]]) -> str:
    """Write a folder of (mode, name, object name), sorted and checked by nobody."""
    content = b"".join(
        mode + b" " + name + b"\0" + bytes.fromhex(oid) for mode, name, oid in entries
    )
    return write_object(repository, "tree", content)


def write_commit(
    repository: Path,
    tree: str,
    *,
    parents: Iterable[str] = (),
    author: bytes = b"Ada Example <ada@work.example.com> 1704110400 +0000",
    extra: bytes = b"",
    branch: str = "main",
) -> str:
    """Write a commit with *author* as it stands, and let *branch* name it."""
    lines = [
        b"tree " + tree.encode(),
        *(b"parent " + parent.encode() for parent in parents),
        b"author " + author,
        b"committer " + author,
    ]
    content = b"\n".join(lines) + b"\n" + extra + b"\nWritten by hand\n"
    made = write_object(repository, "commit", content)
    run(repository, "update-ref", f"refs/heads/{branch}", made)
    return made
