# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What one office recognised, another takes in: signed, whole, not over its own."""

import base64
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from ossay import codec, fact_packs, signatures
from ossay.codec import digest_of_bytes
from ossay.collect.licensing.recognition import reading
from ossay.collect.licensing.recognition.files import recognise
from ossay.collect.licensing.recognition.remembered import Remembered
from ossay.engine import Workshop
from ossay.fact_packs.form import GZIP
from ossay.model.evidence import Tool
from ossay.model.fact_pack import FactPack, Taken, Told
from ossay.model.licences import Holding, Holdings
from ossay.recognisers import remembered
from tests.cases import workshop
from tests.collect.licensing.recognition.recognisers import Phrases
from tests.collect.trees import DictTree
from tests.register.values import CURATION

# REUSE-IgnoreStart
FILES = {
    "a.c": "// under the zlib licence\nint x;\n",
    "b.c": "// Copyright 2020 City\n// under the ISC licence\nint y;\n",
    "c.c": "int z;\n",
}
# REUSE-IgnoreEnd
TOLD = Told(tool=Tool(name="Phrases", version="1"), version=Phrases().version)

Forge = Callable[..., Path]


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Workshop]:
    """The office that has the recogniser, and has read the files."""
    with workshop(tmp_path / "central") as opened:
        read(opened, Phrases())
        yield opened


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Workshop]:
    """The office that has none."""
    with workshop(tmp_path / "branch") as opened:
        yield opened


@pytest.fixture
def key(tmp_path: Path) -> Path:
    signatures.make_keys(tmp_path / "key")
    return tmp_path / "key"


@pytest.fixture
def pack(central: Workshop, key: Path, tmp_path: Path) -> Path:
    return written(central, key, tmp_path / "facts.pack")


def read(opened: Workshop, recogniser: Phrases | Remembered | None) -> object:
    """Return what is known of `FILES` with the memory of a register."""
    memory = opened.register.blob_facts
    return recognise(DictTree(FILES, facts=memory), recogniser, memory)


def written(
    opened: Workshop, key: Path, path: Path, *, curations: bool = False
) -> Path:
    private = signatures.read_private(key)
    fact_packs.write_pack(
        opened, path, private, "centre", TOLD, with_curations=curations
    )
    return path


def taken(opened: Workshop, pack: Path, key: Path, *, curations: bool = False) -> Taken:
    trusted = fact_packs.trusted_keys(opened.settings.home, [key.with_suffix(".pub")])
    return fact_packs.take_in(opened, pack, trusted, with_curations=curations)


def number_kept(opened: Workshop) -> int:
    names = (reading.scanner().name, "licence-fragment", "copyright-group")
    return sum(1 for _ in opened.register.facts(names))


def test_who_takes_a_pack_in_knows_what_its_maker_recognised(
    central: Workshop, branch: Workshop, key: Path, pack: Path
) -> None:
    came = taken(branch, pack, key)

    others = remembered(branch.register)
    assert others == Remembered(version=TOLD.version, tool=TOLD.tool)
    assert read(branch, others) == read(central, Phrases())
    assert (came.new, came.same, came.other) == (number_kept(central), 0, 0)
    assert came.new == sum(held.facts for held in came.pack.held)
    assert fact_packs.of_use(came.pack, TOLD.version) == came.new


def test_without_the_pack_it_stays_open(central: Workshop, branch: Workshop) -> None:
    assert remembered(branch.register) is None
    assert read(branch, None) != read(central, Phrases())


def test_a_pack_says_what_it_holds_and_whose_data_it_rests_on(
    branch: Workshop, key: Path, pack: Path
) -> None:
    head, said, signature, _ = pack.read_bytes().split(b"\n", 3)
    manifest = codec.from_json(FactPack, said)

    assert head == b"ossay fact pack 1"
    assert len(base64.b64decode(signature)) == 64
    assert manifest.engine == TOLD
    assert "CC-BY-4.0" in manifest.attribution
    assert "nexB" in manifest.attribution
    assert {held.scanner for held in manifest.held} == {
        *("licensing.reading", "licence-fragment", "copyright-group")
    }
    assert b"zlib licence" not in zlib.decompress(
        pack.read_bytes().split(b"\n", 3)[3], GZIP
    )


def test_who_is_called_an_author_stays_at_home(
    central: Workshop, branch: Workshop, key: Path, tmp_path: Path
) -> None:
    holdings = Holdings(
        notices=(
            Holding(
                statement="Copyright Ben <ben@b.example>",
                holders=("Ben",),
                first_line=1,
                last_line=1,
            ),
        ),
        authors=("Ada <ada@office.example>",),
    )
    facts = {"0" * 32: codec.to_json(holdings)}
    central.register.blob_facts.keep("copyright-group", TOLD.version, facts)

    taken(branch, written(central, key, tmp_path / "more.pack"), key)

    kept = branch.register.blob_facts.known("copyright-group", TOLD.version, facts)
    expected = replace(holdings, authors=())
    assert codec.from_json(Holdings, kept["0" * 32]) == expected


def test_where_facts_came_from_is_kept(branch: Workshop, key: Path, pack: Path) -> None:
    came = taken(branch, pack, key)
    again = taken(branch, pack, key)

    assert branch.register.fact_packs() == (came,)
    assert came.pack.made_by == "centre"
    assert (again.new, again.same) == (0, came.new)


def test_what_is_known_already_stands_and_is_counted(
    central: Workshop, branch: Workshop, key: Path, pack: Path
) -> None:
    scanner = reading.scanner()
    oid = DictTree(FILES).entries()[0].oid
    own = codec.to_json(reading.reading_of(b"int other;\n"))
    branch.register.blob_facts.keep(scanner.name, scanner.version, {oid: own})

    came = taken(branch, pack, key)

    kept = branch.register.blob_facts.known(scanner.name, scanner.version, [oid])
    assert kept == {oid: own}
    assert (came.other, came.same) == (1, 0)
    assert came.new == number_kept(central) - 1


def test_facts_of_another_version_are_kept_and_never_looked_up(
    central: Workshop, branch: Workshop, key: Path, tmp_path: Path
) -> None:
    older = digest_of_bytes(b"an older ossay")
    facts = {"ab" * 20: b'{"of another shape":1}'}
    central.register.blob_facts.keep("licensing.reading", older, facts)
    pack = written(central, key, tmp_path / "more.pack")

    came = taken(branch, pack, key)

    assert came.new == number_kept(central)
    assert fact_packs.of_use(came.pack, TOLD.version) == came.new - 1


def test_a_key_that_is_kept_at_home_is_trusted(
    branch: Workshop, key: Path, pack: Path
) -> None:
    folder = branch.settings.home / fact_packs.TRUSTED_KEYS
    folder.mkdir()
    key.with_suffix(".pub").rename(folder / "centre.pub")
    trusted = fact_packs.trusted_keys(branch.settings.home, [])

    assert fact_packs.take_in(branch, pack, trusted, with_curations=False).new


def test_what_people_said_comes_only_where_both_want_it_and_says_where_from(
    central: Workshop, branch: Workshop, key: Path, pack: Path, tmp_path: Path
) -> None:
    central.register.file_curations([CURATION, replace(CURATION, key="1" * 32)])
    whole = written(central, key, tmp_path / "whole.pack", curations=True)
    own = replace(CURATION, key="1" * 32, expression="MIT", curated_by="officer-3")
    branch.register.file_curations([own])

    assert taken(branch, pack, key, curations=True).pack.curations == 0
    assert taken(branch, whole, key).curations == 0
    assert branch.register.curations() == (own,)
    came = taken(branch, whole, key, curations=True)

    assert (came.curations, came.other_curations) == (1, 1)
    assert branch.register.curations() == (own, replace(CURATION, pack=came.digest))


def test_a_later_word_of_the_same_office_takes_the_place_of_its_earlier_one(
    central: Workshop, branch: Workshop, key: Path, tmp_path: Path
) -> None:
    central.register.file_curations([CURATION])
    first = written(central, key, tmp_path / "1.pack", curations=True)
    later = CURATION.curated_at.replace(hour=18)
    gone = replace(CURATION, expression="NOASSERTION", curated_at=later)
    central.register.file_curations([gone])
    second = written(central, key, tmp_path / "2.pack", curations=True)

    taken(branch, first, key, curations=True)
    came = taken(branch, second, key, curations=True)
    taken(branch, first, key, curations=True)

    assert branch.register.curations()[-1] == replace(gone, pack=came.digest)


# What is refused


def refusal(opened: Workshop, pack: Path, key: Path) -> str:
    """Return why a pack is refused; hold that nothing of it was kept."""
    with pytest.raises(fact_packs.FactPackRefused) as error:
        taken(opened, pack, key)

    assert error.value.status == 2
    assert number_kept(opened) == 0
    assert opened.register.fact_packs() == ()
    start, end = f"cannot import {str(pack)!r}: ", "; nothing was kept"
    said = str(error.value)
    assert said.startswith(start)
    assert said.endswith(end)
    return said.removeprefix(start).removesuffix(end)


def test_what_is_signed_with_a_key_that_nobody_trusts_is_refused(
    branch: Workshop, pack: Path, tmp_path: Path
) -> None:
    signatures.make_keys(tmp_path / "other")

    why = refusal(branch, pack, tmp_path / "other")

    assert why.startswith("it is signed with the key ")
    assert "which is not trusted here; give its public key with --trust" in why


@pytest.mark.parametrize("line", [1, 3])
def test_what_was_changed_after_it_was_signed_is_refused(
    branch: Workshop, key: Path, pack: Path, line: int
) -> None:
    lines = pack.read_bytes().split(b"\n", 3)
    if line == 1:
        lines[1] = lines[1].replace(b'"made_by":"centre"', b'"made_by":"city"')
    else:
        lines[3] = lines[3][:-20] + bytes(20)
    pack.write_bytes(b"\n".join(lines))

    assert refusal(branch, pack, key) == "it was changed after it was signed"


def test_every_byte_that_is_changed_is_noticed(
    branch: Workshop, key: Path, pack: Path
) -> None:
    content = pack.read_bytes()

    for at in range(0, len(content), 97):
        changed = bytes([content[at] ^ 1])
        pack.write_bytes(content[:at] + changed + content[at + 1 :])
        refusal(branch, pack, key)


def test_what_is_cut_off_is_refused(branch: Workshop, key: Path, pack: Path) -> None:
    content = pack.read_bytes()

    for length in (*range(0, 300, 7), len(content) // 2, len(content) - 1):
        pack.write_bytes(content[:length])
        refusal(branch, pack, key)

    pack.write_bytes(content[:-9])
    assert refusal(branch, pack, key).startswith("it is cut off: ")


def test_what_has_more_behind_it_is_refused(
    branch: Workshop, key: Path, pack: Path
) -> None:
    pack.write_bytes(pack.read_bytes() + b"more")

    assert refusal(branch, pack, key).startswith("there is more behind it: ")


def test_what_is_not_signed_is_refused(branch: Workshop, key: Path, pack: Path) -> None:
    lines = pack.read_bytes().split(b"\n", 3)
    lines[2] = b""
    pack.write_bytes(b"\n".join(lines))

    assert refusal(branch, pack, key) == "it is not signed"


def test_what_is_no_pack_is_refused(
    branch: Workshop, key: Path, tmp_path: Path
) -> None:
    for content in (b"", b"\n", b"PK\x03\x04" * 100, b"ossay fact pack one\n"):
        (tmp_path / "x").write_bytes(content)

        assert refusal(branch, tmp_path / "x", key) == "it is no fact pack"


def test_a_form_that_came_later_is_refused(
    branch: Workshop, key: Path, pack: Path
) -> None:
    content = pack.read_bytes().replace(b"ossay fact pack 1", b"ossay fact pack 2", 1)
    pack.write_bytes(content)

    why = "it is of format 2 and this ossay knows 1; update ossay"
    assert refusal(branch, pack, key) == why


@pytest.fixture
def forge(key: Path, pack: Path) -> Forge:
    """Sign a pack of one's own making, as an office with a fault in it might."""

    def make(body: bytes, **said: object) -> Path:
        true = codec.from_json(FactPack, pack.read_bytes().split(b"\n")[1])
        packed = zlib.compress(body, wbits=GZIP)
        about: Mapping[str, object] = {
            "body_digest": digest_of_bytes(packed),
            "body_bytes": len(packed),
            "unpacked_bytes": len(body),
            "held": (),
            **said,
        }
        manifest = codec.to_json(replace(true, **about))  # type: ignore[arg-type]
        signed = b"ossay fact pack 1\n" + manifest + b"\n"
        signature = signatures.read_private(key).sign(signed)
        pack.write_bytes(signed + base64.b64encode(signature) + b"\n" + packed)
        return pack

    return make


SECTION = f"scanner licence-fragment {TOLD.version}\n".encode()
FACT = b"0" * 32 + b' {"expressions":[],"matches":[],"is_partial":false}\n'


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (b"nonsense\n", 1),
        (FACT, 1),
        (SECTION + b"0" * 31 + b" {}\n", 2),
        (SECTION + FACT + b"0" * 32 + b' {"of":"another shape"}\n', 3),
        (SECTION + b"0" * 32 + b" \n", 2),
        (SECTION + b"0" * 32 + b" " + b"[" * 100_000 + b"\n", 2),
        (SECTION.replace(b"licence-fragment", b"accessibility.signals") + FACT, 1),
        (b"scanner licence-fragment 12\n", 1),
        (b"curation {}\n", 1),
        (b"curation " + codec.to_json(replace(CURATION, expression="?")) + b"\n", 1),
    ],
)
def test_what_is_no_fact_is_refused_though_it_is_signed(
    branch: Workshop, key: Path, forge: Forge, body: bytes, line: int
) -> None:
    why = refusal(branch, forge(body), key)

    assert why == f"line {line} of what it holds is no fact"


def test_what_holds_other_than_it_says_is_refused(
    branch: Workshop, key: Path, forge: Forge
) -> None:
    why = "it does not hold what it says"
    assert refusal(branch, forge(SECTION + FACT), key) == why
    assert refusal(branch, forge(b"", unpacked_bytes=1), key) == why
    assert refusal(branch, forge(SECTION + FACT[:-1]), key) == why


def test_what_unpacks_to_more_than_it_says_or_to_too_much_is_refused(
    branch: Workshop, key: Path, forge: Forge
) -> None:
    bomb = bytes(30_000_000)

    assert refusal(branch, forge(bomb, unpacked_bytes=1_000), key) == (
        "it holds more than it says"
    )
    assert "which is too much" in refusal(branch, forge(bomb), key)
    assert refusal(branch, forge(bomb, unpacked_bytes=6_000_000), key) == (
        "it holds more than it says"
    )


def test_what_cannot_be_unpacked_is_refused(
    branch: Workshop, key: Path, forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zlib, "compress", lambda body, **_: b"no gzip " + body)

    why = refusal(branch, forge(b"x", unpacked_bytes=1), key)

    assert why == "what it holds cannot be unpacked"


def test_a_disk_that_fills_up_half_way_keeps_nothing(
    branch: Workshop, key: Path, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ossay.register.fact_packs.enter_curations", full)

    assert refusal(branch, pack, key) == "No space left on device"


# Keys


def test_keys_are_for_their_owner_alone_and_never_written_over(tmp_path: Path) -> None:
    public = signatures.make_keys(tmp_path / "key")

    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert b"PUBLIC" in public.read_bytes()
    with pytest.raises(signatures.KeyRefused, match="there is a file already"):
        signatures.make_keys(tmp_path / "key")


def test_a_private_key_that_others_may_read_is_not_used(key: Path) -> None:
    key.chmod(0o640)

    with pytest.raises(signatures.KeyRefused, match="chmod 600 it first"):
        signatures.read_private(key)


@pytest.mark.parametrize("content", [b"", b"key", b"-----BEGIN PUBLIC KEY-----\n"])
def test_what_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "key"
    file.write_bytes(content)
    file.chmod(0o600)

    for reader in (signatures.read_private, signatures.read_public):
        with pytest.raises(signatures.KeyRefused, match=r"holds no \w+ Ed25519 key"):
            reader(file)


def test_a_private_key_is_no_public_one_nor_the_reverse(key: Path) -> None:
    public = key.with_suffix(".pub")
    public.chmod(0o600)

    with pytest.raises(signatures.KeyRefused, match="no public"):
        signatures.read_public(key)
    with pytest.raises(signatures.KeyRefused, match="no private"):
        signatures.read_private(public)
