# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
SBOMs that a project hands out, read without trusting them.

SPDX 2 is read as JSON, YAML and tag-value, CycloneDX as JSON and XML. Which of them a
file is, its content tells; its name tells no more than that it may be one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ossay.collect import _documents
from ossay.collect.sboms.tag_value import read_tag_value
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
        licence: As its package is said to state it, unchecked; "" as well where
            several are named and not how they go together.
    """

    purl: str
    names: tuple[str, ...]
    version: str
    licence: str = ""


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
    document = _document(path.rpartition(".")[2].casefold(), content)
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


def _document(kind: str, content: bytes) -> object:
    if kind == "json":
        return _documents.read_json(content)
    if kind in {"yaml", "yml"}:
        return _documents.read_yaml(content)
    if kind != "xml" and b"SPDXVersion:" in content:
        return read_tag_value(content)
    document = _of_xml(content) if kind == "xml" else None
    if document is None and b"spdx.org/rdf/terms" in content:
        told = _SPDX_2.search(content)
        form = f"SPDX {told[1].decode() if told else '2'}"
        raise FormNotRead(form, "SPDX is read as JSON, YAML and tag-value, not as RDF")
    return document


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
            licence=_spdx_licence(package),
        )


def _spdx_licence(package: dict[str, Any]) -> str:
    told = (_text(package.get(f"license{kind}")) for kind in ("Declared", "Concluded"))
    return next((one for one in told if one not in _UNTOLD), "")


_UNTOLD = frozenset({"", "NOASSERTION", "NONE"})


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
        purl=_text(said.get("purl")),
        names=names,
        version=_text(said.get("version")),
        licence=_cyclonedx_licence(said),
    )


def _cyclonedx_licence(said: dict[str, Any]) -> str:
    """Return the one licence of a component; how several go together is not told."""
    licences = list(dicts(said.get("licenses")))
    if len(licences) != 1:
        return ""
    named = licences[0].get("license")
    told = named.get("id") if isinstance(named, dict) else licences[0].get("expression")
    return _text(told)


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
        found["metadata"] = {_name(one): _of_child(one) for one in metadata}
    return found


def _of_element(element: "ET.Element") -> dict[str, Any]:
    """Return attributes and children of an element by name, as JSON would have it."""
    found: dict[str, Any] = dict(element.attrib)
    for child in element:
        name = _name(child)
        if name in _LISTS:
            found[name] = [_of_element(one) for one in child]
        elif name == "licenses":
            found[name] = [{_name(one): _of_child(one)} for one in child]
        else:
            found[name] = _of_child(child)
    return found


_LISTS = frozenset({"components", "externalReferences"})


def _of_child(child: "ET.Element") -> object:
    return _of_element(child) if len(child) else (child.text or "").strip()


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
