# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How much of what the software says is said in each language."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ossay.collect.languages.formats import Format
from ossay.collect.languages.messages import Kept, count_of, unpacked
from ossay.collect.languages.serving import fit, serves
from ossay.collect.languages.sheets import Found, Sheet
from ossay.model.tree import Tree

FILLED_PERCENT = 10
"""
Percent of long messages that read as their source, from which a catalogue counts as
filled with it: some tools write the source text where there is no translation.
"""

Messages = Mapping[bytes, Kept]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """
    One catalogue, or one language of a file that holds several.

    Attributes:
        total: Messages of the source; 0 where there is no source to measure it by.
        same: Messages that read as their source, whether they count or not.
    """

    path: str
    language: str
    format: str
    translated: int
    total: int
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A language: how many of all messages are said in it, and where it stands."""

    language: str
    translated: int
    total: int
    path: str

    def is_at(self, percent: int) -> bool:
        """Tell whether that many percent or more are translated."""
        return self.total > 0 and self.translated * 100 >= percent * self.total

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 means all."""
        return self.translated * 100 // self.total if self.total else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """
    All catalogues of a tree, measured.

    Attributes:
        spoken: Every language, by its tag.
        unmeasured: Catalogues that have no source beside them.
        alone: Catalogues of the source that have no translation beside them.
    """

    rows: tuple[Row, ...]
    spoken: Mapping[str, Spoken]
    unmeasured: tuple[str, ...]
    alone: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """One sheet: how many messages there are, and how many in each language."""

    source: str
    total: int
    translated: Mapping[str, tuple[int, str]]


def measure(tree: Tree, found: Found, hint: str = "") -> Measured:
    """
    Measure every sheet by its source, and add the sheets up by language.

    *hint* is a language that the source is in rather than English, where it is one
    of those that the most messages are in: the README's.
    """
    main = _main_language(found, hint)
    rows: list[Row] = []
    sums: list[_Sums] = []
    unmeasured: list[str] = []
    alone: list[str] = []
    for sheet in found.sheets:
        of_sheet, summed = _of_sheet(tree, sheet, found, main)
        rows += of_sheet
        if summed is None:
            unmeasured += [row.path for row in of_sheet]
        else:
            sums.append(summed)
            alone += [of_sheet[0].path] if len(of_sheet) == 1 and summed.total else []
    return Measured(
        rows=tuple(sorted(rows, key=lambda row: (row.path, row.language))),
        spoken=_added_up(sums),
        unmeasured=tuple(unmeasured),
        alone=tuple(alone) if len(alone) < len(found.sheets) else (),
    )


def _main_language(found: Found, hint: str) -> str:
    """
    Return the language of the source: English, unless it is short of messages.

    A language is near where it has nine tenths of the messages of the longest
    catalogue beside it, since translations keep some that the source gave up.
    """
    named = [sheet for sheet in found.sheets if not sheet.base]
    several = [sheet for sheet in named if len(sheet.paths) > 1] or named
    near: Counter[str] = Counter()
    for sheet in several:
        lengths = {tag: _length(paths, found) for tag, paths in sheet.paths.items()}
        if not (most := max(lengths.values(), default=0)):
            continue
        near.update(
            dict.fromkeys((t for t in lengths if lengths[t] * 10 >= most * 9), most)
        )
    if not near:
        return hint or "en"
    most = max(near.values())
    for wished in (hint, "en"):
        fitting = {
            tag: how
            for tag in near
            if near[tag] * 2 >= most and (how := fit(tag, wished)) is not None
        }
        if fitting:
            return min(fitting, key=lambda tag: (fitting[tag], tag))
    return max(sorted(near), key=near.__getitem__)


def _length(paths: Iterable[str], found: Found) -> int:
    """Return what is as long as the list of messages; 0 where the source is beside."""
    read = [found.read[path] for path in paths]
    return sum(
        len(part.packed)
        for one in read
        if not one.holds_source
        for part in one.sections
    )


class _Said(Mapping[str, Messages]):
    """What is said in each language: unpacked one at a time, since many are long."""

    def __init__(self, paths: Mapping[str, Sequence[str]], found: Found) -> None:
        self._paths, self._found = paths, found

    def __getitem__(self, tag: str) -> Messages:
        return _joined(self._paths[tag], self._found)

    def __contains__(self, tag: object) -> bool:
        return tag in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _of_sheet(
    tree: Tree, sheet: Sheet, found: Found, main: str
) -> tuple[list[Row], _Sums | None]:
    said: Mapping[str, Messages] = _Said(sheet.paths, found)
    if any(found.read[p].holds_source for p in _paths(sheet)):
        return _beside_source(tree, sheet, found, said, main)
    return _by_key(tree, sheet, found, said, main)


def _beside_source(
    tree: Tree, sheet: Sheet, found: Found, said: Mapping[str, Messages], main: str
) -> tuple[list[Row], _Sums | None]:
    """Measure by the template, else by the catalogue with the most messages."""
    if not sheet.paths and len(found.read[sheet.base].sections) > 1:
        said = _sections(sheet.base, found)
        source, model = found.read[sheet.base].source_language, sheet.base
        reference = said.get(source, {})
    elif sheet.base:
        reference, model = _joined((sheet.base,), found), sheet.base
        source = found.read[sheet.base].source_language
    else:
        sizes = {tag: _size(paths, found) for tag, paths in sheet.paths.items()}
        largest = max(sizes, key=lambda tag: (sizes[tag], tag))
        reference, model = said[largest], sheet.paths[largest][0]
        source = found.read[model].source_language
    source = source or _written(tree, sheet.format, model) or _guessed(main, said)
    return _counted(sheet, said, reference, source, found, by_key=False)


def _by_key(
    tree: Tree, sheet: Sheet, found: Found, said: Mapping[str, Messages], main: str
) -> tuple[list[Row], _Sums | None]:
    """Measure by the catalogue without a language, else by that of the source's."""
    if sheet.base:
        reference = _joined((sheet.base,), found)
        source = _written(tree, sheet.format, sheet.base) or _guessed(main, said)
    else:
        fits = {tag: how for tag in said if (how := fit(tag, main)) is not None}
        if not fits:
            return _rows(sheet, dict.fromkeys(said, (0, 0)), 0), None
        source = min(fits, key=lambda tag: (fits[tag], tag))
        reference = said[source]
    reference = {key: one for key, one in reference.items() if one.is_there}
    return _counted(sheet, said, reference, source, found, by_key=True)


def _guessed(main: str, said: Mapping[str, Messages]) -> str:
    """Return what too few words are taken for: the language that is not beside them."""
    return next((tag for tag in (main, "en") if tag not in said), "")


def _counted(
    sheet: Sheet,
    said: Mapping[str, Messages],
    reference: Messages,
    source: str,
    found: Found,
    *,
    by_key: bool,
) -> tuple[list[Row], _Sums]:
    total = len(reference)
    counted = {
        tag: (total, 0)
        if serves(source, tag)
        else _count(messages, reference, by_key=by_key)
        for tag, messages in said.items()
    }
    if sheet.base and source:
        counted.setdefault(source, (total, 0))
    rows = _rows(sheet, counted, total)
    translated = {row.language: (row.translated, row.path) for row in rows}
    if any(len(paths) > 1 for paths in sheet.paths.values()):
        rows = [one for row in rows for one in _each(row, sheet, found, reference)]
    return rows, _Sums(source=source, total=total, translated=translated)


def _count(messages: Messages, reference: Messages, *, by_key: bool) -> tuple[int, int]:
    """
    Return how many messages are translated, and how many read as their source.

    Those that do are right where they are short. A long one is no translation, and
    neither are short ones where many long ones are none.
    """
    done = long = same_long = same_short = 0
    for key, source in reference.items():
        one = messages.get(key)
        if one is None or not one.is_there:
            continue
        done += 1
        is_long = source.is_long
        long += is_long
        if source.text == one.text if by_key else one.is_same:
            same_long += is_long
            same_short += not is_long
    is_filled = same_long * 100 > FILLED_PERCENT * long
    uncounted = same_long + (same_short if is_filled else 0)
    return done - uncounted, same_long + same_short


def _rows(
    sheet: Sheet, counted: Mapping[str, tuple[int, int]], total: int
) -> list[Row]:
    paths = {tag: paths[0] for tag, paths in sheet.paths.items()}
    return [
        Row(
            path=paths.get(tag, sheet.base),
            language=tag,
            format=sheet.format.name,
            translated=done,
            total=total,
            same=same,
        )
        for tag, (done, same) in counted.items()
    ]


def _each(row: Row, sheet: Sheet, found: Found, reference: Messages) -> Iterator[Row]:
    """Yield a row for each file of a language that is spelt in two ways."""
    paths = sheet.paths.get(row.language, ())
    if len(paths) < 2:
        yield row
        return
    for path in paths:
        by_key = not found.read[path].holds_source
        done, same = _count(_joined((path,), found), reference, by_key=by_key)
        yield replace(row, path=path, translated=done, same=same)


def _added_up(sums: Sequence[_Sums]) -> dict[str, Spoken]:
    """Add up what is said in each language, in its own or in what stands for it."""
    total = sum(one.total for one in sums)
    tags = sorted({t for one in sums for t in (*one.translated, one.source) if t})
    translated: dict[str, int] = defaultdict(int)
    where: dict[str, str] = {}
    for one in sums:
        for tag in tags:
            done, path = _in_language(one, tag)
            translated[tag] += done
            if path:
                where.setdefault(tag, path)
    return {
        tag: Spoken(
            language=tag, translated=translated[tag], total=total, path=where[tag]
        )
        for tag in tags
        if tag in where
    }


def _in_language(one: _Sums, tag: str) -> tuple[int, str]:
    if tag in one.translated:
        return one.translated[tag]
    nearest = [
        (how, *counted)
        for other, counted in one.translated.items()
        if (how := fit(other, tag)) is not None and serves(other, tag)
    ]
    return min(nearest)[1:] if nearest else (0, "")


def _size(paths: Sequence[str], found: Found) -> int:
    """Return how many messages are held; of one section all have the same length."""
    parts = [part for path in paths for part in found.read[path].sections]
    if len(parts) == 1:
        return count_of(parts[0])
    return len(_joined(paths, found))


def _joined(paths: Iterable[str], found: Found) -> Messages:
    joined: dict[bytes, Kept] = {}
    for path in paths:
        for section in found.read[path].sections:
            for key, one in unpacked(section).items():
                if one.is_there or key not in joined:
                    joined[key] = one
    return joined


def _sections(path: str, found: Found) -> dict[str, Messages]:
    sections = found.read[path].sections
    return {one.language: unpacked(one) for one in sections if one.language}


def _paths(sheet: Sheet) -> Iterator[str]:
    if sheet.base:
        yield sheet.base
    for paths in sheet.paths.values():
        yield from paths


def _written(tree: Tree, kind: Format, path: str) -> str:
    """Return the language that the source texts of a file are in; "" if it is open."""
    for _, told in tree.scan(kind.written, [path]):
        if isinstance(told, tuple) and told:
            return str(told[0])
    return ""
