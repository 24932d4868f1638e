# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
SBOMs that a project hands out, read without trusting them.

SPDX 2 is read as JSON and YAML, CycloneDX as JSON and XML. Which of them a file is,
its content tells; its name tells no more than that it may be one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ossay.collect import _documents
from ossay.model.errors import OssayError

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

_NAME = re.compile(
    r"(?i)(?:^|[-_.])(?:s?bom|cyclonedx|spdx|cdx)(?:[-_.][^/]{0,80})?"
    r"\.(?:json|xml|ya?ml|rdf|spdx)$|\.spdx$"
)

_NO_SOFTWARE = frozenset({"file", "data", "cryptographic-asset"})
"""Types of what CycloneDX calls components, of which none is software of others."""

_SPDX_2 = re.compile(rb"SPDX-(2\.\d)\b")
_SPDX_3 = re.compile(rb'"specVersion"\s*:\s*"(3\.\d(?:\.\d)?)"')

_ABOUT = "SPDXRef-DOCUMENT"


class FormNotRead(OssayError):
    """
    An SBOM in a form, or of a version, that is not read here.

    Attributes:
        form: As `Sbom` has it.
    """

    def __init__(self, form: str, why: str) -> None:
        super().__init__(why)
        self.form = form


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """
    A component as an SBOM lists it; fields are "" where it does not tell them.

    Attributes:
        names: All that it may be called: with and without what stands before.
    """

    purl: str
    names: tuple[str, ...]
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sbom:
    """
    One SBOM.

    Attributes:
        form: Its standard and that one's version ("SPDX 2.3").
        listed: Its components, without the software that it is about.
        document: All of it, as plain values; CycloneDX out of XML as JSON has it.
    """

    path: str
    form: str
    listed: tuple[Listed, ...]
    document: dict[str, Any]

    @property
    def is_spdx(self) -> bool:
        """Whether its document is one of SPDX; else it is one of CycloneDX."""
        return self.form.startswith("SPDX")


def may_be_sbom(path: str) -> bool:
    """Tell whether a file is called as SBOMs are."""
    return _NAME.search(path.rpartition("/")[2]) is not None


def read(path: str, content: bytes) -> Sbom | None:
    """
    Return the SBOM in a file; None where it holds something else.

    Raises:
        DocumentUnreadable: It is not what its name promises.
        FormNotRead: It is an SBOM, of a kind that is not read.
    """
    document = _document(path, content)
    if not isinstance(document, dict):
        return None
    inner = document.get("sbom")  # GitHub hands its own out wrapped
    document = inner if isinstance(inner, dict) else document
    version = str(document.get("spdxVersion", ""))
    if version.startswith("SPDX-2."):
        form, listed = version.replace("-", " ", 1), _packages(document)
    elif document.get("bomFormat") == "CycloneDX":
        form = f"CycloneDX {document.get('specVersion', '')}".strip()
        listed = map(_component, _components(document))
    elif "spdx.org/rdf/3" in str(document.get("@context", "")):
        told = _SPDX_3.search(content)
        form = f"SPDX {told[1].decode() if told else '3'}"
        raise FormNotRead(form, "SPDX 3 is not read")
    else:
        return None
    return Sbom(path=path, form=form[:40], listed=tuple(listed), document=document)


def _document(path: str, content: bytes) -> object:
    kind = path.rpartition(".")[2].casefold()
    if kind == "json":
        return _documents.read_json(content)
    if kind in {"yaml", "yml"}:
        return _documents.read_yaml(content)
    if kind == "xml":
        return _of_xml(content)
    if b"SPDXVersion:" in content or b"spdx.org/rdf/terms" in content:
        told = _SPDX_2.search(content)
        form = f"SPDX {told[1].decode() if told else '2'}"
        raise FormNotRead(form, "SPDX is read as JSON and YAML alone")
    return None


def _packages(document: dict[str, Any]) -> Iterator[Listed]:
    about = described(document)
    for package in dicts(document.get("packages")):
        if about and package.get("SPDXID") == about:
            continue
        purls = (
            _text(reference.get("referenceLocator"))
            for reference in dicts(package.get("externalRefs"))
            if reference.get("referenceType") == "purl"
        )
        yield Listed(
            purl=next(purls, ""),
            names=(_text(package.get("name")),),
            version=_text(package.get("versionInfo")),
        )


def described(document: dict[str, Any]) -> str:
    """Return the id of the package that an SPDX document is about; "" if unclear."""
    listed = document.get("documentDescribes")
    found = {_text(one) for one in listed} if isinstance(listed, list) else set()
    for relation in dicts(document.get("relationships")):
        one = _text(relation.get("spdxElementId"))
        other = _text(relation.get("relatedSpdxElement"))
        kind = relation.get("relationshipType")
        if kind == "DESCRIBES" and one == _ABOUT:
            found.add(other)
        if kind == "DESCRIBED_BY" and other == _ABOUT:
            found.add(one)
    return found.pop() if len(found) == 1 else ""


def _components(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield components, and those that are assembled in them."""
    for component in dicts(document.get("components")):
        if _text(component.get("type")) not in _NO_SOFTWARE:
            yield component
        yield from _components(component)


def components_and_whole(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what a CycloneDX document is about, if it says, and its components."""
    metadata = document.get("metadata")
    about = metadata.get("component") if isinstance(metadata, dict) else None
    yield from dicts([about])
    yield from _components(document)


def _component(said: dict[str, Any]) -> Listed:
    name, group = _text(said.get("name")), _text(said.get("group"))
    names = (name, f"{group}/{name}", f"{group}:{name}") if group else (name,)
    return Listed(
        purl=_text(said.get("purl")), names=names, version=_text(said.get("version"))
    )


def dicts(said: object) -> Iterator[dict[str, Any]]:
    """Yield the entries of a list that are objects; none where it is no list."""
    if isinstance(said, list):
        yield from (one for one in said if isinstance(one, dict))


def _text(said: object) -> str:
    return said if isinstance(said, str) else ""


def _of_xml(content: bytes) -> dict[str, Any] | None:
    """Return what matters of a CycloneDX document in XML, as it would be in JSON."""
    root = _documents.read_xml(content)
    space, _, name = root.tag.removeprefix("{").rpartition("}")
    if name != "bom" or "cyclonedx.org/schema/bom/" not in space:
        return None
    found: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": space.rpartition("/")[2],
        "components": _children_of(root, "components", _of_element),
        "dependencies": _children_of(root, "dependencies", _of_dependency),
    }
    metadata = _child(root, "metadata")
    if metadata is not None:
        found["metadata"] = {
            _name(one): _of_element(one) if len(one) else (one.text or "").strip()
            for one in metadata
        }
    return found


def _of_element(element: "ET.Element") -> dict[str, Any]:
    """Return attributes and children of an element by name, its components as list."""
    found: dict[str, Any] = dict(element.attrib)
    for child in element:
        if _name(child) == "components":
            found["components"] = [_of_element(one) for one in child]
        else:
            text = (child.text or "").strip()
            found[_name(child)] = _of_element(child) if len(child) else text
    return found


def _of_dependency(element: "ET.Element") -> dict[str, Any]:
    needs = [child.get("ref", "") for child in element]
    return {"ref": element.get("ref", ""), "dependsOn": needs}


def _children_of(root: "ET.Element", name: str, of: Any) -> list[dict[str, Any]]:
    found = _child(root, name)
    return [] if found is None else [of(one) for one in found]


def _child(root: "ET.Element", name: str) -> "ET.Element | None":
    return next((one for one in root if _name(one) == name), None)


def _name(element: "ET.Element") -> str:
    return element.tag.rpartition("}")[2]
