# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A snapshot as an SPDX 2.3 document: one package, and a record for every file."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC
from typing import TYPE_CHECKING, Any

from ossay.model.digest import Filed
from ossay.model.evidence import Evidence, Observation

if TYPE_CHECKING:
    from spdx_tools.spdx.model import Document

NAMESPACE = "urn:ossay:evidence:"
"""Document namespaces are names, not addresses (SPDX 2.3, 6.5)."""

NOASSERTION = "NOASSERTION"
NONE = "NONE"
ROOT = "SPDXRef-Package"

_REFERENCE = re.compile(r"LicenseRef-[A-Za-z0-9.-]+")


def sbom(evidence: Filed[Evidence], rows: Sequence[Sequence[str]], name: str) -> bytes:
    """
    Return the document, the same bytes for the same evidence.

    *rows* are those of the annex "files": path, SHA-1, whether REUSE covers the
    file, licences and copyright notices by line. A file without SHA-1 could not be
    read and has no record: the standard demands one (SPDX 2.3, 8.4). The document
    and its package are spdx-tools' model; file records are written by us, for its
    writer takes six seconds for 50,000 of them.
    """
    files = [row for row in rows if row[1]]
    document = _head(evidence, files, name)
    document["files"] = list(_files(files))
    document["packages"][0]["hasFiles"] = [f["SPDXID"] for f in document["files"]]
    return (
        json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        + "\n"
    ).encode()


def validate(content: bytes) -> tuple[str, ...]:
    """
    Return what spdx-tools finds wrong with a document; nothing if it is valid.

    spdx-tools 0.8.5 builds the list of all ids anew for every id it looks up,
    which is quadratic (spdx/tools-python#818). Within this call the list is made
    once, with a set behind it; the document cannot change meanwhile.
    """
    from spdx_tools.spdx.parser.error import SPDXParsingError
    from spdx_tools.spdx.parser.jsonlikedict.json_like_dict_parser import (
        JsonLikeDictParser,
    )
    from spdx_tools.spdx.validation.document_validator import (
        validate_full_spdx_document,
    )

    try:
        document = JsonLikeDictParser().parse(json.loads(content))
    except SPDXParsingError as error:
        return tuple(error.get_messages())
    with _ids_listed_once(document):
        found = validate_full_spdx_document(document, "SPDX-2.3")
    return tuple(message.validation_message for message in found)


def _head(
    evidence: Filed[Evidence], files: Sequence[Sequence[str]], name: str
) -> dict[str, Any]:
    from spdx_tools.spdx.jsonschema.document_converter import DocumentConverter
    from spdx_tools.spdx.model import (
        Actor,
        ActorType,
        CreationInfo,
        Document,
        ExtractedLicensingInfo,
        Package,
        PackageVerificationCode,
        Relationship,
        RelationshipType,
        SpdxNoAssertion,
    )

    snapshot = evidence.value.snapshot
    ossay = next(t for t in evidence.value.tools if t.name == "ossay")
    package = Package(
        spdx_id=ROOT,
        name=name,
        version=snapshot.ref.removeprefix("refs/tags/") or snapshot.commit,
        download_location=_location(evidence.value),
        files_analyzed=True,
        verification_code=PackageVerificationCode(value=_verification_code(files)),
        license_concluded=_expression(
            _text(evidence.value, "licensing.concluded_licence")
        ),
        license_declared=_expression(
            _text(evidence.value, "licensing.declared_licence")
        ),
        copyright_text=SpdxNoAssertion(),
        comment="Made from source, before any build; what a build adds is missing.",
    )
    info = CreationInfo(
        spdx_version="SPDX-2.3",
        spdx_id="SPDXRef-DOCUMENT",
        name=name,
        document_namespace=f"{NAMESPACE}{evidence.digest}",
        creators=[Actor(ActorType.TOOL, f"ossay-{ossay.version}")],
        created=snapshot.committed_at.astimezone(UTC).replace(
            tzinfo=None, microsecond=0
        ),
        creator_comment=f"Evidence {evidence.digest}",
    )
    describes = Relationship("SPDXRef-DOCUMENT", RelationshipType.DESCRIBES, ROOT)
    references = [
        ExtractedLicensingInfo(license_id=r, extracted_text=NOASSERTION, license_name=r)
        for r in _references(files, package)
    ]
    document = Document(
        creation_info=info,
        packages=[package],
        relationships=[describes],
        extracted_licensing_info=references,
    )
    written: dict[str, Any] = json.loads(
        json.dumps(DocumentConverter().convert(document), default=str)
    )
    return written


def _files(files: Iterable[Sequence[str]]) -> Iterator[dict[str, Any]]:
    for path, sha1, _covered, licences, copyrights, *_ in files:
        said = [line for line in licences.split("\n") if line]
        yield {
            "SPDXID": f"SPDXRef-File-{hashlib.sha256(path.encode()).hexdigest()[:32]}",
            "checksums": [{"algorithm": "SHA1", "checksumValue": sha1}],
            "copyrightText": _printable(copyrights) or NOASSERTION,
            "fileName": f"./{_printable(path)}",
            "licenseConcluded": _joined(said) or NOASSERTION,
            "licenseInfoInFiles": _symbols(said) or [NOASSERTION],
        }


def _joined(expressions: Sequence[str]) -> str:
    if len(expressions) == 1:
        return expressions[0]
    return " AND ".join(f"({e})" if " OR " in e else e for e in expressions)


def _symbols(expressions: Iterable[str]) -> list[str]:
    """Return the licences an expression speaks of, without operators (8.6)."""
    words = (
        word
        for expression in expressions
        for word in re.split(r"[()\s]+", re.sub(r"\sWITH\s+\S+", "", expression))
        if word and word not in {"AND", "OR"}
    )
    return sorted(dict.fromkeys(words))


def _printable(text: str) -> str:
    """Take out what no JSON reader of documents has to cope with."""
    return "".join(c for c in text if c.isprintable() or c == "\n")


def _verification_code(files: Iterable[Sequence[str]]) -> str:
    """Return SHA-1 over the sorted SHA-1 values of all files (SPDX 2.3, 7.9)."""
    sums = "".join(sorted(row[1] for row in files))
    return hashlib.sha1(sums.encode(), usedforsecurity=False).hexdigest()


def _location(evidence: Evidence) -> Any:
    from spdx_tools.spdx.model import SpdxNoAssertion

    url = evidence.snapshot.repository_url
    if url.startswith(("https://", "ssh://")):
        return f"git+{url}@{evidence.snapshot.commit}"
    return SpdxNoAssertion()


def _text(evidence: Evidence, fact: str) -> str:
    for answer in evidence.observed:
        if answer.fact == fact and isinstance(answer, Observation):
            return str(answer.value)
    return NOASSERTION


def _expression(text: str) -> Any:
    from license_expression import get_spdx_licensing
    from spdx_tools.spdx.model import SpdxNoAssertion, SpdxNone

    match text:
        case "NOASSERTION":
            return SpdxNoAssertion()
        case "NONE":
            return SpdxNone()
        case _:
            return get_spdx_licensing().parse(text)


def _references(files: Iterable[Sequence[str]], package: Any) -> list[str]:
    """Return the licences that the SPDX list does not have; they must be declared."""
    texts = {row[3] for row in files}
    texts |= {str(package.license_concluded), str(package.license_declared)}
    return sorted({ref for text in texts for ref in _REFERENCE.findall(text)})


_LISTING = "get_contained_spdx_element_ids"


class _Ids(list[str]):
    """All ids of a document, with a set behind ``in``."""

    def __init__(self, ids: Iterable[str]) -> None:
        super().__init__(ids)
        self._known = frozenset(self)

    def __contains__(self, spdx_id: object) -> bool:
        return spdx_id in self._known


@contextmanager
def _ids_listed_once(document: Document) -> Iterator[None]:
    """Let spdx-tools answer questions for ids of *document* from one list."""
    from spdx_tools.spdx import document_utils
    from spdx_tools.spdx.validation import spdx_id_validators as validators

    ids = _Ids(document_utils.get_contained_spdx_element_ids(document))
    everything = _Ids([document.creation_info.spdx_id, *ids])
    files = _Ids(file.spdx_id for file in document.files)
    ours: list[tuple[Any, str, Any]] = [
        (module, _LISTING, lambda _document: ids) for module in _listing(document_utils)
    ]
    ours += [
        (validators, "get_list_of_all_spdx_ids", lambda _document: everything),
        (validators, "is_spdx_id_present_in_document", lambda i, _: i in everything),
        (validators, "is_spdx_id_present_in_files", lambda i, _: i in files),
    ]
    theirs = [(module, name, getattr(module, name)) for module, name, _ in ours]
    try:
        for module, name, function in ours:
            setattr(module, name, function)
        yield
    finally:
        for module, name, function in theirs:
            setattr(module, name, function)


def _listing(home: Any) -> list[Any]:
    """Return the modules of spdx-tools that imported the function by name."""
    original = getattr(home, _LISTING)
    return [
        module
        for name, module in list(sys.modules.items())
        if name.startswith("spdx_tools") and getattr(module, _LISTING, None) is original
    ]
