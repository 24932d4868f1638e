# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Bad input gets one clear sentence and the status that docs/bad-input.md names."""

import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ossay.register.schema import HEAD
from ossay.shipped import pack_names
from tests.cases import git, repository
from tests.cli.conftest import Ossay, Said
from tests.conftest import UsedHome
from tests.hardship import NOBODY, offline, on_disk
from tests.source.server import Server, serve

ONE_TRY = (
    "from ossay import cli, engine; engine.InlineEngine.WAITS = (None,); cli.main()"
)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return repository(tmp_path / "good")


@pytest.fixture
def forge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serve(tmp_path) as server:
        hosts = ",".join(server.access.allowed_hosts)
        monkeypatch.setenv("OSSAY_ALLOWED_HOSTS", hosts)
        yield server


def assert_said(said: Said, status: int, sentence: str) -> None:
    """Hold all that was said to a person against *sentence*."""
    assert (said.status, said.err) == (status, f"ossay: {sentence}\n")


@pytest.fixture
def home(tmp_path: Path, used_home: UsedHome) -> Path:
    return used_home(tmp_path / "home")


def in_a_process(
    home: Path,
    *arguments: object,
    within: tuple[str, ...] = (),
    first: Callable[[], None] | None = None,
) -> Said:
    """Call ossay in a process of its own, with less than it is used to."""
    done = subprocess.run(
        [*within, sys.executable, "-c", ONE_TRY, *map(str, arguments)],
        env={"OSSAY_HOME": str(home), "PATH": os.defpath},
        preexec_fn=first,
        capture_output=True,
        text=True,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def test_a_folder_that_is_no_repository(ossay: Ossay, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()

    said = ossay("assess", papers)

    assert_said(
        said,
        3,
        f"cannot read '{papers}': neither it nor a folder above is a repository; "
        "give the folder of a git repository, or the address of one",
    )


def test_neither_folder_nor_address(ossay: Ossay) -> None:
    assert_said(
        ossay("assess", "nothing-here"),
        3,
        "cannot assess 'nothing-here': there is no such folder, and it is no address; "
        "give a folder that is there, or an address that begins with https://",
    )


def test_an_empty_repository(ossay: Ossay, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    git(empty, "init", "-q")

    said = ossay("assess", empty)

    assert_said(
        said,
        3,
        f"cannot assess {empty}: it is empty: there is no commit yet; "
        "try again once there is one",
    )


def test_an_empty_repository_on_a_server(
    ossay: Ossay, forge: Server, tmp_path: Path
) -> None:
    git(tmp_path, "init", "-q", "--bare", "empty.git")

    said = ossay("assess", forge.url("empty.git"))

    assert_said(
        said,
        3,
        f"cannot assess {forge.url('empty.git')}: it is empty, or what answers there "
        "is no git repository; give the address one would clone",
    )


def test_no_such_host(home: Path) -> None:
    address = "https://no-such-host.invalid/a.git"

    said = in_a_process(home, "assess", address, within=offline())

    assert_said(
        said,
        75,
        f"cannot fetch {address}: no such host 'no-such-host.invalid' (Temporary "
        "failure in name resolution); check the address, and that this machine is "
        "online",
    )


def test_a_server_that_asks_for_a_password(ossay: Ossay, forge: Server) -> None:
    address = forge.url("good", "locked")

    assert_said(
        ossay("assess", address),
        75,
        f"cannot fetch {address}: the server asked for a password; "
        "check that the repository exists and is public",
    )


def test_an_address_where_no_repository_is(ossay: Ossay, forge: Server) -> None:
    address = forge.url("nothing-here")

    assert_said(
        ossay("assess", address),
        3,
        f"cannot fetch {address}: there is no repository at this address (not found); "
        "check its spelling",
    )


@pytest.mark.parametrize("manner", ["moved", "elsewhere", "inward"])
def test_a_server_that_sends_us_on(ossay: Ossay, forge: Server, manner: str) -> None:
    address = forge.url("good", manner)

    assert_said(
        ossay("assess", address),
        75,
        f"cannot fetch {address}: the server sent us on to another address; "
        "give that address instead",
    )


HELPERS = "remote helpers such as 'ext::' run programs; use https"
PRIVATE = (
    "'{0}' is at {0}, which is not a public address; "
    "name '{0}:443' in OSSAY_ALLOWED_HOSTS if it is meant"
)
SSH = (
    "ssh to 'example.org' is not configured; "
    "use https, or name 'example.org' in OSSAY_SSH_HOSTS"
)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("ext::sh", HELPERS),
        ("ext::sh -c id", HELPERS),
        ("fd::7", HELPERS),
        (
            "file:///etc",
            "no address may name a folder of this machine; "
            "use https, or on the command line the folder's own path",
        ),
        ("git://example.org/a.git", "'git' is not spoken here; use https"),
        ("git@example.org:a.git", SSH),
        (
            "http://example.org/a.git",
            "plain http can be altered on the way; "
            "use https, or name 'example.org:80' in OSSAY_ALLOWED_HOSTS",
        ),
        ("https://127.0.0.1/a.git", PRIVATE.format("127.0.0.1")),
        ("https://10.0.0.1/a.git", PRIVATE.format("10.0.0.1")),
        ("https://169.254.169.254/a.git", PRIVATE.format("169.254.169.254")),
    ],
)
def test_a_forbidden_protocol_or_place(ossay: Ossay, address: str, why: str) -> None:
    assert_said(ossay("assess", address), 2, f"cannot go to {address!r}: {why}")


def test_a_password_in_an_address_is_refused_and_not_repeated(ossay: Ossay) -> None:
    assert_said(
        ossay("assess", "https://me:secret@example.org/a.git"),
        2,
        "cannot go to 'https://example.org/a.git': it holds a user name or password; "
        "give it without, if it is public",
    )


def test_a_ref_that_does_not_exist(ossay: Ossay, good: Path) -> None:
    assert_said(
        ossay("assess", good, "--ref", "nope"),
        3,
        f"cannot assess {good}: there is no ref 'nope'; there are for example 'main'",
    )


def test_a_last_day_that_is_no_date(ossay: Ossay, good: Path) -> None:
    site = ("https://demo.example.org", "Ministry", "head of IT", "soon")

    said = ossay("assess", good, "--site", *site)

    assert said.status == 2
    assert "the last day of --site is a date such as 2027-03-31" in said.err


def test_an_unknown_pack(ossay: Ossay, good: Path) -> None:
    assert_said(
        ossay("assess", good, "--pack", "nope"),
        2,
        f"there is no policy pack 'nope'; there are: {', '.join(pack_names())}",
    )


def test_a_broken_pack_with_all_its_faults(
    ossay: Ossay, good: Path, tmp_path: Path
) -> None:
    pack = tmp_path / "pack.yaml"
    pack.write_text("name: x\nrules:\n  - id: A-1\n    id: A-2\n    levle: must\n")

    said = ossay("assess", good, "--pack", pack)

    first, *faults = said.err.splitlines()
    assert said.status == 2
    assert first == f"ossay: cannot use {pack} as a policy pack:"
    assert len(faults) == 13
    assert (
        f"  {pack}:4: rule A-1: 'id' a second time; expected each name once" in faults
    )


def test_a_folder_for_results_that_is_a_file(
    ossay: Ossay, good: Path, tmp_path: Path
) -> None:
    out = tmp_path / "file" / "memo"
    out.parent.touch()

    said = ossay("assess", good, "--out", out)

    assert_said(
        said,
        73,
        f"cannot write '{out}/memo.html': Not a directory; "
        "make room or choose another folder with --out",
    )


def test_a_folder_for_results_on_a_read_only_disk(
    good: Path, home: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()

    said = in_a_process(
        home,
        *("assess", good, "--out", disk / "memo"),
        within=on_disk(disk, "ro"),
    )

    assert_said(
        said,
        73,
        f"cannot write '{disk}/memo/memo.html': Read-only file system; "
        "make room or choose another folder with --out",
    )


def test_a_full_disk_for_the_results(good: Path, home: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()

    said = in_a_process(
        home,
        *("assess", good, "--out", disk / "memo"),
        within=on_disk(disk, "size=20k"),
    )

    assert_said(
        said,
        73,
        f"cannot write '{disk}/memo/memo.html': No space left on device; "
        "make room or choose another folder with --out",
    )


def test_a_full_disk_for_the_register(good: Path, tmp_path: Path) -> None:
    home = tmp_path / "disk" / "home"
    home.parent.mkdir()

    said = in_a_process(home, "assess", good, within=on_disk(home.parent, "size=500k"))

    assert_said(
        said,
        73,
        f"cannot write to the register in '{home}': no space is left there; what was "
        "kept before is unharmed; make room or permit writing, then run the same "
        "command again",
    )


def test_a_limit_on_the_size_of_files(home: Path, tmp_path: Path) -> None:
    large = {"large.txt": b"Copyright 2020 Ada\n" * 60_000}
    source = repository(tmp_path / "large", large)
    out = tmp_path / "memo"

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    said = in_a_process(home, "assess", source, "--out", out, first=limit)

    assert_said(
        said,
        73,
        f"cannot write to the register in '{home}': writing failed (disk full, "
        "file-size limit or failing disk); what was kept before is unharmed; make room "
        "or permit writing, then run the same command again",
    )
    assert not list(tmp_path.glob("memo/*"))


def test_a_register_that_cannot_be_written_to(
    ossay: Ossay, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "file"
    home.touch()
    monkeypatch.setenv("OSSAY_HOME", str(home))

    assert_said(
        ossay("assess", good),
        73,
        f"cannot write to the register in '{home}': it is a file; what was kept before "
        "is unharmed; make room or permit writing, then run the same command again",
    )


def test_a_register_from_a_newer_version(
    ossay: Ossay, good: Path, tmp_path: Path
) -> None:
    assert ossay("assess", good).status == 0
    register = tmp_path / "home" / "register.db"
    with sqlite3.connect(register) as database:
        database.execute("UPDATE alembic_version SET version_num = '0999'")

    said = ossay("assess", good)

    assert_said(
        said,
        1,
        f"the register '{register}' was written by a later ossay (its tables are "
        f"'0999', this one knows '{HEAD}'); update ossay, or choose another folder",
    )


def test_a_file_that_a_partial_clone_lacks(
    ossay: Ossay, good: Path, tmp_path: Path
) -> None:
    git(good, "config", "uploadpack.allowFilter", "true")
    partial = tmp_path / "partial.git"
    git(
        tmp_path,
        "clone",
        "-q",
        "--bare",
        "--filter=blob:none",
        good.as_uri(),
        str(partial),
    )

    said = ossay("assess", partial, "--format", "human")

    memo = (tmp_path / "here" / "memo" / "memo.txt").read_text()
    assert (said.status, said.err) == (0, "")
    assert memo.startswith("good: Cannot decide yet")
    assert "LICENSE: it is missing from the repository" in memo


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_repository_of_another_user(ossay: Ossay, good: Path, tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    git(good, "config", "core.fsmonitor", f"touch {proof}")
    for path in (good, *good.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)

    said = ossay("assess", good)

    assert (said.status, said.err) == (0, "")
    assert not proof.exists()


def test_a_setting_that_cannot_be_meant(
    ossay: Ossay, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OSSAY_CLONE_SECONDS", "soon")

    assert_said(
        ossay("assess", good),
        2,
        "setting OSSAY_CLONE_SECONDS must be a whole number above 0, got 'soon'",
    )


def test_a_judgement_that_is_not_there(ossay: Ossay) -> None:
    assert_said(
        ossay("show", "abcdef12"),
        2,
        "the register holds no judgement whose digest begins with 'abcdef12'",
    )


SBOMS = [
    ("{", "it is no valid JSON (Expecting property name enclosed in double quotes"),
    ("hello", "it is neither SPDX nor CycloneDX; nothing was kept"),
    ('{"bomFormat": "CycloneDX", "specVersion": "9"}', "it calls itself 'CycloneDX 9'"),
    ("{" + " " * 8_000_000, "it is larger than 8,000,000 bytes"),
    ('<!DOCTYPE b [<!ENTITY a "a">]><b>&a;</b>', "it declares a document type of its"),
    ('{"a": ' * 200 + "1" + "}" * 200, "it is nested more than 100 levels deep"),
    ('{"a": 1, "a": 2}', "it has the key 'a' twice in one place"),
    ('{"a": NaN}', "it is no valid JSON (NaN is no number)"),
]


@pytest.mark.parametrize(("content", "says"), SBOMS)
@pytest.mark.parametrize("command", ["assess", "check"])
def test_a_file_that_is_no_sbom(
    ossay: Ossay, good: Path, tmp_path: Path, command: str, content: str, says: str
) -> None:
    bom = tmp_path / "bom.json"
    bom.write_text(content)

    said = ossay(command, good, "--sbom", bom)

    assert said.status == 2
    assert said.err.startswith(f"ossay: cannot take the SBOM '{bom}': {says}")
    assert said.err.endswith("; nothing was kept\n")
    assert said.err.count("\n") == 1
    assert not (tmp_path / "here" / "memo").exists()


def test_an_sbom_of_another_software(ossay: Ossay, good: Path, tmp_path: Path) -> None:
    bom = tmp_path / "bom.json"
    bom.write_text(
        '{"bomFormat": "CycloneDX", "specVersion": "1.6",'
        ' "metadata": {"component": {"name": "library"}}}'
    )

    said = ossay("assess", good, "--sbom", bom)

    memo = (tmp_path / "here" / "memo" / "memo.md").read_text()
    assert said.status == 0
    assert "nothing confirms that this is the software assessed" in memo


def test_an_sbom_with_two_addresses_or_a_product_of_two_parts(
    ossay: Ossay, good: Path, tmp_path: Path
) -> None:
    bom, product = tmp_path / "bom.json", tmp_path / "product.yaml"
    bom.write_text("{}")
    product.write_text(
        "name: Births\nuse: network-service\nparts:\n"
        f"  - {{name: server, source: {good}}}\n  - {{name: docs, source: {good}}}\n"
    )

    addresses = ossay("assess", good, good, "--sbom", bom)
    parts = ossay("assess", "--product", product, "--sbom", bom)

    assert [addresses.status, parts.status] == [2, 2]
    assert "give one address with --sbom" in addresses.err
    assert "name the SBOM of each part in 'product.yaml' (sboms)" in parts.err


def test_an_sbom_that_a_product_file_names_and_is_not_there(
    ossay: Ossay, good: Path, tmp_path: Path
) -> None:
    product = tmp_path / "product.yaml"
    product.write_text(
        "name: Births\nuse: network-service\nparts:\n"
        f"  - {{name: server, source: {good}, sboms: [gone.json]}}\n"
    )

    assert_said(
        ossay("assess", "--product", product),
        2,
        f"cannot take the SBOM '{tmp_path}/gone.json': No such file or directory",
    )


def test_a_language_that_is_none(ossay: Ossay, good: Path, tmp_path: Path) -> None:
    said = (
        "cannot look for the language 'Arabic': it is no language tag (BCP 47) that is "
        "known here; give one such as ar, sw, pt-BR or zh-Hant"
    )
    product = tmp_path / "product.yaml"
    product.write_text(
        "name: Births\nuse: network-service\nlanguages: [Arabic]\nparts:\n"
        f"  - {{name: server, source: {good}}}\n"
    )

    assert_said(ossay("assess", good, "--language", "Arabic"), 2, said)
    assert_said(ossay("assess", "--product", product), 2, said)
