# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A product file: software of several parts, wanted for something."""

from dataclasses import dataclass

from ossay.model.candidate import Part, Role, Use
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
        parts=tuple(part for part, _ in read),
        sboms=tuple((part.name, name) for part, names in read for name in names),
        languages=fields.texts("languages", "a list of language tags"),
    )
    _check(product, fields)
    faults.settle()
    return product


def _part(node: Node, faults: Faults) -> tuple[Part, tuple[str, ...]]:
    """Return a part, and the SBOMs that are handed in for it."""
    names = ("name", "role", "source", "ref", "path", "required", "sboms")
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
    return part, fields.texts("sboms", "a list of SBOM files")


def _check(product: Product, fields: Fields) -> None:
    names = [part.name for part in product.parts]
    for name in sorted({name for name in names if names.count(name) > 1}):
        fields.fault_at("parts", f"two parts named {name!r}", "each name once")
    if product.parts and not any(part.required for part in product.parts):
        found = "no part that is required"
        fields.fault_at("parts", found, "one at least, or nothing need be assessed")
