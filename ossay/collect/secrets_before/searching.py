# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
How far the commits before have been searched, and what was found in them.

What was added by a commit stays what it is: it is searched once, and what was found
is remembered by the name of the commit that was assessed. A later one adds what came
after it. Of a long history the newest commits are searched, as far back as an
office wants; where it wants more later, only what is missing is searched.
"""

import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from ossay.codec import canonical, code_digest, digest_of_bytes, from_json, to_json
from ossay.collect.secrets import fingerprints, places
from ossay.collect.secrets.fingerprints import salt_of
from ossay.collect.secrets.places import ALL, TOOL, SecretPlace, told_places
from ossay.collect.secrets_before import additions
from ossay.collect.secrets_before.additions import Additions, gathered
from ossay.model.digest import Digest
from ossay.model.earlier import Earlier, Stretch
from ossay.model.evidence import SHOWN
from ossay.model.history import History
from ossay.model.toolbox import Toolbox
from ossay.model.tree import BlobFacts, Unreadable

VERSIONS_AT_ONCE = 25_000
"""Versions of files that are held in memory together."""

MOST_PLACES = 10_000
"""Places that are remembered; those beyond are counted."""

_REMEMBERED = "secrets.before"
_LOOKED_BACK = 500
"""Commits of the main line among which one is looked for that was searched before."""

_ROUNDS_AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPlace:
    """
    A place where something that looks like a secret stood, and who brought it.

    Attributes:
        place: Its line is that of the version which the commit brought.
        commit: The first commit, of those searched, in which it stood at this path.
    """

    place: SecretPlace
    commit: str
    committed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """
    What is known of the commits that led to one.

    Attributes:
        pending: Those not searched yet.
        commits: How many were searched.
        commits_left: How many were not.
        versions: How many contents of files they brought.
        unread: How many versions of files could not be looked into.
        unread_paths: Some of those files.
        binary: How many versions were no text.
        dropped: How many places were found beyond those that are remembered.
    """

    pending: tuple[Stretch, ...] = ()
    commits: int = 0
    commits_left: int = 0
    versions: int = 0
    unread: int = 0
    unread_paths: tuple[str, ...] = ()
    binary: int = 0
    places: tuple[PastPlace, ...] = ()
    dropped: int = 0


NOTHING = Searched()


def searched(
    toolbox: Toolbox,
    history: History,
    earlier: Earlier,
    memory: BlobFacts,
    folder: str,
    depth: int,
) -> Searched | Unreadable:
    """
    Return what is known of the history, after it was searched.

    What came since it was last searched is looked into; what is older, until *depth*
    versions of files were.

    Raises:
        ToolSilent: The tool gave no answer, or one that is not understood.
    """
    version = _version(toolbox, folder)
    line = list(islice(history.main_line(), _LOOKED_BACK))
    head, names = line[0], [_name(commit, 0) for commit in line]
    kept = memory.known(_REMEMBERED, version, names)
    since = next((c for c, name in zip(line, names, strict=True) if name in kept), "")
    known, count = _last(memory, version, since) if since else (NOTHING, 0)
    search = _Search(toolbox=toolbox, earlier=earlier, salt=salt_of(memory))
    if since != head:
        new = Stretch(tips=(head,), without=(since,) if since else ())
        now = search.on(known, (new,), VERSIONS_AT_ONCE if since else depth, known)
        if isinstance(now, Unreadable):
            return now
        known, count = now, 1
        memory.keep(_REMEMBERED, version, {_name(head, 0): to_json(known, Searched)})
    while known.pending and known.versions < depth:
        now = search.on(known, known.pending, depth - known.versions)
        if isinstance(now, Unreadable):
            return now
        known, kept_as = now, _name(head, count)
        memory.keep(_REMEMBERED, version, {kept_as: to_json(known, Searched)})
        count += 1
    return known


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """What it takes to search commits."""

    toolbox: Toolbox
    earlier: Earlier
    salt: bytes

    def on(
        self,
        known: Searched,
        stretches: tuple[Stretch, ...],
        enough: int,
        later: Searched = NOTHING,
    ) -> Searched | Unreadable:
        """Return what is known after *stretches* too; the pending of *later* stay."""
        enough = min(enough, VERSIONS_AT_ONCE)
        brought = self.earlier.brought(stretches, enough, VERSIONS_AT_ONCE)
        if isinstance(brought, Unreadable):
            return brought
        added = gathered(self.earlier, brought.versions)
        found, not_handed = _found(self.toolbox, added, self.salt)
        not_read = (*added.unread, *not_handed)
        all_places = _oldest([*known.places, *found])
        return Searched(
            pending=(*brought.left, *later.pending),
            commits=known.commits + brought.commits,
            commits_left=brought.commits_left + later.commits_left,
            versions=known.versions + len(brought.versions),
            unread=known.unread + len(not_read),
            unread_paths=tuple(sorted({*known.unread_paths, *not_read}))[:SHOWN],
            binary=known.binary + added.binary,
            places=all_places[:MOST_PLACES],
            dropped=known.dropped + len(all_places[MOST_PLACES:]),
        )


def _last(memory: BlobFacts, version: Digest, commit: str) -> tuple[Searched, int]:
    """Return what the last search up to *commit* came to, and how many there were."""
    count, text = 0, b""
    while True:
        names = [_name(commit, n) for n in range(count, count + _ROUNDS_AT_ONCE)]
        kept = memory.known(_REMEMBERED, version, names)
        found = [kept[name] for name in names if name in kept]
        count += len(found)
        text = found[-1] if found else text
        if len(found) < len(names):
            return from_json(Searched, text), count


def _version(toolbox: Toolbox, folder: str) -> Digest:
    """Return the digest of what is found, the commits aside."""
    code = code_digest([additions, fingerprints, places, sys.modules[__name__]])
    return digest_of_bytes(canonical([folder, toolbox.version(TOOL), code]))


def _name(commit: str, count: int) -> str:
    """Return the name that a search has in the memory; what is kept stays there."""
    return hashlib.sha256(f"{commit} {count}".encode()).hexdigest()


def _found(
    toolbox: Toolbox, added: Additions, salt: bytes
) -> tuple[Iterable[PastPlace], tuple[str, ...]]:
    """Return the places in what was added, and the paths that were not read."""
    if not added.files:
        return (), ()
    told, left_out = told_places(toolbox, added, list(added.files), ALL, salt)
    unread = tuple(added.runs[item.subject][0].version.path for item in left_out)
    return _past(added, told), unread


def _past(added: Additions, told: dict[str, set[SecretPlace]]) -> Iterator[PastPlace]:
    for path, found in told.items():
        for place in found:
            version, line = added.whence(path, place.line)
            yield PastPlace(
                place=SecretPlace(
                    path=version.path,
                    line=line,
                    rule=place.rule,
                    confidence=place.confidence,
                    fingerprint=place.fingerprint,
                ),
                commit=version.commit,
                committed_at=version.committed_at,
            )


def _oldest(found: Iterable[PastPlace]) -> tuple[PastPlace, ...]:
    """Return where each secret stood, once for each path: where it came first."""
    first: dict[tuple[str, str, str], PastPlace] = {}
    for each in sorted(found, key=_age, reverse=True):
        first[each.place.fingerprint, each.place.rule, each.place.path] = each
    return tuple(sorted(first.values(), key=_age))


def _age(past: PastPlace) -> tuple[datetime, str, SecretPlace]:
    return past.committed_at, past.commit, past.place
