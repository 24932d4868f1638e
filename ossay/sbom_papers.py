# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The SBOMs that are handed out: SPDX and CycloneDX documents of what was seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ossay import codec, model, papers
from ossay.model.collector import Table
from ossay.model.digest import Digest, Filed
from ossay.model.errors import OssayError
from ossay.model.evidence import Evidence

if TYPE_CHECKING:
    from ossay.engine import Workshop

SBOM = "sbom.spdx.json"
CYCLONEDX = "sbom.cdx.json"


class DocumentNotValid(OssayError):
    """What was to be handed out is not what its standard asks for."""


def documents(workshop: Workshop, digest: Digest) -> Iterator[tuple[str, bytes]]:
    """
    Yield an SPDX document for each part whose files were listed, with a file name.

    Where the licences could not be looked at there is no list, and no document: one
    without files would read as a part without files. Where components were listed,
    they are in it, and in a CycloneDX document. They tell what was seen: who judges
    that anew gets the same ones.
    """
    seen = papers.looked_at(workshop, digest)
    written = papers.once(
        workshop,
        ("write sbom", [*seen, *seen.values()], _code_of_documents()),
        lambda: dict(_documents(workshop, seen)),
    )
    for name, pieces in written.items():
        yield name, b"".join(map(workshop.register.artefacts.get, pieces))


def _documents(
    workshop: Workshop, seen: Mapping[str, Digest]
) -> Iterator[tuple[str, Sequence[Digest]]]:
    for name, evidence in seen.items():
        prefix = "" if len(seen) == 1 else f"{name}."
        if pieces := _document(workshop, name, evidence):
            yield f"{prefix}{SBOM}", pieces
        if pieces := _cyclonedx(workshop, name, evidence):
            yield f"{prefix}{CYCLONEDX}", pieces


def _cyclonedx(workshop: Workshop, name: str, digest: Digest) -> Sequence[Digest]:
    """Return the CycloneDX document of a part; nothing where nothing was listed."""
    from ossay.memo import cyclonedx

    artefacts = workshop.register.artefacts
    evidence = workshop.register.load(Evidence, digest)
    listed = [a.digest for a in evidence.annexes if a.name == "components"]
    if not listed:
        return ()
    rows = [
        row
        for table in listed
        for row in codec.from_json(Table, artefacts.get(table)).rows
    ]
    filed = Filed(digest=digest, value=evidence)
    return (artefacts.put(cyclonedx.document(filed, rows, name)),)


def _document(workshop: Workshop, name: str, digest: Digest) -> Sequence[Digest]:
    """Return the SPDX document of a part; nothing where its files were not listed."""
    from ossay.memo import sbom

    artefacts = workshop.register.artefacts
    evidence = workshop.register.load(Evidence, digest)
    listed = [annex.digest for annex in evidence.annexes if annex.name in _IN_DOCUMENTS]
    if not any(annex.name == "files" for annex in evidence.annexes):
        return ()
    tail, about = _tail(workshop, listed)
    files = codec.from_json(sbom.Files, artefacts.get(about))
    head = sbom.head(Filed(digest=digest, value=evidence), files, name)
    _require_valid(workshop, head, tail, name)
    return artefacts.put(head), tail


_IN_DOCUMENTS = ("files", "components")
"""Tables that an SPDX document is made of."""


def _tail(workshop: Workshop, listed: Sequence[Digest]) -> Sequence[Digest]:
    """Return what a document says of the files *listed*, and what its head needs."""
    from ossay.memo import sbom

    artefacts = workshop.register.artefacts

    def write() -> Mapping[str, Sequence[Digest]]:
        tables = [codec.from_json(Table, artefacts.get(digest)) for digest in listed]
        rows = {
            name: [row for table in tables if table.name == name for row in table.rows]
            for name in _IN_DOCUMENTS
        }
        tail, files = sbom.tail(rows["files"], rows["components"])
        return {"files": [artefacts.put(tail), artefacts.put(codec.to_json(files))]}

    asked = ("list files for sbom", listed, _code_of_documents())
    return papers.once(workshop, asked, write)["files"]


def _require_valid(workshop: Workshop, head: bytes, tail: Digest, name: str) -> None:
    """
    Raise `DocumentNotValid` unless `spdx-tools` finds nothing wrong.

    Where the same end of a document was found right before, only the rest is held
    against the standard: the end takes 0.1 ms for a file.
    """
    from ossay.memo import sbom, sbom_checking

    register = workshop.register
    asked = ("validate sbom", tail, _code_of_documents())
    known = register.step_result(*asked) is not None
    end = sbom.tail(())[0] if known else register.artefacts.get(tail)
    faults = sbom_checking.validate(head + end)
    if faults:
        msg = (
            f"the SPDX document of {name!r} was not written, since it would not be "
            f"valid: {faults[0]}; please report this with the address of the software"
        )
        raise DocumentNotValid(msg)
    if not known:
        register.record_step(*asked, register.artefacts.put(b"[]"))


def _code_of_documents() -> Digest:
    from ossay.memo import brought, cyclonedx, sbom, sbom_checking

    libraries = ["license-expression", "spdx-tools"]
    modules = [brought, cyclonedx, sbom, sbom_checking, model]
    return codec.code_digest(modules, libraries)
