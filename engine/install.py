# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Fill an environment with ScanCode, and make its index. Standard library only.

    python engine/install.py [--optional] FOLDER

Where that cannot be done it says why in one sentence, and ends with status 1, or 0
where it is optional.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCK = HERE / "requirements.lock"

SPACE_BYTES = 1_600_000_000
"""ScanCode takes 690 MB, the index 90 MB, and as much again while it is fetched."""

MEMORY_BYTES = 2_000_000_000
"""Making the index takes 1.3 GB."""

CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")


class CannotInstall(Exception):
    """There will be no engine here; the message says why."""


def install(folder: Path) -> None:
    """Make *folder* a working environment of the engine, or raise `CannotInstall`."""
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    filled = folder / "filled"
    if not filled.is_file() or filled.read_text() != lock:
        _check_the_place(folder.parent)
        print("installing ScanCode, once; this takes some minutes", flush=True)  # noqa: T201
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        pip = ["-m", "pip", "install", "-q", "--disable-pip-version-check"]
        _run(folder, [*pip, "--require-hashes", "-r", str(LOCK)], "installing ScanCode")
        filled.write_text(lock)
    _run(folder, ["-m", "engine.index", str(folder / "index")], "making its index")
    (folder / "ready").touch()


def _check_the_place(place: Path) -> None:
    free = shutil.disk_usage(place).free
    if free < SPACE_BYTES:
        msg = f"it needs {_gb(SPACE_BYTES)} of disk, and {_gb(free)} are free"
        raise CannotInstall(msg)
    memory = _memory_bytes()
    if memory < MEMORY_BYTES:
        msg = f"it needs {_gb(MEMORY_BYTES)} of memory, and there are {_gb(memory)}"
        raise CannotInstall(msg)


def _memory_bytes() -> int:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with contextlib.suppress(OSError, ValueError):  # no cgroup, or no limit ("max")
        memory = min(memory, int(CGROUP_LIMIT.read_text()))
    return memory


def _gb(size: int) -> str:
    return f"{size / 1e9:.1f} GB"


def _run(folder: Path, arguments: list[str], doing: str) -> None:
    scratch = folder / "scratch"
    environment = os.environ | {
        "PYTHONPATH": str(HERE.parent),
        "SCANCODE_CACHE": str(scratch),
        "SCANCODE_TEMP": str(scratch),
    }
    done = subprocess.run(  # noqa: S603 - our own python
        [folder / "bin" / "python", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    shutil.rmtree(scratch, ignore_errors=True)
    if done.returncode:
        last = (done.stdout.strip().splitlines() or ["it said nothing"])[-1]
        msg = f"{doing} failed: {last}"
        raise CannotInstall(msg)


def main() -> None:
    """Install, or say why not."""
    *options, folder = sys.argv[1:]
    try:
        install(Path(folder).absolute())
    except (CannotInstall, OSError, subprocess.CalledProcessError) as why:
        said = f"ossay works here without ScanCode, which is not installed: {why}"
        if options != ["--optional"]:
            sys.exit(said)
        print(said)  # noqa: T201


if __name__ == "__main__":
    main()
