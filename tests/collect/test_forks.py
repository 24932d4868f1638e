# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What software says it was forked from, and how far it is from that."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ossay.collect import forks, gather
from ossay.collect.forks.addresses import plain
from ossay.collect.forks.declared import in_json, in_readme, in_toml
from ossay.collect.forks.facts import OF_DISTANCE
from ossay.model.candidate import Part
from ossay.model.collector import Given
from ossay.model.evidence import Answered, Gap, Inapplicable, Observation
from ossay.model.kin import Distance, Kin
from ossay.model.tree import Unreadable
from ossay.source import (
    earlier_of,
    history_of,
    open_in_place,
    take_snapshot,
    tree_of,
)
from tests.collect.trees import MemoryFacts
from tests.source.repositories import Files, Symlink, make_repository

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OWN = "https://forge.example/ours/app"
UPSTREAM = "https://forge.example/theirs/app"
SAYS_SO = b"# App\n\nThis is a fork of [App](https://forge.example/theirs/app).\n"


@dataclass
class Known:
    """A `Kin` that is as it was made."""

    distances: dict[str, Distance | Unreadable]
    fixes: tuple[str, ...] | Unreadable = ("f" * 40,)

    def addresses(self) -> tuple[str, ...]:
        return tuple(self.distances)

    def distance_to(self, address: str) -> Distance | Unreadable:
        return self.distances[address]

    def fixes_at(self, address: str) -> tuple[str, ...] | Unreadable:
        return self.fixes

    def is_settled(self) -> bool:
        return True


NO_KIN = Known({})


def looked(
    tmp_path: Path, files: Files, kin: Kin | None = NO_KIN, url: str = OWN
) -> dict[str, Answered]:
    made = make_repository(tmp_path, files)
    repository = open_in_place(made, made.parent / "ours")
    snapshot = take_snapshot(repository, Part(name="whole", source_url="/x"), NOW)
    facts = MemoryFacts()
    given = Given(
        snapshot=replace(snapshot, repository_url=url),
        tree=tree_of(repository, snapshot, facts),
        history=history_of(repository, snapshot),
        earlier=earlier_of(repository, snapshot, facts),
        kin=kin,
    )
    answers, _ = gather(forks.COLLECTOR, given)
    return {a.fact.removeprefix("stewardship."): a for a in answers}


def value(answer: Answered) -> object:
    assert isinstance(answer, Observation), answer
    return answer.value


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://Forge.example/Owner/Name.git", "forge.example/owner/name"),
        ("git+https://forge.example/a/b.git", "forge.example/a/b"),
        ("git@forge.example:a/b.git", "forge.example/a/b"),
        ("ssh://git@forge.example:22/a/b", "forge.example/a/b"),
        ("https://someone:secret@forge.example/a/b", "forge.example/a/b"),
        ("https://forge.example/a/b/tree/main/x", "forge.example/a/b"),
        ("https://forge.example/group/sub/b/-/issues", "forge.example/group/sub/b"),
        ("owner/name", "github.com/owner/name"),
        ("gitlab:owner/name", "gitlab.com/owner/name"),
        ("https://example.org", ""),
        ("https://example.org/only", ""),
        ("/srv/git/app", ""),
        ("x" * 400 + "/y", ""),
    ],
)
def test_addresses_are_the_same_however_they_are_written(
    written: str, meant: str
) -> None:
    assert plain(written) == meant


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("This is a fork of https://forge.example/a/b.", ["forge.example/a/b"]),
        ("**App** is a fork of [b](https://forge.example/a/b/)", ["forge.example/a/b"]),
        ("Forked from <https://forge.example/a/b>", ["forge.example/a/b"]),
        ("Fork of https://forge.example/a/b", ["forge.example/a/b"]),
        ("It was forked from something old.", [""]),
        ("It is not a fork of https://forge.example/a/b", []),
        ("Create a fork of the repository https://forge.example/a/b", []),
        ("- [c](https://x.example/c/c) is a fork of https://forge.example/a/b", []),
    ],
)  # fmt: skip
def test_a_readme_says_of_itself_that_it_is_a_fork(line: str, found: list[str]) -> None:
    assert [s.address for s in in_readme(line.encode())] == found


def test_manifests_name_the_source_in_fields_of_their_own() -> None:
    told = [
        in_json(b'{"repository": "theirs/app"}'),
        in_json(b'{"repository": {"type": "git", "url": "git://x.example/a/b.git"}}'),
        in_json(b'{"support": {"source": "https://x.example/a/b"}}'),
        in_toml(b'[package]\nrepository = "https://x.example/a/b"\n'),
        in_toml(b'[project.urls]\n"Source Code" = "https://x.example/a/b"\n'),
        in_toml(b'[project.urls]\nHomepage = "https://x.example/a/b"\n'),
        in_json(b"[]"),
    ]

    assert [[s.address for s in found] for found in told] == [
        ["github.com/theirs/app"],
        *[["x.example/a/b"]] * 4,
        [],
        [],
    ]


def test_the_upstream_that_it_names_is_told_with_the_line(tmp_path: Path) -> None:
    answer = looked(tmp_path, {"README.md": SAYS_SO})["declared_upstream"]

    assert value(answer) == ("forge.example/theirs/app",)
    assert isinstance(answer, Observation)
    assert [(i.subject, i.line) for i in answer.items] == [("README.md", 3)]


def test_what_names_its_own_address_is_no_fork_of_itself(tmp_path: Path) -> None:
    files = {"README.md": SAYS_SO, "package.json": b'{"repository": "%s"}'}
    files["package.json"] %= UPSTREAM.encode()

    found = looked(tmp_path, files, url=f"{UPSTREAM}.git")

    assert value(found["declared_upstream"]) == ()
    assert value(found["other_source_named"]) == ()


def test_a_manifest_that_names_another_source_is_told(tmp_path: Path) -> None:
    files = {"package.json": b'{"repository": "%s"}' % UPSTREAM.encode()}

    answer = looked(tmp_path, files)["other_source_named"]

    assert value(answer) == ("forge.example/theirs/app",)


@pytest.mark.parametrize(
    ("files", "url", "fact"),
    [
        ({"package.json": b"{"}, OWN, "other_source_named"),
        ({"package.json": Symlink(b"/etc/passwd")}, OWN, "other_source_named"),
        ({"README": Symlink(b"/etc/passwd")}, OWN, "declared_upstream"),
        ({"README": b"It was forked from something old.\n"}, OWN, "declared_upstream"),
        ({"a": b""}, "/home/of/somebody", "other_source_named"),
    ],
)
def test_what_could_not_be_made_out_is_a_gap(
    tmp_path: Path, files: Files, url: str, fact: str
) -> None:
    assert isinstance(looked(tmp_path, files, url=url)[fact], Gap)


def test_the_distance_is_that_to_what_it_names(tmp_path: Path) -> None:
    kin = Known(
        {
            UPSTREAM: Distance(ahead=3, behind=7),
            "https://forge.example/other/app": Distance(ahead=1, behind=1),
        }
    )

    found = looked(tmp_path, {"README.md": SAYS_SO}, kin)

    assert value(found["shared_history"]) == kin.addresses()
    assert value(found["changes_since_fork"]) == 3
    assert value(found["upstream_changes_missing"]) == 7
    assert value(found["upstream_fixes_missing"]) == 1


def test_what_shares_the_first_change_is_compared_without_being_named(
    tmp_path: Path,
) -> None:
    kin = Known({UPSTREAM: Distance(ahead=0, behind=2)}, fixes=Unreadable(why="slow"))

    found = looked(tmp_path, {"a": b""}, kin)

    assert value(found["upstream_changes_missing"]) == 2
    assert isinstance(found["upstream_fixes_missing"], Gap)


def test_an_upstream_that_was_not_looked_at_leaves_gaps(tmp_path: Path) -> None:
    other = "https://forge.example/other/app"
    kin = Known({other: Distance(ahead=0, behind=0)})

    found = looked(tmp_path, {"README.md": SAYS_SO}, kin)

    for fact in OF_DISTANCE:
        assert isinstance(found[fact.name.removeprefix("stewardship.")], Gap)


@pytest.mark.parametrize(
    ("kin", "kind"),
    [
        (None, Gap),
        (NO_KIN, Inapplicable),
        (Known({UPSTREAM: Unreadable(why="damaged")}, Unreadable(why="damaged")), Gap),
        (Known(dict.fromkeys("ab", Distance(ahead=1, behind=1))), Gap),
    ],
)
def test_without_one_to_compare_with_no_distance_is_told(
    tmp_path: Path, kin: Kin | None, kind: type
) -> None:
    found = looked(tmp_path, {"a": b""}, kin)

    for fact in OF_DISTANCE:
        assert isinstance(found[fact.name.removeprefix("stewardship.")], kind)
