# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Hold the engine's quick way against plain ScanCode, on whole files of repositories.

    .engine/bin/python -m benchmarks.selection ask FOLDER SECONDS REPOSITORY...
    .engine/bin/python -m benchmarks.selection compare FOLDER INDEX REPOSITORY...

*ask* lets plain ScanCode answer as many files as it can within that much CPU time,
and keeps the answers in FOLDER, by version of ScanCode and by blob: asking again goes
on where it ended. *compare* lets the quick way answer the same files, and ends with
status 1 if one answer differs in an expression, a line, a matcher, a score or a rule.
REPOSITORY is a bare git directory; its HEAD is taken.
"""

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import index, recognition, selection, selftest

LARGEST_BYTES = 10_000
"""Plain ScanCode takes up to 20 s for one larger file."""

LOOKED_AT_BYTES = 8_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """A file of the head of a repository."""

    oid: str
    repository: Path
    size_bytes: int


def main() -> None:
    """Ask or compare."""
    what, folder, third, *repositories = sys.argv[1:]
    blobs = _blobs([Path(each) for each in repositories])
    answers = Path(folder) / f"scancode-{index.scancode_version()}.jsonl"
    answers.parent.mkdir(parents=True, exist_ok=True)
    if what == "ask":
        _ask(blobs, answers, float(third))
    else:
        _compare(blobs, answers, Path(third))


def _ask(blobs: list[Blob], answers: Path, seconds: float) -> None:
    known = {each["oid"] for each in _kept(answers)}
    selftest.failures()  # loads the index
    began = time.process_time()
    _drop_torn_line(answers)
    with answers.open("a") as kept:
        for blob, text in _texts(blob for blob in blobs if blob.oid not in known):
            if time.process_time() - began > seconds:
                break
            line = {"oid": blob.oid} | _answer(text)
            kept.write(json.dumps(line) + "\n")
            kept.flush()


def _compare(blobs: list[Blob], answers: Path, folder: Path) -> None:
    cache, columns = index.read(folder)
    index.install(cache)
    recognition.leave_out_needless_work()
    selection.install(selection.Selection(cache.index, columns))
    selftest.failures()  # warms up, as it did for the plain way
    expected = {each["oid"]: each for each in _kept(answers)}
    files = licensed = differing = 0
    plain = quick = 0.0
    for blob, text in _texts(blob for blob in blobs if blob.oid in expected):
        found = json.loads(json.dumps(_answer(text)))
        before = expected[blob.oid]
        files += 1
        licensed += bool(before["answer"])
        plain += before["cpu"]
        quick += found["cpu"]
        if found["answer"] != before["answer"]:
            differing += 1
            print(f"differs: {blob.oid} of {blob.repository}")
    print(
        f"{files} files, {licensed} with a licence, {differing} differing; "
        f"plain {plain:.1f} CPU-s, quick {quick:.1f} CPU-s"
    )
    sys.exit(1 if differing else 0)


def _answer(text: str) -> dict[str, Any]:
    began = time.process_time()
    try:
        answer: Any = selftest.answer(text)
    except Exception as error:  # noqa: BLE001 - both ways have to fail alike
        answer = f"{type(error).__name__}: {error}"
    return {"answer": answer, "cpu": time.process_time() - began}


def _kept(answers: Path) -> Iterator[dict[str, Any]]:
    if answers.is_file():
        lines = answers.read_text().splitlines(keepends=True)
        yield from (json.loads(line) for line in lines if line.endswith("\n"))


def _drop_torn_line(answers: Path) -> None:
    content = answers.read_bytes() if answers.is_file() else b""
    answers.write_bytes(content[: content.rfind(b"\n") + 1])


def _blobs(repositories: list[Path]) -> list[Blob]:
    """Return the files of all *repositories*, mixed, in an order that stays."""
    found = {
        blob.oid: blob for repository in repositories for blob in _listed(repository)
    }
    return sorted(
        found.values(), key=lambda blob: hashlib.sha256(blob.oid.encode()).digest()
    )


def _listed(repository: Path) -> Iterator[Blob]:
    for line in _git(repository, "ls-tree", "-r", "--long", "HEAD").splitlines():
        mode, kind, oid, size = line.split(b"\t")[0].split()
        if kind == b"blob" and mode != b"120000" and size.isdigit():
            size_bytes = int(size)
            if 0 < size_bytes <= LARGEST_BYTES:
                yield Blob(
                    oid=oid.decode(), repository=repository, size_bytes=size_bytes
                )


def _texts(blobs: Iterator[Blob]) -> Iterator[tuple[Blob, str]]:
    for blob in blobs:
        content = _git(blob.repository, "cat-file", "blob", blob.oid)
        if b"\0" in content[:LOOKED_AT_BYTES]:
            continue
        try:
            yield blob, content.decode()
        except UnicodeDecodeError:
            yield blob, content.decode("latin-1")


def _git(repository: Path, *words: str) -> bytes:
    return subprocess.run(
        ["git", "-C", str(repository), *words], capture_output=True, check=True
    ).stdout


if __name__ == "__main__":
    main()
