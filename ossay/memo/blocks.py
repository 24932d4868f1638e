# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What a memo says, before it is put into words and into a format.

Nothing here is a clock reading: the same judgement gives the same memo, to the
byte, on whatever day and machine it is written.

A repository that was read from a folder of the assessing machine is shown by the
name of that folder alone. The way to it names people and offices of the assessing
side, and says nothing about the software.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ossay.model import accessibility
from ossay.model.accessibility import ShutOut
from ossay.model.candidate import Role, Use
from ossay.model.digest import Digest
from ossay.model.evidence import Annex, Disclosure, Tool, Value
from ossay.model.judgement import Outcome, Recommendation, Screening
from ossay.model.people import Answer, Decision, Waiver
from ossay.model.policy import Area, Ask, Level, Mode, Text
from ossay.model.snapshot import Chosen

SCHEMA = "ossay.memo/1"
"""Name of this model in the JSON memo; a change that breaks readers gets a new one."""


class State(StrEnum):
    """Whether a question was answered."""

    ANSWERED = "answered"
    OPEN = "open"
    DOES_NOT_ARISE = "does-not-arise"


class WhyOpen(StrEnum):
    """Why a rule stayed undetermined; a memo keeps these apart."""

    NOBODY_ANSWERED = "nobody-answered"
    COULD_NOT_LOOK = "could-not-look"
    NOT_SETTLED = "not-settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    Where something was seen.

    Attributes:
        subject: A path in the tree, a purl, a tag, a commit or an address.
        path: The same where it is a path, which counts from the root of the
            repository; else "".
        line: Counted from 1; 0 where there is none.
        note: What was seen there.
        url: That line at that commit on the repository's forge; "" where the
            forge is not known.
    """

    subject: str
    path: str
    line: int
    note: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """
    One question about one part, and its answer if there is one.

    Attributes:
        asks: The question; the fact's name where nobody declares it any more.
        value: None unless the state is `ANSWERED`.
        why: Why it is open, does not arise or is not complete; else "".
        places: Where it was seen; at most what the evidence shows. In a memo that
            anybody may read, those that only some may be told of are left out.
        total: How many places there are, shown or not.
        complete: False where a list may lack entries, or a count be short.
        about: Of a list, the entries in it that the rule asks for.
        disclosure: Who may be told of the places.
        as_wanted: Whether this answer alone is what the rule asks for, or only
            tells that the rule applies; False too where that cannot be told from
            one answer.
    """

    part: str
    fact: str
    asks: str
    unit: str
    state: State
    value: Value | None
    why: str
    places: tuple[Place, ...]
    total: int
    complete: bool
    about: tuple[str, ...] = ()
    as_wanted: bool = False
    disclosure: Disclosure = Disclosure.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """
    One rule, its outcome, and all that it rests on.

    Attributes:
        why_open: Set where the outcome is `UNDETERMINED`, and only there.
        seen: Its questions, part by part.
        waiver: The waiver that counts, whether or not the rule needed it.
    """

    rule_id: str
    pack: str
    area: Area
    level: Level
    mode: Mode
    knock_out: bool
    title: str
    basis: str
    inspired_by: str
    remedy: str
    fixed_by: str
    ask: Ask | None
    texts: tuple[Text, ...]
    outcome: Outcome
    why_open: WhyOpen | None
    seen: tuple[Seen, ...]
    answer: Answer | None
    waiver: Waiver | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackUsed:
    """
    A policy pack that the software was held against.

    Attributes:
        out_of_date: Whether the day of judging is past its review date.
    """

    name: str
    version: str
    title: str
    digest: Digest
    review_by: date | None
    out_of_date: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    What somebody wanted to know.

    Attributes:
        use: None where nobody said.
    """

    candidate_id: str
    name: str
    need: str
    use: Use | None
    asked_by: str
    packs: tuple[PackUsed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """
    One part of the software, as it was looked at or could not be.

    Attributes:
        repository: Its address without credentials, or a folder's bare name.
        is_folder: Whether it was read from a folder of the assessing machine.
        asked_ref: The version that was asked for; "" if none was.
        chosen: How the version was chosen; None where nothing was looked at.
        ref: The full name of the ref that led to the commit, or "".
        commit_url: The commit on its forge; "" where the forge is not known.
        why_not: Why nothing was looked at; "" where something was.
    """

    name: str
    role: Role
    required: bool
    repository: str
    is_folder: bool
    path: str
    asked_ref: str
    chosen: Chosen | None
    ref: str
    commit: str
    commit_url: str
    tree: str
    committed_on: date | None
    shallow: bool
    evidence: Digest | None
    annexes: tuple[Annex, ...]
    why_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many rules had which outcome."""

    passed: int
    failed: int
    undetermined: int
    waived: int
    inapplicable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """
    The two results of a judgement, and the rules they rest on, by id.

    Attributes:
        obstacles: What the screening rests on.
        decided_by: What the recommendation rests on; empty for *adopt*.
        to_confirm: Failed knock-outs: a named person confirms the facts before
            the memo is final.
    """

    screening: Screening
    recommendation: Recommendation
    counts: Counts
    obstacles: tuple[str, ...]
    decided_by: tuple[str, ...]
    to_confirm: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """
    One question and its answer in each part.

    Attributes:
        in_results: Whether a rule shows the same answer.
    """

    fact: str
    asks: str
    in_results: bool
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything that was asked in one area, whether or not a rule needed it."""

    area: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """
    A publicly known flaw in a component; one row of the table "vulnerabilities".

    Attributes:
        component: A purl.
        priority: What decides when to look at it ("exploited", "critical").
        severity: A rating and, where there is one, its CVSS score.
        fixed_in: The version that is no longer affected; "" where none is named.
        path: The purls that bring the component in; empty where it is named itself,
            or where that is not told.
        disposition: Where it stands, people's words included.
        direct: Whether the software names the component itself: "yes", "no", or ""
            where that is not told.
    """

    component: str
    advisory: str
    aliases: tuple[str, ...]
    priority: str
    severity: str
    fixed_in: str
    path: tuple[str, ...]
    disposition: str
    summary: str
    direct: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressing:
    """How many flaws have one priority, and of how many a mended version is named."""

    priority: str
    total: int
    fixed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaws:
    """
    What is known of the components of one part, the most pressing first.

    Attributes:
        priorities: All that are listed, by priority.
    """

    part: str
    shown: tuple[Flaw, ...]
    total: int
    priorities: tuple[Pressing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceMix:
    """
    How many components of one part are under which licence, most first.

    Attributes:
        licences: Each with how many components have it, and how many of these are
            needed to run the software, or may be.
        untold: Components of which no file tells the licence.
    """

    part: str
    licences: tuple[tuple[str, int, int], ...]
    untold: int
    untold_needed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Relicensing:
    """
    A change that put another licence in the place of one.

    Attributes:
        people: How many had made changes by then.
    """

    part: str
    on: date
    commit: Place
    was: str
    now: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindrance:
    """
    What one check saw that may keep somebody out, at all its places together.

    Attributes:
        criteria: Numbers of success criteria ("1.1.1").
        place: Where it stands for most.
        places: How many there are, in all files or pages.
    """

    rule: str
    criteria: tuple[str, ...]
    verdict: accessibility.Verdict
    shuts_out: tuple[ShutOut, ...]
    what: str
    place: Place
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOut:
    """How many places keep somebody out, and how many may; never added up."""

    who: ShutOut
    fails: int
    maybe: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindrances:
    """
    What one way of looking saw in one part, those that fail first.

    Attributes:
        table: The name of the annex that lists every place.
        by_who: In the order of `ShutOut`; whoever nothing was seen for is left out.
    """

    part: str
    table: str
    seen: tuple[Hindrance, ...]
    by_who: tuple[KeptOut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotLookedAt:
    """
    Questions about one part that stayed open for the same reason.

    Attributes:
        short: Those that were answered, with lists or counts that may be short.
        total: How many places there are, shown or not.
    """

    part: str
    why: str
    asks: tuple[str, ...]
    short: tuple[str, ...]
    places: tuple[Place, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What one person or role is to be asked: rules, each with its `ask`."""

    who: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a question about a part stayed open, or its answer may be short."""

    part: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """Rules that stayed open for the same reasons; none where nothing explains it."""

    reasons: tuple[Reason, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reproduction:
    """
    What it takes to come to the same findings again.

    Attributes:
        command: The command line, quoted for a POSIX shell.
        answers: None where nobody had answered anything; so for *waivers*.
    """

    ossay_version: str
    command: str
    judgement: Digest
    answers: Digest | None
    waivers: Digest | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """
    A memo. Lists of rule ids point into `results`; what weighs most comes first.

    Attributes:
        to_fix: Failed *musts* and knock-outs.
        conditions: Failed *shoulds*.
        for_people: *Musts* and *shoulds* open because nobody has answered yet.
        for_machine: Those open although nobody need be asked.
        waived: Covered by a waiver.
        welcome: How many of the results are of *may* rules, which change nothing.
        figures: Everything that was asked, by area.
        flaws: Known flaws in components, by part.
        licence_mixes: Licences of components, by part.
        relicensings: Changes of the software's own licence, newest first.
        hindrances: What may keep people out, by part and way of looking.
    """

    judged_on: date
    asked: Asked
    sources: tuple[Source, ...]
    verdict: Verdict
    to_fix: tuple[str, ...]
    conditions: tuple[str, ...]
    for_people: tuple[Question, ...]
    for_machine: tuple[Unsettled, ...]
    waived: tuple[str, ...]
    welcome: int
    results: tuple[Result, ...]
    figures: tuple[Figures, ...]
    flaws: tuple[Flaws, ...]
    licence_mixes: tuple[LicenceMix, ...]
    relicensings: tuple[Relicensing, ...]
    hindrances: tuple[Hindrances, ...]
    tools: tuple[Tool, ...]
    not_looked_at: tuple[NotLookedAt, ...]
    decision: Decision | None
    reproduction: Reproduction

    @property
    def is_for_few(self) -> bool:
        """Whether it names places that not everybody may be told of."""
        return any(
            seen.disclosure is not Disclosure.OPEN and seen.places
            for area in self.figures
            for figure in area.figures
            for seen in figure.seen
        )
