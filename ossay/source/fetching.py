# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Bring a stranger's repository here: whole, checked, or not at all."""

import contextlib
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from ossay.model.digest import Digest
from ossay.source.address import Access, Address, CloneRefused, read_address, vet
from ossay.source.failure import CannotWrite
from ossay.source.in_place import find, refs_of_path
from ossay.source.lock import locked, sweep
from ossay.source.process import output
from ossay.source.refs import Refs, digest_of_listed, read_refs
from ossay.source.repository import (
    Repository,
    check_ours,
    lay_out,
    origin_of,
    point_head,
    reopen,
)
from ossay.source.transport import Limits, fetch_into, list_refs


def fetch(
    source_url: str, folder: Path, *, access: Access, limits: Limits
) -> Repository:
    """
    Make or bring up to date a bare clone of *source_url* at *folder*.

    Branches and tags with all their history; nothing is checked out. A new
    clone is made beside *folder* and renamed, so that there is either all of it
    or none. Where the server has what the clone has, nothing is fetched.
    """
    address = vet(source_url, access)
    try:
        return _fetch(address, folder, access, limits)
    except OSError as error:
        msg = (
            f"cannot write {address.public_url} to {str(folder)!r}: "
            f"{error.strerror or error}; make room, or name another folder in "
            "OSSAY_HOME"
        )
        raise CannotWrite(msg) from error


def _fetch(
    address: Address, folder: Path, access: Access, limits: Limits
) -> Repository:
    until = time.monotonic() + limits.seconds
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _claimed(folder, until) as place:
        theirs = list_refs(address, access, limits, until)
        _prepare(place, address, theirs)
        if read_refs(place, place).named != theirs.named:
            fetch_into(place, address, access, limits, until)
            output("pack-refs", "--all", folder=place)
        point_head(place, theirs.head)
        if place != folder:
            place.rename(folder)
    return reopen(folder)


def _prepare(place: Path, address: Address, theirs: Refs) -> None:
    known = origin_of(place)
    if known not in (None, address.public_url):
        msg = f"cannot fetch {address.public_url} to {str(place)!r}: it holds {known}"
        raise CloneRefused(msg)
    is_sha256 = len(next(iter(theirs.named.values()))) == 64
    note = {
        "url": address.public_url,
        "work_tree": "",
        "inside": "",
        "in_place": False,
        "foreign_owner": False,
    }
    lay_out(place, note, "sha256" if is_sha256 else "sha1")


@contextlib.contextmanager
def _claimed(folder: Path, until: float) -> Iterator[Path]:
    """
    Yield *folder*, or the empty sibling to make it in, for us alone.

    What a killed ossay left half-made is swept away here.
    """
    part = folder.with_name(f".{folder.name}.part")
    while True:
        place = folder if folder.exists() else part
        if place is part:
            part.mkdir(exist_ok=True)
        with locked(place, until) as is_still_there:
            if is_still_there and (place is folder or not folder.exists()):
                if place is folder:
                    check_ours(folder)
                    shutil.rmtree(part, ignore_errors=True)
                sweep(place, everything=place is part)
                try:
                    yield place
                finally:
                    if place is part:
                        shutil.rmtree(part, ignore_errors=True)
                return


def remote_refs(
    source_url: str, *, access: Access, limits: Limits
) -> tuple[tuple[str, str], ...]:
    """
    Return (name, object name) of HEAD, branches and tags, as the server has them.

    Peeled tags are left out; nothing is fetched.
    """
    address = vet(source_url, access)
    until = time.monotonic() + limits.seconds
    return list_refs(address, access, limits, until).listed


def refs_digest_of(source: str | Path, *, access: Access, limits: Limits) -> Digest:
    """
    Return the digest of the branches, tags and HEAD at *source*.

    It equals `Repository.refs_digest` as long as nothing has moved there. An
    absolute path is read in place.
    """
    if isinstance(source, Path) or source.startswith("/"):
        return refs_of_path(Path(source)).digest
    return digest_of_listed(remote_refs(source, access=access, limits=limits))


def canonical_url(source: str | Path, *, access: Access) -> str:
    """
    Return *source* as `Repository.url` will tell it, without going there.

    An absolute path becomes that of the repository it is, or lies in.
    """
    if isinstance(source, Path) or source.startswith("/"):
        return find(Path(source)).name
    return read_address(source, access).public_url
