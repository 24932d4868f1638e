# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What contributors are asked for stands in the files that they look at first."""

import pytest

from ossay.collect import contribution_terms, gather
from ossay.model.collector import Given
from ossay.model.evidence import Answered, Gap, Observation
from tests.collect.trees import SNAPSHOT, DictTree


def answers(tree: DictTree) -> tuple[Answered, ...]:
    given = Given(snapshot=SNAPSHOT, tree=tree, history=None)
    found, _ = gather(contribution_terms.COLLECTOR, given)
    return found


def values(files: dict[str, bytes]) -> list[object]:
    found = answers(DictTree(files))
    return [a.value if isinstance(a, Observation) else a for a in found]


@pytest.mark.parametrize(
    ("path", "text", "sign_off", "agreement"),
    [
        ("CONTRIBUTING.md", "Sign off your commits: git commit -s", True, False),
        ("README.md", "We use the Developer Certificate of Origin.", True, False),
        (".github/PULL_REQUEST_TEMPLATE.md", "Signed-off-by: you", True, False),
        ("CONTRIBUTING.md", "Sign the Contributor License Agreement", False, True),
        ("docs/contributing.rst", "Everybody signs our CLA.", False, True),
        (".github/workflows/x.yml", "uses: contributor-assistant/x@v2", False, True),
        ("CONTRIBUTING.md", "We do not ask you to sign a CLA.", False, False),
        ("CONTRIBUTING.md", "class Foo and clap; commit -m x", False, False),
        ("src/CONTRIBUTING.md", "Everybody signs our CLA.", False, False),
    ],
)  # fmt: skip
def test_what_is_asked_is_told(
    path: str, text: str, sign_off: bool, agreement: bool
) -> None:
    assert values({path: f"# App\n{text}\n".encode()}) == [sign_off, agreement]


def test_the_line_that_asks_is_named() -> None:
    [sign_off, _] = answers(DictTree({"DCO": b"\n\nDeveloper Certificate of Origin\n"}))

    assert isinstance(sign_off, Observation)
    assert [(i.subject, i.line) for i in sign_off.items] == [("DCO", 3)]


def test_what_could_not_be_read_may_ask_for_it() -> None:
    trees = [
        DictTree({"CONTRIBUTING": b""}, unreadable={"CONTRIBUTING": "damaged"}),
        DictTree({}, symlinks={"CONTRIBUTING.md": "/etc/passwd"}),
    ]

    for tree in trees:
        assert all(isinstance(a, Gap) for a in answers(tree))
