# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is known of each file's licence, told on made trees."""

from itertools import permutations

import pytest

from ossay.collect.licensing.recognition import licences
from ossay.collect.licensing.recognition.files import recognise
from ossay.collect.licensing.recognition.findings import FileFinding
from ossay.collect.licensing.recognition.neighbourhood import Origin
from ossay.collect.licensing.recognition.questions import NO_RECOGNISER
from ossay.collect.licensing.recognition.reading import Kind
from ossay.collect.licensing.recognition.statements import (
    BY_TAG,
    BY_TEXT,
    FOREIGN,
    GRANT,
    OTHER_WORDS,
)
from ossay.model.licences import Speech
from ossay.model.tree import BlobUnreadable
from ossay.register import Register
from tests.collect.licensing.recognition.recognisers import Phrases
from tests.collect.licensing.texts import CC0, HEADER, MIT, RIDER
from tests.collect.trees import DictTree, MemoryFacts

# REUSE-IgnoreStart
TAG = "SPDX-License-Identifier:"
ZLIB = "// This file is under the zlib licence, as all of it.\nint x;\n"


def found(
    tree: DictTree, recogniser: Phrases | None = None, folder: str = ""
) -> dict[str, FileFinding]:
    """Return what is known of the files of *tree*, by path."""
    return {f.path: f for f in recognise(tree, recogniser, MemoryFacts(), folder)}


def refuse(path: str) -> bytes:
    raise BlobUnreadable(path)


def expressions(finding: FileFinding) -> list[str]:
    return [statement.expression for statement in finding.statements]


def test_a_tag_tells_the_licence_and_leaves_nothing_to_ask() -> None:
    recogniser = Phrases()

    [one] = recognise(DictTree({"a.py": HEADER}), recogniser)

    [statement] = one.statements
    assert statement.expression == "MIT"
    assert (statement.by, statement.speech) == (BY_TAG, Speech.TAG)
    assert statement.first_line == statement.last_line == 2
    assert not recogniser.asked
    assert not one.open


def test_a_tag_that_is_no_licence_is_none() -> None:
    [one] = recognise(DictTree({"a.py": f"# {TAG} MIT OR OR\n# {TAG} Nonsense\n"}))

    assert not one.statements
    assert [passage.why for passage in one.open] == [NO_RECOGNISER]


def test_a_licence_text_is_told_without_a_recogniser() -> None:
    recogniser = Phrases()
    tree = DictTree({"LICENSE": MIT, "src/a.c": "/*\n" + MIT + "*/\nint x;\n"})

    all_found = found(tree, recogniser)

    for path in ("LICENSE", "src/a.c"):
        [statement] = all_found[path].statements
        assert (statement.expression, statement.by) == ("MIT", BY_TEXT)
        assert statement.speech is Speech.TEXT
    assert not recogniser.asked


def test_words_beside_a_licence_text_stay_open_until_somebody_reads_them() -> None:
    tree = DictTree({"LICENSE": f"{MIT}\n{RIDER}"})

    [alone] = recognise(tree)
    [read] = recognise(tree, Phrases())

    assert expressions(alone) == ["MIT"]
    assert [o.why for o in alone.open] == [f"{OTHER_WORDS}; {NO_RECOGNISER}"]
    assert expressions(read) == ["MIT"]
    assert not read.open


def test_a_notice_is_open_without_a_recogniser_and_told_with_one() -> None:
    tree = DictTree({"a.c": "int y;\n\n" + ZLIB})

    [alone] = recognise(tree)
    [read] = recognise(tree, Phrases())

    assert not alone.statements
    assert [(o.first_line, o.last_line, o.why) for o in alone.open] == [
        (3, 3, NO_RECOGNISER)
    ]
    [statement] = read.statements
    assert statement.expression == "Zlib"
    assert (statement.first_line, statement.by) == (3, "rule-Zlib")
    assert statement.key == alone.open[0].key
    assert not read.open


def test_lines_are_those_of_the_file_not_of_the_wording() -> None:
    text = "# Copyright 2020 A\n#\n# Licence:\n#\n#\n# under the ISC licence\nx = 1\n"

    [one] = recognise(DictTree({"a.py": text}), Phrases())

    assert [(s.expression, s.first_line) for s in one.statements] == [("ISC", 6)]


@pytest.mark.parametrize(
    "notice", ["Copyright © 2020-2024 Works", "(c) 2020", "@author: a"]
)
def test_who_holds_the_copyright_does_not_part_a_notice_from_its_heading(
    notice: str,
) -> None:
    recogniser = Phrases()
    header = f"/*****\n License\n -----\n {notice}\n It is under the zlib licence.\n"

    recognise(DictTree({"a.js": header + " *****/\n" + "int x;\n" * 9}), recogniser)

    assert recogniser.asked == ["License\n\nIt is under the zlib licence."]


def test_a_notice_in_many_files_is_asked_about_once() -> None:
    recogniser = Phrases()
    headers = (f"/* Copyright 20{n} A\n * under the zlib licence */" for n in range(50))
    tree = DictTree({f"{n}.c": f"{h}\nint x{n};\n" for n, h in enumerate(headers)})

    all_found = found(tree, recogniser)

    assert len(recogniser.asked) == 1
    assert all(expressions(one) == ["Zlib"] for one in all_found.values())


def test_what_many_files_say_is_read_again_in_one_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = f"// Copyright 2020 Ada Lovelace\n\n\n\n\nint y;\n{ZLIB}"
    files = {f"{n}.c": f"{both}int {n};\n" for n in "abc"} | {"d.c": f"{ZLIB}int d;\n"}
    tree, again = DictTree(files), list[str]()
    recognise(tree, None, facts := MemoryFacts())

    def read(path: str) -> bytes:
        again.append(path)
        if path == "a.c":
            raise BlobUnreadable(path)
        return tree.contents[path]

    monkeypatch.setattr(tree, "read", read)
    told = {f.path: f for f in recognise(tree, Phrases(), facts)}

    assert all(expressions(told[path]) == ["Zlib"] for path in files)
    assert all(told[path].holdings for path in ("a.c", "b.c", "c.c"))
    # Licences are asked about, then holders; one file could not be read again.
    assert again == ["a.c", "b.c", "a.c", "b.c"]


def test_what_was_told_is_remembered_by_version_and_read_from_no_file() -> None:
    memory, facts = MemoryFacts(), MemoryFacts()
    contents = {"a.c": ZLIB, "b.c": "// doubtful permission\n", "LICENSE": "Licence\n"}
    first = recognise(DictTree(contents, facts=facts), Phrases(), memory)
    again, other = Phrases(), Phrases(name=b"2")
    unread = DictTree(contents, facts=facts)
    unread.read = refuse  # type: ignore[method-assign]

    second = recognise(unread, again, memory)
    recognise(DictTree(contents, facts=facts), other, memory)

    assert second == first
    assert not again.asked
    assert other.asked


def test_what_could_not_be_told_is_open_and_asked_again_the_next_time() -> None:
    memory = MemoryFacts()
    tree = DictTree({"a.c": "// a slow licence\n"})

    for _ in range(2):
        recogniser = Phrases()
        [one] = recognise(tree, recogniser, memory)

        assert [o.why for o in one.open] == ["it took too long"]
        assert len(recogniser.asked) == 1
    assert not [key for key in memory.kept if key[0] == "licence-fragment"]


def test_answers_are_kept_though_the_recogniser_breaks() -> None:
    memory = MemoryFacts()
    tree = DictTree({f"{n}.c": f"// licence number {n}\n" for n in range(9)})

    class Broken(Phrases):
        def licences(self, texts):  # type: ignore[no-untyped-def]
            for number, answer in enumerate(Phrases.licences(self, texts)):
                if number == 5:
                    raise RuntimeError
                yield answer

    with pytest.raises(RuntimeError):
        recognise(tree, Broken(), memory)

    assert len([key for key in memory.kept if key[0] == "licence-fragment"]) == 5


def test_the_register_remembers_answers(register: Register) -> None:
    tree = DictTree({"a.c": ZLIB})
    first = recognise(tree, Phrases(), register.blob_facts)
    again = Phrases()

    assert recognise(tree, again, register.blob_facts) == first
    assert not again.asked


def test_the_order_of_files_does_not_matter() -> None:
    contents = {
        "a.c": "// Copyright A\n// under the zlib licence\n",
        "b.py": "# under  the zlib licence\n# Copyright B, who else\n",
        "c.txt": "under the zlib licence\n",
    }
    answers = set()

    for order in permutations("abc"):
        names = dict(zip(contents, order, strict=True))
        tree = DictTree({names[p] + p: text for p, text in contents.items()})
        recogniser = Phrases()
        told = recognise(tree, recogniser)
        keys = {f.path[1:]: [s.key for s in f.statements] for f in told}
        answers.add((tuple(recogniser.asked), str(sorted(keys.items()))))

    assert len(answers) == 1


def test_a_doubtful_file_is_read_as_a_whole_with_the_lines_of_the_file() -> None:
    code = "".join(f"int x{n};\n" for n in range(60))
    text = f"// a doubtful licence\n{code}\n\n// Program X\n{code}// under the zlib\n"
    text += "int y;\n// and what is under the zlib licence, too\n"
    recogniser = Phrases()

    [one] = recognise(DictTree({"a.c": text}), recogniser)

    assert any("int x30;" in asked for asked in recogniser.asked)
    [statement] = one.statements
    assert statement.expression == "Zlib"
    assert text.split("\n")[statement.first_line - 1].endswith("zlib licence, too")


def test_a_large_doubtful_file_is_not_read_as_a_whole() -> None:
    code = "int x;\n" * (licences.LARGEST_WHOLE // 6)
    recogniser = Phrases()

    [one] = recognise(DictTree({"a.c": f"// a doubtful licence\n{code}"}), recogniser)

    assert len(recogniser.asked) == 1
    assert [o.why for o in one.open] == [GRANT]


def test_a_file_called_licence_is_read_whole_whatever_it_says() -> None:
    text = "You may do as you like.\n" + "\n" * 9 + "Be it under the ISC licence.\n"
    text = text + "word\n\n" * 40
    recogniser = Phrases()

    [one] = recognise(DictTree({"COPYING": text}), recogniser)

    assert any("You may do as you like" in asked for asked in recogniser.asked)
    assert [(s.expression, s.first_line) for s in one.statements] == [("ISC", 11)]


def test_a_mark_of_copyright_before_a_name_is_a_notice_and_in_code_it_is_none() -> None:
    notice = "/*\n * (c) Ada Lovelace <ada@example.org>\n * (C) Émile B.\n */\n"
    code = "if (c) return f(c) || (c) x;\nwhile (c)\n  Next();\n"
    tree = DictTree({"a.php": notice, "b.c": code})
    recogniser = Phrases()

    all_found = found(tree, recogniser)

    [asked] = recogniser.asked_holders
    assert "(c) Ada Lovelace" in asked
    assert "(C) Émile B." in asked
    assert not all_found["b.c"].open_notices


def test_a_file_called_licence_is_asked_about_as_it_stands() -> None:
    text = "* Under the ISC licence.\n\nCopyright 2026 Ada\n\x0c\n  Be it so.\n"
    recogniser = Phrases()

    [one] = recognise(DictTree({"COPYING": text}), recogniser)

    # ScanCode knows texts by all their words, those of holders and marks included.
    assert recogniser.asked[-1] == text.replace("\x0c", "")
    assert [(s.expression, s.first_line) for s in one.statements] == [("ISC", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "# 本程序按许可证授权给所有人使用",
        "# هذا البرنامج مرخص، رخصة حرة",
        "# Лицензия своя",
    ],
)
def test_a_notice_in_a_script_that_nobody_reads_is_said_not_dropped(text: str) -> None:
    [one] = recognise(DictTree({"a.py": f"{text}\nx = 1\n"}), Phrases())

    assert not one.statements
    assert [o.why for o in one.open] == [FOREIGN]


def test_one_text_in_two_folders_refers_to_two_files() -> None:
    tree = DictTree(
        {
            "LICENSE": MIT,
            "a.c": "// See LICENSE for terms.\n",
            "deep/er/a.c": "// See LICENSE for terms.\n",
            "vendor/x/LICENSE.txt": CC0,
            "vendor/x/src/a.c": "// See LICENSE for terms.\n",
            "vendor/y/a.c": "// See LICENSE for terms.\n",
        }
    )

    all_found = found(tree, Phrases())

    def meant(path: str) -> tuple[str, tuple[str, ...]]:
        [statement] = all_found[path].statements
        [reference] = statement.references
        return reference.path, reference.expressions

    assert meant("a.c") == ("LICENSE", ("MIT",))
    assert meant("deep/er/a.c") == ("LICENSE", ("MIT",))
    assert meant("vendor/x/src/a.c") == ("vendor/x/LICENSE.txt", ("CC0-1.0",))
    # What it refers to is told; that it is meant for it, is not.
    assert meant("vendor/y/a.c") == ("LICENSE", ("MIT",))
    assert all_found["deep/er/a.c"].licensed_by == ("LICENSE",)
    assert all_found["vendor/x/src/a.c"].licensed_by == ("vendor/x/LICENSE.txt",)
    assert all_found["vendor/y/a.c"].licensed_by == ()


def test_the_licence_above_a_folder_is_known_in_it() -> None:
    tree = DictTree({"LICENSE": MIT, "app/a.c": "// See LICENSE for it\n", "b.c": ZLIB})

    [one] = recognise(tree, Phrases(), folder="app")

    assert one.path == "app/a.c"
    assert one.licensed_by == ("LICENSE",)
    assert one.statements[0].references[0].expressions == ("MIT",)


def test_what_is_said_elsewhere_counts_by_the_rules_of_reuse() -> None:
    tree = DictTree(
        {
            "REUSE.toml": (
                'version = 1\n[[annotations]]\npath = "b.*"\nprecedence = "override"\n'
                'SPDX-FileCopyrightText = "B"\nSPDX-License-Identifier = "CC0-1.0"\n'
            ),
            "a.png": b"\x89PNG\0",
            "a.png.license": HEADER,
            "b.c": HEADER,
        }
    )

    all_found = found(tree)

    assert [s.source for s in all_found["a.png"].said] == ["a.png.license"]
    assert [s.licences for s in all_found["b.c"].said] == [("CC0-1.0",)]
    assert expressions(all_found["b.c"]) == ["MIT"]
    assert all_found["a.png"].kind is Kind.BINARY


def test_where_annotations_cannot_be_read_each_file_says_so() -> None:
    tree = DictTree({"REUSE.toml": "nonsense", "a.c": HEADER})

    assert all("REUSE.toml" in f.unread for f in recognise(tree))


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("package-lock.json", '{"packages": {"a": {"license": "MIT"}}}'),
        ("sub/yarn.lock", "# under the zlib licence"),
        ("bom.cdx.json", '{"license": {"id": "MIT"}}'),
        ("x.json", '{"bomFormat": "CycloneDX", "license": "under the zlib licence"}'),
        ("y.json", '{"spdxVersion": "SPDX-2.3", "licenseConcluded": "MIT"}'),
        ("reuse.spdx", f"SPDXVersion: SPDX-2.1\n{TAG} MIT\n"),
    ],
)
def test_a_file_that_lists_licences_grants_none(path: str, content: str) -> None:
    recogniser = Phrases()

    [one] = recognise(DictTree({path: content}), recogniser)

    assert one.kind is Kind.LIST
    assert not one.statements
    assert not one.open
    assert not recogniser.asked


def test_a_file_that_names_many_licences_is_a_list() -> None:
    from ossay.collect.licensing.expressions import licences as listed

    names = "".join(f'    "{name}": "the licence",\n' for name in list(listed())[:60])

    [one] = recognise(DictTree({"spdx.py": f"KNOWN = {{\n{names}}}\n"}))

    assert one.kind is Kind.LIST


def test_a_file_that_cannot_be_read_is_not_a_file_without_a_licence() -> None:
    tree = DictTree({"a.c": ZLIB}, unreadable={"b.c": "it is missing"})

    all_found = found(tree, Phrases())

    assert all_found["b.c"].kind is Kind.UNREAD
    assert all_found["b.c"].unread == "it is missing"


def test_a_text_that_cannot_be_read_a_second_time_stays_open() -> None:
    facts = MemoryFacts()
    recognise(DictTree({"a.c": ZLIB}, facts=facts))
    gone = DictTree({"a.c": ZLIB}, facts=facts)

    gone.read = refuse  # type: ignore[method-assign]
    [one] = recognise(gone, Phrases())

    assert not one.statements
    assert len(one.open) == 1


def test_holders_are_read_with_the_lines_of_the_file() -> None:
    recogniser = Phrases()
    tree = DictTree(
        {
            "a.c": "int x;\n\n/* Copyright 2020 City\n * Copyright 2021 Town\n */\n",
            "b.c": "/* Copyright 2020 City\n * Copyright 2021 Town\n */\n",
        }
    )

    all_found = found(tree, recogniser)

    held = [(h.holders, h.first_line) for h in all_found["a.c"].holdings]
    assert held == [(("City",), 3), (("Town",), 4)]
    assert [h.first_line for h in all_found["b.c"].holdings] == [1, 2]
    assert len(recogniser.asked_holders) == 1


def test_a_list_of_holders_goes_on_as_long_as_their_links_do() -> None:
    names = [f" * Name{n} Family{n}\n * (http://example.org/{n})," for n in range(5)]
    rest = " *\n * It\n * rests.\n * And more.\n"
    listed = "\n".join(["/* Portions copyright A B,", *names])
    recogniser = Phrases()

    recognise(DictTree({"a.js": f"{listed}\n{rest} */\n"}), recogniser)

    [asked] = recogniser.asked_holders
    assert asked == "\n".join(
        line.strip() for line in f"{listed}\n{rest}".splitlines()[:-2]
    )


def test_without_a_recogniser_notices_stay_open() -> None:
    [one] = recognise(DictTree({"a.c": "\n// Copyright 2020 City\n"}))

    assert [(o.first_line, o.why) for o in one.open_notices] == [(2, NO_RECOGNISER)]


@pytest.mark.parametrize(
    ("path", "content", "origin"),
    [
        ("src/a.c", "", Origin.OWN),
        ("node_modules/x/a.js", "", Origin.VENDORED),
        ("app/Pods/X/a.m", "", Origin.VENDORED),
        ("third_party/x.c", "", Origin.VENDORED),
        ("web/dist/a.js", "", Origin.GENERATED),
        ("api/x_pb2.py", "", Origin.GENERATED),
        (
            "api/x.go",
            "// Code generated by hand. DO NOT EDIT. Licence\n",
            Origin.GENERATED,
        ),
        ("vendor/dist/a.js", "", Origin.VENDORED),
    ],
)
def test_what_others_wrote_and_programs_made_is_told_apart(
    path: str, content: str, origin: Origin
) -> None:
    [one] = recognise(DictTree({path: content}))

    assert one.origin is origin


# REUSE-IgnoreEnd
