# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses: public https and what the operator allows, nothing else."""

import os
import socket
from pathlib import Path

import pytest

from ossay.source import Access, CloneRefused, Limits, fetch, remote_refs
from ossay.source.address import is_public, vet
from tests.source.repositories import make_repository

NOBODY = Access()


@pytest.mark.parametrize(
    ("source_url", "why"),
    [
        ("", "1 to 2000 characters"),
        ("https://example.org/" + "a" * 2000, "1 to 2000 characters"),
        ("-uhttps://example.org/x", "dash"),
        ("--upload-pack=touch /tmp/proof", "dash"),
        ("https://example.org/x y", "spaces"),
        ("https://example.org/x\ny", "spaces"),
        ("https://example.org/\u202etxt.x", "cannot see"),
        ("https://example.org\\@evil.example/", "backslashes"),
        ("https://example.org/x%0ay", "escaped"),
        ("https://example.org/%00", "escaped"),
        ("ext::sh -c 'touch /tmp/proof'", "remote helpers"),
        ("ext::sh", "remote helpers"),
        ("::sh", "remote helpers"),
        ("fd::17", "remote helpers"),
        ("ext://sh", "'ext' is not spoken here"),
        ("file:///etc", "folder of this machine"),
        ("git://example.org/x", "'git' is not spoken here"),
        ("ftp://example.org/x", "'ftp' is not spoken here"),
        ("/etc", "a path is no address"),
        ("../repository", "a path is no address"),
        ("http://example.org/x", "plain http"),
        ("https://example.org:8443/x", "port 8443"),
        ("https://ada@example.org/x", "user name or password"),
        ("https://ada:secret@example.org/x", "user name or password"),
        ("https://example.org/x?private_token=secret", "may hold secrets"),
        ("https://example.org/x#secret", "may hold secrets"),
        ("https:///x", "no host"),
        ("https://exa_mple.org/x", "no host name"),
        ("https://a..b/x", "no host name"),
        ("https://2130706433/x", "number"),
        ("https://0x7f.1/x", "number"),
        ("https://127.1/x", "number"),
        ("https://example.org:99999/x", "ort"),
        ("https://[::1/x", "Invalid IPv6"),
        ("https://ada:secret@[::1/x", "Invalid IPv6"),
        ("https://ada:secret@example.org/x y", "spaces"),
        ("https://example.org/x y?token=secret", "spaces"),
        ("ssh://git@example.org/x", "not configured"),
        ("ssh://-oProxyCommand=touch/x", "no host name"),
        ("git@example.org:x/y.git", "not configured"),
        ("example.org:x/y.git", "not configured"),
    ],
)
def test_what_is_no_public_https_address_is_refused(source_url: str, why: str) -> None:
    with pytest.raises(CloneRefused, match=why) as told:
        vet(source_url, NOBODY)

    assert told.value.status == 2
    assert "secret" not in str(told.value).replace("may hold secrets", "")


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 -- nothing is bound
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2001:0:7f00:1::80ff:fffe",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_addresses_that_only_we_can_reach_are_refused(address: str) -> None:
    host = f"[{address}]" if ":" in address else address

    with pytest.raises(CloneRefused, match="not a public address"):
        vet(f"https://{host}/x.git", NOBODY)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "140.82.112.3", "2606:4700::1111", "64:ff9b::101:101"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


def test_a_name_with_one_private_address_among_public_ones_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))
        for address in ("140.82.112.3", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer)

    with pytest.raises(CloneRefused, match=r"10\.0\.0\.1"):
        vet("https://rebinding.example/x", NOBODY)


@pytest.mark.parametrize(
    ("source_url", "written"),
    [
        ("https://1.1.1.1/a/b.git", "https://1.1.1.1/a/b.git"),
        ("HTTPS://1.1.1.1:443/a/b", "https://1.1.1.1/a/b"),
        ("https://[2606:4700:0::1111]/a", "https://[2606:4700::1111]/a"),
        ("https://1.1.1.1/~ada/caf%C3%A9.git", "https://1.1.1.1/~ada/caf%C3%A9.git"),
        ("https://1.1.1.1/~ada/café.git", "https://1.1.1.1/~ada/caf%C3%A9.git"),
    ],
)
def test_an_address_is_written_one_way(source_url: str, written: str) -> None:
    address = vet(source_url, NOBODY)

    assert address.url == address.public_url == written
    assert address.pinned


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("Example.ORG.", "example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
    ],
)
def test_a_host_is_named_as_it_goes_over_the_wire(
    name: str, wire: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("140.82.112.3", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer)

    address = vet(f"https://{name}/x", NOBODY)

    assert (address.host, address.pinned) == (wire, ("140.82.112.3",))
    assert address.url == f"https://{wire}/x"


def test_what_the_operator_names_may_be_private_plain_and_on_any_port() -> None:
    access = Access(allowed_hosts=frozenset({"127.0.0.1:8080"}))

    address = vet("http://127.0.0.1:8080/x", access)

    assert address.pinned == ("127.0.0.1",)
    with pytest.raises(CloneRefused):
        vet("http://127.0.0.1:8081/x", access)
    with pytest.raises(CloneRefused, match="user name or password"):
        vet("http://ada@127.0.0.1:8080/x", access)


@pytest.mark.parametrize(
    ("source_url", "url", "public_url"),
    [
        (
            "git@git.example.org:team/x.git",
            "ssh://git@git.example.org/team/x.git",
            "ssh://git.example.org/team/x.git",
        ),
        (
            "ssh://ada@git.example.org:2222/x",
            "ssh://ada@git.example.org:2222/x",
            "ssh://git.example.org:2222/x",
        ),
    ],
)
def test_ssh_goes_to_configured_hosts_and_its_user_is_not_told(
    source_url: str, url: str, public_url: str
) -> None:
    access = Access(ssh_hosts=frozenset({"git.example.org"}))

    address = vet(source_url, access)

    assert (address.url, address.public_url) == (url, public_url)


@pytest.mark.parametrize(
    "source_url",
    ["ssh://ada:secret@git.example.org/x", "ssh://-oProxy@git.example.org/x"],
)
def test_ssh_with_a_password_or_an_option_for_a_user_is_refused(
    source_url: str,
) -> None:
    access = Access(ssh_hosts=frozenset({"git.example.org"}))

    with pytest.raises(CloneRefused) as told:
        vet(source_url, access)

    assert "secret" not in str(told.value)


def test_a_local_path_is_not_fetched_whatever_it_holds(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a": b"1"})

    for named in (str(made), made.as_uri()):
        with pytest.raises(CloneRefused):
            fetch(named, tmp_path / "c", access=NOBODY, limits=Limits())


def test_ssh_is_spoken_without_prompts_and_to_known_hosts_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stands in for ssh with a program that notes its options and runs git here."""
    made = make_repository(tmp_path, {"a": b"1"}, name="x")
    ssh = tmp_path / "bin" / "ssh"
    ssh.parent.mkdir()
    ssh.write_text(
        f'#!/bin/sh\necho "$@" > {tmp_path}/options\nexec git upload-pack {made}\n'
    )
    ssh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{ssh.parent}:{os.environ['PATH']}")
    access = Access(ssh_hosts=frozenset({"git.example.org"}))

    found = remote_refs("git@git.example.org:x", access=access, limits=Limits())

    assert [name for name, _ in found] == ["HEAD", "refs/heads/main"]
    options = (tmp_path / "options").read_text()
    assert "-oBatchMode=yes -oStrictHostKeyChecking=yes" in options
    assert "git@git.example.org git-upload-pack" in options
