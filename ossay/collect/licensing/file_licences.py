# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The licence of each file: what it states, what stands for it elsewhere, what follows.

Declared, stated and covering licences are never merged silently: a conclusion says
which of them it rests on, and whether they say the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ossay.collect._places import Places
from ossay.collect.licensing.expressions import (
    ExpressionRefused,
    base,
    ids,
    is_listed,
    tag_ids,
)
from ossay.collect.licensing.packages import Package
from ossay.collect.licensing.recognition.findings import FileFinding
from ossay.collect.licensing.recognition.reading import Kind
from ossay.collect.licensing.stating import (
    Stated,
    doubts_in,
    is_within,
    stated_in,
    together,
)
from ossay.collect.licensing.whose import Whose, holds_a_licence, whose
from ossay.model.evidence import Item


class Basis(StrEnum):
    """What the licence of a file was concluded from, the surest first."""

    ANNOTATED = "annotated"
    """SPDX tags in it, or what REUSE lets others say of it."""
    ANNOTATED_AND_STATED = "annotated and stated"
    """Both, and they name different licences: all of them are taken to hold."""
    STATED = "stated"
    """A text, a notice or a name in it, as it was recognised."""
    LICENCE_FILE = "licence file"
    """The file called a licence that it refers to, else the nearest one."""
    PACKAGE = "package"
    """The manifest of the package that it is in."""
    PROJECT = "project"
    """What was concluded for the whole."""
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLicence:
    """
    What is known of the licence of one file.

    Attributes:
        annotated: Expressions of SPDX tags and REUSE annotations for it.
        stated: What else it states for itself.
        concluded: SPDX expression; "" where none follows.
        source: The file that the conclusion rests on, where it is another one.
        doubts: What of it nobody could read, and why.
    """

    finding: FileFinding
    whose: Whose
    annotated: tuple[str, ...]
    stated: tuple[Stated, ...]
    concluded: str
    basis: Basis
    source: str = ""
    doubts: tuple[Item, ...] = ()

    @property
    def path(self) -> str:
        return self.finding.path

    @property
    def is_open(self) -> bool:
        """Whether something names its licence, and which one was not made out."""
        return not self.concluded and self.basis not in {Basis.NONE, Basis.PROJECT}

    @property
    def settled(self) -> str:
        """What was concluded, where nothing in it was left unread; else ""."""
        return "" if self.doubts else self.concluded

    @property
    def expressions(self) -> tuple[str, ...]:
        """All that is stated in it and for it."""
        stated = (s.expression for s in self.stated)
        return tuple(dict.fromkeys((*self.annotated, *stated)))

    def line_of(self, stated: str) -> int:
        """Return where it states *stated*, or part of it; 0 if that is elsewhere."""
        own = {s.expression: s.line for s in self.stated}
        tagged = {
            together([s.expression]): s.first_line for s in self.finding.statements
        }
        lines = own | tagged
        parts = (line for said, line in lines.items() if said in stated)
        return lines.get(stated) or next(parts, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """
    What covers files that state nothing.

    Attributes:
        whole: Paths of the licence files that speak for the whole.
        concluded: What was concluded for the whole; "" where that is open.
        packages: Those inside, by folder.
    """

    whole: frozenset[str]
    concluded: str
    packages: Mapping[str, Package]


def file_licences(
    findings: Sequence[FileFinding], around: Around, places: Places
) -> Iterator[FileLicence]:
    """Yield the licence of the file of each of *findings*."""
    near = frozenset(p for f in findings for p in (*f.licensed_by, *_referred(f)))
    texts = {f.path: licence_of_texts(f) for f in findings if f.path in near}
    for finding in findings:
        kind = whose(finding, places)
        if finding.kind is Kind.LIST:
            yield _covered(finding, kind, around, texts)
            continue
        annotated = _annotated(finding)
        stated = tuple(
            s for s in stated_in(finding, kind) if s.expression not in annotated
        )
        doubts = tuple(doubts_in(finding, kind))
        if kind is Whose.LICENCE:
            yield _text(finding, annotated, stated, doubts)
            continue
        if not (annotated or stated):
            yield _covered(finding, kind, around, texts, doubts)
            continue
        concluded, basis = _own(annotated, stated)
        yield FileLicence(
            finding=finding,
            whose=kind,
            annotated=annotated,
            stated=stated,
            concluded=concluded,
            basis=basis,
            doubts=doubts,
        )


def licence_of_texts(finding: FileFinding) -> str:
    """Return the licence whose text a licence file holds; "" if that is not known."""
    stated = stated_in(finding, Whose.LICENCE)
    found = dict.fromkeys(
        _as_text(s.expression) if s.is_text else s.expression for s in stated
    )
    return together(found)


def _annotated(finding: FileFinding) -> tuple[str, ...]:
    values = (value for one in finding.said for value in one.licences)
    return tuple(dict.fromkeys(together([v]) for v in values if is_known(v)))


def is_known(value: str) -> bool:
    """Tell whether a tag names licences that are on the SPDX list, and no other."""
    named = tag_ids(value)
    return bool(named) and all(map(is_listed, named or ()))


def _own(annotated: tuple[str, ...], stated: tuple[Stated, ...]) -> tuple[str, Basis]:
    if not annotated:
        return together(s.expression for s in stated), Basis.STATED
    declared = together(annotated)
    others = [
        s.expression
        for s in stated
        if not is_within(s.expression, declared, is_text=s.is_text)
    ]
    if not others:
        return declared, Basis.ANNOTATED
    return together([*annotated, *others]), Basis.ANNOTATED_AND_STATED


def _text(
    finding: FileFinding,
    annotated: tuple[str, ...],
    stated: tuple[Stated, ...],
    doubts: tuple[Item, ...],
) -> FileLicence:
    """Return a file that holds a licence's text: what it is under, nobody says."""
    return FileLicence(
        finding=finding,
        whose=Whose.LICENCE,
        annotated=annotated,
        stated=stated,
        concluded="",
        basis=Basis.NONE,
        doubts=doubts,
    )


def _covered(
    finding: FileFinding,
    kind: Whose,
    around: Around,
    texts: Mapping[str, str],
    doubts: tuple[Item, ...] = (),
) -> FileLicence:
    """Return the licence of a file that states none, by what is around it."""
    concluded, basis, source = _around(finding, kind, around, texts)
    return FileLicence(
        finding=finding,
        whose=kind,
        annotated=(),
        stated=(),
        concluded=concluded,
        basis=basis,
        source=source,
        doubts=doubts,
    )


def _around(
    finding: FileFinding, kind: Whose, around: Around, texts: Mapping[str, str]
) -> tuple[str, Basis, str]:
    meant = _referred(finding)
    if kind is Whose.VENDORED:  # the whole is not what it means by "LICENSE"
        meant = tuple(path for path in meant if path not in around.whole)
    nearest = meant or finding.licensed_by
    package = _package_of(finding.path, around.packages)
    if package is not None and not meant and package.is_nearer_than(nearest):
        return package.concluded, Basis.PACKAGE, package.manifest
    if not nearest:
        is_covered = kind is not Whose.VENDORED and bool(around.concluded)
        basis = Basis.PROJECT if is_covered else Basis.NONE
        return (around.concluded if is_covered else ""), basis, ""
    if around.whole & frozenset(nearest):
        return around.concluded, Basis.PROJECT, nearest[0]
    held = [texts.get(path, "") for path in nearest]
    found = together(held) if all(held) else ""
    if found and package is not None and package.is_beside(nearest):
        agrees = is_within(found, package.concluded, is_text=True)
        concluded = package.concluded if agrees else ""
        return concluded, Basis.PACKAGE, package.manifest
    return found, Basis.LICENCE_FILE, nearest[0]


def _referred(finding: FileFinding) -> tuple[str, ...]:
    """Return the licence files that a file says its licence is in."""
    found = (r.path for s in finding.statements for r in s.references)
    return tuple(dict.fromkeys(p for p in found if p and holds_a_licence(p)))


def _package_of(path: str, packages: Mapping[str, Package]) -> Package | None:
    folder = path.rpartition("/")[0]
    while folder:
        if folder in packages and not packages[folder].is_silent:
            return packages[folder]
        folder = folder.rpartition("/")[0]
    return None


def _as_text(stated: str) -> str:
    """Return *stated* as a licence text says it: without "only" and "or later"."""
    try:
        named = ids(stated)
    except ExpressionRefused:
        return stated
    return base(stated) if len(named) == 1 and named[0] == stated else stated
