# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a pipeline runs on: the Engine protocol, the plain one, and the Workshop."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from ossay.model.errors import OssayError
from ossay.source import Access, Limits

if TYPE_CHECKING:
    from ossay.model.licences import Recogniser
    from ossay.model.toolbox import Toolbox
    from ossay.register import Register

P = ParamSpec("P")
R = TypeVar("R")

Step = Callable[Concatenate["Workshop", P], R]
"""A module-level function of the workshop and of ids and digests, never of values."""

TEMPORARY_FAILURE = 75
"""Exit status of errors that may be gone at the next try (EX_TEMPFAIL)."""

log = logging.getLogger(__name__)


HISTORY_VERSIONS = 2_000
"""About 4 CPU-s, once for each repository."""


class SettingsError(OssayError):
    """A setting cannot be meant."""

    status = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """
    What may differ between two offices.

    Attributes:
        home: Folder of the register, the artefacts and the clones.
        access: Which hosts may be fetched from beyond public https.
        limits: How long and how large a clone may be.
        local_paths: Whether a candidate may be a folder of this machine; true
            on the command line, never for requests from elsewhere.
        tools_from_path: Tools that are taken from PATH and not from what was
            installed with ossay.
        history_versions: How many versions of files, of earlier commits, are searched
            for secrets, those of the newest commits first.
        site_hosts: "host:port" of running instances that may be visited for requests
            from elsewhere; on the command line, whoever gives an address answers
            for it.
    """

    home: Path
    access: Access
    limits: Limits
    local_paths: bool = False
    tools_from_path: frozenset[str] = frozenset()
    history_versions: int = HISTORY_VERSIONS
    site_hosts: frozenset[str] = frozenset()

    @classmethod
    def read(cls, environ: Mapping[str, str], *, local_paths: bool) -> Settings:
        """Read the settings from environment variables (docs/settings.md)."""
        ca_file = environ.get("OSSAY_CA_FILE")
        return cls(
            home=_home(environ),
            access=Access(
                allowed_hosts=_names(environ.get("OSSAY_ALLOWED_HOSTS", "")),
                ssh_hosts=_names(environ.get("OSSAY_SSH_HOSTS", "")),
                ca_file=Path(ca_file) if ca_file else None,
            ),
            limits=Limits(
                seconds=_number(environ, "OSSAY_CLONE_SECONDS", 1_800),
                bytes=_number(environ, "OSSAY_CLONE_BYTES", 4_000_000_000),
            ),
            local_paths=local_paths,
            tools_from_path=_names(environ.get("OSSAY_TOOLS_FROM_PATH", "")),
            history_versions=_number(
                environ, "OSSAY_HISTORY_VERSIONS", HISTORY_VERSIONS
            ),
            site_hosts=_names(environ.get("OSSAY_SITE_HOSTS", "")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """
    Everything that steps work with: opened once at the edge and handed in.

    Attributes:
        recogniser: Reads licences in files; None where none is installed or wanted.
        toolbox: The foreign tools of this machine; None where none are wanted.
    """

    register: Register
    settings: Settings
    clock: Callable[[], datetime]
    recogniser: Recogniser | None = None
    toolbox: Toolbox | None = None

    @classmethod
    @contextmanager
    def open(
        cls,
        settings: Settings,
        clock: Callable[[], datetime] | None = None,
        recogniser: Recogniser | None = None,
        toolbox: Toolbox | None = None,
    ) -> Iterator[Workshop]:
        """Open the register under the settings' home, and close it afterwards."""
        from ossay.register import Register

        with Register.open(settings.home) as register:
            yield cls(
                register=register,
                settings=settings,
                clock=clock or _now,
                recogniser=recogniser,
                toolbox=toolbox,
            )

    @property
    def clones(self) -> Path:
        """Folder of the bare clones."""
        return self.settings.home / "clones"


class Engine(Protocol):
    """Runs steps. A pipeline is written once against this."""

    def step(self, run: Step[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run one step and return what it returns; let its error through."""

    def fan_out(
        self, run: Callable[..., R], items: Sequence[str], *common: str
    ) -> tuple[R, ...]:
        """Run *run* for each of *items* beside *common*; results in their order."""

    def progress(self, share: float, doing: str) -> None:
        """Say that *share* (0 to 1) of the work is done, and what is being done."""


class InlineEngine:
    """Runs steps as plain calls: no server, no Prefect."""

    WAITS = (2.0, None)
    """Seconds before each new try; None is the last one."""

    def __init__(
        self,
        workshop: Workshop,
        *,
        watch: Callable[[float, str], None] = lambda _share, _doing: None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._workshop = workshop
        self._watch = watch
        self._pause = pause

    def step(self, run: Step[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run one step; what failed for a moment is tried again with back-off."""
        for wait in self.WAITS:
            try:
                return run(self._workshop, *args, **kwargs)
            except OssayError as error:
                if wait is None or error.status != TEMPORARY_FAILURE:
                    raise
                log.warning("%s; trying again in %.0f s", error, wait)
                self._pause(wait * random.uniform(0.5, 1))  # noqa: S311 - jitter
        raise AssertionError

    def fan_out(
        self, run: Callable[..., R], items: Sequence[str], *common: str
    ) -> tuple[R, ...]:
        """Run one after the other: the work is Python's, threads would only queue."""
        return tuple(self.step(run, item, *common) for item in items)

    def progress(self, share: float, doing: str) -> None:
        """Pass it to whoever watches."""
        self._watch(share, doing)


def _now() -> datetime:
    return datetime.now(UTC)


def _home(environ: Mapping[str, str]) -> Path:
    if given := environ.get("OSSAY_HOME"):
        return Path(given).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("ossay")


def _names(text: str) -> frozenset[str]:
    return frozenset(name.strip() for name in text.split(",") if name.strip())


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        msg = f"setting {name} must be a whole number above 0, got {text!r}"
        raise SettingsError(msg)
    return int(text)
