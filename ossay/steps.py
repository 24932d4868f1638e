# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The steps of an assessment: functions of the workshop, of ids and of digests."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock

from ossay import __version__, clones, codec, collect, judge, model, shipped, source
from ossay.engine import Workshop
from ossay.model.advisories import Pack, standing
from ossay.model.candidate import Part
from ossay.model.collector import Collector, Given, Table
from ossay.model.digest import Digest, Filed
from ossay.model.evidence import Annex, Answered, Evidence, Gap, Tool
from ossay.model.judgement import Judgement, Looked, PartJudged, Reaudit
from ossay.model.people import Answer, Decision, Waiver
from ossay.model.policy import PolicyPack
from ossay.model.snapshot import Snapshot
from ossay.model.toolbox import ToolSilent
from ossay.recognition import curations_of, heard_by

LATEST = "*"
"""Stands for the latest release, whatever was asked for; no ref is called so."""

_HOUSE = Path(__file__).parent
"""Rooms count as code whether or not they are imported: reading yaml takes time."""

TABLE_TYPE = "application/json"

_ONE_AT_A_TIME = Lock()
"""Who asks a recogniser has it alone; what it said is remembered for the next."""


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
    register = workshop.register
    state = clones.state_of(workshop, part.source_url)
    inputs = codec.digest_of_bytes(
        codec.canonical([part.source_url, part.name, part.path, part.ref, state])
    )
    code = codec.code_digest([source, model])
    known = register.step_result("take", inputs, code)
    if known and clones.still_has(workshop, register.load(Snapshot, known)):
        return known
    snapshot = register.file(clones.snapshot_of(workshop, part, state)).digest
    register.record_step("take", inputs, code, snapshot)
    return snapshot


def gather(workshop: Workshop, collector_name: str, snapshot_digest: str) -> str:
    """
    Ask one collector about a snapshot; return the digest of what it said.

    What it said before stands, while its code and what it reads are the same.
    """
    snapshot = workshop.register.load(Snapshot, Digest(snapshot_digest))
    collector = collect.collectors()[collector_name]
    asked = _asked(workshop, collector_name, snapshot)
    if known := workshop.register.step_result(*asked):
        return known
    repository = clones.opened(workshop, snapshot.repository_url)
    tree = source.tree_of(repository, snapshot, workshop.register.blob_facts)
    if not collector.reads_history:
        tree.entries()  # paths that cannot be meant end it here, and leave no gaps
    history = source.history_of(repository, snapshot)
    earlier = source.earlier_of(repository, snapshot, workshop.register.blob_facts)
    recogniser = _recogniser_for(workshop, collector)
    toolbox = _toolbox_for(workshop, collector)
    given = Given(
        snapshot=snapshot,
        tree=tree,
        history=history,
        recogniser=recogniser,
        memory=workshop.register.blob_facts,
        curations=curations_of(workshop),
        earlier=earlier,
        toolbox=toolbox,
        advisories=workshop.register.advisories if collector.asks_advisories else None,
    )
    with nullcontext() if recogniser is None else _ONE_AT_A_TIME:
        said, tables = collect.gather(collector, given)
    gathered = Gathered(
        observed=said,
        annexes=tuple(_annex(workshop, table) for table in tables),
    )
    result = workshop.register.artefacts.put(codec.to_json(gathered))
    settled = tree.is_settled() and history.is_settled() and earlier.is_settled()
    settled &= recogniser is None or recogniser.is_settled()
    settled &= toolbox is None or toolbox.is_settled()
    if settled and not any(_failed(a) for a in said):
        workshop.register.record_step(*asked, result)
    return result


def _recogniser_for(
    workshop: Workshop, collector: Collector
) -> collect.Listening | None:
    """Return the recogniser for a collector that asks one, if there is one."""
    if workshop.recogniser is None or not collector.asks_recogniser:
        return None
    return collect.Listening(workshop.recogniser)


def _toolbox_for(workshop: Workshop, collector: Collector) -> collect.Asking | None:
    """Return the tools for a collector that asks any, if there are any."""
    if workshop.toolbox is None or not collector.asks_tools:
        return None
    return collect.Asking(workshop.toolbox, collector.asks_tools)


def _asked(
    workshop: Workshop, collector_name: str, snapshot: Snapshot
) -> tuple[str, Digest, Digest]:
    """Return step, inputs and code of a collector's answers about a snapshot."""
    collector = collect.collectors()[collector_name]
    reads = (
        (snapshot.commit, snapshot.refs_digest, snapshot.shallow)
        if collector.reads_history
        else ()
    )
    asks = heard_by(workshop) if collector.asks_recogniser else ()
    told = _tool_versions(workshop, collector.asks_tools)
    knows = _advisories_version(workshop) if collector.asks_advisories else ()
    inputs = codec.digest_of_bytes(
        codec.canonical([snapshot.tree, snapshot.path, *reads, *asks, *told, *knows])
    )
    return f"gather {collector_name}", inputs, collect.version_of(collector_name)


def _tool_versions(workshop: Workshop, names: Sequence[str]) -> tuple[str, ...]:
    """Return what answers of tools are filed under, "" where none are wanted."""
    toolbox = workshop.toolbox
    return tuple("" if toolbox is None else toolbox.version(name) for name in names)


def _advisories_version(workshop: Workshop) -> tuple[str, ...]:
    """Return what answers about known flaws are filed under."""
    return (workshop.register.advisories.version,)


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
        tools=tools(workshop),
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


def judged_before(
    workshop: Workshop, candidate_id: str, judged_on: str, ref: str, *snapshots: str
) -> str:
    """
    Return the judgement that all the same inputs led to before; "" if none did.

    What it stands on is filed already, so nothing has to be read or judged again.
    """
    asked = _judging(workshop, candidate_id, judged_on, ref, snapshots)
    known = workshop.register.step_result(*asked)
    if known is None:
        return ""
    workshop.register.note_judging(candidate_id, known)
    return known


def judge_parts(
    workshop: Workshop, candidate_id: str, judged_on: str, ref: str, *looked: str
) -> str:
    """Judge a candidate by what was noted of its parts."""
    register = workshop.register
    candidate = register.candidate(candidate_id)
    packs = [pack_of(workshop, name) for name in candidate.packs]
    noted = [
        codec.from_json(PartJudged, register.artefacts.get(Digest(n))) for n in looked
    ]
    parts = [_looked(workshop, n) for n in noted]
    result = judge.judge(
        parts,
        packs,
        register.file(register.answers_for(candidate_id), tuple[Answer, ...]),
        register.file(register.waivers_for(candidate_id), tuple[Waiver, ...]),
        collect.declared_facts(),
        date.fromisoformat(judged_on),
    )
    judgement = register.file_judgement(candidate_id, result).digest
    seen = [p.evidence.value.snapshot for p in parts if p.evidence is not None]
    if len(seen) == len(parts) and all(_is_settled(workshop, one) for one in seen):
        snapshots = [codec.digest_of(one) for one in seen]
        asked = _judging(workshop, candidate_id, judged_on, ref, snapshots)
        register.record_step(*asked, judgement)
    return judgement


def _is_settled(workshop: Workshop, snapshot: Snapshot) -> bool:
    """Tell whether no answer about a snapshot waits for another try."""
    return all(
        workshop.register.step_result(*_asked(workshop, name, snapshot)) is not None
        for name in collect.collectors()
    )


def _judging(
    workshop: Workshop,
    candidate_id: str,
    judged_on: str,
    ref: str,
    snapshots: Sequence[str],
) -> tuple[str, Digest, Digest]:
    """Return step, inputs and code of a judgement."""
    register = workshop.register
    candidate = register.candidate(candidate_id)
    inputs = [
        codec.digest_of(candidate),
        [digest_of_pack(workshop, name) for name in candidate.packs],
        codec.digest_of(register.answers_for(candidate_id), tuple[Answer, ...]),
        codec.digest_of(register.waivers_for(candidate_id), tuple[Waiver, ...]),
        judged_on,
        ref,
        heard_by(workshop),
        _tool_versions(workshop, _tool_names()),
        _advisories_version(workshop),
        *snapshots,
    ]
    read = {name for one in collect.collectors().values() for name in one.data}
    rooms = [
        *(_HOUSE / room for room in ("collect", "judge", "policy")),
        *map(shipped.folder, read),
    ]
    code = codec.code_digest([model, sys.modules[__name__]], folders=rooms)
    return (
        "judge",
        codec.digest_of_bytes(codec.canonical(inputs)),
        codec.digest_of_bytes(codec.canonical([code, codec.digest_of_installed()])),
    )


def pack_of(workshop: Workshop, name: str) -> Filed[PolicyPack]:
    """Return a pack: a shipped one by its name, another by the digest it has."""
    digest = digest_of_pack(workshop, name)
    return Filed(digest=digest, value=workshop.register.load(PolicyPack, digest))


def digest_of_pack(workshop: Workshop, name: str) -> Digest:
    """Return the digest that a pack is filed under; a shipped one is filed here."""
    if re.fullmatch(r"[0-9a-f]{64}", name):
        return Digest(name)
    register = workshop.register
    content = shipped.pack_bytes(name)
    inputs = codec.digest_of_bytes(content)
    code = codec.code_digest([model], folders=[_HOUSE / "collect", _HOUSE / "policy"])
    known = register.step_result("read pack", inputs, code)
    if known is None:
        from ossay import policy

        facts = collect.declared_facts()
        pack = policy.load_pack(content, f"{name}.yaml", facts)
        known = register.file(pack).digest
        register.record_step("read pack", inputs, code, known)
    return known


def tools(workshop: Workshop) -> tuple[Tool, ...]:
    """Return the software that answers rest on, with versions."""
    libraries = sorted({n for c in collect.collectors().values() for n in c.libraries})
    return (
        Tool(name="ossay", version=__version__),
        *(Tool(name=n, version=codec.version_of(n)) for n in libraries),
        *([workshop.recogniser.tool] if workshop.recogniser else []),
        *_foreign_tools(workshop),
        *map(_as_tool, standing(workshop.register.advisories.packs())),
    )


def _as_tool(pack: Pack) -> Tool:
    """Return a pack of advisories as memos name it: its source, day and digest."""
    of = f" ({', '.join(pack.covers)})" if pack.covers else ""
    return Tool(
        name=f"{pack.kind.value} from {pack.source}{of}",
        version=f"{pack.dated}, SHA-256 {pack.digest}",
    )


def _foreign_tools(workshop: Workshop) -> Iterator[Tool]:
    """Yield the foreign tools that are here; for one that is not there are gaps."""
    for name in _tool_names() if workshop.toolbox else ():
        with suppress(ToolSilent):
            yield workshop.toolbox.tool(name)  # type: ignore[union-attr] # just asked


def _tool_names() -> tuple[str, ...]:
    asked = (c.asks_tools for c in collect.collectors().values())
    return tuple(sorted({name for names in asked for name in names}))


def work_tree_of(workshop: Workshop, candidate_id: str, part_name: str) -> str:
    """Tell whether the folder that a part was read from holds uncommitted changes."""
    part = _part(workshop, candidate_id, part_name, "")
    return source.uncommitted_changes(clones.opened(workshop, part.source_url)).value


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


def deployed_of(workshop: Workshop, candidate_id: str) -> str:
    """Return the version, tag or commit that is in service."""
    return workshop.register.adoption_of(candidate_id).deployed


def compare(workshop: Workshop, candidate_id: str, running: str, offered: str) -> str:
    """Hold what runs and what is on offer against what was decided on; file it."""
    register = workshop.register
    decision = register.adoption_of(candidate_id).decision
    inputs = codec.digest_of_bytes(
        codec.canonical([candidate_id, decision, running, offered])
    )
    code = codec.code_digest([judge, model])
    if known := register.step_result("compare", inputs, code):
        return known
    decided_on = register.load(Decision, decision).judgement_digest
    decided = register.load(Judgement, decided_on)
    runs = register.load(Judgement, Digest(running))
    offer = register.load(Judgement, Digest(offered))
    result = Reaudit(
        candidate_id=candidate_id,
        decided=decided_on,
        running=Digest(running),
        offered=Digest(offered),
        changes=judge.drift(decided, runs),
        advice=judge.advise(decided, runs, offer),
        audited_on=runs.judged_on,
    )
    found = register.file(result).digest
    register.record_step("compare", inputs, code, found)
    return found
