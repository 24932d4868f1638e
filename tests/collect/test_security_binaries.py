# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Programs are told by their content, whatever they are called."""

import dataclasses
import importlib.util
import io
import py_compile
import zipfile
from pathlib import Path
from struct import pack

import pytest

from ossay.collect import gather, security
from ossay.collect.security.binaries import BINARIES, program_in
from ossay.model.evidence import Answered, Gap, Item, Observation
from tests.collect.trees import DictTree, given

ELF = b"\x7fELF\x02\x01\x01" + bytes(57)
PE = b"MZ" + bytes(58) + pack("<I", 64) + b"PE\0\0" + bytes(20)


def archive(*names: str) -> bytes:
    """Return a ZIP archive with empty files of these names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as writing:
        for name in names:
            writing.writestr(zipfile.ZipInfo(name), "")  # the same bytes each time
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (ELF, "ELF"),
        (PE, "Windows (PE)"),
        (b"MZ" + bytes(100), "DOS"),
        (b"\xcf\xfa\xed\xfe" + bytes(28), "Mach-O"),
        (b"\xca\xfe\xba\xbe\x00\x00\x00\x02" + bytes(40), "Mach-O"),
        (b"\xca\xfe\xba\xbe\x00\x00\x00\x41" + bytes(40), "Java bytecode"),
        (b"\0asm\x01\0\0\0", "WebAssembly"),
        (b"!<arch>\ndebian-binary   ", "ar"),
        (b"dex\n035\0" + bytes(40), "Android"),
        (b"\xed\xab\xee\xdb" + bytes(90), "RPM"),
        (b"BC\xc0\xde" + bytes(40), "LLVM"),
        (b"\xa7\x0d\r\n" + bytes(12), "Python"),
        (archive("META-INF/MANIFEST.MF", "a/B.class"), "ZIP"),
        (archive("lib/net6.0/a.dll"), "ZIP"),
        (archive("a.py", "a-1.dist-info/WHEEL"), "ZIP"),
        (archive("classes.dex", "res/a.xml"), "ZIP"),
        (b"PK\x03\x04" + bytes(26) + b"a/B.class", "ZIP"),
    ],
)
def test_compiled_programs_are_known(content: bytes, kind: str) -> None:
    assert kind in program_in(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ",
        b"MZ is how this sentence begins, and goes on for more than sixty-four bytes.",
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        b"%PDF-1.7\n" + bytes(40),
        b"GIF89a" + bytes(40),
        b"wOF2" + bytes(40),
        b"\xff\xd8\xff\xe0" + bytes(40),
        b"/*\r\n this is a comment */\r\n",
        b"#!/bin/sh\nexec java -jar a.jar\n",
        b"\xca\xfe\xba\xbe",
        archive("word/document.xml", "[Content_Types].xml"),
        archive("META-INF/manifest.xml", "content.xml"),
        archive("classification.txt", "a.class.txt"),
    ],
)
def test_texts_pictures_and_documents_are_no_programs(content: bytes) -> None:
    assert program_in(content) == ""


def test_what_this_python_compiles_is_known(tmp_path: Path) -> None:
    source = tmp_path / "a.py"
    source.write_text("a = 1\n")

    compiled = py_compile.compile(str(source), doraise=True)

    assert compiled is not None
    content = Path(compiled).read_bytes()
    assert content.startswith(importlib.util.MAGIC_NUMBER)
    assert program_in(content) == "Python bytecode"


def test_programs_are_counted_whatever_they_are_called() -> None:
    answer = _answer(
        DictTree({"README.md": ELF, "bin/tool": PE, "main.c": "int main;"})
    )

    assert isinstance(answer, Observation)
    assert answer.value == 2
    assert [i.subject for i in answer.items] == ["README.md", "bin/tool"]


def test_programs_for_tests_are_listed_and_not_counted() -> None:
    answer = _answer(DictTree({"a.so": ELF, "tests/data/b.so": ELF}))

    assert isinstance(answer, Observation)
    assert answer.value == 1
    assert answer.total == 2
    assert "not counted" in answer.items[1].note


def test_the_wrapper_of_a_build_tool_is_remarked_on() -> None:
    jar = archive("META-INF/MANIFEST.MF")

    answer = _answer(DictTree({"gradle/wrapper/gradle-wrapper.jar": jar}))

    assert isinstance(answer, Observation)
    assert answer.value == 1
    assert "checksum" in answer.items[0].note


def test_a_file_that_cannot_be_read_may_be_a_program() -> None:
    tree = DictTree({"a.so": ELF}, unreadable={"b.png": "it is missing"})

    gap = _answer(tree)

    assert isinstance(gap, Gap)
    assert gap.items == (Item(subject="b.png", note="it is missing"),)


def test_a_file_for_tests_that_cannot_be_read_would_not_count_anyway() -> None:
    tree = DictTree({"a.so": ELF}, unreadable={"tests/huge.mp3": "it is missing"})

    answer = _answer(tree)

    assert isinstance(answer, Observation)
    assert answer.value == 1


def test_of_a_folder_only_programs_in_it_count() -> None:
    whole = given(DictTree({"a.so": ELF, "server/b.so": ELF}))
    snapshot = dataclasses.replace(whole.snapshot, path="server")

    answers, _ = gather(
        security.COLLECTOR, dataclasses.replace(whole, snapshot=snapshot)
    )

    answer = next(a for a in answers if a.fact == BINARIES.name)
    assert isinstance(answer, Observation)
    assert [i.subject for i in answer.items] == ["server/b.so"]


def test_links_and_submodules_are_no_programs_of_this_repository() -> None:
    tree = DictTree({}, symlinks={"a.so": "/lib/a.so"}, submodules=["lib"])

    assert _answer(tree) == BINARIES.found(0)


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04" + b"PK\x01\x02" * 500_000,
        b"PK\x03\x04" + b"PK\x05\x06" * 500_000,
        b"PK\x03\x04"
        + (b"PK\x01\x02" + bytes(42)) * 40_000
        + b"PK\x05\x06"
        + bytes(18),
        archive("a.txt")[:-10],
        b"PK\x03\x04" + b"." * 2_000_000,
        b"MZ" + b"\xff" * 62,
    ],
)
def test_damaged_archives_and_headers_end_well(content: bytes) -> None:
    assert isinstance(program_in(content), str)


def _answer(tree: DictTree) -> Answered:
    answers, _ = gather(security.COLLECTOR, given(tree))
    return next(a for a in answers if a.fact == BINARIES.name)
