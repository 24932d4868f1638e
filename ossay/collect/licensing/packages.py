# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The packages inside a project: folders below with a manifest, and what that says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ossay.collect.licensing.expressions import without_mail
from ossay.collect.licensing.licence_names import is_vaguely
from ossay.collect.licensing.manifests import Declaration


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """
    One folder below the whole, and the licence that its manifests declare.

    Attributes:
        manifest: Path of the manifest that speaks first, or of a silent one.
        declared: All that its manifests declare, each once.
        why_not: Why it is not known what one of them declares; "" if it is.
    """

    folder: str
    manifest: str
    line: int
    declared: tuple[str, ...]
    why_not: str = ""

    @property
    def is_silent(self) -> bool:
        """Whether its manifests were read and declare nothing."""
        return not self.declared and not self.why_not

    @property
    def concluded(self) -> str:
        """The one licence that is declared; "" where manifests disagree."""
        is_one = len(self.declared) == 1 and not self.why_not
        return self.declared[0] if is_one else ""

    def is_nearer_than(self, licence_files: Sequence[str]) -> bool:
        """Tell whether no licence file lies in the package itself."""
        folders = (path.rpartition("/")[0] for path in licence_files)
        return all(len(folder) < len(self.folder) for folder in folders)

    def is_beside(self, licence_files: Sequence[str]) -> bool:
        """Tell whether these lie in the package itself."""
        return all(path.rpartition("/")[0] == self.folder for path in licence_files)


def packages(
    declarations: Iterable[Declaration], texts: frozenset[str]
) -> Mapping[str, Package]:
    """
    Return the packages by folder; the folder that is looked at is the whole.

    *texts* are the licences whose texts are there for the whole. A manifest that
    names the only one in words that leave its version open says nothing beside it.
    """
    found = _packages(declarations, texts)
    return {package.folder: package for package in found}


def _packages(
    declarations: Iterable[Declaration], texts: frozenset[str]
) -> Iterator[Package]:
    by_folder: dict[str, list[Declaration]] = {}
    for declaration in declarations:
        if declaration.steps > 0:
            folder = declaration.path.rpartition("/")[0]
            by_folder.setdefault(folder, []).append(declaration)
    for folder, found in sorted(by_folder.items()):
        speaking = [d for d in found if not (d.is_silent or _is_vague(d, texts))]
        known = [d for d in speaking if d.licence is not None]
        unknown = [d for d in speaking if d.licence is None]
        first = (known or speaking or found)[0]
        yield Package(
            folder=folder,
            manifest=first.path,
            line=first.line,
            declared=tuple(dict.fromkeys(str(d.licence) for d in known)),
            why_not=_why_not(unknown[0]) if unknown else "",
        )


def _is_vague(declaration: Declaration, texts: frozenset[str]) -> bool:
    is_unknown = declaration.licence is None and not declaration.why_not
    return is_unknown and len(texts) == 1 and is_vaguely(declaration.said, *texts)


def _why_not(declaration: Declaration) -> str:
    if declaration.why_not:
        return f"{declaration.path} could not be read: {declaration.why_not}"
    said = without_mail(declaration.said)
    return f"{declaration.path} states {said!r}, which is not on the SPDX list"
