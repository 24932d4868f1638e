# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The foreign tools of this machine, each run confined and within limits."""

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

from ossay.codec import canonical, code_digest, digest_of_bytes
from ossay.model.digest import Digest
from ossay.model.errors import OssayError
from ossay.model.evidence import Item, Tool
from ossay.model.sites import Reach
from ossay.model.toolbox import Said, ToolNotChosen, ToolSilent
from ossay.model.tree import Tree
from ossay.sandbox import (
    adapter,
    confinement,
    export,
    gate,
    programs,
    room,
    running,
)
from ossay.sandbox.adapter import Adapter, Driven, Question
from ossay.sandbox.chromium import CHROMIUM
from ossay.sandbox.chromium.driver import ASKED
from ossay.sandbox.chromium.serving import GATE
from ossay.sandbox.confinement import Confinement, strongest
from ossay.sandbox.kingfisher import KINGFISHER
from ossay.sandbox.programs import NotChosen, NotHere, Program
from ossay.sandbox.running import Ended, Ran
from ossay.sandbox.syft import SYFT
from ossay.sandbox.trivy import TRIVY
from ossay.sandbox.zizmor import ZIZMOR

ADAPTERS: Mapping[str, Adapter] = {
    each.name: each for each in (TRIVY, SYFT, ZIZMOR, KINGFISHER, CHROMIUM)
}

_HERE = sys.modules[__name__]
_SHARED = (adapter, confinement, export, gate, programs, room, running, _HERE)
"""What every answer passes through."""


class SettingRefused(OssayError):
    """A setting names a tool that ossay does not know."""

    status = 2


class Tools:
    """
    The tools of this machine.

    Args:
        from_path: Tools that are looked for on PATH instead of among what was
            installed with ossay.
        confine: The way to keep them in; the strongest that works here by default.
        kept: Folder for what tools made of their own rules; without it they make
            that each time.
        left_out: Tools that are not wanted, each with what to say of that.
        left_out: Tools that are not wanted, each with what to say of it.
    """

    def __init__(
        self,
        from_path: Iterable[str] = (),
        *,
        adapters: Mapping[str, Adapter] = ADAPTERS,
        confine: Confinement | None = None,
        kept: Path | None = None,
        left_out: Mapping[str, str] | None = None,
    ) -> None:
        self._adapters = adapters
        self._from_path = frozenset(from_path)
        self._confinement = confine
        self._kept = kept
        self._left_out = left_out or {}
        self._is_settled = True
        if unknown := sorted(self._from_path - set(adapters)):
            known = ", ".join(sorted(adapters))
            msg = f"there is no tool {unknown[0]!r} to take from PATH; known: {known}"
            raise SettingRefused(msg)

    def tool(self, name: str) -> Tool:
        """Return a tool, and how it is kept in; raise `ToolSilent` if it is not run."""
        asked = self._adapters[name]
        return Tool(
            name=name,
            version=self._version(asked),
            content=self._program_or_silence(asked).content,
            from_path=name in self._from_path,
            sandbox=self._confined(asked).sandbox,
        )

    def version(self, name: str) -> Digest:
        """Return the digest of all that a tool's answers depend on, its absence too."""
        asked = self._adapters[name]
        try:
            program = self._program(asked)
        except NotHere as error:
            found = f"none: {error}"
        else:
            found = program.content
        libraries = asked.driven.libraries if asked.driven else ()
        module = sys.modules.get(f"ossay.sandbox.{name}")
        here = [name for name in libraries if not found.startswith("none: ")]
        code = code_digest([*_SHARED, *([module] if module else [])], here)
        confine = self._confinement or strongest()
        kept_in = "" if confine is None else confine.name
        return digest_of_bytes(canonical([name, found, code, kept_in]))

    def is_settled(self) -> bool:
        """Tell whether every tool asked so far would say the same another time."""
        return self._is_settled

    def ask(self, name: str, question: str, tree: Tree, paths: Iterable[str]) -> Said:
        """
        Put one of a tool's questions about the files of *tree* at *paths*.

        Raises:
            ToolSilent: It is missing, was refused, failed, took too long or too much,
                or said what is no answer.
        """
        asked = self._adapters[name]
        wanted = asked.questions[question]
        self._version(asked)
        handed = list(paths)
        with _folders(name, room.folder_for(tree, handed)) as (files, scratch):
            given = export.export(tree, handed, files)
            if given.left_out and not given.written:
                first = given.left_out[0]
                msg = f"{name} could be handed no file: {first.subject}: {first.note}"
                raise self._silent(
                    msg, may_pass=not tree.is_settled(), left_out=given.left_out
                )
            ran = self._run(asked, wanted.words(files, scratch), (files,), scratch)
        self._check(asked, wanted, ran)
        return Said(text=ran.output, left_out=given.left_out)

    def visit(self, name: str, question: str, words: bytes, reach: Reach) -> Said:
        """
        Put one of a tool's questions about a running site.

        *words* say what is asked, and *reach* is the tool's only way out.

        Raises:
            ToolSilent: As with `ask`.
        """
        asked = self._adapters[name]
        wanted = asked.questions[question]
        self._version(asked)
        with _folders(name) as (files, scratch):
            (files / ASKED).write_bytes(words)
            with gate.opened(files / GATE, reach):
                ran = self._run(asked, wanted.words(files, scratch), (files,), scratch)
        self._check(asked, wanted, ran)
        return Said(text=ran.output)

    def _check(self, asked: Adapter, wanted: Question, ran: Ran) -> None:
        if ran.status not in wanted.statuses:
            last = ran.complaints.splitlines()[-1:]
            what = f"{asked.name} ended with status {ran.status}"
            is_refusal = wanted.refusal != "" and wanted.refusal in ran.complaints
            why = ": ".join([what, *last])[:500]
            raise self._silent(why, may_pass=not is_refusal)
        if not ran.output.strip():
            raise self._silent(f"{asked.name} said nothing")
        if not wanted.is_answer(ran.output):
            raise self._silent(f"{asked.name} said something that is no answer")

    def _run(
        self,
        asked: Adapter,
        words: Iterable[str],
        reads: tuple[Path, ...],
        scratch: Path,
        *,
        is_bare: bool = False,
    ) -> Ran:
        """Run a tool; a *bare* one is not spoken to by what else drives it."""
        confine = self._confined(asked)
        program = self._program_or_silence(asked)
        kept = self._made_ready(asked, program, confine)
        driver = _driver_of(asked.driven) if asked.driven and not is_bare else []
        command = confine.wrap(
            [*driver, str(program.path), *words],
            (*_read_for(asked, program), *reads, *([kept] if kept else [])),
            scratch,
            asked.limits.scratch_bytes,
            sees_processes=asked.sees_processes,
        )
        try:
            programs.check(program, self._kept)
            return running.run(
                command,
                environment=_environment(scratch, asked) | _kept_in(asked, kept),
                folder=scratch,
                limits=asked.limits,
            )
        except Ended as error:
            why = f"{asked.name} gave no answer: {error}"
            raise self._silent(why, may_pass=error.may_pass) from error
        except NotHere as error:
            raise self._silent(str(error)) from error

    def _made_ready(
        self, asked: Adapter, program: Program, confine: Confinement
    ) -> Path | None:
        """
        Return the folder with what a tool made of its own rules, if it makes any.

        It is made over an empty folder, so that no file of a stranger has a part in
        what later runs read; those cannot write to it.
        """
        if self._kept is None or not asked.keeps_in:
            return None
        ready = self._kept / f"{asked.name}-{program.content[:16]}"
        if ready.is_dir():
            return ready
        self._kept.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=self._kept) as at:
            nothing, made = Path(at, "nothing"), Path(at, "made")
            nothing.mkdir()
            made.mkdir()
            question = next(iter(asked.questions.values()))
            words = [str(program.path), *question.words(nothing, made)]
            with suppress(Ended):  # the run that needs it tells what is wrong
                ran = running.run(
                    confine.wrap(words, (program.path, nothing), made),
                    environment=_environment(made, asked) | _kept_in(asked, made),
                    folder=made,
                    limits=asked.limits,
                )
                if ran.status in question.statuses:
                    with suppress(OSError):  # another process was faster
                        made.rename(ready)
                    for left in self._kept.glob(".unfinished-*"):
                        if left != Path(at):  # by one that was killed, or too slow
                            shutil.rmtree(left, ignore_errors=True)
        return ready if ready.is_dir() else None

    def _confined(self, asked: Adapter) -> Confinement:
        confine = self._confinement or strongest()
        if confine is None:
            msg = f"{asked.name} is {confinement.NOT_RUN.name}, and {_NOT_OUTSIDE}"
            raise ToolSilent(msg)
        if left := asked.needs.difference(confine.sandbox.guards):
            msg = f"{asked.name} is not run: {confine.name} do not guard "
            raise ToolSilent(f"{msg}{', '.join(sorted(left))}; install bubblewrap")
        return confine

    def _program(self, asked: Adapter) -> Program:
        if asked.name in self._left_out:
            raise NotHere(self._left_out[asked.name])
        is_on_path = asked.name in self._from_path
        return programs.program_of(asked, on_path=is_on_path, kept=self._kept)

    def _program_or_silence(self, asked: Adapter) -> Program:
        try:
            return self._program(asked)
        except NotChosen as error:
            raise ToolNotChosen(str(error)) from error
        except NotHere as error:
            raise ToolSilent(str(error)) from error

    def _version(self, asked: Adapter) -> str:
        program = self._program_or_silence(asked)
        version = program.version or self._told_versions(asked, program)
        if why := asked.refused.get(version):
            msg = f"{asked.name} {version} is never run: {why}"
            raise ToolSilent(msg)
        is_on_path = asked.name in self._from_path
        if is_on_path or asked.places:
            try:
                programs.check_age(asked, version, on_path=is_on_path)
            except NotHere as error:
                raise ToolSilent(str(error)) from error
        return version

    @cached_property
    def _told(self) -> dict[Digest, str]:
        """What programs said of their version, by their content."""
        return {}

    def _told_versions(self, asked: Adapter, program: Program) -> str:
        if program.content not in self._told:
            known = self._version_kept(program)
            if known is not None and (version := programs.version_in(_text(known))):
                self._told[program.content] = version
                return version
            with tempfile.TemporaryDirectory(prefix="ossay-version-") as folder:
                words = ("--version",)
                ran = self._run(asked, words, (), Path(folder), is_bare=True)
            version = programs.version_in(ran.output.decode(errors="replace"))
            if ran.status or not version:
                raise self._silent(f"{asked.name} does not tell its version")
            self._told[program.content] = version
            if known is not None:
                with suppress(OSError):  # then it is asked again
                    known.parent.mkdir(parents=True, exist_ok=True)
                    known.write_text(version, encoding="ascii")
        return self._told[program.content]

    def _version_kept(self, program: Program) -> Path | None:
        """Return the file that says what a program said of its version, if any may."""
        return self._kept and self._kept / f"{program.content[:32]}.version"

    def _silent(
        self, why: str, *, may_pass: bool = True, left_out: tuple[Item, ...] = ()
    ) -> ToolSilent:
        self._is_settled &= not may_pass
        return ToolSilent(why, may_pass=may_pass, left_out=left_out)


@contextmanager
def _folders(name: str, within: Path | None = None) -> Iterator[tuple[Path, Path]]:
    """
    Make a folder for what a tool is handed, and one that it may write to.

    The first is made *within* another where one is given.
    """
    called = f"ossay-{name}-"
    with (
        tempfile.TemporaryDirectory(prefix=called, dir=within) as folder,
        tempfile.TemporaryDirectory(prefix=called) as scratch,
    ):
        files = Path(folder, "files")
        files.mkdir()
        yield files, Path(scratch)


_NOT_OUTSIDE = "it is not run outside a sandbox"


def _driver_of(driven: Driven) -> list[str]:
    """Return the beginning of a command that runs a part of ossay."""
    begin = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); "
        f"from {driven.module} import main; main()"
    )
    return [sys.executable, "-I", "-c", begin, str(_OSSAY.parent)]


def _text(file: Path) -> str:
    with suppress(OSError):
        return file.read_text(encoding="ascii", errors="replace")
    return ""


def _read_for(asked: Adapter, program: Program) -> tuple[Path, ...]:
    """Return what a program needs to read beside the files that it is asked about."""
    if asked.driven is None:
        return (program.path,)
    own = (program.path.parent, *map(Path, asked.driven.reads))
    python = {sys.prefix, sys.base_prefix, sys.exec_prefix}
    return (*own, *map(Path, sorted(python)), _OSSAY)


_OSSAY = Path(__file__).parents[1]


def _kept_in(asked: Adapter, kept: Path | None) -> dict[str, str]:
    return {asked.keeps_in: str(kept)} if kept else {}


def _environment(scratch: Path, asked: Adapter) -> dict[str, str]:
    """Return all that a tool is told: nothing of the person who runs ossay."""
    return {
        **asked.environment,
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "LANG": "C.UTF-8",
    }
