# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Old slips of well-known projects pass git's checks; what is dangerous does not."""

from pathlib import Path

import pytest

from ossay.source import Limits, fetch
from ossay.source.failure import ObjectsRefused
from tests.source.repositories import (
    make_repository,
    write_commit,
    write_object,
    write_tree,
)
from tests.source.server import Server

LIMITS = Limits(seconds=60)
GOOD_AUTHOR = b"Ada Example <ada@work.example.com> 1704110400 +0000"

HARMLESS_AUTHORS = {
    "badTimezone": b"Ada <ada@work.example.com> 1313584730 +051800",
    "missingSpaceBeforeEmail": b"Ada<ada@work.example.com> 1704110400 +0000",
    "missingNameBeforeEmail": b"<ada@work.example.com> 1704110400 +0000",
    "missingSpaceBeforeDate": b"Ada <ada@work.example.com>1704110400 +0000",
    "badDate": b"Ada <ada@work.example.com> <ada@work.example.com> 1305038239 -0700",
    "zeroPaddedDate": b"Ada <ada@work.example.com> 01704110400 +0000",
    "badDateOverflow": b"Ada <ada@work.example.com> 99999999999999999999 +0000",
    "missingEmail": b"Ada 1704110400 +0000",
    "badEmail": b"Ada <ada@work<example.com> 1704110400 +0000",
    "badName": b"Ada> <ada@work.example.com> 1704110400 +0000",
}


@pytest.fixture
def served(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "served", bare=True)


def test_slips_in_how_authors_signed_and_modes_were_padded_are_let_through(
    tmp_path: Path, served: Path, server: Server
) -> None:
    blob = write_object(served, "blob", b"text")
    folder = write_tree(served, [(b"100644", b"a.txt", blob)])
    tree = write_tree(served, [(b"040000", b"docs", folder)])
    for message, author in HARMLESS_AUTHORS.items():
        write_commit(served, tree, author=author, branch=message)
    write_commit(served, tree)

    clone = fetch(
        server.url("repository"), tmp_path / "c", access=server.access, limits=LIMITS
    )

    assert set(clone.branches) == {"main", *HARMLESS_AUTHORS}


@pytest.mark.parametrize(
    "name",
    [b"..", b".", b".git", b".GIT", b"git~1", b".g\xe2\x80\x8cit", b"a/b"],
)
def test_names_that_lead_out_of_a_tree_are_refused(
    tmp_path: Path, served: Path, server: Server, name: bytes
) -> None:
    blob = write_object(served, "blob", b"text")
    write_commit(served, write_tree(served, [(b"100644", name, blob)]))

    with pytest.raises(ObjectsRefused, match="refused what the server sent") as told:
        fetch(
            server.url("repository"),
            tmp_path / "c",
            access=server.access,
            limits=LIMITS,
        )

    assert told.value.status == 3
    assert list(tmp_path.glob("*c*")) == []


@pytest.mark.parametrize("case", ["twice", "unsorted", "linked modules", "modules"])
def test_trees_that_say_two_things_are_refused(
    tmp_path: Path, served: Path, server: Server, case: str
) -> None:
    blob = write_object(served, "blob", b"text")
    modules = b'[submodule "../../x"]\n\tpath = x\n\turl = https://example.org/x\n'
    entries = {
        "twice": [(b"100644", b"a", blob), (b"100644", b"a", blob)],
        "unsorted": [(b"100644", b"b", blob), (b"100644", b"a", blob)],
        "linked modules": [(b"120000", b".gitmodules", blob)],
        "modules": [(b"100644", b".gitmodules", write_object(served, "blob", modules))],
    }[case]
    write_commit(served, write_tree(served, entries), author=GOOD_AUTHOR)

    with pytest.raises(ObjectsRefused, match="fsckObjects"):
        fetch(
            server.url("repository"),
            tmp_path / "c",
            access=server.access,
            limits=LIMITS,
        )
