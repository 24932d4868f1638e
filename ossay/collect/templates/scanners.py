# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What one file shows, once per content, whatever its name."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

from ossay.codec import code_digest
from ossay.collect.templates import (
    attributes,
    checks,
    elements,
    markup,
    masking,
    names,
    reading,
    rules,
)
from ossay.collect.templates.checks import CHECKS
from ossay.collect.templates.markup import read_markup
from ossay.collect.templates.reading import Page
from ossay.collect.templates.rules import Found
from ossay.model import accessibility
from ossay.model.tree import Scanner

LARGEST_BYTES = 1_000_000
"""Larger files are bundles and data, and not written by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """
    What a file showed.

    Attributes:
        elements: How many elements of HTML it has.
        components: How many it has that HTML does not know.
    """

    elements: int
    components: int
    found: tuple[Found, ...]


def decoded(content: bytes) -> str:
    """Return the text of a file, whose encoding a mark at its beginning may tell."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8-sig", "replace")


def check_markup(content: bytes) -> Checked:
    """Check markup as HTML writes it."""
    source = decoded(content)
    page = Page(source, CHECKS)
    read_markup(source, page)
    return _checked(page)


def _checked(page: Page) -> Checked:
    found = page.finish()
    return Checked(
        elements=page.elements - page.components,
        components=page.components,
        found=found,
    )


def _scanner(name: str, scan: Callable[[bytes], Checked]) -> Scanner[Checked]:
    return Scanner(
        name=f"templates.{name}",
        version=code_digest(
            [
                *(attributes, checks, elements, markup, masking, names, reading),
                *(rules, accessibility, sys.modules[__name__]),
            ]
        ),
        kind=Checked,
        scan=scan,
        largest_bytes=LARGEST_BYTES,
    )


SCAN_MARKUP = _scanner("markup", check_markup)
