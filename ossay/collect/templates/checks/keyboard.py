# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What can be clicked and not reached or used by keys."""

import re

from ossay.collect.templates.elements import Element
from ossay.collect.templates.names import BY_ITSELF, NEVER_FOCUSED, OPERATED
from ossay.collect.templates.reading import Click, Page
from ossay.collect.templates.rules import fails_unless
from ossay.model.accessibility import Verdict


def check_order(page: Page, element: Element) -> None:
    """Point to a place in the order of the Tab key that is set by a number."""
    order = element.text("tabindex")
    if order.isdecimal() and int(order[:6]) > 0:
        page.report("tabindex-positive", element.at, Verdict.MAYBE, order[:6])


def note_operated(page: Page, element: Element) -> None:
    """Take note of what a control does, which keys operate, or a component may be."""
    name = element.name
    is_control = not name or name in _BY_KEYS or (name == "a" and element.has("href"))
    if is_control and element.has("onclick"):
        page.operated.add(_code(element))


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
    is_unsure = (
        (focused or heeds_keys)
        or element.text("role") in _IN_GROUPS
        or element.is_open
        or element.is_directed
        or element.has_control
        or (element.has_component and not element.words)
        or _is_handed_to_a_component(element)
        or ".target" in element.text("onclick")  # it may ask which control it was
        or _code(element).endswith("stop")  # clicks, or what it plays
        or element.has(*_WAYS)
        or _is_curtain(element)
        or not _MATERIAL.isdisjoint(element.attributes)
        or _HANDED.fullmatch(_code(element)) is not None
    )
    page.clicks.append(Click(element=element, code=_code(element), is_unsure=is_unsure))


def check_clicks(page: Page) -> None:
    """Tell what heeds clicks alone; what a control does as well, a key may reach."""
    beside = {c.code for c in page.clicks if _stands_beside_a_control(c.element)}
    for click in page.clicks:
        reached = click.code in page.operated or click.code in beside
        is_unsure = click.is_unsure or reached
        page.report(
            "click-no-keyboard",
            click.element.at,
            fails_unless(is_unsure),
            f"<{click.element.written}>",
        )


def _code(element: Element) -> str:
    return " ".join(element.text("onclick")[:2_000].split())


def _stands_beside_a_control(element: Element) -> bool:
    """Tell whether a control is in it or in its row, and may do what it does."""
    row = element.parent if element.name == "td" else None
    return element.has_control or (row is not None and row.has_control)


def _does_nothing(element: Element) -> bool:
    """Tell whether a listener does nothing that keys do not do without it."""
    code = _code(element)
    return not code or _IDLE.fullmatch(code) is not None


def _is_handed_to_a_component(element: Element) -> bool:
    """Tell whether a component may put a button round it, at a slot or by its name."""
    around = element.parent
    if around is None:
        return False
    if around.written == "template":
        return any(name.startswith(("#", "v-slot")) for name in around.attributes)
    return not around.name and _OPERATED.search(around.written) is not None


def _is_curtain(element: Element) -> bool:
    """Tell whether it is what lies behind a dialogue, which a key closes too."""
    if _CURTAIN.search(element.text("class")):
        return True
    return element.is_empty and _BEHIND.search(element.looks) is not None


_IN_GROUPS = OPERATED - BY_ITSELF
"""Roles of what is one of a group, whose own keys may move about and operate it."""
_OPERATED = re.compile(r"(?i)button|link|(?:menu|list)-?item|option\b|tab\b")
"""Parts of the names of components that may be operated as a whole."""
_IDLE = re.compile(
    r"return false;?|void\(?0?\)?|(?:this\.)?\w{0,30}(?:\.s|S|s)topProp\w{0,12}"
    r"|(?:(?:\(?\w{0,20}\??(?: ?:[^)]{0,80})?\)? ?=>|function ?\(\w{0,20}\)) ?)?\{? ?"
    r"(?:\$?\w{1,20}(?:\??\.nativeEvent)?\??\.(?:persist|stop(?:Immediate)?Propagation"
    r"|preventDefault)\(\);? ?|[\w$.?![\]'\"-]{1,80}\.focus\(\);? ?){0,3}\}?"
)
"""Code that only keeps clicks from what is around, or puts the focus on a field."""
_BY_KEYS = frozenset({"button", "input", "select", "summary"})
_CURTAIN = re.compile(r"(?i)backdrop|overlay|modal|mask|scrim|dismiss")
_BEHIND = re.compile(r"(?i)backdrop|overlay|scrim|curtain")
_MATERIAL = frozenset(
    {
        *(
            "mat-list-item",
            "mat-list-option",
            "mat-menu-item",
            "mat-option",
            "mat-chip",
        ),
        *("mat-basic-chip", "mat-chip-option", "mat-tab-link", "mat-sort-header"),
        *("mat-step-header", "mat-expansion-panel-header", "mat-button-toggle"),
    }
)
"""Of Angular Material: what makes an element a control, and may heed its keys."""
_HANDED = re.compile(
    r"(?:this\.)?(?:props\.)?onClick|\$?emit\(['\"]click['\"](?:, ?\$event)?\)"
)
"""What those who use the component hand in, if they do."""
_WAYS = ("onclick ng-", "onclick .self", "onclick .stop.self", "onclick .self.stop")

ENDED = {" ".join(NEVER_FOCUSED | {"a"}): check_click}
