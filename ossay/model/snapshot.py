# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A fixed, named state of a repository: what every later claim is about."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ossay.model.digest import Digest
from ossay.model.errors import OssayError

FULL_NAME_LENGTHS = frozenset({40, 64})
"""Hexadecimal digits of a SHA-1 and of a SHA-256 object name."""


class SnapshotError(OssayError):
    """A snapshot was to be taken of something that is no commit."""

    status = 3


class Chosen(StrEnum):
    """Why this commit was assessed and no other; page one of the memo says so."""

    ASKED = "asked"
    LATEST_RELEASE = "latest-release"
    DEFAULT_BRANCH = "default-branch"
    CHECKED_OUT = "checked-out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """
    One commit of one repository.

    Attributes:
        repository_url: Where the history came from, without credentials.
        path: The folder looked at; "" is all of the tree.
        ref: The full name of the ref that led to the commit, or "".
        chosen: How that ref was chosen.
        commit: Full object name. Never a branch, tag or abbreviation.
        tree: Object name of the commit's tree.
        refs_digest: Digest of the branches and tags the repository had.
        shallow: Whether history was cut off where it was fetched from.
        committed_at: Committer date, UTC.
        taken_at: When ossay read it, UTC.
    """

    repository_url: str
    path: str
    ref: str
    chosen: Chosen
    commit: str
    tree: str
    refs_digest: Digest
    shallow: bool
    committed_at: datetime
    taken_at: datetime

    def __post_init__(self) -> None:
        if len(self.commit) not in FULL_NAME_LENGTHS:
            msg = f"snapshot needs a full commit name, got {self.commit!r}"
            raise SnapshotError(msg)
