# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A judgement, and a decision if there is one, as a document."""

from ossay.memo.annexes import SHOWN
from ossay.memo.blocks import Content
from ossay.memo.composing import content
from ossay.memo.formats import FORMATS, KEPT, Format, render, render_json
from ossay.memo.rendering import (
    render_html,
    render_human,
    render_markdown,
    render_reaudit,
    render_tests,
)
from ossay.memo.sarif import render_sarif

__all__ = [
    "FORMATS",
    "KEPT",
    "SHOWN",
    "Content",
    "Format",
    "content",
    "render",
    "render_html",
    "render_human",
    "render_json",
    "render_markdown",
    "render_reaudit",
    "render_sarif",
    "render_tests",
]
