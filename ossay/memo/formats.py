# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The formats that a memo comes in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from ossay import codec
from ossay.memo.blocks import SCHEMA, Content
from ossay.memo.rendering import render_html, render_human, render_markdown
from ossay.memo.sarif import render_sarif
from ossay.memo.speech import ENGLISH
from ossay.model.memo import Memo


class Renderer(Protocol):
    """Writes a whole document; *prepared* as for `render`."""

    def __call__(self, content: Content, *, prepared: Path | None = None) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """
    One way to write a memo.

    Attributes:
        suffix: Of the file's name, with its dot.
        render: Returns the whole document.
    """

    suffix: str
    media_type: str
    render: Renderer


def render_json(content: Content) -> str:
    """
    Return all of the content, under the name of its schema; ASCII only.

    A line for each part: indented throughout, `json` takes four times as long.
    """
    document = {"schema": SCHEMA} | codec.plain(content)
    parts = (f"{json.dumps(name)}: {json.dumps(document[name])}" for name in document)
    return "{\n" + ",\n".join(parts) + "\n}\n"


KEPT = ("html", "markdown", "json")
"""Formats that are filed with every assessment; the others are made when asked for."""


def render(content: Content, form: str, prepared: Path | None = None) -> Memo:
    """
    Return the memo in one of `FORMATS`, as a document that can be filed.

    *prepared* is a folder of our own, for templates made ready to run.
    """
    chosen = FORMATS[form]
    return Memo(
        about=content.reproduction.judgement,
        language=ENGLISH,
        media_type=chosen.media_type,
        body=chosen.render(content, prepared=prepared),
    )


def _json(content: Content, *, prepared: Path | None = None) -> str:
    del prepared  # no template
    return render_json(content)


def _sarif(content: Content, *, prepared: Path | None = None) -> str:
    del prepared  # no template
    return render_sarif(content)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "html": Format(
            suffix=".html",
            media_type="text/html",
            render=render_html,
        ),
        "markdown": Format(
            suffix=".md", media_type="text/markdown", render=render_markdown
        ),
        "json": Format(
            suffix=".json",
            media_type="application/json",
            render=_json,
        ),
        "sarif": Format(
            suffix=".sarif",
            media_type="application/sarif+json",
            render=_sarif,
        ),
        "human": Format(suffix=".txt", media_type="text/plain", render=render_human),
    }
)
