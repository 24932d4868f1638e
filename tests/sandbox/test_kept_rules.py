# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a tool makes of its own rules is made once, and without any candidate."""

import hashlib
from pathlib import Path

import pytest

from ossay.model.toolbox import ToolSilent
from ossay.sandbox import programs
from ossay.sandbox.programs import Program
from ossay.sandbox.toolbox import Tools
from tests.collect.trees import DictTree

pytestmark = pytest.mark.engine  # which needs a confinement to run

TREE = DictTree({"settings.py": b"key = 1\n"})


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_rules_are_compiled_once_and_only_read_after_that(tmp_path: Path) -> None:
    kept = tmp_path / "tools"
    left_by_one_that_was_killed = kept / ".unfinished-x" / "made"
    left_by_one_that_was_killed.mkdir(parents=True)

    first = Tools(kept=kept).ask("kingfisher", "places", TREE, TREE.paths())
    made = contents(kept)
    again = Tools(kept=kept).ask("kingfisher", "places", TREE, TREE.paths())

    assert any(name.endswith(".vscdb") for name in made)
    assert contents(kept) == made
    assert not left_by_one_that_was_killed.exists()
    assert first.text
    assert again.text


@pytest.mark.parametrize("script", ["exit 1", "sleep 0.1; kill -9 $$"])
def test_what_failed_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    path = tmp_path / "kingfisher"
    path.write_text(f"#!/bin/sh\ntouch $KF_RULE_CACHE_DIR/half\n{script}\n")
    path.chmod(0o755)
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    program = Program(path=path, version="99.0.0", content=content)  # type: ignore[arg-type] # a digest
    monkeypatch.setattr(programs, "installed", lambda *_: program)

    with pytest.raises(ToolSilent):
        Tools(kept=tmp_path / "tools").ask("kingfisher", "places", TREE, TREE.paths())

    assert contents(tmp_path / "tools") == {}
