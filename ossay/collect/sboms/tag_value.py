# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""SPDX 2 in its oldest form, lines of "Tag: value", read as its JSON has it."""

import re
from collections.abc import Iterator
from typing import Any

from ossay.collect._documents import LARGEST_BYTES, DocumentUnreadable

_TAG = re.compile(r"\s*([A-Za-z][A-Za-z0-9]{0,60}):[ \t]*(.*)", re.DOTALL)
_BEGIN, _END = "<text>", "</text>"

_DOCUMENT = {
    "SPDXVersion": "spdxVersion",
    "DataLicense": "dataLicense",
    "DocumentName": "name",
    "DocumentNamespace": "documentNamespace",
    "SPDXID": "SPDXID",
}
_PACKAGE = {
    "PackageName": "name",
    "SPDXID": "SPDXID",
    "PackageVersion": "versionInfo",
    "PackageSupplier": "supplier",
    "PackageDownloadLocation": "downloadLocation",
    "PackageLicenseDeclared": "licenseDeclared",
    "PackageLicenseConcluded": "licenseConcluded",
}
_RELATIONSHIP = ("spdxElementId", "relationshipType", "relatedSpdxElement")
_REFERENCE = ("referenceCategory", "referenceType", "referenceLocator")
_OTHER_SECTIONS = frozenset({"FileName", "SnippetSPDXID", "LicenseID"})
"""Tags with which something begins that is no package."""


def read_tag_value(content: bytes) -> dict[str, Any]:
    """
    Return what matters of a document; tags that nobody asks for are passed over.

    Raises:
        DocumentUnreadable: It is no such document, or says one thing twice.
    """
    text = _text(content)
    creation: dict[str, Any] = {"creators": []}
    found: dict[str, Any] = {
        "creationInfo": creation,
        "packages": [],
        "relationships": [],
    }
    about: dict[str, Any] | None = found
    known = _DOCUMENT
    for number, tag, value in _pairs(text):
        if tag == "PackageName":
            about, known = {"externalRefs": []}, _PACKAGE
            found["packages"].append(about)
        elif tag in _OTHER_SECTIONS:
            about = None
        match tag:
            case "Creator":
                creation["creators"].append(value)
            case "Created":
                _say(creation, "created", value, number)
            case "Relationship":
                found["relationships"].append(_relationship(value, number))
            case "ExternalRef" if about is not None and about is not found:
                about["externalRefs"].append(_reference(value, number))
            case _ if about is not None and tag in known:
                _say(about, known[tag], value, number)
    return found


def _text(content: bytes) -> str:
    if len(content) > LARGEST_BYTES:
        msg = f"it has {len(content):,} bytes; {LARGEST_BYTES:,} at most are read"
        raise DocumentUnreadable(msg)
    try:
        return content.decode("utf-8-sig")
    except ValueError as error:
        raise DocumentUnreadable("it is no UTF-8") from error


def _pairs(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the line, tag and value of each; a text may go on for many lines."""
    lines = enumerate(text.split("\n"), start=1)
    for number, line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _TAG.fullmatch(line)
        if found is None:
            msg = f"line {number} is neither a tag with its value nor a comment"
            raise DocumentUnreadable(msg)
        tag, value = found[1], found[2].strip()
        if value.startswith(_BEGIN):
            pieces = [value.removeprefix(_BEGIN)]
            while _END not in pieces[-1]:
                _, more = next(lines, (0, None))
                if more is None:
                    msg = f"the text that begins in line {number} has no end"
                    raise DocumentUnreadable(msg)
                pieces.append(more)
            value = "\n".join(pieces).partition(_END)[0].strip()
        yield number, tag, value


def _say(about: dict[str, Any], key: str, value: str, number: int) -> None:
    if key in about:
        msg = f"line {number} says again what was said before ({key})"
        raise DocumentUnreadable(msg)
    about[key] = value


def _three(
    words: list[str], keys: tuple[str, str, str], number: int, what: str
) -> dict[str, str]:
    if len(words) != len(keys):
        msg = f"line {number} is no {what}"
        raise DocumentUnreadable(msg)
    return dict(zip(keys, words, strict=True))


def _relationship(value: str, number: int) -> dict[str, str]:
    what = "relationship of one element to another"
    return _three(value.split(), _RELATIONSHIP, number, what)


def _reference(value: str, number: int) -> dict[str, str]:
    what = "reference with a category, a type and a place"
    return _three(value.split(maxsplit=2), _REFERENCE, number, what)
