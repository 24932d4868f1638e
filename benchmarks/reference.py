# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Let plain ScanCode answer whole files of repositories, and keep what it says.

    .engine/bin/python -m benchmarks.reference FOLDER FILES SECONDS REPOSITORY...

Of each REPOSITORY, a bare git directory, FILES of the files at its HEAD are asked
about, those that the hash of their content draws; until SECONDS of CPU time are spent.
Answers are kept in FOLDER by version of ScanCode and by blob, outside the repository:
asking again goes on where it ended. What is asked is what `scancode -l -c` runs for
each file, `scancode.api`, with ScanCode's own index and choice of candidates, and
with its limit of 120 s for a file.
"""

import hashlib
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any, NoReturn

LONGEST_SECONDS = 120
"""What the command line of ScanCode gives to a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """A file of the head of a repository, by the first of its paths."""

    oid: str
    path: str
    repository: Path
    size_bytes: int


class TookTooLong(Exception):
    """ScanCode has had its time for this file."""


def main() -> None:
    """Ask until the time is over."""
    folder, files, seconds, *repositories = sys.argv[1:]
    answers = answers_in(Path(folder))
    wanted = [blob for name in repositories for blob in drawn(Path(name))[: int(files)]]
    ask(wanted, answers, float(seconds), holders=True)


def answers_in(folder: Path) -> Path:
    """Return the file of answers of the ScanCode that is installed here."""
    return folder / f"scancode-{metadata.version('scancode-toolkit')}.jsonl"


def ask(blobs: Iterable[Blob], answers: Path, seconds: float, *, holders: bool) -> None:
    """Let plain ScanCode answer those *blobs* that it has not answered before."""
    answers.parent.mkdir(parents=True, exist_ok=True)
    known = {each["oid"] for each in kept(answers)}
    drop_torn_line(answers)
    _load()
    began = time.process_time()
    with answers.open("a") as file:
        for blob in blobs:
            if time.process_time() - began > seconds:
                break
            if blob.oid in known:
                continue
            known.add(blob.oid)
            line = {"oid": blob.oid, "name": blob.path.rpartition("/")[2]}
            file.write(json.dumps(line | answer(blob, holders=holders)) + "\n")
            file.flush()


def answer(blob: Blob, *, holders: bool) -> dict[str, Any]:
    """Return what ScanCode, as it is set up here, says of *blob*, and its CPU time."""
    from scancode import api

    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch) / blob.path.rpartition("/")[2]
        place.write_bytes(git(blob.repository, "cat-file", "blob", blob.oid))
        found, licence_cpu = _timed(api.get_licenses, place)
        said = {"licences": licences_said(found), "licence_cpu": licence_cpu}
        if holders:
            found, holder_cpu = _timed(api.get_copyrights, place)
            said |= {"holders": _holders_said(found), "holder_cpu": holder_cpu}
    return said


def licences_said(found: Any) -> Any:
    """Return expression and matches; a text where ScanCode failed."""
    if isinstance(found, str):
        return found
    matches = [
        [
            match["start_line"],
            match["end_line"],
            match["matcher"],
            match["score"],
            match["rule_identifier"],
            match["license_expression_spdx"],
        ]
        for part in (*found["license_detections"], {"matches": found["license_clues"]})
        for match in part["matches"]
    ]
    return [found["detected_license_expression_spdx"], matches]


def _holders_said(found: Any) -> Any:
    return found if isinstance(found, str) else [h["holder"] for h in found["holders"]]


def _timed(way: Any, place: Path) -> tuple[Any, float]:
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, LONGEST_SECONDS)
    try:
        found = way(str(place))
    except Exception as error:  # noqa: BLE001 - whatever it fails with is its answer
        found = f"{type(error).__name__}: {error}"[:300]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return found, time.process_time() - began


def _end(*_: object) -> NoReturn:
    raise TookTooLong


signal.signal(signal.SIGPROF, _end)


def _load() -> None:
    """Load the index, which is no file's cost."""
    from scancode import api

    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("Licensed under the MIT license. Copyright 2026 Somebody\n")
        file.flush()
        api.get_licenses(file.name)
        api.get_copyrights(file.name)


def kept(answers: Path) -> Iterator[dict[str, Any]]:
    """Yield the answers that were written whole."""
    if answers.is_file():
        lines = answers.read_text().splitlines(keepends=True)
        yield from (json.loads(line) for line in lines if line.endswith("\n"))


def drop_torn_line(answers: Path) -> None:
    """Remove an answer that was not written whole."""
    content = answers.read_bytes() if answers.is_file() else b""
    answers.write_bytes(content[: content.rfind(b"\n") + 1])


def drawn(repository: Path) -> list[Blob]:
    """Return the files of *repository*, each content once, in the order of a lot."""
    found: dict[str, Blob] = {}
    for blob in _listed(repository):
        found.setdefault(blob.oid, blob)
    return sorted(found.values(), key=lambda blob: lot(blob.oid))


def lot(oid: str) -> bytes:
    """Return the place of a blob in an order that stays, and has no reason."""
    return hashlib.sha256(oid.encode()).digest()


def with_name(blob: Blob, name: str) -> Blob:
    """Return *blob* as a file called *name*: ScanCode looks at endings, too."""
    return replace(blob, path=name)


def _listed(repository: Path) -> Iterator[Blob]:
    for line in git(repository, "ls-tree", "-r", "-z", "--long", "HEAD").split(b"\0"):
        told, _, path = line.partition(b"\t")
        match told.split():
            # What a snapshot lacks has no size.
            case [mode, b"blob", oid, size] if mode != b"120000" and size.isdigit():
                yield Blob(
                    oid=oid.decode(),
                    path=path.decode(errors="surrogateescape"),
                    repository=repository,
                    size_bytes=int(size),
                )


def git(repository: Path, *words: str) -> bytes:
    """Return what git says of *repository*."""
    return subprocess.run(
        ["git", "-C", str(repository), *words], capture_output=True, check=True
    ).stdout


if __name__ == "__main__":
    main()
