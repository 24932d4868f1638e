# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Container images in an OCI layout: layers laid over one another, as they say."""

import hashlib
import json
import re
import tarfile
from bisect import bisect_left
from pathlib import Path
from typing import Any

from ossay.artefacts.archives import Slice, forget, take_member, tar_in
from ossay.artefacts.intake import PIECE_BYTES, Content, Intake, Reads, path_of

_DOCUMENT_BYTES = 1 << 20
"""Of an index or a manifest; longer ones are cut, and then no JSON."""


class PackedBlobs:
    """Blobs of an OCI layout that came as a tar file; they are taken out of it."""

    def __init__(self, intake: Intake) -> None:
        self._spool = intake.spool
        self._sizes = {e.path: e.size_bytes or 0 for e in intake.entries.values()}
        self._places = dict(intake.places)
        intake.entries.clear()
        intake.places.clear()

    def open(self, path: str) -> Reads:
        """Return a file of the layout."""
        if path not in self._places:
            msg = f"the image lacks its file {path!r}"
            raise ValueError(msg)
        return Slice(self._spool, self._places[path], self._sizes[path])


class FolderOfBlobs:
    """Blobs of an OCI layout that is a folder; links in it are not followed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, path: str) -> Reads:
        """Return a file of the layout."""
        place = self._folder / path
        if place.is_symlink() or not place.is_file():
            msg = f"the image lacks its file {path!r}"
            raise ValueError(msg)
        return place.open("rb")


def read_image(blobs: PackedBlobs | FolderOfBlobs, intake: Intake) -> None:
    """Lay the layers of an image over one another (OCI image layout 1.1)."""
    index = json.loads(blobs.open("index.json").read(_DOCUMENT_BYTES))
    manifest = _manifest(blobs, index, intake, depth=0)
    for layer in manifest["layers"]:
        with tar_in(_blob(blobs, layer["digest"]), "layer") as tar:
            _lay_over(tar, intake)


def _manifest(
    blobs: PackedBlobs | FolderOfBlobs, index: Any, intake: Intake, *, depth: int
) -> Any:
    """
    Return the first image that an index leads to; indexes may lead to indexes.

    The others, for other platforms it may be, are left out.
    """
    if "layers" in index:
        return index
    if depth > 4 or not index.get("manifests"):
        msg = "its index names no image"
        raise ValueError(msg)
    first, *others = index["manifests"]
    for other in others:
        intake.leave_out(str(other["digest"]), "it is another image of the index")
    found = json.loads(_blob(blobs, first["digest"]).read(_DOCUMENT_BYTES))
    return _manifest(blobs, found, intake, depth=depth + 1)


def _blob(blobs: PackedBlobs | FolderOfBlobs, digest: str) -> Reads:
    """Return what *digest* names, if it is that."""
    if not re.fullmatch(r"sha256:[0-9a-f]{64}", digest):
        msg = f"it names a part by {digest!r}, which is no SHA-256"
        raise ValueError(msg)
    opened = blobs.open(f"blobs/sha256/{digest.removeprefix('sha256:')}")
    if f"sha256:{sha256_of(opened)}" != digest:
        msg = f"its part {digest} has other content than its name says"
        raise ValueError(msg)
    opened.seek(0)
    return opened


def _lay_over(tar: tarfile.TarFile, intake: Intake) -> None:
    """Add a layer; `.wh.` takes away what those below brought (OCI, whiteouts)."""
    below = sorted(intake.entries)
    for member in tar:
        path = path_of(member.name)
        folder, _, name = path.rpartition("/")
        if name == ".wh..wh..opq":
            _take_away(f"{folder}/" if folder else "", below, intake)
        elif name == ".wh.":
            intake.leave_out(member.name, "it names nothing to take away")
        else:
            if name.startswith(".wh."):
                path = "/".join(filter(None, (folder, name.removeprefix(".wh."))))
            if not member.isdir():
                _take_away(f"{path}/", below, intake)
                _take_away(path, below, intake, exactly=True)
            if not name.startswith(".wh."):
                take_member(tar, member, intake)
        forget(tar)


def _take_away(
    prefix: str, below: list[str], intake: Intake, *, exactly: bool = False
) -> None:
    """Take from *below*, sorted, and from what came in, all that begins so."""
    start = bisect_left(below, prefix)
    end = start
    while end < len(below) and (
        below[end] == prefix if exactly else below[end].startswith(prefix)
    ):
        intake.remove(below[end])
        end += 1
    if end > start:
        del below[start:end]


def sha256_of(opened: Content) -> str:
    """Return the SHA-256 of what is left to read."""
    made = hashlib.sha256()
    while piece := opened.read(PIECE_BYTES):
        made.update(piece)
    return made.hexdigest()
