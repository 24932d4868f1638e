# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""As much of DER (X.690) as signatures in CMS need, read strictly."""

from collections.abc import Iterator
from dataclasses import dataclass

SEQUENCE, SET, OCTETS, INTEGER, OID = 0x30, 0x31, 0x04, 0x02, 0x06


class NotDer(ValueError):
    """What should be an element is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """
    One element.

    Attributes:
        whole: With its tag and length, as it stands.
    """

    tag: int
    content: bytes
    whole: bytes

    def inside(self) -> list["Element"]:
        """Return the elements that it is made of."""
        return list(elements(self.content))


def elements(content: bytes) -> Iterator[Element]:
    """Yield the elements that *content* is made of, one after the other."""
    at = 0
    while at < len(content):
        element = _element(content, at)
        yield element
        at += len(element.whole)


def only(content: bytes, tag: int) -> Element:
    """Return the one element that *content* begins with; what follows is left."""
    element = _element(content, 0)
    if element.tag != tag:
        msg = f"expected an element {tag:#x}, found {element.tag:#x}"
        raise NotDer(msg)
    return element


def _element(content: bytes, at: int) -> Element:
    head = content[at : at + 6]
    if len(head) < 2 or head[0] & 0x1F == 0x1F:
        msg = "an element is cut short, or has a tag that is not read"
        raise NotDer(msg)
    size, begins = head[1], at + 2
    if size == 0x80 or size > 0x84:
        msg = "an element has no definite length"
        raise NotDer(msg)
    if size > 0x80:
        octets = size & 0x7F
        if len(head) < 2 + octets:
            msg = "an element is cut short"
            raise NotDer(msg)
        size, begins = int.from_bytes(head[2 : 2 + octets]), at + 2 + octets
    if begins + size > len(content):
        msg = "an element is cut short"
        raise NotDer(msg)
    return Element(
        tag=head[0],
        content=content[begins : begins + size],
        whole=content[at : begins + size],
    )


def oid_of(element: Element) -> str:
    """Return an object identifier as numbers with dots between them."""
    if element.tag != OID or not element.content or element.content[-1] & 0x80:
        msg = "expected an object identifier"
        raise NotDer(msg)
    first = min(element.content[0] // 40, 2)
    numbers, value = [first, element.content[0] - 40 * first], 0
    for octet in element.content[1:]:
        value = value << 7 | octet & 0x7F
        if not octet & 0x80:
            numbers.append(value)
            value = 0
    return ".".join(map(str, numbers))
