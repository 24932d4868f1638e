# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which catalogues hold the same messages, and which of them is the source."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from ossay.collect.accessibility.catalogues import Group, find_catalogues
from ossay.collect.languages.formats import QT, Format, format_of
from ossay.collect.languages.messages import Catalogue, unpacked
from ossay.model.evidence import Item
from ossay.model.tree import Tree, Unreadable

MOST_CATALOGUES = 3_000
"""More are not opened; 1,150 were the most in 20 projects."""

TOO_MANY = f"only {MOST_CATALOGUES:,} catalogues are opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """
    Catalogues of one format that hold the same messages.

    Attributes:
        room: The folder that holds them, or the folders of languages.
        paths: Those of each language (BCP 47).
        base: The catalogue or template without a language in its name; "" if none.
        misnamed: Files beside them whose names tell no language, and why.
    """

    format: Format
    room: str
    paths: Mapping[str, tuple[str, ...]]
    base: str = ""
    misnamed: tuple[Item, ...] = ()


@dataclass(slots=True, kw_only=True)
class Found:
    """
    What there is of catalogues.

    Attributes:
        read: What was kept of each file, by its path.
        broken: Catalogues that cannot be read though they are there.
        unread: Catalogues whose content is not to be had, or for which there is no
            reader; by path, with the language that the name tells, or "".
        lost: Broken ones beside which none of the same messages could be read.
    """

    sheets: list[Sheet] = field(default_factory=list)
    read: dict[str, Catalogue] = field(default_factory=dict)
    broken: list[Item] = field(default_factory=list)
    unread: dict[str, tuple[str, str]] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)

    def total(self) -> int:
        """Return how many catalogues there are, readable or not."""
        broken = [*self.broken, *(i for s in self.sheets for i in s.misnamed)]
        return len({*self.read, *self.unread, *(i.subject for i in broken)})


def find_sheets(tree: Tree, own: Sequence[str]) -> Found:
    """Open the catalogues among *own*, and tell what belongs together."""
    of_qt = _of_qt(tree, own)
    catalogues = find_catalogues(own, of_qt)
    found = Found()
    there = frozenset(own)
    groups = _affordable(catalogues.groups, found)
    planned = [s for g in groups if (s := _planned(g, there, found))]
    used = {p for s in planned for p in (s.base, *_all(s))}
    loose = [p for p in catalogues.unnamed if p not in used]
    loose += [p for p in own if _XLIFF_TEMPLATE.search(p) and p not in used]
    loose = list(dict.fromkeys(p for p in loose if format_of(p)))
    found.unread |= dict.fromkeys(loose[MOST_CATALOGUES:], ("", TOO_MANY))
    loose = loose[:MOST_CATALOGUES]
    _open(tree, [*used, *loose], found)
    opened = [_opened(sheet, found) for sheet in planned]
    found.lost = {item.subject: item.note for item in found.broken}
    for sheet, left in zip(planned, opened, strict=True):
        for path in (sheet.base, *_all(sheet)) if left.paths or left.base else ():
            found.lost.pop(path, None)
    found.sheets = [
        *_with_templates(
            [sheet for sheet in opened if sheet.paths or sheet.base],
            [path for path in loose if path in found.read],
            found,
        )
    ]
    return found


def _of_qt(tree: Tree, own: Sequence[str]) -> set[str]:
    """Return the files that hold messages of Qt; TypeScript has the same ending."""
    scripts = [path for path in own if path.endswith(".ts")]
    named = [p for g in find_catalogues(scripts, set(scripts)).groups for p in _all(g)]
    scanned = tree.scan(QT.scanner, named)
    return {p for p, one in scanned if isinstance(one, Catalogue) and one.is_one}


def _affordable(groups: Iterable[Group], found: Found) -> list[Group]:
    opened, kept = 0, []
    for group in groups:
        paths = _all(group)
        if opened + len(paths) > MOST_CATALOGUES:
            for tag, some in group.paths.items():
                found.unread |= dict.fromkeys(some, (tag, TOO_MANY))
            continue
        opened += len(paths)
        kept.append(group)
    return kept


def _planned(group: Group, there: Collection[str], found: Found) -> Sheet | None:
    kind = format_of(group.after)
    if kind is None or (
        group.format == "catalogue" and group.after.endswith(_NOT_EACH)
    ):
        if not group.after.endswith(_LAYOUTS):
            for tag, paths in group.paths.items():
                why = "catalogues of this kind are not read"
                found.unread |= dict.fromkeys(paths, (tag, why))
        return None
    base = next((p for p in _bases(group) if p in there), "")
    misnamed = tuple(_misnamed(group, there))
    room = group.before.rpartition("/")[0]
    return Sheet(
        format=kind, room=room, paths=group.paths, base=base, misnamed=misnamed
    )


def _bases(group: Group) -> Iterator[str]:
    """Yield what the catalogue without a language would be called."""
    if group.format == "Android strings":
        yield f"{group.before.removesuffix('-')}{group.after}"
    elif group.format == "Apple strings":
        yield f"{group.before}Base{group.after}"
    elif group.before.endswith(("_", "-", ".")):
        yield f"{group.before[:-1]}{group.after}"


def _open(tree: Tree, paths: Iterable[str], found: Found) -> None:
    by_format: dict[str, tuple[Format, list[str]]] = {}
    for path in dict.fromkeys(filter(None, paths)):
        if kind := format_of(path):
            by_format.setdefault(kind.name, (kind, []))[1].append(path)
    for kind, some in by_format.values():
        for path, one in tree.scan(kind.scanner, some):
            if isinstance(one, Unreadable):
                found.unread[path] = ("", one.why)
            elif one.broken:
                found.broken.append(Item(subject=path, note=one.broken))
            elif one.is_one:
                found.read[path] = one


def _opened(sheet: Sheet, found: Found) -> Sheet:
    """Leave out of a sheet what could not be opened, or turned out to be none."""
    for tag, path in ((t, p) for t, paths in sheet.paths.items() for p in paths):
        if path in found.unread:
            found.unread[path] = (tag, found.unread[path][1])
    read = {t: tuple(filter(found.read.get, some)) for t, some in sheet.paths.items()}
    return replace(
        sheet,
        paths={tag: paths for tag, paths in read.items() if paths},
        base=sheet.base if sheet.base in found.read else "",
    )


def _with_templates(
    sheets: Sequence[Sheet], loose: Sequence[str], found: Found
) -> Iterator[Sheet]:
    """Give templates to the sheets they are of; each that is left is a sheet itself."""
    left = dict.fromkeys(loose)
    for sheet in sheets:
        base = sheet.base
        if not base and found.read[_all(sheet)[0]].holds_source:
            fitting = [p for p in loose if _may_be_of(p, sheet)]
            base = max(fitting, key=partial(_likeness, sheet=sheet), default="")
            if base and not _shares_messages(base, sheet, found):
                base = ""
        left.pop(base, None)
        yield replace(sheet, base=base)
    for path in left:
        if kind := format_of(path):
            yield Sheet(format=kind, room=path.rpartition("/")[0], paths={}, base=path)


def _may_be_of(template: str, sheet: Sheet) -> bool:
    """Tell whether a template stands above, beside or below the catalogues."""
    kind = format_of(template)
    if kind is None or kind.name != sheet.format.name or template.endswith(".po"):
        return False
    room, theirs = f"{template.rpartition('/')[0]}/".lstrip("/"), f"{sheet.room}/"
    return theirs.startswith(room) or room.startswith(theirs.lstrip("/"))


def _shares_messages(template: str, sheet: Sheet, found: Found) -> bool:
    """Tell whether a third of what the longest catalogue holds is in a template."""
    ours = {key for part in found.read[template].sections for key in unpacked(part)}
    longest = max(_all(sheet), key=lambda path: _length(found.read[path]))
    theirs = {key for part in found.read[longest].sections for key in unpacked(part)}
    return len(ours & theirs) * 3 >= len(theirs)


def _length(one: Catalogue) -> int:
    return sum(len(part.packed) for part in one.sections)


def _likeness(template: str, sheet: Sheet) -> tuple[bool, int]:
    stem = template.rpartition("/")[2].partition(".")[0]
    path = _all(sheet)[0]
    return path.rpartition("/")[2].partition(".")[0] == stem, template.count("/")


def _misnamed(group: Group, there: Collection[str]) -> Iterator[Item]:
    if len(group.paths) > 1:
        for name, note in _NO_LANGUAGES.items():
            if (path := f"{group.before}{name}{group.after}") in there:
                yield Item(subject=path, note=note)


def _all(group: Group | Sheet) -> list[str]:
    return [path for paths in group.paths.values() for path in paths]


_XLIFF_TEMPLATE = re.compile(r"(?:^|/)[^/.]{1,80}\.xl(?:f|iff)$")
_NOT_EACH = (".xml", ".csv")
"""Kinds of which no file of one language is read."""
_LAYOUTS = (".xib", ".storyboard")
"""Screens of Apple's; what they say stands in catalogues beside them."""

_BY_PROGRAMS = ("null", "undefined", "None", "NaN", "nil", "[object Object]")
_COUNTRIES = ("cn", "cz", "dk", "gr", "jp", "ua", "vn")
_NO_LANGUAGES = {
    **dict.fromkeys(_BY_PROGRAMS, "a name that a program writes where it knows none"),
    **dict.fromkeys(_COUNTRIES, "named after a country, and not after a language"),
}
