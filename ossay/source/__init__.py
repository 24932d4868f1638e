# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""git, safely: fetch, fix a snapshot, offer its files and its history."""

from ossay.source.address import Access, CloneRefused, SourceUnreachable
from ossay.source.earlier import earlier_of
from ossay.source.failure import CloneTooLarge, NothingThere
from ossay.source.fetching import canonical_url, fetch, refs_digest_of, remote_refs
from ossay.source.history import history_of
from ossay.source.in_place import open_in_place, state_digest_of, state_of
from ossay.source.kin import first_commit_of, kin_of
from ossay.source.naming import name_of, name_of_folder
from ossay.source.reaching import HttpReach, read_site
from ossay.source.repository import Repository, reopen
from ossay.source.snapshots import take_snapshot
from ossay.source.transport import Limits
from ossay.source.tree import tree_of
from ossay.source.work_tree import WorkTree, uncommitted_changes

__all__ = [
    "Access",
    "CloneRefused",
    "CloneTooLarge",
    "HttpReach",
    "Limits",
    "NothingThere",
    "Repository",
    "SourceUnreachable",
    "WorkTree",
    "canonical_url",
    "earlier_of",
    "fetch",
    "first_commit_of",
    "history_of",
    "kin_of",
    "name_of",
    "name_of_folder",
    "open_in_place",
    "read_site",
    "refs_digest_of",
    "remote_refs",
    "reopen",
    "state_digest_of",
    "state_of",
    "take_snapshot",
    "tree_of",
    "uncommitted_changes",
]
