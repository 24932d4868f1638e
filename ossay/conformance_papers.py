# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Drafts of a conformance report, and requests to maintainers, beside the memo."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from ossay import __version__, codec, collect, memo, model, papers, shipped
from ossay.memo.showing import Showing
from ossay.model.collector import Table
from ossay.model.digest import Digest
from ossay.model.evidence import Evidence
from ossay.model.judgement import Judgement, PartJudged

if TYPE_CHECKING:
    from ossay.engine import Workshop

OPENACR = "openacr.yaml"
DRAFT = "openacr-draft.md"
REQUEST = "accessibility-request.md"

CHECKS = ("templates", "pages", "site")
"""Collectors whose tables a draft is made of."""


def drafts(workshop: Workshop, digest: Digest) -> Iterator[tuple[str, bytes]]:
    """
    Yield for each part with an interface the draft of a report, and a request.

    Where no check looked at anything there is no draft: it would read as one without
    findings. Where there is a report that may be credited, and no check differs from
    it, there is nothing to ask.
    """
    named = workshop.register.candidate_judged(digest).name
    written = papers.once(
        workshop,
        ("write conformance drafts", [digest, named], _code()),
        lambda: dict(_drafts(workshop, digest, named)),
    )
    for name, pieces in written.items():
        yield name, b"".join(map(workshop.register.artefacts.get, pieces))


def _drafts(
    workshop: Workshop, digest: Digest, named: str
) -> Iterator[tuple[str, Sequence[Digest]]]:
    judgement = workshop.register.load(Judgement, digest)
    for part in judgement.parts:
        if part.evidence_digest is None:
            continue
        is_alone = len(judgement.parts) == 1
        name = named if is_alone else f"{named}, {part.part.name}"
        prefix = "" if is_alone else f"{part.part.name}."
        seen = part.evidence_digest
        for file, text in _texts(workshop, judgement, part, seen, name).items():
            yield f"{prefix}{file}", (workshop.register.artefacts.put(text),)


def _texts(
    workshop: Workshop, judgement: Judgement, part: PartJudged, seen: Digest, name: str
) -> Mapping[str, bytes]:
    from ossay.memo import conformance
    from ossay.memo.openacr import openacr

    evidence = workshop.register.load(Evidence, seen)
    kept = workshop.register.artefacts
    of = conformance.draft(
        Showing(judged=part, evidence=evidence, facts=collect.declared_facts()),
        name,
        [
            codec.from_json(Table, kept.get(annex.digest))
            for annex in evidence.annexes
            if annex.name in conformance.TABLES
        ],
        judgement.findings,
        judgement.judged_on,
        _tool_names(),
    )
    if of is None:
        return {}
    prepared = workshop.settings.home / "templates"
    texts = {}
    if of.is_worth_finishing:
        texts[OPENACR] = openacr(of, prepared=prepared)
        texts[DRAFT] = conformance.render_draft(of, prepared=prepared).encode()
    if of.leaves_questions:
        texts[REQUEST] = conformance.render_request(of, prepared=prepared).encode()
    return texts


def _tool_names() -> set[str]:
    """Return the names of all that the checks rest on."""
    asked = [collect.collector(name) for name in CHECKS]
    return {"ossay"}.union(*((*one.asks_tools, *one.libraries) for one in asked))


@cache
def _code() -> Digest:
    """Return the digest of all that shapes a draft beside what it is about."""
    modules = [collect, memo, model, sys.modules[__name__]]
    folders = [shipped.templates(), shipped.folder("policies/openacr")]
    code = codec.code_digest(modules, ["jinja2", "jsonschema-rs", "pyyaml"], folders)
    return codec.digest_of_bytes(codec.canonical([code, __version__]))
