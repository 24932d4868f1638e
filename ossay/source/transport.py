# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""git over the network, through GitPython with its safety left on."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ossay.model.errors import OssayError
from ossay.source.address import Access, Address, SourceUnreachable
from ossay.source.environment import environment
from ossay.source.failure import CloneTooLarge, NothingThere, failed
from ossay.source.process import GitMissing, GitStuck, Running
from ossay.source.refs import MOST_REFS, OID, Refs, is_ref_name

_NO_REPOSITORY = Path("/")
"""Where git is run when there is no clone: nobody else can put a ``.git`` there."""

OLDEST_GIT = (2, 39)
"""Debian 12's, with the fixes its security team brought back."""

_MOST_SAID_BYTES = 200_000_000
_WHOLE_HISTORY = 2_147_483_647
"""
git's depth without end (shallow.h, INFINITE_DEPTH).

It asks for what is fetched anyway. But a server that offers plain files only
('dumb http') cannot serve a depth, and git gives up: that way of fetching knows
no fsckObjects.
"""


_DIE_WITH_US = """
exec 3<&0
"$@" 3<&- </dev/null &
git=$!
(read -r _ <&3; kill -KILL 0) >/dev/null 2>&1 &
watch=$!
wait $git
status=$?
kill $watch
exit $status
"""
"""
Runs git, and ends its whole process group when our end of the input closes.

A killed ossay cannot end the git it started in a session of its own, and git's
helper would wait for the network as long as the server pleases.
"""


class GitTooOld(OssayError):
    """The git on this machine lacks what keeps us safe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What fetching one repository may take: seconds of time, bytes on disk."""

    seconds: int = 1800
    bytes: int = 4_000_000_000


def list_refs(address: Address, access: Access, limits: Limits, until: float) -> Refs:
    """
    Return what the server says it has; peeled tags are left out.

    *until* is a reading of `time.monotonic`.

    Nothing at all is an error: git takes a web page for an empty list of refs.
    """
    git = _git(_NO_REPOSITORY)
    process = git.ls_remote(
        "--symref", "--", address.url, as_process=True, env=_env(address, access)
    )
    found = _as_refs(_heard(address, process, limits, until))
    if not found.named:
        msg = (
            f"cannot assess {address.public_url}: it is empty, or what answers there "
            "is no git repository; give the address one would clone"
        )
        raise NothingThere(msg)
    return found


def fetch_into(
    folder: Path, address: Address, access: Access, limits: Limits, until: float
) -> None:
    """Bring all branches and tags of *address* into the bare repository *folder*."""
    _git_class().check_unsafe_protocols(address.url)
    process = _git(folder).fetch(
        "--quiet",
        "--prune",
        "--no-tags",
        "--no-write-fetch-head",
        "--no-auto-maintenance",
        "--no-recurse-submodules",
        f"--depth={_WHOLE_HISTORY}",
        "--",
        address.url,
        "+refs/heads/*:refs/heads/*",
        "+refs/tags/*:refs/tags/*",
        as_process=True,
        env=_env(address, access) | {"GIT_DIR": str(folder)},
    )

    def watch() -> None:
        size = bytes_of(folder)
        if size > limits.bytes:
            msg = (
                f"cannot fetch {address.public_url}: it is larger than the limit of "
                f"{limits.bytes} bytes; raise OSSAY_CLONE_BYTES if that is meant"
            )
            raise CloneTooLarge(msg)

    _heard(address, process, limits, until, watch)
    watch()


def bytes_of(folder: Path) -> int:
    """Return the bytes that the files below *folder* hold."""
    size = 0
    for top, _, names in os.walk(folder):
        for name in names:
            # git renames its temporary files while we look.
            with contextlib.suppress(FileNotFoundError):
                size += (Path(top) / name).lstat().st_size
    return size


def _heard(
    address: Address,
    process: Any,
    limits: Limits,
    until: float,
    watch: Callable[[], None] | None = None,
) -> list[bytes]:
    """Return what git says on *process*, or raise the error its end stands for."""
    left = until - time.monotonic()
    git = Running(process.proc, seconds=left, idle_seconds=left, watch=watch)
    try:
        lines, size = [], 0
        while line := git.line():
            lines.append(line)
            size += len(line)
            if len(lines) > MOST_REFS or size > _MOST_SAID_BYTES:
                msg = f"cannot fetch {address.public_url}: it has too many refs"
                raise CloneTooLarge(msg)
        status = git.finish()
    except GitStuck as error:
        msg = (
            f"cannot fetch {address.public_url}: it took longer than the limit of "
            f"{limits.seconds} s; raise OSSAY_CLONE_SECONDS or try again later"
        )
        raise SourceUnreachable(msg) from error
    finally:
        git.stop()
    if status != 0:
        raise failed(address, bytes(git.complaints))
    return lines


def _as_refs(lines: Sequence[bytes]) -> Refs:
    named: dict[bytes, str] = {}
    head = b""
    for line in lines:
        value, _, name = line.partition(b"\t")
        if name == b"HEAD" and not head:
            target = value.removeprefix(b"ref: ")
            head = target if is_ref_name(target) or OID.fullmatch(target) else b""
        elif is_ref_name(name) and OID.fullmatch(value):
            named[name] = value.decode()
    return Refs(named=named, head=head)


def _env(address: Address, access: Access) -> dict[str, str]:
    settings = {}
    if address.pinned:
        found = ",".join(f"[{a}]" if ":" in a else a for a in address.pinned)
        settings["http.curloptResolve"] = f"{address.host}:{address.port}:{found}"
    if access.ca_file is not None:
        settings["http.sslCAInfo"] = str(access.ca_file.absolute())
    env = environment(settings, protocol=address.scheme)
    if address.scheme == "ssh":
        env |= {
            "GIT_SSH_COMMAND": "ssh -oBatchMode=yes -oStrictHostKeyChecking=yes "
            "-oForwardAgent=no -oForwardX11=no -oPermitLocalCommand=no",
            "GIT_SSH_VARIANT": "ssh",
        }
        if "SSH_AUTH_SOCK" in os.environ:
            env["SSH_AUTH_SOCK"] = os.environ["SSH_AUTH_SOCK"]
    return env


def _git(folder: Path) -> Any:
    return _git_class()(str(folder))


@cache
def _git_class() -> Any:
    """
    Return GitPython's `Git`, started in a session of its own and seeing only
    the environment that it is handed.

    Imported here because it takes a third of a second and looks for git at once.
    """
    if shutil.which("git") is None:
        raise GitMissing("cannot find git; install it (Debian: apt install git)")
    from git.cmd import Git

    found = Git().version_info
    if found[:2] < OLDEST_GIT:
        msg = (
            f"git {'.'.join(map(str, found))} is too old to fetch from strangers; "
            f"install {'.'.join(map(str, OLDEST_GIT))} or newer"
        )
        raise GitTooOld(msg)

    class ConfinedGit(Git):
        def execute(  # type: ignore[override]  # all its overloads at once
            self, command: Any, **options: Any
        ) -> Any:
            env = options.pop("env", None) or environment()
            pairs = (f"{key}={value}" for key, value in env.items())
            return super().execute(
                ["env", "-i", *pairs, "/bin/sh", "-c", _DIE_WITH_US, "sh", *command],
                istream=subprocess.PIPE,
                start_new_session=True,
                # Python ignores SIGXFSZ; so may git, to say that the disk is full.
                restore_signals=False,
                **options,
            )

    return ConfinedGit
