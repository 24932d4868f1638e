# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The command line, called as a person calls it."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from ossay import cli
from ossay.model.licences import Holdings, Recognised
from ossay.model.toolbox import Said as Answer
from ossay.model.tree import Tree, Unreadable
from ossay.sandbox.scancode import ScancodeRecogniser
from ossay.sandbox.toolbox import Tools
from tests.conftest import UsedHome


class RememberingTools(Tools):
    """Real tools, asked once in a run of the tests about the same files."""

    _said: ClassVar[dict[tuple[object, ...], Answer]] = {}

    def ask(self, name: str, question: str, tree: Tree, paths: Iterable[str]) -> Answer:
        wanted = tuple(paths)
        names = {entry.path: entry.oid for entry in tree.entries()}
        about = tuple((path, names.get(path)) for path in wanted)
        key = (self.version(name), question, about)
        if key not in self._said:
            self._said[key] = super().ask(name, question, tree, wanted)
        return self._said[key]


class RememberingEngine(ScancodeRecogniser):
    """The real engine, asked once in a run of the tests about each text."""

    _licences: ClassVar[dict[str, Recognised | Unreadable]] = {}
    _copyrights: ClassVar[dict[str, Holdings | Unreadable]] = {}

    def licences(
        self, texts: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, Recognised | Unreadable]]:
        for name, text in texts:
            if text not in self._licences:
                [(_, self._licences[text])] = super().licences([(name, text)])
            yield name, self._licences[text]

    def copyrights(
        self, texts: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, Holdings | Unreadable]]:
        for name, text in texts:
            if text not in self._copyrights:
                [(_, self._copyrights[text])] = super().copyrights([(name, text)])
            yield name, self._copyrights[text]


@dataclass(frozen=True)
class Said:
    """What a command printed, and how it ended."""

    status: int
    out: str
    err: str


Ossay = Callable[..., Said]


@pytest.fixture
def ossay(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    used_home: UsedHome,
) -> Ossay:
    """Call ossay in a home and a folder of its own."""
    monkeypatch.setenv("OSSAY_HOME", str(used_home(tmp_path / "home")))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr("ossay.engine.InlineEngine.WAITS", (None,))
    monkeypatch.setattr("ossay.sandbox.toolbox.Tools", RememberingTools)
    monkeypatch.setattr("ossay.recognisers.ScancodeRecogniser", RememberingEngine)

    def run(*arguments: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["ossay", *map(str, arguments)])
        capsys.readouterr()
        try:
            cli.main()
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 0
        else:
            status = 0
        told = capsys.readouterr()
        return Said(status, told.out, told.err)

    return run
