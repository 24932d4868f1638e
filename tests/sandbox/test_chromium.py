# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The browser where it is missing, not kept in well enough, or not what it was."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ossay.model.toolbox import ToolSilent
from ossay.sandbox.adapter import Adapter
from ossay.sandbox.chromium import ACE, AXE, CHROMIUM
from ossay.sandbox.confinement import NAMESPACES
from ossay.sandbox.toolbox import Tools
from tests.collect.trees import DictTree

ASKED = {"pages": [{"page": "a.html", "address": "a.html", "handed": {}}], "beside": []}
TREE = DictTree({"asked.json": json.dumps(ASKED)})


def silence(adapter: Adapter, **settings: object) -> str:
    tools = Tools(adapters={"chromium": adapter}, **settings)  # type: ignore[arg-type] # as handed in
    with pytest.raises(ToolSilent) as raised:
        tools.ask("chromium", "pages", TREE, TREE.paths())
    return str(raised.value)


def test_without_a_browser_it_is_said_how_to_install_it() -> None:
    why = silence(replace(CHROMIUM, places=("/nowhere/chromium",)))

    assert "apt install chromium" in why


def test_without_playwright_it_is_said_how_to_install_it() -> None:
    assert CHROMIUM.driven
    lacking = replace(CHROMIUM.driven, libraries=("no-such-distribution",))

    assert "make pages" in silence(replace(CHROMIUM, driven=lacking))


def test_an_engine_that_is_not_the_one_its_makers_published_is_not_run() -> None:
    assert CHROMIUM.driven
    changed = replace(CHROMIUM.driven, shipped={AXE: "0" * 64})

    why = silence(replace(CHROMIUM, driven=changed))

    assert why == "axe.min.js is not the file that ossay brings: install it again"


def test_the_engines_carry_the_version_that_is_written_of_them() -> None:
    assert AXE.read_text()[:20].startswith("/*! axe v4.14.1")
    assert ACE.stat().st_size > 600_000


@pytest.mark.browser
def test_no_browser_is_started_where_files_are_not_guarded() -> None:
    why = silence(CHROMIUM, confine=NAMESPACES)

    assert "do not guard files; install bubblewrap" in why


@pytest.mark.engine
def test_a_browser_that_does_not_start_gives_no_answer(tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    says = '[ "$*" = --version ] && exec echo 999.0.0'
    program.write_text(f"#!/bin/sh\n{says}\nexit 3\n")
    program.chmod(0o755)

    why = silence(replace(CHROMIUM, places=(str(program),)))

    assert "chromium ended with status 1: the browser does not start" in why
