# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A small story to file: a candidate that was looked at, judged and adopted."""

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ossay.codec import digest_of, digest_of_bytes
from ossay.model.candidate import Candidate, Part, Use
from ossay.model.digest import Digest
from ossay.model.evidence import Annex, Evidence, Gap, Item, Observation, Tool
from ossay.model.judgement import (
    Finding,
    Ground,
    Judgement,
    Outcome,
    PartJudged,
    Recommendation,
    Screening,
)
from ossay.model.memo import Memo
from ossay.model.people import (
    Adoption,
    Answer,
    Curation,
    Decision,
    DecisionOutcome,
    Signatory,
    Waiver,
)
from ossay.model.policy import Area, AtMost, Level, Mode, PolicyPack, Rule
from ossay.model.sboms import HandedSbom
from ossay.model.snapshot import Chosen, Snapshot

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = date(2026, 3, 1)

URL = "https://example.org/library.git"

TABLE = b'{"columns":["path"],"rows":[["a.py"],["b.py"]]}'

ANNEX = Annex(
    name="files",
    digest=digest_of_bytes(TABLE),
    media_type="application/json",
    rows=2,
)

PART = Part(name="library", source_url=URL)

CANDIDATE = Candidate(
    id="library-0123456789",
    name="Library",
    parts=(PART,),
    need="lend books",
    use=Use.NETWORK_SERVICE,
    packs=("baseline",),
    requested_by="officer-7",
    requested_at=NOON,
)

RULE = Rule(
    id="LIC-7",
    area=Area.LICENSING,
    title="Every file states its licence",
    level=Level.SHOULD,
    mode=Mode.AUTOMATIC,
    criterion=AtMost(fact="licensing.files_without_licence", limit=0),
    remedy="Run `reuse annotate`.",
    fixed_by="the maintainers",
    basis="REUSE 3.3",
)

PACK = PolicyPack(name="baseline", version="1", title="Baseline", rules=(RULE,))

ANSWER = Answer(
    rule_id="ACC-3",
    value=True,
    ground="tested with a screen reader",
    given_by="officer-7",
    given_at=NOON,
    holds_until=date(2027, 3, 1),
)

WAIVER = Waiver(
    rule_id="LIC-7",
    scope="Library",
    reason="to be tagged by summer",
    owner="officer-7",
    granted_by="officer-9",
    expires_on=date(2026, 9, 1),
)

CURATION = Curation(
    key="0" * 32,
    expression="ISC",
    because="the author wrote so in a letter",
    curated_by="officer-7",
    curated_at=NOON,
    holds_until=date(2027, 3, 1),
)


def later(moment: datetime) -> datetime:
    """Return the moment an hour after."""
    return moment + timedelta(hours=1)


def handed(name: str) -> HandedSbom:
    """Return an SBOM that was handed in."""
    return HandedSbom(
        part="library",
        name=f"{name}.cdx.json",
        digest=digest_of_bytes(name.encode()),
        handed_by="officer-7",
        handed_on=TODAY,
    )


def snapshot(commit: str = "a", taken_at: datetime = NOON) -> Snapshot:
    """Return a snapshot of the commit whose name is *commit* repeated."""
    return Snapshot(
        repository_url=URL,
        path="",
        ref="refs/tags/v1",
        chosen=Chosen.LATEST_RELEASE,
        commit=commit * 40,
        tree="f" * 40,
        refs_digest=digest_of_bytes(commit.encode()),
        shallow=False,
        committed_at=datetime(2026, 2, 1, tzinfo=UTC),
        taken_at=taken_at,
    )


def evidence(commit: str = "a", collected_at: datetime = NOON) -> Evidence:
    """Return evidence with an annex, an answer and a gap."""
    return Evidence(
        snapshot=snapshot(commit),
        observed=(
            Observation(
                fact="licensing.files_without_licence",
                value=1,
                items=(Item(subject="a.py", line=1),),
                total=1,
            ),
            Gap(fact="stewardship.last_commit", why="the history was cut off"),
        ),
        annexes=(ANNEX,),
        tools=(Tool(name="ossay", version="1"),),
        collected_at=collected_at,
    )


def judgement(judged_on: date = TODAY, commit: str = "a") -> Judgement:
    """Return the judgement of that evidence."""
    seen = evidence(commit)
    finding = Finding(
        rule=RULE,
        pack="baseline",
        outcome=Outcome.FAILED,
        because=(Ground(part="library", answer=seen.observed[0]),),
    )
    return Judgement(
        parts=(PartJudged(part=PART, evidence_digest=digest_of(seen), why_not=""),),
        pack_digests=(digest_of(PACK),),
        answers_digest=digest_of((ANSWER,), tuple[Answer, ...]),
        waivers_digest=digest_of((), tuple[Waiver, ...]),
        findings=(finding,),
        screening=Screening.NO_OBSTACLE_FOUND,
        recommendation=Recommendation.ADOPT_WITH_CONDITIONS,
        judged_on=judged_on,
    )


def decision(judged: Digest, review_on: date = date(2027, 1, 1)) -> Decision:
    """Return the decision to adopt."""
    signed = Signatory(person="officer-9", role="approver", signed_at=NOON)
    return Decision(
        judgement_digest=judged,
        outcome=DecisionOutcome.ADOPT_WITH_CONDITIONS,
        conditions=("tag all files",),
        rationale="nothing else lends books",
        signatories=(signed,),
        against_recommendation=False,
        review_on=review_on,
    )


def adoption(decided: Decision, where: str = "City library") -> Adoption:
    """Return what runs because of *decided*."""
    return Adoption(
        candidate_id=CANDIDATE.id,
        decision=digest_of(decided),
        deployed="v1",
        where=where,
        since=TODAY,
        local_changes="",
        review_on=decided.review_on,
    )


def memo(judged: Digest, body: str = "<p>Adopt.</p>", language: str = "en") -> Memo:
    """Return the document about a judgement."""
    return Memo(about=judged, language=language, media_type="text/html", body=body)


def another(candidate: Candidate = CANDIDATE) -> Candidate:
    """Return the candidate with another name and id."""
    return replace(candidate, id="archive-9876543210", name="Archive")


def make_older(home: Path) -> None:
    """Make a register from before the first migration."""
    home.mkdir()
    older = sqlite3.connect(home / "register.db")
    older.execute(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    older.commit()
    older.close()
