# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Fields of forms, and what says what is to be filled in."""

from ossay.collect.templates.elements import Content, Element
from ossay.collect.templates.reading import Page
from ossay.collect.templates.rules import fails_unless

NEAR = 4
"""Levels above a field at which a component may still be there to label it."""


def note_label(page: Page, element: Element) -> None:
    """Take note of which fields a label is for; a component may be a label, too."""
    if "for" in element.attributes:
        name = element.attributes["for"]
        if name:
            page.labels.append(element)
        elif name is None:
            page.labels_by_code = True


def check_field(page: Page, field: Element) -> None:
    """Keep a field that says not itself what it is for, till all labels are seen."""
    if field.is_hidden or field.names_itself():
        return
    if field.name == "input" and field.text("type").lower() in _NO_FIELDS:
        return
    page.unlabelled.append(field)


def check_unlabelled(page: Page) -> None:
    """Tell which fields nothing in the file labels."""
    labelled, may_be_labelled = set[str](), set[str]()
    for label in page.labels:
        if not label.name or label.content is not Content.NOTHING:
            labelled.add(label.text("for"))
        elif label.names_itself() or label.may_be_filled():
            may_be_labelled.add(label.text("for"))
    for field in page.unlabelled:
        name = field.attributes.get("id", "")
        if name in labelled or (name is None and page.labels_by_code):
            continue
        around = field.label
        if around is not None and around.content is Content.NAMED:
            continue
        is_unsure = name in may_be_labelled or _may_be_labelled(page, field)
        seen = f"<{field.written}>"
        if field.may_say("placeholder"):
            seen += ", which has a placeholder alone"
        page.report("control-label", field.at, fails_unless(is_unsure), seen)


def _may_be_labelled(page: Page, field: Element) -> bool:
    name = field.attributes.get("id", "")
    return (
        name is None
        or field.is_open
        or field.is_directed
        or 0 < field.custom <= NEAR
        or (field.label is not None and field.label.content is Content.UNKNOWN)
        or (field.label is not None and field.label.is_open)
        or (bool(name) and (page.labels_by_code or not page.is_whole))
        or page.has_label_code
        or field.attributes.get("type", "") is None
        or field.parent is None  # who takes the file in may put a label around it
        or field.may_say("placeholder")  # browsers make a name of it, till it is gone
        or field.text("type").lower() == "file"
    )


_NO_FIELDS = frozenset({"hidden", "submit", "button", "reset", "image"})

BEGUN = {"input select textarea": check_field}
