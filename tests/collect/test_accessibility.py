# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a tree shows of care for its users is told, and nothing is read into it."""

from collections.abc import Mapping

import pytest

from ossay.collect._gathering import gather
from ossay.collect.accessibility import COLLECTOR, NO_INTERFACE
from ossay.collect.accessibility.signals import (
    MOST_TRIES,
    signals_in_code,
    signals_in_settings,
)
from ossay.model.evidence import Answered, Gap, Inapplicable, Item, Observation
from tests.collect.trees import DictTree, MemoryFacts, given

PAGE = {"src/App.vue": "<template><p>Hello</p></template>"}

Files = Mapping[str, str | bytes]


def answers(tree: DictTree) -> dict[str, Answered]:
    said, _ = gather(COLLECTOR, given(tree))
    return {answer.fact.removeprefix("accessibility."): answer for answer in said}


def answer(fact: str, files: Files) -> Answered:
    return answers(DictTree(files))[fact]


def with_page(path: str, content: str | bytes = "") -> dict[str, str | bytes]:
    return {**PAGE, path: content}


def value_of(answer: Answered) -> object:
    assert isinstance(answer, Observation), answer
    return answer.value


# ----------------------------------------------------------------- interface


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("index.html", "<p>"),
        ("src/App.vue", ""),
        ("src/App.tsx", ""),
        ("src/app.component.html", ""),
        ("app/views/home.html.erb", ""),
        ("web/src/main/resources/setup.vm", "#parse($head)\n<form method='post'>\n"),
        ("resources/views/home.blade.php", ""),
        ("src/Main.qml", ""),
        ("src/Dialog.ui", ""),
        ("app/src/main/res/layout/main.xml", ""),
        ("Base.lproj/Main.storyboard", ""),
        ("src/Window.xaml", ""),
        ("src/main.dart", "import 'package:flutter/material.dart';"),
        ("app/Main.kt", "import androidx.compose.material3.Text\n"),
        ("src/Main.java", "import javax.swing.JFrame;"),
        ("gui.py", "import tkinter as tk\n"),
        ("main.cpp", "#include <QtWidgets/QPushButton>\n"),
        ("App.swift", "import SwiftUI\n"),
        ("src/app.js", "import React from 'react';"),
        ("index.php", "<?php ?>\n<html><body>"),
        ("views/person.xml", '<record model="ir.ui.view">'),
        ("templates/page.njk", "<div>"),
    ],
)
def test_a_user_interface_is_found(path: str, content: str) -> None:
    said = answer("user_interface", {path: content})

    assert value_of(said) is True


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("docs/index.html", "<html>"),
        ("tests/fixtures/page.html", "<html>"),
        ("examples/tutorial/page.html", "<html>"),
        ("node_modules/x/page.html", "<html>"),
        ("src/main/java/org/x/package.html", "<html>"),
        ("app/views/user_mailer/welcome.html.erb", "<p>"),
        ("templates/emails/welcome.html", "<p>"),
        ("src/Mapper.php", "<?php $key = '<formid>-<attribute>'; echo '<a href=x>';"),
        ("server.js", "reply('<html>')"),
        ("package.json", '{"dependencies": {"react": "18"}}'),
        ("src/main.c", "int main(void) { return 0; }"),
    ],
)
def test_what_is_no_interface_of_the_software_is_not_taken_for_it(
    path: str, content: str
) -> None:
    said = answer("user_interface", {path: content})

    assert value_of(said) is False


def test_the_site_that_documents_the_software_is_no_interface_of_it() -> None:
    """Terraform 1.5.5 has its documentation in website/, and no screen."""
    site = {"website/layouts/docs.erb": "<div>", "website/docs/intro.mdx": "# Intro"}

    documented = answer("user_interface", {"main.go": "package main", **site})
    product = answer("user_interface", {"website/index.html": "<html>"})

    assert value_of(documented) is False
    assert value_of(product) is True


def test_each_kind_of_interface_is_shown_with_its_count() -> None:
    said = answer("user_interface", {"a.vue": "", "b.vue": "", "c.html": ""})

    assert isinstance(said, Observation)
    assert said.items == (
        Item(subject="a.vue", note="Vue components (2)"),
        Item(subject="c.html", note="web pages (1)"),
    )


def test_attributes_of_the_tree_do_not_hide_its_interface() -> None:
    files = {".gitattributes": "* linguist-vendored", **PAGE}

    assert value_of(answer("user_interface", files)) is True


def test_without_an_interface_what_is_absent_does_not_arise() -> None:
    said = answers(DictTree({"src/main.c": "int x;"}))

    interface = {"user_interface", "for_browsers"}
    absent = [a for fact, a in said.items() if fact not in interface]
    assert len(absent) == len(COLLECTOR.facts) - len(interface)
    assert all(isinstance(a, Inapplicable) and a.why == NO_INTERFACE for a in absent)


def test_without_an_interface_what_is_there_is_told_all_the_same() -> None:
    said = answer("languages", {"src/main.c": "", "po/fr.po": ""})

    assert value_of(said) == ("fr",)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"src/App.vue": ""}, True),
        ({"src/app.js": "import React from 'react';"}, True),
        ({"src/Dialog.ui": ""}, False),
        ({"src/Dialog.ui": "", "help/index.html": "<p>"}, True),
        ({"res/layout/main.xml": "", "server/page.njk": "<div>"}, True),
        ({"res/layout/main.xml": "", "app/Main.kt": "import androidx.compose."}, False),
        ({"gui.py": "import tkinter as tk\n"}, False),
        ({"main.go": "package main"}, False),
    ],
)
def test_what_a_browser_shows_is_told_from_windows_and_apps(
    files: Files, *, expected: bool
) -> None:
    assert value_of(answer("for_browsers", files)) is expected


def test_a_submodule_may_hold_the_interface() -> None:
    said = answers(DictTree({"src/main.c": ""}, submodules=["frontend"]))

    assert isinstance(said["user_interface"], Gap)
    assert said["user_interface"].items[0].subject == "frontend"
    assert value_of(said["statement"]) is False


def test_a_submodule_of_foreign_code_holds_none() -> None:
    said = answers(DictTree({"src/main.c": ""}, submodules=["3rdparty/opus"]))

    assert value_of(said["user_interface"]) is False


# ------------------------------------------------------ statement and report


@pytest.mark.parametrize(
    "path",
    [
        "ACCESSIBILITY.md",
        "site/ACCESSIBILITY.md",
        "docs/accessibility-statement.md",
        "src/pages/AccessibilityStatement.tsx",
        "site/source/pages/Accessibilité.tsx",
        "public/declaration-accessibilite.html",
        "docs/Erklärung_zur_Barrierefreiheit.pdf",
        "declaracion-de-accesibilidad.md",
        "static/dichiarazione-di-accessibilita.html",
        "toegankelijkheidsverklaring.md",
        "deklaracja-dostepnosci.html",
        "saavutettavuusseloste.md",
        "tillganglighetsredogorelse.md",
        "无障碍声明.md",
        "docs/ウェブアクセシビリティ方針.md",
        "docs/بيان إمكانية الوصول.md",
        "заявление-о-доступности.md",
    ],
)
def test_an_accessibility_statement_is_known_by_its_name(path: str) -> None:
    assert value_of(answer("statement", with_page(path))) is True


@pytest.mark.parametrize(
    "path",
    [
        "src/AllAccessibleRecordsPage.tsx",
        "src/LocationAccessibilityChecker.ts",
        "docs/accessibility.md",
        "docs/accessibility/contributing.md",
        "src/components/Accessibility.tsx",
        "tests/accessibility-statement.html",
        "accessibility.js",
    ],
)
def test_the_bare_word_elsewhere_is_no_statement(path: str) -> None:
    assert value_of(answer("statement", with_page(path))) is False


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("docs/VPAT-2.5.pdf", ""),
        ("openacr.yaml", ""),
        ("ACR.md", ""),
        ("docs/accessibility/conformance-report.html", ""),
        ("docs/audit-rgaa.md", ""),
        ("report.yml", "title: x\ncatalog: 2.5-edition\nchapters:\n  a:\n"),
        ("report.yml", "title: x\nchapters:\n  success_criteria_level_a:\n"),
    ],
)
def test_a_conformance_report_is_known_by_name_or_content(
    path: str, content: str
) -> None:
    assert value_of(answer("conformance_report", with_page(path, content))) is True


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("deploy/acr.bicep", ""),
        ("infra/acr-login.md", ""),
        (".github/workflows/openacr-export.yaml", ""),
        ("schema/openacr-0.1.0.json", ""),
        ("docs/conformance-report.md", ""),
        ("book.yml", "chapters:\n  - one\n"),
        ("catalog.yaml", "standards: x\nchapters:\n  - id: success_criteria_level_a\n"),
    ],
)
def test_other_reports_are_not_taken_for_one(path: str, content: str) -> None:
    assert value_of(answer("conformance_report", with_page(path, content))) is False


# ------------------------------------------------------------ tests and lint


@pytest.mark.parametrize(
    ("path", "content", "line"),
    [
        ("package.json", '{\n "devDependencies": {\n  "jest-axe": "1"}}', 3),
        ("package.json", '{"devDependencies": {"@axe-core/playwright": "4"}}', 1),
        ("package.json", '{"devDependencies": {"lighthouse": "12"}}', 1),
        ("Gemfile", 'gem "axe-core-rspec"', 1),
        ("requirements-dev.txt", "pytest\naxe-playwright-python==0.1\n", 2),
        ("app/build.gradle", "'androidx.test.espresso:espresso-accessibility:3'", 1),
        ("pom.xml", "<groupId>com.deque.html.axe-core</groupId>", 1),
        (".github/workflows/ci.yml", "steps:\n  - run: npx pa11y-ci\n", 2),
        (".github/workflows/ci.yml", "- uses: treosh/lighthouse-ci-action@v12\n", 1),
        ("tests/a.spec.ts", "import { axe } from 'jest-axe';", 1),
        ("e2e/a.js", "cy.injectAxe();\ncy.checkA11y();", 1),
        ("spec/a_spec.rb", "expect(page).to be_axe_clean", 1),
        ("app/src/androidTest/A.kt", "AccessibilityChecks.enable()", 1),
        ("test/a_test.dart", "meetsGuideline(textContrastGuideline)", 1),
    ],
)
def test_a_tool_that_tests_for_accessibility_is_found(
    path: str, content: str, line: int
) -> None:
    said = answer("tests", with_page(path, content))

    assert value_of(said) is True
    assert isinstance(said, Observation)
    assert (said.items[0].subject, said.items[0].line) == (path, line)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (
            ".github/workflows/deploy.yml",
            "- name: keep environment accessible for debug\n",
        ),
        ("composer.json", '{"require": {"nuwave/lighthouse": "^6"}}'),
        ("package-lock.json", '{"axe-core": {}}'),
        ("pnpm-lock.yaml", "axe-core: 4\n"),
        (".github/dependabot.yml", "- axe-core\n"),
        ("README.md", "We use axe-core and pa11y."),
        ("CHANGELOG.md", "Added jest-axe"),
        ("src/a.ts", "// one could use pa11y here"),
        ("src/taxes.ts", "const relaxed = taxes.run();"),
        ("node_modules/a/package.json", '{"axe-core": "4"}'),
        ("package.json", '{"dependencies": {"my-axe-core-fork": "4"}}'),
    ],
)
def test_words_that_only_resemble_are_no_test(path: str, content: str) -> None:
    assert value_of(answer("tests", with_page(path, content))) is False


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (".eslintrc.json", '{"extends": ["plugin:jsx-a11y/recommended"]}'),
        (".eslintrc.js", "rules: { 'jsx-a11y/alt-text': 'error' }"),
        (".eslintrc.js", "rules: { 'jsx-a11y/alt-text': [2, {}] }"),
        ("eslint.config.mjs", "export default [jsxA11y.flatConfigs.recommended]"),
        (".eslintrc.js", "extends: ['airbnb', 'airbnb/hooks']"),
        (".eslintrc.cjs", "extends: ['plugin:vuejs-accessibility/recommended']"),
        ("eslint.config.js", "...pluginVueA11y.configs['flat/recommended']"),
        (".eslintrc.json", '"@angular-eslint/template/alt-text": "error"'),
        ("biome.json", '{"linter": {"rules": {"a11y": {"recommended": true}}}}'),
        ("package.json", '{"eslintConfig": {"extends": ["react-app"]}}'),
        (".pre-commit-config.yaml", "  - id: djlint\n"),
    ],
)
def test_lint_rules_that_are_switched_on_are_found(path: str, content: str) -> None:
    assert value_of(answer("lint", with_page(path, content))) is True


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (".eslintrc.js", "rules: { 'jsx-a11y/alt-text': 'off' }"),
        (".eslintrc.js", "rules: { 'jsx-a11y/alt-text': 0 }"),
        (".eslintrc.js", "plugins: ['jsx-a11y']"),
        (".eslintrc.js", "extends: ['airbnb-base']"),
        ("src/a.ts", "'plugin:jsx-a11y/recommended'"),
        ("package.json", '{"dependencies": {"react-app": "1"}}'),
    ],
)
def test_lint_rules_that_are_off_are_not(path: str, content: str) -> None:
    assert value_of(answer("lint", with_page(path, content))) is False


def test_a_lint_that_nothing_switches_on_is_an_open_question() -> None:
    manifest = '{"devDependencies": {"eslint-plugin-jsx-a11y": "6"}}'

    said = answer("lint", with_page("package.json", manifest))

    assert isinstance(said, Gap)
    assert said.items[0].subject == "package.json"


# --------------------------------------------------------------- languages


def test_languages_are_those_of_the_catalogues() -> None:
    files = with_page("locales/fr.json") | {
        "locales/ar.json": "{}",
        "tests/locales/de.json": "{}",
        "docs/locale/es/LC_MESSAGES/index.po": "",
    }

    said = answer("languages", files)

    assert value_of(said) == ("ar", "fr")
    assert isinstance(said, Observation)
    assert said.items[0] == Item(subject="locales/ar.json", note="ar: 1 catalogue")
    assert not said.missed


def test_a_catalogue_of_an_unnamed_language_leaves_the_list_open() -> None:
    said = answer("languages", with_page("res/values/strings.xml"))

    assert isinstance(said, Observation)
    assert said.value == ()
    assert said.missed == "the name of a catalogue tells no language"


def test_messages_of_qt_are_known_by_their_content() -> None:
    messages = '<?xml version="1.0"?>\n<!DOCTYPE TS>\n<TS version="2.1" language="fr">'

    said = answer("languages", with_page("src/app_fr.ts", messages))

    assert value_of(said) == ("fr",)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("index.html", '<html lang="ar" dir="rtl">'),
        ("index.html", '<p dir="auto">'),
        ("base.html", "<html lang={{ l }} dir={{ direction }}>"),
        ("a.css", "[dir=rtl] .menu { left: 0 }"),
        ("a.scss", ".menu:dir(rtl) { left: 0 }"),
        ("a.js", "document.documentElement.dir = direction;"),
        ("a.vue", '<div class="pl-2 rtl:pr-2">'),
        ("package.json", '{"dependencies": {"rtlcss": "4"}}'),
        ("app/src/main/AndroidManifest.xml", '<application a:supportsRtl="true">'),
        ("main.dart", "textDirection: TextDirection.rtl"),
        ("a.cpp", "QPoint(QApplication::isRightToLeft() ? 1 : 0)"),
        ("locales/ar.json", "{}"),
        ("a.css", "a { margin-inline-start: 1em }\n" * 12),
    ],
)
def test_signs_of_right_to_left_are_found(path: str, content: str) -> None:
    assert value_of(answer("right_to_left", with_page(path, content))) is True


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("public/index.html", '<html lang="en" dir="ltr">'),
        ("a.css", "a { margin-inline-start: 1em }"),
        ("a.css", "a { margin-inline: auto; direction: row }"),
        ("a.ts", "partly shortly overtly"),
        ("a.tsx", "<Sort dir={dir} />"),
        ("bootstrap.rtl.css", "a { direction: rtl }"),
        ("tests/a.css", "a { direction: rtl }"),
    ],
)
def test_left_to_right_is_not_taken_for_it(path: str, content: str) -> None:
    assert value_of(answer("right_to_left", with_page(path, content))) is False


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.cpp", "QPoint(QApplication::isRightToLeft() ? 1 : 0)"),
        ("i18n.js", "export function isRtl(id) {"),
        ("base.py.html", "{% if is_rtl %}"),
    ],
)
def test_code_that_asks_for_the_direction_is_not_said_to_set_it(
    path: str, content: str
) -> None:
    said = answer("right_to_left", with_page(path, content))

    assert isinstance(said, Observation)
    assert said.items[0].note == "asks whether text runs from right to left (code)"


def test_layout_and_messages_are_noted_apart() -> None:
    files = with_page("a.css", "a { direction: rtl }") | {"locales/ar.json": "{}"}

    said = answer("right_to_left", files)

    assert isinstance(said, Observation)
    assert [item.note for item in said.items] == [
        "direction set to right to left (code)",
        "messages in a language written from right to left (ar)",
    ]


# -------------------------------------------------- offline and low bandwidth


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("src/sw.js", "navigator.serviceWorker.register('/sw.js')"),
        ("package.json", '{"devDependencies": {"vite-plugin-pwa": "1"}}'),
        ("package.json", '{"dependencies": {"pouchdb": "9"}}'),
        ("app/build.gradle.kts", 'implementation("androidx.room:room-runtime:2")'),
        ("pubspec.yaml", "dependencies:\n  sqflite: ^2\n"),
        ("head.html", "navigator.serviceWorker\n  .register(url)\n"),
    ],
)
def test_signs_of_working_offline_are_found(path: str, content: str) -> None:
    assert value_of(answer("offline", with_page(path, content))) is True


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("src/index.js", "serviceWorker.unregister()"),
        ("public/manifest.json", '{"start_url": "/", "display": "standalone"}'),
        ("src/realm.ts", 'const realm = "keycloak";'),
        ("tests/package.json", '{"dependencies": {"pouchdb": "9"}}'),
        (".github/workflows/ci.yml", "- run: npm i 'pouchdb'"),
        ("package-lock.json", '{"pouchdb": {}}'),
    ],
)
def test_what_does_not_work_offline_is_not_taken_for_it(
    path: str, content: str
) -> None:
    assert value_of(answer("offline", with_page(path, content))) is False


@pytest.mark.parametrize(
    ("path", "content", "note"),
    [
        (
            "angular.json",
            '{"budgets": [{"type": "initial"}]}',
            "performance budget (settings of checks)",
        ),
        ("bundlesize.config.json", "{}", "size limit (by its name)"),
        ("src/a.js", "navigator.connection.saveData", "reduced data on request (code)"),
        ("src/ussd.py", "menu = ussd_menu()", "USSD (code)"),
    ],
)
def test_signs_of_sparing_the_line_are_found(
    path: str, content: str, note: str
) -> None:
    said = answer("low_bandwidth", with_page(path, content))

    assert value_of(said) is True
    assert isinstance(said, Observation)
    assert note in [item.note for item in said.items]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("src/finance.ts", 'const x = {"budgets": []}'),
        ("data/finance.json", '{"budgets": []}'),
        ("src/a.py", "discussd"),
    ],
)
def test_other_budgets_are_not_taken_for_it(path: str, content: str) -> None:
    assert value_of(answer("low_bandwidth", with_page(path, content))) is False


# ------------------------------------------------------------------- reading


def test_a_file_that_cannot_be_read_leaves_the_question_open() -> None:
    tree = DictTree(PAGE, unreadable={"package.json": "it is missing"})

    said = answers(tree)

    gap = said["tests"]
    assert isinstance(gap, Gap)
    assert gap.items == (Item(subject="package.json", note="it is missing"),)
    assert value_of(said["statement"]) is False


def test_a_file_that_cannot_be_read_does_not_unsay_what_was_seen() -> None:
    files = with_page("web/package.json", '{"devDependencies": {"axe-core": "4"}}')
    tree = DictTree(files, unreadable={"package.json": "it is missing"})

    assert value_of(answers(tree)["tests"]) is True


def test_each_file_is_read_once_for_all_times() -> None:
    facts = MemoryFacts()
    files = with_page("package.json", "{}")
    answers(DictTree(files, facts=facts))
    again = DictTree(files, facts=facts)

    answers(again)

    assert again.scanned == []


@pytest.mark.parametrize(
    "content",
    [
        b"// @generated by x\nnavigator.serviceWorker.register()",
        b"// Code generated by protoc. DO NOT EDIT\nnavigator.serviceWorker.register()",
        b"x" * 60_000 + b"navigator.serviceWorker.register()",
    ],
)
def test_what_a_program_wrote_shows_nothing(content: bytes) -> None:
    assert signals_in_code(content).found == ()


@pytest.mark.parametrize(
    "piece", [b"axe-core", b'"a11y" ', b"<html ", b"dir=", b"jsx-a11y/", b"rtl: "]
)
def test_a_mark_is_tried_a_limited_number_of_times(piece: bytes) -> None:
    content = (piece * 100 + b"\n") * (1_000_000 // len(piece) // 100)

    found = (*signals_in_code(content).found, *signals_in_settings(content).found)

    assert all(signal.times <= MOST_TRIES for signal in found)


# ------------------------------------------- what people set on their devices


@pytest.mark.parametrize(
    ("path", "content", "preference"),
    [
        ("a.css", "@media (prefers-reduced-motion: reduce) {}", "reduced motion"),
        ("a.ts", "matchMedia('(prefers-reduced-motion)')", "reduced motion"),
        ("a.html", '<i class="spin motion-reduce:hidden">', "reduced motion"),
        ("a.scss", "@media (prefers-contrast: more) {}", "more contrast"),
        ("a.css", "@media (forced-colors: active) {}", "forced colours"),
        ("a.css", "@media screen and (-ms-high-contrast: active) {}", "forced colours"),
        ("a.swift", "label.adjustsFontForContentSizeCategory = true", "text size"),
    ],
)
def test_the_settings_of_people_that_are_heeded_are_told(
    path: str, content: str, preference: str
) -> None:
    said = answer("preferences", with_page(path, content))

    assert value_of(said) == (preference,)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("src/x.js", "emotion-reduce:x"),
        ("src/x.ts", "const forcedColors = pick()"),
        ("tests/x.css", "@media (prefers-reduced-motion: reduce) {}"),
        ("vendor/x.css", "@media (prefers-reduced-motion: reduce) {}"),
        ("bootstrap.min.css", "@media (prefers-reduced-motion: reduce) {}"),
    ],
)
def test_settings_that_others_heed_are_not_the_softwares(
    path: str, content: str
) -> None:
    assert value_of(answer("preferences", with_page(path, content))) == ()


VIEWPORT = '<meta name="viewport" content="width=device-width, {}">'


@pytest.mark.parametrize(
    ("content", "places"),
    [
        (VIEWPORT.format("user-scalable=no"), 1),
        (VIEWPORT.format("user-scalable = 0"), 1),
        (VIEWPORT.format("maximum-scale=1.0, user-scalable=no"), 1),
        (VIEWPORT.format("maximum-scale=1.5"), 1),
        (VIEWPORT.format("maximum-scale=10"), 0),
        (VIEWPORT.format("maximum-scale=2"), 0),
        (VIEWPORT.format("minimum-scale=1, user-scalable=yes"), 0),
        ("export const viewport = { maximumScale: 1, userScalable: false }", 1),
    ],
)
def test_pages_that_may_not_be_enlarged_count_once_each(
    content: str, places: int
) -> None:
    said = answer("zoom_blocked", with_page("src/page.tsx", content))

    assert value_of(said) == places


@pytest.mark.parametrize(
    ("content", "places"),
    [
        ("a:focus { outline: none; }", 1),
        ("a { outline:0 !important }\nb { outline: 0px }", 2),
        ("const style = { outline: 'none' }", 1),
        ("a { outline-style: none }", 1),
        ("a:focus { outline: 0.2rem solid }", 0),
        ("a { outline: none-such }", 0),
        ("$my-outline: none;", 0),
        ("a:focus:not(:focus-visible) { color: red; outline: none }", 0),
        ("a { &:focus:not(:focus-visible) {\n  outline: none;\n} }", 0),
        ('[tabindex="-1"]:focus { outline: 0 !important; }', 0),
        ("&:not([data-focus-visible-added]) { outline: none; }", 0),
        ("a:not(:focus-visible) { color: red }\nb:focus { outline: none }", 1),
        ('<button class="focus:outline-none">', 1),
    ],
)
def test_outlines_taken_away_are_counted_but_not_from_those_who_use_no_keyboard(
    content: str, places: int
) -> None:
    said = answer("focus_outline_removed", with_page("src/a.scss", content))

    assert value_of(said) == places


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        ('<a class="govuk-skip-link" href="#main">', True),
        ('<a href="#content">Skip to main content</a>', True),
        ("<SkipLink />", True),
        ("<a href='#contenu'>Aller au contenu</a>", True),
        ("form.skipTo(page)", False),
        ("<button>Skip to next page</button>", False),
        ("<a class='gossip-links'>", False),
        ("// skip link checks", False),
    ],
)
def test_a_link_that_skips_to_the_content_is_told_from_other_skipping(
    content: str, is_one: bool
) -> None:
    said = answer("skip_link", with_page("src/page.tsx", content))

    assert value_of(said) is is_one


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        ('<p aria-live="polite">', True),
        ('<p :aria-live="mode">', True),
        ('<p role="status">', True),
        ("view.announceForAccessibility(text)", True),
        ('<p aria-live="off">', False),
        ("const user = {role: 'alert manager'}", False),
        ("if (item.role === 'alert') {}", False),
    ],
)
def test_announcements_of_changes_are_told(content: str, is_one: bool) -> None:
    said = answer("live_regions", with_page("src/page.vue", content))

    assert value_of(said) is is_one


def test_being_named_among_packages_being_called_and_being_in_the_ci_are_apart() -> (
    None
):
    named = with_page("package.json", '{"devDependencies": {"jest-axe": "9"}}')
    called = with_page("test/a.js", "expect(x).toHaveNoViolations()")
    in_ci = with_page(".github/workflows/a.yml", "run: npx pa11y-ci")

    told = {
        name: [value_of(answer(name, files)) for files in (named, called, in_ci)]
        for name in ("tests", "test_calls", "tests_in_ci")
    }

    assert told == {
        "tests": [True, True, True],
        "test_calls": [False, True, False],
        "tests_in_ci": [False, False, True],
    }


def test_a_job_that_only_says_accessible_is_no_test_in_the_ci() -> None:
    step = "run: echo keep environment accessible for debug"

    said = answer("tests_in_ci", with_page(".github/workflows/deploy.yml", step))

    assert value_of(said) is False


def test_a_count_says_that_files_could_not_be_read() -> None:
    files = {**PAGE, "a.css": "a { outline: 0 }"}
    tree = DictTree(files, unreadable={"b.css": "it is missing"})

    said = answers(tree)["focus_outline_removed"]
    none_seen = answers(tree)["zoom_blocked"]

    assert isinstance(said, Observation)
    assert (said.value, said.missed) == (1, "a file could not be read")
    assert isinstance(none_seen, Gap)


# ------------------------------------------------------- what statements claim


STATEMENT = """# Accessibility

| | |
| --- | --- |
| **Target standard** | [WCAG 2.2 AA](https://www.w3.org/TR/WCAG22/) |
| Conformance status | Partially conformant |
| Last reviewed | 2026-01-31 |

The conformance status of others is theirs.
"""


def test_what_a_statement_says_of_itself_is_told_as_claimed() -> None:
    said = answer("statement", with_page("ACCESSIBILITY.md", STATEMENT))

    assert isinstance(said, Observation)
    assert [(item.line, item.note) for item in said.items] == [
        (0, "named as an accessibility statement"),
        (5, "claimed, target standard: WCAG 2.2 AA"),
        (6, "claimed, conformance status: Partially conformant"),
        (7, "claimed, last reviewed: 2026-01-31"),
    ]


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (
            "name: x\naccessibility: https://x.example/statement\n",
            "claimed, accessibility: https://x.example/statement",
        ),
        (
            "accessibility:\n  standard: EN 301 549\n  pointers: [a, b]\n",
            "claimed, accessibility: standard EN 301 549; pointers a; pointers b",
        ),
    ],
)
def test_a_statement_that_publiccode_names_is_told(content: str, note: str) -> None:
    said = answer("statement", with_page("publiccode.yml", content))

    assert isinstance(said, Observation)
    assert [item.note for item in said.items] == [note]


@pytest.mark.parametrize("content", ["name: x\n", "accessibility:\n", "- a\n"])
def test_publiccode_without_a_word_on_it_names_no_statement(content: str) -> None:
    said = answer("statement", with_page("publiccode.yml", content))

    assert value_of(said) is False


def test_a_publiccode_that_cannot_be_read_leaves_open_whether_it_names_one() -> None:
    said = answer("statement", with_page("publiccode.yml", "a: [\n"))

    assert isinstance(said, Gap)


@pytest.mark.parametrize(
    "path",
    [
        "app/views/layouts/mailer.html.erb",
        "src/Mail/Mailer/welcome.html.hbs",
        "src/MailTemplates/welcome.html.hbs",
        "src/email-templates/birth/welcome.html",
    ],
)
def test_letters_are_no_interface_whose_outlines_count(path: str) -> None:
    said = answer("focus_outline_removed", with_page(path, "a { outline: none }"))

    assert value_of(said) == 0


@pytest.mark.parametrize(
    ("fact", "content", "value"),
    [
        ("zoom_blocked", " * zoom-lock settings (`user-scalable=no`)", 0),
        ("preferences", "/* prefers-reduced-motion is for later */", ()),
        ("preferences", "/* kept */ @media (prefers-reduced-motion) {}", None),
        ("skip_link", "// @import 'packages/usa-skipnav';", False),
        ("live_regions", '<!-- <p role="alert"> -->', False),
        ("focus_outline_removed", "* { outline: none }", 1),
        ("focus_outline_removed", "// a { outline: none }", 0),
    ],
)
def test_a_comment_changes_nothing(fact: str, content: str, value: object) -> None:
    said = answer(fact, with_page("src/a.scss", content))

    assert value_of(said) == (("reduced motion",) if value is None else value)
