# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a released file brings is told by what is inside; what is not told is said."""

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from ossay.artefacts import components_inside, unpack
from ossay.artefacts.inside import jars
from ossay.artefacts.inside.binaries import go_told
from ossay.model.artefacts import Inside
from ossay.model.components import Completeness, Scope
from ossay.model.evidence import Tool
from ossay.model.toolbox import Said, ToolSilent
from ossay.model.tree import Tree
from ossay.sandbox.toolbox import Tools
from tests.artefacts.making import Files, deb_of, image_of, tar_of, written, zip_of
from tests.tools import NoVisits

MODULES = (
    "path\texample.org/tool\nmod\texample.org/tool\t(devel)\t\n"
    "dep\tgolang.org/x/sys\tv0.5.0\th1:x\n"
    "dep\texample.org/old\tv1.0.0\n=>\texample.org/fork\tv1.0.1\th1:y\n"
)
JAR = "META-INF/maven/org.example/{0}/pom.properties"


class Says(NoVisits):
    """A toolbox with one tool, which says *text*."""

    def __init__(self, text: str | ToolSilent) -> None:
        self._text = text
        self.asked: list[str] = []

    def tool(self, name: str) -> Tool:
        return Tool(name=name, version="1")

    def version(self, name: str) -> str:
        return "0" * 64

    def ask(self, name: str, question: str, tree: Tree, paths: Iterable[str]) -> Said:
        self.asked += [name, question, *paths]
        if isinstance(self._text, ToolSilent):
            raise self._text
        return Said(text=self._text.encode())

    def is_settled(self) -> bool:
        return True


def inside(
    folder: Path, content: bytes, name: str = "tool.zip", toolbox: Says | None = None
) -> Inside:
    file = written(folder / name, content)
    return components_inside(unpack(file), name, toolbox)  # type: ignore[arg-type] # digests are strings


def properties(name: str, version: str) -> bytes:
    return (
        f"#made\ngroupId=org.example\nartifactId={name}\nversion={version}\n".encode()
    )


def test_a_wheel_tells_what_it_is_what_it_asks_for_and_what_it_carries(
    tmp_path: Path,
) -> None:
    wheel = {
        "tool-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\n",
        "tool-1.0.dist-info/METADATA": b"Name: Tool\nVersion: 1.0\n"
        b"Requires-Dist: click (>=8)\nRequires-Dist: idna==3.4\n"
        b"Requires-Dist: pytest; extra == 'test'\n",
        "tool/_vendor/six-1.16.dist-info/METADATA": b"Name: six\nVersion: 1.16\n"
        b"License-Expression: MIT\nRequires-Dist: never\n",
    }

    found = inside(tmp_path, zip_of(wheel))

    assert found.itself == ("pkg:pypi/tool@1.0",)
    assert [(c.purl, c.licence) for c in found.contained] == [
        ("pkg:pypi/six@1.16", "MIT")
    ]
    assert [(c.purl, c.scope) for c in found.asked_for] == [
        ("pkg:pypi/click", Scope.RUNTIME),
        ("pkg:pypi/idna@3.4", Scope.RUNTIME),
        ("pkg:pypi/pytest", Scope.UNKNOWN),
    ]
    assert found.completeness == (("pypi", Completeness.VERSIONS_UNRESOLVED),)


def test_an_npm_package_tells_what_it_bundles_and_what_it_asks_for(
    tmp_path: Path,
) -> None:
    asks = {"dependencies": {"@a/b": "1.2.3", "left-pad": "^1"}}
    package = {
        "package/package.json": json.dumps(
            {"name": "tool", "version": "2.0.0", **asks, "devDependencies": {"x": "1"}}
        ).encode(),
        "package/node_modules/left-pad/package.json": b'{"name": "left-pad", '
        b'"version": "1.3.0", "license": "WTFPL"}',
        "package/node_modules/left-pad/esm/package.json": b'{"type": "module"}',
        "package/node_modules/odd/package.json": b"{",
    }

    found = inside(tmp_path, tar_of(package), "tool.tgz")

    assert found.itself == ("pkg:npm/tool@2.0.0",)
    assert [c.purl for c in found.contained] == ["pkg:npm/left-pad@1.3.0"]
    assert [c.purl for c in found.asked_for] == ["pkg:npm/%40a/b@1.2.3"]
    assert [(i.subject, i.note) for i in found.left_out] == [
        ("package/node_modules/odd/package.json", "it could not be read")
    ]


def test_a_jar_tells_what_was_built_into_it_and_what_jars_it_holds(
    tmp_path: Path,
) -> None:
    innermost = zip_of({JAR.format("deep"): properties("deep", "3")})
    lib = zip_of({JAR.format("lib"): properties("lib", "2"), "x/deep-3.jar": innermost})
    plain = zip_of(
        {
            "META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\r\n"
            b"Bundle-Version: 4.\r\n 5\r\n"
        }
    )
    silent = zip_of({"A.class": b""})
    jar = {
        "META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\n",
        JAR.format("app"): properties("app", "1"),
        JAR.format("shaded"): properties("shaded", "9"),
        "BOOT-INF/lib/lib-2.jar": lib,
        "BOOT-INF/lib/plain-4.5.jar": plain,
        "BOOT-INF/lib/silent.jar": silent,
        "BOOT-INF/lib/odd.jar": b"PK\x03\x04odd",
    }

    found = inside(tmp_path, zip_of(jar), "app-1.jar")

    assert found.itself == ("pkg:maven/org.example/app@1",)
    assert [c.purl for c in found.contained] == [
        "pkg:generic/plain@4.5",
        "pkg:maven/org.example/deep@3",
        "pkg:maven/org.example/lib@2",
        "pkg:maven/org.example/shaded@9",
    ]
    assert [(i.subject, i.note) for i in found.left_out] == [
        ("BOOT-INF/lib/odd.jar", "it is damaged"),
        ("BOOT-INF/lib/silent.jar", "it does not tell what it is"),
    ]


def test_jars_in_jars_without_end_come_to_an_end(tmp_path: Path) -> None:
    """Proves that archives inside archives are followed a few deep and no more."""
    content = zip_of({"A.class": b""})
    for _ in range(20):
        content = zip_of({"x.jar": content})

    found = inside(tmp_path, content)

    assert found.contained == ()
    assert "too deep" in " ".join(i.note for i in found.left_out)


def test_a_bomb_in_a_jar_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that what a nested archive unpacks to is counted as it comes."""
    monkeypatch.setattr(jars, "LARGEST_ARCHIVE", 50_000)
    bomb = zip_of({"x.jar": bytes(5_000_000)})

    found = inside(tmp_path, zip_of({"a.jar": bomb}))

    assert [(i.subject, i.note) for i in found.left_out] == [
        ("a.jar", "it does not tell what it is"),
        ("a.jar!/x.jar", "it is too large to be read"),
    ]


def test_a_debian_package_tells_what_it_asks_for(tmp_path: Path) -> None:
    control = (
        b"Package: tool\nVersion: 1.0-1\nArchitecture: amd64\n"
        b"Depends: libc6 (>= 2.34), libtool1 (= 1.0-1), abc | b, ${odd}\n"
        b"Built-Using: zlib (= 1)\n"
    )

    found = inside(tmp_path, deb_of({}, {"./control": control}), "tool.deb")

    assert found.itself == ("pkg:deb/tool@1.0-1?arch=amd64",)
    assert [c.purl for c in found.asked_for] == [
        "pkg:deb/abc",
        "pkg:deb/libc6",
        "pkg:deb/libtool1@1.0-1",
    ]
    assert [i.note for i in found.left_out] == [
        "'${odd}' is not read",
        "it says that other packages were built into it",
    ]


def test_an_alpine_package_tells_what_it_asks_for(tmp_path: Path) -> None:
    told = (
        b"pkgname = tool\npkgver = 1-r0\narch = x86_64\nlicense = MIT\n"
        b"depend = musl>=1.2\ndepend = exact=2-r1\n"
        b"depend = so:libc.musl-x86_64.so.1\ndepend = !old\n"
    )

    found = inside(tmp_path, tar_of({".PKGINFO": told}), "tool.apk")

    assert found.itself == ("pkg:apk/tool@1-r0?arch=x86_64",)
    assert [c.purl for c in found.asked_for] == ["pkg:apk/exact@2-r1", "pkg:apk/musl"]
    assert ["so:libc.musl" in i.note for i in found.left_out] == [True]


def test_libraries_of_android_leave_their_versions(tmp_path: Path) -> None:
    package = {
        "AndroidManifest.xml": b"",
        "META-INF/androidx.core_core.version": b"1.9.0\n",
        "META-INF/androidx.odd_odd.version": b"task ':x' property 'version'\n",
        "classes.dex": b"dex\n035\0",
    }

    found = inside(tmp_path, zip_of(package), "tool.apk")

    assert [c.purl for c in found.contained] == ["pkg:maven/androidx.core/core@1.9.0"]
    assert [i.subject for i in found.left_out] == [
        "META-INF/androidx.odd_odd.version",
        "classes.dex",
    ]


def go_program(modules: str) -> bytes:
    told = b"0" * 16 + modules.encode() + b"0" * 16
    strings = b"".join(
        bytes([len(s) & 0x7F | 0x80, len(s) >> 7]) + s for s in (b"go1.20.1", told)
    )
    header = b"\xff Go buildinf:\x08\x02".ljust(32, b"\0")
    return b"\x7fELF" + bytes(60) + header + strings + bytes(100)


def test_a_program_made_with_go_tells_its_modules(tmp_path: Path) -> None:
    found = inside(tmp_path, tar_of({"bin/tool": go_program(MODULES)}), "tool.tar")

    assert [c.purl for c in found.contained] == [
        "pkg:golang/example.org/fork@v1.0.1",
        "pkg:golang/golang.org/x/sys@v0.5.0",
        "pkg:golang/stdlib@1.20.1",
    ]
    assert found.left_out == ()


def test_compiled_code_that_tells_nothing_is_said_to(tmp_path: Path) -> None:
    found = inside(tmp_path, tar_of({"bin/tool": b"\x7fELF" + bytes(99)}), "tool.tar")

    assert [i.note for i in found.left_out] == [
        "it is a program or library of Linux; what was built into it is told nowhere"
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lib/tool.whl", zip_of({"a": b""})),
        ("data", zip_of({"a": b""})),
        ("vendor/tool-1.0.tar.gz", b"\x1f\x8bxx"),
        ("vendor/tool.tgz", b"\x1f\x8bxx"),
        ("vendor/tool.gem", tar_of({"a": b""})),
        ("vendor/tool.crate", b"\x1f\x8bxx"),
        ("tool.7z", b"7z\xbc\xaf\x27\x1cxx"),
    ],
)
def test_an_archive_inside_that_is_not_read_is_said_to_be(
    tmp_path: Path, name: str, content: bytes
) -> None:
    """Proves that what nobody looked into is not said to bring nothing."""
    found = inside(tmp_path, tar_of({name: content}), "tool.tar")

    assert [(i.subject, i.note) for i in found.left_out] == [
        (name, "it is an archive, and not read")
    ]


def test_an_archive_in_a_jar_that_is_inside_is_said_not_to_be_read(
    tmp_path: Path,
) -> None:
    war = zip_of({"META-INF/MANIFEST.MF": b"", "data/more.zip": b"PK"})

    found = inside(tmp_path, tar_of({"shop-1.0.war": war}), "tool.tar")

    assert [i.subject for i in found.left_out] == ["shop-1.0.war!/data/more.zip"]


def test_a_compressed_manual_is_no_archive(tmp_path: Path) -> None:
    found = inside(tmp_path, tar_of({"man/tool.1.gz": b"\x1f\x8bxx"}), "tool.tar")

    assert found.left_out == ()


@pytest.mark.parametrize(
    "tail", [b"", b"\x80" * 20, b"\xff" * 9 + b"\x01", b"\x01a\xff\xff\xff\xff\x7f"]
)
def test_a_program_with_a_broken_note_of_go_tells_nothing(tail: bytes) -> None:
    header = b"\xff Go buildinf:\x08\x02".ljust(32, b"\0")

    assert go_told(header + tail) == ("", "")


DPKG = b"Package: bash\nStatus: install ok installed\nVersion: 5.2-1\n"
IMAGE = tar_of({"var/lib/dpkg/status": DPKG, "etc/debian_version": b"12.1\n"})


def test_the_package_database_of_an_image_is_read_by_trivy(tmp_path: Path) -> None:
    said = {
        "Results": [
            {
                "Target": "debian",
                "Class": "os-pkgs",
                "Packages": [
                    {
                        "Name": "bash",
                        "Identifier": {"PURL": "pkg:deb/debian/bash@1%3A5.2-1"},
                        "Version": "5.2",
                        "Release": "1",
                        "Epoch": 1,
                        "Arch": "amd64",
                        "AnalyzedBy": "dpkg",
                    }
                ],
            }
        ]
    }
    trivy = Says(json.dumps(said))

    found = inside(tmp_path, tar_of(image_of(IMAGE)), "image.tar", trivy)

    assert [c.purl for c in found.contained] == [
        "pkg:deb/debian/bash@1:5.2-1?arch=amd64"
    ]
    assert found.contained[0].found_in == ("var/lib/dpkg/status",)
    assert trivy.asked == [
        *("trivy", "installed", "var/lib/dpkg/status", "etc/debian_version")
    ]


@pytest.mark.parametrize(
    "toolbox",
    [
        None,
        Says(ToolSilent("trivy is not here")),
        Says("{}"),
        Says('{"Results": [{"Class": "os-pkgs", "Packages": [{}]}]}'),
        Says('{"Results": 7}'),
    ],
    ids=["no tools", "silent", "nothing found", "no name", "odd"],
)
def test_a_package_database_that_nobody_read_is_named(
    tmp_path: Path, toolbox: Says | None
) -> None:
    """Proves that a tool that fails never makes an image one without components."""
    found = inside(tmp_path, tar_of(image_of(IMAGE)), "image.tar", toolbox)

    assert found.contained == ()
    assert [i.subject for i in found.left_out] == ["var/lib/dpkg/status"]


@pytest.mark.engine  # which needs a confinement to run
def test_trivy_itself_reads_the_database_of_an_image(tmp_path: Path) -> None:
    file = written(tmp_path / "image.tar", tar_of(image_of(IMAGE)))

    found = components_inside(unpack(file), "image.tar", Tools())

    assert [c.purl for c in found.contained] == ["pkg:deb/debian/bash@5.2-1"]
    assert found.left_out == ()


SPECIFICATION = b"""Gem::Specification.new do |s|
  s.name = "rake".freeze
  s.version = "13.0.6"
end
"""

PARTLY_READ: dict[str, Files] = {
    "opt/app/vendor/composer/installed.json": {
        "app/vendor/composer/installed.json": b"""{"packages":
            [{"name": "x/y", "version": "1.0.0"}]}""",
        "opt/app/vendor/composer/installed.json": b'{"packages": [',
    },
    "usr/lib/ruby/specifications/odd-1.gemspec": {
        "usr/lib/ruby/specifications/rake-13.0.6.gemspec": SPECIFICATION,
        "usr/lib/ruby/specifications/odd-1.gemspec": b"eval(File.read('x'))",
    },
    "var/lib/dpkg/status": {
        "var/lib/dpkg/status": DPKG
        + b"\nPackage: odd\nStatus: install ok installed\nVersion: !!\n"
        + b"\nPackage: gone\nStatus: deinstall ok config-files\nVersion: 1\n",
        "etc/debian_version": b"12.1\n",
    },
    "var/lib/dpkg/status.d/odd": {
        "var/lib/dpkg/status.d/base": b"Package: base\nVersion: 1\n",
        "var/lib/dpkg/status.d/base.md5sums": b"00 usr/x\n",
        "var/lib/dpkg/status.d/odd": b"Package tzdata\n",
        "etc/debian_version": b"12.1\n",
    },
    "lib/apk/db/installed": {
        "lib/apk/db/installed": b"P:musl\nV:1.2.3-r0\n\nP:odd\n\n",
        "etc/alpine-release": b"3.18.0\n",
    },
}


@pytest.mark.engine
@pytest.mark.parametrize(("odd", "files"), PARTLY_READ.items(), ids=PARTLY_READ)
def test_what_trivy_passes_over_in_silence_is_named(
    tmp_path: Path, odd: str, files: Files
) -> None:
    """Proves that one package that was read does not stand for all of them."""
    file = written(tmp_path / "image.tar", tar_of(image_of(tar_of(files))))

    found = components_inside(unpack(file), "image.tar", Tools())

    assert len(found.contained) == 1
    assert [i.subject for i in found.left_out] == [odd]


@pytest.mark.debian
def test_a_package_that_dpkg_made_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "tool"
    (folder / "DEBIAN").mkdir(parents=True)
    control = (
        "Package: tool\nVersion: 1\nArchitecture: all\nMaintainer: a\nDepends: sh\n"
    )
    (folder / "DEBIAN/control").write_text(f"{control}Description: x\n")
    made = tmp_path / "tool.deb"
    subprocess.run(
        ["dpkg-deb", "-Zxz", "--root-owner-group", "-b", folder, made],
        check=True,
        capture_output=True,
        env=os.environ | {"SOURCE_DATE_EPOCH": "0"},
    )

    found = components_inside(unpack(made), made.name, None)

    assert found.itself == ("pkg:deb/tool@1?arch=all",)
    assert [c.purl for c in found.asked_for] == ["pkg:deb/sh"]


HOSTILE: dict[str, Files] = {
    "a name that is a sentence": {
        "package/package.json": b'{"name": "' + b"x" * 999 + b'"}'
    },
    "a number for a name": {"package/package.json": b'{"name": 7, "dependencies": 8}'},
    "a list": {"package/package.json": b"[1, 2]"},
    "nested without end": {"package/package.json": b"[" * 100_000},
    "no UTF-8": {"package/package.json": b"\xff\xfe"},
    "no name": {"package/package.json": b"{}"},
}


@pytest.mark.parametrize("files", HOSTILE.values(), ids=HOSTILE)
def test_a_package_that_names_itself_badly_is_named_unread(
    tmp_path: Path, files: Files
) -> None:
    found = inside(tmp_path, tar_of(files), "tool.tgz")

    assert [i.subject for i in found.left_out] == ["package/package.json"]
