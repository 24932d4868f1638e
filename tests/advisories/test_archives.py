# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Archives of advisories, damaged, lying or huge: nothing of them is lost unsaid."""

import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ossay.advisories import PackRefused
from ossay.advisories.archives import members
from ossay.engine import Workshop
from tests.advisories.packs import affects, archive, pack, record, take
from tests.advisories.test_taking_in import SINCE, known_of


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _no_end(content: bytes) -> bytes:
    return content.replace(b"PK\x05\x06", b"PK\x05\x07")


def _no_list(content: bytes) -> bytes:
    return content.replace(b"PK\x01\x02", b"PK\x01\x03")


def test_an_archive_without_records_is_refused(
    workshop: Workshop, tmp_path: Path
) -> None:
    """An ecosystem with no known flaw at all is a mirror that failed."""
    path = pack(tmp_path / "npm" / "all.zip")

    with pytest.raises(PackRefused, match="it holds no record"):
        take(workshop, path)

    assert workshop.register.advisories.packs() == ()


@pytest.mark.parametrize("damage", [_cut, _no_end, _no_list, lambda _content: b""])
def test_a_damaged_archive_is_refused_whole(
    workshop: Workshop, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = pack(
        tmp_path / "npm" / "all.zip",
        *(record(f"X-{n}", affects("npm", "a", SINCE)) for n in range(3)),
    )
    path.write_bytes(damage(path.read_bytes()))

    with pytest.raises(PackRefused, match="nothing of it was kept"):
        take(workshop, path)

    assert known_of(workshop, "npm", "a") == []


def test_a_damaged_member_is_one_unread_record(
    workshop: Workshop, tmp_path: Path
) -> None:
    path = pack(tmp_path / "npm" / "all.zip", record("X-1"), record("X-2"))
    content = bytearray(path.read_bytes())
    content[60] ^= 0xFF
    path.write_bytes(content)

    taken = take(workshop, path).pack

    assert (taken.records, taken.unread) == (2, 1)


def test_a_bomb_is_not_unpacked(workshop: Workshop, tmp_path: Path) -> None:
    path = archive(tmp_path / "npm" / "all.zip", {"X-1.json": b" " * 50_000_000})
    lying = bytearray(path.read_bytes())
    at = lying.rfind(b"PK\x01\x02")
    struct.pack_into("<L", lying, at + 24, 1_000)
    liar = tmp_path / "liar" / "npm" / "all.zip"
    liar.parent.mkdir(parents=True)
    liar.write_bytes(lying)

    assert take(workshop, path).pack.unread == 1
    assert take(workshop, liar).pack.unread == 1


def test_an_archive_of_more_members_than_16_bits_count_is_read_to_the_end(
    tmp_path: Path,
) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as made:
        for n in range(66_000):
            made.writestr(f"X-{n}.json", b"{}")

    assert sum(m.content == b"{}" for m in members(path, 10)) == 66_000


CONTENT = json.dumps({"id": "X-1", "details": "the same again " * 200}).encode()


def deflated(content: bytes, *, empty_blocks: int = 0, more: bytes = b"") -> bytes:
    """Return *content* as a zip file has it, and what a stranger may put beside it."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    begun = packing.compress(content)
    for _ in range(empty_blocks):
        begun += packing.flush(zlib.Z_FULL_FLUSH) + b"\x00\x00\x00\xff\xff"
    return begun + packing.flush() + more


def archive_of(data: bytes, content: bytes, method: int) -> bytes:
    """Return an archive with one member whose packed bytes are *data*."""
    fields = (method, 0, 0, zlib.crc32(content), len(data), len(content), 1, 0)
    local = struct.pack("<4s2H", b"PK\x03\x04", 20, 0) + struct.pack("<3H3L2H", *fields)
    entry = struct.pack("<4s3H", b"PK\x01\x02", 20, 20, 0)
    entry += struct.pack("<3H3L2H", *fields) + struct.pack("<3H2L", 0, 0, 0, 0, 0)
    start = len(local) + 1 + len(data)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(entry) + 1, start, 0)
    return local + b"x" + data + entry + b"x" + end


@pytest.mark.parametrize(
    ("data", "method", "is_kept"),
    [
        (deflated(CONTENT), zipfile.ZIP_DEFLATED, True),
        (deflated(CONTENT, more=b"more"), zipfile.ZIP_DEFLATED, False),
        (deflated(CONTENT, empty_blocks=1_000), zipfile.ZIP_DEFLATED, False),
        (CONTENT, zipfile.ZIP_STORED, False),
    ],
    ids=["as zlib packs it", "more behind it", "longer than it is", "not packed"],
)
def test_what_an_archive_packed_is_kept_so_where_it_is_that_and_no_more(
    workshop: Workshop, tmp_path: Path, data: bytes, method: int, is_kept: bool
) -> None:
    path = tmp_path / "npm" / "all.zip"
    path.parent.mkdir()
    path.write_bytes(archive_of(data, CONTENT, method))

    [member] = members(path, 10_000)
    take(workshop, path)

    assert member.content == CONTENT
    assert (zlib.decompress(member.packed) == CONTENT) if is_kept else not member.packed
    [record_kept] = workshop.register.advisories.records(["X-1"]).values()
    assert record_kept.document == CONTENT
