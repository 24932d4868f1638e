# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What is written about a judgement: memos, tables and drafts of letters.

Each is written once and kept: the same judgement gives the same bytes, so an
assessment that comes to what it came to before hands out what is there.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ossay import __version__, codec, collect, memo, model, shipped
from ossay.memo.access import sittings
from ossay.memo.showing import Showing
from ossay.model.collector import Table
from ossay.model.digest import Digest, Filed
from ossay.model.evidence import Evidence
from ossay.model.judgement import Judgement, PartJudged, Reaudit
from ossay.model.memo import Memo
from ossay.model.policy import PolicyPack

if TYPE_CHECKING:
    from ossay.engine import Workshop
    from ossay.register import Register


def write_memos(workshop: Workshop, judgement_digest: str) -> str:
    """Write the memo in each format that is kept; return the judgement's digest."""
    _kept(workshop, Digest(judgement_digest))
    return judgement_digest


def memos(
    workshop: Workshop, digest: Digest, formats: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the memo on a judgement in each of *formats*, with a file name."""
    kept = _kept(workshop, digest) if set(formats) & set(memo.KEPT) else {}
    for form in formats:
        if form in kept:
            body = b"".join(map(workshop.register.artefacts.get, kept[form]))
        else:
            body = _render(workshop, content_of(workshop, digest), form).body.encode()
        yield f"memo{memo.FORMATS[form].suffix}", body


def memo_in(workshop: Workshop, digest: Digest, form: str) -> bytes:
    """Return the memo on a judgement in one of `memo.FORMATS`."""
    [(_, body)] = memos(workshop, digest, [form])
    return body


def public_memo(workshop: Workshop, digest: Digest, form: str) -> str:
    """Return the memo on a judgement as it may stand where anybody can read it."""
    content = content_of(workshop, digest, public=True)
    return _render(workshop, content, form).body


def content_of(
    workshop: Workshop, digest: Digest, *, public: bool = False
) -> memo.Content:
    """Return what a memo about a judgement says; a *public* one, to everybody."""
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
        {
            part.part.name: _tables_of(register, evidence[part.evidence_digest])
            for part in judgement.parts
            if part.evidence_digest is not None
        },
        public=public,
    )


def _tables_of(register: Register, evidence: Evidence) -> dict[str, Table]:
    return {
        annex.name: codec.from_json(Table, register.artefacts.get(annex.digest))
        for annex in evidence.annexes
        if annex.name in memo.SHOWN and annex.rows
    }


TESTS = "tests.html"


def sheets(workshop: Workshop, digest: Digest) -> Iterator[tuple[str, bytes]]:
    """Yield the tests that people still have to make, with a file name, if any."""
    register = workshop.register

    def write() -> Mapping[str, Sequence[Digest]]:
        content = content_of(workshop, digest)
        if not sittings(content.results):
            return {}
        text = memo.render_tests(content, prepared=_prepared(workshop))
        return {TESTS: [register.artefacts.put(text.encode())]}

    candidate = codec.digest_of(register.candidate_judged(digest))
    asked = ("write tests", [digest, candidate], _code_of_memos())
    for name, pieces in once(workshop, asked, write).items():
        yield name, b"".join(map(register.artefacts.get, pieces))


HANDED_OUT = (
    *("components", "artefact-components", "relicensings", "vulnerabilities"),
    *("template-checks", "rendered-pages", "site-pages", "catalogues"),
)
"""Tables of the evidence that are handed out beside the memo."""


def tables(workshop: Workshop, digest: Digest) -> Iterator[tuple[str, bytes]]:
    """Yield the long tables of each part as CSV, with a file name."""
    from ossay.memo import tables

    parts = looked_at(workshop, digest)
    code = codec.code_digest([tables, model, sys.modules[__name__]])
    written = once(
        workshop,
        ("write tables", [*parts, *parts.values()], code),
        lambda: dict(_tables(workshop, parts)),
    )
    for name, pieces in written.items():
        yield name, b"".join(map(workshop.register.artefacts.get, pieces))


def _tables(
    workshop: Workshop, parts: Mapping[str, Digest]
) -> Iterator[tuple[str, Sequence[Digest]]]:
    for name, seen in parts.items():
        evidence = workshop.register.load(Evidence, seen)
        prefix = "" if len(parts) == 1 else f"{name}."
        for annex in evidence.annexes:
            if annex.name in HANDED_OUT and annex.rows:
                yield f"{prefix}{annex.name}.csv", _csv(workshop, annex.digest)


CONFIDENTIAL = "confidential-report.md"

_ALL_IN_PUBLIC = frozenset({"files", *HANDED_OUT})
"""Long tables in which nothing is that only some may be told of."""


def confidential_reports(
    workshop: Workshop, digest: Digest
) -> Iterator[tuple[str, bytes]]:
    """
    Yield the draft of a report to each part's security contact, with a file name.

    There is one where something was seen that not everybody may be told of. It is
    for the eyes of an officer and of that contact: who writes it out sees to it
    that nobody else can read it.
    """
    written = once(
        workshop,
        ("write confidential reports", [digest], _code_of_memos()),
        lambda: dict(_confidential_reports(workshop, digest)),
    )
    for name, pieces in written.items():
        yield name, b"".join(map(workshop.register.artefacts.get, pieces))


def _confidential_reports(
    workshop: Workshop, digest: Digest
) -> Iterator[tuple[str, Sequence[Digest]]]:
    parts = workshop.register.load(Judgement, digest).parts
    for part in parts:
        if part.evidence_digest is None:
            continue
        prefix = "" if len(parts) == 1 else f"{part.part.name}."
        if pieces := _confidential_report(workshop, part, part.evidence_digest):
            yield f"{prefix}{CONFIDENTIAL}", pieces


def _confidential_report(
    workshop: Workshop, part: PartJudged, seen: Digest
) -> Sequence[Digest]:
    artefacts = workshop.register.artefacts

    def write() -> Mapping[str, Sequence[Digest]]:
        from ossay.memo.confidential import confidential, render_confidential

        evidence = workshop.register.load(Evidence, seen)
        facts = collect.declared_facts()
        letter = confidential(
            Showing(judged=part, evidence=evidence, facts=facts),
            [
                codec.from_json(Table, artefacts.get(annex.digest))
                for annex in evidence.annexes
                if annex.name not in _ALL_IN_PUBLIC
            ],
        )
        if not letter.concerns:
            return {"text": []}
        text = render_confidential(letter, prepared=_prepared(workshop))
        return {"text": [artefacts.put(text.encode())]}

    inputs = [seen, codec.digest_of(part)]
    asked = ("write confidential report", inputs, _code_of_memos())
    return once(workshop, asked, write)["text"]


def _csv(workshop: Workshop, digest: Digest) -> Sequence[Digest]:
    from ossay.memo import tables

    artefacts = workshop.register.artefacts

    def write() -> Mapping[str, Sequence[Digest]]:
        table = codec.from_json(Table, artefacts.get(digest))
        return {"csv": [artefacts.put(tables.csv_of(table))]}

    code = codec.code_digest([tables])
    return once(workshop, ("write csv", [digest], code), write)["csv"]


def told(workshop: Workshop, reaudit_digest: Digest) -> str:
    """Return what a re-audit found, in words for a terminal."""
    register = workshop.register
    result = register.load(Reaudit, reaudit_digest)
    adoption = register.adoption_of(result.candidate_id)

    def write() -> Mapping[str, Sequence[Digest]]:
        text = memo.render_reaudit(
            result,
            adoption,
            content_of(workshop, result.running),
            content_of(workshop, result.offered),
            prepared=_prepared(workshop),
        )
        return {"text": [register.artefacts.put(text.encode())]}

    inputs = [reaudit_digest, codec.digest_of(adoption)]
    written = once(workshop, ("tell re-audit", inputs, _code_of_memos()), write)
    [text] = written["text"]
    return register.artefacts.get(text).decode()


def once(
    workshop: Workshop,
    asked: tuple[str, Sequence[str], Digest],
    write: Callable[[], Mapping[str, Sequence[Digest]]],
) -> Mapping[str, Sequence[Digest]]:
    """
    Return what was written, by name: the artefacts that make it up, in order.

    It is written if that was not done before.
    """
    register = workshop.register
    step, inputs, code = asked
    about = codec.digest_of_bytes(codec.canonical(inputs))
    listing = register.step_result(step, about, code)
    if listing is None:
        listing = register.artefacts.put(codec.canonical(write()))
        register.record_step(step, about, code, listing)
    found = json.loads(register.artefacts.get(listing))
    return cast("dict[str, list[Digest]]", found)


def _kept(workshop: Workshop, judgement: Digest) -> Mapping[str, Sequence[Digest]]:
    """Return the memos on a judgement by format, written now if they are not there."""
    register = workshop.register

    def write() -> Mapping[str, Sequence[Digest]]:
        content = content_of(workshop, judgement)
        return {
            form: [register.file_memo(_render(workshop, content, form)).digest]
            for form in memo.KEPT
        }

    candidate = codec.digest_of(register.candidate_judged(judgement))
    decision = register.decision_on(judgement)
    decided = "" if decision is None else codec.digest_of(decision)
    asked = ("write memos", [judgement, candidate, decided], _code_of_memos())
    return once(workshop, asked, write)


def _render(workshop: Workshop, content: memo.Content, form: str) -> Memo:
    return memo.render(content, form, _prepared(workshop))


def _prepared(workshop: Workshop) -> Path:
    return workshop.settings.home / "templates"


def _code_of_memos() -> Digest:
    """Return the digest of all that shapes a memo beside what it is about."""
    code = codec.code_digest([collect, memo, model], ["jinja2"], [shipped.templates()])
    return codec.digest_of_bytes(codec.canonical([code, __version__]))


def looked_at(workshop: Workshop, digest: Digest) -> dict[str, Digest]:
    """
    Return the evidence on each part of a judgement that could be looked at.

    It is kept by itself: a judgement is long, and takes a while to read.
    """

    def look() -> Mapping[str, Sequence[Digest]]:
        return {
            part.part.name: [part.evidence_digest]
            for part in workshop.register.load(Judgement, digest).parts
            if part.evidence_digest is not None
        }

    code = codec.code_digest([model, sys.modules[__name__]])
    found = once(workshop, ("list evidence", [digest], code), look)
    return {name: evidence for name, [evidence] in found.items()}
