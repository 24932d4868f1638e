# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The register: everything that ossay keeps, in one folder."""

import json
import os
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from datetime import date, datetime
from pathlib import Path
from sqlite3 import Connection
from types import TracebackType
from typing import Any, TypeVar

from ossay import codec
from ossay.model.advisories import (
    Advisories,
    Advisory,
    Exploited,
    Likelihood,
    Pack,
    Package,
    PackKind,
)
from ossay.model.candidate import Candidate
from ossay.model.digest import Digest, Filed
from ossay.model.evidence import Evidence
from ossay.model.fact_pack import Fact, FactPack, Taken
from ossay.model.judgement import Judgement, Recommendation, Screening
from ossay.model.memo import Memo
from ossay.model.people import Adoption, Answer, Curation, Decision, Waiver
from ossay.model.sboms import HandedSbom
from ossay.model.snapshot import Snapshot
from ossay.model.tree import Artefacts, BlobFacts
from ossay.model.vex import Statement
from ossay.register import (
    adoptions,
    advisories,
    candidates,
    evidence,
    fact_packs,
    handed_in,
    judgements,
    packages,
    people,
    steps,
)
from ossay.register.advisories import AdvisoryTables
from ossay.register.artefacts import ArtefactFolder
from ossay.register.blob_facts import BlobFactsTable
from ossay.register.database import Database, cannot_write
from ossay.register.schema import bring_up_to_date
from ossay.register.values import NotFiled, Prepared, Values

T = TypeVar("T")


class Register:
    """
    What was asked, seen, judged and decided; a database beside a folder of files.

    Files come first and are durable before the row that names them: whatever
    moment the power fails at, every row leads to something. It may be used from
    several threads, and by several processes at once.
    """

    artefacts: Artefacts
    blob_facts: BlobFacts
    advisories: Advisories

    def __init__(self, database: Database, artefacts: ArtefactFolder) -> None:
        self._database = database
        self._values = Values(database, artefacts)
        self.artefacts = artefacts
        self.blob_facts = BlobFactsTable(database)
        self.advisories = AdvisoryTables(database)

    @classmethod
    def open(cls, home: Path) -> "Register":
        """Open the register in the folder *home*, or begin one there."""
        _require_writable(home)
        artefacts = ArtefactFolder.open(home / "artefacts")
        database = Database(home / "register.db")
        try:
            bring_up_to_date(database)
        except BaseException:
            database.close()
            raise
        return cls(database, artefacts)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> "Register":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def file(self, value: T, kind: type[T] | None = None) -> Filed[T]:
        """
        Keep *value* and the rows that find it; return it under its digest.

        What is returned is the first filing: the same value with other clock
        readings is not written again. A tuple needs its *kind*, for example
        ``tuple[Answer, ...]``. Filing evidence files its snapshot.
        """
        prepared = self._prepare(value, kind or type(value))
        if isinstance(value, Evidence):
            self._file(self._prepare(value.snapshot, Snapshot), prepared)
        else:
            self._file(prepared)
        return Filed(digest=prepared.digest, value=prepared.value)

    def load(self, kind: type[T], digest: Digest) -> T:
        """Return the value of *kind* that was filed under *digest*."""
        return self._values.load(kind, digest)

    def step_result(self, step: str, inputs: Digest, code: Digest) -> Digest | None:
        """
        Return what *step* came to with these inputs and this code.

        None if it did not run yet, or if what it came to is no longer kept.
        """
        with self._database.reading() as connection:
            came_to = steps.result(connection, step, inputs, code)
        return came_to if came_to and self._values.holds(came_to) else None

    def record_step(
        self, step: str, inputs: Digest, code: Digest, result: Digest
    ) -> None:
        """Keep what *step* came to: the digest of a filed value or an artefact."""
        if not self._values.holds(result):
            msg = f"step {step!r} came to {result}, which was not filed before"
            raise NotFiled(msg)
        with self._database.writing() as connection:
            steps.record(connection, step, inputs, code, result)

    def candidate(self, candidate_id: str) -> Candidate:
        """Return a candidate as it was last asked about."""
        return self.load(Candidate, self._request(candidate_id))

    def candidate_judged(self, judgement: Digest) -> Candidate:
        """Return what a judgement is about, as it was asked for then."""
        with self._database.reading() as connection:
            digest = judgements.request_of(connection, judgement)
        if digest is None:
            msg = f"judgement {judgement} was filed for no candidate"
            raise NotFiled(msg)
        return self.load(Candidate, digest)

    def latest_snapshot(
        self, repository_url: str, path: str = ""
    ) -> Filed[Snapshot] | None:
        """Return the state in which a repository was seen last, if it ever was."""
        with self._database.reading() as connection:
            digest = evidence.latest_snapshot(connection, repository_url, path)
        return None if digest is None else self._filed(Snapshot, digest)

    def snapshot_of(self, evidence_digest: Digest) -> Filed[Snapshot]:
        """Return the snapshot that evidence is about, without reading it all."""
        with self._database.reading() as connection:
            digest = evidence.snapshot_of(connection, evidence_digest)
        if digest is None:
            msg = f"no Evidence is filed under {evidence_digest}"
            raise NotFiled(msg)
        return self._filed(Snapshot, digest)

    def file_answers(self, candidate_id: str, answers: Iterable[Answer]) -> None:
        """Keep people's answers about a candidate; a later one replaces an earlier."""
        with self._database.writing() as connection:
            for answer in answers:
                people.enter_answer(connection, candidate_id, answer)

    def answers_for(self, candidate_id: str) -> tuple[Answer, ...]:
        """Return the last answer to each rule, by rule; some may have lapsed."""
        with self._database.reading() as connection:
            return people.answers_for(connection, candidate_id)

    def file_waivers(self, candidate_id: str, waivers: Iterable[Waiver]) -> None:
        """Keep a candidate's waivers; a later one of a rule replaces an earlier."""
        with self._database.writing() as connection:
            for waiver in waivers:
                people.enter_waiver(connection, candidate_id, waiver)

    def waivers_for(self, candidate_id: str) -> tuple[Waiver, ...]:
        """Return the last waiver of each rule, by rule; some may have lapsed."""
        with self._database.reading() as connection:
            return people.waivers_for(connection, candidate_id)

    def file_sboms(self, snapshot: Snapshot, handed: Sequence[HandedSbom]) -> None:
        """Keep the SBOMs handed in for a commit, in place of those before."""
        named = codec.canonical(sorted((one.name, one.digest) for one in handed))
        document = codec.to_json(tuple(handed), tuple[HandedSbom, ...])
        self._hand_in(snapshot, handed_in.Kind.SBOM, named, document)

    def sboms_for(self, snapshot: Snapshot) -> tuple[str, tuple[HandedSbom, ...]]:
        """
        Return the SBOMs that were handed in last, and for which commit.

        Those for the commit of *snapshot* come before those for any other.
        """
        commit, document = self._handed_in(snapshot, handed_in.Kind.SBOM)
        return commit, codec.from_json(tuple[HandedSbom, ...], document)

    def note_released(self, snapshot: Snapshot, handed: Sequence[Digest]) -> None:
        """Keep which `Released` files belong to a commit, in place of those before."""
        digests = codec.canonical(sorted(handed))
        self._hand_in(snapshot, handed_in.Kind.ARTEFACT, digests, digests)

    def released_for(self, snapshot: Snapshot) -> tuple[str, tuple[Digest, ...]]:
        """
        Return the `Released` files that were handed in last, and for which commit.

        Those for the commit of *snapshot* come before those for any other.
        """
        commit, document = self._handed_in(snapshot, handed_in.Kind.ARTEFACT)
        return commit, tuple(map(codec.as_digest, json.loads(document)))

    def note_site(self, snapshot: Snapshot, site: Digest) -> None:
        """Keep which `Site` runs the software, in place of the one before."""
        named = codec.canonical([site])
        self._hand_in(snapshot, handed_in.Kind.SITE, named, named)

    def site_for(self, snapshot: Snapshot) -> Digest | None:
        """Return the `Site` that was handed in last, for whichever commit."""
        _, document = self._handed_in(snapshot, handed_in.Kind.SITE)
        return next(map(codec.as_digest, json.loads(document)), None)

    def _hand_in(
        self, snapshot: Snapshot, kind: handed_in.Kind, named: bytes, document: bytes
    ) -> None:
        with self._database.writing() as connection:
            handed_in.enter(
                connection, snapshot, kind, named.decode(), document.decode()
            )

    def _handed_in(self, snapshot: Snapshot, kind: handed_in.Kind) -> tuple[str, bytes]:
        with self._database.reading() as connection:
            found = handed_in.known_of(connection, snapshot, kind)
        return ("", b"[]") if found is None else (found[0], found[1].encode())

    def file_curations(self, curations: Iterable[Curation]) -> None:
        """Keep what people said of passages; the last word on each one counts."""
        with self._database.writing() as connection:
            for curation in curations:
                people.enter_curation(connection, curation)

    def curations(self) -> tuple[Curation, ...]:
        """Return all that people said of passages, in that order, lapsed ones too."""
        with self._database.reading() as connection:
            return people.curations(connection)

    def facts(self, scanners: Collection[str]) -> Iterator[Fact]:
        """Yield what *scanners* said of blobs and passages, as it is now."""
        with self._database.reading() as connection:
            yield from fact_packs.facts(connection, scanners)

    def take_facts(
        self,
        filed: Filed[FactPack],
        facts: Iterable[Fact],
        curations: Iterable[Curation],
        taken_at: datetime,
    ) -> Taken:
        """Add what a fact pack holds, all of it or nothing; what is known stands."""
        with self._database.writing() as connection:
            counts = fact_packs.enter_facts(connection, facts)
            said = fact_packs.enter_curations(connection, curations)
            taken = Taken(
                digest=filed.digest,
                pack=filed.value,
                taken_at=taken_at,
                new=counts[fact_packs.NEW],
                same=counts[fact_packs.SAME],
                other=counts[fact_packs.OTHER],
                curations=said[fact_packs.NEW],
                other_curations=said[fact_packs.OTHER],
            )
            fact_packs.enter(connection, taken)
        return taken

    def fact_packs(self) -> tuple[Taken, ...]:
        """Return the fact packs that were taken in, in that order."""
        with self._database.reading() as connection:
            return fact_packs.all_taken(connection)

    def advisory_pack(self, digest: Digest) -> Pack | None:
        """Return the pack that was taken in from a file, if it ever was."""
        with self._database.reading() as connection:
            return advisories.pack_of(connection, digest)

    def take_advisories(
        self, dated: date, records: Iterable[Advisory], count: Callable[[], Pack]
    ) -> Pack:
        """
        Take in the advisories of a pack, all of them or nothing.

        *count* tells what the pack holds once all *records* were read.
        """
        with self._database.writing() as connection:
            advisories.enter(connection, dated, records)
            pack = count()
            advisories.enter_pack(connection, pack)
        return pack

    def take_exploited(self, pack: Pack, told: Iterable[Exploited]) -> None:
        """Take in what is known to be exploited, unless a newer file was before."""
        with self._database.writing() as connection:
            if _is_newest(connection, pack):
                advisories.enter_exploited(connection, told)
            advisories.enter_pack(connection, pack)

    def take_likelihoods(
        self, dated: date, told: Iterable[Likelihood], count: Callable[[], Pack]
    ) -> Pack:
        """Take in how likely flaws are to be used, unless a newer file was before."""
        with self._database.writing() as connection:
            newest = advisories.newest_of(connection, PackKind.EPSS)
            if newest is None or newest <= dated:
                advisories.enter_likelihoods(connection, told)
            else:
                for _ in told:
                    pass  # it is counted, and what is newer stands
            pack = count()
            advisories.enter_pack(connection, pack)
        return pack

    def take_statements(self, pack: Pack, said: tuple[Statement, ...]) -> None:
        """Keep what somebody said of flaws in components."""
        with self._database.writing() as connection:
            advisories.enter_pack(connection, pack, said)

    def snapshots_with(self, package: Package) -> Mapping[str, tuple[Digest, ...]]:
        """Return the snapshots that have a component, by its version there."""
        with self._database.reading() as connection:
            return packages.snapshots_with(connection, package)

    def file_judgement(
        self, candidate_id: str, judgement: Judgement
    ) -> Filed[Judgement]:
        """File *judgement* as the latest of a candidate, as last asked about."""
        request = self._request(candidate_id)
        prepared = self._prepare(judgement, Judgement)
        with self._database.writing() as connection:
            self._enter(connection, prepared)
            judgements.enter_judging(connection, candidate_id, request, prepared.digest)
        return Filed(digest=prepared.digest, value=prepared.value)

    def note_judging(self, candidate_id: str, judgement: Digest) -> None:
        """Say that a judgement filed before is a candidate's latest again."""
        request = self._request(candidate_id)
        with self._database.writing() as connection:
            judgements.enter_judging(connection, candidate_id, request, judgement)

    def latest_judgement(self, candidate_id: str) -> Filed[Judgement] | None:
        """Return the judgement that was filed last for a candidate, if any was."""
        with self._database.reading() as connection:
            digest = judgements.latest_of(connection, candidate_id)
        return None if digest is None else self._filed(Judgement, digest)

    def verdict_of(self, judgement: Digest) -> tuple[Screening, Recommendation]:
        """Return what a judgement came to, without reading all of it."""
        with self._database.reading() as connection:
            verdict = judgements.verdict_of(connection, judgement)
        if verdict is None:
            msg = f"no Judgement is filed under {judgement}"
            raise NotFiled(msg)
        return verdict

    def judgement(self, name: str) -> Filed[Judgement]:
        """Return the judgement whose digest is or begins with *name* (6 or more)."""
        with self._database.reading() as connection:
            digest = judgements.named(connection, name)
        return self._filed(Judgement, digest)

    def file_memo(self, memo: Memo) -> Filed[Memo]:
        """Keep a document. Its digest is that of its body, as people receive it."""
        artefact = self.artefacts.put(memo.body.encode())
        with self._database.writing() as connection:
            judgements.enter_memo(connection, memo, artefact)
        return Filed(digest=artefact, value=memo)

    def memos_of(self, judgement: Digest) -> tuple[Filed[Memo], ...]:
        """Return the newest document in each language and form."""
        with self._database.reading() as connection:
            found = judgements.memos_of(connection, judgement)
        return tuple(
            Filed(
                digest=memo.artefact,
                value=Memo(
                    about=judgement,
                    language=memo.language,
                    media_type=memo.media_type,
                    body=self.artefacts.get(memo.artefact).decode(),
                ),
            )
            for memo in found
        )

    def record_decision(
        self, decision: Decision, adoption: Adoption | None = None
    ) -> Filed[Decision]:
        """Keep what people decided, and what runs because of it, or neither."""
        prepared = self._prepare(decision, Decision)
        if adoption is None:
            self._file(prepared)
        else:
            self._file(prepared, self._prepare(adoption, Adoption))
        return Filed(digest=prepared.digest, value=prepared.value)

    def decision_on(self, judgement: Digest) -> Decision | None:
        """Return the decision on a judgement that was signed last, if there is one."""
        with self._database.reading() as connection:
            found = adoptions.decisions_on(connection, judgement)
        decisions = [self.load(Decision, digest) for digest in found]
        return max(decisions, key=_signed_at, default=None)

    def adoptions(self, due_on: date | None = None) -> tuple[Adoption, ...]:
        """Return what is in service, by review date; only what is due by *due_on*."""
        with self._database.reading() as connection:
            return adoptions.in_service(connection, due_on=due_on)

    def adoption_of(self, candidate_id: str) -> Adoption:
        """Return a candidate's newest adoption that is in service."""
        with self._database.reading() as connection:
            adoption = adoptions.newest_of(connection, candidate_id)
        if adoption is None:
            msg = f"candidate {candidate_id!r} is not in service anywhere"
            raise NotFiled(msg)
        return adoption

    def _request(self, candidate_id: str) -> Digest:
        with self._database.reading() as connection:
            digest = candidates.latest_request(connection, candidate_id)
        if digest is None:
            msg = f"the register knows no candidate {candidate_id!r}"
            raise NotFiled(msg)
        return digest

    def _filed(self, kind: type[T], digest: Digest) -> Filed[T]:
        return Filed(digest=digest, value=self._values.load(kind, digest))

    def _prepare(self, value: T, kind: type[T]) -> Prepared[T]:
        """Make a value's artefact, once the artefacts that it names are there."""
        if isinstance(value, Evidence):
            for annex in value.annexes:
                if not self.artefacts.has(annex.digest):
                    msg = f"annex {annex.name!r} ({annex.digest}) was not kept before"
                    raise NotFiled(msg)
        return self._values.prepare(value, kind)

    def _file(self, *all_of: Prepared[Any]) -> None:
        with self._database.writing() as connection:
            for prepared in all_of:
                self._enter(connection, prepared)

    def _enter(self, connection: Connection, prepared: Prepared[Any]) -> None:
        """Write the rows that lead to a value."""
        self._values.enter(connection, prepared)
        match prepared.value:
            case Candidate():
                candidates.enter(connection, prepared.digest, prepared.value)
            case Snapshot():
                evidence.enter_snapshot(connection, prepared.digest, prepared.value)
            case Evidence():
                evidence.enter(connection, prepared.digest, prepared.value)
                packages.enter(connection, prepared.value, self.artefacts)
            case Judgement():
                judgements.enter(connection, prepared.digest, prepared.value)
            case Decision():
                adoptions.enter_decision(connection, prepared.digest, prepared.value)
            case Adoption():
                adoptions.enter(connection, prepared.digest, prepared.value)
            case _:
                pass  # found by its digest alone


def _is_newest(connection: Connection, pack: Pack) -> bool:
    newest = advisories.newest_of(connection, pack.kind)
    return newest is None or newest <= pack.dated


def _signed_at(decision: Decision) -> tuple[datetime, ...]:
    return tuple(sorted(s.signed_at for s in decision.signatories))[-1:]


def _require_writable(home: Path) -> None:
    """Say before any work is done that its results could not be kept."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        for place in (home, home / "register.db"):
            if place.exists() and not os.access(place, os.W_OK, effective_ids=True):
                raise cannot_write(home, "it is read-only, or not yours to write")
    except OSError as error:
        why = "it is a file" if isinstance(error, FileExistsError) else error
        raise cannot_write(home, why) from error
