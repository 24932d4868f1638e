# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is known of the licences of the packages inside: answers and table."""

from collections.abc import Iterable, Iterator, Sequence

from ossay.collect.licensing.facts import (
    ABOUT_PACKAGES,
    LICENCES_OF_PACKAGES,
    PACKAGES,
    PACKAGES_IN_CONFLICT,
    PACKAGES_UNDER_OTHERS,
    PACKAGES_UNDETERMINED,
)
from ossay.collect.licensing.manifests import MOST_MANIFESTS
from ossay.collect.licensing.met import Met
from ossay.collect.licensing.package_licences import PackageLicence
from ossay.collect.licensing.stating import is_within
from ossay.collect.licensing.whole import Whole
from ossay.model.collector import Table
from ossay.model.evidence import Answered, Fact, Item, Observation

COLUMNS = (
    *("folder", "manifest", "files", "declared", "text", "stated", "vendored"),
    *("concluded", "basis", "conflicts", "open"),
)
"""
Columns of the table "packages"; several values in one cell stand on lines of their own.

`declared` is what the manifests say, `text` what the licence files in the package
hold, `stated` what its own files state and `vendored` what others' do, each with its
number of files; `open` tells why no licence was concluded.
"""

_NONE = "there is no manifest of a package in a folder below"


def answers(packages: Sequence[PackageLicence], whole: Whole) -> Iterator[Answered]:
    """Answer for the *packages* inside the *whole*."""
    missed = _missed(whole)
    yield PACKAGES.found(len(packages), missed=missed)
    if not packages:
        for fact in ABOUT_PACKAGES:
            if fact is not PACKAGES:
                yield fact.unknown(missed) if missed else fact.inapplicable(_NONE)
        return
    yield LICENCES_OF_PACKAGES.found(
        tuple(dict.fromkeys(e for p in packages for e in p.package.declared)),
        [_item(p, ", ".join(p.package.declared)) for p in packages if _declares(p)],
        missed=missed,
    )
    yield _under_others(packages, whole.concluded, missed)
    yield _in_conflict(packages, missed)
    yield _count(
        PACKAGES_UNDETERMINED,
        [_item(p, p.why_open) for p in packages if p.why_open],
        missed,
    )


def table(packages: Iterable[PackageLicence]) -> Table:
    """Return the table of *packages*."""
    rows = tuple(
        (
            p.package.folder,
            p.package.manifest,
            str(p.files),
            "\n".join(p.package.declared),
            p.text,
            _counts(p.stated),
            _counts(p.vendored),
            p.concluded,
            p.basis.value,
            "\n".join(p.conflicts),
            p.why_open,
        )
        for p in packages
    )
    return Table(name="packages", columns=COLUMNS, rows=rows)


def told(one: PackageLicence) -> str:
    """Say in a line which licence a package has, by what, and what speaks against."""
    concluded = (
        f"{one.concluded} ({one.basis.value})" if one.concluded else one.why_open
    )
    return "; ".join((concluded, *one.conflicts))


def _under_others(
    packages: Sequence[PackageLicence], concluded: Answered, missed: str
) -> Answered:
    if not isinstance(concluded, Observation):
        why = "it is not settled which licence the software is under"
        return PACKAGES_UNDER_OTHERS.unknown(why)
    whole = str(concluded.value)
    apart = [p for p in packages if p.concluded and not is_within(p.concluded, whole)]
    unsettled = sum(bool(p.why_open) for p in packages)
    some = f"of {unsettled} of {len(packages)} packages it is not settled"
    return PACKAGES_UNDER_OTHERS.found(
        tuple(dict.fromkeys(p.concluded for p in apart)),
        [_item(p, told(p)) for p in apart],
        missed="; ".join(filter(None, (missed, some if unsettled else ""))),
    )


def _in_conflict(packages: Sequence[PackageLicence], missed: str) -> Answered:
    differing = [_item(p, "; ".join(p.conflicts)) for p in packages if p.conflicts]
    doubtful = [p for p in packages if p.doubtful and not p.conflicts]
    some = (
        f"{len(doubtful)} of {len(packages)} packages hold words about licences that "
        "nobody read"
    )
    return _count(
        PACKAGES_IN_CONFLICT,
        differing,
        "; ".join(filter(None, (missed, some if doubtful else ""))),
    )


def _count(fact: Fact[int], items: Sequence[Item], missed: str) -> Answered:
    """Count what was seen; nothing seen is no answer while something was missed."""
    if missed and not items:
        return fact.unknown(missed)
    return fact.found(len(items), items, missed=missed)


def _missed(whole: Whole) -> str:
    if whole.manifests < MOST_MANIFESTS:
        return ""
    return f"only the {MOST_MANIFESTS} manifests nearest the root were read"


def _declares(one: PackageLicence) -> bool:
    return bool(one.package.declared)


def _item(one: PackageLicence, note: str) -> Item:
    return Item(subject=one.package.manifest, note=note, line=one.package.line)


def _counts(found: Iterable[Met]) -> str:
    return "\n".join(f"{m.expression} ({len(m.files)})" for m in found)
