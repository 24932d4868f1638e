# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Files that name components, and what a collector makes of them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from ossay.collect import Asking, gather
from ossay.collect.components import COLLECTOR, TOOLS, Components, components_of
from ossay.model.collector import Given, Table
from ossay.model.components import Component
from ossay.model.digest import Digest
from ossay.model.evidence import Answered, Tool
from ossay.model.toolbox import Said, ToolNotChosen, ToolSilent
from ossay.model.tree import Tree
from ossay.sandbox.toolbox import Tools
from tests.collect.trees import DictTree, given
from tests.tools import NoVisits

real = pytest.mark.engine  # which needs a confinement to run
TRIVY = Tools()

DIGEST = "sha256:" + "ab" * 32


class Trivy(NoVisits):
    """A toolbox whose trivy says what it is told to."""

    def __init__(self, answer: object = None, why: str = "") -> None:
        self._answer = {"Results": []} if answer is None else answer
        self._why = why
        self.asked: list[tuple[str, ...]] = []

    def tool(self, name: str) -> Tool:
        if name != "trivy":
            raise ToolNotChosen(name)
        return Tool(name=name, version="1.0.0")

    def version(self, name: str) -> Digest:
        return Digest("e" * 64)

    def ask(self, name: str, question: str, tree: Tree, paths: Iterable[str]) -> Said:
        self.asked.append(tuple(paths))
        if self._why:
            raise ToolSilent(self._why)
        return Said(text=json.dumps(self._answer).encode())

    def is_settled(self) -> bool:
        return True


def of(files: Mapping[str, str | bytes], **changes: object) -> Given:
    """Return what the collector is given for *files*, the real trivy by default."""
    begun = replace(given(DictTree(files)), toolbox=Asking(TRIVY, TOOLS))
    return replace(begun, **changes)  # type: ignore[arg-type]


def listed(files: Mapping[str, str | bytes], **changes: object) -> Components:
    return components_of(of(files, **changes))


def one(found: Components, purl: str) -> Component:
    return next(c for c in found.components if c.purl == purl)


def purls(found: Components) -> list[str]:
    return [str(c.purl) for c in found.components]


def completeness(found: Components) -> dict[str, str]:
    return {told.ecosystem: told.completeness.value for told in found.ecosystems}


def answers(whole: Given) -> tuple[dict[str, Answered], list[Table]]:
    said, tables = gather(COLLECTOR, whole)
    return {a.fact.removeprefix("components."): a for a in said}, list(tables)


PACKAGE = json.dumps(
    {
        "name": "portal",
        "version": "1.0.0",
        "dependencies": {"left": "^1.0.0"},
        "devDependencies": {"linter": "^3.0.0"},
    }
)


YARN = """# yarn lockfile v1


left@^1.0.0:
  version "1.2.0"
  resolved "https://registry.example/left.tgz"
  dependencies:
    deep "^2.0.0"

deep@^2.0.0:
  version "2.1.0"

linter@^3.0.0:
  version "3.0.0"
"""
GO = """module example.org/portal

go 1.22

require example.org/Left v1.2.0

require example.org/deep v2.1.0+incompatible // indirect
"""

PACKAGE_LOCK = json.dumps(
    {
        "name": "portal",
        "version": "1.0.0",
        "lockfileVersion": 3,
        "packages": {
            "": {
                "name": "portal",
                "version": "1.0.0",
                "dependencies": {"left": "^1.0.0"},
                "devDependencies": {"linter": "^3.0.0"},
            },
            "node_modules/left": {
                "version": "1.2.0",
                "resolved": "https://other.example/left-1.2.0.tgz",
                "license": "MIT",
                "dependencies": {"@scope/deep": "^2.0.0"},
            },
            "node_modules/@scope/deep": {"version": "2.1.0", "license": "(MIT OR ISC)"},
            "node_modules/linter": {
                "version": "3.0.0",
                "dev": True,
                "license": "see LICENSE",
            },
        },
    }
)

POM = """<project><modelVersion>4.0.0</modelVersion>
<groupId>org.portal</groupId><artifactId>portal</artifactId><version>1.0.0</version>
<dependencies>
<dependency><groupId>org.left</groupId><artifactId>left</artifactId><version>1.2.0</version></dependency>
<dependency><groupId>org.open</groupId><artifactId>open</artifactId></dependency>
</dependencies></project>
"""
