# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How much of what a software says is said in each language, format by format."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from ossay.collect import gather
from ossay.collect.languages import COLLECTOR, sheets
from ossay.model.evidence import Answered, Gap, Inapplicable, Observation
from tests.collect.trees import DictTree, given

Files = Mapping[str, bytes | str]

LONG = "k" * 2_000_000

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "menu"
msgid "Open the file"
msgstr "{0}"

#, fuzzy
#| msgid "Older"
msgid "Save the document"
msgstr "{1}"

msgid "One file was "
"moved here"
msgid_plural "%d files were moved here"
msgstr[0] "{2}"
msgstr[1] "{3}"

#~ msgid "Obsolete"
#~ msgstr "Veraltet"
"""


def po(*texts: str) -> str:
    filled = PO
    for number, text in enumerate(texts):
        filled = filled.replace(f"{{{number}}}", text)
    return filled


def strings(**texts: str) -> str:
    rows = "".join(f'<string name="{k}">{v}</string>' for k, v in texts.items())
    return f"<resources>{rows}</resources>"


def xliff(*targets: str) -> str:
    units = "".join(
        f'<trans-unit id="{n}"><source>Text {n} of the page</source>{t}</trans-unit>'
        for n, t in enumerate(targets)
    )
    return (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
        f'<file source-language="en" target-language="fr"><body>{units}</body></file>'
        "</xliff>"
    )


def xliff_2(*segments: str) -> str:
    units = "".join(
        f'<unit id="{n}">{segment}</unit>' for n, segment in enumerate(segments)
    )
    return (
        '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" '
        f'srcLang="en" trgLang="fr"><file id="f">{units}</file></xliff>'
    )


def qt(*translations: str) -> str:
    said = "".join(
        f"<message><source>Text {n} here</source>{t}</message>"
        for n, t in enumerate(translations)
    )
    return (
        f'<?xml version="1.0"?><!DOCTYPE TS><TS version="2.1" language="fr_FR">'
        f"<context><name>Window</name>{said}</context></TS>"
    )


def resx(**texts: str) -> str:
    rows = "".join(
        f'<data name="{k}"><value>{v}</value></data>' for k, v in texts.items()
    )
    return f'<root>{rows}<data name="i" type="Icon"><value>x</value></data></root>'


def answers(files: Files, *wanted: str) -> dict[str, Answered]:
    asked = replace(given(DictTree(files)), languages=wanted)
    said, _ = gather(COLLECTOR, asked)
    return {answer.fact.removeprefix("languages."): answer for answer in said}


def rows(files: Files) -> dict[str, tuple[str, ...]]:
    """Return language, translated, total and percent of each catalogue by its path."""
    _, tables = gather(COLLECTOR, given(DictTree(files)))
    [table] = tables
    return {row[0]: (row[1], *row[3:6]) for row in table.rows}


def value(files: Files, fact: str, *wanted: str) -> object:
    answer = answers(files, *wanted)[fact]
    assert isinstance(answer, Observation), answer
    return answer.value


@pytest.mark.parametrize(
    ("path", "content", "counted"),
    [
        ("po/fr.po", po("Ouvrir", "Garder", "Un", "Plusieurs"), "2 3"),
        ("po/fr.po", po("Ouvrir", "", "Un", ""), "1 3"),
        ("po/fr.po", po("", "", "", ""), "0 3"),
    ],
)
def test_gettext_counts_neither_header_nor_fuzzy_nor_obsolete_messages(
    path: str, content: str, counted: str
) -> None:
    files = {"po/app.pot": po("", "", "", ""), path: content}

    assert " ".join(rows(files)[path][1:3]) == counted


@pytest.mark.parametrize(
    ("source", "path", "contents"),
    [
        (
            {"src/i18n/en.json": '{"a": {"b": "Open it", "c": "Close"}, "d": "Help"}'},
            "src/i18n/fr.json",
            (
                '{"a": {"b": "Ouvrir", "c": "Fermer"}, "d": "Aide"}',
                '{"a": {"b": "Ouvrir"}, "d": "", "old": "Vieux"}',
                "{}",
            ),
        ),
        (
            {"config/locales/en.yml": "en:\n  a:\n    b: Open\n    c: Close\n  d: H"},
            "config/locales/fr.yml",
            (
                "fr:\n  a:\n    b: Ouvrir\n    c: Fermer\n  d: Aide",
                "fr:\n  a:\n    b: Ouvrir\n    c:\n  e: Vieux",
                "fr: {}",
            ),
        ),
        (
            {"res/messages.properties": "# x\na=Open it\nb : Close\nc Help\n"},
            "res/messages_fr.properties",
            (
                "a=Ouvrir\nb=Fermer\nc=\\u0041ide",
                b"a=D\xe9part\nb=\nold=x",
                "a=",
            ),
        ),
        (
            {
                "res/values/strings.xml": strings(a="Open it", b="Close").replace(
                    "</resources>",
                    '<plurals name="p"><item quantity="other">%d files</item></plurals>'
                    '<string name="id" translatable="false">x</string>'
                    '<string name="r">@string/a</string></resources>',
                )
            },
            "res/values-fr/strings.xml",
            (
                strings(a="Ouvrir", b="Fermer").replace(
                    "</resources>",
                    '<plurals name="p"><item quantity="other">%d</item></plurals>'
                    "</resources>",
                ),
                strings(a="Ouvrir", b=""),
                "<resources/>",
            ),
        ),
        (
            {"App/en.lproj/Localizable.strings": '/* x */ "a" = "Open it"; b = "C";'},
            "App/fr.lproj/Localizable.strings",
            ('"a" = "Ouvrir";\n"b" = "F";', '"a" = "O \\"x\\"";', ""),
        ),
        (
            {"locales/en/app.ftl": "a = Open\nb = Close\n    .title = All\n-c = X\n"},
            "locales/fr/app.ftl",
            ("a = Ouvrir\nb =\n    Fermer\n-c = X", "# a\na = Ouvrir\n", "# none\n"),
        ),
        (
            {"lib/l10n/app_en.arb": '{"@@locale": "en", "a": "Open it", "@a": {}}'},
            "lib/l10n/app_fr.arb",
            ('{"@@locale": "fr", "a": "Ouvrir"}', '{"a": "O"}', '{"a": ""}'),
        ),
        (
            {"Text/Words.resx": resx(a="Open it", b="Close")},
            "Text/Words.fr.resx",
            (resx(a="Ouvrir", b="Fermer"), resx(a="Ouvrir"), resx()),
        ),
        (
            {"lang/en/auth.php": "<?php return ['a' => 'Open', 'b' => ['c' => 'It']];"},
            "lang/fr/auth.php",
            (
                "<?php # 'x' => 'y'\nreturn array('a' => 'O', 'b' => array('c'=>'L'));",
                "<?php return ['a' => 'Ou' . 'vrir', 'b' => []];",
                "<?php return [];",
            ),
        ),
    ],
)
def test_a_catalogue_is_measured_by_that_of_the_source(
    source: Files, path: str, contents: tuple[str | bytes, str | bytes, str | bytes]
) -> None:
    full, partly, none = ({**source, path: content} for content in contents)

    assert rows(full)[path][3] == "100"
    assert 0 < int(rows(partly)[path][1]) <= int(rows(partly)[path][2])
    assert rows(none)[path][1] == "0"
    assert value(full, "complete") == ("en", "fr")
    assert value(none, "complete") == ("en",)


@pytest.mark.parametrize(
    ("path", "content", "counted"),
    [
        ("l/messages.fr.xlf", xliff("<target>A</target>", "<target>B</target>"), "2 2"),
        (
            "l/messages.fr.xlf",
            xliff("<target>A</target>", '<target state="needs-translation">B</target>'),
            "1 2",
        ),
        ("l/messages.fr.xlf", xliff("", "<target/>"), "0 2"),
        (
            "l/messages.fr.xlf",
            xliff_2(
                '<segment state="final"><source>A</source><target>B</target></segment>',
                '<segment state="initial"><source>C</source><target>D</target>'
                "</segment>",
                "<segment><source>D</source></segment>",
            ),
            "1 3",
        ),
        (
            "l/app_fr.ts",
            qt(
                "<translation>A</translation>",
                '<translation type="unfinished">B</translation>',
                '<translation type="vanished">C</translation>',
                "<translation><numerusform>a</numerusform><numerusform/></translation>",
            ),
            "1 3",
        ),
        ("l/app_fr.ts", qt("<translation>A</translation>"), "1 1"),
    ],
)
def test_what_its_translator_did_not_finish_does_not_count(
    path: str, content: str, counted: str
) -> None:
    assert " ".join(rows({path: content})[path][1:3]) == counted


def test_a_string_catalogue_of_apple_holds_every_language() -> None:
    content = {
        "sourceLanguage": "en",
        "version": "1.0",
        "strings": {
            "Open the file": {
                "localizations": {
                    "fr": {"stringUnit": {"state": "translated", "value": "Ouvrir"}},
                    "sw": {"stringUnit": {"state": "needs_review", "value": "Fungua"}},
                }
            },
            "%lld files": {
                "localizations": {
                    "fr": {
                        "variations": {
                            "plural": {
                                "one": {
                                    "stringUnit": {"state": "translated", "value": "1"}
                                },
                                "other": {"stringUnit": {"state": "new", "value": ""}},
                            }
                        }
                    }
                }
            },
            "API": {"shouldTranslate": False},
            "Gone": {"extractionState": "stale"},
        },
    }

    _, [table] = gather(
        COLLECTOR, given(DictTree({"App/L.xcstrings": json.dumps(content)}))
    )

    counted = {row[1]: row[3:5] for row in table.rows}
    assert counted == {"en": ("2", "2"), "fr": ("1", "2"), "sw": ("0", "2")}


def test_plural_forms_of_i18next_are_one_message() -> None:
    english = {
        "file_one": "a file",
        "file_other": "files",
        "by": "By you",
        "by_other": "By others",
    }
    files = {
        "locales/en.json": json.dumps(english),
        "locales/ar.json": json.dumps(
            {f"file_{n}": "m" for n in ("zero", "one", "two", "few", "many", "other")}
        ),
    }

    assert rows(files)["locales/ar.json"] == ("ar", "1", "3", "33")


TABLE = """id,description,en,fr,sw
action.print,"A button, on cards",Print,Imprimer,
action.sure,,"Are you ""sure""?","Êtes-vous
certain ?",Una hakika?
action.old,,,Vieux,
action.long,,Open the whole list,Open the whole list,Fungua
"""


def test_a_table_holds_every_language_that_its_head_names() -> None:
    files = {"src/translations/client.csv": TABLE}

    usable = answers(files)["usable"]
    assert isinstance(usable, Observation)
    short = answers(files, "fr", "sw", "ar")["wanted_short"]
    assert isinstance(short, Observation)
    assert [item.note for item in (*usable.items, *short.items)] == [
        "en: 100 % (3 of 3 messages)",
        "fr: 66 % (2 of 3 messages)",
        "sw: 66 % (2 of 3 messages)",
        "ar: no catalogue beside this one",
    ]
    assert value(files, "complete") == ("en",)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_cells_of_a_table_may_be_parted_otherwise(delimiter: str) -> None:
    table = (
        f"\ufeffKey{delimiter}de{delimiter}fr\r\na{delimiter}Auf{delimiter}Ouvrir\r\n"
    )

    assert value({"i18n/all.csv": table}, "complete") == ("de", "fr")


@pytest.mark.parametrize(
    "content",
    [
        "id,label,code\n1,Cholera,A00\n",
        "=cmd|' /C calc'!A0,en\na,b\n",
        "id,en,price\na,b,3\n",
        "en,fr\nPrint,Imprimer\n",
        "",
        "id\n",
        "id" + ",en" * 600 + "\n",
    ],
)
def test_a_table_of_another_kind_is_no_catalogue(content: str) -> None:
    files = {"src/translations/list.csv": content}

    assert value(files, "broken") == 0
    assert rows(files) == {}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('id,en\na,"Open\nb,Close\n', "line 3"),
        ("id,en\na,Yes, please\n", "line 2 has more cells"),
        ('id,en\na,"Open" it\n', "line 2"),
        (b"id,en\na,Ouvr\xe9\n", "not in UTF-8"),
        ("id,en\n" + "a,b\n" * 250_000, "cells"),
        ("id,en\na," + "b" * 200_000, "line 2"),
    ],
)
def test_a_table_that_would_be_counted_wrongly_is_broken(
    content: str | bytes, why: str
) -> None:
    told = answers({"src/translations/client.csv": content})["broken"]

    assert isinstance(told, Observation)
    assert told.value == 1
    assert why in told.items[0].note


def test_what_cells_hold_is_a_text_even_where_a_sheet_would_run_it() -> None:
    table = "id,en,fr\na,=1+1,=HYPERLINK(x)\n@b,+1,-1\n"

    assert value({"locales/all.csv": table}, "complete") == ("en", "fr")


def test_short_messages_may_read_as_their_source_and_long_ones_may_not() -> None:
    source = {f"k{n}": f"Please wait for number {n}" for n in range(20)}
    short = {"a": "OK", "b": "Email", "c": "Menu"}
    one_left = {
        **{key: f"Patienter {key}" for key in source},
        **short,
        "k0": source["k0"],
    }
    files = {
        "i18n/en.json": json.dumps({**source, **short}),
        "i18n/fr.json": json.dumps(one_left),
        "i18n/de.json": json.dumps({**source, **short}),
    }

    counted = rows(files)

    assert counted["i18n/fr.json"][1:3] == ("22", "23")
    assert counted["i18n/de.json"][1:3] == ("0", "23")


def test_marks_for_translating_on_screen_are_no_language() -> None:
    files = {
        "i18n/en.json": '{"a": "Open", "b": "Close"}',
        "i18n/ach-UG.json": '{"a": "crwdns1:0crwdne1:0", "b": "crwdns2:0crwdne2:0"}',
    }

    assert rows(files)["i18n/ach-UG.json"][1] == "0"


def test_english_of_another_country_falls_back_to_the_source() -> None:
    files = {
        "i18n/en.json": '{"a": "The colour of the page", "b": "Help"}',
        "i18n/en-GB.json": '{"a": "The colour of the page"}',
        "i18n/fr.json": "{}",
    }

    assert value(files, "complete") == ("en", "en-GB")


def test_the_source_is_english_unless_it_is_short_of_messages() -> None:
    files = {
        "i18n/en.json": '{"a": "Open"}',
        "i18n/fr.json": json.dumps({"a": "Ouvrir", "b": "Fermer", "c": "Aide"}),
    }

    assert value(files, "complete") == ("fr",)
    assert rows(files)["i18n/en.json"] == ("en", "1", "3", "33")


def test_what_is_in_one_language_alone_is_missing_in_all_others() -> None:
    files = {
        "a/i18n/en.json": '{"a": "Open", "b": "Close"}',
        "a/i18n/fr.json": '{"a": "Ouvrir", "b": "Fermer"}',
        "b/i18n/en.json": '{"c": "Help", "d": "Save"}',
    }

    said = answers(files, "fr")["wanted_short"]

    assert isinstance(said, Observation)
    assert said.value == ("fr",)
    assert "50 % (2 of 4 messages)" in said.items[0].note


def test_the_template_is_found_beside_above_or_below_the_catalogues() -> None:
    longer = po("", "", "", "") + '\nmsgid "New one"\nmsgstr ""\n'
    for template in ("locale/app.pot", "locale/templates/app.pot", "app.pot"):
        files = {
            template: longer,
            "locale/fr/LC_MESSAGES/app.po": po("Ouvrir", "", "Un", "Deux"),
        }
        assert rows(files)["locale/fr/LC_MESSAGES/app.po"][1:3] == ("2", "4")


def test_a_language_spelt_in_two_ways_has_two_rows_and_is_one_language() -> None:
    files = {
        "i18n/en.json": '{"a": "Open", "b": "Close"}',
        "i18n/pt-BR.json": '{"a": "Abrir", "b": ""}',
        "i18n/pt_BR.json": '{"a": "", "b": "Fechar"}',
    }

    counted = rows(files)

    assert counted["i18n/pt-BR.json"] == ("pt-BR", "1", "2", "50")
    assert counted["i18n/pt_BR.json"] == ("pt-BR", "1", "2", "50")
    assert value(files, "complete") == ("en", "pt-BR")


@pytest.mark.parametrize("name", ["null", "undefined"])
def test_a_catalogue_named_after_no_language_is_broken(name: str) -> None:
    said = '{"a": "Open"}'
    files = {f"i18n/{n}.json": said for n in ("eng", "ara", name)}

    told = answers(files)["broken"]

    assert isinstance(told, Observation)
    assert told.value == 1
    assert told.items[0].subject == f"i18n/{name}.json"
    assert value(files, "catalogues") == 3


def test_codes_of_three_letters_are_languages_and_words_are_not() -> None:
    files = {
        "languages/ara.json": '{"a": "b"}',
        "languages/eng.json": '{"a": "Open"}',
        "languages/or-more.json": '{"a": "b"}',
    }

    assert [row[0] for row in rows(files).values()] == ["ar", "en"]
    assert value(files, "broken") == 0


@pytest.mark.parametrize(
    ("path", "content", "why"),
    [
        ("i18n/fr.json", "{", "no valid JSON"),
        ("i18n/fr.json", "[" * 100_000, "nested"),
        ("config/locales/fr.yml", "fr: [", "no valid YAML"),
        ("res/values-fr/strings.xml", "<resources>", "no valid XML"),
        (
            "res/values-fr/strings.xml",
            '<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><resources/>',
            "document type",
        ),
        ("po/fr.po", 'msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n', "line 2"),
        ("App/fr.lproj/L.strings", '"a" = ;', "line 1"),
        ("App/fr.lproj/L.strings", b"bplist00", "compiled"),
        ("lang/fr/a.php", "<?php return " + "[" * 5_000 + "];", "nested"),
    ],
)
def test_a_catalogue_that_cannot_be_read_is_broken(
    path: str, content: str | bytes, why: str
) -> None:
    told = answers({path: content})["broken"]

    assert isinstance(told, Observation)
    assert told.value == 1
    assert why in told.items[0].note


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("mails/fr.ftl", "<#if user??>Bonjour ${user}</#if>"),
        ("src/app.de.ts", "export const a = 1;"),
        ("i18n/fr.json", "[1, 2]"),
    ],
)
def test_a_file_of_another_kind_is_no_catalogue(path: str, content: str) -> None:
    assert value({path: content}, "broken") == 0
    assert rows({path: content}) == {}


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("lang/fr/a.php", "<?php /*" + " /*" * 300_000),
        ("lang/fr/a.php", "<?php return ['a' => " + "'\\" * 300_000),
        ("App/fr.lproj/L.strings", "/* " * 300_000),
        ("App/fr.lproj/L.strings", '"a" = "b' + "\\\\" * 300_000),
        ("res/messages_fr.properties", "\\" * 600_000),
        ("po/fr.po", 'msgid "' + "\\" * 600_000 + '"'),
        ("locales/fr/a.ftl", "a" * 600_000),
        ("i18n/fr.json", json.dumps({"a": "{" * 600_000, "b": "<" * 600_000})),
        ("i18n/fr.json", json.dumps({LONG: {str(n): "" for n in range(50_000)}})),
        ("lang/fr/a.php", f"<?php return ['{LONG}' => [" + "'a'," * 50_000 + "]];"),
        (
            "src/app.fr.ts",
            f"<TS><context><name>{LONG}</name>{'<message/>' * 50_000}</context></TS>",
        ),
        (
            "i18n/a.fr.xlf",
            f'<xliff version="2"><unit id="{LONG}">'
            + "<segment/>" * 50_000
            + "</unit></xliff>",
        ),
        ("i18n/all.csv", "id,en\n" + '"' * 600_001),
        ("i18n/all.csv", "id,en\n" + '"a""' * 200_000),
        ("i18n/all.csv", "id" + ",en" * 400_000),
        ("i18n/all.csv", "id,en,fr\n" + "\n" * 2_000_000),
        (
            "po/fr.po",
            b'msgid ""\nmsgstr "charset=-punycode"\n-' + b"a" * 900_000 + b"\xff",
        ),
    ],
)
def test_hostile_catalogues_are_read_in_one_go(path: str, content: str | bytes) -> None:
    assert isinstance(answers({path: content})["catalogues"], Observation)


def test_named_languages_are_held_against_what_there_is() -> None:
    ten = {f"k{n}": f"Text {n}" for n in range(10)}
    files = {
        "i18n/en.json": json.dumps(ten),
        "i18n/pt-BR.json": json.dumps({key: f"{key} dito" for key in ten}),
        "i18n/ar.json": json.dumps({"k0": "نص"}),
    }

    said = answers(files, "ar", "pt", "sw", "en")

    short = said["wanted_short"]
    assert isinstance(short, Observation)
    assert short.value == ("ar", "sw")
    assert [item.note for item in short.items] == [
        "ar: 10 % (1 of 10 messages)",
        "pt: 100 % (10 of 10 messages) (as pt-BR)",
        "sw: no catalogue beside this one",
        "en: 100 % (10 of 10 messages)",
    ]
    assert said["wanted"] == Observation(
        fact="languages.wanted", value=("ar", "pt", "sw", "en")
    )


def test_a_named_language_that_cannot_be_measured_is_not_said_to_be_absent() -> None:
    files = {
        "i18n/en.json": '{"a": "Open"}',
        "i18n/fr.json": '{"a": "Ouvrir"}',
        "old/locales/de.json": '{"z": "Alt"}',
        "old/locales/it.json": '{"z": "Vecchio"}',
    }

    said = answers(files, "de")["wanted_short"]

    assert isinstance(said, Observation)
    assert said.value == ("de",)
    assert said.items[0].subject == "old/locales/de.json"
    assert said.items[0].note == "de: not counted, there is no source beside it"


def test_chinese_in_one_script_does_not_serve_readers_of_the_other() -> None:
    files = {
        "i18n/en.json": '{"a": "Open"}',
        "i18n/zh-CN.json": '{"a": "打开"}',
        "i18n/fr.json": "{}",
    }

    assert value(files, "wanted_short", "zh-Hans", "zh-Hant") == ("zh-Hant",)


def test_where_nobody_named_languages_it_is_a_gap() -> None:
    said = answers({"i18n/en.json": '{"a": "Open"}'})

    assert isinstance(said["wanted"], Gap)
    assert "--language" in said["wanted"].why
    assert isinstance(said["wanted_short"], Gap)


def test_without_catalogues_it_is_open_unless_there_is_no_interface() -> None:
    assert isinstance(answers({"page.html": "<p>Hi"}, "ar")["wanted_short"], Gap)
    assert isinstance(answers({"lib.c": "int a;"}, "ar")["wanted_short"], Inapplicable)


def test_catalogues_of_other_kinds_are_said_to_be_missed() -> None:
    files = {
        "i18n/en.json": '{"a": "Open"}',
        "i18n/fr.json": '{"a": "Ouvrir"}',
        "src/i18n/sw.js": "export default {}",
        "locales/ar.csv": "a,b",
        "locales/so.csv": "a,b",
    }

    said = answers(files, "fr")

    for fact in ("complete", "usable", "wanted_short"):
        answer = said[fact]
        assert isinstance(answer, Observation)
        assert "not read" in answer.missed
    broken = said["broken"]
    assert isinstance(broken, Observation)
    assert broken.missed == (
        "3 catalogues could not be opened: catalogues of this kind are not read"
    )


def test_a_catalogue_that_is_too_large_is_missed_and_not_broken() -> None:
    files = {
        "config/locales/en.yml": 'en:\n  a: "Open"\n',
        "config/locales/fr.yml": "fr:\n  a: " + "b" * 2_100_000,
    }

    said = answers(files, "fr")

    assert value(files, "broken") == 0
    for fact in ("complete", "usable", "wanted_short"):
        answer = said[fact]
        assert isinstance(answer, Observation)
        assert "larger than" in answer.missed


@pytest.mark.parametrize(
    "beside",
    [
        {"old/locales/de.json": '{"z": "Alt"}', "old/locales/it.json": '{"z": "Da"}'},
        {"old/locales/en.json": '{"z": ', "old/locales/it.json": '{"z": "Da"}'},
        {"old/locales/de.json": '{"z": ', "old/locales/it.json": '{"z": '},
        {"old/messages.pot": 'msgid "a"\n<<<<<<< HEAD\n'},
    ],
)
def test_messages_that_nobody_could_count_are_missed(beside: Files) -> None:
    files = {
        "i18n/en.json": '{"a": "Open", "b": "Close"}',
        "i18n/fr.json": '{"a": "Ouvrir", "b": "Fermer"}',
        **beside,
    }

    said = answers(files, "fr")

    for fact in ("complete", "usable", "wanted_short"):
        answer = said[fact]
        assert isinstance(answer, Observation)
        assert "could not be counted" in answer.missed


def test_a_broken_translation_counts_as_missing_and_leaves_the_others_whole() -> None:
    files = {
        "i18n/en.json": '{"a": "Open"}',
        "i18n/fr.json": '{"a": "Ouvrir"}',
        "i18n/de.json": '{"a": ',
    }

    said = answers(files, "fr", "de")["wanted_short"]

    assert isinstance(said, Observation)
    assert said.value == ("de",)
    assert said.missed == ""


def test_more_catalogues_than_are_opened_are_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheets, "MOST_CATALOGUES", 2)
    files = {f"a{n}/values/strings.xml": strings(a="Open") for n in range(3)}

    said = answers(files)["complete"]

    assert isinstance(said, Observation)
    assert said.missed.startswith("1 catalogue could not be counted: only")


def test_unchanged_files_are_not_read_again() -> None:
    files = {"i18n/en.json": '{"a": "Open"}', "i18n/fr.json": '{"a": "Ouvrir"}'}
    tree = DictTree(files)

    gather(COLLECTOR, given(tree))
    before = len(tree.scanned)
    gather(COLLECTOR, given(tree))

    assert before > 0
    assert len(tree.scanned) == before
