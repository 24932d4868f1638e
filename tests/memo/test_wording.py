# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The words of design.md, section 6a, held against everything a memo can say."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

from ossay import memo, shipped
from ossay.memo import FORMATS
from ossay.model.candidate import Role, Use
from ossay.model.judgement import Outcome, Recommendation, Screening
from ossay.model.people import DecisionOutcome
from ossay.model.policy import Area, Level, Mode
from tests.memo import cases

ACCUSATIONS = re.compile(
    r"violat|illegal|unlawful|infring|abandon|unsafe|insecure|vendor|blame|guilty"
    r"|negligen|\bdead\b|bus factor|\bcandidate\b|\bscore\b|severity|\bblocker"
    r"|\bN/A\b|\bskipped\b|\bunknown\b",
    re.IGNORECASE,
)


OF_VULNERABILITIES = frozenset({"annexes.py", "confidential.py", "supply.j2"})
"""Where *severity* is the word for what a flaw may lead to (style.md, 4)."""


def strings_of(module: Path) -> Iterator[str]:
    """Yield the text in a module's code, docstrings left out."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in said:
            yield str(node.value)


def texts() -> Iterator[tuple[str, str]]:
    for path in sorted(shipped.templates().rglob("*.j2")):
        written = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.S)
        if path.name in OF_VULNERABILITIES:
            written = re.sub("severity", "", written, flags=re.IGNORECASE)
        yield path.name, written.replace("'unsafe-inline'", "")
    for module in sorted(Path(memo.__file__).parent.glob("*.py")):
        said = "\n".join(strings_of(module))
        if module.name in OF_VULNERABILITIES:
            said = said.replace("severity", "")
        if module.name in {"cyclonedx.py", "confidential.py"}:
            said = said.replace("unknown", "")  # a standard's or a tool's own word
        yield module.name, said


@pytest.mark.parametrize(("name", "text"), list(texts()), ids=lambda value: value[:20])
def test_nothing_we_write_accuses_anybody(name: str, text: str) -> None:
    assert ACCUSATIONS.findall(text) == []


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_a_memo_speaks_of_software_and_of_those_who_maintain_it(form: str) -> None:
    written = FORMATS[form].render(cases.conditional())

    for words in ("Software", "Who maintains it", "People sign", "only seal"):
        assert words in written


def words_in(template: str, table: str) -> Any:
    """Return a table of a template."""
    loader = FileSystemLoader(shipped.templates())
    environment = Environment(loader=loader, autoescape=True)
    return getattr(environment.get_template(template).module, table)


def words(table: str) -> set[str]:
    """Return what a table of the templates has words for."""
    return set(words_in("memo/words.j2", table))


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("OUTCOMES", Outcome),
        ("SIGNS", Outcome),
        ("RECOMMENDATIONS", Recommendation),
        ("MEANINGS", Recommendation),
        ("SCREENINGS", Screening),
        ("DECISIONS", DecisionOutcome),
        ("LEVELS", Level),
        ("MODES", Mode),
        ("ROLES", Role),
        ("USES", Use),
    ],
)
def test_there_are_words_for_everything(table: str, kind: type[StrEnum]) -> None:
    assert words(table) == {member.value for member in kind}


def test_there_are_words_for_every_area() -> None:
    assert words("AREAS") >= {area.value for area in Area}


@pytest.mark.parametrize(
    ("why", "begun"),
    [
        ("of 13 components no file here tells the licence", "Of 13 components"),
        ("earlier commits were not to be searched", "Earlier commits"),
        ("nobody said which languages the users need", "Nobody said"),
        ("files of the user interface are not checked", "Files of"),
        ("package.json could not be read", "package.json could"),
    ],
)
def test_a_reason_begins_a_sentence_unless_a_file_does(why: str, begun: str) -> None:
    content = cases.refused()
    gap = replace(content.not_looked_at[0], why=why)

    told = memo.render_markdown(replace(content, not_looked_at=(gap,)))

    assert f"\n- {begun}" in told
