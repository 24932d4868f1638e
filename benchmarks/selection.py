# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Hold the engine's quick way against plain ScanCode, on whole files of repositories.

    .engine/bin/python -m benchmarks.selection ask FOLDER SECONDS REPOSITORY...
    .engine/bin/python -m benchmarks.selection compare FOLDER INDEX REPOSITORY...

*ask* lets plain ScanCode answer as many small files as it can within that much CPU
time, and keeps the answers in FOLDER, by version of ScanCode and by blob: asking again
goes on where it ended. *compare* lets the quick way answer the same files, and those
of any size that `benchmarks.reference` kept in FOLDER, and ends with status 1 if one
answer differs in an expression, a line, a matcher, a score, a rule or a holder.
REPOSITORY is a bare git directory; its HEAD is taken.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import reference
from benchmarks.reference import Blob, answers_in, drawn, drop_torn_line, git, kept
from engine import index, selection, selftest, shortcuts

LARGEST_BYTES = 10_000
"""Plain ScanCode takes up to 20 s for one larger file."""

LOOKED_AT_BYTES = 8_000


def main() -> None:
    """Ask or compare."""
    what, folder, third, *repositories = sys.argv[1:]
    blobs = {b.oid: b for name in repositories for b in drawn(Path(name))}
    answers = answers_in(Path(folder))
    if what == "ask":
        _ask(blobs, answers, float(third))
    else:
        _compare(blobs, answers, Path(third))


def _ask(blobs: dict[str, Blob], answers: Path, seconds: float) -> None:
    answers.parent.mkdir(parents=True, exist_ok=True)
    known = {each["oid"] for each in kept(answers)}
    selftest.failures()  # loads the index
    began = time.process_time()
    drop_torn_line(answers)
    with answers.open("a") as file:
        for oid in sorted(blobs, key=reference.lot):
            if time.process_time() - began > seconds:
                break
            is_small = 0 < blobs[oid].size_bytes <= LARGEST_BYTES
            text = _text(blobs[oid]) if is_small and oid not in known else None
            if text is not None:
                file.write(json.dumps({"oid": oid} | _answer(text)) + "\n")
                file.flush()


def _compare(blobs: dict[str, Blob], answers: Path, folder: Path) -> None:
    cache, columns = index.read(folder)
    index.install(cache)
    shortcuts.take_shortcuts()
    selection.install(selection.Selection(cache.index, columns))
    selftest.failures()  # warms up, as it did for the plain way
    files = licensed = with_holders = differing = 0
    plain = quick = 0.0
    for before in kept(answers):
        blob = blobs.get(before["oid"])
        if blob is None or any(LATE in str(said) for said in _said(before)):
            continue
        found = json.loads(json.dumps(_again(blob, before)))
        files += 1
        licensed += _said(before)[0] not in ([], [None, []])
        with_holders += "holders" in before
        plain += _cpu(before)
        quick += _cpu(found)
        if _said(found) != _said(before):
            differing += 1
            print(f"differs: {blob.oid} of {blob.repository}")
            print(f"  plain {_said(before)}\n  quick {_said(found)}")
    print(
        f"{files} files, {licensed} with a licence, {with_holders} asked for holders "
        f"too, {differing} differing; plain {plain:.1f} CPU-s, quick {quick:.1f} CPU-s"
    )
    sys.exit(1 if differing else 0)


LATE = "TookTooLong"
"""What plain ScanCode did not answer in its time, the quick way may answer."""


def _again(blob: Blob, before: dict[str, Any]) -> dict[str, Any]:
    """Answer *blob* the way in which it was answered *before*."""
    if "licences" not in before:
        return _answer(_text(blob) or "")
    named = reference.with_name(blob, before["name"])
    return reference.answer(named, holders="holders" in before)


def _said(answer: dict[str, Any]) -> list[Any]:
    return [answer[key] for key in ("answer", "licences", "holders") if key in answer]


def _cpu(answer: dict[str, Any]) -> float:
    return float(sum(n for key, n in answer.items() if key.endswith("cpu")))


def _answer(text: str) -> dict[str, Any]:
    """Answer *text* as one that ScanCode is handed, which parts it more often."""
    from licensedcode.detection import detect_licenses

    began = time.process_time()
    try:
        answer: Any = selftest.told(detect_licenses(query_string=text))
    except Exception as error:  # noqa: BLE001 - both ways have to fail alike
        answer = f"{type(error).__name__}: {error}"
    return {"answer": answer, "cpu": time.process_time() - began}


def _text(blob: Blob) -> str | None:
    """Return the text of *blob*; None if it is binary."""
    content = git(blob.repository, "cat-file", "blob", blob.oid)
    if b"\0" in content[:LOOKED_AT_BYTES]:
        return None
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


if __name__ == "__main__":
    main()
