# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is publicly known to be wrong with software, as an office has it at hand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from ossay.model.digest import Digest
from ossay.model.vex import Statement

Package = tuple[str, str]
"""The ecosystem, as purls call it, and the key of a name (`ossay.model.packages`)."""


class Mark(StrEnum):
    """What happens at a version of a range (OSV's events)."""

    INTRODUCED = "introduced"
    FIXED = "fixed"
    LAST_AFFECTED = "last_affected"
    LIMIT = "limit"


class Event(NamedTuple):
    """A version, and what happens there; "0" is before every version."""

    mark: Mark
    version: str


class Range(NamedTuple):
    """
    Versions between events.

    Attributes:
        kind: "SEMVER", "ECOSYSTEM" or "GIT"; commits have no order of their own.
        events: In the order of the record, which need not be that of versions.
        repository: Of a range of commits, where they are.
    """

    kind: str
    events: tuple[Event, ...]
    repository: str = ""


class Affected(NamedTuple):
    """
    One entry of an advisory: a package, and which versions of it are affected.

    Attributes:
        advisory: Id of the advisory.
        release: Of a distribution, the release whose package is meant.
        ranges: Versions are affected that lie in any of them...
        versions: ...or are listed here.
        severity: CVSS vectors of this entry alone.
    """

    advisory: str
    release: str
    ranges: tuple[Range, ...]
    versions: tuple[str, ...]
    severity: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Advisory:
    """
    An OSV record, as far as it could be read.

    Attributes:
        aliases: Other names of the same flaw.
        withdrawn: When it was taken back; "" while it stands.
        severity: CVSS vectors of the flaw.
        affected: Entries with their packages; a package may have several.
        defect: Why the record is not valid; "" where it is.
        is_read: Whether all that it says of packages was understood.
        modified: The day of its last change; "" where it tells none.
        document: The record as it came.
        packed: The same as zlib packs it, where it came so; else b"".
    """

    id: str
    aliases: tuple[str, ...]
    summary: str
    withdrawn: str
    severity: tuple[str, ...]
    affected: tuple[tuple[Package, Affected], ...]
    defect: str
    is_read: bool
    modified: str
    document: bytes
    packed: bytes = field(default=b"", compare=False, repr=False)


class PackKind(StrEnum):
    """What an office takes in."""

    OSV = "OSV"
    KEV = "KEV"
    EPSS = "EPSS"
    VEX = "VEX"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """
    One file that was taken in.

    Attributes:
        source: Where it is from, in the words of who took it in.
        dated: The day whose state it tells; what came later is not in it.
        digest: Of the file.
        covers: Ecosystems whose advisories it holds all of, as purls call them.
        records: How many it holds.
        withdrawn: How many of these were taken back by who published them.
        defective: How many are not valid; they are kept.
        unread: How many of those could not be understood, so that nobody can tell
            which packages they are about.
        newest: The last change of a record, as records tell; "" where none does.
        read_by: Digest of the code that read it; other code would read it again.
    """

    kind: PackKind
    source: str
    dated: date
    digest: Digest
    taken_at: datetime
    covers: tuple[str, ...] = ()
    records: int = 0
    withdrawn: int = 0
    defective: int = 0
    unread: int = 0
    newest: str = ""
    read_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exploited:
    """A flaw that is known to have been used (CISA's KEV catalogue)."""

    cve: str
    added_on: str
    in_ransomware: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """How likely it is that a flaw is used within 30 days (EPSS)."""

    cve: str
    probability: float
    percentile: float


class Advisories(Protocol):
    """The advisories of the register, as they stand."""

    @property
    def version(self) -> Digest:
        """Digest of all packs that were taken in; answers are filed under it."""

    def packs(self) -> tuple[Pack, ...]:
        """Return what was taken in, in that order."""

    def about(
        self, packages: Iterable[Package]
    ) -> Iterator[tuple[Package, tuple[Affected, ...]]]:
        """Yield each package of which something is known, with all that is."""

    def records(self, ids: Iterable[str]) -> Mapping[str, Advisory]:
        """Return advisories by id; withdrawn ones too."""

    def names_of(self, advisory: str) -> frozenset[str]:
        """Return all names of the flaw that an advisory is about, its own too."""

    def exploited(self, names: Iterable[str]) -> Mapping[str, Exploited]:
        """Return those of *names* that are known to be exploited."""

    def likelihoods(self, names: Iterable[str]) -> Mapping[str, Likelihood]:
        """Return how likely those of *names* are exploited of which that is told."""

    def statements(self) -> tuple[Statement, ...]:
        """Return what people said of flaws in components, the last word last."""


def standing(packs: Iterable[Pack]) -> tuple[Pack, ...]:
    """Return the newest pack of each kind, ecosystem and source."""
    newest: dict[tuple[object, ...], Pack] = {}
    for pack in packs:
        about = pack.kind, pack.covers, pack.source
        before = newest.get(about)
        if before is None or before.dated <= pack.dated:
            newest[about] = pack
    return tuple(newest.values())
