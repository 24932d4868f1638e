# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Tools that fail in one way each, and what ossay makes of it: never an answer.

Every adapter is put through all of it with each of its questions; its program is
a shell script then, confined as the real one is. It stands for what drives a program,
too, where ossay does that (tests/sandbox/test_chromium.py has that).
"""

import hashlib
import os
import socket
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ossay.model.toolbox import ToolNotChosen, ToolSilent
from ossay.sandbox import programs, toolbox
from ossay.sandbox.adapter import Adapter
from ossay.sandbox.programs import NotHere, Program
from ossay.sandbox.running import Limits
from ossay.sandbox.toolbox import ADAPTERS, Tools
from tests.collect.trees import DictTree

pytestmark = pytest.mark.engine  # which needs a confinement to run

ASKED = [(name, q) for name, each in ADAPTERS.items() for q in each.questions]
BROUGHT = [name for name, each in ADAPTERS.items() if each.distribution]
"""Tools that are installed with ossay; others are on PATH or nowhere."""
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
        adapters = {name: replace(ADAPTERS[name], limits=limits, driven=None)}
        if name not in BROUGHT:
            tells = '[ "$*" = --version ] && exec echo 999.0.0'
            on_path(tmp_path, monkeypatch, name, f"{tells}\n{script}")
            return Tools([name], adapters=adapters)
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        program = Program(path=path, version="999.0.0", content=content)  # type: ignore[arg-type]
        monkeypatch.setattr(programs, "installed", lambda *_: program)
        return Tools(adapters=adapters)

    return make


def on_path(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, script: str
) -> Path:
    """Put a shell script by the name of a tool on PATH."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return path


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


@pytest.mark.parametrize(
    ("name", "question"), [asked for asked in ASKED if asked[0] in BROUGHT]
)
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


@pytest.mark.parametrize("name", BROUGHT)
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
    sabotaged: Callable[[str, str], Tools],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
) -> None:
    tools = sabotaged(name, f"touch {tmp_path}/was-run")
    monkeypatch.setattr(toolbox, "strongest", lambda: None)

    with pytest.raises(ToolSilent, match="not run outside a sandbox"):
        tools.ask(name, next(iter(ADAPTERS[name].questions)), TREE, TREE.paths())
    with pytest.raises(ToolSilent, match="not run outside a sandbox"):
        tools.tool(name)
    assert not (tmp_path / "was-run").exists()


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
  word="${word#dir:}"
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
@pytest.mark.parametrize("is_on_path", [True, False], ids=["on PATH", "installed"])
def test_versions_known_to_be_bad_are_never_asked(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    version: str,
    *,
    is_on_path: bool,
) -> None:
    path = on_path(tmp_path, monkeypatch, name, f"echo 'Version: {version}'")
    program = Program(path=path, version=version, content="")  # type: ignore[arg-type]
    monkeypatch.setattr(programs, "installed", lambda *_: program)
    tools = Tools([name] if is_on_path else [])

    with pytest.raises(ToolSilent, match=f"{name} {version} is never run"):
        tools.ask(name, next(iter(ADAPTERS[name].questions)), TREE, TREE.paths())
    with pytest.raises(ToolSilent, match="is never run"):
        tools.tool(name)


@pytest.mark.parametrize("name", ADAPTERS)
def test_a_program_on_path_is_taken_only_where_the_settings_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = on_path(tmp_path, monkeypatch, name, "echo 'Version: 999.1.2'")

    told = Tools([name]).tool(name)

    assert (told.version, told.from_path) == ("999.1.2", True)
    assert told.content == hashlib.sha256(path.read_bytes()).hexdigest()
    assert Tools([name]).version(name) != Tools().version(name)
    if name in BROUGHT:
        assert not Tools().tool(name).from_path
    elif not ADAPTERS[name].places:
        with pytest.raises(ToolNotChosen, match=f"{name} is not asked: no setting"):
            Tools().tool(name)
        with pytest.raises(ToolNotChosen):
            Tools().ask(name, "components", TREE, TREE.paths())


@pytest.mark.parametrize("name", ADAPTERS)
@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("echo 'Version: 0.0.9'", "0.0.9 on PATH is never run: it is older than"),
        ("echo a new one", "does not tell its version"),
        ("exit 0", "does not tell its version"),
        ("echo 999.1.2; exit 1", "does not tell its version"),
        ("sleep 1000", "did not end within 2 s"),
        (GIGABYTE, "said more than 5,000,000 bytes"),
    ],
)
def test_a_program_on_path_that_does_not_tell_it_is_new_enough_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, script: str, why: str
) -> None:
    asked = f'[ "$*" = --version ] || touch {tmp_path}/was-asked\n{script}'
    on_path(tmp_path, monkeypatch, name, asked)
    tools = Tools([name], adapters={name: replace(ADAPTERS[name], limits=TIGHT)})

    for ask in (
        lambda: tools.tool(name),
        lambda: tools.ask(name, next(iter(ADAPTERS[name].questions)), TREE, ["go.mod"]),
    ):
        with pytest.raises(ToolSilent, match=name) as raised:
            ask()
        assert why in str(raised.value)
        assert not isinstance(raised.value, ToolNotChosen)


def test_a_tool_that_the_settings_ask_for_and_path_lacks_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ToolSilent, match="not on PATH, where the settings look"):
        Tools(["syft"]).tool("syft")


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda path: path.chmod(0o777), "others may put another file at"),
        (lambda path: path.parent.chmod(0o777), "others may put another file at"),
        (lambda path: os.chown(path, 65_534, 65_534), "others may put another file"),
        (lambda path: os.chown(path.parent, 65_534, 65_534), "others may put another"),
    ],
    ids=["anybody writes it", "anybody writes its folder", "other's", "other's folder"],
)
@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_a_program_on_path_that_others_could_replace_is_not_run(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[Path], None],
    why: str,
) -> None:
    (tmp_path / "bin").mkdir()
    path = on_path(tmp_path / "bin", monkeypatch, "syft", "echo 999.0.0")
    assert Tools(["syft"]).tool("syft").version == "999.0.0"
    spoil(path)

    with pytest.raises(ToolSilent, match=f"syft is not run: {why}"):
        Tools(["syft"]).tool("syft")


def test_a_link_on_path_counts_where_it_lies_and_where_it_leads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("bin", "open"):
        (tmp_path / name).mkdir()
    (tmp_path / "open").chmod(0o777)
    real = on_path(tmp_path / "open", monkeypatch, "syft", "echo 999.0.0")
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:{os.environ['PATH']}")
    (tmp_path / "bin" / "syft").symlink_to(real)

    with pytest.raises(ToolSilent, match="others may put another file at"):
        Tools(["syft"]).tool("syft")


@pytest.mark.parametrize("entry", [".", ""])
def test_a_program_in_the_current_folder_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str
) -> None:
    on_path(tmp_path, monkeypatch, "syft", f"touch {tmp_path}/was-run; echo 999.0.0")
    monkeypatch.setenv("PATH", f"{entry}:/nowhere")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(ToolSilent):
        Tools(["syft"]).tool("syft")
    assert not (tmp_path / "was-run").exists()


def test_a_setting_that_names_an_unknown_tool_is_refused() -> None:
    with pytest.raises(toolbox.SettingRefused, match="'trivvy'"):
        Tools(["trivvy"])


def is_here(adapter: Adapter) -> bool:
    try:
        Tools().tool(adapter.name)
    except ToolSilent:
        return False
    return True


@pytest.mark.parametrize("name", BROUGHT)
def test_every_tool_is_installed_in_the_version_that_is_locked(name: str) -> None:
    assert is_here(ADAPTERS[name])


@pytest.mark.parametrize("name", ADAPTERS)
def test_no_question_may_be_asked_about_no_file_that_could_be_written(
    sabotaged: Callable[[str, str], Tools], name: str
) -> None:
    tree = DictTree({}, symlinks={"package-lock.json": "/etc/passwd"})

    with pytest.raises(ToolSilent, match="symbolic link"):
        sabotaged(name, "exit 0").ask(
            name,
            next(iter(ADAPTERS[name].questions)),
            tree,
            ["package-lock.json"],
        )
