# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What an SBOM tells at least: the elements that NTIA asks for (2021).

Of SPDX, `ntia-conformance-checker` tells. It does not read CycloneDX; of that the
same seven elements are looked for here, under the names that it gives them.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from ossay.collect.sboms.reading import Sbom, components_and_whole, dicts
from ossay.model.errors import OssayError

MOST = 20_000
"""Packages and relationships of one SPDX document; more are not checked."""

_IDENTIFIERS = ("purl", "cpe", "swid", "omniborId", "swhid")
_SUPPLIERS = ("supplier", "manufacturer", "publisher")
_AUTHORS = ("authors", "tools", "manufacturer", "manufacture", "supplier")


class NotChecked(OssayError):
    """An SBOM could not be held against what NTIA asks for."""


def lacking(sbom: Sbom) -> tuple[str, ...]:
    """
    Return what *sbom* lacks of the elements, each in a few words; nothing if none.

    Raises:
        NotChecked: It is too long, or not what its standard asks for.
    """
    found = _in_spdx(sbom) if sbom.is_spdx else _in_cyclonedx(sbom.document)
    return tuple(found)


def _in_cyclonedx(document: dict[str, Any]) -> Iterator[str]:
    metadata = document.get("metadata")
    about = metadata if isinstance(metadata, dict) else {}
    components = list(components_and_whole(document))
    needs = dicts(document.get("dependencies"))
    if not components:
        yield "components"
    yield from _counted(
        {
            "name": [c for c in components if not c.get("name")],
            "version": [c for c in components if not c.get("version")],
            "identifier": [
                c for c in components if not any(c.get(i) for i in _IDENTIFIERS)
            ],
            "supplier": [
                c for c in components if not any(c.get(s) for s in _SUPPLIERS)
            ],
        }.items()
    )
    if not any(about.get(each) for each in _AUTHORS):
        yield "who made it"
    if not about.get("timestamp"):
        yield "when it was made"
    if not any(one.get("dependsOn") or one.get("provides") for one in needs):
        yield "what depends on what"


def _in_spdx(sbom: Sbom) -> Iterator[str]:
    # It takes 0.3 s to import, and most repositories hold no SBOM.
    from ntia_conformance_checker.graph_utils import analyze_graph_connectivity
    from ntia_conformance_checker.ntia_checker import NTIAChecker
    from spdx_tools.spdx.model.document import Document

    parsed = _parsed(sbom)

    class Checker(NTIAChecker):
        """The checker, given what was read, which writes no log of its own."""

        def parse_file(self) -> Document:
            return parsed

        def _evaluate_graph_connectivity(self) -> None:
            reachable, floating, _, _ = analyze_graph_connectivity("spdx2", self.doc)
            self.reachable_component_ids = reachable
            self.floating_component_ids = floating
            self.components_evaluated = bool(reachable)

    checked = Checker(sbom.path, validate=False)
    if not checked.components_evaluated:
        yield "components that it is about"
    yield from _counted(
        {
            "name": checked.components_without_names,
            "version": checked.components_without_versions,
            "identifier": checked.components_without_identifiers,
            "supplier": checked.components_without_suppliers,
        }.items()
    )
    if not checked.doc_author:
        yield "who made it"
    if not checked.doc_timestamp:
        yield "when it was made"
    if not checked.dependency_relationships:
        yield "what depends on what"


def _counted(found: Iterable[tuple[str, list[Any]]]) -> Iterator[str]:
    for element, without in found:
        if without:
            yield f"the {element} of {len(without)}"


def _parsed(sbom: Sbom) -> Any:
    """Return *sbom* as `spdx-tools` has it, of its fields those that are asked for."""
    from spdx_tools.spdx.parser.error import SPDXParsingError
    from spdx_tools.spdx.parser.jsonlikedict.json_like_dict_parser import (
        JsonLikeDictParser,
    )

    asked = _asked_for(sbom.document)
    if len(asked["packages"]) + len(asked["relationships"]) > MOST:
        msg = f"it lists more than {MOST:,} packages and relationships"
        raise NotChecked(msg)
    try:
        return JsonLikeDictParser().parse(asked)
    except SPDXParsingError as error:
        first = " ".join(str(error.get_messages()[0]).split())[:200]
        msg = f"it is not as its standard asks: {first}"
        raise NotChecked(msg) from error


def _asked_for(document: dict[str, Any]) -> dict[str, Any]:
    """
    Return the document without what NTIA does not ask for.

    Licences and files can be without end, and take most of the time.
    """
    creation = document.get("creationInfo")
    creation = creation if isinstance(creation, dict) else {}
    packages = [
        {"downloadLocation": "NOASSERTION", "filesAnalyzed": False}
        | _texts(package, ("SPDXID", "name", "versionInfo", "supplier"))
        for package in dicts(document.get("packages"))
    ]
    known = {package.get("SPDXID") for package in packages} | {"SPDXRef-DOCUMENT"}
    relations = (
        _texts(one, ("spdxElementId", "relationshipType", "relatedSpdxElement"))
        for one in dicts(document.get("relationships"))
    )
    heads = ("spdxVersion", "SPDXID", "name", "dataLicense", "documentNamespace")
    creators = _strings(creation.get("creators"))
    about = _strings(document.get("documentDescribes"))
    return _texts(document, heads) | {
        "creationInfo": _texts(creation, ("created",)) | {"creators": creators},
        "packages": packages,
        "documentDescribes": [one for one in about if one in known],
        "relationships": [
            one
            for one in relations
            if {one.get("spdxElementId"), one.get("relatedSpdxElement")} <= known
        ],
    }


def _strings(said: object) -> list[str]:
    found = said if isinstance(said, list) else []
    return [one for one in found if isinstance(one, str)]


def _texts(said: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: said[name] for name in names if isinstance(said.get(name), str)}
