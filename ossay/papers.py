# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What is written about a judgement: memos and SPDX documents.

Each is written once and kept: the same judgement gives the same bytes, so an
assessment that comes to what it came to before hands out what is there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ossay import __version__, codec, collect, memo, model, shipped
from ossay.model.collector import Table
from ossay.model.digest import Digest, Filed
from ossay.model.errors import OssayError
from ossay.model.evidence import Annex, Evidence
from ossay.model.judgement import Judgement, Reaudit
from ossay.model.memo import Memo
from ossay.model.policy import PolicyPack

if TYPE_CHECKING:
    from ossay.engine import Workshop

SBOM = "sbom.spdx.json"


class DocumentNotValid(OssayError):
    """What was to be handed out is not what its standard asks for."""


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
            body = workshop.register.artefacts.get(kept[form])
        else:
            body = _render(workshop, content_of(workshop, digest), form).body.encode()
        yield f"memo{memo.FORMATS[form].suffix}", body


def memo_in(workshop: Workshop, digest: Digest, form: str) -> bytes:
    """Return the memo on a judgement in one of `memo.FORMATS`."""
    [(_, body)] = memos(workshop, digest, [form])
    return body


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
    written = _once(
        workshop,
        ("write sbom", [digest], _code_of_documents()),
        lambda: dict(_documents(workshop, digest)),
    )
    for name, artefact in written.items():
        yield name, workshop.register.artefacts.get(artefact)


def told(workshop: Workshop, reaudit_digest: Digest) -> str:
    """Return what a re-audit found, in words for a terminal."""
    register = workshop.register
    result = register.load(Reaudit, reaudit_digest)
    adoption = register.adoption_of(result.candidate_id)

    def write() -> Mapping[str, Digest]:
        text = memo.render_reaudit(
            result,
            adoption,
            content_of(workshop, result.running),
            content_of(workshop, result.offered),
            prepared=_prepared(workshop),
        )
        return {"text": register.artefacts.put(text.encode())}

    inputs = [reaudit_digest, codec.digest_of(adoption)]
    written = _once(workshop, ("tell re-audit", inputs, _code_of_memos()), write)
    return register.artefacts.get(written["text"]).decode()


def _once(
    workshop: Workshop,
    asked: tuple[str, Sequence[str], Digest],
    write: Callable[[], Mapping[str, Digest]],
) -> Mapping[str, Digest]:
    """Return what was written, by name; it is written if that was not done before."""
    register = workshop.register
    step, inputs, code = asked
    about = codec.digest_of_bytes(codec.canonical(inputs))
    listing = register.step_result(step, about, code)
    if listing is None:
        listing = register.artefacts.put(codec.canonical(write()))
        register.record_step(step, about, code, listing)
    found = json.loads(register.artefacts.get(listing))
    return cast("dict[str, Digest]", found)


def _kept(workshop: Workshop, judgement: Digest) -> Mapping[str, Digest]:
    """Return the memos on a judgement by format, written now if they are not there."""
    register = workshop.register

    def write() -> Mapping[str, Digest]:
        content = content_of(workshop, judgement)
        return {
            form: register.file_memo(_render(workshop, content, form)).digest
            for form in memo.KEPT
        }

    candidate = codec.digest_of(register.candidate_judged(judgement))
    decision = register.decision_on(judgement)
    decided = "" if decision is None else codec.digest_of(decision)
    asked = ("write memos", [judgement, candidate, decided], _code_of_memos())
    return _once(workshop, asked, write)


def _render(workshop: Workshop, content: memo.Content, form: str) -> Memo:
    return memo.render(content, form, _prepared(workshop))


def _prepared(workshop: Workshop) -> Path:
    return workshop.settings.home / "templates"


def _code_of_memos() -> Digest:
    """Return the digest of all that shapes a memo beside what it is about."""
    code = codec.code_digest([collect, memo, model], ["jinja2"], [shipped.templates()])
    return codec.digest_of_bytes(codec.canonical([code, __version__]))


def _code_of_documents() -> Digest:
    from ossay.memo import sbom

    return codec.code_digest([sbom, model], ["license-expression", "spdx-tools"])


def _documents(workshop: Workshop, digest: Digest) -> Iterator[tuple[str, Digest]]:
    judged = workshop.register.load(Judgement, digest).parts
    looked_at = [
        (part.part.name, part.evidence_digest)
        for part in judged
        if part.evidence_digest is not None
    ]
    for name, evidence in looked_at:
        if document := _document(workshop, name, evidence):
            file = SBOM if len(looked_at) == 1 else f"{name}.{SBOM}"
            yield file, workshop.register.artefacts.put(document)


def _document(workshop: Workshop, name: str, digest: Digest) -> bytes:
    """Return the SPDX document of a part; nothing where its files were not listed."""
    from ossay.memo import sbom

    register = workshop.register
    evidence = register.load(Evidence, digest)
    listed = [annex for annex in evidence.annexes if annex.name == "files"]
    if not listed:
        return b""
    rows = [
        row
        for annex in listed
        for row in codec.from_json(Table, register.artefacts.get(annex.digest)).rows
    ]
    document = sbom.sbom(Filed(digest=digest, value=evidence), rows, name)
    _require_valid(workshop, document, listed, name)
    return document


def _require_valid(
    workshop: Workshop, document: bytes, listed: Sequence[Annex], name: str
) -> None:
    """
    Raise `DocumentNotValid` unless `spdx-tools` finds nothing wrong.

    What is said of files rests on the list alone. Where a list was found right
    before, only the rest is held against the standard: 0.1 ms for a file.
    """
    from ossay.memo import sbom

    register = workshop.register
    files = codec.digest_of_bytes(codec.canonical([annex.digest for annex in listed]))
    asked = ("validate sbom", files, _code_of_documents())
    known = register.step_result(*asked) is not None
    faults = sbom.validate(sbom.without_files(document) if known else document)
    if faults:
        msg = (
            f"the SPDX document of {name!r} was not written, since it would not be "
            f"valid: {faults[0]}; please report this with the address of the software"
        )
        raise DocumentNotValid(msg)
    if not known:
        register.record_step(*asked, register.artefacts.put(b"[]"))
