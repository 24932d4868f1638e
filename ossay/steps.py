# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The steps of an assessment: functions of the workshop, of ids and of digests."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ossay import __version__, codec, collect, judge, memo, policy, shipped, source
from ossay.engine import Workshop
from ossay.memo import sbom
from ossay.model.candidate import Part
from ossay.model.collector import Given, Table
from ossay.model.digest import Digest, Filed
from ossay.model.evidence import Annex, Answered, Evidence, Gap, Tool
from ossay.model.judgement import Advice, Judgement, Looked, PartJudged, Reaudit
from ossay.model.people import Answer, Decision, Waiver
from ossay.model.policy import PolicyPack
from ossay.model.snapshot import Snapshot

SBOM = "sbom.spdx.json"
LATEST = "*"
"""Stands for the latest release, whatever was asked for; no ref is called so."""

TABLE_TYPE = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What one collector said about one snapshot."""

    observed: tuple[Answered, ...]
    annexes: tuple[Annex, ...]


def parts_of(workshop: Workshop, candidate_id: str) -> tuple[str, ...]:
    """Return the names of a candidate's parts."""
    return tuple(p.name for p in workshop.register.candidate(candidate_id).parts)


def take(workshop: Workshop, candidate_id: str, part_name: str, ref: str) -> str:
    """
    Fix the commit of a part to look at; return the snapshot's digest.

    *ref* is what to look at instead of what the candidate names: a ref, or `LATEST`;
    "" leaves it at that.
    A repository whose branches and tags are where they were is not fetched again.
    """
    part = _part(workshop, candidate_id, part_name, ref)
    register, settings = workshop.register, workshop.settings
    if is_local(part.source_url):
        return register.file(_fetched(workshop, part)).digest
    refs = source.refs_digest_of(
        part.source_url, access=settings.access, limits=settings.limits
    )
    inputs = codec.digest_of_bytes(
        codec.canonical([part.source_url, part.path, part.ref, refs])
    )
    code = codec.code_digest([source])
    if known := register.step_result("take", inputs, code):
        return known
    snapshot = register.file(_fetched(workshop, part)).digest
    register.record_step("take", inputs, code, snapshot)
    return snapshot


def gather(workshop: Workshop, collector_name: str, snapshot_digest: str) -> str:
    """
    Ask one collector about a snapshot; return the digest of what it said.

    What it said before stands, while its code and what it reads are the same.
    """
    snapshot = workshop.register.load(Snapshot, Digest(snapshot_digest))
    collector = collect.collectors()[collector_name]
    reads = (
        (snapshot.commit, snapshot.refs_digest, snapshot.shallow)
        if collector.reads_history
        else ()
    )
    inputs = codec.digest_of_bytes(
        codec.canonical([snapshot.tree, snapshot.path, *reads])
    )
    code = collect.version_of(collector_name)
    step = f"gather {collector_name}"
    if known := workshop.register.step_result(step, inputs, code):
        return known
    repository = _repository(workshop, snapshot.repository_url)
    tree = source.tree_of(repository, snapshot, workshop.register.blob_facts)
    history = source.history_of(repository, snapshot)
    given = Given(snapshot=snapshot, tree=tree, history=history)
    said, tables = collect.gather(collector, given)
    whole = all(e.size_bytes is not None for e in tree.entries())
    gathered = Gathered(
        observed=said,
        annexes=tuple(_annex(workshop, table) for table in tables),
    )
    result = workshop.register.artefacts.put(codec.to_json(gathered))
    if whole and not any(_failed(a) for a in said):
        workshop.register.record_step(step, inputs, code, result)
    return result


def assemble(workshop: Workshop, snapshot_digest: str, *gathered: str) -> str:
    """Join what the collectors said to the evidence about a snapshot."""
    snapshot = workshop.register.load(Snapshot, Digest(snapshot_digest))
    said = [
        codec.from_json(Gathered, workshop.register.artefacts.get(Digest(g)))
        for g in gathered
    ]
    evidence = Evidence(
        snapshot=snapshot,
        observed=tuple(a for g in said for a in g.observed),
        annexes=tuple(a for g in said for a in g.annexes),
        tools=tools(),
        collected_at=workshop.clock(),
    )
    return workshop.register.file(evidence).digest


def note_looked(
    workshop: Workshop, candidate_id: str, part: str, ref: str, evidence: str
) -> str:
    """Note which evidence stands for a part."""
    noted = PartJudged(
        part=_part(workshop, candidate_id, part, ref),
        evidence_digest=Digest(evidence),
        why_not="",
    )
    return workshop.register.artefacts.put(codec.to_json(noted))


def note_missing(
    workshop: Workshop, candidate_id: str, part: str, ref: str, why: str
) -> str:
    """Note that a part could not be looked at, and why."""
    noted = PartJudged(
        part=_part(workshop, candidate_id, part, ref), evidence_digest=None, why_not=why
    )
    return workshop.register.artefacts.put(codec.to_json(noted))


def judge_parts(
    workshop: Workshop, candidate_id: str, judged_on: str, *looked: str
) -> str:
    """Judge a candidate by what was noted of its parts."""
    register = workshop.register
    candidate = register.candidate(candidate_id)
    packs = [pack_of(workshop, name) for name in candidate.packs]
    noted = [
        codec.from_json(PartJudged, register.artefacts.get(Digest(n))) for n in looked
    ]
    result = judge.judge(
        [_looked(workshop, n) for n in noted],
        packs,
        register.file(register.answers_for(candidate_id), tuple[Answer, ...]),
        register.file(register.waivers_for(candidate_id), tuple[Waiver, ...]),
        collect.declared_facts(),
        date.fromisoformat(judged_on),
    )
    return register.file_judgement(candidate_id, result).digest


def write_memos(workshop: Workshop, judgement_digest: str) -> str:
    """Write the memo in each format, and the SBOMs; return the judgement's digest."""
    digest = Digest(judgement_digest)
    content = content_of(workshop, digest)
    for name in memo.KEPT:
        workshop.register.file_memo(memo.render(content, name))
    return judgement_digest


def content_of(workshop: Workshop, digest: Digest) -> memo.Content:
    """Return what a memo about a judgement says."""
    register = workshop.register
    judgement = register.load(Judgement, digest)
    evidence = {
        p.evidence_digest: register.load(Evidence, p.evidence_digest)
        for p in judgement.parts
        if p.evidence_digest is not None
    }
    return memo.content(
        Filed(digest=digest, value=judgement),
        register.candidate_judged(digest),
        evidence,
        [register.load(PolicyPack, d) for d in judgement.pack_digests],
        collect.declared_facts(),
        __version__,
        register.decision_on(digest),
    )


def documents(workshop: Workshop, digest: Digest) -> Iterator[tuple[str, bytes]]:
    """
    Yield an SPDX document for each part whose files were listed, with a file name.

    Where the licences could not be looked at there is no list, and no document: one
    without files would read as a part without files.
    """
    register = workshop.register
    judged = register.load(Judgement, digest).parts
    looked_at = [p for p in judged if p.evidence_digest is not None]
    for part in looked_at:
        assert part.evidence_digest is not None  # noqa: S101 - for the type checker
        evidence = register.load(Evidence, part.evidence_digest)
        if not any(annex.name == "files" for annex in evidence.annexes):
            continue
        rows = [
            row
            for annex in evidence.annexes
            if annex.name == "files"
            for row in codec.from_json(Table, register.artefacts.get(annex.digest)).rows
        ]
        name = SBOM if len(looked_at) == 1 else f"{part.part.name}.{SBOM}"
        filed = Filed(digest=part.evidence_digest, value=evidence)
        yield name, sbom.sbom(filed, rows, part.part.name)


def pack_of(workshop: Workshop, name: str) -> Filed[PolicyPack]:
    """Return a pack: a shipped one by its name, another by the digest it has."""
    if re.fullmatch(r"[0-9a-f]{64}", name):
        return Filed(
            digest=Digest(name), value=workshop.register.load(PolicyPack, Digest(name))
        )
    content = shipped.pack_bytes(name)
    pack = policy.load_pack(content, f"{name}.yaml", collect.declared_facts())
    return workshop.register.file(pack)


def tools() -> tuple[Tool, ...]:
    """Return the software that answers rest on, with versions."""
    from importlib import metadata

    libraries = sorted({n for c in collect.collectors().values() for n in c.libraries})
    return (
        Tool(name="ossay", version=__version__),
        *(Tool(name=n, version=metadata.version(n)) for n in libraries),
    )


def _fetched(workshop: Workshop, part: Part) -> Snapshot:
    repository = _repository(workshop, part.source_url, fetch=True)
    return source.take_snapshot(repository, part, workshop.clock())


def work_tree_of(workshop: Workshop, candidate_id: str, part_name: str) -> str:
    """Tell whether the folder that a part was read from holds uncommitted changes."""
    part = _part(workshop, candidate_id, part_name, "")
    return source.uncommitted_changes(_repository(workshop, part.source_url)).value


def _looked(workshop: Workshop, noted: PartJudged) -> Looked:
    if noted.evidence_digest is None:
        return Looked(part=noted.part, evidence=None, why_not=noted.why_not)
    evidence = workshop.register.load(Evidence, noted.evidence_digest)
    return Looked(
        part=noted.part, evidence=Filed(digest=noted.evidence_digest, value=evidence)
    )


def _part(workshop: Workshop, candidate_id: str, name: str, ref: str) -> Part:
    parts = workshop.register.candidate(candidate_id).parts
    part = next(part for part in parts if part.name == name)
    return replace(part, ref=ref.removeprefix(LATEST)) if ref else part


def _annex(workshop: Workshop, table: Table) -> Annex:
    digest = workshop.register.artefacts.put(codec.to_json(table))
    return Annex(
        name=table.name, digest=digest, media_type=TABLE_TYPE, rows=len(table.rows)
    )


def _failed(answer: Answered) -> bool:
    """Tell whether a gap is there because the collector failed, not the candidate."""
    return isinstance(answer, Gap) and answer.why.startswith("the collector ")


def _repository(
    workshop: Workshop, url: str, *, fetch: bool = False
) -> source.Repository:
    """Open the clone of *url*, fetched anew where asked."""
    settings = workshop.settings
    called = source.canonical_url(url, access=settings.access)
    name = hashlib.sha256(called.encode()).hexdigest()[:32]
    folder = workshop.clones / f"{name}.git"
    folder.parent.mkdir(parents=True, exist_ok=True)
    if not fetch:
        return source.reopen(folder)
    if is_local(url):
        return source.open_in_place(Path(url), folder)
    return source.fetch(url, folder, access=settings.access, limits=settings.limits)


def is_local(url: str) -> bool:
    return url.startswith("/")


def name_of(url: str) -> str:
    return url.rstrip("/").removesuffix("/.git").rsplit("/", 1)[-1].removesuffix(".git")


def deployed_of(workshop: Workshop, candidate_id: str) -> str:
    """Return the version, tag or commit that is in service."""
    return workshop.register.adoption_of(candidate_id).deployed


def compare(workshop: Workshop, candidate_id: str, running: str, offered: str) -> str:
    """Hold what runs and what is on offer against what was decided on; file it."""
    register = workshop.register
    decision = register.load(Decision, register.adoption_of(candidate_id).decision)
    decided = register.load(Judgement, decision.judgement_digest)
    runs = register.load(Judgement, Digest(running))
    offer = register.load(Judgement, Digest(offered))
    result = Reaudit(
        candidate_id=candidate_id,
        decided=decision.judgement_digest,
        running=Digest(running),
        offered=Digest(offered),
        changes=judge.drift(decided, runs),
        advice=judge.advise(decided, runs, offer),
        audited_on=runs.judged_on,
    )
    return register.file(result).digest


def is_news(workshop: Workshop, reaudit_digest: str) -> bool:
    """Tell whether a re-audit found anything that people should read."""
    result = workshop.register.load(Reaudit, Digest(reaudit_digest))
    return bool(result.changes) or result.advice is not Advice.KEEP


def told(workshop: Workshop, reaudit_digest: Digest) -> str:
    """Return what a re-audit found, in words."""
    register = workshop.register
    result = register.load(Reaudit, reaudit_digest)
    return memo.render_reaudit(
        result,
        register.adoption_of(result.candidate_id),
        content_of(workshop, result.running),
        content_of(workshop, result.offered),
    )
