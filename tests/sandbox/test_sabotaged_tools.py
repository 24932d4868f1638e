# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Tools that fail in one way each, and what ossay makes of it: never an answer.

Every adapter is put through all of it with each of its questions; its program is
a shell script then, confined as the real one is.
"""

import hashlib
import os
import socket
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ossay.model.toolbox import ToolSilent
from ossay.sandbox import programs, toolbox
from ossay.sandbox.adapter import Adapter
from ossay.sandbox.programs import NotHere, Program
from ossay.sandbox.running import Limits
from ossay.sandbox.toolbox import ADAPTERS, Tools
from tests.collect.trees import DictTree

pytestmark = pytest.mark.engine  # which needs a confinement to run

ASKED = [(name, q) for name, each in ADAPTERS.items() for q in each.questions]
TREE = DictTree({"go.mod": b"module example.org/x\n"})
TIGHT = Limits(
    cpu_seconds=20.0,
    wall_seconds=2.0,
    memory_bytes=300_000_000,
    output_bytes=5_000_000,
    scratch_bytes=2_000_000,
)
GIGABYTE = "head -c 1000000000 /dev/zero"

SABOTAGE = {
    "exits 1": ("exit 1", "ended with status 1"),
    "exits 1 with words": ("echo no such thing >&2; exit 1", "status 1: no such thing"),
    "exits 0 and says nothing": ("exit 0", "said nothing"),
    "says a blank": ("echo ' '", "said nothing"),
    "says garbage": ("echo garbage", "no answer"),
    "says half an answer": ('printf \'{"SchemaVersion": 2, "Resu\'', "no answer"),
    "says another thing": ("echo '[1, 2]'", "no answer"),
    "says an empty object": ("echo '{}'", "no answer"),
    "says what nests without end": (
        "head -c 1000000 /dev/zero | tr '\\0' '['",
        "no answer",
    ),
    "kills itself": ("kill -9 $$", "status"),
    "hangs": ("sleep 1000", "did not end within 2 s"),
    "hangs with its output closed": (
        "exec >&- 2>&-; sleep 1000",
        "did not end within 2 s",
    ),
    "leaves a child that holds its output": ("sleep 1000 & echo '{}'", "no answer"),
    "says a gigabyte": (GIGABYTE, "said more than 5,000,000 bytes"),
    "complains a gigabyte": (f"{GIGABYTE} >&2", "said more than 5,000,000 bytes"),
}


@pytest.fixture
def sabotaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, str], Tools]:
    """Return tools of which one has a program that is a shell script."""

    def make(name: str, script: str, limits: Limits = TIGHT) -> Tools:
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        program = Program(path=path, version="99.0.0", content=content)  # type: ignore[arg-type]
        monkeypatch.setattr(programs, "installed", lambda *_: program)
        return Tools(adapters={name: replace(ADAPTERS[name], limits=limits)})

    return make


@pytest.mark.parametrize("how", SABOTAGE)
@pytest.mark.parametrize(("name", "question"), ASKED)
def test_a_tool_that_fails_gives_no_answer_and_says_why(
    sabotaged: Callable[[str, str], Tools], name: str, question: str, how: str
) -> None:
    script, expected = SABOTAGE[how]
    tools = sabotaged(name, script)

    with pytest.raises(ToolSilent, match=name) as raised:
        tools.ask(name, question, TREE, TREE.paths())

    assert expected in str(raised.value)
    assert len(str(raised.value)) < 1_000


@pytest.mark.parametrize(("name", "question"), ASKED)
def test_a_tool_that_is_not_there_gives_no_answer(
    monkeypatch: pytest.MonkeyPatch, name: str, question: str
) -> None:
    def absent(*_: str) -> Program:
        raise NotHere(f"{name} is not installed")

    monkeypatch.setattr(programs, "installed", absent)
    tools = Tools()

    with pytest.raises(ToolSilent, match=f"{name} is not installed"):
        tools.ask(name, question, TREE, TREE.paths())
    with pytest.raises(ToolSilent, match=f"{name} is not installed"):
        tools.tool(name)
    assert tools.is_settled()  # its version is another where there is one


@pytest.mark.parametrize("name", ADAPTERS)
def test_a_program_that_was_changed_since_it_was_installed_is_not_run(
    sabotaged: Callable[[str, str], Tools], tmp_path: Path, name: str
) -> None:
    tools = sabotaged(name, f"touch {tmp_path}/was-run")
    (tmp_path / name).write_text("#!/bin/sh\necho '{}'\n")

    with pytest.raises(ToolSilent, match="is not the file that was installed"):
        tools.ask(name, next(iter(ADAPTERS[name].questions)), TREE, TREE.paths())
    assert not (tmp_path / "was-run").exists()


@pytest.mark.parametrize("name", ADAPTERS)
def test_a_tool_is_not_run_where_nothing_keeps_it_in(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(toolbox, "strongest", lambda: None)

    with pytest.raises(ToolSilent, match="not run outside a sandbox"):
        Tools().ask(name, next(iter(ADAPTERS[name].questions)), TREE, TREE.paths())


@pytest.mark.parametrize("name", ADAPTERS)
def test_a_tool_is_told_nothing_of_the_person_who_runs_ossay(
    sabotaged: Callable[[str, str], Tools],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    monkeypatch.setenv("FORGE_TOKEN", "secret-of-the-officer")
    tools = sabotaged(name, "env | grep -q secret && exit 6; exit 7")

    with pytest.raises(ToolSilent, match="status 7"):
        tools.ask(name, next(iter(ADAPTERS[name].questions)), TREE, TREE.paths())


@pytest.mark.parametrize("name", ADAPTERS)
def test_a_tool_reaches_no_network_not_even_this_machine(
    sabotaged: Callable[[str, str], Tools], name: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        connects = f"exec 3<>/dev/tcp/127.0.0.1/{port}"
        outside = subprocess.run(["bash", "-c", connects], check=False)
        tools = sabotaged(name, f"bash -c '{connects}' && exit 5; exit 7")

        with pytest.raises(ToolSilent, match="status 7"):
            tools.ask(name, next(iter(ADAPTERS[name].questions)), TREE, TREE.paths())

    assert outside.returncode == 0  # or the test would prove nothing


WRITES_INTO_THE_INPUT = """
for word in "$@"; do
  if [ -e "$word/go.mod" ]; then
    echo evil > "$word/go.mod" && exit 8
    touch "$word/new" && exit 9
    exit 10
  fi
done
exit 11
"""


@pytest.mark.parametrize(("name", "question"), ASKED)
def test_the_files_that_a_tool_is_handed_cannot_be_written(
    sabotaged: Callable[[str, str], Tools], name: str, question: str
) -> None:
    with pytest.raises(ToolSilent, match="status 10"):
        sabotaged(name, WRITES_INTO_THE_INPUT).ask(name, question, TREE, TREE.paths())


@pytest.mark.parametrize(
    "script",
    [
        "head -c 10000000 /dev/zero > large || exit 12",
        "head -c 10000000 /dev/zero > /tmp/large || exit 12",
        "for n in 1 2 3 4 5; do head -c 900000 /dev/zero > $n || exit 12; done",
    ],
)
@pytest.mark.parametrize("name", ADAPTERS)
def test_a_tool_cannot_fill_the_disk(
    sabotaged: Callable[[str, str], Tools], name: str, script: str
) -> None:
    with pytest.raises(ToolSilent, match="ended with status"):
        sabotaged(name, f"{script}; echo written").ask(
            name, next(iter(ADAPTERS[name].questions)), TREE, TREE.paths()
        )


@pytest.mark.parametrize("name", ADAPTERS)
def test_a_tool_that_takes_too_much_memory_is_ended(
    sabotaged: Callable[..., Tools], name: str
) -> None:
    small = replace(TIGHT, memory_bytes=50_000_000, wall_seconds=60.0)
    hoards = "head -c 900000000 /dev/zero | tail -c 900000000; sleep 60"

    with pytest.raises(ToolSilent, match="GB of memory"):
        sabotaged(name, hoards, small).ask(
            name, next(iter(ADAPTERS[name].questions)), TREE, TREE.paths()
        )


@pytest.mark.parametrize("name", ADAPTERS)
def test_a_tool_that_takes_too_much_processor_time_is_ended_for_good(
    sabotaged: Callable[..., Tools], name: str
) -> None:
    short = replace(TIGHT, cpu_seconds=0.2, wall_seconds=60.0)
    tools = sabotaged(name, "while :; do :; done", short)

    with pytest.raises(ToolSilent, match="CPU time") as raised:
        tools.ask(name, next(iter(ADAPTERS[name].questions)), TREE, TREE.paths())

    assert not raised.value.may_pass
    assert tools.is_settled()


@pytest.mark.parametrize("name", ADAPTERS)
def test_nothing_that_a_tool_started_goes_on_after_it(
    sabotaged: Callable[[str, str], Tools], name: str
) -> None:
    seconds = "1234.5678"  # an argument that no other process has
    daemon = f"setsid sleep {seconds} >/dev/null 2>&1 </dev/null & exit 3"

    with pytest.raises(ToolSilent, match="status 3"):
        sabotaged(name, daemon).ask(
            name, next(iter(ADAPTERS[name].questions)), TREE, TREE.paths()
        )

    assert not is_gone_within(seconds, looks=1_000)


def is_gone_within(argument: str, *, looks: int) -> list[Path]:
    """Return the processes that have *argument* and do not end."""
    for _ in range(looks):
        left = [p for p in Path("/proc").glob("[0-9]*") if argument in words_of(p)]
        if not left:
            return []
        os.sched_yield()
    return left


def words_of(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""


@pytest.mark.parametrize(
    ("name", "version"),
    [(n, version) for n, each in ADAPTERS.items() for version in each.refused],
)
@pytest.mark.parametrize("on_path", [True, False], ids=["on PATH", "installed"])
def test_versions_known_to_be_bad_are_never_asked(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    version: str,
    *,
    on_path: bool,
) -> None:
    path = tmp_path / name
    path.write_text(f"#!/bin/sh\necho 'Version: {version}'\n")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    program = Program(path=path, version=version, content="")  # type: ignore[arg-type]
    monkeypatch.setattr(programs, "installed", lambda *_: program)
    tools = Tools([name] if on_path else [])

    with pytest.raises(ToolSilent, match=f"{name} {version} is never run"):
        tools.ask(name, next(iter(ADAPTERS[name].questions)), TREE, TREE.paths())
    with pytest.raises(ToolSilent, match="is never run"):
        tools.tool(name)


@pytest.mark.parametrize("name", ADAPTERS)
def test_a_program_on_path_is_taken_where_the_settings_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / name
    path.write_text("#!/bin/sh\necho 'Version: 99.1.2'\n")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    assert Tools([name]).tool(name).version == "99.1.2"
    assert Tools([name]).version(name) != Tools().version(name)


def test_a_setting_that_names_an_unknown_tool_is_refused() -> None:
    with pytest.raises(toolbox.SettingRefused, match="'trivvy'"):
        Tools(["trivvy"])


def is_here(adapter: Adapter) -> bool:
    try:
        Tools().tool(adapter.name)
    except ToolSilent:
        return False
    return True


@pytest.mark.parametrize("name", ADAPTERS)
def test_every_tool_is_installed_in_the_version_that_is_locked(name: str) -> None:
    assert is_here(ADAPTERS[name])


@pytest.mark.parametrize("name", ADAPTERS)
def test_no_question_may_be_asked_about_no_file_that_could_be_written(
    name: str,
) -> None:
    tree = DictTree({}, symlinks={"package-lock.json": "/etc/passwd"})

    with pytest.raises(ToolSilent, match="symbolic link"):
        Tools().ask(
            name,
            next(iter(ADAPTERS[name].questions)),
            tree,
            ["package-lock.json"],
        )
