# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Released files, made of dicts."""

import gzip
import hashlib
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

Files = Mapping[str, bytes]


def tar_of(files: Files, *others: tarfile.TarInfo) -> bytes:
    """Return a tar file with *files*, and members that are none."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for other in others:
            archive.addfile(other)
    return made.getvalue()


def member(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    """Return a member of a tar file that is no regular file."""
    made = tarfile.TarInfo(name)
    made.type = kind
    made.linkname = target
    return made


def sparse(name: str, size: int) -> bytes:
    """Return a tar file with one member of *size* bytes, all of them a hole."""
    head = tarfile.TarInfo(name)
    head.type = tarfile.GNUTYPE_SPARSE
    made = bytearray(head.tobuf(tarfile.GNU_FORMAT))
    # The real size stands at 483; four pairs of place and length begin at 386.
    made[483:495] = b"%011o\0" % size
    made[386:410] = b"%011o\0" % size + b"%011o\0" % 0
    made[148:156] = b"        "
    made[148:156] = b"%06o\0 " % sum(made)
    return bytes(made) + bytes(1_024)


def zip_of(files: Files, comment: bytes = b"") -> bytes:
    """Return a zip file with *files*."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        archive.comment = comment
    return made.getvalue()


def deb_of(data: Files, control: Files) -> bytes:
    """Return a Debian binary package (deb(5))."""
    parts = {
        "debian-binary": b"2.0\n",
        "control.tar.gz": gzip.compress(tar_of(control)),
        "data.tar": tar_of(data),
    }
    made = b"!<arch>\n"
    for name, content in parts.items():
        head = f"{name:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n"
        made += head.encode() + content + b"\n" * (len(content) % 2)
    return made


def image_of(*layers: bytes) -> dict[str, bytes]:
    """Return the files of an OCI layout with *layers*, tar files."""
    blobs = {hashlib.sha256(layer).hexdigest(): layer for layer in layers}
    named = [{"digest": f"sha256:{name}"} for name in blobs]
    manifest = json.dumps({"layers": named}).encode()
    index = {
        "manifests": [{"digest": f"sha256:{hashlib.sha256(manifest).hexdigest()}"}]
    }
    return {
        "oci-layout": b'{"imageLayoutVersion": "1.0.0"}',
        "index.json": json.dumps(index).encode(),
        f"blobs/sha256/{hashlib.sha256(manifest).hexdigest()}": manifest,
        **{f"blobs/sha256/{name}": layer for name, layer in blobs.items()},
    }


def written(path: Path, content: bytes) -> Path:
    """Write a file and return where it is."""
    path.write_bytes(content)
    return path


def laid_out(folder: Path, files: Files, links: Sequence[tuple[str, str]] = ()) -> Path:
    """Write files, and symlinks, below a folder."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    for name, target in links:
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)
    return folder
