# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Parts of the full test run that may be missing here, each named at the end."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from fcntl import LOCK_EX, flock
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from ossay import shipped
from ossay.model.toolbox import ToolSilent
from ossay.sandbox.toolbox import ADAPTERS, Tools
from tests import wheel
from tests.cases import lend_templates
from tests.collect.trees import DictTree

settings.register_profile("no-deadline", deadline=None)  # the machine may be busy
settings.load_profile("no-deadline")

PACKAGES = "packages.txt names the packages to install"

PARTS = {
    "browser": ("chromium", PACKAGES),
    "printing": ("pdftoppm", PACKAGES),
    "openssl": ("openssl", PACKAGES),
    "debian": ("dpkg-deb", "it is part of Debian"),
    "engine": (str(shipped.engine_environment() / "ready"), "run `make engine`"),
}
"""Marker of the tests, what they cannot run without, and how to get it."""


IN_ONE_PROCESS = {
    "tests/flows/": "an installed wheel and a server",
    "tests/test_wheel.py": "an installed wheel and a server",
    "tests/collect/test_pages_shown.py": "what a browser said of many pages",
    "tests/test_hostile.py": "what was told of a repository with many traps",
}
"""What tests share that takes long to make, by the beginning of their names."""


class InProcesses(LoadScopeScheduling):  # type: ignore[misc] # untyped
    """
    Hands out tests one by one, but those that share what takes long as one.

    xdist's own `loadgroup` gives each process some of a group: it marks tests by a
    name that pytest 9.2 does not let it change.
    """

    def _split_scope(self, nodeid: str) -> str:
        shared = (w for start, w in IN_ONE_PROCESS.items() if nodeid.startswith(start))
        return next(shared, nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> InProcesses:
    return InProcesses(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests of the whole come first: they take longest, and none waits for them."""
    whole = Path(__file__).parent
    items.sort(key=lambda item: item.path.parent != whole)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, (program, remedy) in PARTS.items():
        is_there = shutil.which(program) or Path(program).is_file()
        if is_there or not item.get_closest_marker(marker):
            continue
        if os.environ.get("OSSAY_REQUIRE_ALL") == "1":
            pytest.fail(f"{program} is missing; {remedy}")
        pytest.skip(f"{program} is missing")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [str(r.longrepr) for r in terminalreporter.stats.get("skipped", ())]
    for program, _ in PARTS.values():
        if count := sum(f"{program} is missing" in reason for reason in skipped):
            line = f"skipped: {program} is missing ({count} tests)"
            terminalreporter.write_line(line)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """Return a folder in memory, where there is one: fsync costs nothing there."""
    shared = Path("/dev/shm")  # noqa: S108 - Linux's name for it
    if os.access(shared, os.W_OK):
        with TemporaryDirectory(dir=shared) as folder:
            yield Path(folder)
    else:
        yield tmp_path


@pytest.fixture(scope="session", autouse=True)
def _nobodys_settings() -> Iterator[None]:
    """Run every test without the settings of the person who runs them."""
    kept = {k: os.environ.pop(k) for k in list(os.environ) if k.startswith("OSSAY_")}
    require_all = kept.get("OSSAY_REQUIRE_ALL")
    if require_all is not None:
        os.environ["OSSAY_REQUIRE_ALL"] = require_all
    yield
    os.environ.update(kept)


@pytest.fixture(scope="session")
def wheel_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Return the python of an empty environment into which the wheel is installed.

    Made once: tests that need it are among those that one process runs.
    """
    return wheel.install(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def ready_tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Return the folder with what foreign tools made of their own rules.

    To make it takes ten times what a test does; all processes of a run share it.
    """
    kept = tmp_path_factory.getbasetemp() / "tools"
    if "PYTEST_XDIST_WORKER" in os.environ:
        kept = kept.parents[1] / "tools"
    tree = DictTree({"a.txt": b"a\n"})
    with kept.with_suffix(".lock").open("w") as turn:
        flock(turn, LOCK_EX)  # else each process would make it for itself
        for adapter in ADAPTERS.values():
            if adapter.keeps_in:
                question = next(iter(adapter.questions))
                with suppress(ToolSilent):  # tests of the tool tell what is wrong
                    Tools(kept=kept).ask(adapter.name, question, tree, tree.paths())
    return kept


UsedHome = Callable[[Path], Path]


@pytest.fixture(scope="session")
def used_home(ready_tools: Path) -> UsedHome:
    """Make a folder the home of an ossay whose tools ran before, and return it."""

    def make(home: Path) -> Path:
        home.mkdir(parents=True, exist_ok=True)
        (home / "tools").symlink_to(ready_tools, target_is_directory=True)
        lend_templates(home)
        return home

    return make
