# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The languages of a software are told from the names of its message catalogues."""

import pytest

from ossay.collect.accessibility.catalogues import find_catalogues


def languages(*paths: str) -> list[str]:
    return list(find_catalogues(paths).by_language)


@pytest.mark.parametrize(
    ("path", "tag"),
    [
        ("po/fr.po", "fr"),
        ("locale/pt_BR/LC_MESSAGES/django.po", "pt-BR"),
        ("i18n/ckb.po", ""),
        ("app/src/main/res/values-fr/strings.xml", "fr"),
        ("app/src/main/res/values-fr-rCA/strings.xml", "fr-CA"),
        ("app/src/main/res/values-b+sr+Latn/strings.xml", "sr-Latn"),
        ("app/src/main/res/values-iw/strings.xml", "he"),
        ("ios/fr.lproj/Localizable.strings", "fr"),
        ("ios/zh-Hans.lproj/Main.strings", "zh-Hans"),
        ("lib/l10n/app_fr.arb", "fr"),
        ("src/Strings.fr-FR.resx", "fr-FR"),
        ("src/locale/messages.ar_AR.xlf", "ar-AR"),
        ("Resources/Private/Language/de.locallang.xlf", "de"),
        ("locales/fr/browser/main.ftl", "fr"),
        ("src/main/resources/messages_fr.properties", "fr"),
        ("api/translations/messages-sw.properties", "sw"),
        ("src/main/resources/i18n_global_uz_Latn.properties", ""),
        ("config/locales/fr.yml", "fr"),
        ("config/locales/devise.fr.yml", "fr"),
        ("src/i18n/fr.json", "fr"),
        ("public/locales/fr/translation.json", "fr"),
        ("_locales/fr/messages.json", "fr"),
        ("src/locales/ui-en.yaml", "en"),
        ("resources/lang/fr/auth.php", "fr"),
        ("lang/pt-br.json", "pt-BR"),
        ("src/i18n/fr.ts", "fr"),
        ("translations/messages+intl-icu.fr.yaml", "fr"),
    ],
)
def test_a_catalogue_tells_its_language(path: str, tag: str) -> None:
    assert languages(path) == ([tag] if tag else [])


@pytest.mark.parametrize(
    "path",
    [
        "languages/or-more.json",
        "locales/null.json",
        "locales/undefined.json",
        "locales/how-to.json",
        "i18n/index.ts",
        "i18n/app.min.json",
        "src/no.json",
        "log4j_it.properties",
        "res/values-night/strings.xml",
        "res/values-sw600dp/strings.xml",
        "res/values-v21/strings.xml",
        "res/values-fr/dimens.xml",
        "templates/mail/text.ftl",
        "src/js/moment-locales/fr.js",
        "src/is/foo.ts",
        "Base.lproj/Main.strings",
    ],
)
def test_what_only_resembles_a_catalogue_is_none(path: str) -> None:
    assert languages(path) == []


def test_codes_of_three_letters_are_believed_in_company() -> None:
    alone = languages("assets/i18n/hin.json")
    together = languages(*(f"assets/i18n/{c}.json" for c in ("ara", "hin", "kan")))

    assert alone == []
    assert together == ["ar", "hi", "kn"]


def test_catalogues_deeper_in_their_folder_are_believed_in_company() -> None:
    paths = [f"config/locales/dates/{tag}.yml" for tag in ("hi-IN", "pt-BR")]

    assert languages(*paths) == ["hi-IN", "pt-BR"]


def test_a_doubtful_name_is_believed_beside_another_language() -> None:
    assert languages("x_it.properties", "x_fr.properties") == ["fr", "it"]


def test_messages_of_qt_are_told_from_typescript() -> None:
    paths = ("src/mumble_fr.ts", "src/view_it.ts")

    found = find_catalogues(paths, of_qt={"src/mumble_fr.ts"})

    assert list(found.by_language) == ["fr"]


@pytest.mark.parametrize(
    ("path", "tag"),
    [
        ("lib/l10n/app_pt_BR.arb", "pt-BR"),
        ("lib/l10n/app_zh_Hant_TW.arb", "zh-Hant-TW"),
        ("lib/l10n/app_zh_cn.arb", "zh-CN"),
        ("config/locales/devise.pt-BR.yml", "pt-BR"),
        ("src/main/resources/errors_fa_IR.properties", "fa-IR"),
        ("lib/l10n/my_app_EN.arb", "en"),
        ("lib/l10n/dir_to_it.arb", "it"),
    ],
)
def test_a_region_after_other_words_is_not_taken_for_a_language(
    path: str, tag: str
) -> None:
    assert languages(path, "src/main/resources/errors_de.properties")[-1] == tag


def test_catalogues_of_qt_tell_languages_with_their_regions() -> None:
    """Mumble has all of these: "TW" alone would be Twi, and "BR" Breton."""
    tags = ("br", "fa_IR", "pt_BR", "pt_PT", "zh_CN", "zh_TW")
    paths = [f"src/mumble_{tag}.ts" for tag in tags]

    found = find_catalogues(paths, of_qt=paths)

    assert list(found.by_language) == [tag.replace("_", "-") for tag in tags]


def test_a_catalogue_without_a_language_in_its_name_is_told_of() -> None:
    found = find_catalogues(["res/values/strings.xml", "res/values-fr/strings.xml"])

    assert list(found.by_language) == ["fr"]
    assert found.unnamed == ("res/values/strings.xml",)
