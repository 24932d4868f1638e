# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Programs in the tree that nobody can read, told by how their content begins."""

import re
import sys
from collections.abc import Iterator
from struct import unpack_from

from ossay.collect.security.places import View, is_test_data
from ossay.model.evidence import Answered, Combine, Fact, Item
from ossay.model.tree import Scanner, Unreadable

BINARIES = Fact(
    name="security.binaries",
    kind=int,
    unit="files",
    asks="How many files hold a compiled program, outside of folders for tests?",
    combine=Combine.SUM,
)

SHORTEST = 8
"""Bytes of the smallest program there is, an empty WebAssembly module."""


def answers(view: View) -> Iterator[Answered]:
    """
    Count compiled programs; those in folders for tests are listed, not counted.

    Every file is looked at, whatever its name: a program can be called README.
    """
    short = {e.path for e in view.tree.entries() if _is_short(e.size_bytes)}
    wanted = [p for p in view.own_paths if p not in short]
    counted, for_tests, unread = [], [], []
    for path, kind in view.tree.scan(_scanner(), wanted):
        if isinstance(kind, Unreadable):
            if not is_test_data(path):
                unread.append(Item(subject=path, note=kind.why))
        elif kind and is_test_data(path):
            note = f"{kind}; in a folder for tests, not counted"
            for_tests.append(Item(subject=path, note=note))
        elif kind:
            counted.append(Item(subject=path, note=_remark(path, kind)))
    if unread:
        why = "files could not be read, and any of them may be a program"
        yield BINARIES.unknown(why, unread)
    else:
        yield BINARIES.found(len(counted), counted + for_tests)


def program_in(content: bytes) -> str:
    """Return what kind of compiled program *content* is, or ""."""
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    match content[:4]:
        case b"\xca\xfe\xba\xbe":
            return _cafe_babe(content)
        case b"PK\x03\x04":
            return _archive(content)
    if content.startswith(b"MZ"):
        return _windows(content)
    return "Python bytecode" if _is_python_bytecode(content) else ""


def _is_short(size_bytes: int | None) -> bool:
    return size_bytes is not None and size_bytes < SHORTEST


def _remark(path: str, kind: str) -> str:
    name = path.rpartition("/")[2].casefold()
    if name in {"gradle-wrapper.jar", "maven-wrapper.jar"}:
        return f"{kind}; fetches the build tool, its makers publish its checksum"
    return kind


_STARTS = (
    (b"\x7fELF", "program or library for Linux and others (ELF)"),
    (b"\xfe\xed\xfa\xce", "program or library for macOS (Mach-O)"),
    (b"\xfe\xed\xfa\xcf", "program or library for macOS (Mach-O)"),
    (b"\xce\xfa\xed\xfe", "program or library for macOS (Mach-O)"),
    (b"\xcf\xfa\xed\xfe", "program or library for macOS (Mach-O)"),
    (b"\0asm", "WebAssembly"),
    (b"!<arch>\n", "library or package of object files (ar)"),
    (b"dex\n0", "Android bytecode"),
    (b"\xed\xab\xee\xdb", "package with programs (RPM)"),
    (b"Cr24", "browser extension (CRX)"),
    (b"BC\xc0\xde", "LLVM bitcode"),
    (b"\x1bLua", "Lua bytecode"),
)


def _cafe_babe(content: bytes) -> str:
    """Java and Mach-O share a start; then comes a version or a small count."""
    if len(content) < SHORTEST:
        return ""
    java_1_1 = 45
    second = int(unpack_from(">I", content, 4)[0])
    is_java = second & 0xFFFF >= java_1_1
    return "Java bytecode" if is_java else "program or library for macOS (Mach-O)"


def _windows(content: bytes) -> str:
    """A DOS header leads to the newer one; text can begin with MZ, without NULs."""
    header = 64
    if len(content) < header or b"\0" not in content[:header]:
        return ""
    at = int(unpack_from("<I", content, 60)[0])
    is_windows = content[at : at + 4] == b"PE\0\0"
    return f"program or library for {'Windows (PE)' if is_windows else 'DOS'}"


def _archive(content: bytes) -> str:
    """Return what a ZIP archive holds for programs; nothing is unpacked."""
    names = _names_in(content) or [content]
    has_programs = any(_PROGRAM.search(name) for name in names)
    return "archive with programs (ZIP)" if has_programs else ""


def _names_in(content: bytes) -> list[bytes]:
    """
    Return the names in the directory of a ZIP archive (APPNOTE 4.3.12 and 4.3.16).

    None come back where the directory is not where its end says.
    """
    end = content.rfind(b"PK\x05\x06")
    if not 0 <= end <= len(content) - 22:
        return []
    at = int(unpack_from("<I", content, end + 16)[0])
    names = []
    while content.startswith(b"PK\x01\x02", at) and at + 46 <= end:
        lengths = unpack_from("<HHH", content, at + 28)
        names.append(content[at + 46 : at + 46 + lengths[0]])
        at += 46 + sum(lengths)
    return names


_PROGRAM = re.compile(
    rb"META-INF/MANIFEST\.MF|classes\.dex|\.dist-info/WHEEL|"
    rb"\.(?:class|dll|exe|so|dylib|pyd|pyc|node|msi)\Z"
)


def _is_python_bytecode(content: bytes) -> bool:
    """A magic number that ends in CR LF (PEP 552 has what follows it)."""
    if content[2:4] != b"\r\n" or len(content) < 16:
        return False
    number = int(unpack_from("<H", content)[0])
    is_python_3, is_python_2 = 3000 <= number < 4000, 62000 <= number < 62300
    return (is_python_3 or is_python_2) and b"\0" in content[4:16]


def _scanner() -> Scanner[str]:
    from ossay.codec import code_digest

    return Scanner(
        name="security.program",
        version=code_digest([sys.modules[__name__]]),
        kind=str,
        scan=program_in,
    )
