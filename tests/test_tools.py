# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Foreign tools in an assessment: named in evidence, asked again when they change."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from ossay import codec
from ossay.codec import digest_of_bytes
from ossay.engine import Settings, Workshop
from ossay.model.digest import Digest
from ossay.model.evidence import Evidence, Gap, Observation, Tool
from ossay.model.judgement import Judgement
from ossay.model.toolbox import Said, ToolNotChosen, ToolSilent
from ossay.model.tree import Tree
from ossay.sandbox import toolbox
from ossay.sandbox.confinement import BUBBLEWRAP, NAMESPACES, strongest
from ossay.sandbox.toolbox import SettingRefused, Tools
from tests.cases import assessed, part, repository, workshop
from tests.tools import NoVisits

GO = b"module example.org/portal\n\ngo 1.22\n\nrequire example.org/left v1.2.0\n"
NOTHING = b'{"SchemaVersion": 2, "Results": []}'


class Scripted(NoVisits):
    """Tools that say what they are told to, and count how often they were asked."""

    def __init__(
        self, version: str, *, silent: str = "", may_pass: bool = True
    ) -> None:
        self._version = version
        self._silent = silent
        self._may_pass = may_pass
        self.asked = 0

    def tool(self, name: str) -> Tool:
        if name == "syft":
            raise ToolNotChosen(name)
        return Tool(name=name, version=self._version)

    def version(self, name: str) -> Digest:
        return digest_of_bytes(f"{name} {self._version}".encode())

    def ask(self, name: str, question: str, tree: Tree, paths: Iterable[str]) -> Said:
        self.asked += 1
        if self._silent:
            raise ToolSilent(self._silent, may_pass=self._may_pass)
        return Said(text=NOTHING)

    def is_settled(self) -> bool:
        return True


def evidence(opened: Workshop, folder: Path) -> Evidence:
    judgement = opened.register.load(Judgement, assessed(opened, part(folder)))
    (digest,) = [one.evidence_digest for one in judgement.parts]
    assert digest is not None
    return opened.register.load(Evidence, digest)


def total(found: Evidence) -> object:
    return next(a for a in found.observed if a.fact == "components.total")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return repository(tmp_path / "portal", {"go.mod": GO})


def test_evidence_names_the_tools_and_their_versions(
    tmp_path: Path, folder: Path
) -> None:
    with workshop(tmp_path / "home") as opened:
        found = evidence(replace(opened, toolbox=Scripted("1.0.0")), folder)

    assert Tool(name="trivy", version="1.0.0") in found.tools


def test_a_tool_is_asked_again_only_when_it_is_another(
    tmp_path: Path, folder: Path
) -> None:
    first, second = Scripted("1.0.0"), Scripted("2.0.0")
    with workshop(tmp_path / "home") as opened:
        for toolbox in (first, first, second):
            evidence(replace(opened, toolbox=toolbox), folder)

    assert first.asked >= 1
    assert second.asked == first.asked


@pytest.mark.parametrize("may_pass", [True, False])
def test_a_failure_that_may_pass_is_not_filed_for_good(
    tmp_path: Path, folder: Path, *, may_pass: bool
) -> None:
    silent = Scripted("1.0.0", silent="trivy died", may_pass=may_pass)
    with workshop(tmp_path / "home") as opened:
        first = evidence(replace(opened, toolbox=silent), folder)
        asked = silent.asked
        evidence(replace(opened, toolbox=silent), folder)

    gap = total(first)
    assert isinstance(gap, Gap)
    assert gap.why == "trivy died"
    assert (silent.asked > asked) is may_pass


def test_without_tools_their_answers_are_gaps_and_with_them_they_are_not(
    tmp_path: Path, folder: Path
) -> None:
    with workshop(tmp_path / "home") as opened:
        without = evidence(opened, folder)
        assert isinstance(total(without), Gap)
        assert "trivy" not in {tool.name for tool in without.tools}
        found = evidence(replace(opened, toolbox=Scripted("1.0.0")), folder)

    assert isinstance(total(found), Observation)


@pytest.mark.engine
def test_the_real_tools_answer_and_evidence_says_how_each_was_kept_in(
    tmp_path: Path, folder: Path, ready_tools: Path
) -> None:
    confine = strongest()
    assert confine is not None
    tools = Tools(kept=ready_tools)
    found = []
    for home in ("first", "again"):
        with workshop(tmp_path / home) as opened:
            found.append(evidence(replace(opened, toolbox=tools), folder))

    said = total(found[0])
    assert isinstance(said, Observation)
    assert said.value == 1
    assert "components" in {annex.name for annex in found[0].annexes}
    told = {tool.name: tool for tool in found[0].tools}
    for name in ("trivy", "zizmor", "kingfisher"):
        assert told[name].sandbox == confine.sandbox
        assert len(told[name].content) == 64
        assert not told[name].from_path
    assert told["ossay"].sandbox is None
    assert codec.digest_of(found[0]) == codec.digest_of(found[1])


def test_what_tools_said_in_another_sandbox_is_asked_again() -> None:
    versions = {
        Tools(confine=confine).version("trivy") for confine in (BUBBLEWRAP, NAMESPACES)
    }

    assert len(versions) == 2


def test_where_nothing_keeps_tools_in_evidence_names_none_of_them(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toolbox, "strongest", lambda: None)

    with workshop(tmp_path / "home") as opened:
        found = evidence(replace(opened, toolbox=Tools()), folder)

    said = total(found)
    assert isinstance(said, Gap)
    assert "not run outside a sandbox" in said.why
    assert "trivy" not in {tool.name for tool in found.tools}


def test_settings_say_which_tools_are_taken_from_path(tmp_path: Path) -> None:
    environ = {"OSSAY_HOME": str(tmp_path), "OSSAY_TOOLS_FROM_PATH": "trivy, other"}

    settings = Settings.read(environ, local_paths=True)

    assert settings.tools_from_path == {"trivy", "other"}
    with pytest.raises(SettingRefused, match="'other'"):
        Tools(settings.tools_from_path)


def test_every_tool_that_a_collector_asks_is_one_that_ossay_knows() -> None:
    from ossay import gathering
    from ossay.sandbox.toolbox import ADAPTERS

    assert set(gathering.tool_names()) <= set(ADAPTERS)
