# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Files that are made to be slow.

Each takes hours where the time grows with the square of its size, so that it needs no
clock to fail.
"""

import pytest

from ossay.collect.templates.scanners import LARGEST_BYTES
from tests.collect.templates.seen import scanner

MANY = 100_000
MILLION = 1_000_000
MARKUP = ("a.html", "a.svelte")

FILES = {
    "tags that begin": "<" * MILLION,
    "outputs that begin": "{{" * (MILLION // 2),
    "outputs that end": "}}" * (MILLION // 2),
    "comments that begin": "<!--" * (MILLION // 4),
    "comments of code that begin": "{#" * (MILLION // 2),
    "scripts that begin": "<script>" * MANY,
    "elements in elements": "<div>" * MANY,
    "other elements in elements": "".join(f"<a{n}>" for n in range(MANY)),
    "elements that end": "</div>" * MANY,
    "cells in components": "<table>" + "<a-b><td>" * (MANY // 3),
    "components in components": "a = " + "<A>" * MANY,
    "attributes": "<p " + "a=b " * MANY + ">",
    "other attributes": "<p " + "".join(f"a{n}='' " for n in range(70_000)) + ">",
    "a quote that stays open": "<p a='" + "x" * MILLION,
    "quotes that stay open": "<p a='>\n" * MANY,
    "braces in elements": "a = <p>" + "{" * MILLION,
    "braces that end": "a = <p>" + "}" * MILLION,
    "braces in attributes": "a = <p b=" + "{<p b=" * MANY,
    "literals in literals": "`${" * (MILLION // 3),
    "patterns that begin": "a = /[" * MANY,
    "blocks that begin": "{" * MILLION,
    "labels": "{{ label" * MANY,
    "comments of style that begin": "/*" * (MILLION // 2),
    "conditions that begin": "<a href=x>" + "@if(" * (MILLION // 4),
    "conditions in conditions": "<a href=x>" + ("@if" + "(" * 300) * 3_000,
    "listeners": '<i onclick="' + "a.b" * 300_000 + '">x</i>',
    "listeners that end in dots": '<i onclick="' + "." * 900_000 + '">x</i>',
    "calls that begin in conditions": "<p>" + ("@if ((((" + "a" * 290) * 3_000,
    "styles": "a{margin-left:1px;outline:none}" * 30_000,
    "styles in styles": ":active" * 57 + "{" + "&{outline:0}" * 80_000,
    "other elements in code": "a = " + "".join(f"(<a{n}>" for n in range(90_000)),
    "code in elements": "a = " + "<p>{" * 40_000 + "a" * 600_000 + "}</p>" * 40_000,
    "code in attributes": "a = " + "<p b={" * 40_000 + "a" * 400_000 + "}/>" * 40_000,
    "scripts after a template": "<template>\n" + "<script\n" * 110_000,
    "spaces": "<p" + " " * MILLION,
    "spaces in a listener": '<i onclick="' + " " * 900_000 + '">x</i>',
    "a name": "<" + "a" * MILLION,
    "images": "<img src=a>" * (MANY // 2 - 1),
    "comments in a script": "a = " + "/**/ " * 190_000 + "<p>",
    "texts of PHP that begin": "<?php '" * 140_000 + "?>",
    "longer texts of PHP that begin": "<?php <<<A\n" * 90_000 + "?>",
    "comments of PHP that begin": "<?php /*" * 120_000 + "?>",
    "white noise": "\x00\ue000\ue001\ufffd" * MANY,
}


def paths_for(content: str) -> tuple[str, ...]:
    """Return names of the kinds of file for which content is made."""
    if content.startswith(("a = ", "`")):
        return ("a.tsx",)
    if content.startswith("<template>"):
        return ("a.vue",)
    if content.startswith(("{{", "/*", "a{", ":")) or set(content) == {"{"}:
        return (*MARKUP, "a.scss")
    return MARKUP


@pytest.mark.parametrize(
    ("name", "path"),
    [(n, path) for n, text in FILES.items() for path in paths_for(text)],
)
def test_a_file_that_is_made_to_be_slow_is_read_to_its_end(
    name: str, path: str
) -> None:
    ending = b"</p>" + b"\n" * 1_000  # what has few lines or no end is not read at all
    content = FILES[name].encode()[: LARGEST_BYTES - len(ending)] + ending

    try:
        found = scanner(path).scan(content).found
    except Exception as error:  # noqa: BLE001  # its name is what is asked for
        assert type(error).__name__ == "TooManyElements"  # noqa: PT017
    else:
        assert len(found) <= 2 * 50 * 22


def test_what_one_file_tells_is_bounded_and_counts_all() -> None:
    found = scanner("a.html").scan(b"<img src=a>\n" * 3_000).found

    assert len(found) == 50
    assert sum(f.count for f in found) == 3_000
