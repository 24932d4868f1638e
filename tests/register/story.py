# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Work for the register, to be killed and run again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from ossay.codec import digest_of, digest_of_bytes
from ossay.model.digest import Digest
from ossay.model.evidence import Evidence
from ossay.model.judgement import Judgement
from ossay.register import Register
from tests.register import values

CODE = digest_of_bytes(b"the code of the steps")

JUDGEMENT = values.judgement()
DECISION = values.decision(digest_of(JUDGEMENT))
ADOPTION = values.adoption(DECISION)


def live_through(home: str) -> dict[str, str]:
    """Look, judge, write and decide; return every digest that came of it."""
    now = datetime.now(UTC)
    with Register.open(Path(home)) as register:
        candidate = register.file(values.CANDIDATE)
        register.file_answers(values.CANDIDATE.id, (values.ANSWER,))
        register.file_waivers(values.CANDIDATE.id, (values.WAIVER,))
        snapshot = register.file(values.snapshot(taken_at=now))

        def gather() -> Digest:
            with ThreadPoolExecutor(4) as pool:
                list(pool.map(scan, ("licences", "links", "tests", "texts")))
            register.artefacts.put(values.TABLE)
            return register.file(values.evidence(collected_at=now)).digest

        def scan(scanner: str) -> None:
            oids = [digest_of_bytes(bytes([n]))[:40] for n in range(20)]
            found = register.blob_facts.known(scanner, CODE, oids)
            new = {oid: b"[]" for oid in oids if oid not in found}
            register.blob_facts.keep(scanner, CODE, new)

        def judge() -> Digest:
            assert register.load(Evidence, evidence).annexes
            return register.file_judgement(values.CANDIDATE.id, JUDGEMENT).digest

        evidence = _step(register, "gather", snapshot.digest, gather)
        pack = register.file(values.PACK)
        judgement = _step(register, "judge", evidence, judge)
        assert register.load(Judgement, judgement).findings
        memo = register.file_memo(values.memo(judgement))
        decision = register.record_decision(DECISION, ADOPTION)
        return {
            "candidate": candidate.digest,
            "snapshot": snapshot.digest,
            "evidence": evidence,
            "pack": pack.digest,
            "judgement": judgement,
            "memo": memo.digest,
            "decision": decision.digest,
        }


def decide(home: str) -> dict[str, str]:
    """Do each thing that is made durable once: a table, a value, a decision."""
    with Register.open(Path(home)) as register:
        register.file(values.CANDIDATE)
        register.artefacts.put(values.TABLE)
        judgement = register.file_judgement(values.CANDIDATE.id, JUDGEMENT)
        decision = register.record_decision(DECISION, ADOPTION)
        register.record_step("decide", judgement.digest, CODE, decision.digest)
        return {"judgement": judgement.digest, "decision": decision.digest}


def _step(
    register: Register, name: str, inputs: Digest, work: Callable[[], Digest]
) -> Digest:
    if known := register.step_result(name, inputs, CODE):
        return known
    result = work()
    register.record_step(name, inputs, CODE, result)
    return result
