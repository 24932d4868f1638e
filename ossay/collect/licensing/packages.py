# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The packages inside a project: folders with a manifest that names a licence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ossay.collect.licensing.manifests import Declaration


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """
    One folder below the whole, and the licence that its manifests declare.

    Attributes:
        manifest: Path of the manifest that speaks first.
        declared: All that its manifests declare, each once.
    """

    folder: str
    manifest: str
    line: int
    declared: tuple[str, ...]

    @property
    def concluded(self) -> str:
        """The one licence that is declared; "" where manifests disagree."""
        return self.declared[0] if len(self.declared) == 1 else ""

    def is_nearer_than(self, licence_files: Sequence[str]) -> bool:
        """Tell whether no licence file lies in the package itself."""
        folders = (path.rpartition("/")[0] for path in licence_files)
        return all(len(folder) < len(self.folder) for folder in folders)

    def is_beside(self, licence_files: Sequence[str]) -> bool:
        """Tell whether these lie in the package itself."""
        return all(path.rpartition("/")[0] == self.folder for path in licence_files)


def packages(declarations: Iterable[Declaration]) -> Mapping[str, Package]:
    """Return the packages by folder; the folder that is looked at is the whole."""
    return {package.folder: package for package in _packages(declarations)}


def _packages(declarations: Iterable[Declaration]) -> Iterator[Package]:
    by_folder: dict[str, list[Declaration]] = {}
    for declaration in declarations:
        if declaration.steps > 0 and declaration.licence is not None:
            folder = declaration.path.rpartition("/")[0]
            by_folder.setdefault(folder, []).append(declaration)
    for folder, found in sorted(by_folder.items()):
        yield Package(
            folder=folder,
            manifest=found[0].path,
            line=found[0].line,
            declared=tuple(dict.fromkeys(str(d.licence) for d in found)),
        )
