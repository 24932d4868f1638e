# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What can be clicked and not reached or used by keys."""

import re

from ossay.collect.templates.elements import Element
from ossay.collect.templates.names import BY_ITSELF, NEVER_FOCUSED, OPERATED
from ossay.collect.templates.reading import Page
from ossay.model.accessibility import Verdict


def check_order(page: Page, element: Element) -> None:
    """Point to a place in the order of the Tab key that is set by a number."""
    order = element.text("tabindex")
    if order.isdecimal() and int(order[:6]) > 0:
        page.report("tabindex-positive", element.at, Verdict.MAYBE, order[:6])


def check_click(page: Page, element: Element) -> None:
    """Ask what heeds a click whether it heeds a key as well."""
    if "onclick" not in element.attributes or element.is_hidden:
        return
    if element.name == "a" and element.has("href"):
        return
    if _does_nothing(element) or element.text("role") in {"presentation", "none"}:
        return
    if element.has("contenteditable") or element.attributes.get("role", "") is None:
        return
    focused = element.has("tabindex")
    heeds_keys = element.has("onkeydown", "onkeyup", "onkeypress")
    if focused and heeds_keys:
        return
    role = element.text("role")
    if role in OPERATED - BY_ITSELF:
        return  # one of a group, in which the group's own keys move about
    is_unsure = (
        (focused or heeds_keys)
        or element.is_open
        or element.is_directed
        or element.has_control
        or element.has(*_WAYS)
        or _CURTAIN.search(element.text("class")) is not None
    )
    page.report(
        "click-no-keyboard",
        element.at,
        Verdict.MAYBE if is_unsure else Verdict.FAILS,
        f"<{element.written}>",
    )


def _does_nothing(element: Element) -> bool:
    """Tell whether a listener only keeps clicks from what is around."""
    code = element.text("onclick")
    return not code or _STOPS.fullmatch(code) is not None


_STOPS = re.compile(
    r"(?s)\{?\s{0,9}(?:return false;?|void\(?0?\)?"
    r"|(?:\(?\w{0,20}(?:\s{0,3}:[^)]{0,60})?\)?\s{0,3}=>\s{0,3})?"
    r"\{?\s{0,9}(?:\$?\w{1,20}\.(?:stopPropagation|preventDefault)\(\);?\s{0,9}){1,2}\}?"
    r")\s{0,9}\}?"
)
_CURTAIN = re.compile(r"(?i)backdrop|overlay|modal|mask|scrim|dismiss")
"""What is behind a dialogue, which a key closes too, as a rule."""
_WAYS = ("onclick ng-", "onclick .self", "onclick .stop.self", "onclick .self.stop")

ENDED = {" ".join(NEVER_FOCUSED | {"a"}): check_click}
