# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""After the code that reads files changes, every file is read again."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ossay import codec
from ossay.collect.licensing import checksums
from ossay.collect.licensing.recognition import cues, reading
from ossay.collect.licensing.recognition.files import recognise
from tests.collect.trees import DictTree, MemoryFacts

FILES: dict[str, str | bytes] = {
    "LICENSE": "the licence\n",
    "a.py": "# a licence\n",
    "b.bin": b"\0",
}


def imported(name: str, found: set[str]) -> set[str]:
    """Return the collectors' modules that *name* rests on, itself included."""
    if name in found or not name.startswith("ossay.collect."):
        return found
    module = sys.modules.get(name)
    if module is None or module.__file__ is None or hasattr(module, "__path__"):
        return found
    found.add(name)
    for node in ast.walk(ast.parse(Path(module.__file__).read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            imported(node.module, found)
            for alias in node.names:
                imported(f"{node.module}.{alias.name}", found)
    return found


CODE = sorted(imported(reading.__name__, set()) - {checksums.__name__})
"""What a reading rests on; checksums are another scanner's, with its own version."""

PLACES = [*(Path(str(sys.modules[name].__file__)) for name in CODE), cues.place()]


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    yield
    codec._code_digest.cache_clear()
    reading.scanner.cache_clear()


def change(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the file at *place* be another one for who asks what code there is."""
    sources_at = codec._sources_at

    def changed(asked: Path) -> tuple[tuple[str, str], ...]:
        return (("changed", "0" * 64),) if asked == place else sources_at(asked)

    monkeypatch.setattr(codec, "_sources_at", changed)
    codec._code_digest.cache_clear()
    reading.scanner.cache_clear()


def test_a_reading_rests_on_the_code_beside_it() -> None:
    assert {name.rpartition(".")[2] for name in CODE} >= {"reading", "cues", "tags"}


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_after_a_change_everything_is_read_again(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = MemoryFacts()
    before, same, after = (DictTree(FILES, facts=facts) for _ in range(3))
    recognise(before)
    recognise(same)
    change(place, monkeypatch)

    recognise(after)

    assert same.scanned == []
    assert after.scanned == before.scanned != []
