# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Language tags are what ISO and BCP 47 say, and texts are told by their words."""

import pytest

from ossay.collect._languages import is_right_to_left, language_tag
from ossay.collect._writing import writings


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("fr", "fr"),
        ("pt_BR", "pt-BR"),
        ("pt-br", "pt-BR"),
        ("fr-rCA", "fr-CA"),
        ("zh_Hans_CN", "zh-Hans-CN"),
        ("zh-CHT", "zh-Hant"),
        ("es-419", "es-419"),
        ("sr@latin", "sr-Latn"),
        ("ca@valencia", "ca-valencia"),
        ("en-UK", "en-GB"),
        ("ara", "ar"),
        ("hin", "hi"),
        ("kan", "kn"),
        ("ger", "de"),
        ("prs", "prs"),
        ("swh", "sw"),
        ("iw", "he"),
        ("EN", "en"),
    ],
)
def test_a_language_code_becomes_its_shortest_tag(text: str, tag: str) -> None:
    assert language_tag(text) == tag


@pytest.mark.parametrize(
    "text",
    ["or-more", "null", "undefined", "xx", "app", "en-ZZ", "fr-Xxxx", "", "e", "fr-"],
)
def test_what_is_in_no_standard_is_no_language(text: str) -> None:
    assert language_tag(text) is None


@pytest.mark.parametrize(
    ("tag", "is_so"),
    [
        ("ar", True),
        ("fa-AF", True),
        ("ckb", True),
        ("az-Arab", True),
        ("az", False),
        ("ur-Latn", False),
        ("fr", False),
    ],
)
def test_the_direction_of_a_language_is_that_of_its_script(
    tag: str, is_so: bool
) -> None:
    assert is_right_to_left(tag) is is_so


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("Foo is a tool for the people of the town.", ["en"]),
        ("Ce logiciel est un outil pour les communes et la gestion", ["fr"]),
        ("Este programa es para la gestión de los expedientes con una", ["es"]),
        ("Este programa é um sistema para a gestão das escolas, não é", ["pt"]),
        ("Dieses Programm ist ein Werkzeug für die Gemeinden und wird", ["de"]),
        ("Il programma è uno strumento per la gestione del comune", ["it"]),
        ("Dit programma is een hulpmiddel voor het beheer van de stad", ["nl"]),
        ("Ten program jest przeznaczony dla gmin oraz nie wymaga się", ["pl"]),
        ("Это программа для учёта, и она не требует настройки на сервере", ["ru"]),
        ("Цей застосунок є для обліку та не потребує налаштування", ["uk"]),
        ("هذا البرنامج هو نظام لإدارة السجلات في المدن", ["ar"]),
        ("این نرم افزار برای مدیریت است که به شما کمک می کند", ["fa"]),
        ("这是一个开源项目，用于管理。", ["zh"]),
        ("このソフトウェアは管理のためのものです。", ["ja"]),
        ("이 소프트웨어는 관리를 위한 것입니다.", ["ko"]),
        ("यह सॉफ्टवेयर लोगों के लिए है और यह मुफ्त है", ["hi"]),
        ("Perangkat lunak ini adalah untuk pengelolaan data yang dapat", ["id"]),
        ("Bu yazılım kayıt yönetimi için bir araçtır ve ücretsiz olarak", ["tr"]),
        ("Programu hii ni ya bure na inatumika kwa watu wa vijiji", ["sw"]),
        ("Phần mềm này là một công cụ cho các bạn", ["vi"]),
        ("ซอฟต์แวร์นี้ใช้งานได้ฟรี", ["th"]),
    ],
)
def test_the_language_of_a_text_is_told(text: str, languages: list[str]) -> None:
    assert [writing.language for writing in writings(text)] == languages


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("ይህ ሶፍትዌር ነፃ ነው", "Ethiopic"),
        ("ဤဆော့ဖ်ဝဲသည် အခမဲ့ဖြစ်သည်", "Myanmar"),
        ("docker compose up foo bar baz", "Latin"),
    ],
)
def test_a_text_that_cannot_be_told_names_its_script(text: str, script: str) -> None:
    (writing,) = writings(text)

    assert writing.language == ""
    assert script in str(writing)


def test_a_chinese_text_full_of_commands_is_chinese() -> None:
    text = "安装 docker compose up 然后运行 npm install 以及 make deploy 完成部署"

    assert [writing.language for writing in writings(text)] == ["zh"]


def test_a_list_of_translations_is_no_second_language() -> None:
    text = "See the manual in 中文 or 日本語, or read on. " + "This is for you. " * 20

    assert [writing.language for writing in writings(text)] == ["en"]


def test_a_text_in_two_languages_has_both() -> None:
    english = "This is a tool for the people of the town, and it is free. "
    french = "Ceci est un outil pour les gens de la ville, et il est gratuit. "

    told = writings(english * 5 + french * 5)

    assert {writing.language for writing in told} == {"en", "fr"}
