# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Strangers' documents are read or refused; they never hang or exhaust ossay."""

from collections.abc import Callable

import pytest

from ossay.collect._documents import (
    DEEPEST,
    LARGEST_BYTES,
    DocumentUnreadable,
    read_json,
    read_toml,
    read_xml,
    read_yaml,
    read_yaml_with_lines,
)

Reader = Callable[[bytes], object]

LAUGHS = b"a: &a [x,x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 10))
    for n in range(ord("b"), ord("k"))
)
MERGED_LAUGHS = b"a: &a {k: v}\n" + b"".join(
    b"%c: &%c {<<: [%s]}\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 10))
    for n in range(ord("b"), ord("k"))
)
HIDDEN_DEFAULTS = b'<!DOCTYPE a SYSTEM ">" [<!ATTLIST b c CDATA "much">]><a><b/></a>'
"""What is declared here is repeated in every element `b`."""

REPEATED_TEXT = b"- &a " + b"x" * 1_000_000 + b"\n- *a" * 200
"""Whoever walks through it goes over 200 MB of text."""

ALIAS_TOWER = b"v0: &v0 []\n" + b"".join(
    b"v%d: &v%d [*v%d]\n" % (n, n, n - 1) for n in range(1, 5_000)
)
ENTITY_LAUGHS = b"""<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]><r>&b;</r>"""


@pytest.mark.parametrize(
    ("read", "content", "said"),
    [
        (read_json, b'{"a": [1, "\xc3\xa9"]}', {"a": [1, "é"]}),
        (read_json, b'\xef\xbb\xbf{"a": 1, "a": 2}', {"a": 2}),
        (read_toml, b"[a]\nb.c = 1", {"a": {"b": {"c": 1}}}),
        (read_yaml, b"", None),
        (read_yaml, b"on: push\nno: 12:30\nday: 2020-01-31", {
            "on": "push", "no": "12:30", "day": "2020-01-31",
        }),
        (read_yaml, b"[1, 0x1F, -2.5, 1e3, true, ~, 'true', 1.2.3]",
         [1, 31, -2.5, 1000.0, True, None, "true", "1.2.3"]),
        (read_yaml, b"a: !Ref x\nb: !sub [1]", {"a": "x", "b": [1]}),
        (read_yaml, b"1: one\ntrue: yes", {"1": "one", "true": "yes"}),
        (read_yaml, b"a: 1\na: 2", {"a": 2}),
        (read_yaml, b"x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}",
         {"x": {"a": 1, "b": 2}, "y": {"a": 1, "b": 3}}),
        (read_yaml, b"[&a {k: 1}, &b {k: 2, l: 3}, {<<: [*a, *b]}]",
         [{"k": 1}, {"k": 2, "l": 3}, {"k": 1, "l": 3}]),
    ],
)  # fmt: skip
def test_a_document_is_read_as_plain_values(
    read: Reader, content: bytes, said: object
) -> None:
    assert read(content) == said


@pytest.mark.parametrize(
    ("read", "content", "why"),
    [
        (read_json, b"{", "no valid JSON"),
        (read_json, b"\xff\xfe{\x00", "no valid JSON"),
        (read_json, b'["\\ud800"]', "no valid JSON"),
        (read_json, b"1" * 5_000, "no valid JSON"),
        (read_json, b"[" * 200 + b"]" * 200, "nested"),
        (read_json, b"[" * 100_000, "nested"),
        (read_json, b" " * (LARGEST_BYTES + 1), "bytes"),
        (read_toml, b"a =", "no valid TOML"),
        (read_toml, b"a = 1\xff", "no valid TOML"),
        (read_toml, b"a." * 100_000 + b"a = 1", "nested"),
        (read_toml, b"a = " + b"[" * 100_000, "nested"),
        (read_xml, b"<a><b></a>", "no valid XML"),
        (read_xml, b"", "no valid XML"),
        (read_xml, b"<?xml version='1.0' encoding='nonsense'?><a/>", "no valid XML"),
        (read_xml, ENTITY_LAUGHS, "document type"),
        (read_xml, HIDDEN_DEFAULTS, "document type"),
        (read_xml, HIDDEN_DEFAULTS.replace(b'">"', b"'>'"), "document type"),
        (read_xml, b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1), "nested"),
        (read_xml, b"<a>" * 500_000 + b"</a>" * 500_000, "nested"),
        (read_xml, b"<!DOCTYPE a>" + b"<a>" * 200 + b"</a>" * 200, "nested"),
        (read_xml, ENTITY_LAUGHS.decode().encode("utf-16"), "document type"),
        (read_yaml, b"a: [", "no valid YAML"),
        (read_yaml, b"a: \xff", "no valid YAML"),
        (read_yaml, b"--- 1\n--- 2", "several"),
        (read_yaml, b"a: *b", "'b'"),
        (read_yaml, b"&a [*a]", "'a'"),
        (read_yaml, b"[a]: b", "key"),
        (read_yaml, b"[" * 100_000, "nested"),
        (read_yaml, LAUGHS, "values"),
        (read_yaml, MERGED_LAUGHS, "values"),
        (read_yaml, REPEATED_TEXT, "values"),
        (read_yaml, ALIAS_TOWER, "nested"),
    ],
)
def test_what_cannot_be_read_safely_is_refused_saying_why(
    read: Reader, content: bytes, why: str
) -> None:
    with pytest.raises(DocumentUnreadable, match=why):
        read(content)


def test_xml_is_read_with_its_namespaces_and_a_foreign_document_type() -> None:
    content = b"""<?xml version="1.0"?><!DOCTYPE TS>
        <TS xmlns:x="urn:x" x:language="fr"><x:a>text</x:a></TS>"""

    root = read_xml(content)

    assert root.get("{urn:x}language") == "fr"
    assert root.findtext("{urn:x}a") == "text"


def test_yaml_says_in_which_line_each_key_and_entry_stands() -> None:
    content = b"# first\nlegal:\n  license: MIT\nlanguages:\n  - en\n  - fr\n"

    _, lines = read_yaml_with_lines(content)

    assert lines == {
        ("legal",): 2,
        ("legal", "license"): 3,
        ("languages",): 4,
        ("languages", 0): 5,
        ("languages", 1): 6,
    }
