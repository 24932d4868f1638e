# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Engines that fail in one way each: processes of their own, none of them ScanCode."""

import json
from pathlib import Path

import pytest

from ossay import shipped
from ossay.model.licences import Recognised
from ossay.model.tree import Unreadable
from ossay.sandbox import scancode
from ossay.sandbox.confinement import LIMITS_ONLY
from ossay.sandbox.dialogue import Silenced
from ossay.sandbox.scancode import Limits, ScancodeRecogniser

VERSION = scancode._locked(shipped.engine() / "requirements.lock")
GREETING = {"scancode": VERSION, "why_plain": "", "selftest_cpu_seconds": 0.1}
NOTHING_FOUND = {"expressions": [], "matches": [], "is_partial": False}
TEXTS = [("a", "one"), ("b", "two"), ("c", "three")]


def greets(**changes: object) -> str:
    return f"echo '{json.dumps({'ready': GREETING | changes})}'"


def says(number: int, answer: object = NOTHING_FOUND) -> str:
    return f"read line; echo '{json.dumps({'id': number, 'answer': answer})}'"


def engine_of(folder: Path, *script: str, **limits: float) -> ScancodeRecogniser:
    """Return a recogniser whose engine is a shell script."""
    python = folder / "environment" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("\n".join(["#!/bin/sh", *script, ""]))
    python.chmod(0o755)
    (python.parents[1] / "ready").touch()
    return ScancodeRecogniser(
        folder / "environment",
        confinement=LIMITS_ONLY,
        limits=Limits(**limits),  # type: ignore[arg-type]
    )


def whys(recogniser: ScancodeRecogniser) -> list[str]:
    """Return why each text got no answer; "" for those that got one."""
    with recogniser:
        answers = list(recogniser.licences(TEXTS))
    assert [name for name, _ in answers] == [name for name, _ in TEXTS]
    return [
        answer.why if isinstance(answer, Unreadable) else "" for _, answer in answers
    ]


def test_an_engine_that_is_not_there_answers_nothing(tmp_path: Path) -> None:
    recogniser = ScancodeRecogniser(tmp_path / "nowhere", confinement=LIMITS_ONLY)

    assert all("there is no licence engine" in why for why in whys(recogniser))


def test_the_version_is_known_without_an_engine(tmp_path: Path) -> None:
    recogniser = ScancodeRecogniser(tmp_path / "nowhere")

    assert len(recogniser.version) == 64


def test_an_engine_that_cannot_start_says_why(tmp_path: Path) -> None:
    recogniser = engine_of(tmp_path, "echo 'no such library' >&2", "exit 3")

    assert all(
        "ended with status 3: no such library" in why for why in whys(recogniser)
    )


def test_garbage_for_a_greeting_is_no_greeting(tmp_path: Path) -> None:
    assert all(whys(engine_of(tmp_path, "echo hello", "cat")))


def test_garbage_costs_the_text_that_was_asked_for(tmp_path: Path) -> None:
    recogniser = engine_of(
        tmp_path,
        greets(),
        f"if [ -e '{tmp_path}/again' ]; then",
        *(says(2), says(3), "else", f"touch '{tmp_path}/again'"),
        *("read line; echo '}{ no JSON'", "fi"),
    )

    first, *others = whys(recogniser)

    assert "no answer" in first
    assert others == ["", ""]


@pytest.mark.parametrize(
    "answer",
    [
        {"id": 7, "answer": NOTHING_FOUND},
        {"id": 1},
        {"id": 1, "answer": {}},
        {"id": 1, "answer": NOTHING_FOUND | {"more": 1}},
        {"id": 1, "answer": {"expressions": "MIT"}},
        [],
        None,
    ],
)
def test_an_answer_of_another_shape_is_none(tmp_path: Path, answer: object) -> None:
    line = json.dumps(answer)

    recogniser = engine_of(tmp_path, greets(), f"read line; echo '{line}'", deaths=1)

    assert all(whys(recogniser))


def test_an_engine_of_another_version_is_not_asked(tmp_path: Path) -> None:
    recogniser = engine_of(tmp_path, greets(scancode="1.0.0"), says(1))

    assert all("is ScanCode 1.0.0, not" in why for why in whys(recogniser))


def test_an_error_of_the_engine_concerns_one_text(tmp_path: Path) -> None:
    error = json.dumps({"id": 1, "error": "ValueError: odd"})

    recogniser = engine_of(
        tmp_path, greets(), f"read line; echo '{error}'", says(2), says(3)
    )

    assert whys(recogniser) == ["the licence engine failed: ValueError: odd", "", ""]


def test_an_engine_that_dies_again_and_again_is_given_up(tmp_path: Path) -> None:
    recogniser = engine_of(tmp_path, greets(), "read line; exit 9", deaths=2)

    first, second, third = whys(recogniser)

    assert "ended with status 9" in first
    assert "ended with status 9" in second
    assert "given up after failing 2 times" in third


def test_an_engine_that_ends_between_texts_is_given_up_too(tmp_path: Path) -> None:
    recogniser = engine_of(tmp_path, greets(), "read line", "exit 9", deaths=2)
    recogniser._count_death(Silenced("made up"))
    recogniser._dialogue = recogniser._start()
    recogniser._dialogue._process.kill()
    recogniser._dialogue._process.wait()

    assert all("it ended between two texts" in why for why in whys(recogniser))


def test_an_engine_that_never_answers_is_stopped(tmp_path: Path) -> None:
    recogniser = engine_of(
        tmp_path,
        greets(),
        *("read line; while :; do :; done",),
        text_seconds=0.1,
        overruns=2,
    )

    first, second, third = whys(recogniser)

    assert "timed out" in first
    assert "timed out" in second
    assert "given up" in third


def test_an_engine_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    recogniser = engine_of(
        tmp_path,
        greets(),
        *("read line", "hoard=0123456789abcdef"),
        *("while :; do hoard=$hoard$hoard; done",),
        memory_bytes=100_000_000,
        deaths=1,
    )

    first, *_ = whys(recogniser)

    assert "took more than 0.1 GB of memory" in first


def test_a_slow_machine_gets_more_time(tmp_path: Path) -> None:
    recogniser = engine_of(
        tmp_path, greets(selftest_cpu_seconds=3.0), *map(says, (1, 2, 3))
    )
    whys(recogniser)

    assert recogniser._slowness == pytest.approx(10)


def test_the_slow_way_is_a_warning(tmp_path: Path) -> None:
    recogniser = engine_of(
        tmp_path, greets(why_plain="the self-test failed"), *map(says, (1, 2, 3))
    )

    assert whys(recogniser) == ["", "", ""]
    assert recogniser.warnings == [
        "the licence engine runs with limits only, no sandbox",
        "the licence engine works the slow way: the self-test failed",
    ]


def test_the_engine_is_told_nothing_of_whoever_runs_ossay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_TOKEN", "secret")
    monkeypatch.setenv("HOME", "/somebody")
    told = tmp_path / "told"
    recogniser = engine_of(tmp_path, f"env > '{told}'", greets(), *map(says, (1, 2, 3)))

    assert whys(recogniser) == ["", "", ""]
    assert "secret" not in told.read_text()
    assert "/somebody" not in told.read_text()


def test_no_sandbox_is_a_reason_not_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scancode, "strongest", lambda: None)
    recogniser = engine_of(tmp_path, greets(), *map(says, (1, 2, 3)))
    recogniser._confinement = None

    assert all("not run outside a sandbox" in why for why in whys(recogniser))


def test_a_long_text_and_a_long_answer_do_not_wait_for_each_other(
    tmp_path: Path,
) -> None:
    long = {"expressions": ["MIT"] * 100_000, "matches": [], "is_partial": False}
    answer = tmp_path / "answer"
    answer.write_text(json.dumps({"id": 1, "answer": long}) + "\n")
    recogniser = engine_of(
        tmp_path,
        greets(),
        *("head -c 1 > /dev/null", f"cat '{answer}'", "cat > /dev/null"),
        text_seconds=60,
    )

    with recogniser:
        [(_, found)] = recogniser.licences([("long", "x" * 3_000_000)])

    assert isinstance(found, Recognised)
    assert len(found.expressions) == 100_000


def test_the_engine_starts_only_when_asked(tmp_path: Path) -> None:
    started = tmp_path / "started"
    recogniser = engine_of(tmp_path, f"touch '{started}'", greets())

    with recogniser:
        assert list(recogniser.licences([])) == []

    assert not started.exists()


def test_an_engine_that_was_installed_by_half_is_not_there(tmp_path: Path) -> None:
    recogniser = engine_of(tmp_path, "cat")
    whole = recogniser.is_installed()

    (tmp_path / "environment" / "ready").unlink()

    assert whole
    assert not recogniser.is_installed()
