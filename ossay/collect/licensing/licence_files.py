# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The files that are called licences, and the texts that were found in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ossay.collect.licensing import texts
from ossay.collect.licensing.conformance import FOLDER
from ossay.collect.licensing.distance import steps_to
from ossay.collect.licensing.expressions import base, exceptions, is_listed
from ossay.collect.licensing.names import Scope, scope_of
from ossay.collect.licensing.texts import LicenceText
from ossay.model.tree import Entry, EntryKind, Tree, Unreadable

MOST_FILES = 200
"""Licence texts that are looked into; the most seen in one place were 40."""

_TOO_MANY = f"only {MOST_FILES} licence files are looked into"
_REGULAR = {EntryKind.FILE, EntryKind.EXECUTABLE}
_NOT_READ = {
    EntryKind.SYMLINK: "it is a link, which was not followed",
    EntryKind.SUBMODULE: "it is kept in another repository, which was not fetched",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceFile:
    """
    One file that is called a licence.

    Attributes:
        identifier: The licence that its name says it is, in `LICENSES/`; else "".
        found: What was recognised in it, or why it could not be read.
    """

    path: str
    identifier: str
    found: LicenceText | Unreadable

    @property
    def texts(self) -> frozenset[str]:
        """The licences whose text is in it, without "only" and "or later"."""
        found = self.found.texts if isinstance(self.found, LicenceText) else ()
        return _without_companions(map(_as_spdx, found))

    @property
    def stated(self) -> frozenset[str]:
        """The licences of its texts; as its name has it, where the two agree."""
        if self.identifier.startswith("LicenseRef-"):
            return frozenset({self.identifier})
        if self.texts == {base(self.identifier)}:
            return frozenset({self.identifier})
        return self.texts

    @property
    def named(self) -> frozenset[str]:
        """The licences that it states, or names by their addresses."""
        found = self.found.addresses if isinstance(self.found, LicenceText) else ()
        return frozenset(map(base, self.stated)) | frozenset(map(_as_spdx, found))

    @property
    def why_not(self) -> str:
        """Why it is not known which licence it is; "" if it is."""
        if isinstance(self.found, Unreadable):
            return self.found.why
        if self.found.why_not:
            return self.found.why_not
        if not self.stated:
            return "no known licence text was recognised in it"
        if not self.identifier and not self.found.is_known:
            held = ", ".join(sorted(self.texts))
            words = f"{self.found.other_words} words that are in no known licence"
            return f"it holds the text of {held}, and {words}"
        return ""

    @property
    def line(self) -> int:
        """Where the words begin that were not recognised; 0 if there are none."""
        if isinstance(self.found, Unreadable) or not self.why_not:
            return 0
        return self.found.other_line


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceFiles:
    """
    The licence files of a project.

    Attributes:
        whole: Those for the whole of it, in the folder nearest to it that has any.
        parts: Those beside them for a part ("LICENSE-docs").
        folder: Those in `LICENSES/`, looked into where there are none for the whole.
        deeper: Those in folders below, for what stands there.
    """

    whole: tuple[LicenceFile, ...]
    parts: tuple[LicenceFile, ...]
    folder: tuple[LicenceFile, ...]
    deeper: tuple[LicenceFile, ...]

    @property
    def counting(self) -> tuple[LicenceFile, ...]:
        """Those that speak for the whole."""
        return self.whole or self.folder

    @property
    def all(self) -> tuple[LicenceFile, ...]:
        """Those that speak for the whole, then those for a part."""
        return (*self.counting, *self.parts)

    @property
    def stated(self) -> frozenset[str]:
        """The licences whose texts are there for the whole."""
        return _without_companions(i for f in self.counting for i in f.stated)

    @property
    def named(self) -> frozenset[str]:
        """The licences that the files for the whole state or name."""
        return frozenset(i for f in self.counting for i in f.named)


def licence_files(tree: Tree, folder: str = "") -> LicenceFiles:
    """Return the licence files that concern *folder* ("" is the whole tree)."""
    called = [
        (far, scope, e)
        for e in tree.entries()
        if (scope := scope_of(e.path.rpartition("/")[2])) is not None
        and (far := steps_to(e.path, folder)) is not None
    ]
    around = (far for far, scope, _ in called if scope is Scope.WHOLE and far <= 0)
    nearest = max(around, default=0)
    here = [(scope, entry) for far, scope, entry in called if far == nearest]
    whole = [entry for scope, entry in here if scope is Scope.WHOLE]
    parts = [entry for scope, entry in here if scope is Scope.PART]
    in_folder = [e for e in tree.entries() if _is_in_folder(e)] if not whole else []
    deeper = [e for far, _, e in called if far > 0 and not e.path.startswith(FOLDER)]
    return LicenceFiles(
        whole=tuple(_read(tree, whole)),
        parts=tuple(_read(tree, parts)),
        folder=tuple(_read(tree, in_folder)),
        deeper=tuple(_read(tree, deeper)),
    )


def _is_in_folder(entry: Entry) -> bool:
    """Tell whether it is a licence text of REUSE; exceptions are no licences."""
    stem = entry.path.rpartition("/")[2].rpartition(".")[0]
    is_text = entry.path.startswith(FOLDER) and not entry.path.endswith(".license")
    return is_text and stem not in exceptions()


def _read(tree: Tree, entries: list[Entry]) -> Iterator[LicenceFile]:
    regular = [e.path for e in entries[:MOST_FILES] if e.kind in _REGULAR]
    scanned = tree.scan(texts.scanner(), regular)
    found = dict(scanned)
    for entry in entries:
        yield LicenceFile(
            path=entry.path,
            identifier=identifier(entry.path),
            found=found.get(entry.path)
            or Unreadable(why=_NOT_READ.get(entry.kind, _TOO_MANY)),
        )


def identifier(path: str) -> str:
    """Return the licence that the name of a text in `LICENSES/` says it is, else ""."""
    name = path.rpartition("/")[2]
    return (name.rpartition(".")[0] or name) if path.startswith(FOLDER) else ""


def _without_companions(licences: Iterable[str]) -> frozenset[str]:
    """Leave out the GPL beside an LGPL, which is an addition to it (LGPL 3)."""
    found = frozenset(licences)
    if any(licence.startswith("LGPL-") for licence in found):
        return frozenset(i for i in found if not i.startswith("GPL-"))
    return found


def _as_spdx(identifier: str) -> str:
    """Return an identifier for *identifier*, which need not be on the SPDX list."""
    plain = base(identifier)
    return plain if is_listed(plain) else f"LicenseRef-licenseclassifier-{plain}"
