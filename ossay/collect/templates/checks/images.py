# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Images without a text that can be heard."""

import re

from ossay.collect.templates.elements import Content, Element
from ossay.collect.templates.reading import Page
from ossay.collect.templates.rules import fails_unless
from ossay.model.accessibility import Verdict


def check_image(page: Page, image: Element) -> None:
    """Ask an image for its text alternative; an empty one says "for decoration"."""
    if image.is_hidden:
        return
    if image.has("alt"):
        _check_text(page, image)
    elif not image.names_itself() and image.text("role") not in _DECORATION:
        is_unsure = image.is_open or image.is_directed or image.has("role")
        page.report("image-alt", image.at, fails_unless(is_unsure))


def check_area(page: Page, area: Element) -> None:
    """Ask an area of an image map that leads somewhere what it is."""
    if area.has("href") and not area.has("alt") and not area.names_itself():
        page.report(
            "image-alt", area.at, fails_unless(area.is_open), "an area of a map"
        )


def check_image_button(page: Page, field: Element) -> None:
    """Ask a button that is an image what it does."""
    if field.text("type").lower() != "image" or field.is_hidden:
        return
    if not field.may_say("alt") and not field.names_itself():
        page.report("image-alt", field.at, fails_unless(field.is_open), "a button")


def check_drawing(page: Page, svg: Element) -> None:
    """Ask a drawing that calls itself an image for its name."""
    if svg.text("role") != "img" or svg.is_hidden or svg.names_itself():
        return
    if svg.content is not Content.NAMED:
        is_unsure = svg.is_open or svg.content is Content.UNKNOWN
        page.report("image-alt", svg.at, fails_unless(is_unsure), "a drawing")


def _check_text(page: Page, image: Element) -> None:
    text = image.text("alt")
    if _FILE.search(text) or text.casefold() in _EMPTY_WORDS:
        page.report("image-alt-filename", image.at, Verdict.MAYBE, text)


_DECORATION = frozenset({"presentation", "none"})
_FILE = re.compile(r"(?i)^\S{1,100}\.(?:png|jpe?g|gif|svg|webp|bmp|ico|avif)$")
_EMPTY_WORDS = frozenset(
    {
        *("image", "img", "picture", "photo", "bild", "imagen", "imagem", "immagine"),
        *("alt", "alt text", "placeholder", "untitled", "graphic", "foto"),
    }
)
"""Texts that say no more than that there is an image."""

BEGUN = {"img": check_image, "area": check_area, "input": check_image_button}
ENDED = {"svg": check_drawing}
