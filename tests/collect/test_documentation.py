# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Documents are found by names, headings and links, in many languages."""

import pytest

from ossay.collect._gathering import gather
from ossay.collect.documentation import COLLECTOR
from ossay.model.evidence import Answered, Gap, Inapplicable, Item, Observation
from tests.collect.trees import DictTree, given

ENGLISH = "# Foo\n\nFoo is a tool for the people of the town. It is for you.\n"
AMHARIC = "# ፉ\n\nይህ ሶፍትዌር ለከተማው ነዋሪዎች ነፃ ነው።\n\n## አጫጫን\n\nይጫኑት።\n\n## አጠቃቀም\n"
VIETNAMESE = (
    "# Foo\n\nPhần mềm này là một công cụ cho các bạn và những người trong thành "
    "phố.\n\n## Giấy phép\n\nMIT\n\n## Liên hệ\n"
)


def answers(tree: DictTree) -> dict[str, Answered]:
    said, _ = gather(COLLECTOR, given(tree))
    return {answer.fact.removeprefix("documentation."): answer for answer in said}


def value_of(answer: Answered) -> object:
    assert isinstance(answer, Observation), answer
    return answer.value


def items_of(answer: Answered) -> list[Item]:
    assert isinstance(answer, Observation), answer
    return list(answer.items)


# -------------------------------------------------------------------- README


@pytest.mark.parametrize(
    "path",
    [
        "README",
        "README.md",
        "Readme.rst",
        "readme.txt",
        ".github/README.md",
        "docs/README.md",
        "LISEZMOI.md",
        "LIESMICH",
        "LEIAME.txt",
        "LEEME.md",
        "ПРОЧТИ.md",
        "自述.md",
        "README.fr.md",
        "README_ja.md",
        "README-zh-CN.md",
        "README.de",
    ],
)
def test_a_readme_is_known_by_its_name(path: str) -> None:
    said = answers(DictTree({path: ENGLISH}))

    assert value_of(said["readme"]) is True
    assert items_of(said["readme"]) == [Item(subject=path)]


@pytest.mark.parametrize(
    "path",
    [
        "src/README.md",
        "deps/lua/README",
        "readme.py",
        "readme.sh",
        "README-docker.md",
        "node_modules/README.md",
    ],
)
def test_other_files_are_no_readme_of_the_repository(path: str) -> None:
    said = answers(DictTree({path: ENGLISH}))

    assert value_of(said["readme"]) is False
    assert isinstance(said["readme_bytes"], Inapplicable)
    assert isinstance(said["readme_languages"], Inapplicable)


def test_the_length_is_that_of_the_main_readme() -> None:
    files = {"README.fr.md": "x" * 7, "docs/README.md": "y", "README": "z" * 5}
    files["README.md"] = ENGLISH

    said = answers(DictTree(files))["readme_bytes"]

    assert value_of(said) == len(ENGLISH)
    assert items_of(said) == [Item(subject="README.md")]


def test_languages_are_those_of_the_texts() -> None:
    french = "# Foo\n\nCe logiciel est un outil pour les gens de la ville.\n"
    files = {"README.md": ENGLISH, "LISEZMOI.md": french, "docs/fr/README.md": french}

    said = answers(DictTree(files))["readme_languages"]

    assert value_of(said) == ("en", "fr")
    assert Item(subject="LISEZMOI.md", note="French") in items_of(said)


def test_a_name_tells_the_language_of_a_text_that_does_not() -> None:
    files = {"README.md": ENGLISH, "README.am.md": AMHARIC}

    said = answers(DictTree(files))["readme_languages"]

    assert value_of(said) == ("am", "en")


def test_a_country_in_a_name_stands_for_its_language() -> None:
    files = {"README.md": ENGLISH, "README_CN.md": "# Foo"}

    assert value_of(answers(DictTree(files))["readme_languages"]) == ("en", "zh")


def test_a_language_that_cannot_be_told_is_a_gap_that_names_the_script() -> None:
    said = answers(DictTree({"README.md": AMHARIC}))["readme_languages"]

    assert isinstance(said, Gap)
    assert "Ethiopic" in said.why
    assert said.items[0].subject == "README.md"


def test_one_language_of_several_that_cannot_be_told_leaves_the_list_open() -> None:
    files = {"README.md": ENGLISH, "docs/README.md": AMHARIC}

    said = answers(DictTree(files))["readme_languages"]

    assert isinstance(said, Observation)
    assert said.value == ("en",)
    assert said.missed == "the language of a README could not be told"


def test_a_readme_that_is_a_link_is_there_and_not_read() -> None:
    said = answers(DictTree({}, symlinks={"README.md": "docs/index.md"}))

    assert value_of(said["readme"]) is True
    assert isinstance(said["readme_bytes"], Gap)
    assert isinstance(said["readme_languages"], Gap)
    assert isinstance(said["install_guide"], Gap)


def test_a_readme_that_is_missing_from_the_clone_leaves_its_sections_open() -> None:
    tree = DictTree({"INSTALL.md": ""}, unreadable={"README.md": "it is missing"})

    said = answers(tree)

    assert value_of(said["install_guide"]) is True
    gap = said["contributing"]
    assert isinstance(gap, Gap)
    assert gap.items == (Item(subject="README.md", note="it is missing"),)


# -------------------------------------------------------------------- guides


@pytest.mark.parametrize(
    ("fact", "path"),
    [
        ("install_guide", "INSTALL"),
        ("install_guide", "INSTALL.md"),
        ("install_guide", "docs/installation.rst"),
        ("install_guide", "docs/installation/1-postgresql.md"),
        ("install_guide", "docs/Installationsanleitung.odt"),
        ("install_guide", "documentación/instalación.md"),
        ("install_guide", "docs/安装.md"),
        ("user_guide", "docs/usage.md"),
        ("user_guide", "docs/user/advanced.rst"),
        ("user_guide", "docs/UserGuide.pdf"),
        ("user_guide", "docs/manuel-utilisateur.md"),
        ("user_guide", "文档/用户手册.md"),
        ("contributing", "CONTRIBUTING.md"),
        ("contributing", ".github/CONTRIBUTING.md"),
        ("contributing", "CONTRIBUINDO.md"),
        ("contributing", "docs/contributing.rst"),
        ("code_of_conduct", "CODE_OF_CONDUCT.md"),
        ("code_of_conduct", "code-of-conduct.md"),
        ("code_of_conduct", "VERHALTENSKODEX.md"),
        ("change_log", "CHANGELOG.md"),
        ("change_log", "CHANGES.rst"),
        ("change_log", "HISTORY.md"),
        ("change_log", "NEWS"),
        ("change_log", "00-RELEASENOTES"),
        ("change_log", "docs/release-notes/version-4.4.md"),
        ("change_log", "ИЗМЕНЕНИЯ.md"),
        ("governance", "GOVERNANCE.md"),
        ("governance", "MAINTAINERS"),
        ("governance", "OWNERS"),
        ("governance", "docs/governance.md"),
    ],
)
def test_a_document_is_known_by_its_name(fact: str, path: str) -> None:
    said = answers(DictTree({path: "", "README.md": ENGLISH}))

    assert value_of(said[fact]) is True
    assert items_of(said[fact])[0].subject == path


@pytest.mark.parametrize(
    ("fact", "path"),
    [
        ("install_guide", "install"),
        ("install_guide", "install.sh"),
        ("install_guide", "setup.py"),
        ("install_guide", "BUILD"),
        ("install_guide", "src/installer/install.md"),
        ("install_guide", "docs/uninstall.md"),
        ("user_guide", "USERS.md"),
        ("user_guide", "docs/models/users/user.md"),
        ("change_log", "src/history.md"),
        ("change_log", "docs/media/release-notes/screen.png"),
        ("governance", "CODEOWNERS"),
    ],
)
def test_other_files_are_not_taken_for_it(fact: str, path: str) -> None:
    said = answers(DictTree({path: "", "README.md": ENGLISH}))

    assert value_of(said[fact]) is False


@pytest.mark.parametrize(
    ("fact", "heading"),
    [
        ("install_guide", "Installation"),
        ("install_guide", "Getting started"),
        ("install_guide", "Instalación"),
        ("install_guide", "Établir : installer le logiciel"),
        ("install_guide", "التثبيت"),
        ("install_guide", "环境搭建"),
        ("install_guide", "インストール方法"),
        ("install_guide", "설치 방법"),
        ("install_guide", "स्थापना"),
        ("install_guide", "Встановлення"),
        ("install_guide", "Usakinishaji"),
        ("user_guide", "Usage"),
        ("user_guide", "Benutzung"),
        ("user_guide", "Como usar"),
        ("contributing", "How can I contribute?"),
        ("contributing", "Bijdragen"),
        ("code_of_conduct", "Code of conduct"),
        ("change_log", "Release notes"),
        ("governance", "Maintainers"),
    ],
)
def test_a_section_of_the_readme_counts(fact: str, heading: str) -> None:
    said = answers(DictTree({"README.md": f"{ENGLISH}\n## {heading}\n\nText\n"}))

    assert value_of(said[fact]) is True
    assert items_of(said[fact]) == [
        Item(subject="README.md", note=f"section {heading!r}", line=5)
    ]


def test_a_readme_that_says_nothing_of_it_is_a_known_absence() -> None:
    said = answers(DictTree({"README.md": f"{ENGLISH}\n## License\n\nMIT\n"}))

    absent = ("install_guide", "user_guide", "contributing", "change_log")
    assert [value_of(said[fact]) for fact in absent] == [False] * 4


@pytest.mark.parametrize(
    ("text", "named"), [(AMHARIC, "Ethiopic"), (VIETNAMESE, "Vietnamese")]
)
def test_sections_in_a_language_without_words_are_gaps_that_name_it(
    text: str, named: str
) -> None:
    said = answers(DictTree({"README.md": text}))

    for fact in ("install_guide", "user_guide", "contributing", "code_of_conduct"):
        gap = said[fact]
        assert isinstance(gap, Gap)
        assert named in gap.why


def test_a_file_answers_whatever_the_language_of_the_readme() -> None:
    said = answers(DictTree({"README.md": AMHARIC, "CONTRIBUTING.md": ""}))

    assert value_of(said["contributing"]) is True


def test_a_readme_of_one_line_hides_no_guide() -> None:
    assert value_of(answers(DictTree({"README.md": "# foo\n"}))["user_guide"]) is False


def test_other_documents_are_opened_when_names_do_not_tell() -> None:
    files = {"README.md": ENGLISH, "docs/part-two.md": "# Installing Foo\n\nThe text."}

    said = answers(DictTree(files))["install_guide"]

    assert value_of(said) is True
    assert items_of(said) == [
        Item(subject="docs/part-two.md", note="section 'Installing Foo'", line=1)
    ]


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("docs/development.rst", "Get involved"),
        ("docs/dev/index.md", "Submitting patches"),
        ("docs/developers/guide.md", "Sending a pull request"),
    ],
)
def test_documents_for_developers_may_tell_how_to_contribute(
    path: str, heading: str
) -> None:
    text = f"# Notes\n\n## The sources\n\n## {heading}\n"

    said = answers(DictTree({"README.md": ENGLISH, path: text}))["contributing"]

    assert value_of(said) is True
    assert items_of(said) == [Item(subject=path, note=f"section {heading!r}", line=5)]


def test_documents_for_developers_need_not_tell_how_to_contribute() -> None:
    files = {"README.md": ENGLISH, "docs/development.md": "# Running the tests\n"}

    assert value_of(answers(DictTree(files))["contributing"]) is False


def test_documents_of_developers_are_no_user_guide() -> None:
    files = {"README.md": ENGLISH, "docs/dev/debug.md": "# How to use the debugger\n"}

    assert value_of(answers(DictTree(files))["user_guide"]) is False


@pytest.mark.parametrize(
    ("path", "content"), [("docs/foo.pdf", "%PDF"), ("docs/foo.md", AMHARIC)]
)
def test_documents_that_cannot_be_judged_leave_the_question_open(
    path: str, content: str
) -> None:
    said = answers(DictTree({"README.md": ENGLISH, path: content}))["user_guide"]

    assert isinstance(said, Gap)
    assert said.items[0].subject == path


# --------------------------------------------------------------------- links


@pytest.mark.parametrize(
    "link",
    [
        "[Read our documentation](https://www.example.org/start)",
        "[here](https://docs.example.org/)",
        "see https://example.org/documentation",
        "[Handbuch](https://example.org/h)",
        "`User guide <https://example.org/u>`_",
        "[docs](https://foo.readthedocs.io/)",
        "[Foo](https://docs.foo.example/)",
    ],
)
def test_a_pointer_to_documentation_elsewhere_is_a_user_guide_not_opened(
    link: str,
) -> None:
    said = answers(DictTree({"README.md": f"{ENGLISH}\n{link}\n"}))

    assert value_of(said["user_guide"]) is True
    (item,) = items_of(said["user_guide"])
    assert item.line == 5
    assert item.note.startswith("points to https://")
    assert item.note.endswith("which was not opened")


@pytest.mark.parametrize(
    "link",
    [
        "[Python documentation](https://docs.python.org/3/)",
        "[wsgi](https://wsgi.readthedocs.io/)",
        ".. _cherrypy: https://docs.cherrypy.dev/",
        "[Cherry Py](https://docs.cherrypy.dev/)",
        "[API documentation](https://example.org/x)",
        "[Developer documentation](https://example.org/x)",
        "[![docs](https://img.shields.io/docs.svg)](https://example.org/x)",
        "[screen](https://example.org/docs/screen.png)",
        "[docs](docs/none.md)",
    ],
)
def test_other_links_are_no_user_guide(link: str) -> None:
    said = answers(DictTree({"README.md": f"{ENGLISH}\n{link}\n"}))

    assert value_of(said["user_guide"]) is False


def test_documentation_elsewhere_may_tell_how_to_install() -> None:
    link = "[Read our documentation](https://docs.example.org/)"

    said = answers(DictTree({"README.md": f"{ENGLISH}\n{link}\n"}))["install_guide"]

    assert isinstance(said, Gap)
    assert "not opened" in said.why
    assert "https://docs.example.org/" in said.items[0].note


def test_a_pointer_to_a_file_counts_if_the_file_is_there() -> None:
    text = f"{ENGLISH}\n[Setup](docs/a.md) [Install](docs/none.md)\n"

    said = answers(DictTree({"README.md": text, "docs/a.md": "x"}))["install_guide"]

    assert items_of(said) == [
        Item(subject="README.md", note="points to docs/a.md", line=5)
    ]


def test_no_address_of_a_person_is_repeated() -> None:
    text = (
        f"{ENGLISH}\n## Contribute: mail ada@example.org\n\n"
        "[Contributing](https://example.org/?to=ada@example.org)\n"
    )

    said = answers(DictTree({"README.md": text}))["contributing"]

    assert [item.note for item in items_of(said)] == ["section"]


def test_publiccode_yml_is_found() -> None:
    said = answers(DictTree({"publiccode.yml": "name: x"}))

    assert value_of(said["publiccode_yml"]) is True
    assert value_of(answers(DictTree({}))["publiccode_yml"]) is False
