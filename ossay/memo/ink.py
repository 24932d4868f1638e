# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How each format writes a name, a piece of code, and what matters in a sentence."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from ossay.memo.escapes import (
    as_html,
    as_markdown,
    as_markdown_code,
    as_text,
    as_text_code,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """
    How a format writes.

    Attributes:
        finish: Makes any value safe.
        quote: Sets off a name or text whose direction is not known.
        code: Sets off what is no language: a path, a digest, a licence id.
        strong: Sets off what matters in a sentence.
        marks: Whether the format can mark the language of a passage.
    """

    finish: Callable[[object], Markup]
    quote: Callable[[object], Markup]
    code: Callable[[object], Markup]
    strong: Callable[[object], Markup]
    marks: bool = False


def _bdi(value: object) -> Markup:
    return Markup(f"<bdi>{as_html(value)}</bdi>")  # noqa: S704 - escaped


def _html_code(value: object) -> Markup:
    return Markup(f'<code dir="ltr">{as_html(value)}</code>')  # noqa: S704 - escaped


def _html_strong(value: object) -> Markup:
    return Markup(f"<b>{as_html(value)}</b>")  # noqa: S704 - escaped


def _markdown_strong(value: object) -> Markup:
    return Markup(f"**{as_markdown(value)}**")  # noqa: S704 - escaped


HTML = Ink(
    finish=as_html,
    quote=_bdi,
    code=_html_code,
    strong=_html_strong,
    marks=True,
)
MARKDOWN = Ink(
    finish=as_markdown,
    quote=as_markdown,
    code=as_markdown_code,
    strong=_markdown_strong,
)
PLAIN = Ink(
    finish=as_text,
    quote=as_text,
    code=as_text_code,
    strong=as_text,
)
