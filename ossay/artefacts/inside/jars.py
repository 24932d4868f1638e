# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Java archives: what they and the ones inside them say that they are made of."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from ossay.artefacts.forms import Form
from ossay.artefacts.inside.archived import NOT_READ, READ, is_archive
from ossay.artefacts.inside.named import Found, Named, NotNamed, package
from ossay.artefacts.unpacking import Artefact

DEEPEST = 4
"""A JAR in a WAR in an EAR is three deep; more is left out, and said to be."""

LARGEST_ARCHIVE = 200_000_000
MOST_INSIDE = 2_000_000_000
"""Bytes of nested archives that are read of one released file."""

_LARGEST_FILE = 1_000_000
_MOST_ENTRIES = 200_000

_PROPERTIES = re.compile(r"(?:.*/)?META-INF/maven/[^/]+/[^/]+/pom\.properties")
_VERSION_FILE = re.compile(r"META-INF/([\w.-]+)_([\w.-]+)\.version")
_MANIFEST = "META-INF/MANIFEST.MF"
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError),
    *(EOFError, ValueError, NotImplementedError),
    RuntimeError,  # an encrypted entry
)


def read_jars(artefact: Artefact, name: str, found: Found) -> None:
    """Read what the JAR called *name* is made of, or the JARs inside of others."""
    reading = _Reading(found)
    if artefact.form is Form.ANDROID:
        _read_android(artefact, found)
    if artefact.form in {Form.JAR, Form.ANDROID}:
        told = [
            (path, artefact.read(path))
            for path in artefact.paths()
            if _PROPERTIES.fullmatch(path) and artefact.size_of(path) <= _LARGEST_FILE
        ]
        manifest = b""
        if _MANIFEST in artefact.paths():
            manifest = artefact.read(_MANIFEST)[:_LARGEST_FILE]
        own, others = reading.told_by(name, told, manifest, is_outermost=True)
        found.own += own
        found.named += others
    for path in artefact.paths():
        if READ.fullmatch(path):
            size = artefact.size_of(path)
            if reading.may_read(path, size):
                reading.archive(path, artefact.read(path), depth=1)


def _read_android(artefact: Artefact, found: Found) -> None:
    """Read the versions that libraries of Android leave (AGP, "version files")."""
    for path in artefact.paths():
        if (read := _VERSION_FILE.fullmatch(path)) and artefact.size_of(path) < 200:
            version = artefact.read(path).decode("ascii", "replace").strip()
            if re.fullmatch(r"\d[\w.+-]*", version):
                found.named.append(
                    package("maven", read[2], version, namespace=read[1], file=path)
                )
            else:
                found.leave_out(path, "it tells no version")


@dataclass(slots=True)
class _Reading:
    found: Found
    left: int = MOST_INSIDE

    def may_read(self, path: str, size: int) -> bool:
        """Take *size* from what may be read; tell whether there was as much left."""
        if size > LARGEST_ARCHIVE or size > self.left:
            self.found.leave_out(path, "it is too large to be read")
            return False
        self.left -= size
        return True

    def archive(self, path: str, content: bytes, depth: int) -> None:
        """Read an archive that is inside."""
        if depth > DEEPEST:
            self.found.leave_out(path, "it is an archive too deep inside others")
            return
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as opened:
                self._read(path, opened, depth)
        except _BROKEN as error:
            said = str(error) if isinstance(error, NotNamed) else "it is damaged"
            self.found.leave_out(path, said)

    def _read(self, path: str, opened: zipfile.ZipFile, depth: int) -> None:
        members = {m.filename: m for m in opened.infolist()[:_MOST_ENTRIES]}
        if len(opened.infolist()) > _MOST_ENTRIES:
            self.found.leave_out(path, "it holds too many files")
        told, manifest = [], b""
        for inner, member in members.items():
            if _PROPERTIES.fullmatch(inner):
                told.append((f"{path}!/{inner}", _read(opened, member, _LARGEST_FILE)))
            elif inner == _MANIFEST:
                manifest = _read(opened, member, _LARGEST_FILE)
        own, others = self.told_by(path, told, manifest, is_outermost=False)
        self.found.named += own + others
        for inner, member in members.items():
            # A header may lie about the size; more than may be left is not read.
            most = min(LARGEST_ARCHIVE, self.left)
            if READ.fullmatch(inner) and depth < DEEPEST:
                held = _read(opened, member, most + 1)
                if self.may_read(f"{path}!/{inner}", len(held)):
                    self.archive(f"{path}!/{inner}", held, depth + 1)
            elif READ.fullmatch(inner):
                why = "it is an archive too deep inside others"
                self.found.leave_out(f"{path}!/{inner}", why)
            elif is_archive(inner):
                self.found.leave_out(f"{path}!/{inner}", NOT_READ)

    def told_by(
        self,
        path: str,
        properties: list[tuple[str, bytes]],
        manifest: bytes,
        *,
        is_outermost: bool,
    ) -> tuple[list[Named], list[Named]]:
        """Return what a JAR is itself, and what was built into it."""
        stated = list(self._stated(properties))
        stem = path.rpartition("/")[2].rpartition(".")[0]
        own = [s for s in stated if _is_called(stem, s)] or (
            stated if len(stated) == 1 else []
        )
        if own:
            return own[:1], [s for s in stated if s is not own[0]]
        if (guessed := _by_manifest(path, stem, manifest)) is not None:
            return [guessed], stated
        if not is_outermost:
            self.found.leave_out(path, "it does not tell what it is")
        return [], stated

    def _stated(self, properties: list[tuple[str, bytes]]) -> Iterator[Named]:
        for file, content in properties:
            told = dict(_lines(content, "="))
            try:
                yield package(
                    "maven",
                    told.get("artifactId", ""),
                    told.get("version", ""),
                    namespace=told.get("groupId", ""),
                    file=file,
                )
            except NotNamed as error:
                self.found.leave_out(file, str(error))


def _read(opened: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    with opened.open(member) as content:
        return content.read(most)


def _is_called(stem: str, stated: Named) -> bool:
    name = stated.name.rpartition(":")[2]
    return stem == name or stem.startswith(f"{name}-{stated.version}")


def _by_manifest(path: str, stem: str, manifest: bytes) -> Named | None:
    """
    Return what a JAR without Maven's files is called by its manifest or its name.

    That tells no group, so that the package has no coordinates of Maven.
    """
    # A line that begins with a space goes on with the one before (JAR, "Manifest").
    unfolded = manifest.replace(b"\r\n", b"\n").replace(b"\n ", b"")
    told = dict(_lines(unfolded.partition(b"\n\n")[0], ":"))
    by_name = re.fullmatch(r"(.+?)-(\d[\w.]*(?:-[\w.]+)*)", stem)
    symbolic = told.get("Bundle-SymbolicName", "").partition(";")[0].strip()
    name = (by_name[1] if by_name else "") or symbolic
    version = (
        told.get("Implementation-Version", "")
        or told.get("Bundle-Version", "")
        or (by_name[2] if by_name else "")
    )
    if not name:
        return None
    try:
        return package("generic", name, version, file=path)
    except NotNamed:
        return None


def _lines(content: bytes, between: str) -> Iterator[tuple[str, str]]:
    for line in content.decode("utf-8", "replace").splitlines():
        name, sign, value = line.partition(between)
        if sign and not line.startswith("#"):
            yield name.strip(), value.strip()
