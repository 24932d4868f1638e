# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Files and headings are known by what they are called in many languages."""

import pytest

from ossay.collect._words import (
    HEADINGS,
    NAMES,
    SPOKEN,
    Topic,
    is_headed,
    is_named,
    stem,
)

CODES = "ar de en es fr hi id it ja ko nl pl pt ru sw tr uk zh"
ASKED_FOR = set(CODES.split())


@pytest.mark.parametrize("topic", Topic)
def test_every_topic_has_words_in_every_language_asked_for(topic: Topic) -> None:
    assert set(NAMES[topic]) >= ASKED_FOR
    assert set(HEADINGS.get(topic) or NAMES[topic]) >= SPOKEN >= ASKED_FOR


@pytest.mark.parametrize(
    ("topic", "name"),
    [
        (Topic.README, "README.md"),
        (Topic.README, "LISEZMOI.md"),
        (Topic.README, "LIESMICH"),
        (Topic.README, "LEIAME.txt"),
        (Topic.README, "LÉEME.md"),
        (Topic.README, "ПРОЧТИ.md"),
        (Topic.README, "اقرأني.md"),
        (Topic.README, "自述.md"),
        (Topic.README, "お読みください.txt"),
        (Topic.README, "मुझे_पढ़ें.md"),
        (Topic.INSTALL, "INSTALL"),
        (Topic.INSTALL, "docs/installing-on-debian.md"),
        (Topic.INSTALL, "docs/01-Installationsanleitung.odt"),
        (Topic.INSTALL, "docs/安装指南.md"),
        (Topic.USAGE, "docs/UserGuide.pdf"),
        (Topic.USAGE, "docs/manuel-utilisateur.md"),
        (Topic.CONTRIBUTING, "CONTRIBUTING.md"),
        (Topic.CONTRIBUTING, "CONTRIBUINDO.md"),
        (Topic.CONDUCT, "CODE_OF_CONDUCT.md"),
        (Topic.CONDUCT, "CodeOfConduct.md"),
        (Topic.CONDUCT, "行動規範.md"),
        (Topic.CHANGES, "ChangeLog"),
        (Topic.CHANGES, "00-RELEASENOTES"),
        (Topic.CHANGES, "Änderungen.md"),
        (Topic.GOVERNANCE, "GOVERNANCE.md"),
        (Topic.ACCESSIBILITY_STATEMENT, "AccessibilityStatementPage.tsx"),
        (Topic.ACCESSIBILITY_STATEMENT, "declaration-d-accessibilite.html"),
        (Topic.ACCESSIBILITY_STATEMENT, "saavutettavuusseloste.md"),
    ],
)
def test_a_file_is_known_by_its_name(topic: Topic, name: str) -> None:
    assert is_named(topic, stem(name))


@pytest.mark.parametrize(
    ("topic", "name"),
    [
        (Topic.README, "readme_generator.py"),
        (Topic.INSTALL, "uninstall.md"),
        (Topic.INSTALL, "build_installer.md"),
        (Topic.CHANGES, "exchanges.md"),
        (Topic.ACCESSIBILITY_STATEMENT, "LocationAccessibilityChecker.ts"),
        (Topic.ACCESSIBILITY_STATEMENT, "AllAccessibleRecordsPage.tsx"),
    ],
)
def test_a_name_that_only_resembles_is_not_taken_for_it(
    topic: Topic, name: str
) -> None:
    assert not is_named(topic, stem(name))


@pytest.mark.parametrize(
    ("topic", "heading"),
    [
        (Topic.INSTALL, "3. Installing Redis"),
        (Topic.INSTALL, "Instalación"),
        (Topic.INSTALL, "环境搭建"),
        (Topic.INSTALL, "Установка и запуск"),
        (Topic.USAGE, "Como usar o sistema"),
        (Topic.USAGE, "使い方"),
        (Topic.CONTRIBUTING, "Contribuer au projet"),
        (Topic.CONDUCT, "Verhaltenskodex"),
        (Topic.CHANGES, "Release notes"),
        (Topic.GOVERNANCE, "Maintainers"),
    ],
)
def test_a_section_is_known_by_its_heading(topic: Topic, heading: str) -> None:
    assert is_headed(topic, heading)


@pytest.mark.parametrize(
    ("topic", "heading"),
    [
        (Topic.INSTALL, "Running tests"),
        (Topic.INSTALL, "Build status"),
        (Topic.USAGE, "Contribution guide"),
        (Topic.CHANGES, "Breaking changes"),
    ],
)
def test_a_heading_about_something_else_is_left_alone(
    topic: Topic, heading: str
) -> None:
    assert not is_headed(topic, heading)
