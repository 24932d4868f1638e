# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""An element as a template writes it, and what is known of it while it is open."""

import re
from dataclasses import dataclass, field
from enum import IntEnum

from ossay.collect.templates.names import DRAWING, HTML


class Content(IntEnum):
    """What an element holds for those who hear it."""

    NOTHING = 0
    UNKNOWN = 1
    """Something of which the template does not tell whether it is text."""
    NAMED = 2


@dataclass(slots=True, eq=False, repr=False)
class Element:
    """
    An element while its template is read.

    Attributes:
        written: Its name as written.
        name: Its name in HTML; "" for a component, or one that HTML does not know.
        attributes: By name; a value is None where code makes it.
        at: Where its tag begins, in characters.
        is_open: Whether attributes may be set that are not seen.
        is_directed: Whether unseen code is attached to it.
        level: How deep it stands, from 1.
        is_hidden: Whether it, or one around it, is kept from those who hear pages.
        custom: How many levels above the nearest component is; 0 for none.
        label: The label around it; likewise the table, the film and the head.
        content: What was seen in it so far.
        has_control: Whether it holds what keys operate, or may be handed it.
        has_component: Whether it holds a component that may be more than a picture.
        has_text: Whether text, or code that may make something, stands right in it.
        looks: Its class and its id as written, whether or not they are code.
    """

    written: str
    name: str
    attributes: dict[str, str | None]
    at: int
    parent: "Element | None" = None
    is_open: bool = False
    is_directed: bool = False
    level: int = 1
    is_hidden: bool = False
    custom: int = 0
    label: "Element | None" = None
    table: "Element | None" = None
    film: "Element | None" = None
    head: "Element | None" = None
    content: Content = Content.NOTHING
    is_empty: bool = True
    has_control: bool = False
    has_component: bool = False
    has_text: bool = False
    looks: str = ""
    words: list[str] = field(default_factory=list)

    def has(self, *names: str) -> bool:
        """Tell whether it has one of the attributes."""
        return any(name in self.attributes for name in names)

    def text(self, name: str) -> str:
        """Return the value of an attribute as far as it is written out."""
        return (self.attributes.get(name) or "").strip()

    def may_say(self, *names: str) -> bool:
        """Tell whether one of the attributes has, or may have, a value."""
        return any(
            name in self.attributes
            and (self.attributes[name] is None or self.text(name))
            for name in names
        )

    def names_itself(self) -> bool:
        """Tell whether an attribute gives it a name."""
        return self.may_say("aria-label", "aria-labelledby", "title")

    def may_be_filled(self) -> bool:
        """Tell whether a script that finds it, or what takes it in, may put text in."""
        is_found = self.has("id", "class", "ref") or any(
            name.startswith("data-") for name in self.attributes
        )
        may_be_given = is_found or self.custom > 0 or self.parent is None
        return self.is_open or self.is_directed or (self.is_empty and may_be_given)


def html_name(written: str, *, has_components: bool) -> str:
    """
    Return the name in HTML of an element; "" for any other.

    Args:
        has_components: Whether a capital begins the name of a component.
    """
    if has_components and not written[:1].islower():
        return ""
    lower = written.lower()
    return lower if lower in HTML or lower in DRAWING else ""


def is_hidden(element: Element) -> bool:
    """Tell whether an element is itself kept from those who hear pages."""
    attributes = element.attributes
    if not attributes:
        return False
    if attributes.get("aria-hidden") == "true":
        return True
    if "hidden" in attributes and attributes["hidden"] != "false":
        return attributes["hidden"] is not None
    style = attributes.get("style")
    return bool(style and "none" in style and _NOT_SHOWN.search(style))


_NOT_SHOWN = re.compile(
    r"display['\"]?\s{0,5}:\s{0,5}['\"]?none|visibility\s{0,5}:\s{0,5}hidden"
)
