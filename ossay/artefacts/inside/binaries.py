# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Compiled code: what Go wrote into it of its modules; of other code nothing is told.

The layout is that of `debug/buildinfo` (Go 1.18 and later).
"""

import re

from ossay.artefacts.inside.named import Found, NotNamed, package
from ossay.artefacts.unpacking import Artefact

LARGEST_BYTES = 300_000_000

_COMPILED = (
    (b"\x7fELF", "it is a program or library of Linux"),
    (b"MZ", "it is a program or library of Windows"),
    (b"\xcf\xfa\xed\xfe", "it is a program or library of macOS"),
    (b"\xca\xfe\xba\xbe\0\0\0\2", "it is a program or library of macOS"),
    (b"dex\n", "it is compiled code of Android"),
    (b"\0asm", "it is compiled code (WebAssembly)"),
    (b"!<arch>\n", "it is a library of compiled code"),
)
"""How compiled files begin. Classes of Java are not among them: JARs tell."""

_NOT_TOLD = "what was built into it is told nowhere"

_GO_MAGIC = b"\xff Go buildinf:"
_GO_HEADER = 32
_INLINE = 2
"""The flag that says that the strings follow, and no pointers to them."""

_SENTINEL = 16
"""Bytes around what Go wrote of its modules."""

_LARGEST_TOLD = 4_000_000


def read_binaries(artefact: Artefact, found: Found) -> None:
    """Read what compiled files tell; note those that tell nothing."""
    for path in artefact.paths():
        begins = artefact.read(path, 8)
        why = next((w for mark, w in _COMPILED if begins.startswith(mark)), "")
        if not why:
            continue
        if artefact.size_of(path) > LARGEST_BYTES:
            found.leave_out(path, f"{why}, too large to be read")
            continue
        version, modules = go_told(artefact.read(path))
        if not modules:
            found.leave_out(path, f"{why}; {_NOT_TOLD}")
            continue
        _take(path, version, modules, found)


def _take(path: str, version: str, modules: str, found: Found) -> None:
    wanted: list[tuple[str, str]] = []
    if is_release := re.fullmatch(r"go(\d[\w.]*)(?: .*)?", version):
        wanted.append(("stdlib", is_release[1]))  # what all of Go's programs have in
    for line in modules.splitlines():
        kind, *rest = line.split("\t")
        if kind == "dep" and len(rest) >= 2:
            wanted.append((rest[0], rest[1]))
        elif kind == "=>" and len(rest) >= 2 and wanted:
            wanted[-1] = (rest[0], rest[1])  # built from this one instead
    for module, at in wanted:
        namespace, _, name = module.rpartition("/")
        try:
            found.named.append(
                package("golang", name, at, namespace=namespace, file=path)
            )
        except NotNamed as error:
            found.leave_out(path, str(error))


def go_told(content: bytes) -> tuple[str, str]:
    """Return which Go made a program, and what it wrote of modules; "" for nothing."""
    at = content.find(_GO_MAGIC)
    while at >= 0:
        if len(content) > at + 15 and content[at + 15] & _INLINE:
            version, after = _string(content, at + _GO_HEADER)
            modules, _ = _string(content, after)
            if len(modules) > 2 * _SENTINEL and modules[-_SENTINEL - 1 :][:1] == b"\n":
                told = modules[_SENTINEL:-_SENTINEL].decode("utf-8", "replace")
                return version.decode("utf-8", "replace"), told
        at = content.find(_GO_MAGIC, at + 1)
    return "", ""


def _string(content: bytes, at: int) -> tuple[bytes, int]:
    """Return a string with its length before it (a varint), and where it ends."""
    head = re.match(rb"[\x80-\xff]{0,9}[\x00-\x7f]", content[at : at + 10])
    if head is None:
        return b"", at
    size = sum((byte & 0x7F) << 7 * n for n, byte in enumerate(head[0]))
    begins = at + len(head[0])
    if size > _LARGEST_TOLD:
        return b"", begins
    return content[begins : begins + size], begins + size
