# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The licence of each package inside: declared, detected and concluded, side by side.

What the manifest declares, what the licence file in the package holds and what its
own files state are never merged: where they differ, the difference is told.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ossay.collect.licensing.file_licences import (
    Basis,
    FileLicence,
    licence_of_texts,
)
from ossay.collect.licensing.met import Met, counted, met
from ossay.collect.licensing.names import Scope, scope_of
from ossay.collect.licensing.packages import Package
from ossay.collect.licensing.stating import is_within, together
from ossay.collect.licensing.whose import LICENCE_TEXTS, Whose

PUBLIC_DOMAIN = "LicenseRef-scancode-public-domain"
"""Nothing is asked by it, and nothing has to be passed on with what is under it."""


class PackageBasis(StrEnum):
    """What the licence of a package was concluded from, the surest first."""

    MANIFEST_AND_TEXT = "manifest and licence file"
    """They name the same."""
    MANIFEST = "manifest"
    """There is no licence file in the package."""
    LICENCE_FILE = "licence file"
    """The one in it or the nearest around it; its manifest declares nothing."""
    PACKAGE = "package around it"
    PROJECT = "project"
    """It says nothing of its own: it is under the licence of the whole."""
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageLicence:
    """
    What is known of the licence of one package, what lies in packages in it left out.

    Attributes:
        text: The licence of the licence files in it; "" if there are none.
        stated: What its own files state, most files first.
        vendored: What the code of others in it states.
        files: How many files it has.
        concluded: SPDX expression; "" where none follows.
        conflicts: Where declared, text and statements differ, a sentence each.
        why_open: Why no licence was concluded; "" if one was.
        doubtful: How many of its files hold what nobody could read.
    """

    package: Package
    text: str
    stated: tuple[Met, ...]
    vendored: tuple[Met, ...]
    files: int
    concluded: str
    basis: PackageBasis
    conflicts: tuple[str, ...]
    why_open: str
    doubtful: int


def package_licences(
    packages: Mapping[str, Package], files: Sequence[FileLicence]
) -> tuple[PackageLicence, ...]:
    """Return the licence of each of *packages*, by what is known of *files*."""
    if not packages:
        return ()
    inside = _by_package(packages, files)
    return tuple(_licence_of(p, inside.get(f, [])) for f, p in packages.items())


def _by_package(
    packages: Mapping[str, Package], files: Iterable[FileLicence]
) -> Mapping[str, list[FileLicence]]:
    """Return the files by the innermost package that they are in."""
    of_folder: dict[str, str] = {"": ""}
    found: defaultdict[str, list[FileLicence]] = defaultdict(list)
    for file in files:
        folder = file.path.rpartition("/")[0]
        found[_innermost(folder, packages, of_folder)].append(file)
    return found


def _innermost(
    folder: str, packages: Mapping[str, Package], known: dict[str, str]
) -> str:
    if folder not in known:
        above = folder.rpartition("/")[0]
        known[folder] = (
            folder if folder in packages else _innermost(above, packages, known)
        )
    return known[folder]


def _licence_of(package: Package, files: Sequence[FileLicence]) -> PackageLicence:
    own = [f for f in files if f.whose is Whose.OWN]
    texts = [f for f in files if _is_its_text(f, package)]
    held = [licence_of_texts(f.finding) for f in texts]
    text = together(held) if all(held) else ""
    concluded, basis, why_open = _concluded(package, files, texts, text)
    stated = tuple(met(own))
    return PackageLicence(
        package=package,
        text=text,
        stated=stated,
        vendored=tuple(met(f for f in files if f.whose is Whose.VENDORED)),
        files=len(files),
        concluded=concluded,
        basis=basis,
        conflicts=tuple(_conflicts(package, text, stated, concluded)),
        why_open=why_open,
        doubtful=sum(bool(f.doubts) for f in files),
    )


def _is_its_text(file: FileLicence, package: Package) -> bool:
    """Tell whether it is a licence file that speaks for all of *package*."""
    folder, _, name = file.path.rpartition("/")
    if folder == f"{package.folder}/{LICENCE_TEXTS}":
        return file.whose is Whose.LICENCE and not name.endswith(".license")
    return folder == package.folder and scope_of(name) is Scope.WHOLE


def _concluded(
    package: Package,
    files: Sequence[FileLicence],
    texts: Sequence[FileLicence],
    text: str,
) -> tuple[str, PackageBasis, str]:
    """Return licence, what it rests on, and why there is none."""
    if package.is_silent:
        return _from_around(package, files)
    declared, basis = package.concluded, PackageBasis.MANIFEST
    if not declared:
        said = ", ".join(package.declared)
        why = package.why_not or f"its manifests disagree: {said}"
        return "", basis, why
    if not texts:
        return declared, basis, ""
    if not text:
        return "", basis, f"it was not made out which licence {texts[0].path} holds"
    if not is_within(text, declared, is_text=True):
        return "", basis, f"declared is {declared}, but {texts[0].path} holds {text}"
    return declared, PackageBasis.MANIFEST_AND_TEXT, ""


def _from_around(
    package: Package, files: Sequence[FileLicence]
) -> tuple[str, PackageBasis, str]:
    """Return what is concluded for the files of a package that declares nothing."""
    manifest_first = sorted(files, key=lambda f: f.path != package.manifest)
    own = (f for f in manifest_first if f.whose is not Whose.VENDORED)
    covered = next((f for f in own if f.basis in _COVERING), None)
    if covered is None:
        return "", PackageBasis.NONE, "its manifest declares no licence"
    basis = _COVERING[covered.basis]
    if covered.concluded:
        return covered.concluded, basis, ""
    if basis is PackageBasis.PROJECT:
        return "", basis, "it is not settled which licence the whole is under"
    rests_on = covered.source or package.manifest
    return "", basis, f"it was not made out which licence {rests_on} tells"


_COVERING = {
    Basis.LICENCE_FILE: PackageBasis.LICENCE_FILE,
    Basis.PACKAGE: PackageBasis.PACKAGE,
    Basis.PROJECT: PackageBasis.PROJECT,
}
"""What stands for a file that states nothing itself."""


def _conflicts(
    package: Package, text: str, stated: Iterable[Met], concluded: str
) -> Iterator[str]:
    if len(package.declared) > 1:
        yield f"its manifests declare {' and '.join(package.declared)}"
    for declared in package.declared:
        if text and not is_within(text, declared, is_text=True):
            yield f"declared is {declared}, and the licence text is {text}"
    wanted = concluded or together(package.declared)
    for one in stated:
        is_other = one.expression != PUBLIC_DOMAIN
        if wanted and is_other and not is_within(one.expression, wanted):
            line = f":{one.first.line}" if one.first.line else ""
            state = "states" if len(one.files) == 1 else "state"
            some = f"{counted(len(one.files))} of it {state} {one.expression}"
            yield f"{some} ({one.first.subject}{line})"
