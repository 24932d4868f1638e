# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""VEX documents of three forms (OpenVEX, CycloneDX, CSAF), read to statements."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ossay.model.errors import OssayError
from ossay.model.vex import Speaker, Statement, Status

LARGEST_DOCUMENT = 5_000_000
MOST_STATEMENTS = 50_000
LONGEST_WHY = 500

_OPENVEX = {
    "not_affected": Status.NOT_AFFECTED,
    "affected": Status.AFFECTED,
    "fixed": Status.FIXED,
    "under_investigation": Status.UNDER_INVESTIGATION,
}
_CYCLONEDX = {
    "resolved": Status.FIXED,
    "resolved_with_pedigree": Status.FIXED,
    "exploitable": Status.AFFECTED,
    "in_triage": Status.UNDER_INVESTIGATION,
    "false_positive": Status.NOT_AFFECTED,
    "not_affected": Status.NOT_AFFECTED,
}
_CSAF = {
    "known_not_affected": Status.NOT_AFFECTED,
    "known_affected": Status.AFFECTED,
    "first_affected": Status.AFFECTED,
    "last_affected": Status.AFFECTED,
    "fixed": Status.FIXED,
    "first_fixed": Status.FIXED,
    "under_investigation": Status.UNDER_INVESTIGATION,
}


class NoVex(OssayError):
    """A document is no VEX document, or one that cannot be relied on as a whole."""


def statements(content: bytes, speaker: Speaker, where: str) -> tuple[Statement, ...]:
    """
    Return what a VEX document says, all of it.

    Raises:
        NoVex: It is none; or something in it cannot be meant, and then nothing counts.
    """
    try:
        document = json.loads(content)
        said = tuple(_said(document, speaker, where))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        msg = (
            f"cannot read {where!r} as VEX: {str(error)[:200] or type(error).__name__}"
        )
        raise NoVex(msg) from error
    if len(said) > MOST_STATEMENTS:
        msg = f"{where!r} makes more than {MOST_STATEMENTS:,} statements"
        raise NoVex(msg)
    return said


def _said(
    document: Mapping[str, Any], speaker: Speaker, where: str
) -> Iterator[Statement]:
    if "openvex" in str(document.get("@context", "")):
        told = _openvex(document)
    elif document.get("bomFormat") == "CycloneDX":
        told = _cyclonedx(document)
    elif "csaf_version" in document.get("document", {}):
        told = _csaf(document)
    else:
        msg = "it is neither OpenVEX nor CycloneDX nor CSAF"
        raise ValueError(msg)
    for status, names, product, components, why in told:
        yield Statement(
            speaker=speaker,
            status=status,
            names=tuple(dict.fromkeys(name for name in names if name)),
            product=product,
            components=tuple(components),
            why=" ".join(why.split())[:LONGEST_WHY],
            where=where,
        )


_Told = tuple[Status, list[str], str, list[str], str]


def _openvex(document: Mapping[str, Any]) -> Iterator[_Told]:
    for one in document["statements"]:
        flaw = one["vulnerability"]
        if isinstance(flaw, str):
            names = [flaw]
        else:
            known_as = str(flaw["name"])
            names = [known_as, *map(str, flaw.get("aliases") or ())]
        status = _OPENVEX[one["status"]]
        why = _joined(one.get("justification"), one.get("impact_statement"))
        for product in one.get("products") or document.get("products") or ():
            parts = [] if isinstance(product, str) else product.get("subcomponents")
            components = [_openvex_id(part) for part in parts or ()]
            yield status, names, _openvex_id(product), components, why


def _openvex_id(product: Any) -> str:
    if isinstance(product, str):
        return product
    purl = (product.get("identifiers") or {}).get("purl")
    return str(purl or product["@id"])


def _cyclonedx(document: Mapping[str, Any]) -> Iterator[_Told]:
    product = (document.get("metadata") or {}).get("component") or {}
    root = _purl(product)
    purls = {
        c["bom-ref"]: _purl(c)
        for c in document.get("components") or ()
        if "bom-ref" in c
    }
    if "bom-ref" in product:
        purls[product["bom-ref"]] = root
    for one in document.get("vulnerabilities") or ():
        analysis = one.get("analysis") or {}
        if "state" not in analysis:
            continue  # a finding, of which nobody said anything
        names = [one["id"], *(str(r["id"]) for r in one.get("references") or ())]
        status = _CYCLONEDX[analysis["state"]]
        why = _joined(analysis.get("justification"), analysis.get("detail"))
        for affected in one.get("affects") or ():
            purl = purls.get(affected["ref"]) or str(affected["ref"])
            components = [] if purl == root else [purl]
            yield status, names, root or purl, components, why


def _purl(component: Mapping[str, Any]) -> str:
    return str(component.get("purl") or "")


def _csaf(document: Mapping[str, Any]) -> Iterator[_Told]:
    tree = document.get("product_tree") or {}
    purls = dict(_csaf_products(tree))
    parts: dict[str, tuple[str, str]] = {
        r["full_product_name"]["product_id"]: (
            r["relates_to_product_reference"],
            r["product_reference"],
        )
        for r in tree.get("relationships") or ()
    }
    for one in document.get("vulnerabilities") or ():
        names = [
            str(one.get("cve") or ""),
            *(str(i["text"]) for i in one.get("ids") or ()),
        ]
        for group, products in (one.get("product_status") or {}).items():
            for known_as in products if group in _CSAF else ():
                whole, part = parts.get(known_as, (known_as, ""))
                components = [purls.get(part) or part] if part else []
                why = _csaf_why(one, known_as)
                product = purls.get(whole) or whole
                yield _CSAF[group], names, product, components, why


def _csaf_products(branch: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield ids of products, and their purls where the tree tells them."""
    for product in (*(branch.get("full_product_names") or ()), branch.get("product")):
        if product:
            helper = product.get("product_identification_helper") or {}
            yield product["product_id"], str(helper.get("purl") or "")
    for inner in branch.get("branches") or ():
        yield from _csaf_products(inner)


def _csaf_why(flaw: Mapping[str, Any], product: str) -> str:
    flags = [f.get("label") for f in flaw.get("flags") or () if _about(f, product)]
    threats = [
        t.get("details") for t in flaw.get("threats") or () if _about(t, product)
    ]
    return _joined(*flags, *threats)


def _about(said: Mapping[str, Any], product: str) -> bool:
    return product in (said.get("product_ids") or (product,))


def _joined(*texts: object) -> str:
    return ": ".join(str(text) for text in texts if text)
