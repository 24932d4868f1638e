# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a released file can be traced to a commit: by the content of its files."""

from collections import defaultdict
from collections.abc import Mapping
from configparser import Error as ConfigParserError
from configparser import RawConfigParser
from dataclasses import dataclass
from enum import StrEnum

from ossay.artefacts.forms import Form, is_made_by_packing
from ossay.artefacts.unpacking import Artefact
from ossay.model.tree import BlobUnreadable, Entry, EntryKind, Tree

_FILES = frozenset({EntryKind.FILE, EntryKind.EXECUTABLE})


class Traceable(StrEnum):
    """Whether what was released is what the commit holds."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """
    A released file held against a commit.

    Paths are those in the archive, sorted.

    Attributes:
        why: The answer in one sentence.
        same: How many files have the content that the commit has, there or elsewhere.
        line_ends: Files whose content differs from the commit's in line ends alone.
        differ: Files that the commit has with other content.
        absent: Files whose content the commit does not have, and no such path either.
        made: Files that packing adds.
    """

    answer: Traceable
    why: str
    same: int
    line_ends: tuple[str, ...]
    differ: tuple[str, ...]
    absent: tuple[str, ...]
    made: tuple[str, ...]


def trace(artefact: Artefact, commit: str, tree: Tree) -> Traced:
    """
    Hold what is inside *artefact* against the files of *commit*.

    *yes* needs every file, but for what packing adds, to be in the commit; *no* needs
    one that the commit has with other content. Files that the commit does not know
    (compiled or generated ones) leave it open: nothing here builds them again.
    """
    theirs = {e.path: e for e in tree.entries() if e.kind in _FILES}
    known = {e.oid for e in theirs.values()}
    ours = [e for e in artefact.entries() if e.kind in _FILES]
    folder = _folder_around(ours, theirs)
    found: dict[str, list[str]] = defaultdict(list)
    for entry in ours:
        inner = entry.path.removeprefix(folder)
        sort = _sort(artefact, tree, entry, inner, theirs, known)
        found[sort].append(entry.path)
    answer, why = _answer(found, artefact, commit)
    return Traced(
        answer=answer,
        why=why,
        same=len(found["same"]),
        line_ends=tuple(found["line ends"]),
        differ=tuple(found["differs"]),
        absent=tuple(found["absent"]),
        made=tuple(found["made"]),
    )


def _sort(
    artefact: Artefact,
    tree: Tree,
    entry: Entry,
    inner: str,
    theirs: Mapping[str, Entry],
    known: set[str],
) -> str:
    if entry.oid in known:
        return "same"
    if is_made_by_packing(artefact.form, inner):
        return "made"
    if inner not in theirs:
        return "absent"
    try:
        kept = tree.read(inner)
    except BlobUnreadable:
        return "differs"
    content = artefact.read(entry.path)
    if artefact.form is Form.SDIST and _adds_egg_info(inner, kept, content):
        return "made"
    if kept.replace(b"\r\n", b"\n") == content.replace(b"\r\n", b"\n"):
        return "line ends"  # `core.autocrlf` or `eol=` where it was packed
    return "differs"


def _adds_egg_info(path: str, kept: bytes, content: bytes) -> bool:
    """Tell whether setuptools wrote its section into `setup.cfg`, and no more."""
    if path != "setup.cfg":
        return False
    read = []
    for text in (kept, content):
        parsed = RawConfigParser()
        try:
            parsed.read_string(text.decode())
        except (ConfigParserError, UnicodeDecodeError):
            return False
        parsed.remove_section("egg_info")
        read.append({name: dict(parsed[name]) for name in parsed})
    return read[0] == read[1]


def _folder_around(ours: list[Entry], theirs: Mapping[str, Entry]) -> str:
    """Return the folder ("tool-1.0/") that releases pack everything into, or ""."""
    tops = {e.path.partition("/")[0] for e in ours}
    if len(tops) != 1 or any("/" not in e.path for e in ours):
        return ""
    folder = f"{tops.pop()}/"
    inside = sum(e.path.removeprefix(folder) in theirs for e in ours)
    return folder if inside >= sum(e.path in theirs for e in ours) else ""


def _answer(
    found: Mapping[str, list[str]], artefact: Artefact, commit: str
) -> tuple[Traceable, str]:
    if artefact.commit and artefact.commit != commit:
        why = f"it says that it was made of commit {artefact.commit}, not of {commit}"
        return Traceable.NO, why
    if differ := len(found["differs"]):
        why = f"{differ} of the files inside have other content in the commit"
        return Traceable.NO, why
    if artefact.left_out:
        why = f"{len(artefact.left_out)} things inside could not be unpacked"
        return Traceable.CANNOT_TELL, why
    if absent := len(found["absent"]):
        why = (
            f"the commit does not have {absent} of the files inside: they were "
            "compiled, generated, or added when it was released"
        )
        return Traceable.CANNOT_TELL, why
    if not found["same"]:
        return Traceable.CANNOT_TELL, "it holds no file that a commit could hold"
    return Traceable.YES, "every file that it holds is in the commit"
