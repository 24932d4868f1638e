# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a workshop knows of the licences in files, and whose word that rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ossay import clones, codec, source
from ossay.engine import Workshop
from ossay.model.digest import Digest
from ossay.model.people import Curation
from ossay.model.snapshot import Snapshot
from ossay.model.tree import Tree

if TYPE_CHECKING:
    from ossay.collect.licensing.file_licences import FileLicence
    from ossay.collect.licensing.package_licences import PackageLicence
    from ossay.collect.licensing.recognition.findings import FileFinding
    from ossay.collect.licensing.whole import Whole


@dataclass(frozen=True, kw_only=True)
class Recognition:
    """
    What is known of the licences of a snapshot's files, and of its packages.

    What is concluded is so when somebody asks: a list of what files state does not.

    Attributes:
        files: What was found in each file, before anything was concluded from it.
    """

    snapshot: Snapshot
    tree: Tree
    files: tuple[FileFinding, ...]

    @cached_property
    def licences(self) -> tuple[FileLicence, ...]:
        """What is concluded for each file."""
        return self._whole.licences_of(self.files, self.tree)

    @cached_property
    def packages(self) -> tuple[PackageLicence, ...]:
        """What is concluded for each package inside."""
        from ossay.collect.licensing.package_licences import package_licences

        return package_licences(self._whole.packages, self.licences)

    @cached_property
    def _whole(self) -> Whole:
        from ossay.collect.licensing.whole import whole_of

        return whole_of(self.tree, self.snapshot.path)


def recognise_files(workshop: Workshop, snapshot_digest: str) -> Recognition:
    """Return what each file of a snapshot states of its licence, and what follows."""
    from ossay.collect.licensing.recognition.files import recognise

    snapshot = workshop.register.load(Snapshot, Digest(snapshot_digest))
    repository = clones.opened(workshop, snapshot.repository_url)
    memory = workshop.register.blob_facts
    tree = source.tree_of(repository, snapshot, memory)
    files = recognise(
        tree, workshop.recogniser, memory, snapshot.path, curations_of(workshop)
    )
    return Recognition(snapshot=snapshot, tree=tree, files=files)


def heard_by(workshop: Workshop) -> tuple[str, ...]:
    """
    Return what answers about passages are filed under.

    That is the recogniser's version, "" where there is none, what people said, and
    which packs others' answers came in.
    """
    version = "" if workshop.recogniser is None else workshop.recogniser.version
    curations = sorted(curations_of(workshop).items())
    packs = [taken.digest for taken in workshop.register.fact_packs()]
    said = codec.digest_of(tuple(c for _, c in curations), tuple[Curation, ...])
    return version, said, *packs


def curations_of(workshop: Workshop) -> Mapping[str, Curation]:
    """Return what people said of passages and holds today."""
    if not (said := workshop.register.curations()):
        return {}  # what checks them takes a while to import
    from ossay.collect.licensing.curations import in_force

    return in_force(said, workshop.clock().date())
