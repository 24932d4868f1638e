# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The licensing collector, from a tree to answers and the table of files."""

import hashlib
import subprocess
import sys
from dataclasses import replace

import pytest

from ossay.collect import gather
from ossay.collect.licensing import COLLECTOR
from ossay.collect.licensing.facts import ABOUT_PACKAGES
from ossay.collect.licensing.files_table import COLUMNS
from ossay.collect.licensing.recognition.agreement import agreement
from ossay.model.collector import Table
from ossay.model.evidence import Answered, Gap, Inapplicable, Item, Observation
from ossay.model.licences import Recogniser
from tests.collect.licensing.recognition.recognisers import Phrases
from tests.collect.licensing.texts import CC0, CC_BY, EUPL, HEADER, MIT
from tests.collect.trees import DictTree, MemoryFacts, given

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"
# REUSE-IgnoreStart
TAG = "# SPDX-License-Identifier: CC0-1.0\n"
CONFORMING = {
    "LICENSES/MIT.txt": MIT,
    "LICENSES/CC0-1.0.txt": CC0,
    "package.json": '{\n  "license": "MIT"\n}\n',
    "package.json.license": HEADER,
    "src/a.py": HEADER,
    "conf.ini": f"# © City\n{TAG}",
}
# REUSE-IgnoreEnd


def ask(
    tree: DictTree, folder: str = "", recogniser: Recogniser | None = None
) -> dict[str, Answered]:
    asked = replace(given(tree), recogniser=recogniser)
    answers, _ = gather(
        COLLECTOR, replace(asked, snapshot=replace(asked.snapshot, path=folder))
    )
    return {a.fact.removeprefix("licensing."): a for a in answers}


@pytest.mark.parametrize(
    ("path", "content", "item"),
    [
        (
            "README.rst",
            "Foo\n===\n\nLicense\n-------\nNot the logo.\n",
            ("section 'License', which was not weighed", 4),
        ),
        (
            "LIESMICH.md",
            "# Foo\n\n## Lizenz und Marken\n",
            ("section 'Lizenz und Marken', which was not weighed", 3),
        ),
        (
            "README.md",
            "# Foo\n\n## License (ask a@b.org)\n",
            ("section, which was not weighed", 3),
        ),
        ("NOTICE", "Foo\n", ("notices, which were not weighed", 0)),
        ("THIRD-PARTY-NOTICES.txt", "Foo\n", ("notices, which were not weighed", 0)),
    ],
)
def test_what_else_is_said_of_licences_is_named_and_decides_nothing(
    path: str, content: str, item: tuple[str, int]
) -> None:
    found = ask(DictTree({"LICENSE": MIT, path: content}))["concluded_licence"]

    assert value(found) == "MIT"
    assert isinstance(found, Observation)
    note, line = item
    assert found.items[1:] == (Item(subject=path, note=note, line=line),)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("README.md", "# Foo\n\n## Usage\n"),
        ("docs/README.md", "# License\n"),
        ("notice.py", "x"),
    ],
)
def test_other_files_say_nothing_of_licences(path: str, content: str) -> None:
    found = ask(DictTree({"LICENSE": MIT, path: content}))["concluded_licence"]

    assert isinstance(found, Observation)
    assert [i.subject for i in found.items] == ["LICENSE"]


def table(tree: DictTree) -> Table:
    _, (files,) = gather(COLLECTOR, given(tree))
    return files


def value(answer: Answered) -> object:
    assert isinstance(answer, Observation), answer
    return answer.value


def test_a_conforming_tree_answers_every_question() -> None:
    found = ask(DictTree(CONFORMING), recogniser=Phrases())

    assert isinstance(found.pop("compatible"), Gap)
    for fact in ABOUT_PACKAGES[1:]:
        assert isinstance(found.pop(fact.name.split(".")[1]), Inapplicable)
    assert {fact: value(answer) for fact, answer in found.items()} == {
        "licence_file": True,
        "declared_licence": "MIT",
        "detected_licence": "CC0-1.0 AND MIT",
        "concluded_licence": "MIT",
        "declared_matches_detected": True,
        "osi_approved": True,
        "fsf_libre": True,
        "licences_of_parts": (),
        "covered_files": 3,
        "files_without_licence": 0,
        "files_without_copyright": 0,
        "tagged_licences": ("CC0-1.0", "MIT"),
        "invalid_tags": (),
        "bad_licences": (),
        "missing_licence_texts": (),
        "unused_licence_texts": (),
        "reuse_compliant": True,
        "notices_read": True,
        "recogniser_agreement": agreement().share,
        "stated_licences": ("MIT", "CC0-1.0"),
        "distinct_licences": 2,
        "stated_matches_concluded": False,
        "files_without_any_licence": 0,
        "undetermined_files": 0,
        "unlisted_licences": (),
        "licences_not_osi_approved": ("CC0-1.0",),
        "packages": 0,
        "licences_of_others": (),
        "incompatible_licences": (),
        "undetermined_licences": ("CC0-1.0",),  # OSADL's list lacks it
        "licence_category": "Permissive",
        "network_copyleft": False,
    }


@pytest.mark.parametrize("files", [{}, {"pom.xml": "<project/>"}])
def test_manifests_that_state_no_licence_leave_nothing_to_look_for(
    files: dict[str, str],
) -> None:
    found = ask(DictTree({"LICENSE": MIT, **files}))

    assert isinstance(found["declared_licence"], Inapplicable)
    assert value(found["concluded_licence"]) == "MIT"


def test_answers_point_at_paths_and_lines() -> None:
    found = ask(DictTree(CONFORMING))

    declared, tagged = found["declared_licence"], found["tagged_licences"]
    assert isinstance(declared, Observation)
    assert isinstance(tagged, Observation)
    assert [(i.subject, i.line) for i in declared.items] == [("package.json", 2)]
    assert [(i.subject, i.line) for i in tagged.items] == [
        ("conf.ini", 2),
        ("package.json.license", 0),
    ]


def test_a_plain_project_lacks_what_reuse_asks_for() -> None:
    found = ask(DictTree({"LICENSE": MIT, "a.py": "pass\n", "b.py": "pass\n"}))

    lacking = found["files_without_licence"]
    assert isinstance(lacking, Observation)
    assert lacking.value == 2
    assert [i.subject for i in lacking.items] == ["a.py", "b.py"]
    assert value(found["reuse_compliant"]) is False
    assert value(found["concluded_licence"]) == "MIT"


def test_an_empty_tree_has_nothing_to_say() -> None:
    found = ask(DictTree({}))

    assert value(found["licence_file"]) is False
    assert value(found["covered_files"]) == 0
    assert isinstance(found["concluded_licence"], Gap)


def test_the_table_lists_every_file() -> None:
    files = table(DictTree(CONFORMING, unreadable={"lost.bin": "it is missing"}))

    rows = [dict(zip(files.columns, row, strict=True)) for row in files.rows]
    by_path = {row["path"]: row for row in rows}
    assert files.name == "files"
    assert files.columns == COLUMNS
    assert list(by_path) == sorted([*CONFORMING, "lost.bin"])
    assert by_path["src/a.py"] == {
        "path": "src/a.py",
        "sha1": hashlib.sha1(HEADER.encode(), usedforsecurity=False).hexdigest(),
        "covered": "yes",
        "licences": "MIT",
        "copyrights": "SPDX-FileCopyrightText: 2024 City",
        "sources": "src/a.py",
        "text": "",
        "whose": "own",
        "stated": "",
        "lines": "",
        "by": "",
        "holders": "",
        "concluded": "MIT",
        "basis": "annotated",
        "open": "",
    }
    assert by_path["package.json"]["sources"] == "package.json.license"
    assert by_path["LICENSES/MIT.txt"]["covered"] == "no"
    assert by_path["lost.bin"]["sha1"] == ""


def test_the_text_of_a_licence_on_no_list_is_in_the_table() -> None:
    files = table(DictTree({"LICENSES/LicenseRef-City.txt": "Do as we do.\n"}))

    assert files.rows[0][COLUMNS.index("text")] == "Do as we do."


@pytest.mark.parametrize(
    ("tree", "path"),
    [
        (DictTree({}, symlinks={"LICENSE": "docs/LICENSE"}), "LICENSE"),
        (DictTree({}, submodules=["LICENSE"]), "LICENSE"),
        (DictTree({}, unreadable={"COPYING": "it is missing"}), "COPYING"),
        (DictTree({"LICENCE.txt": POINTER}), "LICENCE.txt"),
        (DictTree({"LICENSE.pdf": b"%PDF-1.7\0"}), "LICENSE.pdf"),
        (DictTree({"ЛИЦЕНЗИЯ": "Всё разрешено."}), "ЛИЦЕНЗИЯ"),
    ],
)
def test_a_licence_file_that_says_nothing_is_a_gap_that_names_it(
    tree: DictTree, path: str
) -> None:
    found = ask(tree)

    for fact in ("detected_licence", "concluded_licence"):
        gap = found[fact]
        assert isinstance(gap, Gap)
        assert path in gap.why
        assert gap.items[0].subject == path


def test_licence_files_further_down_are_told_of_and_decide_nothing() -> None:
    """Mumble has forty, of what is built into it; two are the GPL's."""
    tree = DictTree(
        {
            "LICENSE": MIT,
            "LICENSE-docs": CC_BY,
            "3rdparty/zip/LICENSE": CC0,
            "3rdparty/odd/COPYING": "All rights reserved.",
            "LICENSES/EUPL-1.2.txt": EUPL,
        }
    )

    found = ask(tree)

    assert value(found["concluded_licence"]) == "MIT"
    of_parts = found["licences_of_parts"]
    assert isinstance(of_parts, Observation)
    assert of_parts.value == ("CC-BY-4.0", "CC0-1.0")
    assert of_parts.missed == "a licence file holds no text that was recognised"
    assert [(i.subject, i.note) for i in of_parts.items] == [
        ("LICENSE-docs", "CC-BY-4.0"),
        ("3rdparty/odd/COPYING", "no known licence text was recognised in it"),
        ("3rdparty/zip/LICENSE", "CC0-1.0"),
    ]


def test_a_part_that_is_assessed_alone_has_parts_of_its_own() -> None:
    tree = DictTree({"web/LICENSE": MIT, "web/zip/LICENSE": CC0, "ios/LICENSE": CC_BY})

    found = ask(tree, "web")

    assert value(found["licences_of_parts"]) == ("CC0-1.0",)


def test_a_thousand_licence_files_are_not_all_looked_into() -> None:
    tree = DictTree({f"LICENSE-{n:03}": f"{n} {MIT}" for n in range(1_000)})

    found = ask(tree)

    assert isinstance(found["detected_licence"], Gap)
    assert (
        len([1 for scanner, _ in tree.scanned if scanner == "licensing.texts"]) == 200
    )


def test_a_licence_in_vendored_code_is_not_the_projects() -> None:
    found = ask(DictTree({"vendor/x/LICENSE": MIT, "sub/LICENSE": MIT}))

    assert value(found["licence_file"]) is False
    assert isinstance(found["concluded_licence"], Gap)


@pytest.mark.parametrize(
    "tree",
    [
        DictTree(CONFORMING, unreadable={"lost.py": "it is missing"}),
        DictTree({**CONFORMING, "big.bin": POINTER}),
        DictTree(CONFORMING | {"x.py": HEADER}, symlinks={"x.py.license": "y"}),
    ],
)
def test_what_was_not_read_is_never_counted_as_stating_nothing(tree: DictTree) -> None:
    found = ask(tree)

    without = found["files_without_licence"]
    assert isinstance(without, Gap)
    assert without.why.startswith("a file could not be read to the end: ")
    assert isinstance(found["files_without_copyright"], Gap)
    assert isinstance(found["reuse_compliant"], Gap)
    tagged = found["tagged_licences"]
    assert isinstance(tagged, Observation)
    assert tagged.missed.startswith("a file could not be read to the end: ")


def test_what_was_not_read_does_not_hide_what_was() -> None:
    """Kolibri keeps 167 fonts in Git LFS, and 3,743 files state no licence."""
    more = {"a.py": "pass\n", "b.py": "pass\n", "big.bin": POINTER, "c.bin": POINTER}

    found = ask(DictTree(CONFORMING | more))

    assert found["files_without_licence"] == Observation(
        fact="licensing.files_without_licence",
        value=2,
        items=(Item(subject="a.py"), Item(subject="b.py")),
        total=2,
        missed="2 files could not be read to the end: "
        "the content is kept in Git LFS, which was not fetched",
    )


def test_what_is_said_elsewhere_of_an_unread_file_counts() -> None:
    beside = {**CONFORMING, "lost.bin.license": HEADER}

    found = ask(DictTree(beside, unreadable={"lost.bin": "it is missing"}))

    assert value(found["reuse_compliant"]) is True


@pytest.mark.parametrize(
    "broken",
    [
        {"REUSE.toml": "version = "},
        {"REUSE.toml": "version = 1\nannotations = 3\n"},
        {"REUSE.toml": "version = 1\n[[annotations]]\npath = []\n"},
        {"REUSE.toml": 'version = 1\n[[annotations]]\npath = "a"\nprecedence = 1\n'},
        {".reuse/dep5": "no paragraph\n"},
        {".reuse/dep5": "Format: x\n\nFiles: *\nCopyright: A\n"},
        {"REUSE.toml": "version = 1\n", ".reuse/dep5": "Format: x\n"},
    ],
)
def test_an_annotation_file_that_cannot_be_read_leaves_all_open(
    broken: dict[str, str],
) -> None:
    found = ask(DictTree(CONFORMING | broken))

    assert value(found["covered_files"]) == 3
    assert isinstance(found["files_without_licence"], Gap)
    assert isinstance(found["tagged_licences"], Gap)
    assert value(found["reuse_compliant"]) is False


def test_a_tag_is_shown_where_it_is_meant() -> None:
    """Kolibri shows one in its documentation, as an example."""
    found = ask(DictTree({"docs/a.rst": TAG, "src/b.py": TAG}))

    tagged = found["tagged_licences"]
    assert isinstance(tagged, Observation)
    assert [item.subject for item in tagged.items] == ["src/b.py"]


def test_a_part_is_asked_about_its_own_files() -> None:
    tree = DictTree(
        {
            "LICENSE": CC0,
            "package.json": '{"license": "CC0-1.0"}',
            "web/LICENSE": MIT,
            "web/package.json": '{"license": "MIT"}',
            "web/a.js": "a\n",
            "LICENSES/ISC.txt": "x\n",
        }
    )

    found = ask(tree, "web")

    assert value(found["concluded_licence"]) == "MIT"
    assert value(found["covered_files"]) == 2
    assert isinstance(found["unused_licence_texts"], Inapplicable)


def test_a_part_without_its_own_licence_has_that_around_it() -> None:
    tree = DictTree({"LICENSE": MIT, "web/app/a.js": "a\n"})

    found = ask(tree, "web/app")

    assert value(found["concluded_licence"]) == "MIT"


def test_a_file_that_was_seen_is_not_looked_at_again() -> None:
    facts = MemoryFacts()
    before = DictTree(CONFORMING, facts=facts)
    ask(before)
    changed = DictTree(CONFORMING | {"src/a.py": "pass\n"}, facts=facts)

    ask(changed)

    assert before.scanned
    assert changed.scanned == [("licensing.reading", "src/a.py")]


def test_importing_the_collector_imports_no_library() -> None:
    heavy = ["reuse", "licenseclassifier", "license_expression", "debian", "cattrs"]
    script = "import sys, ossay.collect.licensing; print(*sys.modules)"

    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, text=True
    )

    assert not set(heavy) & set(ran.stdout.split())
