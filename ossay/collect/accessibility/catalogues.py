# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Message catalogues, known by their names: which languages the software speaks."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from ossay.collect._languages import language_tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """
    Catalogues of one kind whose paths differ in the language alone.

    Attributes:
        before: What stands in each path before the name of the language.
        after: What stands behind it.
        paths: Those of each language; more than one where it is spelt in two ways.
    """

    format: str
    before: str
    after: str
    paths: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogues:
    """
    What was found.

    Attributes:
        by_language: Paths of the catalogues of each language (BCP 47).
        groups: The same, with what belongs together.
        unnamed: Catalogues whose languages their name does not tell, such as
            `values/strings.xml`: the software's first language, whichever it is.
    """

    by_language: Mapping[str, tuple[str, ...]]
    groups: tuple[Group, ...]
    unnamed: tuple[str, ...]


@dataclass(slots=True)
class _Group:
    """Catalogues whose names differ in the language alone."""

    paths: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    is_certain: bool = False

    def is_believed(self) -> bool:
        """Believe a doubtful name only beside another language's."""
        return self.is_certain or len(self.paths) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Format:
    """
    A kind of catalogue.

    Attributes:
        name: Formats of one name are told apart by nothing but the path.
        pattern: Over the path without its ending; its group `tag` is the language.
        is_certain: Whether such a name can be nothing else.
        is_suffix: Whether the language follows other words ("how-to").
        in_room: Whether it has to stand in a folder of catalogues.
    """

    name: str
    pattern: str
    is_certain: bool = True
    is_suffix: bool = False
    in_room: bool = False

    def read(self, bare: str) -> "re.Match[str] | None":
        """Find the language in *bare*, a path without its ending."""
        return _compiled(self.pattern).search(bare)

    def is_sure_of(self, tag: str) -> bool:
        """Tell whether *tag* is surely a language: short, or with a region."""
        if not self.is_certain or (self.is_suffix and tag.lower() in _DOUBTFUL):
            return False
        return len(tag) == 2 or not tag.isalpha()


def find_catalogues(paths: Iterable[str], of_qt: Collection[str] = ()) -> Catalogues:
    """
    Return the catalogues among *paths*, which are the software's own files.

    *of_qt* names those that hold messages of Qt, whose ending is TypeScript's too.
    """
    groups: dict[tuple[str, str, str], _Group] = defaultdict(_Group)
    unnamed = []
    for path in paths:
        formats = _QT if path in of_qt else _FORMATS.get(_ending(path), ())
        if not formats or _OTHERS.search(path):
            continue
        if _UNNAMED.search(path):
            unnamed.append(path)
        elif read := _read(path, formats):
            kind, tag, start, end = read
            group = groups[kind.name, path[:start], path[end:]]
            group.paths[tag].append(path)
            group.is_certain |= kind.is_sure_of(path[start:end])
        elif _TABLE.search(path):
            unnamed.append(path)
    believed = {named: one for named, one in groups.items() if one.is_believed()}
    spoken: dict[str, list[str]] = defaultdict(list)
    for group in believed.values():
        for tag, found in group.paths.items():
            spoken[tag] += found
    return Catalogues(
        by_language={tag: tuple(spoken[tag]) for tag in sorted(spoken)},
        groups=tuple(
            Group(
                format=name,
                before=before,
                after=after,
                paths={tag: tuple(found) for tag, found in group.paths.items()},
            )
            for (name, before, after), group in believed.items()
        ),
        unnamed=tuple(unnamed),
    )


def _ending(path: str) -> str:
    return path.rpartition(".")[2].lower()


def _read(
    path: str, formats: Iterable[_Format]
) -> tuple[_Format, str, int, int] | None:
    """Return the format of *path*, its language and where its name stands."""
    bare = path.rpartition(".")[0]
    is_in_room = _is_room(path.rpartition("/")[0])
    for kind in formats:
        if kind.in_room and not is_in_room:
            continue
        if found := kind.read(bare):
            start, end = found.span("tag")
            for begin in (*_before_region(bare, start), start):
                if tag := _tag(bare[begin:end]):
                    return kind, tag, _before_language(bare, begin, tag), end
    return None


def _before_region(bare: str, start: int) -> Iterator[int]:
    """
    Yield where the language begins whose region may stand at *start*.

    After other words a pattern stops short: of "app_zh_TW" it takes the "TW",
    which alone is Twi.
    """
    before = _BEFORE_REGION.search(bare, max(0, start - _LONGEST_BEFORE), start)
    if before and _REGION.match(bare, start):
        yield before.start("tag")


def _before_language(bare: str, begin: int, tag: str) -> int:
    """Return where the name begins if "uz_UZ_Cyrl" was read as "UZ_Cyrl" alone."""
    before = _LANGUAGE_BEFORE.search(bare, max(0, begin - _LONGEST_BEFORE), begin)
    doubled = before and before["language"].lower() == tag.partition("-")[0]
    return before.start("language") if before and doubled else begin


@lru_cache(maxsize=20_000)
def _is_room(folder: str) -> bool:
    return _IN_ROOM.search(f"{folder}/") is not None


@cache
def _compiled(pattern: str) -> "re.Pattern[str]":
    return re.compile(pattern)


@lru_cache(maxsize=2_000)
def _tag(text: str) -> str | None:
    """Return the language that a name says, Android's and Apple's ways included."""
    if text in _SPELT_OUT:
        return _SPELT_OUT[text]
    plain = text.removeprefix("b+").replace("+", "-")
    return None if plain.lower() in _WORDS else language_tag(plain)


_LONGEST_BEFORE = 10
_BEFORE_REGION = re.compile(
    r"(?<![A-Za-z0-9])(?P<tag>[a-z]{2,3}[-_](?:[A-Z][a-z]{3}[-_])?)$"
)
"""A language, and perhaps a script, before what may be a region."""
_LANGUAGE_BEFORE = re.compile(r"(?<![A-Za-z0-9-])(?P<language>[a-z]{2,3})[-_]$")
_REGION = re.compile(
    r"(?:[A-Z]{2}|[0-9]{3}|(?<=pt[-_])br|(?<=zh[-_])(?:cn|hk|tw)|(?<=en[-_])(?:gb|us))$"
)
"""In small letters, only the regions that are common: "to_it" is none."""

_OTHERS = re.compile(
    r"(?i)moment|date-?fns|dayjs|datepicker|numeral|select2|tinymce|ckeditor|flatpickr"
    r"|qttranslations|datatables|jquery|summernote|froala|pdf\.?js|parsley|highlight\.?js|fullcalendar"
)
"""Libraries that come with languages of their own; they say nothing of the product."""

_ENGLISH = """
ace arc ban bin bug car day del fan fat gem got her lol man may min new run sad sat sel
sun tar ter ton vol war was
"""
_WORDS = frozenset(_ENGLISH.split())
"""Codes that are rather words, or parts of file names (`app.min.json`)."""

_SPELT_OUT = {
    "English": "en",
    "French": "fr",
    "German": "de",
    "Italian": "it",
    "Japanese": "ja",
    "Spanish": "es",
    "Dutch": "nl",
}
"""How Apple named folders of languages before 2011."""

_TAG = (
    r"(?P<tag>[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_]r?(?:[A-Za-z]{2}|[0-9]{3}|CH[ST]))?"
    r"(?:@[a-z]{3,12}|[-_]valencia)?)"
)
_ROOM = (
    r"(?i:(?:^|/)(?:[\w-]{0,40}[-_.])?(?:locales?|_locales|i18n|l10n|translations?"
    r"|langs?|languages?|messages|nls|intl|locali[sz]ations?|traductions?|lng)"
    r"(?:[-_][\w-]{0,40})?/)"
)
"""A folder of catalogues, by its name."""
_IN_ROOM = re.compile(_ROOM)

_DOUBTFUL = frozenset(
    {"am", "an", "as", "be", "he", "hi", "id", "in", "is", "it", "my", "no", "or"}
    | {"os", "so", "to"}
)
"""Codes that may be a word where they follow other words."""

_PO = (
    _Format(
        name="gettext",
        pattern=rf"(?:^|/){_TAG}/(?:LC_MESSAGES/)?[^/]{{1,100}}$",
    ),
    _Format(name="gettext", pattern=rf"(?:^|/){_TAG}$"),
    _Format(
        name="gettext",
        pattern=rf"(?:^|/)[^/]{{1,80}}[-._]{_TAG}$",
        is_certain=False,
    ),
)
_ANDROID = _Format(
    name="Android strings",
    pattern=(
        r"(?:^|/)values-(?P<tag>[a-z]{2,3}(?:-r[A-Z]{2})?|b\+[A-Za-z0-9+]{2,20})/"
        r"[^/]{0,60}strings[^/]{0,60}$"
    ),
)
_APPLE = _Format(
    name="Apple strings",
    pattern=r"(?:^|/)(?P<tag>[A-Za-z][A-Za-z_-]{1,11})\.lproj/[^/]{1,100}$",
)
_ARB = _Format(name="ARB", pattern=rf"(?:^|/)(?:[^/]{{1,80}}[-_])?{_TAG}$")
_RESX = _Format(name="resx", pattern=rf"(?:^|/)[^/]{{1,80}}\.{_TAG}$")
_XLIFF = (
    _Format(name="XLIFF", pattern=rf"(?:^|/)(?:[^/]{{1,80}}[.])?{_TAG}$"),
    _Format(name="XLIFF", pattern=rf"(?:^|/){_TAG}\.[^/]{{1,80}}$"),
)
_FLUENT = (
    _Format(
        name="Fluent",
        pattern=rf"{_ROOM}{_TAG}/(?:[^/]{{1,80}}/){{0,4}}[^/]{{1,80}}$",
        in_room=True,
    ),
    _Format(name="Fluent", pattern=rf"(?:^|/){_TAG}$"),
    _Format(
        name="Fluent",
        pattern=rf"(?:^|/){_TAG}/[^/]{{1,80}}$",
        is_certain=False,
    ),
)
_PROPERTIES = (
    _Format(
        name="Java properties",
        pattern=(
            r"(?i:(?:^|/)(?:[^/]{0,60}(?:messages?|i18n|strings|labels|bundle"
            rf"|resources?|lang|language|translations?|text))_){_TAG}$"
        ),
    ),
    _Format(
        name="Java properties",
        pattern=rf"(?:^|/)(?:[^/]{{1,80}}_)?{_TAG}$",
        is_certain=False,
    ),
)
_IN_CODE = (
    _Format(name="catalogue", pattern=rf"{_ROOM}{_TAG}$", in_room=True),
    _Format(
        name="catalogue",
        pattern=rf"{_ROOM}{_TAG}/(?:[^/]{{1,80}}/){{0,4}}[^/]{{1,100}}$",
        in_room=True,
    ),
    _Format(
        name="catalogue",
        pattern=rf"{_ROOM}(?:[^/]{{1,80}}/){{1,3}}{_TAG}$",
        is_certain=False,
        in_room=True,
    ),
)
_IN_DATA = (
    *_IN_CODE,
    _Format(
        name="catalogue",
        pattern=rf"{_ROOM}(?:[^/]{{1,80}}/){{0,3}}[^/]{{1,80}}[._-]{_TAG}$",
        is_suffix=True,
        in_room=True,
    ),
)
_QT = (
    _Format(
        name="Qt Linguist",
        pattern=rf"(?:^|/)(?:[^/]{{1,80}}[-_.])?{_TAG}$",
    ),
)
_FORMATS: Mapping[str, tuple[_Format, ...]] = {
    "po": _PO,
    "pot": _PO,
    "xml": (_ANDROID, *_IN_CODE),
    **dict.fromkeys(("strings", "stringsdict", "xib", "storyboard"), (_APPLE,)),
    "xcstrings": (_APPLE,),
    "arb": (_ARB,),
    "resx": (_RESX,),
    **dict.fromkeys(("xlf", "xliff"), _XLIFF),
    "ftl": _FLUENT,
    "properties": (*_IN_DATA, *_PROPERTIES),
    **dict.fromkeys(("json", "json5", "yml", "yaml", "php"), _IN_DATA),
    **dict.fromkeys(("toml", "ini", "csv"), _IN_DATA),
    **dict.fromkeys(("js", "mjs", "ts"), _IN_CODE),
}
_TABLE = re.compile(rf"{_ROOM}[^/]{{1,100}}\.csv$|(?:^|/)(?:i18n|translations?)\.csv$")
"""Tables that may hold every language; which ones, only their heads tell."""
_UNNAMED = re.compile(
    r"(?:^|/)values/[^/]{0,60}strings[^/]{0,60}\.xml$"
    r"|(?:^|/)(?:messages|strings|i18n|translations?)\.properties$"
    r"|(?:^|/)Base\.lproj/|\.pot$|\.xcstrings$"
)
