# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the licence files at the top of commits hold, each commit read once."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial

from ossay.codec import code_digest, from_json, to_json
from ossay.collect.licensing import names, texts
from ossay.collect.licensing.conformance import FOLDER
from ossay.collect.licensing.file_licences import licence_of_texts
from ossay.collect.licensing.licence_files import LicenceFile, LicenceFiles, identifier
from ossay.collect.licensing.names import Scope, scope_of
from ossay.collect.licensing.recognition.findings import FileFinding
from ossay.collect.licensing.recognition.licences import licences_of
from ossay.collect.licensing.recognition.neighbourhood import Origin
from ossay.collect.licensing.recognition.questions import licences_by
from ossay.collect.licensing.recognition.work import work_of
from ossay.collect.licensing.stating import doubts_in
from ossay.collect.licensing.texts import LicenceText
from ossay.collect.licensing.whose import Whose
from ossay.model.collector import Given
from ossay.model.earlier import Earlier
from ossay.model.tree import BlobFacts, Entry, EntryKind, Tree, Unreadable

MOST_TEXTS = 1_000
"""Different licence files of all versions together; the most that were seen were 26."""

_NOT_READ = "it is no regular file, or one of too many"
_REGULAR = frozenset({EntryKind.FILE, EntryKind.EXECUTABLE})


Tops = Mapping[str, tuple[Entry, ...] | Unreadable]
"""The licence files at the top of commits, by the name of the commit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """
    What the licence files of one version hold.

    Attributes:
        licences: Those whose text was recognised, none where there is no file.
        unread: Names of the files' blobs in which there may be others.
        why_not: Why there may be, in the first; "" if there are none.
    """

    licences: frozenset[str]
    unread: frozenset[str] = frozenset()
    why_not: str = ""

    def __str__(self) -> str:
        """Say it in words."""
        named = " and ".join(sorted(self.licences))
        return f"{named}, with other words" if self.why_not else named


NOTHING = Held(licences=frozenset())
"""Where there is no licence file."""


def held_in(
    given: Given, earlier: Earlier, tops: Tops
) -> Mapping[str, Held | Unreadable]:
    """Return what the licence files at the top of each commit hold."""
    known = [t for t in tops.values() if not isinstance(t, Unreadable)]
    distinct = {_place(e): e for top in known for e in top if e.kind in _REGULAR}
    looked_into = list(distinct.items())[-MOST_TEXTS:]
    blobs = earlier.holding(replace(entry, path=place) for place, entry in looked_into)
    scanned = blobs.scan(texts.scanner())
    found = dict(scanned)
    unsure = [p for p, f in found.items() if isinstance(f, LicenceText) and not f.texts]
    noticed = dict(_noticed(blobs, unsure, given))
    held = {top: _held(top, found, noticed) for top in dict.fromkeys(known)}
    return {
        commit: top if isinstance(top, Unreadable) else held[top]
        for commit, top in tops.items()
    }


_REMEMBERED = "relicensing.top"
"""What licence files of a commit are remembered under, as the name of a scanner."""


def tops_of(earlier: Earlier, commits: Sequence[str], memory: BlobFacts | None) -> Tops:
    """
    Return the licence files of each of *commits*.

    A commit stays as it is: what was read of it once is remembered by its name.
    """
    version = code_digest([sys.modules[__name__], names])
    kept = {} if memory is None else memory.known(_REMEMBERED, version, commits)
    read = cache(partial(from_json, tuple[Entry, ...]))  # most versions hold the same
    tops: dict[str, tuple[Entry, ...] | Unreadable] = {
        commit: read(kept[commit]) for commit in kept
    }
    new: dict[str, bytes] = {}
    for commit, found in earlier.top_files(c for c in commits if c not in kept):
        if isinstance(found, Unreadable):
            tops[commit] = found
            continue
        tops[commit] = licences = _licence_files(found)
        new[commit] = to_json(licences, tuple[Entry, ...])
    if memory is not None and new:
        memory.keep(_REMEMBERED, version, new)
    return tops


def _place(entry: Entry) -> str:
    """Return a path for a file among those of all versions: content, then name."""
    return f"{entry.oid}/{entry.path}"


def _noticed(
    tree: Tree, paths: Sequence[str], given: Given
) -> Iterator[tuple[str, str]]:
    """Yield which licence the files hold in whose words no text was recognised."""
    work = work_of(tree, paths)
    asked = licences_by(given.recogniser)
    told = licences_of(work, asked, given.memory, given.curations)
    for path, said in told.items():
        finding = FileFinding(
            path=path,
            kind=work.kinds[path],
            origin=Origin.OWN,
            statements=said.statements,
            open=said.open,
        )
        if not any(doubts_in(finding, Whose.LICENCE)):
            yield path, licence_of_texts(finding)


def _licence_files(top: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return those that speak for the whole; `LICENSES/` where there are no others."""
    whole = [e for e in top if _speaks_for_all(e.path)]
    return tuple(whole or [e for e in top if e.path.startswith(FOLDER)])


@lru_cache(maxsize=4_096)
def _speaks_for_all(path: str) -> bool:
    return "/" not in path and scope_of(path) is Scope.WHOLE


def _held(
    files: Sequence[Entry],
    found: Mapping[str, LicenceText | Unreadable],
    noticed: Mapping[str, str],
) -> Held:
    read = tuple(
        LicenceFile(
            path=e.path,
            identifier=identifier(e.path),
            found=found.get(_place(e)) or Unreadable(why=_NOT_READ),
        )
        for e in files
    )
    together = LicenceFiles(whole=read, parts=(), folder=(), deeper=())
    by_notice = {e.path: said for e in files if (said := noticed.get(_place(e)))}
    unread = {f.path: f.why_not for f in read if f.why_not and f.path not in by_notice}
    return Held(
        licences=together.stated | frozenset(by_notice.values()),
        unread=frozenset(e.oid for e in files if e.path in unread),
        why_not=next((f"{path}: {why}" for path, why in unread.items()), ""),
    )
