# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Components held against advisories of an office that took some in."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ossay.collect.vulnerabilities.answers import answers
from ossay.model.collector import Table
from ossay.model.components import Component, Purl
from ossay.model.evidence import Answered
from ossay.model.vex import Statement
from ossay.register import Register
from tests.advisories.packs import DATED, pack, take, workshop_of
from tests.collect.trees import SNAPSHOT


class Office:
    """Takes advisories in, and holds components against them."""

    def __init__(self, register: Register, folder: Path) -> None:
        self.register = register
        self.folder = folder
        self._workshop = workshop_of(register, folder)
        self._taken = 0

    def knows(
        self, ecosystem: str, *records: dict[str, Any], dated: date = DATED
    ) -> None:
        self._taken += 1
        path = self.folder / str(self._taken) / ecosystem / "all.zip"
        take(self._workshop, pack(path, *records), dated)

    def takes(self, path: Path) -> None:
        take(self._workshop, path)

    def says(
        self,
        *components: Component,
        short: Sequence[str] = (),
        said: Sequence[Statement] = (),
        repository_url: str = SNAPSHOT.repository_url,
    ) -> dict[str, Answered | Table]:
        snapshot = replace(SNAPSHOT, repository_url=repository_url)
        told = answers(components, short, self.register.advisories, said, snapshot)
        return {
            one.name if isinstance(one, Table) else one.fact.partition(".")[2]: one
            for one in told
        }

    def rows(self, *components: Component, **more: Any) -> list[dict[str, str]]:
        table = self.says(*components, **more)["vulnerabilities"]
        assert isinstance(table, Table)
        return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def component(purl: str, **more: Any) -> Component:
    """Return the component of a purl without qualifiers."""
    kind, _, rest = purl.removeprefix("pkg:").partition("/")
    name, _, version = rest.rpartition("@") if "@" in rest[1:] else (rest, "", "")
    name = name.replace("/", ":") if kind == "maven" else name
    return Component(
        purl=Purl(purl), ecosystem=kind, name=name, version=version, **more
    )


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Register.open(tmp_path / "home") as register:
        yield Office(register, tmp_path)
