# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which files must state licence and copyright, and what is known of each."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ossay.collect.licensing import tags
from ossay.collect.licensing.annotation_files import (
    DEP5,
    REUSE_TOML,
    AnnotationsUnreadable,
    annotations_in,
)
from ossay.collect.licensing.annotations import Annotations, Precedence, Said
from ossay.collect.licensing.distance import is_inside
from ossay.collect.licensing.expressions import tag_ids
from ossay.collect.licensing.recognition.reading import Reading
from ossay.model.tree import Entry, EntryKind, Tree, Unreadable

BESIDE = ".license"
"""What ends the name of a file that speaks for the one beside it."""

_REGULAR = (EntryKind.FILE, EntryKind.EXECUTABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LicensedFile:
    """
    One regular file and what was said about it, in it or elsewhere.

    Attributes:
        is_covered: Whether REUSE asks it to state licence and copyright.
        said: What counts for it, by source.
        own: Its own tags and notices, where these count.
        unread: Why more may be said than is known; "" if that is all.
    """

    path: str
    is_covered: bool
    said: tuple[Said, ...]
    own: tags.FileTags | None = None
    unread: str = ""

    @property
    def expressions(self) -> tuple[str, ...]:
        """The values of its licence tags that are expressions."""
        return _expressions_in(self._values)

    @property
    def invalid(self) -> tuple[str, ...]:
        """The values of its licence tags that are none."""
        return tuple(v for v in dict.fromkeys(self._values) if tag_ids(v) is None)

    @property
    def ids(self) -> tuple[str, ...]:
        """Identifiers of the licences it states, in order."""
        return _ids_in(self._values)

    @property
    def _values(self) -> tuple[str, ...]:
        if len(self.said) == 1:  # as of nearly all that say anything
            return self.said[0].licences
        return tuple(value for one in self.said for value in one.licences)

    @property
    def lines(self) -> Mapping[str, int]:
        """Where its own licence tags stand, by their value."""
        own = self.own
        return dict(zip(own.licences, own.lines, strict=True)) if own else {}

    @property
    def copyrights(self) -> tuple[str, ...]:
        """The copyright notices for it."""
        if not self.said:
            return ()
        return tuple(dict.fromkeys(n for one in self.said for n in one.copyrights))


@lru_cache(maxsize=4_096)  # most files of a project say the same
def _expressions_in(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(v for v in dict.fromkeys(values) if tag_ids(v) is not None)


@lru_cache(maxsize=4_096)
def _ids_in(values: tuple[str, ...]) -> tuple[str, ...]:
    found = (i for value in _expressions_in(values) for i in tag_ids(value) or ())
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """
    The files that were read, with what is said of each by the rules of REUSE.

    Attributes:
        why_not: Why it is not known what is said outside of them; "" if it is.
    """

    files: tuple[LicensedFile, ...]
    why_not: str = ""

    def inside(self, folder: str) -> tuple[LicensedFile, ...]:
        """Return the files in *folder* ("" is the whole tree)."""
        if not folder:
            return self.files
        return tuple(f for f in self.files if is_inside(f.path, folder))


def annotated(tree: Tree, readings: Mapping[str, Reading | Unreadable]) -> Annotated:
    """Return what is said of those files of *tree* of which there are *readings*."""
    try:
        annotations, why_not = annotations_in(tree, annotating(tree)), ""
    except AnnotationsUnreadable as error:
        annotations, why_not = Annotations(), str(error)
    files = licensed(tree, readings, annotations)
    return Annotated(files=tuple(files), why_not=why_not)


def licensed(
    tree: Tree, readings: Mapping[str, Reading | Unreadable], annotations: Annotations
) -> Iterator[LicensedFile]:
    """
    Yield the files of *tree* of which there are *readings* (REUSE 3.3).

    A file's own text counts as *annotations* let it; a `.license` file beside it
    takes the place of its text.
    """
    covered = {e.path for e in covered_entries(tree)}
    besides = {e.path for e in tree.entries() if e.path.endswith(BESIDE)}
    links = {e.path for e in tree.entries() if e.kind not in _REGULAR} & besides
    for path, one in readings.items():
        source = path
        if besides and (beside := f"{path}{BESIDE}") in besides:
            source = beside if beside in readings else path
            one = readings[source]
            if beside in links:
                one = Unreadable(why=f"{beside!r} is a link, which was not followed")
        is_covered = path in covered
        about = annotations.of(path) if is_covered else _NOTHING
        is_overridden = bool(about) and Precedence.OVERRIDE in about
        own = one.tags if isinstance(one, Reading) and not is_overridden else None
        yield LicensedFile(
            path=path,
            is_covered=is_covered,
            said=_what_counts(about, _itself(own, source)),
            own=own,
            unread="" if is_overridden else _unread(one),
        )


_NOTHING: Mapping[Precedence, list[Said]] = {}


def covered_entries(tree: Tree) -> Iterator[Entry]:
    """Yield the files that must state licence and copyright."""
    ignored_folders: dict[str, bool] = {"": False}
    for entry in tree.entries():
        folder, _, name = entry.path.rpartition("/")
        if (
            entry.kind in _REGULAR
            and entry.size_bytes != 0
            and not _is_ignored_folder(folder, ignored_folders)
            and not is_ignored_name(name)
        ):
            yield entry


def annotating(tree: Tree) -> Iterator[str]:
    """Yield the files that may speak for others; `reuse` passes over empty ones."""
    ignored_folders: dict[str, bool] = {"": False}
    for entry in tree.entries():
        if not entry.path.endswith((REUSE_TOML, DEP5)):
            continue
        folder, _, name = entry.path.rpartition("/")
        is_toml = name == REUSE_TOML and not _is_ignored_folder(folder, ignored_folders)
        if entry.kind in _REGULAR and (
            entry.path == DEP5 or (is_toml and entry.size_bytes != 0)
        ):
            yield entry.path


@lru_cache(maxsize=16_384)  # the files of a tree share many names
def is_ignored_name(name: str) -> bool:
    """Tell whether REUSE leaves out files of this name ("LICENSE", "x.spdx")."""
    return _ignored_names().match(name) is not None


@cache
def _ignored_names() -> "re.Pattern[str]":
    from reuse.covered_files import _IGNORE_FILE_PATTERNS

    return _any_of(_IGNORE_FILE_PATTERNS)


def _is_ignored_folder(folder: str, known: dict[str, bool]) -> bool:
    found = known.get(folder)
    if found is None:
        above, _, name = folder.rpartition("/")
        parent = above.rpartition("/")[2]
        found = _is_ignored_folder(above, known) or _is_left_out(parent, name)
        known[folder] = found
    return found


def _is_left_out(parent: str, name: str) -> bool:
    names, parents = _ignored_folders()
    return names.match(name) is not None or parents.match(parent) is not None


@cache
def _ignored_folders() -> "tuple[re.Pattern[str], re.Pattern[str]]":
    """Return what REUSE leaves out by its name, and by that of the folder above."""
    from reuse.covered_files import (
        _IGNORE_DIR_PATTERNS,
        _IGNORE_MESON_PARENT_DIR_PATTERNS,
    )

    by_name, by_parent = _IGNORE_DIR_PATTERNS, _IGNORE_MESON_PARENT_DIR_PATTERNS
    return _any_of(by_name), _any_of(by_parent)


def _any_of(patterns: "Iterable[re.Pattern[str]]") -> "re.Pattern[str]":
    return re.compile("|".join(f"(?:{p.pattern})" for p in patterns))


def _what_counts(
    about: Mapping[Precedence, list[Said]], itself: Said | None
) -> tuple[Said, ...]:
    """Apply the order of precedence as `reuse.project.Project` does."""
    if not about:
        return () if itself is None else (itself,)
    said = [*about.get(Precedence.OVERRIDE, ()), *about.get(Precedence.AGGREGATE, ())]
    closest = about.get(Precedence.CLOSEST, [])
    if itself is None:
        return tuple(said + closest)
    said.append(itself)
    if closest and not itself.licences:
        said.append(Said(licences=closest[0].licences, source=closest[0].source))
    if closest and not itself.copyrights:
        said.append(Said(copyrights=closest[0].copyrights, source=closest[0].source))
    return tuple(said)


def _itself(own: tags.FileTags | None, source: str) -> Said | None:
    """Return what a file says for itself; None if that is nothing."""
    if own is None or not (own.licences or own.copyrights):
        return None
    return Said(licences=own.licences, copyrights=own.copyrights, source=source)


def _unread(one: Reading | Unreadable) -> str:
    if isinstance(one, Unreadable):
        return one.why
    if one.tags.is_pointer:
        return tags.ELSEWHERE
    return "" if one.tags.is_complete else "it holds too many notices to read them all"
