# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is asked of each element, by the name that HTML gives it."""

from collections.abc import Callable, Mapping

from ossay.collect.templates.checks import (
    controls,
    images,
    keyboard,
    media,
    names,
    pages,
    structure,
)
from ossay.collect.templates.elements import Element
from ossay.collect.templates.reading import Checks, Page

_Check = Callable[[Page, Element], None]


def _by_name(*tables: Mapping[str, _Check]) -> dict[str, tuple[_Check, ...]]:
    every: dict[str, tuple[_Check, ...]] = {}
    for table in tables:
        for words, check in table.items():
            for name in words.split():
                every[name] = (*every.get(name, ()), check)
    return every


_BEGUN = _by_name(
    images.BEGUN, controls.BEGUN, media.BEGUN, pages.BEGUN, structure.BEGUN
)
_ENDED = _by_name(
    images.ENDED,
    keyboard.ENDED,
    media.ENDED,
    names.ENDED,
    pages.ENDED,
    structure.ENDED,
)


def _begun(page: Page, element: Element) -> None:
    if element.attributes:
        controls.note_label(page, element)
        structure.check_role(page, element)
        keyboard.check_order(page, element)
        keyboard.note_operated(page, element)
    if not element.name:
        structure.note_component(element)
    for check in _BEGUN.get(element.name, ()):
        check(page, element)


def _ended(page: Page, element: Element) -> None:
    for check in _ENDED.get(element.name, ()):
        check(page, element)


def _done(page: Page) -> None:
    controls.check_unlabelled(page)
    keyboard.check_clicks(page)
    pages.check_unspoken(page)
    pages.check_untitled(page)


CHECKS = Checks(begun=_begun, ended=_ended, done=_done)
