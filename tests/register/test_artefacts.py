# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
import fcntl
import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ossay.codec import digest_of_bytes
from ossay.register import ArtefactDamaged, ArtefactMissing
from ossay.register.artefacts import ArtefactFolder

CONTENT = b"what was seen\n" * 100
NAME = digest_of_bytes(CONTENT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "artefacts"


@pytest.mark.parametrize("content", [b"", b"\x00\xff", CONTENT, os.urandom(100_000)])
def test_what_is_put_is_got(folder: Path, content: bytes) -> None:
    artefacts = ArtefactFolder.open(folder)

    digest = artefacts.put(content)

    assert digest == digest_of_bytes(content)
    assert artefacts.get(digest) == content
    assert artefacts.has(digest)


def test_the_same_content_is_the_same_file_and_any_gzip_reads_it(folder: Path) -> None:
    artefacts = ArtefactFolder.open(folder)
    file = folder / NAME[:2] / NAME[2:]

    artefacts.put(CONTENT)
    first = file.read_bytes()
    file.unlink()
    artefacts.put(CONTENT)

    assert file.read_bytes() == first
    assert len(first) < len(CONTENT) // 10
    assert gzip.decompress(first) == CONTENT


def test_putting_what_is_kept_does_not_write(folder: Path) -> None:
    artefacts = ArtefactFolder.open(folder)
    artefacts.put(CONTENT)
    before = (folder / NAME[:2] / NAME[2:]).stat()

    artefacts.put(CONTENT)

    after = (folder / NAME[:2] / NAME[2:]).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_an_unknown_digest_is_missing(folder: Path) -> None:
    artefacts = ArtefactFolder.open(folder)

    assert not artefacts.has(NAME)
    with pytest.raises(ArtefactMissing, match=NAME):
        artefacts.get(NAME)


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda kept: kept[:-9],
        lambda kept: kept[:20] + b"?" + kept[21:],
        lambda _: b"not gzip at all",
        lambda _: gzip.compress(b"something else"),
    ],
)
def test_a_damaged_artefact_is_refused_and_mended_by_putting_it_again(
    folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    artefacts = ArtefactFolder.open(folder)
    artefacts.put(CONTENT)
    file = folder / NAME[:2] / NAME[2:]
    file.chmod(0o644)
    file.write_bytes(damage(file.read_bytes()))

    with pytest.raises(ArtefactDamaged, match=str(file)):
        artefacts.get(NAME)

    artefacts.put(CONTENT)
    assert artefacts.get(NAME) == CONTENT


def test_what_a_killed_process_left_behind_goes_when_the_folder_is_opened(
    folder: Path,
) -> None:
    ArtefactFolder.open(folder)
    left = folder / "incoming" / "half"
    left.write_bytes(b"hal")

    ArtefactFolder.open(folder)

    assert not left.exists()


def test_what_a_living_process_is_writing_stays(folder: Path) -> None:
    ArtefactFolder.open(folder)
    busy = folder / "incoming" / "busy"

    with busy.open("wb") as writing:
        fcntl.flock(writing, fcntl.LOCK_EX)
        ArtefactFolder.open(folder)

        assert busy.exists()
