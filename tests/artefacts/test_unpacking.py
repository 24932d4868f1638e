# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A released file is unpacked without following, believing or writing its names."""

import bz2
import gzip
import io
import json
import lzma
import os
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ossay.artefacts import Bounds, Form, NotAnArtefact, TooMuchInside, unpack
from ossay.model.tree import EntryKind
from tests.artefacts.making import (
    deb_of,
    image_of,
    laid_out,
    member,
    sparse,
    tar_of,
    written,
    zip_of,
)

FILES = {"tool-1.0/a.py": b"a = 1\n", "tool-1.0/sub/b.txt": b"b\n"}


@pytest.mark.parametrize(
    "pack",
    [lambda c: c, gzip.compress, bz2.compress, lzma.compress],
    ids=["plain", "gzip", "bzip2", "xz"],
)
def test_a_tar_file_is_read_however_it_is_compressed(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    artefact = unpack(written(tmp_path / "tool.tar", pack(tar_of(FILES))))

    assert artefact.form is Form.TAR
    assert {p: artefact.read(p) for p in artefact.paths()} == FILES


@pytest.mark.parametrize(
    ("files", "form"),
    [
        ({"tool/a.py": b""}, Form.ZIP),
        ({"tool.py": b"", "tool-1.dist-info/WHEEL": b""}, Form.WHEEL),
        ({"META-INF/MANIFEST.MF": b"", "a/B.class": b""}, Form.JAR),
        ({"AndroidManifest.xml": b"", "META-INF/MANIFEST.MF": b""}, Form.ANDROID),
    ],
)
def test_the_form_is_told_by_what_is_inside(
    tmp_path: Path, files: dict[str, bytes], form: Form
) -> None:
    artefact = unpack(written(tmp_path / "x.bin", zip_of(files)))

    assert artefact.form is form
    assert artefact.paths() == tuple(sorted(files))


def test_an_alpine_package_is_one_archive_after_the_other(tmp_path: Path) -> None:
    parts = ({".SIGN.RSA.key": b"s"}, {".PKGINFO": b"p"}, {"usr/bin/tool": b"t"})
    content = b"".join(gzip.compress(tar_of(part)) for part in parts)

    artefact = unpack(written(tmp_path / "tool.apk", content))

    assert artefact.form is Form.ALPINE
    assert artefact.paths() == (".PKGINFO", ".SIGN.RSA.key", "usr/bin/tool")


def test_a_debian_package_tells_its_files_and_its_control_files(tmp_path: Path) -> None:
    content = deb_of({"./usr/bin/tool": b"t"}, {"./control": b"Package: tool\n"})

    artefact = unpack(written(tmp_path / "tool.deb", content))

    assert artefact.form is Form.DEB
    assert artefact.paths() == ("DEBIAN/control", "usr/bin/tool")
    assert artefact.read("DEBIAN/control") == b"Package: tool\n"


LOWER = tar_of({"etc/a": b"old", "etc/b": b"b", "opt/x/y": b"y"})
UPPER = tar_of({"etc/a": b"new", "etc/.wh.b": b"", "opt/x/.wh..wh..opq": b""})


def test_layers_of_an_image_lie_over_one_another(tmp_path: Path) -> None:
    folder = laid_out(tmp_path / "image", image_of(LOWER, gzip.compress(UPPER)))

    artefact = unpack(folder)

    assert artefact.form is Form.OCI
    assert {p: artefact.read(p) for p in artefact.paths()} == {"etc/a": b"new"}


def test_an_image_may_come_packed(tmp_path: Path) -> None:
    packed = tar_of(image_of(LOWER, gzip.compress(UPPER)))

    artefact = unpack(written(tmp_path / "image.tar", packed))

    assert {p: artefact.read(p) for p in artefact.paths()} == {"etc/a": b"new"}


@pytest.mark.parametrize("name", [".usr", "usr."])
def test_a_file_takes_nothing_away_but_what_has_its_name(
    tmp_path: Path, name: str
) -> None:
    """Proves that a layer cannot hide a folder by a name that is almost its own."""
    image = image_of(
        tar_of({"usr/a": b"a", name: b"old"}), tar_of({f"./{name}": b"new"})
    )

    artefact = unpack(laid_out(tmp_path, image))

    assert {p: artefact.read(p) for p in artefact.paths()} == {
        "usr/a": b"a",
        name: b"new",
    }
    assert artefact.left_out == ()


def test_a_file_over_a_folder_takes_away_what_was_below(tmp_path: Path) -> None:
    image = image_of(tar_of({"a/b/c": b"1", "a/d": b"2"}), tar_of({"a/b": b"3"}))

    artefact = unpack(laid_out(tmp_path, image))

    assert artefact.paths() == ("a/b", "a/d")


def test_an_emptied_folder_keeps_what_its_own_layer_brings(tmp_path: Path) -> None:
    """Proves that a layer cannot hide its own files behind a mark for those below."""
    upper = tar_of({"usr/new": b"new", "usr/.wh..wh..opq": b""})

    artefact = unpack(laid_out(tmp_path, image_of(tar_of({"usr/old": b""}), upper)))

    assert artefact.paths() == ("usr/new",)


def test_a_many_files_of_an_image_are_laid_down_once(
    tmp_path: Path,
) -> None:
    """Proves that not every file is held against every other one."""
    files = {f"{n % 1_000}/{n}": b"" for n in range(20_000)}

    artefact = unpack(laid_out(tmp_path, image_of(tar_of(files))))

    assert len(artefact.paths()) == 20_000


def test_images_that_are_not_read_are_told(tmp_path: Path) -> None:
    """Proves that of an index with an image for each platform one is not them all."""
    image = image_of(tar_of({"a": b"a"}))
    index = json.loads(image["index.json"])
    other = {"digest": f"sha256:{'0' * 64}"}
    index["manifests"].append(other)
    image["index.json"] = json.dumps(index).encode()

    artefact = unpack(laid_out(tmp_path, image))

    assert artefact.paths() == ("a",)
    assert artefact.left_out == ((other["digest"], "it is another image of the index"),)


def test_a_layer_that_is_not_what_its_digest_says_is_refused(tmp_path: Path) -> None:
    files = image_of(LOWER)
    layer = next(name for name, content in files.items() if content == LOWER)

    with pytest.raises(NotAnArtefact, match="other content than its name says"):
        unpack(laid_out(tmp_path / "image", {**files, layer: UPPER}))


def test_links_in_a_layout_are_not_followed(tmp_path: Path) -> None:
    outside = written(tmp_path / "index.json", image_of(LOWER)["index.json"])
    folder = laid_out(
        tmp_path / "image", image_of(LOWER), [("index.json", str(outside))]
    )

    with pytest.raises(NotAnArtefact, match=r"lacks its file 'index\.json'"):
        unpack(folder)


def test_files_are_called_as_git_calls_them(tmp_path: Path) -> None:
    content = tar_of({"a": b"a = 1\n"})

    sha1 = unpack(written(tmp_path / "a.tar", content))
    sha256 = unpack(tmp_path / "a.tar", algorithm="sha256")

    assert [e.oid for e in sha1.entries()] == [
        _named_by_git(tmp_path, b"a = 1\n", "sha1")
    ]
    assert [e.oid for e in sha256.entries()] == [
        _named_by_git(tmp_path, b"a = 1\n", "sha256")
    ]


@pytest.mark.parametrize(
    "name", ["../../evil", "/../evil", "a/../../evil", "a\\..\\evil", ".."]
)
@pytest.mark.parametrize("pack", [tar_of, zip_of])
def test_a_name_that_leads_elsewhere_leads_nowhere(
    tmp_path: Path, name: str, pack: Callable[[dict[str, bytes]], bytes]
) -> None:
    """Proves that no name inside an archive becomes a name on this machine."""
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)

    artefact = unpack(written(folder / "x.zip", pack({name: b"evil", "good": b""})))

    assert artefact.paths() == ("good",)
    assert [why for _, why in artefact.left_out] == ["its name leads elsewhere"]
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["deep", "er", "x.zip"]


def test_an_absolute_name_is_one_inside_the_archive(tmp_path: Path) -> None:
    artefact = unpack(written(tmp_path / "x.tar", tar_of({"/etc/passwd": b"x"})))

    assert artefact.paths() == ("etc/passwd",)


def test_symbolic_links_are_noted_and_not_followed(tmp_path: Path) -> None:
    """Proves that a link shows nothing of this machine."""
    content = tar_of({"a": b"a"}, member("link", tarfile.SYMTYPE, "/etc/passwd"))

    artefact = unpack(written(tmp_path / "x.tar", content))

    assert artefact.paths() == ("a",)
    assert [(e.kind, e.oid) for e in artefact.entries()][1] == (
        EntryKind.SYMLINK,
        _named_by_git(tmp_path, b"/etc/passwd", "sha1"),
    )


def test_a_second_name_of_a_file_is_left_out(tmp_path: Path) -> None:
    """Proves that a hard link shows nothing of another member, or of this machine."""
    content = tar_of({"a": b"a"}, member("b", tarfile.LNKTYPE, "/etc/passwd"))

    artefact = unpack(written(tmp_path / "x.tar", content))

    assert artefact.paths() == ("a",)
    assert artefact.left_out == (("b", "it is a second name of another file"),)


@pytest.mark.parametrize("kind", [tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE])
def test_pipes_and_devices_are_left_out(tmp_path: Path, kind: bytes) -> None:
    content = tar_of({"a": b"a"}, member("odd", kind))

    artefact = unpack(written(tmp_path / "x.tar", content))

    assert artefact.left_out == (("odd", "it is no regular file"),)


def test_the_first_of_two_entries_of_one_name_stands_and_the_other_is_told(
    tmp_path: Path,
) -> None:
    content = tar_of({"./a": b"first", "a": b"second"})

    artefact = unpack(written(tmp_path / "x.tar", content))

    assert artefact.read("a") == b"first"
    assert artefact.left_out == (("a", "an entry of this name came before; it stands"),)


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(tar_of({"zeros": bytes(3_000_000)})),
        zip_of({"zeros": bytes(3_000_000)}),
        tar_of(image_of(gzip.compress(tar_of({"zeros": bytes(3_000_000)})))),
    ],
    ids=["tar", "zip", "image"],
)
def test_a_bomb_is_put_away_before_it_goes_off(tmp_path: Path, content: bytes) -> None:
    """Proves that bytes are counted as they come, whatever a header says."""
    bounds = Bounds(bytes=1_000_000)

    with pytest.raises(TooMuchInside, match="more than 1,000,000 bytes are inside"):
        unpack(written(tmp_path / "bomb", content), bounds=bounds)


def test_a_hole_of_a_terabyte_is_put_away_too(tmp_path: Path) -> None:
    """Proves that a sparse file counts as what it unpacks to."""
    content = sparse("hole", 7_000_000_000)
    bounds = Bounds(bytes=1_000_000)

    with pytest.raises(TooMuchInside, match="more than 1,000,000 bytes are inside"):
        unpack(written(tmp_path / "hole.tar", content), bounds=bounds)


def test_a_sparse_file_is_its_content_holes_included(tmp_path: Path) -> None:
    artefact = unpack(written(tmp_path / "x.tar", sparse("hole", 5_000)))

    assert artefact.read("hole") == bytes(5_000)


def test_a_name_that_is_no_utf_8_stays_what_it_is(tmp_path: Path) -> None:
    """Proves that an odd name neither ends the reading nor becomes another's name."""
    names = {"caf\udce9": b"1", "caf\N{LATIN SMALL LETTER E WITH ACUTE}": b"2"}

    artefact = unpack(written(tmp_path / "x.tar", tar_of(names)))

    assert [(e.path, e.is_utf8, artefact.read(e.path)) for e in artefact.entries()] == [
        ("caf\\xe9", False, b"1"),
        ("caf\N{LATIN SMALL LETTER E WITH ACUTE}", True, b"2"),
    ]


@pytest.mark.parametrize("pack", [lambda c: c, gzip.compress], ids=["plain", "gzip"])
@pytest.mark.parametrize("what", [b"junk" * 128, b"short", b"\0" * 100 + b"x"])
def test_an_archive_that_is_damaged_after_some_files_is_refused(
    tmp_path: Path, what: bytes, pack: Callable[[bytes], bytes]
) -> None:
    """Proves that what other programs read on for is not said to be all there is."""
    first = tar_of({"a": b"a"})[:1_024]
    content = pack(
        first + what + tar_of({"hidden": b""})[: 0 if len(what) < 512 else 9_999]
    )

    with pytest.raises(NotAnArtefact, match="damaged"):
        unpack(written(tmp_path / "x.tar", content))


def test_an_archive_may_end_without_a_mark(tmp_path: Path) -> None:
    first = tar_of({"a": b"a"})[:1_024]

    assert unpack(written(tmp_path / "x.tar", first)).paths() == ("a",)


def test_a_name_that_no_disk_takes_is_left_out_and_cut(tmp_path: Path) -> None:
    """Proves that names, which compress well, do not fill the memory."""
    content = tar_of({"a": b"a", "x/" * 200_000 + "y": b""})

    artefact = unpack(written(tmp_path / "x.tar", content))

    assert artefact.paths() == ("a",)
    assert [(len(n), why) for n, why in artefact.left_out] == [
        (4_096, "its name is longer than a disk takes")
    ]


def test_a_link_in_a_zip_file_is_noted_and_not_followed(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")

    artefact = unpack(written(tmp_path / "x.zip", made.getvalue()))

    assert artefact.paths() == ()
    assert [e.kind for e in artefact.entries()] == [EntryKind.SYMLINK]


def test_a_file_below_a_link_is_a_file_in_the_archive_alone(tmp_path: Path) -> None:
    """Proves that a link to a folder elsewhere takes no file there (zip slip)."""
    content = tar_of({}, member("a", tarfile.SYMTYPE, str(tmp_path)))[:512]
    content += tar_of({"a/evil": b"evil"})

    artefact = unpack(written(tmp_path / "x.tar", content))

    assert artefact.read("a/evil") == b"evil"
    assert [p.name for p in tmp_path.iterdir()] == ["x.tar"]


def test_a_million_empty_files_are_too_many(tmp_path: Path) -> None:
    content = tar_of({f"{n}": b"" for n in range(100)})

    with pytest.raises(TooMuchInside, match="more than 50 files are inside"):
        unpack(written(tmp_path / "many", content), bounds=Bounds(files=50))


def test_a_header_that_claims_to_be_a_gigabyte_long_is_not_read(tmp_path: Path) -> None:
    """Proves that a pax header cannot take the memory of this machine."""
    header = tarfile.TarInfo("x")
    header.type = tarfile.XHDTYPE
    header.size = 1_000_000_000
    content = header.tobuf(tarfile.USTAR_FORMAT) + bytes(2_048)

    with pytest.raises(NotAnArtefact, match="a header claims to be"):
        unpack(written(tmp_path / "x.tar", content))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no archive at all, only words",
        b"PK\x03\x04" + bytes(30),
        b"!<arch>\n" + b"x" * 60,
        gzip.compress(tar_of(FILES))[:60],
        b"\x28\xb5\x2f\xfd" + bytes(20),
        lzma.compress(tar_of(FILES))[:40],
    ],
    ids=["empty", "words", "zip", "ar", "cut gzip", "zstd", "cut xz"],
)
def test_what_is_no_archive_is_named_in_one_sentence(
    tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(NotAnArtefact) as refused:
        unpack(written(tmp_path / "thing.bin", content))

    assert "thing.bin" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_nothing_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr("tempfile.tempdir", None)

    artefact = unpack(written(tmp_path / "x.tar", tar_of(FILES)))

    assert os.listdir(scratch) == []  # noqa: PTH208 - a name is all that would be there
    assert artefact.read("tool-1.0/a.py") == b"a = 1\n"


def _named_by_git(folder: Path, content: bytes, algorithm: str) -> str:
    place = folder / algorithm
    subprocess.run(
        ["git", "init", "-q", f"--object-format={algorithm}", str(place)], check=True
    )
    done = subprocess.run(
        ["git", "-C", str(place), "hash-object", "--stdin"],
        input=content,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().strip()
