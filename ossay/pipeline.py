# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The assessment, the re-audit and the adoption: written once, on any Engine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ossay import (
    clones,
    codec,
    collect,
    gathering,
    judge,
    papers,
    source,
    steps,
)
from ossay.engine import Engine, Workshop
from ossay.model.candidate import Candidate, Part, Use
from ossay.model.digest import Digest
from ossay.model.errors import OssayError
from ossay.model.judgement import Judgement, Recommendation
from ossay.model.people import (
    Adoption,
    Answer,
    Curation,
    Decision,
    DecisionOutcome,
    Signatory,
    Waiver,
)
from ossay.model.policy import PolicyPack
from ossay.model.snapshot import Snapshot
from ossay.model.tree import Tree
from ossay.recognition import Recognition, recognise_files

DEFAULT_PACKS = ("baseline",)

FIT = frozenset({Recommendation.ADOPT, Recommendation.ADOPT_WITH_CONDITIONS})
"""Recommendations that a decision to adopt follows."""


_ADDRESS = re.compile(r"[A-Za-z0-9+.@_-]+:")
"""How an address begins, ``host:path`` and ``ext::`` included."""


class NoSuchFolder(OssayError):
    """What was given is neither an address nor a folder."""

    status = 3


class LocalPathRefused(OssayError):
    """Somebody elsewhere asked for a folder of this machine."""

    status = 2


class WhichPart(OssayError):
    """A released file was handed in for a product of several parts."""

    status = 2


class AgainstAdvice(OssayError):
    """A decision goes further than the recommendation, and nobody said it may."""

    status = 2


def candidate_of(
    parts: Sequence[Part],
    *,
    workshop: Workshop,
    name: str = "",
    need: str = "",
    use: Use | None = None,
    packs: Sequence[str] = DEFAULT_PACKS,
    requested_by: str = "",
    languages: Sequence[str] = (),
) -> Candidate:
    """Name a candidate; the same name and parts always get the same id."""
    called = name or parts[0].name
    identity = codec.digest_of_bytes(
        codec.canonical([called, [codec.plain(part) for part in parts]])
    )
    slug = re.sub(r"[^a-z0-9]+", "-", called.lower()).strip("-")[:40] or "candidate"
    return Candidate(
        id=f"{slug}-{identity[:10]}",
        name=called,
        parts=tuple(parts),
        need=need,
        use=use,
        packs=tuple(packs),
        requested_by=requested_by,
        requested_at=workshop.clock(),
        languages=tuple(languages),
    )


def part_given(given: str, ref: str) -> Part:
    """Return the part that an address or a folder of this machine stands for."""
    if _ADDRESS.match(given):
        return Part(name=source.name_of(given), source_url=given, ref=ref)
    folder = _folder(given)
    return Part(name=source.name_of_folder(folder), source_url=str(folder), ref=ref)


def _folder(given: str) -> Path:
    path = Path(given)
    try:
        if path.is_dir():
            return path.resolve()
    except PermissionError:
        return path.absolute()  # opening it says what it is that we may not read
    msg = (
        f"cannot assess {given!r}: there is no such folder, and it is no address; "
        "give a folder that is there, or an address that begins with https://"
    )
    raise NoSuchFolder(msg)


def packs_given(workshop: Workshop, names: Sequence[str]) -> tuple[str, ...]:
    """Return how a candidate refers to packs: shipped by name, files by digest."""
    return tuple(
        _filed_pack(workshop, Path(name)) if name.endswith((".yaml", ".yml")) else name
        for name in names
    )


def _filed_pack(workshop: Workshop, path: Path) -> Digest:
    from ossay import policy

    pack = policy.load_pack_file(path, collect.declared_facts())
    return workshop.register.file(pack).digest


def enter(
    workshop: Workshop,
    candidate: Candidate,
    answers: Sequence[Answer] = (),
    waivers: Sequence[Waiver] = (),
) -> str:
    """Put a candidate and what people said of it on the register; return its id."""
    for part in candidate.parts:
        if clones.is_local(part.source_url) and not workshop.settings.local_paths:
            msg = (
                f"cannot assess the folder {part.source_url!r}: folders of this "
                "machine are read from the command line only; give an https address"
            )
            raise LocalPathRefused(msg)
    _check(workshop, candidate.packs, answers, waivers)
    register = workshop.register
    register.file(candidate)
    if answers:
        register.file_answers(candidate.id, answers)
    concerned = {candidate.id, candidate.name}
    if granted := [w for w in waivers if w.scope in concerned]:
        register.file_waivers(candidate.id, granted)
    return candidate.id


def _check(
    workshop: Workshop,
    names: Sequence[str],
    answers: Sequence[Answer],
    waivers: Sequence[Waiver],
) -> None:
    """Refuse packs that are not there or do not fit, and answers to no rule."""
    digests = [steps.digest_of_pack(workshop, name) for name in names]
    if len(digests) > 1 or answers or waivers:
        from ossay import policy

        packs = [workshop.register.load(PolicyPack, digest) for digest in digests]
        policy.check_together(packs)
        policy.check_people(packs, answers, waivers)


def assess(
    candidate_id: str,
    engine: Engine,
    judged_on: date,
    *,
    sboms: Sequence[str] = (),
    artefacts: Sequence[str] = (),
    languages: Sequence[str] = (),
    sites: Sequence[str] = (),
) -> Digest:
    """
    Assess a candidate that was entered; return the digest of the judgement.

    *sboms*, *artefacts* and *sites* are digests of what is handed in with it now
    (`handing_in`); released files are of its only part. *languages* are those that
    its users need; where none are named, those that were named before.
    """
    if languages:
        engine.step(steps.note_languages, candidate_id, *languages)
    judgement = look(
        candidate_id, engine, judged_on, sboms=sboms, artefacts=artefacts, sites=sites
    )
    engine.progress(0.9, "writing the memo")
    engine.step(papers.write_memos, judgement)
    engine.progress(1.0, "done")
    return judgement


def look(
    candidate_id: str,
    engine: Engine,
    judged_on: date,
    ref: str = "",
    *,
    sboms: Sequence[str] = (),
    artefacts: Sequence[str] = (),
    sites: Sequence[str] = (),
) -> Digest:
    """
    Look at a candidate, at *ref* where given, and judge it.

    A part that cannot be fetched is named and leaves gaps, unless no part can:
    then there is nothing to assess, and the first error stands.
    """
    on = judged_on.isoformat()
    parts = engine.step(steps.parts_of, candidate_id)
    if artefacts and len(parts) > 1:
        msg = (
            "cannot tell of which part the files were released that were handed in: "
            f"there are {len(parts)}; assess that part by its own address"
        )
        raise WhichPart(msg)
    taken: dict[str, str] = {}
    errors: dict[str, OssayError] = {}
    for number, name in enumerate(parts):
        engine.progress(0.4 * number / len(parts), f"fetching {name}")
        try:
            taken[name] = engine.step(steps.take, candidate_id, name, ref)
        except OssayError as error:
            errors[name] = error
    if not taken:
        raise errors[parts[0]]
    for name, snapshot in taken.items() if sboms else ():
        engine.step(steps.note_sboms, name, snapshot, *sboms)
    for name, snapshot in taken.items() if sites else ():
        engine.step(steps.note_sites, name, snapshot, *sites)
    if artefacts:
        engine.step(steps.note_released, taken[parts[0]], *artefacts)
    if not errors:
        same = (candidate_id, on, ref, *taken.values())
        if known := engine.step(steps.judged_before, *same):
            return Digest(known)
    languages = engine.step(steps.languages_of, candidate_id)
    looked: list[str] = []
    for number, name in enumerate(parts):
        engine.progress(0.4 + 0.4 * number / len(parts), f"reading {name}")
        if name in errors:
            missing = (candidate_id, name, ref, str(errors[name]))
            looked.append(engine.step(steps.note_missing, *missing))
            continue
        snapshot = taken[name]
        gathered = engine.fan_out(
            gathering.gather, tuple(collect.collectors()), snapshot, *languages
        )
        evidence = engine.step(gathering.assemble, snapshot, *gathered)
        found = (candidate_id, name, ref, evidence)
        looked.append(engine.step(steps.note_looked, *found))
    engine.progress(0.85, "judging")
    return Digest(engine.step(steps.judge_parts, candidate_id, on, ref, *looked))


def licences(workshop: Workshop, part: Part, engine: Engine) -> Recognition:
    """Return what each file of a repository states of its licence."""
    candidate = enter(workshop, candidate_of([part], workshop=workshop))
    engine.progress(0.0, f"fetching {part.name}")
    snapshot = engine.step(steps.take, candidate, part.name, "")
    engine.progress(0.3, f"reading {part.name}")
    return recognise_files(workshop, snapshot)


def tree_of(workshop: Workshop, part: Part, engine: Engine) -> tuple[Snapshot, Tree]:
    """Return the snapshot that a part stands for now, and the files of its commit."""
    candidate = enter(workshop, candidate_of([part], workshop=workshop))
    engine.progress(0.0, f"fetching {part.name}")
    taken = engine.step(steps.take, candidate, part.name, "")
    snapshot = workshop.register.load(Snapshot, Digest(taken))
    repository = clones.opened(workshop, snapshot.repository_url)
    memory = workshop.register.blob_facts
    return snapshot, source.tree_of(repository, snapshot, memory)


def curate(workshop: Workshop, said: Curation) -> tuple[Curation, Curation | None]:
    """
    Keep what a person says that a passage states, or that it is withdrawn.

    Return it as it is kept, and what held until now; None if nothing did.
    """
    from ossay.collect.licensing import curations

    asked = curations.checked(said)
    today = asked.curated_at.date()
    held = curations.in_force(workshop.register.curations(), today).get(asked.key)
    if asked.expression == curations.WITHDRAWN and held is None:
        msg = (
            f"cannot withdraw what was said of passage {asked.key}: nothing holds; "
            "'ossay curations list' shows what does"
        )
        raise curations.CurationRefused(msg)
    workshop.register.file_curations([asked])
    return asked, held


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """What was put into service; see `Adoption` for the meaning of the fields."""

    deployed: str
    where: str
    since: date
    local_changes: str


def adopt(
    workshop: Workshop,
    judgement_digest: Digest,
    deployment: Deployment,
    *,
    signatory: Signatory,
    because: str,
    conditions: Sequence[str],
    review_on: date,
    against_recommendation: bool,
) -> Adoption:
    """
    Record that people decided to adopt, and what runs because of it.

    Who follows an advice with conditions and names none accepts those of the memo.
    """
    judgement = workshop.register.load(Judgement, judgement_digest)
    advised = judgement.recommendation
    if advised not in FIT and not against_recommendation:
        msg = (
            f"cannot record the adoption: the recommendation is {advised.value!r}; "
            "say --against-recommendation if people decided so all the same"
        )
        raise AgainstAdvice(msg)
    if advised is Recommendation.ADOPT_WITH_CONDITIONS and not against_recommendation:
        conditions = conditions or _conditions_of(judgement)
    decision = Decision(
        judgement_digest=judgement_digest,
        outcome=DecisionOutcome.ADOPT_WITH_CONDITIONS
        if conditions
        else DecisionOutcome.ADOPT,
        conditions=tuple(conditions),
        rationale=because,
        signatories=(signatory,),
        against_recommendation=advised not in FIT
        or (advised is Recommendation.ADOPT_WITH_CONDITIONS and not conditions),
        review_on=review_on,
    )
    adoption = Adoption(
        candidate_id=workshop.register.candidate_judged(judgement_digest).id,
        decision=codec.digest_of(decision),
        deployed=deployment.deployed,
        where=deployment.where,
        since=deployment.since,
        local_changes=deployment.local_changes,
        review_on=review_on,
    )
    workshop.register.record_decision(decision, adoption)
    return adoption


def _conditions_of(judgement: Judgement) -> tuple[str, ...]:
    return tuple(
        f"{finding.rule.id}: {finding.rule.title}"
        for finding in judge.conditions(judgement.findings)
    )


def reaudit(candidate_id: str, engine: Engine, audited_on: date) -> Digest:
    """
    Look again at software in service; return the digest of the `Reaudit`.

    What runs and what is on offer are judged anew; what was seen of an unchanged
    repository is not looked at again. Memos are written when they are asked for.
    """
    engine.progress(0.0, "reading what is in service")
    deployed = engine.step(steps.deployed_of, candidate_id)
    running = look(candidate_id, engine, audited_on, deployed)
    offered = look(candidate_id, engine, audited_on, steps.LATEST)
    result = engine.step(steps.compare, candidate_id, running, offered)
    engine.progress(1.0, "done")
    return Digest(result)


def selections(workshop: Workshop, packs: Sequence[str]) -> tuple[str, ...]:
    """File the rules of *packs* that a job without history can judge."""
    held = (steps.pack_of(workshop, name).value for name in packs)
    return tuple(workshop.register.file(_selection(pack)).digest for pack in held)


def _selection(pack: PolicyPack) -> PolicyPack:
    return replace(
        pack,
        title=f"{pack.title} (rules over the tree)",
        rules=tuple(rule for rule in pack.rules if rule.id in pack.ci),
    )


def due(workshop: Workshop, on: date | None) -> tuple[str, ...]:
    """Return the ids of adopted candidates, those due for review *on* a day first."""
    adoptions = workshop.register.adoptions(on)
    return tuple(dict.fromkeys(a.candidate_id for a in adoptions))


def check_examples(pack: PolicyPack) -> None:
    """Judge the examples that *pack* brings; raise `PolicyError` where one differs."""
    from ossay import policy

    policy.check_examples(pack, judge.outcome)
