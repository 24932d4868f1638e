# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What is in a snapshot and under which licences, as an SPDX 2.3 document in JSON.

The document and its one package go through the model of `spdx-tools`. The files
do not: as objects of that model, 10,000 of them take a second to write, as plain
records a tenth of that. What is said of them rests on their table alone, so that
it is written once for as long as the table stays.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ossay import __version__
from ossay.memo.brought import Brought
from ossay.model.digest import Filed
from ossay.model.evidence import Evidence, Observation
from ossay.model.snapshot import Snapshot

if TYPE_CHECKING:
    from license_expression import Licensing
    from spdx_tools.spdx.model import CreationInfo, Package

PACKAGE = "SPDXRef-Package"

_DECLARED = "licensing.declared_licence"
_CONCLUDED = "licensing.concluded_licence"
_TAG = "refs/tags/"
_UNDECIDED = frozenset({"NONE", "NOASSERTION"})


@dataclass(frozen=True, slots=True)
class _File:
    """A row of the annex "files", as `ossay.collect.licensing` lays it down."""

    path: str
    sha1: str
    covered: str
    licences: str
    copyrights: str
    sources: str
    text: str
    whose: str = ""
    stated: str = ""
    lines: str = ""
    by: str = ""
    holders: str = ""
    concluded: str = ""
    basis: str = ""
    open: str = ""

    @property
    def id(self) -> str:
        """Its name in the document, made of its path: letters and digits alone."""
        return f"SPDXRef-File-{hashlib.sha256(self.path.encode()).hexdigest()[:24]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """
    What the head of a document has to know of its files.

    Attributes:
        licences: All that they state, one by one.
        explained: Their licences that are on no list, with what is known of those.
        texts: Texts of licences on no list, whether a file states them or not.
        verification_code: Of the package (SPDX 2.3, 7.9); "" without files.
        left_out: Paths of files without a checksum, for SPDX lists none such.
    """

    licences: tuple[str, ...]
    explained: dict[str, str]
    texts: dict[str, str]
    verification_code: str
    left_out: tuple[str, ...]


def tail(
    rows: Iterable[tuple[str, ...]], components: Sequence[tuple[str, ...]] = ()
) -> tuple[bytes, Files]:
    """
    Return the end of a document: all that it says of files and of components.

    *rows* are those of the annex "files", *components* those of "components". It
    begins within the list of packages, of which the head has the first.
    """
    files = [_File(*row) for row in rows]
    licences = _Licences({_stem(f.path): f.text for f in files if f.text})
    records = [_record(f, licences) for f in files if f.sha1]
    brought = [Brought(*row) for row in components]
    packages = [_brought(each, licences) for each in brought]
    said = {
        "files": records,
        "relationships": [*_relationships(records), *_ways(brought)],
    }
    in_files = {i for record in records for i in record.get("licenseInfoInFiles", ())}
    # All checksums in order, one after the other (SPDX 2.3, 7.9).
    sha1s = "".join(sorted(f.sha1 for f in files))
    code = hashlib.sha1(sha1s.encode(), usedforsecurity=False).hexdigest()
    about = Files(
        licences=tuple(sorted(in_files)),
        explained=licences.used,
        texts=dict(licences.texts),
        verification_code=code if sha1s else "",
        left_out=tuple(f.path for f in files if not f.sha1),
    )
    more = b"".join(b"," + _json(package) for package in packages)
    return more + b"]," + _json(said)[1:], about


def head(evidence: Filed[Evidence], files: Files, name: str) -> bytes:
    """
    Return all of the SPDX document of a snapshot but what it says of its files.

    With `tail` behind it, it is whole. *name* is what the software is called. The
    same evidence gives the same bytes: the document is as old as the commit, and
    is named after the digest of the evidence.
    """
    from spdx_tools.spdx.jsonschema.document_converter import DocumentConverter
    from spdx_tools.spdx.model import Document

    package = _package(evidence.value, files, name)
    model = Document(creation_info=_creation(evidence, name), packages=[package])
    document: dict[str, Any] = DocumentConverter().convert(model)
    licences = _Licences(files.texts, dict(files.explained))
    document["packages"][0] |= _licences_of(evidence.value, files, licences)
    document["hasExtractedLicensingInfos"] = licences.explained()
    document["packages"] = document.pop("packages")  # at the end: the tail goes on
    return _json(document)[:-2]


def _json(document: dict[str, Any]) -> bytes:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def _creation(evidence: Filed[Evidence], name: str) -> "CreationInfo":
    from spdx_tools.spdx.model import Actor, ActorType, CreationInfo

    committed_at = evidence.value.snapshot.committed_at.astimezone(UTC)
    return CreationInfo(
        spdx_version="SPDX-2.3",
        spdx_id="SPDXRef-DOCUMENT",
        name=name,
        # Where a maker of documents has no site of its own (SPDX 2.3, 6.5).
        document_namespace=f"https://spdx.org/spdxdocs/{quote(name, safe='')}-"
        f"{evidence.digest}",
        creators=[Actor(ActorType.TOOL, f"ossay-{__version__}")],
        created=committed_at.replace(tzinfo=None, microsecond=0),
        creator_comment=(
            "The date is that of the commit. Licences of files are those that their "
            "SPDX tags, REUSE annotations, texts and notices state; copyright is as "
            "tags and annotations have it, else as notices do. What is concluded for "
            "a file follows from these, or from the licence file, the package or the "
            "project around it. Where there is none, nothing is asserted."
        ),
    )


def _package(evidence: Evidence, files: Files, name: str) -> "Package":
    """Return the package without its licences, which the model would rewrite."""
    from spdx_tools.spdx.model import Package, PackageVerificationCode

    snapshot = evidence.snapshot
    code, left_out = files.verification_code, [f"./{path}" for path in files.left_out]
    return Package(
        spdx_id=PACKAGE,
        name=name,
        version=snapshot.ref.removeprefix(_TAG)
        if snapshot.ref.startswith(_TAG)
        else snapshot.commit,
        download_location=_download_location(snapshot),
        files_analyzed=bool(code),
        verification_code=PackageVerificationCode(code, left_out) if code else None,
        source_info=f"git commit {snapshot.commit}",
    )


def _download_location(snapshot: Snapshot) -> Any:
    """Return where git finds the commit (SPDX 2.3, 7.7); a local path says nothing."""
    from spdx_tools.spdx.model import SpdxNoAssertion
    from spdx_tools.spdx.validation.uri_validators import validate_download_location

    part = f"#{quote(snapshot.path)}" if snapshot.path else ""
    location = f"git+{snapshot.repository_url}@{snapshot.commit}{part}"
    if "://" not in location or validate_download_location(location):
        return SpdxNoAssertion()
    return location


def _licences_of(
    evidence: Evidence, files: Files, licences: "_Licences"
) -> dict[str, Any]:
    """Return the fields of the package that are about licences."""
    seen = (a for a in evidence.observed if isinstance(a, Observation))
    said = {a.fact: str(a.value) for a in seen}
    found: dict[str, Any] = {
        "licenseConcluded": licences.write(said.get(_CONCLUDED, "NOASSERTION")),
        "licenseDeclared": licences.write(said.get(_DECLARED, "NOASSERTION")),
        "copyrightText": "NOASSERTION",
    }
    in_files = list(files.licences)
    return found | ({"licenseInfoFromFiles": in_files} if in_files else {})


def _record(row: _File, licences: "_Licences") -> dict[str, Any]:
    """Return one file; what is left out, nothing is asserted about (8.5 to 8.8)."""
    record: dict[str, Any] = {
        "SPDXID": row.id,
        "fileName": f"./{row.path}",
        "checksums": [{"algorithm": "SHA1", "checksumValue": row.sha1}],
    }
    if said := "\n".join(filter(None, (row.licences, row.stated))):
        expressions = said.split("\n")
        found = {part for e in expressions for part in licences.parts(e)}
        record["licenseInfoInFiles"] = sorted(found)
    if row.concluded and not row.open:
        record["licenseConcluded"] = licences.write(row.concluded)
    if notices := row.copyrights or row.holders:
        record["copyrightText"] = notices
    return record


def _brought(one: "Brought", licences: "_Licences") -> dict[str, Any]:
    """Return a component as a package; its files were not looked at."""
    record = {
        "SPDXID": _component_id(one.purl),
        "name": one.name,
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "externalRefs": [
            {
                "referenceCategory": "PACKAGE-MANAGER",
                "referenceType": "purl",
                "referenceLocator": one.purl,
            }
        ],
    }
    if one.version:
        record["versionInfo"] = one.version
    if one.licence:
        record["licenseDeclared"] = licences.write(one.licence)
    return record


def _component_id(purl: str) -> str:
    return f"SPDXRef-Component-{hashlib.sha256(purl.encode()).hexdigest()[:24]}"


_NEEDED_FOR = {
    "development": "DEV_DEPENDENCY_OF",
    "build": "BUILD_DEPENDENCY_OF",
}


def _ways(brought: Sequence["Brought"]) -> Iterator[dict[str, str]]:
    """Yield what depends on what: a component on that which it brings along."""
    known = {one.purl for one in brought}
    for one in brought:
        here = _component_id(one.purl)
        by = one.path[-1] if one.path else ""
        if by in known:
            yield _relationship(_component_id(by), "DEPENDS_ON", here)
        elif one.scope in _NEEDED_FOR:
            yield _relationship(here, _NEEDED_FOR[one.scope], PACKAGE)
        else:
            yield _relationship(PACKAGE, "DEPENDS_ON", here)


def _relationships(records: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    yield _relationship("SPDXRef-DOCUMENT", "DESCRIBES", PACKAGE)
    for record in records:
        yield _relationship(PACKAGE, "CONTAINS", record["SPDXID"])


def _relationship(one: str, kind: str, other: str) -> dict[str, str]:
    return {
        "spdxElementId": one,
        "relationshipType": kind,
        "relatedSpdxElement": other,
    }


def _stem(path: str) -> str:
    """Return the licence that a text in `LICENSES/` is named for."""
    name = PurePosixPath(path)
    return name.stem if name.suffix else name.name


@dataclass(slots=True)
class _Licences:
    """
    The licence expressions of a document, written so that it explains them all.

    Attributes:
        texts: What is known of licences on no list, by `LicenseRef-`.
        used: What the document has to explain: references with their texts.
    """

    texts: Mapping[str, str]
    used: dict[str, str] = field(default_factory=dict)
    _written: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    def write(self, expression: str) -> str:
        """Return *expression* with references for what is on no list."""
        return self._known(expression)[0]

    def parts(self, expression: str) -> tuple[str, ...]:
        """Return the licences in *expression*, each with its exception."""
        return self._known(expression)[1]

    def explained(self) -> list[dict[str, str]]:
        """Return the texts of all references (SPDX 2.3, 10)."""
        return [
            {"licenseId": name, "extractedText": text}
            for name, text in sorted(self.used.items())
        ]

    def _known(self, expression: str) -> tuple[str, tuple[str, ...]]:
        if expression not in self._written:
            self._written[expression] = self._write(expression)
        return self._written[expression]

    def _write(self, expression: str) -> tuple[str, tuple[str, ...]]:
        from license_expression import ExpressionError, ExpressionParseError, Licensing

        if expression in _UNDECIDED or expression in _listed_licences():
            return expression, (expression,)
        references: dict[str, str] = {}
        written = _IDENTIFIER.sub(lambda m: _listed(m.group(), references), expression)
        try:
            _spdx().parse(written, validate=True, strict=True)
        except ExpressionParseError:
            # An exception stands for a licence, say: it is referred to as a whole.
            references.clear()
            written = _refer(expression, references)
        except ExpressionError:
            pass  # the references themselves are on no list
        self.used |= {
            name: self.texts.get(name, references[name]) for name in references
        }
        parts = sorted(map(str, Licensing().parse(written).symbols))
        return written, tuple(parts)


_IDENTIFIER = re.compile(r"[\w.+:-]+")
_OPERATORS = frozenset({"AND", "OR", "WITH"})
_NO_LETTER = re.compile(r"[^A-Za-z0-9.-]+")
_REFERENCE = "LicenseRef-"


def _listed(word: str, references: dict[str, str]) -> str:
    """
    Return *word* as it is if it is on the SPDX lists, else a reference to it.

    The library knows references that others use; a document explains its own (10.1).
    """
    if word.upper() in _OPERATORS:
        return word
    if word.startswith(_REFERENCE) or _spdx().unknown_license_keys(word):
        return _refer(word, references)
    return word


def _refer(said: str, references: dict[str, str]) -> str:
    """Return a reference to what was *said*, and put what is known of it."""
    name = said
    if not said.startswith(_REFERENCE) or _NO_LETTER.search(said):
        digest = hashlib.sha256(said.encode()).hexdigest()[:8]
        name = f"LicenseRef-unlisted-{_NO_LETTER.sub('-', said)[:60]}-{digest}"
    references[name] = f"The identifier {said!r} is used; no text of it was found."
    return name


@cache
def _listed_licences() -> frozenset[str]:
    """Return what is on the list; to parse even one needs a machine of 2,700 words."""
    symbols = _spdx().known_symbols.values()
    names = (symbol.key for symbol in symbols if not symbol.is_exception)
    return frozenset(name for name in names if not name.startswith(_REFERENCE))


@cache
def _spdx() -> "Licensing":
    from spdx_tools.common.spdx_licensing import spdx_licensing

    return spdx_licensing  # made once, in 15 ms
