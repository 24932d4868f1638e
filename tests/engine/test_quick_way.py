# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The quick way says what plain ScanCode says, and is not used where it does not."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ossay import shipped
from ossay.model.licences import Recognised
from ossay.sandbox.confinement import LIMITS_ONLY
from ossay.sandbox.scancode import ScancodeRecogniser
from tests.engine.texts import all_texts
from tests.sandbox.test_scancode import MIT

pytestmark = pytest.mark.engine

ROOT = Path(__file__).parents[2]
NUMPY_HEADER = 128
"""Bytes before the numbers of a .npy file."""

ENVIRONMENT = shipped.engine_environment()


def answered(texts: list[str], scratch: Path, *index: str) -> list[Any]:
    """Return what the engine's own python answers."""
    done = subprocess.run(
        [ENVIRONMENT / "bin" / "python", "-m", "tests.engine.answering", *index],
        input=json.dumps(texts),
        env=os.environ
        | {
            "PYTHONPATH": str(ROOT),
            "SCANCODE_CACHE": str(scratch),
            "SCANCODE_TEMP": str(scratch),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    answers: list[Any] = json.loads(done.stdout)
    return answers


def test_the_quick_way_answers_as_plain_scancode_does(tmp_path: Path) -> None:
    texts = all_texts()

    plain = answered(texts, tmp_path)
    quick = answered(texts, tmp_path, str(ENVIRONMENT / "index"))

    assert 40 <= len(texts) <= 60
    assert sum(bool(licences) for licences, _ in plain) > 30
    assert sum(len(said["notices"]) for _, said in plain) >= 10
    for text, expected, found in zip(texts, plain, quick, strict=True):
        assert found == expected, text


def environment_that_selects_nothing(folder: Path) -> Path:
    """Return an environment like the real one, but for numbers in its index."""
    for name in ("bin", "lib", "pyvenv.cfg", "ready"):
        (folder / name).symlink_to(ENVIRONMENT / name)
    shutil.copytree(ENVIRONMENT / "index", folder / "index")
    matchable = folder / "index" / "matchable.npy"
    numbers = matchable.read_bytes()
    matchable.write_bytes(numbers[:NUMPY_HEADER].ljust(len(numbers), b"\0"))
    return folder


def test_a_failed_self_test_leaves_plain_scancode(tmp_path: Path) -> None:
    environment = environment_that_selects_nothing(tmp_path)

    with ScancodeRecogniser(environment, confinement=LIMITS_ONLY) as engine:
        [(_, answer)] = engine.licences([("mit", MIT)])

    assert isinstance(answer, Recognised)
    assert answer.expressions == ("MIT",)
    _, warning = engine.warnings
    assert "failed its self-test on a licence text with words changed" in warning
