# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""In which languages documents are, and how hard those in English are to read."""

from collections.abc import Mapping

import pytest

from ossay.collect import gather
from ossay.collect.languages import COLLECTOR, documents
from ossay.collect.languages.reading import reading_of, syllables
from ossay.model.evidence import Answered, Gap, Inapplicable, Observation
from tests.collect.trees import DictTree, given

EASY = "The cat sat on the mat with a red hat. It was a big day for the old dog. " * 20
HARD = (
    "The implementation of interoperable authentication infrastructure necessitates "
    "considerable organisational coordination among the participating institutions, "
    "notwithstanding the availability of comprehensive documentation for the systems. "
) * 20
FRENCH = (
    "Le logiciel est installé sur le serveur de la commune et les agents le "
    "consultent avec un navigateur. Vous pouvez aussi lire la documentation. "
) * 20
ARABIC = "هذا البرنامج يعمل على جهاز من كل نوع، وهو مجاني لمن يريد أن يستخدمه. " * 30
CHINESE = "这是一个用于登记出生和死亡的系统,任何政府都可以免费使用它。" * 30


def answers(files: Mapping[str, str | bytes]) -> dict[str, Answered]:
    said, _ = gather(COLLECTOR, given(DictTree(files)))
    return {answer.fact.removeprefix("languages."): answer for answer in said}


def grade_of(files: Mapping[str, str | bytes]) -> float:
    answer = answers(files)["reading_grade"]
    assert isinstance(answer, Observation), answer
    assert isinstance(answer.value, float)
    return answer.value


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("the", 1), ("use", 1), ("file", 1), ("open", 2), ("area", 2), ("people", 2)),
        *(("create", 2), ("table", 2), ("used", 1), ("needed", 2), ("safely", 2)),
        *(("installation", 4), ("documentation", 5), ("government", 3), ("don't", 1)),
        ("well-known", 2),
    ],
)
def test_syllables_are_what_is_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_short_words_in_short_sentences_are_easier_than_long_ones() -> None:
    assert grade_of({"README.md": EASY}) < 3
    assert grade_of({"README.md": HARD}) > 18


def test_only_paragraphs_and_entries_of_lists_count() -> None:
    prose = reading_of(EASY.encode())
    around = f"""# A long heading with quite a few more words in it

| a table | with words that | nobody reads as sentences at all |
| --- | --- | --- |

```sh
install --every thing that this machine could ever want from us
```

![A picture of the main window with all of its many buttons](a.png)

    indented code that is to be run by those who know what it does

Short label.

{EASY}
"""

    assert reading_of(around.encode()) == prose


def test_documents_for_users_are_read_and_those_for_developers_are_not() -> None:
    files = {
        "README.md": EASY,
        "docs/guide.md": EASY,
        "docs/dev/internals.md": HARD,
        "docs/CHANGELOG.md": HARD,
        "src/notes.md": HARD,
    }

    told = answers(files)["reading_grade"]

    assert isinstance(told, Observation)
    assert [item.subject for item in told.items] == ["README.md", "docs/guide.md"]


def test_documentation_is_in_the_languages_that_its_texts_are_in() -> None:
    files = {
        "README.md": EASY,
        "README.fr.md": FRENCH,
        "docs/ar/guide.md": ARABIC,
        "docs/zh/guide.md": CHINESE,
    }

    told = answers(files)

    assert isinstance(told["documentation"], Observation)
    assert told["documentation"].value == ("ar", "en", "fr", "zh")
    assert isinstance(told["reading_grade"], Observation)
    assert [item.note for item in told["reading_grade"].items][-1].startswith(
        "French: LIX"
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [(ARABIC, "Arabic"), (CHINESE, "Chinese"), (FRENCH, "French")],
)
def test_no_grade_is_given_for_other_languages(text: str, language: str) -> None:
    told = answers({"README.md": text})["reading_grade"]

    assert isinstance(told, Gap)
    assert language in told.why
    assert bool(told.items) is (language == "French")


def test_too_little_prose_has_no_grade() -> None:
    told = answers({"README.md": "# A\n\n" + EASY[:200]})["reading_grade"]

    assert isinstance(told, Gap)
    assert "words of prose" in told.why


def test_a_grade_of_a_part_of_the_documents_says_of_how_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(documents, "MOST_DOCUMENTS", 2)
    files = {"README.md": EASY, **{f"docs/{n}.md": EASY for n in range(4)}}

    told = answers(files)["reading_grade"]

    assert isinstance(told, Observation)
    assert told.missed == "3 of 5 documents were read"


def test_a_document_that_could_not_be_read_makes_the_grade_one_of_a_part() -> None:
    files = {"README.md": EASY, "docs/guide.md": "a" * 2_100_000}

    told = answers(files)["reading_grade"]

    assert isinstance(told, Observation)
    assert told.missed == "1 of 2 documents was read"


def test_without_documents_there_is_nothing_to_read() -> None:
    told = answers({"main.c": "int a;"})

    assert isinstance(told["documentation"], Inapplicable)
    assert isinstance(told["reading_grade"], Inapplicable)


def test_a_document_that_cannot_be_read_is_said_to_be_missed() -> None:
    files = {"README.md": EASY, "docs/a.md": "x" * 2_100_000}

    told = answers(files)["documentation"]

    assert isinstance(told, Observation)
    assert told.missed.startswith("1 more")


def test_the_source_is_in_the_language_of_the_readme_where_both_are_complete() -> None:
    files = {
        "README.md": FRENCH,
        "i18n/en.json": '{"a": "Open", "b": "Close"}',
        "i18n/fr.json": '{"a": "Ouvrir", "b": "Fermer", "old": "Vieux"}',
    }
    several = {**files, "i18n/en.json": '{"a": "Open", "b": "Close", "c": "Help"}'}

    for tree in (files, several):
        said = answers(tree)["complete"]
        assert isinstance(said, Observation)
        assert "fr" in said.value  # type: ignore[operator] # a tuple


@pytest.mark.parametrize(
    "text", ["* " * 500_000, "a. " * 500_000, "![" * 500_000, "e" * 1_500_000]
)
def test_hostile_documents_are_read_in_one_go(text: str) -> None:
    assert reading_of(text.encode()).words >= 0
