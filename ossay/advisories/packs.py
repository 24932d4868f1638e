# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Files that an office mirrored, taken in one by one: each whole, or not at all.

Where a folder is handed over, its files are what OSV's own layout has,
``<ecosystem>/all.zip``, loose records, and the files of KEV and EPSS, found by
what they are and not by where they lie.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ossay.advisories import exploitation
from ossay.advisories.archives import Damaged, members
from ossay.advisories.records import LARGEST_RECORD, read, unread
from ossay.codec import code_digest
from ossay.model.advisories import Advisory, Exploited, Pack, PackKind
from ossay.model.digest import Digest
from ossay.model.errors import OssayError
from ossay.model.packages import GIT, PURL_TYPES, ecosystem_of

if TYPE_CHECKING:
    from ossay.engine import Workshop

ALL = "all.zip"
"""What OSV calls the archive of all records; the folder is the ecosystem's name."""

LARGEST_CATALOGUE = 100_000_000
_AT_ONCE = 1 << 20


class PackRefused(OssayError):
    """A file could not be taken in as what it says it is."""


class Taken(NamedTuple):
    """A pack, and whether this very file was taken in before."""

    path: Path
    pack: Pack
    is_known: bool


@dataclass(slots=True)
class _Counts:
    """What a pack turned out to hold, once it was read."""

    seen: Counter[str] = field(default_factory=Counter)
    ecosystems: set[str] = field(default_factory=set)
    newest: str = ""

    def note(self, records: Iterable[Advisory]) -> Iterator[Advisory]:
        for one in records:
            self.seen["records"] += 1
            self.seen["withdrawn"] += bool(one.withdrawn)
            self.seen["defective"] += bool(one.defect)
            self.seen["unread"] += not one.is_read
            self.newest = max(self.newest, one.modified)
            self.ecosystems.update(ecosystem for (ecosystem, _), _ in one.affected)
            yield one


def take_in(
    workshop: Workshop, path: Path, source: str, dated: date | None
) -> tuple[Taken, ...]:
    """
    Take in the file *path*, or every file under it that is one of advisories.

    Args:
        source: Where they are from, in words that a memo can print.
        dated: The day whose state advisories tell. Their own dates do not: those of
            Go say the year 1, and those of an archive when it was packed.
    """
    files = _files(path)
    if not files:
        msg = (
            f"there is nothing to import in {str(path)!r}; expected <ecosystem>/{ALL}, "
            "records in JSON, a KEV catalogue or an EPSS file"
        )
        raise PackRefused(msg)
    return tuple(_take(workshop, file, source, dated) for file in files)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    known = {".zip", ".json", ".csv", ".gz"}
    found = (file for file in path.rglob("*") if file.suffix in known)
    return sorted(file for file in found if file.is_file() and not file.is_symlink())


def _take(workshop: Workshop, path: Path, source: str, dated: date | None) -> Taken:
    try:
        digest = _digest(path)
        known = workshop.register.advisory_pack(digest)
        if known is not None and _would_be(known, source, dated):
            return Taken(path, known, is_known=True)
        pack = _taken(workshop, path, digest, source, dated)
    except OSError as error:
        raise _refused(path, error.strerror or str(error)) from error
    except (Damaged, KeyError, TypeError, ValueError, EOFError, zlib.error) as error:
        why = f"it is damaged: {error}" if isinstance(error, zlib.error) else str(error)
        raise _refused(path, why) from error
    return Taken(path, pack, is_known=False)


def _would_be(known: Pack, source: str, dated: date | None) -> bool:
    """Tell whether taking a file in once more would come to the same."""
    is_same_day = known.kind is not PackKind.OSV or known.dated == dated
    return is_same_day and known.source == source and known.read_by == _reader()


@cache
def _reader() -> Digest:
    from ossay import advisories, model

    return code_digest([advisories, model], ["jsonschema-rs"])


def _taken(
    workshop: Workshop, path: Path, digest: Digest, source: str, dated: date | None
) -> Pack:
    now = workshop.clock()
    head = _Head(source=source, digest=digest, taken_at=now)
    if path.suffix == ".zip":
        unpacked = (
            read(m.name, m.content, m.packed)
            if m.content is not None
            else unread(m.name, m.why)
            for m in members(path, LARGEST_RECORD)
        )
        covers = _ecosystem_named_by(path)
        day = _day(path, dated, now.date())
        return _take_records(workshop, head, day, unpacked, covers)
    if path.name.endswith((".csv", ".csv.gz")):
        return _take_scores(workshop, path, head)
    content = _content(path)
    document = json.loads(content)
    if isinstance(document, dict) and "vulnerabilities" in document:
        day, told = exploitation.catalogue(document)
        return _take_catalogue(workshop, head, day, told)
    day = _day(path, dated, now.date())
    return _take_records(workshop, head, day, [read(path.name, content)], ())


class _Head(NamedTuple):
    source: str
    digest: Digest
    taken_at: Any

    def pack(self, kind: PackKind, dated: date, **counts: Any) -> Pack:
        return Pack(
            kind=kind,
            source=self.source,
            dated=dated,
            digest=self.digest,
            taken_at=self.taken_at,
            read_by=_reader(),
            **counts,
        )


def _take_records(
    workshop: Workshop,
    head: _Head,
    dated: date,
    records: Iterable[Advisory],
    covers: tuple[str, ...] | None,
) -> Pack:
    counts = _Counts()

    def count() -> Pack:
        _require_some(counts.seen)
        of_all = tuple(sorted(counts.ecosystems - {GIT}))
        return head.pack(
            PackKind.OSV,
            dated,
            covers=of_all if covers is None else covers,
            newest=counts.newest,
            **counts.seen,
        )

    return workshop.register.take_advisories(dated, counts.note(records), count)


def _take_catalogue(
    workshop: Workshop, head: _Head, dated: date, told: tuple[Exploited, ...]
) -> Pack:
    pack = head.pack(PackKind.KEV, dated, records=len(told))
    workshop.register.take_exploited(pack, told)
    return pack


def _take_scores(workshop: Workshop, path: Path, head: _Head) -> Pack:
    dated = exploitation.day_of_scores(path)
    counted: Counter[str] = Counter()

    def told() -> Iterator[Any]:
        for one in exploitation.scores(path):
            counted["records"] += 1
            yield one

    def count() -> Pack:
        _require_some(counted)
        return head.pack(PackKind.EPSS, dated, **counted)

    return workshop.register.take_likelihoods(dated, told(), count)


def _require_some(counted: Counter[str]) -> None:
    """Refuse what holds nothing: held against it, all would be without flaws."""
    if not counted["records"]:
        msg = "it holds no record"
        raise ValueError(msg)


def _ecosystem_named_by(path: Path) -> tuple[str, ...] | None:
    """Return the ecosystem that a pack is all of; None where its records tell which."""
    name = path.parent.name if path.name == ALL else path.stem
    base = name.partition(":")[0].lower()
    if base in PURL_TYPES:
        return (ecosystem_of(name)[0],)
    return None if path.name == ALL else ()


def _day(path: Path, dated: date | None, today: date) -> date:
    if dated is None:
        raise _refused(path, "say with --dated which day's state it is")
    if dated > today:
        raise _refused(path, f"{dated} is yet to come")
    return dated


def _content(path: Path) -> bytes:
    if path.suffix == ".gz":
        with gzip.open(path) as file:
            content = file.read(LARGEST_CATALOGUE + 1)
    else:
        with path.open("rb") as file:
            content = file.read(LARGEST_CATALOGUE + 1)
    if len(content) > LARGEST_CATALOGUE:
        raise _refused(path, f"it is larger than {LARGEST_CATALOGUE:,} bytes")
    return content


def _digest(path: Path) -> Digest:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while some := file.read(_AT_ONCE):
            digest.update(some)
    return Digest(digest.hexdigest())


def _refused(path: Path, why: str) -> PackRefused:
    return PackRefused(f"cannot import {str(path)!r}: {why}; nothing of it was kept")
