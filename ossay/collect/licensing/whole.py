# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What manifests and licence files say of the whole, and of the packages in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ossay.collect._places import Places
from ossay.collect.licensing import conclusion
from ossay.collect.licensing.facts import CONCLUDED_LICENCE
from ossay.collect.licensing.file_licences import Around, FileLicence, file_licences
from ossay.collect.licensing.licence_files import LicenceFiles, licence_files
from ossay.collect.licensing.manifests import declarations
from ossay.collect.licensing.notices import notices
from ossay.collect.licensing.packages import Package, packages
from ossay.collect.licensing.recognition.findings import FileFinding
from ossay.model.evidence import Answered, Observation
from ossay.model.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """
    What is said of the whole, and of what lies around its files.

    Attributes:
        answers: To the questions about the software as a whole.
        packages: Those inside, by folder.
        manifests: How many were read.
    """

    texts: LicenceFiles
    answers: tuple[Answered, ...]
    packages: Mapping[str, Package]
    manifests: int

    @property
    def concluded(self) -> Answered:
        """Which licence all of it has, as far as that is settled."""
        return next(a for a in self.answers if a.fact == CONCLUDED_LICENCE.name)

    def licences_of(
        self, findings: Sequence[FileFinding], tree: Tree
    ) -> tuple[FileLicence, ...]:
        """Return the licence of the file of each of *findings* in *tree*."""
        concluded = self.concluded
        around = Around(
            whole=frozenset(f.path for f in self.texts.counting),
            concluded=str(concluded.value)
            if isinstance(concluded, Observation)
            else "",
            packages=self.packages,
        )
        return tuple(file_licences(findings, around, Places(tree)))


def whole_of(tree: Tree, folder: str) -> Whole:
    """Return what is said of all in *folder* ("" is the whole tree)."""
    declared = tuple(declarations(tree, folder))
    texts = licence_files(tree, folder)
    beside = tuple(notices(tree, folder))
    return Whole(
        texts=texts,
        answers=tuple(conclusion.answers(declared, texts, beside)),
        packages=packages(declared, texts.stated),
        manifests=len(declared),
    )
