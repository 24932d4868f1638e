# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Collectors are found by being in the folder, and may fail without harm."""

import importlib
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ossay import codec
from ossay.collect import (
    CollectorMissing,
    FactDeclaredTwice,
    collectors,
    declared_facts,
    gather,
    version_of,
)
from ossay.model.collector import Collector, Given, Table
from ossay.model.errors import OssayError
from ossay.model.evidence import Answered, Combine, Fact, Gap, Inapplicable, Observation
from tests.collect.trees import DictTree, given

FIRST = Fact(name="t.first", kind=bool, asks="First?", combine=Combine.ALL)
SECOND = Fact(name="t.second", kind=int, asks="Second?", combine=Combine.SUM)
THIRD = Fact(name="t.third", kind=int, asks="Third?", combine=Combine.SUM)
ROWS = Table(name="rows", columns=("path",), rows=(("a",),))

MODULE = """
from ossay.model.collector import Collector
from ossay.model.evidence import Combine, Fact

FACT = Fact(name="{fact}", kind=bool, asks="Really?", combine=Combine.ALL)
COLLECTOR = Collector(facts=(FACT,), collect=lambda given: iter(()))
"""

Folder = Callable[[dict[str, str]], ModuleType]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    """Make a package of these modules, as if it were `ossay.collect`."""

    def make(modules: dict[str, str]) -> ModuleType:
        package = tmp_path / "found_here"
        for name, text in {"__init__.py": "", **modules}.items():
            (package / name).parent.mkdir(parents=True, exist_ok=True)
            (package / name).write_text(text)
        importlib.invalidate_caches()
        return importlib.import_module("found_here")

    monkeypatch.syspath_prepend(tmp_path)
    yield make
    for name in [n for n in sys.modules if n.partition(".")[0] == "found_here"]:
        del sys.modules[name]


def test_modules_and_packages_are_found_and_private_ones_are_not(
    folder: Folder,
) -> None:
    package = folder(
        {
            "zebra.py": MODULE.format(fact="t.z"),
            "ape/__init__.py": MODULE.format(fact="t.a"),
            "_shared.py": "WORDS = ()",
        }
    )

    found = collectors(package)

    assert list(found) == ["ape", "zebra"]
    assert list(declared_facts(package)) == ["t.a", "t.z"]


@pytest.mark.parametrize("text", ["", "COLLECTOR = 'me'"])
def test_a_public_module_that_is_no_collector_fails_the_start(
    folder: Folder, text: str
) -> None:
    package = folder({"stray.py": text})

    with pytest.raises(CollectorMissing, match=r"found_here\.stray"):
        collectors(package)


def test_a_module_that_does_not_import_fails_the_start(folder: Folder) -> None:
    package = folder({"broken.py": "import no_such_library"})

    with pytest.raises(ModuleNotFoundError):
        collectors(package)


def test_two_facts_of_one_name_are_refused(folder: Folder) -> None:
    package = folder(
        {
            "one.py": MODULE.format(fact="t.same"),
            "two.py": MODULE.format(fact="t.same"),
        }
    )

    with pytest.raises(FactDeclaredTwice, match=r"'two' declares 't\.same'"):
        declared_facts(package)


def in_a_new_process() -> None:
    """Forget what this process knows of its own code, which does not change."""
    version_of.cache_clear()
    for known in (codec._code_digest, codec._sources_at, codec._digest_of_file):
        known.cache_clear()


def test_a_version_changes_with_own_and_with_shared_code_only(folder: Folder) -> None:
    package = folder(
        {
            "one.py": MODULE.format(fact="t.one"),
            "two.py": MODULE.format(fact="t.two"),
            "_shared.py": "WORDS = ()",
        }
    )
    here = Path(str(package.__file__)).parent
    first, second = version_of("one", package), version_of("two", package)

    (here / "one.py").write_text(MODULE.format(fact="t.one") + "# changed")
    in_a_new_process()

    assert version_of("one", package) != first
    assert version_of("two", package) == second

    (here / "_shared.py").write_text("WORDS = ('a',)")
    in_a_new_process()

    assert version_of("two", package) != second


def test_a_version_changes_with_the_code_of_a_collector_that_it_rests_on(
    folder: Folder,
) -> None:
    resting = MODULE.format(fact="t.two").replace(
        "Collector(", 'Collector(rests_on=("one",), '
    )
    package = folder({"one.py": MODULE.format(fact="t.one"), "two.py": resting})
    here = Path(str(package.__file__)).parent
    before = version_of("two", package)

    (here / "one.py").write_text(MODULE.format(fact="t.one") + "# changed")
    in_a_new_process()

    assert version_of("two", package) != before


def test_a_version_changes_with_the_shipped_data_that_answers_depend_on(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = MODULE.replace("iter(()))", "iter(()), data=('lists',))")
    package = folder(
        {
            "one.py": reading.format(fact="t.one"),
            "two.py": MODULE.format(fact="t.two"),
        }
    )
    monkeypatch.setattr("ossay.shipped.folder", tmp_path.joinpath)
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "matrix.json").write_text("{}")
    first, second = version_of("one", package), version_of("two", package)

    (tmp_path / "lists" / "matrix.json").write_text('{"MIT": {}}')
    in_a_new_process()

    assert version_of("one", package) != first
    assert version_of("two", package) == second


def test_every_collector_of_ossay_has_a_version_and_its_own_facts() -> None:
    found = collectors()

    versions = {name: version_of(name) for name in found}

    assert {"contents", "releases", "security", "stewardship"} <= set(found)
    assert len(set(versions.values())) == len(found)
    assert all(f.asks.endswith("?") for f in declared_facts().values())


def test_finding_the_collectors_loads_no_heavy_library() -> None:
    heavy = {"reuse", "licenseclassifier", "spdx_tools", "yaml", "sqlalchemy", "git"}
    program = (
        "import sys; from ossay.collect import collectors; collectors();"
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )

    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert ran.stdout.strip() == "[]"


def test_a_broken_collector_keeps_its_answers_and_leaves_gaps_for_the_rest(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def breaks_half_way(_: Given) -> Iterator[Answered | Table]:
        yield ROWS
        yield FIRST.found(True)
        raise OSError("disk\non fire")

    with caplog.at_level(logging.ERROR):
        answers, tables = gather(_collector(breaks_half_way), GIVEN)

    assert answers == (
        FIRST.found(True),
        SECOND.unknown("the collector failed: disk on fire"),
        THIRD.unknown("the collector failed: disk on fire"),
    )
    assert tables == (ROWS,)
    assert "Traceback" in caplog.text


def test_where_nothing_can_be_written_no_gap_is_made_of_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class CannotWrite(OssayError):
        status = 73

    def fills_the_disk(_: Given) -> Iterator[Answered]:
        yield FIRST.found(True)
        raise CannotWrite("no space is left")

    with pytest.raises(CannotWrite):
        gather(_collector(fills_the_disk), GIVEN)

    assert not caplog.text


def test_a_silent_collector_leaves_gaps() -> None:
    answers, tables = gather(_collector(lambda _: iter(())), GIVEN)

    assert answers == tuple(
        f.unknown("the collector gave no answer") for f in (FIRST, SECOND, THIRD)
    )
    assert tables == ()


def test_answers_come_in_the_order_of_the_facts() -> None:
    said: list[Answered | Table] = [
        THIRD.inapplicable("there is none"),
        FIRST.found(False),
        SECOND.found(2),
    ]

    answers, _ = gather(_collector(lambda _: iter(said)), GIVEN)

    assert [a.fact for a in answers] == ["t.first", "t.second", "t.third"]
    assert isinstance(answers[2], Inapplicable)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (Observation(fact="t.other", value=1), "'t.other', which it does not declare"),
        (Observation(fact="t.second", value=True), "with True; expected int"),
        (Observation(fact="t.second", value="2"), "with '2'; expected int"),
        (Observation(fact="t.second", value=2.0), "with 2.0; expected int"),
        (Observation(fact="t.first", value=1), "with 1; expected bool"),
        (THIRD.found(4), "'t.third' twice"),
        (None, "the collector failed: "),
    ],
)
def test_an_answer_that_was_not_promised_is_a_failure_and_what_came_before_stands(
    wrong: Any, why: str
) -> None:
    said = [THIRD.found(3), wrong, SECOND.found(2)]

    first, second, third = gather(_collector(lambda _: iter(said)), GIVEN)[0]

    assert isinstance(first, Gap)
    assert isinstance(second, Gap)
    assert why in first.why
    assert third == THIRD.found(3)


@pytest.mark.parametrize(
    ("kind", "value", "holds"),
    [
        (float, 0.5, True),
        (float, 1, True),
        (float, float("nan"), False),
        (float, True, False),
        (str, "a", True),
        (tuple, ("a", "b"), True),
        (tuple, ("a", 1), False),
        (tuple, ["a"], False),
        (date, date(2026, 3, 1), True),
        (date, datetime(2026, 3, 1, 12, 0), False),  # noqa: DTZ001 - refused anyway
    ],
)
def test_a_value_is_of_the_kind_that_was_declared(
    kind: Any, value: Any, holds: bool
) -> None:
    fact: Fact[Any] = Fact(name="t.any", kind=kind, asks="?", combine=Combine.WORST)
    collector = Collector(facts=(fact,), collect=lambda _: iter([fact.found(value)]))

    (answer,), _ = gather(collector, GIVEN)

    assert isinstance(answer, Observation) is holds


def test_what_a_gap_repeats_of_a_failure_is_short() -> None:
    def fails(_: Given) -> Iterator[Answered | Table]:
        raise ValueError("x" * 100_000)

    answers, _ = gather(_collector(fails), GIVEN)

    assert all(len(a.why) < 400 for a in answers if not isinstance(a, Observation))


def test_a_person_can_still_stop_ossay() -> None:
    def interrupted(_: Given) -> Iterator[Answered | Table]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        gather(_collector(interrupted), GIVEN)


GIVEN = given(DictTree({}))


def _collector(collect: Callable[[Given], Iterator[Answered | Table]]) -> Collector:
    return Collector(facts=(FIRST, SECOND, THIRD), collect=collect)
