# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A product file: software of several parts, wanted for something."""

from dataclasses import dataclass

from ossay.model.candidate import Part, Role, Use
from ossay.model.sites import Site
from ossay.policy.document import Node, read_document
from ossay.policy.faults import Faults
from ossay.policy.fields import Fields, read_fields

_PURPOSE = "a product file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """
    What a person says of a candidate; the rest of it is made from this.

    Attributes:
        packs: Names of policy packs; () leaves the choice to ossay.
        sboms: The part, and a file that is handed in for it, from where the product
            file is.
        languages: Those that its users need, as they stand there.
    """

    name: str
    need: str
    use: Use
    packs: tuple[str, ...]
    parts: tuple[Part, ...]
    sboms: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ()
    sites: tuple[Site, ...] = ()


def load_product(content: bytes, source_name: str) -> Product:
    """
    Return the product in *content*; raise `PolicyError` with every fault.

    Whether a source may be fetched is for `ossay.source` to say.
    """
    faults = Faults(source=source_name, purpose=_PURPOSE)
    root = read_document(content, faults)
    names = ("name", "need", "use", "packs", "languages", "parts")
    fields = read_fields(root, names, faults)
    nodes = fields.items("parts", "a list of parts")
    read = [
        _part(node, faults.within(f"part number {number}"))
        for number, node in enumerate(nodes, start=1)
    ]
    product = Product(
        name=fields.text("name"),
        need=fields.text("need", ""),
        use=fields.choice("use", Use),
        packs=fields.texts("packs", "a list of names of packs"),
        parts=tuple(one.part for one in read),
        sboms=tuple((one.part.name, name) for one in read for name in one.sboms),
        sites=tuple(one.site for one in read if one.site),
        languages=fields.texts("languages", "a list of language tags"),
    )
    _check(product, fields)
    faults.settle()
    return product


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A part, and what is handed in for it."""

    part: Part
    sboms: tuple[str, ...]
    site: Site | None


def _part(node: Node, faults: Faults) -> _Said:
    names = ("name", "role", "source", "ref", "path", "required", "sboms", "site")
    fields = read_fields(node, names, faults)
    path = fields.text("path", "").strip("/")
    if ".." in path.split("/"):
        fields.fault_at("path", f"the path {path!r}", "a folder within the repository")
    part = Part(
        name=fields.text("name"),
        source_url=fields.text("source"),
        role=fields.choice("role", Role, Role.WHOLE),
        ref=fields.text("ref", ""),
        path=path,
        required=fields.flag("required", default=True),
    )
    return _Said(
        part=part,
        sboms=fields.texts("sboms", "a list of SBOM files"),
        site=_site(fields.nodes["site"], part.name, faults)
        if "site" in fields.nodes
        else None,
    )


def _site(node: Node, part: str, faults: Faults) -> Site:
    """Return the running instance of a part; who may visit it is said with it."""
    fields = read_fields(node, ("address", "owner", "allowed_by", "until"), faults)
    return Site(
        part=part,
        address=fields.text("address"),
        owner=fields.text("owner"),
        authorised_by=fields.text("allowed_by"),
        until=fields.day("until"),
    )


def _check(product: Product, fields: Fields) -> None:
    names = [part.name for part in product.parts]
    for name in sorted({name for name in names if names.count(name) > 1}):
        fields.fault_at("parts", f"two parts named {name!r}", "each name once")
    if product.parts and not any(part.required for part in product.parts):
        found = "no part that is required"
        fields.fault_at("parts", found, "one at least, or nothing need be assessed")
