# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What `reuse lint` would say of a tree (REUSE 3.3), told from its blobs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from ossay.collect._places import Place, place_by_name
from ossay.collect.licensing.covered import LicensedFile
from ossay.collect.licensing.expressions import (
    exceptions,
    is_listed,
    licences,
    tag_ids,
    without_mail,
)
from ossay.model.evidence import Item
from ossay.model.tree import Entry, EntryKind

FOLDER = "LICENSES/"


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceText:
    """One file in `LICENSES/`: by its name, the text of the licence *identifier*."""

    identifier: str
    path: str
    has_suffix: bool


@dataclass(frozen=True, kw_only=True)
class Conformance:
    """
    The covered files of a tree held against the texts in its `LICENSES/`.

    Attributes:
        files: Covered files alone.
        texts: By identifier; of two for one licence, the first counts.
        is_whole: Whether these are all files that *texts* are for.
    """

    files: tuple[LicensedFile, ...]
    texts: Mapping[str, LicenceText]
    is_whole: bool = True

    @cached_property
    def unread(self) -> tuple[Item, ...]:
        """Files that may say more than is known."""
        unread = (f for f in self.files if f.unread)
        return tuple(Item(subject=f.path, note=f.unread) for f in unread)

    @cached_property
    def without_licence(self) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
        """Files that state no licence: those that were read, and those not."""
        return _lacking(f for f in self.files if not f.ids)

    @cached_property
    def without_copyright(self) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
        """Files that name no copyright holder: those that were read, and not."""
        return _lacking(f for f in self.files if not f.copyrights)

    @cached_property
    def used(self) -> Mapping[str, Item]:
        """Where each licence identifier in use was met first, examples last."""
        found: dict[str, Item] = {}
        for file in sorted((f for f in self.files if f.ids), key=_is_aside):
            for identifier in file.ids:
                if identifier not in found:
                    found[identifier] = _where(file, identifier)
        return dict(sorted(found.items()))

    @cached_property
    def invalid(self) -> Mapping[str, Item]:
        """Where each licence tag that is no expression was met first."""
        found: dict[str, Item] = {}
        for file in self.files:
            for value in file.invalid:
                line, shown = file.lines.get(value, 0), without_mail(value)
                found.setdefault(shown, Item(subject=file.path, note=shown, line=line))
        return dict(sorted(found.items()))

    @cached_property
    def bad(self) -> Mapping[str, Item]:
        """Identifiers that are neither on the SPDX list nor a `LicenseRef-`."""
        texts = {i: Item(subject=t.path) for i, t in self.texts.items()}
        met = {**texts, **self.used}
        return {i: item for i, item in sorted(met.items()) if _is_bad(i)}

    @cached_property
    def missing(self) -> Mapping[str, Item]:
        """Licences in use whose text is not in `LICENSES/`."""
        return {
            i: item
            for i, item in self.used.items()
            if i not in self.texts and i.removesuffix("+") not in self.texts
        }

    @cached_property
    def unused(self) -> Mapping[str, Item]:
        """Texts of licences that no file names."""
        return {
            i: Item(subject=text.path)
            for i, text in sorted(self.texts.items())
            if i not in self.used and f"{i}+" not in self.used
        }

    @cached_property
    def obstacles(self) -> tuple[Item, ...]:
        """Everything that keeps the tree from conforming, as far as is known."""
        return tuple(self._obstacles())

    def _obstacles(self) -> Iterator[Item]:
        """Name what `reuse.report.ProjectReport.is_compliant` asks about."""
        yield from _noted("no text of it in LICENSES/", self.missing)
        if self.is_whole:
            yield from _noted("no file names it", self.unused)
        for identifier, text in sorted(self.texts.items()):
            if _is_bad(identifier):
                yield Item(subject=text.path, note="not named for an SPDX licence")
            elif _is_deprecated(identifier):
                yield Item(subject=text.path, note="named by a deprecated identifier")
            if not text.has_suffix:
                yield Item(subject=text.path, note="its name has no suffix")
        yield from _noted("no SPDX expression", self.invalid)
        for item in self.without_licence[0]:
            yield Item(subject=item.subject, note="no licence")
        for item in self.without_copyright[0]:
            yield Item(subject=item.subject, note="no copyright notice")


def conformance(
    entries: Iterable[Entry], files: Iterable[LicensedFile], *, is_whole: bool = True
) -> Conformance:
    """Return how *files* and the licence texts among *entries* go together."""
    texts: dict[str, LicenceText] = {}
    for text in _texts(entries):
        texts.setdefault(text.identifier, text)
    covered = tuple(f for f in files if f.is_covered)
    return Conformance(files=covered, texts=texts, is_whole=is_whole)


def _texts(entries: Iterable[Entry]) -> Iterator[LicenceText]:
    """Yield the files that `reuse` takes for licence texts; links count as files."""
    for entry in entries:
        if not entry.path.startswith(FOLDER) or entry.kind is EntryKind.SUBMODULE:
            continue
        path = PurePosixPath(entry.path)
        is_hidden = any(part.startswith(".") for part in path.parts)
        if not is_hidden and path.suffix != ".license":
            by_name = path.name if path.name in _known() else ""
            by_stem = bool(path.suffix) and _names_a_licence(path.stem)
            yield LicenceText(
                identifier=path.stem if by_stem or not by_name else by_name,
                path=entry.path,
                has_suffix=by_stem or not by_name,
            )


def _names_a_licence(identifier: str) -> bool:
    from reuse.extract import _LICENSEREF_PATTERN

    is_reference = _LICENSEREF_PATTERN.match(identifier) is not None
    return is_reference or identifier in _known()


def _known() -> Mapping[str, object]:
    return {**licences(), **exceptions()}


def _is_bad(identifier: str) -> bool:
    """Tell whether nobody can know the licence; `reuse init` writes "Unknown"."""
    is_reference = identifier.startswith("LicenseRef-")
    return not is_listed(identifier) or (is_reference and "Unknown" in identifier)


def _is_deprecated(identifier: str) -> bool:
    entry = licences().get(identifier) or exceptions().get(identifier) or {}
    return bool(entry.get("isDeprecatedLicenseId"))


def _is_aside(file: LicensedFile) -> bool:
    """Tell whether what it names may be an example: documentation shows tags."""
    return place_by_name(file.path) is not Place.PRODUCT


def _where(file: LicensedFile, identifier: str) -> Item:
    """Return the tag in *file*, or the file that speaks for it, that names it."""
    for said in file.said:
        for value in said.licences:
            if identifier in (tag_ids(value) or ()):
                line = file.lines.get(value, 0) if said.source == file.path else 0
                return Item(subject=said.source, note=identifier, line=line)
    return Item(subject=file.path, note=identifier)


def _lacking(
    files: Iterable[LicensedFile],
) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Part *files* into those that were read to the end and those that were not."""
    read: list[Item] = []
    not_read: list[Item] = []
    for file in files:
        into = not_read if file.unread else read
        into.append(Item(subject=file.path, note=file.unread))
    return tuple(read), tuple(not_read)


def _noted(note: str, found: Mapping[str, Item]) -> Iterator[Item]:
    for name, item in found.items():
        yield Item(subject=item.subject, note=f"{name}: {note}", line=item.line)
