# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The clones of a workshop: one for each address, fetched where its source moved."""

import hashlib
from contextlib import suppress
from pathlib import Path

from ossay import source
from ossay.engine import Workshop
from ossay.model.candidate import Part
from ossay.model.digest import Digest
from ossay.model.errors import OssayError
from ossay.model.snapshot import Snapshot


def is_local(url: str) -> bool:
    """Tell whether *url* is a folder of this machine."""
    return url.startswith("/")


def state_of(workshop: Workshop, url: str) -> Digest:
    """Return the digest of where the branches and tags at *url* are now."""
    if is_local(url):
        return source.state_digest_of(Path(url))
    settings = workshop.settings
    return source.refs_digest_of(url, access=settings.access, limits=settings.limits)


def snapshot_of(workshop: Workshop, part: Part, state: Digest) -> Snapshot:
    """Return the snapshot of a part whose branches and tags are in *state*."""
    clone = _cloned(workshop, part.source_url)
    if clone is not None and source.state_of(clone) == state:
        with suppress(OssayError):  # what is wrong with it, fetching may mend
            return source.take_snapshot(clone, part, workshop.clock())
    fetched = _fetched(workshop, part.source_url)
    return source.take_snapshot(fetched, part, workshop.clock())


def still_has(workshop: Workshop, snapshot: Snapshot) -> bool:
    """Tell whether the clone a snapshot was taken of is as it was then."""
    clone = _cloned(workshop, snapshot.repository_url)
    return clone is not None and clone.refs_digest == snapshot.refs_digest


def opened(workshop: Workshop, url: str) -> source.Repository:
    """Open the clone of *url*, which was fetched before."""
    return source.reopen(_folder(workshop, url))


_FIRST = "ossay-first-commit"


def note_beginning(workshop: Workshop, snapshot: Snapshot) -> None:
    """
    Note in which commit a clone began, so that those that share it are found.

    Written once for a clone, as an empty file in a folder called after that commit.
    """
    folder = _folder(workshop, snapshot.repository_url)
    if snapshot.shallow or (folder / _FIRST).exists():
        return
    with suppress(OssayError):  # what is wrong with its history, collectors tell
        first = source.first_commit_of(source.reopen(folder), snapshot)
        beside = _kin(workshop) / first
        beside.mkdir(parents=True, exist_ok=True)
        (beside / folder.name).touch()
        (folder / _FIRST).write_text(first)


def kin_of(workshop: Workshop, url: str) -> tuple[source.Repository, ...] | None:
    """
    Return the other clones that began in the same commit as that of *url*.

    None where it is not known in which that one began.
    """
    folder = _folder(workshop, url)
    try:
        beside = _kin(workshop) / (folder / _FIRST).read_text()
        names = sorted(path.name for path in beside.iterdir())
    except OSError:
        return None
    found: list[source.Repository] = []
    for name in names:
        if name != folder.name:
            with suppress(OssayError):  # it may be gone, or be written just now
                found.append(source.reopen(workshop.clones / name))
    return tuple(found)


def _kin(workshop: Workshop) -> Path:
    return workshop.clones.with_name("kin")


def _cloned(workshop: Workshop, url: str) -> source.Repository | None:
    """Return the clone of *url*, if a whole one is there."""
    try:
        return opened(workshop, url)
    except OssayError:
        return None


def _fetched(workshop: Workshop, url: str) -> source.Repository:
    settings, folder = workshop.settings, _folder(workshop, url)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if is_local(url):
        return source.open_in_place(Path(url), folder)
    return source.fetch(url, folder, access=settings.access, limits=settings.limits)


def _folder(workshop: Workshop, url: str) -> Path:
    called = source.canonical_url(url, access=workshop.settings.access)
    name = hashlib.sha256(called.encode()).hexdigest()[:32]
    return workshop.clones / f"{name}.git"
