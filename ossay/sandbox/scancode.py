# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""ScanCode as a recogniser: a confined process, started when first asked."""

import logging
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from ossay import shipped
from ossay.codec import code_digest
from ossay.model.digest import Digest
from ossay.model.evidence import Tool
from ossay.model.licences import Holdings, Recognised
from ossay.model.tree import TookTooLong, Unreadable
from ossay.sandbox.answers import NoAnswer, read_holdings, read_recognised
from ossay.sandbox.confinement import (
    LIMITS_ONLY,
    NONE_WORKS,
    NOT_RUN,
    Confinement,
    strongest,
)
from ossay.sandbox.dialogue import Dialogue, Overran, Silenced

log = logging.getLogger(__name__)

T = TypeVar("T", Recognised, Holdings)

SELFTEST_CPU_SECONDS = 0.3
"""What the self-test takes on a machine that is given the limits as they stand."""

LOCK = "requirements.lock"

NICE = ("nice", "-n", "10")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """
    How much the engine may take.

    Attributes:
        text_seconds: CPU seconds for one text, on a machine of ordinary speed.
        start_seconds: The same for the start.
        memory_bytes: The engine takes 0.25 GB, plain ScanCode 1.4 GB.
        deaths: So often it may end unbidden.
        overruns: So often it may be stopped because a text took too long.
    """

    text_seconds: float = 2.0
    start_seconds: float = 60.0
    memory_bytes: int = 2_000_000_000
    deaths: int = 5
    overruns: int = 200


class ScancodeRecogniser:
    """
    Reads licences and copyright notices out of text, as ScanCode does.

    One at a time: a recogniser belongs to one thread.

    Attributes:
        warnings: What whoever reads its answers should know of how they were made.
    """

    def __init__(
        self,
        environment: Path | None = None,
        *,
        confinement: Confinement | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._environment = environment or shipped.engine_environment()
        self._engine = shipped.engine()
        self._confinement = confinement
        self._limits = limits or Limits()
        self._dialogue: Dialogue | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._given_up = ""
        self._slowness = 1.0
        self._deaths = 0
        self._overruns = 0
        self._asked = 0
        self.warnings: list[str] = []

    @property
    def version(self) -> Digest:
        """Digest of the engine's code and lock, and of this module."""
        return code_digest([sys.modules[__name__]], folders=[self._engine])

    @property
    def may_answer_later(self) -> bool:
        """It may have been ended for what it took, or for another program's sake."""
        return True

    @property
    def tool(self) -> Tool:
        """ScanCode, in the version that is locked: no other answers."""
        confine = self._confinement or strongest()
        return Tool(
            name="ScanCode",
            version=_locked(self._engine / LOCK),
            sandbox=NOT_RUN if confine is None else confine.sandbox,
        )

    def is_installed(self) -> bool:
        """Tell whether the engine is there, and complete."""
        return (self._environment / "ready").is_file()

    def licences(
        self, texts: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, Recognised | Unreadable]]:
        """Yield which licences each text speaks of."""
        return self._answers("licences", read_recognised, texts)

    def copyrights(
        self, texts: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, Holdings | Unreadable]]:
        """Yield who holds the copyright by each text."""
        return self._answers("copyrights", read_holdings, texts)

    def _answers(
        self, ask: str, read: Callable[[object], T], texts: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, T | Unreadable]]:
        for name, text in texts:
            yield name, self._answer(ask, read, text)

    def _answer(
        self, ask: str, read: Callable[[object], T], text: str
    ) -> T | Unreadable:
        if self._given_up:
            return Unreadable(why=self._given_up)
        self._asked += 1
        question = {"id": self._asked, "ask": ask, "text": text}
        seconds = self._limits.text_seconds * self._slowness
        try:
            answer = self._running().ask(question, seconds=seconds)
            return self._read(answer, read)
        except Overran as why:
            self._dialogue = None
            self._overruns += 1
            self._count(self._overruns, self._limits.overruns, why)
            return TookTooLong(why=f"the licence engine {why}")
        except Silenced as why:
            self._drop()
            self._count_death(why)
            return Unreadable(why=f"the licence engine failed: {why}")

    def _count_death(self, why: Silenced) -> None:
        self._deaths += 1
        self._count(self._deaths, self._limits.deaths, why)

    def _count(self, times: int, allowed: int, why: Silenced) -> None:
        if times >= allowed and not self._given_up:
            self._given_up = (
                f"the licence engine was given up after failing {times} times, "
                f"the last time because: {why}"
            )
            log.warning("%s", self._given_up)

    def _read(self, answer: Any, read: Callable[[object], T]) -> T | Unreadable:
        match answer:
            case {"id": self._asked, "error": str(why)}:
                return Unreadable(why=f"the licence engine failed: {why}")
            case {"id": self._asked, "answer": found}:
                try:
                    return read(found)
                except NoAnswer as error:
                    raise Silenced(str(error)) from error
        msg = "it said something that is no answer"
        raise Silenced(msg)

    def _running(self) -> Dialogue:
        if self._dialogue is not None and self._dialogue.is_over():
            self._drop()
            self._count_death(Silenced("it ended between two texts"))
            if self._given_up:
                raise Silenced(self._given_up)
        if self._dialogue is None:
            self._dialogue = self._start()
        return self._dialogue

    def _start(self) -> Dialogue:
        confinement = self._confinement or strongest()
        if confinement is LIMITS_ONLY:
            self._warn(f"the licence engine runs with {LIMITS_ONLY.name}")
        if confinement is None:
            self._given_up = (
                f"the licence engine is not run: {NONE_WORKS}, and it is not run "
                "outside a sandbox"
            )
            raise Silenced(self._given_up)
        if not self.is_installed():
            self._given_up = f"there is no licence engine in {self._environment.name!r}"
            raise Silenced(self._given_up)
        if self._scratch is None:
            self._scratch = tempfile.TemporaryDirectory(prefix="ossay-engine-")
        scratch = Path(self._scratch.name)
        index = self._environment / "index"
        command = [str(self._environment / "bin" / "python"), "-m", "engine.worker"]
        reads = (*_prefixes(self._environment), self._engine)
        dialogue = Dialogue(
            [*_nice(), *confinement.wrap([*command, str(index)], reads, scratch)],
            environment=_environment(scratch, self._engine.parent),
            folder=scratch,
            memory_bytes=self._limits.memory_bytes,
        )
        self._greet(dialogue.ask(None, seconds=self._limits.start_seconds), dialogue)
        return dialogue

    def _greet(self, said: Any, dialogue: Dialogue) -> None:
        match said:
            case {
                "ready": {
                    "scancode": str(version),
                    "why_plain": str(why_plain),
                    "selftest_cpu_seconds": float(seconds),
                }
            }:
                pass
            case _:
                dialogue.stop()
                msg = "it said something that is no greeting"
                raise Silenced(msg)
        if version != (wanted := _locked(self._engine / LOCK)):
            dialogue.stop()
            self._given_up = f"the licence engine is ScanCode {version}, not {wanted}"
            raise Silenced(self._given_up)
        self._slowness = max(1.0, seconds / SELFTEST_CPU_SECONDS)
        if why_plain:
            self._warn(f"the licence engine works the slow way: {why_plain}")

    def _warn(self, what: str) -> None:
        if what not in self.warnings:
            self.warnings.append(what)
            log.warning("%s", what)

    def _drop(self) -> None:
        if self._dialogue is not None:
            self._dialogue.stop()
            self._dialogue = None

    def close(self) -> None:
        """End the process and remove its folder."""
        self._drop()
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _environment(scratch: Path, root: Path) -> dict[str, str]:
    """Return all that the engine is told: nothing of the person who runs ossay."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(root),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONNOUSERSITE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "SCANCODE_CACHE": str(scratch),
        "SCANCODE_TEMP": str(scratch),
        "SCANCODE_PACKAGE_INDEX_CACHE": str(scratch),
    }


def _prefixes(environment: Path) -> tuple[Path, ...]:
    """Return the environment, and the Python that it was made from."""
    try:
        text = (environment / "pyvenv.cfg").read_text()
    except OSError:
        return (environment,)
    home = re.search(r"^home\s*=\s*(/.+)/bin$", text, re.MULTILINE)
    return (environment, Path(home[1])) if home else (environment,)


def _nice() -> tuple[str, ...]:
    return NICE if shutil.which(NICE[0]) else ()


def _locked(lock: Path) -> str:
    found = re.search(r"^scancode-toolkit==(\S+)", lock.read_text(), re.MULTILINE)
    return found[1] if found else "none"
