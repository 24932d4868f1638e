# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
A made-up software, assessed: the fixed judgements that golden memos show.

*Permit Desk* has a server on one forge, a client in a folder of a repository on
another, and translations that could not be fetched. It has every outcome.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from ossay import codec
from ossay.judge import judge
from ossay.memo.blocks import Content
from ossay.memo.composing import content
from ossay.model.candidate import Candidate, Part, Role, Use
from ossay.model.digest import Digest, Filed
from ossay.model.evidence import (
    Annex,
    Answered,
    Combine,
    Evidence,
    Fact,
    Guard,
    Item,
    Sandbox,
    Tool,
    Worse,
)
from ossay.model.judgement import Judgement, Looked
from ossay.model.people import (
    Answer,
    Decision,
    DecisionOutcome,
    Signatory,
    Waiver,
)
from ossay.model.policy import (
    AllOf,
    Area,
    Ask,
    AtMost,
    Contains,
    Days,
    Equals,
    HasAnswer,
    Level,
    Mode,
    PolicyPack,
    Rule,
    Text,
)
from ossay.model.snapshot import Chosen, Snapshot

TODAY = date(2026, 11, 23)

OPEN_LICENCE = Fact(
    name="licensing.osi_approved",
    kind=bool,
    asks="Is the concluded licence approved by the Open Source Initiative?",
    combine=Combine.ALL,
)
DECLARED = Fact(
    name="licensing.declared",
    kind=str,
    asks="Which licence do its authors declare?",
    unit="SPDX expression",
    combine=Combine.UNION,
)
UNMARKED = Fact(
    name="licensing.files_without_licence",
    kind=int,
    asks="How many files state no licence?",
    unit="files",
    combine=Combine.SUM,
)
TEXT_PRESENT = Fact(
    name="licensing.text_present",
    kind=bool,
    asks="Is the text of the licence in the repository?",
    combine=Combine.ALL,
)
POLICY = Fact(
    name="security.policy",
    kind=bool,
    asks="Does a security policy say how to report a weakness?",
    combine=Combine.ANY,
)
LOCKED = Fact(
    name="security.lockfiles",
    kind=bool,
    asks="Are the versions of all dependencies fixed by lockfiles?",
    combine=Combine.ALL,
)
BINARIES = Fact(
    name="security.binaries",
    kind=tuple,
    asks="Which compiled programs are among the sources?",
    combine=Combine.UNION,
)
STATEMENT = Fact(
    name="accessibility.statement",
    kind=bool,
    asks="Is there an accessibility statement or conformance report?",
    combine=Combine.ANY,
)
LANGUAGES = Fact(
    name="accessibility.languages",
    kind=tuple,
    asks="Which languages are offered?",
    combine=Combine.UNION,
)
RIGHT_TO_LEFT = Fact(
    name="accessibility.right_to_left",
    kind=bool,
    asks="Is writing from right to left supported?",
    combine=Combine.ALL,
)
HAS_SCREENS = Fact(
    name="accessibility.has_screens",
    kind=bool,
    asks="Does it have screens of its own?",
    combine=Combine.ALL,
)
LAST_COMMIT = Fact(
    name="stewardship.last_commit",
    kind=date,
    asks="When was it last changed?",
    combine=Combine.WORST,
)
CONTRIBUTORS = Fact(
    name="stewardship.contributors",
    kind=int,
    asks="How many people contributed in the last year?",
    unit="people",
    combine=Combine.WORST,
    worse=Worse.LOWER,
)
README = Fact(
    name="documentation.readme",
    kind=bool,
    asks="Does the repository introduce itself in a README?",
    combine=Combine.ANY,
)
GUIDE = Fact(
    name="documentation.user_guide",
    kind=bool,
    asks="Is there a guide for the people who use it?",
    combine=Combine.ALL,
)

NOTICES_READ = Fact(
    name="licensing.notices_read",
    kind=bool,
    asks="Were licence notices inside files read by a recogniser?",
    combine=Combine.ALL,
)
AGREEMENT = Fact(
    name="licensing.recogniser_agreement",
    kind=float,
    unit="share",
    asks="Of which share of files does the recogniser say the same?",
    combine=Combine.WORST,
)
STATED = Fact(
    name="licensing.stated_licences",
    kind=tuple,
    asks="Which licences do its own files state?",
    combine=Combine.UNION,
)
STATED_MATCHES = Fact(
    name="licensing.stated_matches_concluded",
    kind=bool,
    asks="Do its own files state the licence that was concluded?",
    combine=Combine.ALL,
)
KIND_OF_LICENCE = Fact(
    name="licensing.licence_category",
    kind=str,
    asks="Of what kind is the concluded licence?",
    combine=Combine.UNION,
)
ASKS_USERS = Fact(
    name="licensing.network_copyleft",
    kind=bool,
    asks="Is a licence on a list of those that may ask for the source over a network?",
    combine=Combine.ANY,
)

FACTS: dict[str, Fact[Any]] = {
    fact.name: fact
    for fact in (
        DECLARED,
        OPEN_LICENCE,
        UNMARKED,
        TEXT_PRESENT,
        POLICY,
        LOCKED,
        BINARIES,
        STATEMENT,
        LANGUAGES,
        RIGHT_TO_LEFT,
        HAS_SCREENS,
        LAST_COMMIT,
        CONTRIBUTORS,
        README,
        GUIDE,
        NOTICES_READ,
        AGREEMENT,
        STATED,
        STATED_MATCHES,
        KIND_OF_LICENCE,
        ASKS_USERS,
    )
}

LIC_1 = Rule(
    id="LIC-1",
    area=Area.LICENSING,
    title="The software is under an open-source licence",
    level=Level.MUST,
    mode=Mode.AUTOMATIC,
    knock_out=True,
    criterion=Equals(fact=OPEN_LICENCE.name, value=True),
    basis="Open Source Definition 1.9",
    remedy="Publish every part under a licence that the Open Source Initiative lists.",
    fixed_by="the maintainers",
)
LIC_2 = Rule(
    id="LIC-2",
    area=Area.LICENSING,
    title="The text of the licence is in the repository",
    level=Level.MUST,
    mode=Mode.AUTOMATIC,
    criterion=Equals(fact=TEXT_PRESENT.name, value=True),
    basis="REUSE 3.3",
    remedy="Put the text of the licence into `LICENSES/`.",
    fixed_by="the maintainers",
    texts=(
        Text(
            language="ar",
            title="نص الترخيص موجود في المستودع",
            remedy="ضع نص الترخيص في المجلد.",
        ),
    ),
)
LIC_3 = Rule(
    id="LIC-3",
    area=Area.LICENSING,
    title="Every file states its licence",
    level=Level.SHOULD,
    mode=Mode.AUTOMATIC,
    criterion=AtMost(fact=UNMARKED.name, limit=0),
    basis="REUSE 3.3",
    remedy="Run `reuse annotate` on the files listed.",
    fixed_by="the maintainers",
)
SEC_1 = Rule(
    id="SEC-1",
    area=Area.SECURITY,
    title="A security policy says how to report a weakness",
    level=Level.MUST,
    mode=Mode.AUTOMATIC,
    criterion=Equals(fact=POLICY.name, value=True),
    basis="OSPS Baseline OSPS-VM-02.01",
    remedy="Add a SECURITY.md with a contact.",
    fixed_by="the maintainers",
)
SEC_2 = Rule(
    id="SEC-2",
    area=Area.SECURITY,
    title="The versions of dependencies are fixed",
    level=Level.SHOULD,
    mode=Mode.AUTOMATIC,
    criterion=Equals(fact=LOCKED.name, value=True),
    inspired_by="OSPS Baseline OSPS-QA-02.01",
    remedy="Keep a lockfile beside each manifest.",
    fixed_by="the maintainers",
)
SEC_3 = Rule(
    id="SEC-3",
    area=Area.SECURITY,
    title="No compiled programs are among the sources",
    level=Level.SHOULD,
    mode=Mode.AUTOMATIC,
    criterion=AtMost(fact=UNMARKED.name, limit=-1),
    inspired_by="OpenSSF Scorecard, Binary-Artifacts",
    remedy="Build them from source instead.",
    fixed_by="the maintainers",
)
ACC_1 = Rule(
    id="ACC-1",
    area=Area.ACCESSIBILITY,
    title="People with disabilities can use it",
    level=Level.SHOULD,
    mode=Mode.ASSISTED,
    criterion=AllOf(criteria=(Equals(fact=STATEMENT.name, value=True), HasAnswer())),
    basis="EN 301 549 V3.2.1, clause 9",
    remedy="Have the main tasks tested, and publish a conformance report.",
    fixed_by="the maintainers",
    ask=Ask(
        who="accessibility officer",
        what="Can the main tasks be done with a keyboard and a screen reader?",
    ),
)
ACC_2 = Rule(
    id="ACC-2",
    area=Area.ACCESSIBILITY,
    title="Writing from right to left is supported",
    level=Level.SHOULD,
    mode=Mode.AUTOMATIC,
    applies_when=Equals(fact=HAS_SCREENS.name, value=True),
    criterion=Equals(fact=RIGHT_TO_LEFT.name, value=True),
    inspired_by="W3C, Structural markup and right-to-left text in HTML",
    remedy="Mirror the layout for languages written from right to left.",
    fixed_by="the maintainers",
)
ACC_3 = Rule(
    id="ACC-3",
    area=Area.ACCESSIBILITY,
    title="The office has staff who can look after it",
    level=Level.SHOULD,
    mode=Mode.ATTESTED,
    criterion=HasAnswer(),
    remedy="Name them, or contract somebody.",
    fixed_by="the buyer",
    ask=Ask(who="head of IT", what="Who will look after it, with how much time?"),
)
STW_1 = Rule(
    id="STW-1",
    area=Area.STEWARDSHIP,
    title="It was changed within the last year",
    level=Level.SHOULD,
    mode=Mode.AUTOMATIC,
    criterion=AtMost(fact=LAST_COMMIT.name, limit=Days(days=365)),
    inspired_by="CHAOSS, Activity Dates and Times",
    remedy="Ask the maintainers about their plans.",
    fixed_by="the buyer",
)
DOC_1 = Rule(
    id="DOC-1",
    area=Area.DOCUMENTATION,
    title="A README introduces the software",
    level=Level.SHOULD,
    mode=Mode.AUTOMATIC,
    criterion=Equals(fact=README.name, value=True),
    basis="Standard for Public Code, criterion 8",
    remedy="Write a README.",
    fixed_by="the maintainers",
)
DOC_2 = Rule(
    id="DOC-2",
    area=Area.DOCUMENTATION,
    title="There is a guide for users in French",
    level=Level.MAY,
    mode=Mode.AUTOMATIC,
    criterion=Contains(fact=LANGUAGES.name, value="fr"),
    remedy="Translate the guide.",
    fixed_by="the buyer",
)
RULES = (
    LIC_1,
    LIC_2,
    LIC_3,
    SEC_1,
    SEC_2,
    ACC_1,
    ACC_2,
    ACC_3,
    STW_1,
    DOC_1,
    DOC_2,
)

NEED = "Handle requests for building permits in 40 municipalities, also on slow lines."

SERVER = Part(
    name="server", source_url="https://github.com/example/permit-desk", role=Role.SERVER
)
CLIENT = Part(
    name="client",
    source_url="https://gitlab.com/example/desk/apps.git",
    role=Role.CLIENT,
    path="apps/client",
    ref="v4.2.0",
)
LOCALE = Part(
    name="translations",
    source_url="https://example.org/desk-translations.git",
    role=Role.LOCALE,
)


def snapshot(
    part: Part, chosen: Chosen, ref: str, *, commit: str = "a", shallow: bool = False
) -> Snapshot:
    return Snapshot(
        repository_url=part.source_url,
        path=part.path,
        ref=ref,
        chosen=chosen,
        commit=commit * 40,
        tree="b" * 40,
        refs_digest=Digest("c" * 64),
        shallow=shallow,
        committed_at=datetime(2026, 9, 30, 12, tzinfo=UTC),
        taken_at=datetime(2026, 11, 23, 8, tzinfo=UTC),
    )


KEPT_IN = Sandbox(
    name="user and network namespaces",
    guards=(Guard.NETWORK, Guard.PROCESSES, Guard.LIMITS),
)


def looked(part: Part, at: Snapshot, *observed: Answered) -> Looked:
    evidence = Evidence(
        snapshot=at,
        observed=observed,
        annexes=(
            Annex(
                name="files",
                digest=Digest("d" * 64),
                media_type="application/x-ndjson+zstd",
                rows=1383,
            ),
        ),
        tools=(
            Tool(name="licenseclassifier", version="2026.10.0"),
            Tool(name="reuse", version="6.2.0"),
            Tool(name="ScanCode", version="32.5.0", sandbox=KEPT_IN),
            Tool(
                name="trivy",
                version="0.99.1",
                content="e" * 64,
                from_path=True,
                sandbox=KEPT_IN,
            ),
        ),
        collected_at=datetime(2026, 11, 23, 8, tzinfo=UTC),
    )
    return Looked(
        part=part, evidence=Filed(digest=codec.digest_of(evidence), value=evidence)
    )


def server(*more: Answered) -> Looked:
    at = snapshot(SERVER, Chosen.LATEST_RELEASE, "refs/tags/v4.2.1")
    return looked(
        SERVER,
        at,
        DECLARED.found("EUPL-1.2", where="publiccode.yml"),
        OPEN_LICENCE.found(True, where="LICENSE"),
        UNMARKED.found(
            2,
            [
                Item(subject="src/permits/fees.py"),
                Item(subject="src/permits/dates.py", note="no SPDX tag", line=1),
            ],
        ),
        TEXT_PRESENT.found(True, where="LICENSES/EUPL-1.2.txt"),
        POLICY.found(True, [Item(subject="SECURITY.md", line=7, note="a contact")]),
        LOCKED.found(False, [Item(subject="package.json", note="no lockfile beside")]),
        BINARIES.found((), missed="a file could not be read"),
        STATEMENT.found(False),
        LANGUAGES.found(("ar", "en", "fr"), [Item(subject="locales/fr.po")]),
        RIGHT_TO_LEFT.inapplicable("this part has no screens"),
        HAS_SCREENS.found(False),
        LAST_COMMIT.found(date(2026, 9, 30)),
        CONTRIBUTORS.found(11),
        README.found(True, where="README.md"),
        GUIDE.unknown(
            "the guide is written in Khmer, which ossay cannot judge",
            [Item(subject="docs/km/guide.md", line=1)],
        ),
        NOTICES_READ.found(True),
        AGREEMENT.found(
            0.95,
            [
                Item(
                    subject="pkg:generic/scancode@32.5.0",
                    note="the same for 19 of 20 files, measured on 2026-11-20",
                )
            ],
        ),
        STATED.found(
            ("EUPL-1.2", "GPL-2.0-only"),
            [
                Item(subject="src/permits/fees.py", note="EUPL-1.2, 31 files", line=2),
                Item(subject="src/barcode.c", note="GPL-2.0-only, 1 file", line=7),
            ],
        ),
        STATED_MATCHES.found(
            False, [Item(subject="src/barcode.c", note="GPL-2.0-only", line=7)]
        ),
        KIND_OF_LICENCE.found("Copyleft Limited", where="LICENSE"),
        ASKS_USERS.found(
            True, [Item(subject="LICENSE", note="EUPL-1.2, of the whole")]
        ),
        *more,
    )


def client() -> Looked:
    at = snapshot(CLIENT, Chosen.ASKED, "refs/tags/v4.2.0", commit="e", shallow=True)
    return looked(
        CLIENT,
        at,
        DECLARED.found("NONE"),
        OPEN_LICENCE.found(
            False, [Item(subject="apps/client/package.json", line=5, note="UNLICENSED")]
        ),
        UNMARKED.found(0),
        TEXT_PRESENT.found(False),
        POLICY.found(False),
        LOCKED.found(True, where="apps/client/package-lock.json"),
        BINARIES.found(("tools/sign.exe",), where="apps/client/tools/sign.exe"),
        STATEMENT.found(False),
        LANGUAGES.found(("en",)),
        RIGHT_TO_LEFT.found(False),
        HAS_SCREENS.found(True, where="apps/client/src/App.vue"),
        LAST_COMMIT.unknown("the history of this part was cut off"),
        CONTRIBUTORS.unknown("the history of this part was cut off"),
        README.found(False),
        GUIDE.found(True, where="apps/client/docs/guide.md"),
        NOTICES_READ.found(False),
        AGREEMENT.inapplicable("no recogniser of licences is at hand"),
        STATED.found((), missed="4 files hold words about licences that nobody read"),
        STATED_MATCHES.unknown("4 files hold words about licences that nobody read"),
        KIND_OF_LICENCE.unknown("no licence is granted"),
        ASKS_USERS.unknown("4 files hold words about licences that nobody read"),
    )


def lost() -> Looked:
    return Looked(
        part=LOCALE, evidence=None, why_not="the server example.org did not answer"
    )


WAIVER = Waiver(
    rule_id="SEC-2",
    scope="Permit Desk",
    reason="Lockfiles are being introduced with release 4.3",
    owner="officer-7",
    granted_by="cio-1",
    expires_on=date(2027, 3, 31),
)
ANSWER = Answer(
    rule_id="ACC-3",
    value="Two developers of the city, one day a week each",
    ground="staffing plan 2027",
    given_by="head-it-2",
    given_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    holds_until=date(2027, 11, 20),
)


def pack(*rules: Rule, review_by: date | None = None) -> Filed[PolicyPack]:
    made = PolicyPack(
        name="baseline",
        version="2026.1",
        title="Baseline",
        rules=rules,
        review_by=review_by,
    )
    return Filed(digest=codec.digest_of(made), value=made)


def candidate(parts: Sequence[Looked]) -> Candidate:
    return Candidate(
        id="permit-desk-1",
        name="Permit Desk",
        parts=tuple(p.part for p in parts),
        need=NEED,
        use=Use.NETWORK_SERVICE,
        packs=("baseline",),
        requested_by="officer-7",
        requested_at=datetime(2026, 11, 22, tzinfo=UTC),
    )


def memo(
    parts: Sequence[Looked],
    rules: Filed[PolicyPack],
    *,
    answers: tuple[Answer, ...] = (ANSWER,),
    waivers: tuple[Waiver, ...] = (WAIVER,),
    decision: Decision | None = None,
    facts: dict[str, Fact[Any]] = FACTS,
    asked: Candidate | None = None,
) -> Content:
    """Judge *parts* by *rules*, and return what a memo says about it."""
    judged = judge(
        parts,
        [rules],
        Filed(digest=codec.digest_of(answers, tuple[Answer, ...]), value=answers),
        Filed(digest=codec.digest_of(waivers, tuple[Waiver, ...]), value=waivers),
        facts,
        TODAY,
    )
    filed: Filed[Judgement] = Filed(digest=codec.digest_of(judged), value=judged)
    return content(
        filed,
        asked or candidate(parts),
        {p.evidence.digest: p.evidence.value for p in parts if p.evidence},
        [rules.value],
        facts,
        "1.0.0",
        decision,
    )


def refused() -> Content:
    """*Do not adopt*: every outcome, a part missing, the pack out of date."""
    return memo([server(), client(), lost()], pack(*RULES, review_by=date(2026, 10, 1)))


def undecided() -> Content:
    """*Cannot decide yet*: nothing failed that must hold, and something is open."""
    return memo([server(), lost()], pack(*RULES))


def unrecognised() -> Content:
    """*Cannot decide yet*: somebody has added terms to the text of a licence."""
    lawyer = Ask(who="procurement lawyer", what="Please read it. Is it open?")
    asked = replace(LIC_1, id="LIC-9", mode=Mode.ASSISTED, ask=lawyer)
    at = snapshot(SERVER, Chosen.LATEST_RELEASE, "refs/tags/v4.2.1")
    why = "the licence text is MPL-2.0, and 322 words are in no known licence"
    places = [Item(subject="pom.xml", line=31), Item(subject="LICENSE", line=364)]
    looked_at = looked(SERVER, at, OPEN_LICENCE.unknown(why, places))
    return memo([looked_at], pack(replace(LIC_1, knock_out=False), asked))


def not_yet() -> Content:
    """*Not yet*: a *must* failed that is no knock-out."""
    return memo([client()], pack(LIC_2, LIC_3, SEC_1, STW_1))


def conditional() -> Content:
    """*Adopt with conditions*: one part, decided upon and signed."""
    decision = Decision(
        judgement_digest=Digest("f" * 64),
        outcome=DecisionOutcome.ADOPT_WITH_CONDITIONS,
        conditions=("Test the main tasks with a screen reader before going live",),
        rationale="It meets the need of all 40 municipalities",
        signatories=(
            Signatory(
                person="cio-1",
                role="Chief information officer",
                signed_at=datetime(2026, 11, 24, 10, tzinfo=UTC),
            ),
        ),
        against_recommendation=False,
        review_on=date(2027, 11, 24),
    )
    return memo([server()], pack(*RULES), decision=decision)


def adoptable() -> Content:
    """*Adopt*: all is well."""
    return memo([server()], pack(LIC_1, LIC_2, SEC_1, STW_1, DOC_1))
