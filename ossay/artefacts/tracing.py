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
_KINDS = _FILES | {EntryKind.SYMLINK}


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
        same: How many files have the content that the commit has there, or, where
            the archive leaves out folders above ("src/"), below a folder.
        moved: Files whose content the commit has at another path alone.
        line_ends: Files whose content differs from the commit's in line ends alone.
        differ: Files that the commit has with other content.
        absent: Files whose content the commit does not have, and no such path either.
        made: Files that packing adds.
    """

    answer: Traceable
    why: str
    same: int
    moved: tuple[str, ...]
    line_ends: tuple[str, ...]
    differ: tuple[str, ...]
    absent: tuple[str, ...]
    made: tuple[str, ...]


def trace(artefact: Artefact, commit: str, tree: Tree) -> Traced:
    """
    Hold what is inside *artefact* against the files of *commit*.

    *yes* needs every file and link, but for what packing adds, to be in the commit;
    *no* needs one that the commit has with other content. What the commit does not
    have at that path (compiled, generated or moved files) leaves it open: nothing
    here builds them again.
    """
    theirs = {e.path: e for e in tree.entries() if e.kind in _KINDS}
    ours = [e for e in artefact.entries() if e.kind in _KINDS]
    folder = _folder_around(ours, theirs)
    held = _Held(artefact, tree, theirs)
    found: dict[str, list[str]] = defaultdict(list)
    for entry in ours:
        found[held.sort(entry, entry.path.removeprefix(folder))].append(entry.path)
    answer, why = _answer(found, artefact, commit)
    return Traced(
        answer=answer,
        why=why,
        same=len(found["same"]),
        moved=tuple(found["moved"]),
        line_ends=tuple(found["line ends"]),
        differ=tuple(found["differs"]),
        absent=tuple(found["absent"]),
        made=tuple(found["made"]),
    )


class _Held:
    """A commit's files, to hold those of an archive against."""

    def __init__(
        self, artefact: Artefact, tree: Tree, theirs: Mapping[str, Entry]
    ) -> None:
        self._artefact, self._tree, self._theirs = artefact, tree, theirs
        self._places: dict[tuple[str, bool], list[str]] = defaultdict(list)
        for path, entry in theirs.items():
            self._places[_content_of(entry)].append(path)

    def sort(self, entry: Entry, inner: str) -> str:
        """Return what a file of the archive is to the commit, by its path inside."""
        kept = self._theirs.get(inner)
        if kept is not None and _content_of(kept) == _content_of(entry):
            return "same"
        if is_made_by_packing(self._artefact.form, inner):
            return "made"
        if kept is not None:
            return self._changed(entry, kept)
        places = self._places.get(_content_of(entry), ())
        if any(place.endswith(f"/{inner}") for place in places):
            return "same"
        return "moved" if places else "absent"

    def _changed(self, entry: Entry, kept: Entry) -> str:
        if not {entry.kind, kept.kind} <= _FILES:
            return "differs"
        try:
            theirs = self._tree.read(kept.path)
        except BlobUnreadable:
            return "differs"
        ours = self._artefact.read(entry.path)
        if self._artefact.form is Form.SDIST and _adds_egg_info(
            kept.path, theirs, ours
        ):
            return "made"
        if theirs.replace(b"\r\n", b"\n") == ours.replace(b"\r\n", b"\n"):
            return "line ends"  # `core.autocrlf` or `eol=` where it was packed
        return "differs"


def _content_of(entry: Entry) -> tuple[str, bool]:
    """Return what makes two entries the same: a link is none with its target's text."""
    return entry.oid, entry.kind is EntryKind.SYMLINK


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
    if moved := len(found["moved"]):
        why = f"the commit has the content of {moved} of the files at other paths alone"
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
