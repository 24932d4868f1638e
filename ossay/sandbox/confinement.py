# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Where a foreign tool runs: without network, and without what is not its business."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from ossay.model.evidence import Guard, Sandbox

PROBE_SECONDS = 20.0

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache")
"""What programs need to start at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confinement:
    """
    A way to keep a tool in.

    Attributes:
        sandbox: What evidence says of it.
        wrap: The command that runs a command, given the folders it may read and the
            one it may write. With a number of bytes, what it writes is at most so
            much, and gone afterwards where the confinement can see to that.
    """

    sandbox: Sandbox
    wrap: "Wrap"

    @property
    def name(self) -> str:
        return self.sandbox.name


class Wrap(Protocol):
    """Makes one command of another."""

    def __call__(
        self,
        command: list[str],
        reads: Iterable[Path],
        writes: Path,
        at_most: int | None = None,
        /,
        *,
        sees_processes: bool = False,
    ) -> list[str]: ...


def _bubblewrap(
    command: list[str],
    reads: Iterable[Path],
    writes: Path,
    at_most: int | None = None,
    *,
    sees_processes: bool = False,
) -> list[str]:
    shown = [*map(Path, SYSTEM), *reads]
    binds = [word for path in shown for word in ("--ro-bind-try", str(path), str(path))]
    size = () if at_most is None else ("--size", str(at_most))
    own = ("--bind", str(writes)) if at_most is None else (*size, "--tmpfs")
    # Who is spoken to for long may outlive the thread that started it.
    end = () if at_most is None else ("--die-with-parent",)
    processes = ("--proc", "/proc") if sees_processes else ()
    return [
        *("bwrap", "--unshare-user", "--unshare-net", "--unshare-pid"),
        *("--unshare-ipc", "--unshare-uts", "--cap-drop", "ALL", *end),
        *processes,
        *("--dev", "/dev", *size, "--tmpfs", "/tmp"),  # noqa: S108
        *binds,
        *(*own, str(writes), "--chdir", str(writes), "--"),
        *command,
    ]


def _namespaces(
    command: list[str],
    _reads: Iterable[Path],
    _writes: Path,
    _at_most: int | None = None,
    *,
    sees_processes: bool = False,  # noqa: ARG001 - they do anyway
) -> list[str]:
    apart = ("--user", "--map-root-user", "--net", "--pid", "--fork", "--kill-child")
    return ["unshare", *apart, "--", *command]


def _open(
    command: list[str],
    _reads: Iterable[Path],
    _writes: Path,
    _at_most: int | None = None,
    *,
    sees_processes: bool = False,  # noqa: ARG001 - they do anyway
) -> list[str]:
    return command


BUBBLEWRAP = Confinement(
    sandbox=Sandbox(name="bubblewrap", guards=tuple(Guard)), wrap=_bubblewrap
)
NAMESPACES = Confinement(
    sandbox=Sandbox(
        name="user and network namespaces",
        guards=(Guard.NETWORK, Guard.PROCESSES, Guard.LIMITS),
    ),
    wrap=_namespaces,
)
"""It reads, and writes, whatever the person who runs ossay may."""

LIMITS_ONLY = Confinement(
    sandbox=Sandbox(name="limits only, no sandbox", guards=(Guard.LIMITS,)), wrap=_open
)
"""Only where the operator chose it; evidence has to say so."""


NONE_WORKS = "neither bubblewrap nor user namespaces work here"

NOT_RUN = Sandbox(name=f"not run: {NONE_WORKS}", guards=())
"""What evidence says of a program where nothing keeps it in."""


@cache
def strongest() -> Confinement | None:
    """Return the strongest confinement that works here; None where none does."""
    return next(filter(_works, (BUBBLEWRAP, NAMESPACES)), None)


def _works(confinement: Confinement) -> bool:
    true = shutil.which("true")
    if true is None:
        return False
    try:
        done = subprocess.run(  # noqa: S603 - fixed words
            confinement.wrap([true], (), Path(tempfile.gettempdir()), 1_000_000),
            check=False,
            timeout=PROBE_SECONDS,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
