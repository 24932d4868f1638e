# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""`ossay factpack`: an office without the engine has the verdicts of one with it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cases import repository
from tests.cli.conftest import Ossay
from tests.cli.test_bad_input import assert_said
from tests.cli.test_licences import FILES

Machine = Callable[[str], None]


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    return repository(tmp_path / "mixed", FILES)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    """Sit down at another machine; of all of them, only "centre" has the engine."""
    from ossay import shipped

    environment = shipped.engine_environment()

    def sit_down(name: str) -> None:
        monkeypatch.setenv("OSSAY_HOME", str(tmp_path / name))
        engine = environment if name == "centre" else tmp_path / name / "no engine"
        monkeypatch.setattr(shipped, "engine_environment", lambda: engine)

    return sit_down


@pytest.fixture
def pack(ossay: Ossay, at: Machine, tmp_path: Path) -> Path:
    """A pack of a machine that has not recognised anything."""
    at("elsewhere")
    ossay("factpack", "keygen", tmp_path / "key")
    exported = ("factpack", "export", tmp_path / "facts.pack", "--by", "elsewhere")
    said = ossay(*exported, "--key", tmp_path / "key")
    assert said.status == 0, said.err
    at("branch")
    return tmp_path / "facts.pack"


@pytest.mark.engine
def test_an_office_without_the_engine_states_what_one_with_it_recognised(
    ossay: Ossay, at: Machine, mixed: Path, tmp_path: Path
) -> None:
    key, pack = tmp_path / "key", tmp_path / "facts.pack"
    at("centre")
    recognised = json.loads(ossay("licences", mixed, "--json").out)
    assert ossay("factpack", "keygen", key).status == 0
    written = ossay("factpack", "export", pack, "--key", key, "--by", "centre")
    assert written.status == 0, written.err

    at("branch")
    before = ossay("licences", mixed, "--json")
    came = ossay("factpack", "import", pack, "--trust", f"{key}.pub", "--json")
    after = ossay("licences", mixed, "--json")

    notice = next(one for one in recognised if one["path"] == "notice.c")
    assert [s["expression"] for s in notice["statements"]] == ["GPL-2.0-or-later"]
    alone = next(one for one in json.loads(before.out) if one["path"] == "notice.c")
    assert alone["statements"] == []
    assert len(alone["open"]) == 1
    assert came.status == 0, came.err
    taken = json.loads(came.out)
    assert taken["of_use"] == sum(held["facts"] for held in taken["pack"]["held"])
    assert taken["pack"]["engine"]["tool"]["name"] == "ScanCode"
    assert json.loads(after.out) == recognised
    assert "no fact pack has from ScanCode" in after.err
    assert "by centre" in ossay("factpack", "list").out


@pytest.mark.engine
def test_what_an_office_took_in_it_can_hand_on(
    ossay: Ossay, at: Machine, mixed: Path, tmp_path: Path
) -> None:
    for maker, receiver in (("centre", "branch"), ("branch", "village")):
        key, pack = tmp_path / f"key-{maker}", tmp_path / f"{maker}.pack"
        at(maker)
        ossay("licences", mixed)
        ossay("factpack", "keygen", key)
        ossay("factpack", "export", pack, "--key", key, "--by", maker)
        at(receiver)
        came = ossay("factpack", "import", pack, "--trust", f"{key}.pub")
        assert came.status == 0, came.err

    assert "notice.c: GPL-2.0-or-later" in ossay("licences", mixed, "--files").out


def test_a_pack_without_facts_says_so(ossay: Ossay, pack: Path, tmp_path: Path) -> None:
    said = ossay("factpack", "import", pack, "--trust", tmp_path / "key.pub")

    assert said.status == 0
    assert "0  facts, of which 0 are of use to this ossay" in said.out
    assert "CC-BY-4.0" in said.out


def refused(pack: Path, why: str) -> str:
    return f"cannot import '{pack}': {why}; nothing was kept"


def test_a_pack_of_somebody_who_is_not_trusted(ossay: Ossay, pack: Path) -> None:
    said = ossay("factpack", "import", pack)

    assert said.status == 2
    assert "which is not trusted here; give its public key with --trust" in said.err


def test_a_pack_that_is_not_signed(ossay: Ossay, pack: Path, tmp_path: Path) -> None:
    lines = pack.read_bytes().split(b"\n", 3)
    pack.write_bytes(b"\n".join([*lines[:2], b"", lines[3]]))

    said = ossay("factpack", "import", pack, "--trust", tmp_path / "key.pub")

    assert_said(said, 2, refused(pack, "it is not signed"))


def test_a_pack_that_was_changed(ossay: Ossay, pack: Path, tmp_path: Path) -> None:
    content = pack.read_bytes().replace(b'"curations":0', b'"curations":7')
    pack.write_bytes(content)

    said = ossay("factpack", "import", pack, "--trust", tmp_path / "key.pub")

    assert_said(said, 2, refused(pack, "it was changed after it was signed"))


def test_a_pack_that_is_cut_off(ossay: Ossay, pack: Path, tmp_path: Path) -> None:
    pack.write_bytes(pack.read_bytes()[:-1])

    said = ossay("factpack", "import", pack, "--trust", tmp_path / "key.pub")

    assert said.status == 2
    assert "it is cut off" in said.err


def test_a_pack_from_a_later_ossay(ossay: Ossay, pack: Path, tmp_path: Path) -> None:
    pack.write_bytes(pack.read_bytes().replace(b"fact pack 1", b"fact pack 2", 1))

    said = ossay("factpack", "import", pack, "--trust", tmp_path / "key.pub")

    why = "it is of format 2 and this ossay knows 1; update ossay"
    assert_said(said, 2, refused(pack, why))


def test_a_file_that_is_no_pack(ossay: Ossay, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\x1f\x8b")

    said = ossay("factpack", "import", tmp_path / "x")

    assert_said(said, 2, refused(tmp_path / "x", "it is no fact pack"))


def test_a_key_that_others_may_read(ossay: Ossay, pack: Path, tmp_path: Path) -> None:
    (tmp_path / "key").chmod(0o644)

    said = ossay(
        *("factpack", "export", tmp_path / "y", "--by", "me"),
        *("--key", tmp_path / "key"),
    )

    sentence = (
        f"cannot sign with '{tmp_path}/key': others may read it; chmod 600 it first"
    )
    assert_said(said, 2, sentence)
    assert not (tmp_path / "y").exists()


def test_a_folder_that_a_pack_cannot_be_written_to(
    ossay: Ossay, pack: Path, tmp_path: Path
) -> None:
    out = tmp_path / "nowhere" / "facts.pack"

    said = ossay("factpack", "export", out, "--by", "me", "--key", tmp_path / "key")

    assert_said(
        said, 73, f"cannot write the fact pack '{out}': No such file or directory"
    )
