# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What was asked of a snapshot, what was observed, and what could not be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, NewType, TypeVar

from ossay.model.digest import Digest
from ossay.model.snapshot import Snapshot

Value = bool | int | float | str | date | tuple[str, ...]

SpdxExpression = NewType("SpdxExpression", str)
"""A licence expression, valid and simplified (SPDX 2.3 annex D)."""

HANDED_IN = "handed-in:"
"""How evidence names what was handed in, and with `!/` what is inside of it."""

SHOWN = 50
"""Items that one answer shows at most; `total` says how many there are."""

T = TypeVar("T", bool, int, float, str, date, tuple[str, ...])


class Combine(StrEnum):
    """How the parts of a candidate answer a question together."""

    ALL = "all"
    ANY = "any"
    SUM = "sum"
    WORST = "worst"
    UNION = "union"


class Worse(StrEnum):
    """Which end of a scale is the worse one, where parts combine by `WORST`."""

    LOWER = "lower"
    HIGHER = "higher"


class Disclosure(StrEnum):
    """Who may be told of what was seen, and when; nobody may widen it unasked."""

    OPEN = "open"
    AFTER_FIX = "after fix"
    """Those who look after the software first: others could make use of it."""
    RESTRICTED = "restricted"
    """Nobody but them: it stays harmful after it was removed."""


class Tier(StrEnum):
    """How near to its users something was looked at; tiers are never added up."""

    SIGNAL = "signs in the repository"
    TEMPLATE = "checks of templates"
    RENDERED = "rendered pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """
    One thing an answer rests on.

    Attributes:
        subject: A path in the tree, a purl, a URL, the full name of a tag
            (``refs/tags/``) or commit, or a file that was handed in (``handed-in:``).
        note: What was seen there; "" where being there says it all.
        line: Line in the file, counted from 1; 0 where there is none.
    """

    subject: str
    note: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """
    An answered question.

    Attributes:
        items: What the answer rests on, `SHOWN` at most.
        total: How many such things there are, shown or not.
        missed: Why a list may lack entries, or a count be short; "" where neither
            can. What was seen is then a lower bound, and absence proves nothing.
    """

    fact: str
    value: Value
    items: tuple[Item, ...] = ()
    total: int = 0
    missed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """
    A question that stayed open, and why. A gap is never a pass.

    Attributes:
        why: One sentence for a reader who knows neither git nor ossay.
        items: The paths or names it concerns, `SHOWN` at most.
    """

    fact: str
    why: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inapplicable:
    """A question that does not arise: the detail of a thing known to be absent."""

    fact: str
    why: str


Answered = Observation | Gap | Inapplicable
"""What a collector may say about a fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Generic[T]):
    """
    A question ossay knows how to ask, and the kind of answer it expects.

    Attributes:
        name: Dotted, stable, public: policy packs refer to it.
        kind: The type of the answer.
        asks: The question, as an officer reads it in a memo.
        unit: What a number counts ("files", "days"), or "SPDX expression".
        combine: How the parts of a candidate answer it together.
        worse: With `Combine.WORST`, which end of the scale counts.
        unread: Of a count of what was not looked into, what that is ("folders are
            kept in other repositories"); memos list it among what they do not tell.
        disclosure: Who may be told of the places that its answer shows.
        tier: Of a fact on accessibility or inclusion, what was looked at.
    """

    name: str
    kind: type[T]
    asks: str
    combine: Combine
    unit: str = ""
    worse: Worse = Worse.LOWER
    unread: str = ""
    disclosure: Disclosure = Disclosure.OPEN
    tier: Tier | None = None

    def found(
        self,
        value: T,
        items: Iterable[Item] = (),
        *,
        where: str = "",
        missed: str = "",
    ) -> Observation:
        """Answer the question; *where* is short for a single item."""
        seen = (Item(subject=where),) if where else tuple(items)
        return Observation(
            fact=self.name,
            value=value,
            items=seen[:SHOWN],
            total=len(seen),
            missed=missed,
        )

    def unknown(self, why: str, items: Iterable[Item] = ()) -> Gap:
        """Leave the question open, saying why in one sentence."""
        return Gap(fact=self.name, why=why, items=tuple(items)[:SHOWN])

    def inapplicable(self, why: str) -> Inapplicable:
        """Say that the question does not arise, and why."""
        return Inapplicable(fact=self.name, why=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """A long table about a snapshot, kept as an artefact of its own."""

    name: str
    digest: Digest
    media_type: str
    rows: int


class Guard(StrEnum):
    """What a sandbox keeps from the program in it."""

    NETWORK = "network"
    FILES = "files"
    PROCESSES = "processes"
    LIMITS = "limits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sandbox:
    """
    How a foreign program is kept in while it looks at a candidate's files.

    Attributes:
        name: What does it; one that keeps nothing in says that it was not run.
        guards: What it guards. `FILES`: those that it was not handed cannot be read,
            and none can be changed. `PROCESSES`: it can end no other program, and
            none that it started outlives it. `LIMITS`: memory, time, and how much it
            may say and write.
    """

    name: str
    guards: tuple[Guard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """
    Software that helped to answer, and its version.

    Attributes:
        content: The SHA-256 of a foreign program's file; "" for a part of ossay.
        from_path: Whether it was not installed with ossay, but taken from PATH, as
            the settings say.
        sandbox: How it is kept in; None for a part of ossay.
    """

    name: str
    version: str
    content: str = ""
    from_path: bool = False
    sandbox: Sandbox | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that was observed about one snapshot."""

    snapshot: Snapshot
    observed: tuple[Answered, ...]
    annexes: tuple[Annex, ...]
    tools: tuple[Tool, ...]
    collected_at: datetime
