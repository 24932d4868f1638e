# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The notice, the list and the tree hold what passing the software on needs."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ossay import licence_papers, shipped
from ossay.collect import gather
from ossay.collect.licensing import COLLECTOR
from ossay.collect.licensing.files_table import COLUMNS
from ossay.collect.licensing.recognition.files import recognise
from ossay.memo.attribution import Attribution, LicenceUse, attribution_text
from ossay.memo.licence_list import licence_list
from ossay.memo.licence_tree import licence_tree
from ossay.memo.sbom import tail
from ossay.recognition import Recognition
from tests.collect.licensing.recognition.recognisers import Phrases
from tests.collect.licensing.texts import CC0, MIT
from tests.collect.trees import SNAPSHOT, DictTree, given

# REUSE-IgnoreStart
TAG = "SPDX-License-Identifier:"
HOLDER = "SPDX-FileCopyrightText:"
ZLIB = "// under the zlib licence\nint x;\n"
# REUSE-IgnoreEnd
CODE = "int x;\n" * 30
ANNOTATED = f"""version = 1
[[annotations]]
path = "assets/**"
SPDX-FileCopyrightText = "2020 City"
{TAG.removesuffix(":")} = "CC0-1.0"
"""


@pytest.fixture(autouse=True)
def _no_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is found depends on the files alone."""
    monkeypatch.setattr(shipped, "engine_environment", lambda: tmp_path / "none")


def seen(files: dict[str, str]) -> Recognition:
    tree = DictTree(files)
    return Recognition(snapshot=SNAPSHOT, tree=tree, files=recognise(tree, Phrases()))


def notice(files: dict[str, str]) -> Attribution:
    return licence_papers.attribution(seen(files), "Forms")


def use(files: dict[str, str], licence: str = "MIT") -> LicenceUse:
    [one] = [u for u in notice(files).licences if u.id == licence]
    return one


def under(files: dict[str, str]) -> dict[str, str]:
    return dict(licence_papers.labels(seen(files)))


def test_a_complete_notice_holds_texts_holders_and_files() -> None:
    files = {"LICENSE": MIT, "a.c": f"// Copyright 2020 City\n// {TAG} MIT\n"}

    found = notice(files)

    [mit] = found.licences
    assert found.is_complete
    assert (mit.id, mit.name) == ("MIT", "MIT License")
    assert [(p.path, p.text, p.listed) for p in mit.texts] == [("LICENSE", MIT, "")]
    assert "Copyright 2020 City" in mit.holders
    assert mit.files == ("a.c",)
    assert (found.version, found.source) == (
        SNAPSHOT.commit,
        "https://example.org/software.git",
    )


def test_the_holders_in_the_text_of_a_licence_are_those_of_the_software() -> None:
    text = MIT.replace("Copyright", "Copyright 2019 Ana Souza\n\nCopyright", 1)

    assert "Copyright 2019 Ana Souza" in use({"LICENSE": text, "a.c": "int x;"}).holders


def test_who_wrote_a_licence_is_no_holder_of_what_is_under_it() -> None:
    files = {
        "LICENSES/CC0-1.0.txt": f"Copyright 2009 Creative Commons\n{CC0}",
        "a.c": f"// {TAG} CC0-1.0\n",
    }

    assert use(files, "CC0-1.0").holders == ()


def test_a_file_that_says_nothing_is_under_the_nearest_licence() -> None:
    files = {
        "LICENSE": MIT,
        "a.c": CODE,
        "vendor/x/COPYING": CC0,
        "vendor/x/b.c": CODE,
        "vendor/y/c.c": CODE,
    }

    assert under(files) == {"a.c": "MIT", "vendor/x/b.c": "CC0-1.0", "vendor/y/c.c": ""}
    assert notice(files).without_licence == 1


def test_what_refers_to_a_file_is_under_the_licence_in_that_file() -> None:
    files = {
        "LICENSE": MIT,
        "vendor/x/LICENSE": CC0,
        "vendor/x/a.c": "// See LICENSE for terms.\n" + CODE,
    }

    assert under(files)["vendor/x/a.c"] == "CC0-1.0"


@pytest.mark.parametrize(
    ("files", "label"),
    [
        ({"a.c": ZLIB}, "Zlib"),
        ({"a.c": f"// {TAG} MIT\n{ZLIB}"}, "MIT AND Zlib"),
        ({"a.c": f"// {TAG} MIT\n{CODE}{CODE}{ZLIB}"}, "MIT"),
        ({"README.md": "Other software is under the zlib licence.\n"}, ""),
        ({"sbom-v1.csv": "x,under the zlib licence\n"}, ""),
        ({"a.c": f"// {TAG} MIT OR Apache-2.0\n"}, "Apache-2.0 OR MIT"),
        ({"a.c": f"// {TAG} MIT OR ISC\n{ZLIB}"}, "Zlib AND (ISC OR MIT)"),
        (
            {"a.c": f"// {TAG} GPL-2.0-only WITH Classpath-exception-2.0\n"},
            "GPL-2.0-only WITH Classpath-exception-2.0",
        ),
    ],
)
def test_names_of_licences_count_where_they_are_about_the_file(
    files: dict[str, str], label: str
) -> None:
    [found] = under(files).values()

    assert found == label


def test_list_tree_notice_document_and_evidence_say_the_same_of_a_file() -> None:
    files = {
        "LICENSE": MIT,
        "package.json": '{"license": "MIT"}',
        "REUSE.toml": ANNOTATED,
        "a.c": CODE,
        "b.c": "// See LICENSE for terms.\n" + CODE,
        "assets/c.svg": "<svg/>\n",
        "lib/package.json": '{"license": "ISC"}',
        "lib/d.js": CODE,
        "lib/e.js": f"// {TAG} MIT\n",
        "lib/f.js": "// See LICENSE for terms.\n" + CODE,
        "vendor/x/COPYING": CC0,
        "vendor/x/g.c": CODE,
        "vendor/y/h.c": CODE,
        "i.c": "// a slow licence\n" + CODE,
        "README.md": "# Forms\n",
    }
    tree = DictTree(files)
    _, [table, _] = gather(COLLECTOR, replace(given(tree), recogniser=Phrases()))
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in table.rows]
    known = seen(files)

    told = {
        row["path"]: "" if row["open"] else row["concluded"]
        for row in rows
        if row["whose"] != "licence"
    }
    listed = {f.path: f.concluded for f in licence_papers.file_list(known)}
    records = json.loads(b'{"packages":[{}' + tail(table.rows)[0])["files"]
    passed_on = {
        path: licence.id
        for licence in licence_papers.attribution(known, "Forms").licences
        for path in licence.files
    }

    assert told == {
        "REUSE.toml": "MIT",
        "a.c": "MIT",
        "b.c": "MIT",
        "assets/c.svg": "CC0-1.0",
        "lib/d.js": "ISC",
        "lib/e.js": "MIT",
        "lib/f.js": "MIT",
        "lib/package.json": "ISC",
        "package.json": "MIT",
        "vendor/x/g.c": "CC0-1.0",
        "vendor/y/h.c": "",
        "i.c": "",
        "README.md": "MIT",
    }
    assert licence_papers.labels(known) == told
    assert {p: e for p, e in listed.items() if p in told} == told
    assert {
        r["fileName"][2:]: r.get("licenseConcluded", "") for r in records
    } == told | {"LICENSE": "", "vendor/x/COPYING": ""}
    assert passed_on == {p: e for p, e in told.items() if e} | {"i.c": "MIT"}


def test_where_it_is_not_settled_which_text_holds_all_of_them_are_passed_on() -> None:
    files = {"LICENSE": MIT, "package.json": '{"license": "ISC"}', "a.c": CODE}

    found = notice(files)

    assert found.without_licence == 2
    assert not found.is_complete
    assert [p.path for p in found.notices] == ["LICENSE"]


def test_what_refers_to_one_of_two_texts_is_under_that_one() -> None:
    files = {
        "lib/LICENSE": CC0,
        "lib/COPYING": MIT,
        "lib/a.c": "// See LICENSE for terms.\n" + CODE,
        "lib/b.c": CODE,
    }

    assert under(files) == {"lib/a.c": "CC0-1.0", "lib/b.c": "CC0-1.0 AND MIT"}


def test_a_licence_that_is_named_and_whose_text_is_not_there_is_said() -> None:
    found = notice({"a.c": ZLIB, "LICENSE": "It is under the zlib licence.\n"})

    [zlib] = found.licences
    assert zlib.texts == ()
    assert not found.is_complete
    assert [p.path for p in found.notices] == ["LICENSE"]


def test_a_text_that_is_not_in_the_files_comes_from_a_list_that_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "none/lib/python3.11/site-packages/licensedcode/data/licenses"
    folder.mkdir(parents=True)
    (folder / "zlib.LICENSE").write_text("---\nkey: zlib\n---\n\nAltered versions\n")

    found = notice({"a.c": ZLIB})

    [passage] = found.licences[0].texts
    assert passage.text == "Altered versions"
    assert passage.listed.startswith("ScanCode ")
    assert "This text was not found in the files; it is as ScanCode" in (
        attribution_text(found)
    )


def test_the_lesser_licence_is_passed_on_with_the_one_it_builds_on() -> None:
    files = {
        "LICENSES/LGPL-3.0-only.txt": "the lesser " * 20,
        "LICENSES/GPL-3.0-only.txt": "the other " * 20,
        "tests/LICENSES/GPL-3.0-only.txt": "",
        "a.c": f"// {TAG} LGPL-3.0-only\n",
    }

    texts = use(files, "LGPL-3.0-only").texts

    assert [passage.text[:9] for passage in texts] == ["the lesse", "the other"]


def test_a_text_within_code_is_passed_on_without_the_code() -> None:
    files = {"a.c": f"{CODE}/*\n{MIT}*/\n{CODE}"}

    [passage] = use(files).texts

    assert "Permission is hereby granted" in passage.text
    assert "int x" not in passage.text


def test_what_is_said_twice_is_passed_on_once() -> None:
    files = {
        "LICENSE": MIT,
        "lib/LICENSE": MIT.upper(),
        "a.c": "// Copyright (c) 2020 City\n",
        "lib/b.c": "// Copyright 2020, City\n",
    }

    one = use(files)

    assert len(one.texts) == 1
    assert [h for h in one.holders if "2020" in h] == ["Copyright (c) 2020 City"]


def test_notices_are_passed_on_whole() -> None:
    files = {"LICENSE": MIT, "NOTICE": "City Forms\n", "lib/NOTICE.txt": "Lib\n"}

    assert [p.text for p in notice(files).notices] == ["City Forms\n", "Lib\n"]


def test_what_reuse_has_said_for_a_file_is_a_notice_too() -> None:
    files = {"a.png": "\0", "a.png.license": f"{HOLDER} 2020 City\n{TAG} MIT\n"}

    assert use(files).holders == ("Copyright 2020 City",)


def test_what_nobody_could_read_is_a_gap() -> None:
    found = notice({"LICENSE": MIT, "a.c": "// a slow licence\n" + CODE})

    assert found.gaps == ("In a.c, a passage about licences could not be read.",)


def test_no_address_is_written_but_in_a_notice() -> None:
    files = {
        "LICENSE": MIT,
        "AUTHORS": "Ada <ada@office.example>\n",
        "a.c": "// Author: ada@office.example\n// Copyright 2020 Ben <ben@b.example>\n",
    }

    written = attribution_text(notice(files))

    assert "ada@" not in written
    assert "Copyright 2020 Ben <ben@b.example>" in written


def test_the_list_has_a_line_for_every_file() -> None:
    files = {"LICENSE": MIT, "a.c": ZLIB, "b.c": CODE}

    _, *lines = licence_list(licence_papers.file_list(seen(files)))

    assert [line.split("\t")[:3] for line in lines] == [
        ["./LICENSE", "NOASSERTION", "MIT"],
        ["./a.c", "Zlib", "Zlib"],
        ["./b.c", "MIT", "NOASSERTION"],
    ]


def test_what_nobody_read_is_not_concluded_from_what_is_around_it() -> None:
    files = {"LICENSE": MIT, "a.c": "// a slow licence\n" + CODE, "b.c": CODE}

    _, *lines = licence_list(licence_papers.file_list(seen(files)))

    concluded = {line.split("\t")[0]: line.split("\t")[1] for line in lines}
    assert concluded["./a.c"] == "NOASSERTION"
    assert concluded["./b.c"] == "MIT"


def test_a_folder_is_one_line_where_all_below_is_under_the_same() -> None:
    labels = {
        "a.c": "MIT",
        "b.c": "",
        "lib/c.c": "ISC",
        "lib/deep/d.c": "ISC",
        "src/e.c": "MIT",
        "src/x/f.c": "MIT",
        "src/x/g.c": "ISC",
        **{f"src/x/h{n}.c": "ISC" for n in range(3)},
        "we\x1bird/i.c": "MIT",
    }

    assert list(licence_tree(labels)) == [
        "./  (11 files)",
        "    lib/  ISC (2 files)",
        "    src/  (6 files)",
        "        x/  (5 files)",
        "            ISC: g.c, h0.c, h1.c and 1 more",
        "            MIT: f.c",
        "        MIT: e.c",
        "    we[U+001B]ird/  MIT (1 file)",
        "    MIT: a.c",
        "    NOASSERTION: b.c",
    ]


def test_a_tree_of_nothing_is_one_line() -> None:
    assert list(licence_tree({})) == ["./   (0 files)"]
