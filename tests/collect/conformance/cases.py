# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Reports of software that does not exist, and what is asked about them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import yaml

from ossay.collect import gather
from ossay.collect.conformance import COLLECTOR
from ossay.model.accessibility import CRITERIA
from ossay.model.collector import Given
from ossay.model.evidence import Answered, Observation
from ossay.model.tree import Tree
from tests.collect.trees import SNAPSHOT, DictTree

SUPPORTS = "supports"
OF_2_1 = tuple(n for n, c in CRITERIA.items() if c.since <= "2.1")
"""What a report by WCAG 2.1 answers, 4.1.1 aside."""


def document(levels: Mapping[str, str] | None = None, **changes: Any) -> dict[str, Any]:
    """Return an OpenACR report that lacks nothing; *levels* are for the web."""
    said = dict.fromkeys(OF_2_1, SUPPORTS) | dict(levels or {})
    chapters = {
        f"success_criteria_level_{level}": {
            "criteria": [
                {"num": number, "components": [component("web", said[number])]}
                for number in said
                if CRITERIA[number].level == level.upper()
            ]
        }
        for level in ("a", "aa")
    }
    whole = {
        "title": "Portal Accessibility Conformance Report",
        "product": {"name": "Portal", "version": "2.1"},
        "author": {"company_name": "Testers Ltd", "email": "acr@example.org"},
        "report_date": "2026-01-31",
        "catalog": "2.4-edition-wcag-2.1-en",
        "chapters": chapters,
    }
    return whole | changes


def component(name: str, level: str, notes: str = "") -> dict[str, Any]:
    return {"name": name, "adherence": {"level": level, "notes": notes}}


def openacr(levels: Mapping[str, str] | None = None, **changes: Any) -> str:
    return yaml.safe_dump(document(levels, **changes), sort_keys=False)


def of(files: Mapping[str, str | bytes] | Tree, tag: str = "v2.1.0") -> Given:
    """Return what the collector is given: a portal at *tag*, "" for a branch."""
    tree = DictTree(files) if isinstance(files, Mapping) else files
    snapshot = replace(
        SNAPSHOT,
        repository_url="https://example.org/city/portal.git",
        ref=f"refs/tags/{tag}" if tag else "refs/heads/main",
    )
    return Given(snapshot=snapshot, tree=tree, history=None)


def told(given: Given) -> dict[str, Answered]:
    said, _ = gather(COLLECTOR, given)
    return {answer.fact.removeprefix("conformance."): answer for answer in said}


def value(answer: Answered) -> object:
    assert isinstance(answer, Observation), answer
    return answer.value


def notes(answer: Answered) -> list[str]:
    return [item.note for item in getattr(answer, "items", ())]
