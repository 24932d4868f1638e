# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Roles, headings and tables."""

from ossay.collect.templates.elements import Content, Element
from ossay.collect.templates.names import ROLES
from ossay.collect.templates.reading import Page
from ossay.collect.templates.rules import fails_unless
from ossay.model.accessibility import Verdict


def check_role(page: Page, element: Element) -> None:
    """Ask whether ARIA knows one of the roles; the first that it knows counts."""
    role = element.text("role")
    if not role or not element.name:
        return
    names = role.lower().split()
    if any(name in ROLES or name.startswith("doc-") for name in names):
        return
    page.report("aria-role", element.at, Verdict.FAILS, role)


def check_heading(page: Page, heading: Element) -> None:
    """Point to a level that is left out; parts of a page may fill in for it."""
    if heading.is_hidden or heading.has("role"):
        return
    level = int(heading.name[1])
    if page.heading and level > page.heading + 1:
        seen = f"h{level} after h{page.heading}"
        page.report("heading-order", heading.at, Verdict.MAYBE, seen)
    page.heading = level


def note_header(page: Page, cell: Element) -> None:  # noqa: ARG001
    """Take note of a cell that heads a row or a column."""
    if cell.name == "th" or cell.has("scope") or "header" in cell.text("role"):
        _note(cell, "headed")
    elif cell.content is Content.UNKNOWN:
        _note(cell, "unsure")
    _note(cell, "celled")


def note_part(page: Page, part: Element) -> None:  # noqa: ARG001
    """Take note of what only tables of data have."""
    _note(part, "of-data")


def note_code(page: Page, part: Element) -> None:  # noqa: ARG001
    """Take note of code right among rows or cells, which may make some."""
    if part.has_text:
        _note(part, "custom-rows")


def check_table(page: Page, table: Element) -> None:
    """Ask a table for cells that head its rows or columns; one of layout has none."""
    if table.has("headed") or table.is_hidden or not table.has("celled"):
        return
    if table.attributes.get("role", "") in {None, "presentation", "none"}:
        return
    is_of_data = table.has("of-data") or table.may_say("summary")
    is_of_data = is_of_data and not table.has("unsure")
    is_filled = table.has_text or table.has("custom-rows")
    is_sure = is_of_data and not table.is_open and not is_filled
    page.report("table-headers", table.at, fails_unless(not is_sure))


def note_component(component: Element) -> None:
    """Take note of a component among rows or cells, which may make some."""
    if component.parent and component.parent.name in _ROWS:
        _note(component, "custom-rows")


def _note(part: Element, what: str) -> None:
    if part.table:
        part.table.attributes[what] = ""


_ROWS = frozenset({"table", "thead", "tbody", "tfoot", "tr"})

BEGUN = {"h1 h2 h3 h4 h5 h6": check_heading, "caption thead": note_part}
ENDED = {
    "th td": note_header,
    "thead tbody tfoot tr": note_code,
    "table": check_table,
}
