# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a released file can be traced to a commit: by the content of its files."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from configparser import Error as ConfigParserError
from configparser import RawConfigParser

from ossay.artefacts.forms import Form, is_made_by_packing
from ossay.artefacts.intake import name_of
from ossay.model.artefacts import Listing, Traceable, Traced
from ossay.model.tree import BlobUnreadable, Entry, EntryKind, Tree

_MOST_PLACES = 200
"""Of one content that are looked at; empty files may be everywhere."""

_FILES = frozenset({EntryKind.FILE, EntryKind.EXECUTABLE})
_KINDS = _FILES | {EntryKind.SYMLINK}


def trace(listing: Listing, commit: str, tree: Tree) -> Traced:
    """
    Hold what is inside a released file against the files of *commit*.

    *yes* needs every file and link, but for what packing adds, to be in the commit;
    *no* needs one that the commit has with other content. What the commit does not
    have at that path (compiled, generated or moved files) leaves it open: nothing
    here builds them again.
    """
    if listing.algorithm != ("sha1" if len(commit) == 40 else "sha256"):
        return _NOT_COMPARED
    theirs = {e.path: e for e in tree.entries() if e.kind in _KINDS}
    ours = [e for e in listing.entries if e.kind in _KINDS]
    folder = _folder_around(ours, theirs)
    held = _Beside(listing, tree, theirs)
    found: dict[str, list[str]] = defaultdict(list)
    inner = {entry.path: entry.path.removeprefix(folder) for entry in ours}
    base = held.base_of((entry, inner[entry.path]) for entry in ours)
    for entry in ours:
        found[held.sort(entry, inner[entry.path], base)].append(entry.path)
    answer, why = _answer(found, listing, commit)
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


_NOT_COMPARED = Traced(
    answer=Traceable.CANNOT_TELL,
    why="the repository names its files by another hash than the released file was "
    "listed with; `ossay artefact` holds one against the other",
    same=0,
    moved=(),
    line_ends=(),
    differ=(),
    absent=(),
    made=(),
)


class _Beside:
    """A commit's files, to hold those of an archive against."""

    def __init__(
        self, listing: Listing, tree: Tree, theirs: Mapping[str, Entry]
    ) -> None:
        self._form, self._algorithm = Form(listing.form), listing.algorithm
        self._unix, self._settings = dict(listing.unix), dict(listing.settings)
        self._tree, self._theirs = tree, theirs
        self._places: dict[tuple[str, bool], list[str]] = defaultdict(list)
        for path, entry in theirs.items():
            self._places[_content_of(entry)].append(path)

    def base_of(self, entries: Iterable[tuple[Entry, str]]) -> str:
        """
        Return the folder of the commit that was released ("packages/tool/"), or "".

        It is the one in which most of the files are, by path and content; all of the
        commit is, unless another is so more clearly.
        """
        counted = Counter({"": 0})
        for entry, inner in entries:
            for place in self._places.get(_content_of(entry), ())[:_MOST_PLACES]:
                if place == inner or place.endswith(f"/{inner}"):
                    counted[place.removesuffix(inner)] += 1
        best, most = max(counted.items(), key=lambda one: (one[1], -len(one[0])))
        return best if most > counted[""] else ""

    def sort(self, entry: Entry, inner: str, base: str) -> str:
        """Return what a file of the archive is to the commit, by its path inside."""
        kept = self._theirs.get(base + inner)
        if kept is not None and _content_of(kept) == _content_of(entry):
            return "same"
        if is_made_by_packing(self._form, inner):
            return "made"
        if kept is not None:
            return self._changed(entry, kept)
        places = self._places.get(_content_of(entry), [])[:_MOST_PLACES]
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
        text = self._settings.get(entry.path, "").encode()
        if self._form is Form.SDIST and _adds_egg_info(kept.path, theirs, text):
            return "made"
        unix = theirs.replace(b"\r\n", b"\n")
        ours = self._unix.get(entry.path, entry.oid)
        if name_of(len(unix), [unix], self._algorithm) == ours:
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
    found: Mapping[str, list[str]], listing: Listing, commit: str
) -> tuple[Traceable, str]:
    if listing.commit and listing.commit != commit:
        why = f"it says that it was made of commit {listing.commit}, not of {commit}"
        return Traceable.NO, why
    if differ := len(found["differs"]):
        why = f"{differ} of the files inside have other content in the commit"
        return Traceable.NO, why
    if listing.left_out:
        why = f"{len(listing.left_out)} things inside could not be unpacked"
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
