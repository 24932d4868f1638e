# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a process and those it started have used, as Linux tells it (proc(5))."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_USER_TIME, _SYSTEM_TIME = 11, 12
"""Places of utime and stime, counted after the name in parentheses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """CPU seconds used so far, and memory in use now."""

    cpu_seconds: float
    memory_bytes: int


def usage_of(pid: int) -> Usage | None:
    """Return what *pid* and its descendants use; None where nobody tells."""
    found = [usage for each in _family(pid) if (usage := _own(each)) is not None]
    if not found:
        return None
    return Usage(
        cpu_seconds=sum(usage.cpu_seconds for usage in found),
        memory_bytes=sum(usage.memory_bytes for usage in found),
    )


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = (PROC / f"{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _own(pid: int) -> Usage | None:
    try:
        stat = (PROC / f"{pid}/stat").read_text()
        pages = (PROC / f"{pid}/statm").read_text().split()[1]
    except (OSError, IndexError):
        return None
    fields = stat.rpartition(")")[2].split()
    ticks = int(fields[_USER_TIME]) + int(fields[_SYSTEM_TIME])
    return Usage(cpu_seconds=ticks / _TICKS, memory_bytes=int(pages) * _PAGE_BYTES)
