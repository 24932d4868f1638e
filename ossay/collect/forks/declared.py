# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the software itself says it was forked from, and where its source is."""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ossay.codec import code_digest
from ossay.collect import _documents
from ossay.collect._documents import read_json, read_toml
from ossay.collect.forks import addresses
from ossay.collect.forks.addresses import plain
from ossay.model.earlier import Earlier
from ossay.model.tree import EntryKind, Scanner, Unreadable

_README = re.compile(r"readme(?:\.\w{1,8})?", re.IGNORECASE)
_FORK_OF = re.compile(
    r"(?i)(?:\b(?:is|as|was|being)\s+(?:an?|the|our|my)\s+(?:[\w-]+\s+){0,3}?fork\s+"
    r"(?:of|from)|\b(?:this|our|an?\s+(?:un)?official)\s+fork\s+of"
    r"|^\W*(?:an?\s+)?(?:(?:friendly|hard|soft|community|modified|maintained)\s+)?"
    r"fork\s+of|\bforked\s+(?:from|off))\b(?P<rest>.{0,300})"
)
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'`]+")
_LONGEST_LINE = 2_000
_MOST_LINES = 100
"""A README says at its beginning what it is; lists of other software come later."""

_LISTED = re.compile(r"\s*(?:[-*+|]|\d+[.)])\s")
_JSON = frozenset({"package.json", "composer.json"})
_TOML = frozenset({"pyproject.toml", "Cargo.toml"})
_REGULAR = frozenset({EntryKind.FILE, EntryKind.EXECUTABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """
    A place that names a repository.

    Attributes:
        address: As `plain` writes it; "" where a fork is spoken of without one.
        line: 0 where it is not known.
    """

    address: str
    line: int = 0


Found = tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What was said, and where; *unread* says what could not be read, "" for none."""

    said: tuple[tuple[str, Said], ...] = ()
    unread: str = ""

    @property
    def addresses(self) -> frozenset[str]:
        """What was named."""
        return frozenset(said.address for _, said in self.said if said.address)


def forked_from(earlier: Earlier, commit: str) -> Declared:
    """Return what READMEs at the top say that the software is a fork of."""
    return _read(earlier, commit, _README.fullmatch, _scanner("readme", in_readme))


def sources_named(earlier: Earlier, commit: str) -> Declared:
    """Return where manifests at the top say that the source is kept."""
    json = _read(earlier, commit, _JSON.__contains__, _scanner("json", in_json))
    if json.unread:
        return json
    toml = _read(earlier, commit, _TOML.__contains__, _scanner("toml", in_toml))
    return Declared(said=(*json.said, *toml.said), unread=toml.unread)


def _scanner(name: str, scan: Callable[[bytes], Found]) -> Scanner[Found]:
    return Scanner(
        name=f"forks.{name}",
        version=code_digest([sys.modules[__name__], addresses, _documents]),
        kind=Found,
        scan=scan,
    )


def _read(
    earlier: Earlier,
    commit: str,
    is_meant: Callable[[str], object],
    scanner: Scanner[Found],
) -> Declared:
    """
    Return what is said in files at the top that are meant.

    They are asked for by their commit: so the files of the tree need not be listed.
    """
    [(_, top)] = earlier.top_files([commit])
    if isinstance(top, Unreadable):
        return Declared(unread=f"the files at the top could not be read: {top.why}")
    meant = [entry for entry in top if is_meant(entry.path)]
    odd = next((e.path for e in meant if e.kind not in _REGULAR), "")
    if odd:
        return Declared(unread=f"{odd} is a link, which is not followed")
    said: list[tuple[str, Said]] = []
    for path, found in earlier.holding(meant).scan(scanner):
        if isinstance(found, Unreadable):
            return Declared(unread=f"{path} could not be read: {found.why}")
        said += [(path, one) for one in found]
    return Declared(said=tuple(said))


def in_readme(content: bytes) -> Found:
    """Return where a README says that the software is a fork."""
    lines = content.decode(errors="replace").splitlines()[:_MOST_LINES]
    return tuple(
        Said(address=_first_address(found["rest"]), line=number)
        for number, line in enumerate(lines, start=1)
        if (found := _FORK_OF.search(line[:_LONGEST_LINE])) and not _LISTED.match(line)
    )


def _first_address(text: str) -> str:
    found = _ADDRESS.search(text)
    return plain(found[0].rstrip(".,;:!")) if found else ""


def in_json(content: bytes) -> Found:
    """Return what a manifest of npm or Composer names."""
    return _sources_in(read_json(content))


def in_toml(content: bytes) -> Found:
    """Return what a manifest of a Python or Rust package names."""
    return _sources_in(read_toml(content))


def _sources_in(document: object) -> Found:
    named = dict.fromkeys(map(plain, _named_in(document)))
    return tuple(Said(address=address) for address in named if address)


def _named_in(document: object) -> Iterator[str]:
    """Yield what the fields for it say: npm, Composer, PyPA and Poetry, Cargo."""
    match document:
        case {"repository": str(address)} | {"repository": {"url": str(address)}}:
            yield address
        case {"support": {"source": str(address)}}:
            yield address
        case {"package": {"repository": str(address)}}:
            yield address
        case {"tool": {"poetry": {"repository": str(address)}}}:
            yield address
        case {"project": {"urls": Mapping() as urls}}:
            for label, address in urls.items():
                said = re.sub(r"[^a-z]", "", str(label).lower())
                if said in _SOURCE_LABELS and isinstance(address, str):
                    yield address
        case _:
            return


_SOURCE_LABELS = frozenset({"source", "sourcecode", "repository", "github", "code"})
"""What PyPA calls well-known labels for the source ("Well-known Project URLs")."""
