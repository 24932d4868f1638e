# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Hold ossay's recogniser against plain ScanCode, file by file.

    python -m benchmarks.agreement FOLDER --developed REPOSITORY... --held-out ...

FOLDER holds what plain ScanCode said (`benchmarks.reference`), and in its folder
"speaking" what it said of files that hold a word of licences (`benchmarks.speaking`).
Of each REPOSITORY, a bare git directory, those files are compared that it was asked
about. FOLDER also keeps what ossay was told by its engine, so that asking again goes
on where it ended.
Writes a section of docs/figures.md, and agreement.toml, which memos cite.

Why files differ, and who is right, was judged by a person, for each blob
(disagreements.toml). A difference that nobody has looked at yet is listed as such.
"""

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from license_expression import ExpressionError, Licensing

from benchmarks import page
from benchmarks.reference import Blob, drawn, git, kept
from ossay.collect.licensing.recognition import agreement as shipped
from ossay.collect.licensing.recognition.files import recognise
from ossay.collect.licensing.recognition.findings import FileFinding
from ossay.collect.licensing.recognition.reading import Kind
from ossay.model.licences import Recogniser
from ossay.model.tree import BlobFacts
from ossay.register import Register
from ossay.sandbox.scancode import ScancodeRecogniser
from tests.collect.trees import DictTree

REVIEWED = Path(__file__).with_name("disagreements.toml")
SHIPPED = Path(shipped.__file__).with_name("agreement.toml")

ALL_BAR, LICENSED_BAR, HOLDERS_BAR = 0.995, 0.99, 0.995

BY_KIND = {
    Kind.LIST: (
        "a list of the licences of others (lock file, SBOM)",
        "ossay: what is listed is not granted",
    ),
    Kind.BINARY: (
        "text inside a binary file",
        "ScanCode: ossay reads no text in binaries",
    ),
}
NOT_REVIEWED = ("not looked at by a person yet", "open")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """
    One file, as plain ScanCode and as ossay have it.

    Attributes:
        is_drawn: Whether it was drawn of all files, not of those that hold a word of
            licences: of all files only those tell.
        plain, ours: The parts that all hold of the SPDX expression, simplified.
        plain_holders, our_holders: Empty where ScanCode failed on them.
    """

    oid: str
    tree: str
    path: str
    is_drawn: bool
    kind: Kind
    plain: frozenset[str]
    ours: frozenset[str]
    plain_holders: frozenset[str]
    our_holders: frozenset[str]

    @property
    def is_same(self) -> bool:
        """Tell whether both name the same licences."""
        return self.plain == self.ours

    @property
    def has_holders(self) -> bool:
        """Tell whether one of both names a holder."""
        return bool(self.plain_holders or self.our_holders)

    @property
    def has_same_holders(self) -> bool:
        """Tell whether both name the same holders."""
        return self.plain_holders == self.our_holders


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """
    The files of one tree that were compared.

    Attributes:
        failed: Files on which plain ScanCode failed, or took too long.
    """

    tree: str
    is_held_out: bool
    files: tuple[Compared, ...]
    failed: int


def main() -> None:
    """Compare, and write down how far both agree."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("folder", type=Path)
    for role in ("--developed", "--held-out"):
        parser.add_argument(role, type=Path, nargs="*", default=[])
    given = parser.parse_args()
    [answers] = given.folder.glob("scancode-*.jsonl")
    speaking = kept(given.folder / "speaking" / answers.name)
    plain = {each["oid"]: each | {"is_drawn": False} for each in speaking}
    plain |= {each["oid"]: each | {"is_drawn": True} for each in kept(answers)}
    with (
        Register.open(given.folder / "home") as register,
        ScancodeRecogniser() as reads,
    ):
        compared = [
            compare(repository, plain, reads, register.blob_facts, is_held_out=held)
            for repositories, held in ((given.developed, False), (given.held_out, True))
            for repository in repositories
        ]
        samples = [one for one in compared if one.files or one.failed]
        reviewed = tomllib.loads(REVIEWED.read_text(encoding="utf-8"))
        lines = [
            *_head(answers.stem, reads.warnings),
            *table(samples),
            *differences(samples, reviewed),
            *(
                f"Seen on a held-out tree, and mended: {m}.  "
                for m in reviewed["mended"]
            ),
        ]
    print("\n".join(lines))
    page.put("agreement", lines)
    SHIPPED.write_text(as_shipped(samples, datetime.now(UTC).date()), encoding="utf-8")


def compare(
    repository: Path,
    plain: Mapping[str, Mapping[str, Any]],
    recogniser: Recogniser,
    memory: BlobFacts,
    *,
    is_held_out: bool,
) -> Sample:
    """Compare those files of *repository* of which ScanCode's answer is in *plain*."""
    blobs = [blob for blob in drawn(repository) if blob.oid in plain]
    answered = [b for b in blobs if not isinstance(plain[b.oid]["licences"], str)]
    tree = DictTree({b.path: _content(b) for b in answered}, facts=memory)
    found = {one.path: one for one in recognise(tree, recogniser, memory)}
    name = repository.parent.name if repository.name == "repo" else repository.name
    return Sample(
        tree=name,
        is_held_out=is_held_out,
        files=tuple(_compared(b, plain[b.oid], found[b.path], name) for b in answered),
        failed=len(blobs) - len(answered),
    )


def _content(blob: Blob) -> bytes:
    return git(blob.repository, "cat-file", "blob", blob.oid)


def _compared(
    blob: Blob, plain: Mapping[str, Any], found: FileFinding, tree: str
) -> Compared:
    stated = plain["licences"][0]
    held = plain.get("holders", "not asked")
    ours = {holder for notice in found.holdings for holder in notice.holders}
    return Compared(
        oid=blob.oid,
        tree=tree,
        path=blob.path,
        is_drawn=plain["is_drawn"],
        kind=found.kind,
        plain=simplified([stated] if stated else []),
        ours=simplified(statement.expression for statement in found.statements),
        plain_holders=frozenset() if isinstance(held, str) else frozenset(held),
        our_holders=frozenset() if isinstance(held, str) else frozenset(ours),
    )


def simplified(stated: Iterable[str]) -> frozenset[str]:
    """Return the parts of all that was *stated* together, simplified."""
    each = list(dict.fromkeys(stated))
    if not each:
        return frozenset()
    try:
        # Knows no names, so none has synonyms: "GPL-3.0" stays what it is.
        parsed = _NAMELESS.parse(" AND ".join(f"({e})" for e in each), simple=True)
    except ExpressionError:
        return frozenset(each)
    whole = parsed.simplify()
    parts = whole.args if isinstance(whole, _NAMELESS.AND) else (whole,)
    return frozenset(map(str, parts))


_NAMELESS = Licensing()


def _head(scancode: str, warnings: Sequence[str]) -> Iterator[str]:
    commit = git(Path(), "describe", "--always", "--dirty").decode().strip()
    yield from (
        "## Agreement with plain ScanCode",
        "",
        f"Made on {datetime.now(UTC).date()} at commit {commit} by",
        "`python -m benchmarks.agreement`, on what `python -m benchmarks.reference`",
        f"had got from {scancode}: for each file, drawn by the hash of its content,",
        "the expressions that its per-file API finds, all together, simplified, and",
        "the set of copyright holders. *Licensed* are files in which ScanCode names a",
        "licence; *with holders* are those in which one of both names a holder. As few",
        "files are, more were drawn of those that are called a licence or hold a word",
        "of licences (`benchmarks.speaking`); shares of all files leave those out.",
        "A tree is held out if it was not looked at while the recogniser was made.",
        *(f"The engine says of itself: {warning}" for warning in warnings),
        "",
    )


def table(samples: Sequence[Sample]) -> Iterator[str]:
    """Yield a row for each tree, the sums, and how they stand to the bars."""
    yield (
        "| tree | | files | same | share | licensed | same | share |"
        " with holders | same | share | same holders, of all files |"
        " ScanCode failed on |"
    )
    yield "| --- " * 13 + "|"
    for sample in samples:
        role = "held out" if sample.is_held_out else "developed on"
        yield _row(f"{sample.tree} | {role}", [sample])
    held_out = [s for s in samples if s.is_held_out]
    yield _row("**all held out** |", held_out)
    yield _row("**all** |", samples)
    yield ""
    for what, some in (("held out", held_out), ("all", samples)):
        for name, bar, (same, files) in (
            ("all files", ALL_BAR, _same(some)),
            (
                "licensed files, drawn of all",
                LICENSED_BAR,
                _same(_drawn(some), licensed=True),
            ),
            (
                "licensed files, those drawn for a name or a word too",
                LICENSED_BAR,
                _same(some, licensed=True),
            ),
            ("copyright holders", HOLDERS_BAR, _same_holders(some)),
            (
                "copyright holders where there are any",
                HOLDERS_BAR,
                _same_holders(some, held=True),
            ),
        ):
            verdict = "met" if files and same / files >= bar else "not met"
            share = f"{same:,} of {files:,}"
            yield f"{name.capitalize()}, {what}, bar {bar:.1%}: {verdict} ({share}).  "
    yield ""


def _drawn(samples: Sequence[Sample]) -> list[Sample]:
    """Leave out what was drawn for its name or its words."""
    return [replace(s, files=tuple(f for f in s.files if f.is_drawn)) for s in samples]


def _row(name: str, samples: Sequence[Sample]) -> str:
    failed = sum(s.failed for s in samples)
    shares = (
        _same(samples),
        _same(samples, licensed=True),
        _same_holders(samples, held=True),
    )
    cells = " | ".join(f"{files:,} | {_of(same, files)}" for same, files in shares)
    of_all = _of(*_same_holders(samples)).partition(" | ")[2]
    return f"| {name} | {cells} | {of_all} | {failed} |"


def _of(same: int, files: int) -> str:
    return f"{same:,} | {same / files:.2%}" if files else "0 |"


def _same(samples: Sequence[Sample], *, licensed: bool = False) -> tuple[int, int]:
    """Return how many files have the same licences, and how many there are."""
    every = [f for s in samples for f in s.files]
    files = [f for f in every if (f.plain if licensed else f.is_drawn)]
    return sum(f.is_same for f in files), len(files)


def _same_holders(samples: Sequence[Sample], *, held: bool = False) -> tuple[int, int]:
    """Return how many files have the same holders, and how many there are."""
    every = [f for s in samples for f in s.files]
    files = [f for f in every if (f.has_holders if held else f.is_drawn)]
    return sum(f.has_same_holders for f in files), len(files)


def differences(
    samples: Sequence[Sample], reviewed: Mapping[str, Any]
) -> Iterator[str]:
    """Yield each class of difference with its count, and each file that differs."""
    files = [f for s in samples for f in s.files]
    for what, differing in (
        ("licences", [f for f in files if not f.is_same]),
        ("holders", [f for f in files if not f.has_same_holders]),
    ):
        classes = {f.oid: _class_of(f, reviewed.get(what, {})) for f in differing}
        yield from (f"### Where they differ on {what}", "")
        if not differing:
            yield from ("Nowhere.", "")
            continue
        yield from ("| files | class | who is right |", "| --- | --- | --- |")
        for (name, right), count in Counter(classes.values()).most_common():
            yield f"| {count} | {name} | {right} |"
        yield from (
            "",
            "| file | ScanCode | ossay | class |",
            "| --- | --- | --- | --- |",
        )
        for one in differing:
            both = _said(one, what)
            yield f"| {one.tree} {_cell(one.path)} | {both} | {classes[one.oid][0]} |"
        yield ""


def _class_of(
    one: Compared, reviewed: Mapping[str, Mapping[str, str]]
) -> tuple[str, str]:
    if one.oid in reviewed:
        return reviewed[one.oid]["class"], reviewed[one.oid]["right"]
    return BY_KIND.get(one.kind, NOT_REVIEWED)


def _said(one: Compared, what: str) -> str:
    """Return what each says that the other does not."""
    plain, ours = (
        (one.plain, one.ours)
        if what == "licences"
        else (one.plain_holders, one.our_holders)
    )
    return " | ".join(_cell(", ".join(sorted(s))) for s in (plain - ours, ours - plain))


def _cell(text: str) -> str:
    """Return *text*, which is a stranger's, as one cell of a table."""
    words = " ".join(text.replace("`", "'").replace("|", "/").split())
    return f"`{words[:200]}`" if words else ""


def trees(samples: Sequence[Sample]) -> int:
    """Return of how many trees files were drawn, whatever they hold."""
    return sum(any(f.is_drawn for f in sample.files) for sample in samples)


def as_shipped(samples: Sequence[Sample], today: date) -> str:
    """Return agreement.toml; its head of comments stays."""
    head = SHIPPED.read_text(encoding="utf-8").partition("\nmeasured_on")[0]
    same, files = _same(samples)
    held = [s for s in samples if s.is_held_out]
    figures = {"files": files, "same": same}
    for name, some in (("", samples), ("held_out_", held)):
        figures[f"{name}trees"] = trees(some)
        figures[f"{name}files"] = _same(some)[1]
        figures[f"{name}same"] = _same(some)[0]
        figures[f"{name}licensed_files"] = _same(some, licensed=True)[1]
        figures[f"{name}licensed_same"] = _same(some, licensed=True)[0]
        figures[f"{name}with_holders_files"] = _same_holders(some, held=True)[1]
        figures[f"{name}with_holders_same"] = _same_holders(some, held=True)[0]
    lines = (f"{name} = {figure}" for name, figure in figures.items())
    return "\n".join(
        (
            head,
            f"measured_on = {today}",
            f'what = "files drawn from {trees(samples)} repositories, '
            f'{trees(held)} of them not used while developing"',
            *lines,
            "",
        )
    )


if __name__ == "__main__":
    main()
