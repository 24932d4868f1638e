# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The steps of an assessment: functions of the workshop, of ids and of digests."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from ossay import clones, codec, collect, gathering, judge, model, shipped, source
from ossay.engine import Workshop
from ossay.gathering import (
    is_settled,
    kin_known,
    released_known,
    sboms_known,
    site_known,
    tool_versions,
    wanted,
)
from ossay.model.candidate import Part
from ossay.model.digest import Digest, Filed
from ossay.model.evidence import Evidence
from ossay.model.judgement import Judgement, Looked, PartJudged, Reaudit
from ossay.model.people import Answer, Decision, Waiver
from ossay.model.policy import PolicyPack
from ossay.model.sboms import HandedSbom
from ossay.model.sites import Site
from ossay.model.snapshot import Snapshot
from ossay.recognition import heard_by

LATEST = "*"
"""Stands for the latest release, whatever was asked for; no ref is called so."""

_HOUSE = Path(__file__).parent
"""Rooms count as code whether or not they are imported: reading yaml takes time."""


def parts_of(workshop: Workshop, candidate_id: str) -> tuple[str, ...]:
    """Return the names of a candidate's parts."""
    return tuple(p.name for p in workshop.register.candidate(candidate_id).parts)


def languages_of(workshop: Workshop, candidate_id: str) -> tuple[str, ...]:
    """Return the languages that the users of a candidate need."""
    return workshop.register.candidate(candidate_id).languages


def note_languages(workshop: Workshop, candidate_id: str, *languages: str) -> str:
    """Note which languages the users of a candidate need; return its id."""
    candidate = workshop.register.candidate(candidate_id)
    if candidate.languages != languages:
        workshop.register.file(replace(candidate, languages=languages))
    return candidate_id


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
    taken = clones.snapshot_of(workshop, part, state)
    clones.note_beginning(workshop, taken)
    snapshot = register.file(taken).digest
    register.record_step("take", inputs, code, snapshot)
    return snapshot


def note_sboms(workshop: Workshop, part: str, snapshot: str, *sboms: str) -> str:
    """Note which of the SBOMs handed in are about a part; return its snapshot."""
    register = workshop.register
    handed = [register.load(HandedSbom, Digest(digest)) for digest in sboms]
    if its := [one for one in handed if one.part == part]:
        register.file_sboms(register.load(Snapshot, Digest(snapshot)), its)
    return snapshot


def note_released(workshop: Workshop, snapshot: str, *handed: str) -> str:
    """Note which released files were handed in for a snapshot; return it."""
    register = workshop.register
    its = [Digest(digest) for digest in handed]
    register.note_released(register.load(Snapshot, Digest(snapshot)), its)
    return snapshot


def note_sites(workshop: Workshop, part: str, snapshot: str, *sites: str) -> str:
    """Note which running instance is of a part, if any; return its snapshot."""
    register = workshop.register
    for digest in map(Digest, sites):
        if register.load(Site, digest).part == part:
            register.note_site(register.load(Snapshot, Digest(snapshot)), digest)
    return snapshot


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
    if len(seen) == len(parts) and all(
        is_settled(workshop, one, candidate.languages) for one in seen
    ):
        snapshots = [codec.digest_of(one) for one in seen]
        asked = _judging(workshop, candidate_id, judged_on, ref, snapshots)
        register.record_step(*asked, judgement)
    return judgement


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
    looked_at = [register.load(Snapshot, Digest(s)) for s in snapshots]
    wants = wanted(workshop)
    inputs = [
        codec.digest_of(candidate),
        [digest_of_pack(workshop, name) for name in candidate.packs],
        codec.digest_of(register.answers_for(candidate_id), tuple[Answer, ...]),
        codec.digest_of(register.waivers_for(candidate_id), tuple[Waiver, ...]),
        judged_on,
        ref,
        heard_by(workshop),
        workshop.settings.history_versions,
        tool_versions(workshop, wants.tools),
        workshop.register.advisories.version,
        [kin_known(workshop, one) for one in looked_at],
        [sboms_known(workshop, one) for one in looked_at],
        [released_known(workshop, one) for one in looked_at],
        [site_known(workshop, one) for one in looked_at],
        *snapshots,
    ]
    rooms = [
        *(_HOUSE / room for room in ("collect", "judge", "policy")),
        *map(shipped.folder, wants.data),
    ]
    code = codec.code_digest([model, gathering, sys.modules[__name__]], folders=rooms)
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
