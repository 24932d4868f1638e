# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Values to JSON and back, in canonical form; the digests made of it; YAML read."""

import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from enum import Enum
from functools import cache
from importlib import metadata, resources
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, TypeVar, cast, get_args, get_origin

import cattrs

from ossay.model.digest import Digest
from ossay.model.errors import OssayError
from ossay.model.evidence import Answered, Value
from ossay.model.policy import Criterion, Days

T = TypeVar("T")

Rows = tuple[tuple[str, ...], ...]

CLOCK_READINGS = frozenset({"requested_at", "taken_at", "collected_at"})
"""Fields that say when somebody looked; they are kept beside the digest."""


_MISSHAPEN = (
    AttributeError,
    KeyError,
    TypeError,
    ValueError,
    cattrs.errors.ForbiddenExtraKeysError,
    cattrs.errors.StructureHandlerNotFoundError,
)
"""What reading a document of another shape raises."""


class CodecError(OssayError):
    """A document does not have the shape of the value it should hold."""


def to_json(value: object, kind: Any = None) -> bytes:
    """Return the canonical JSON of *value* (RFC 8785), clock readings included."""
    return canonical(_converter().unstructure(value, kind or type(value)))


def from_json(kind: type[T], content: bytes) -> T:
    """Return the value that `to_json` wrote; raise `CodecError` if it is none."""
    try:
        return _converter().structure(json.loads(content), kind)
    except _MISSHAPEN as error:
        msg = f"cannot read {kind.__name__} from {content[:60]!r}...: {error!r}"
        raise CodecError(msg) from error


def reader(kind: type[T]) -> Callable[[bytes], T]:
    """
    Return a function that reads many documents of *kind*, each distinct one once.

    What scanners say of most files is the same, and then is one value.
    """
    known: dict[bytes, T] = {}

    def read(content: bytes) -> T:
        found = known.get(content)
        if found is None:
            known[content] = found = from_json(kind, content)
        return found

    return read


def plain(value: object) -> Any:
    """Return *value* as dicts, lists and scalars, for templates and `--json`."""
    return _converter().unstructure(value)


def canonical(document: object) -> bytes:
    """
    Return *document* as canonical JSON (RFC 8785): sorted keys, no spaces.

    Keys are sorted as Python sorts text, which differs from the RFC beyond the
    basic multilingual plane; ossay's own field names are ASCII. Floats are
    written the shortest way that reads back the same.
    """
    text, _ = _written(document)
    return text.encode()


def _written(document: object) -> tuple[str, bool]:
    """Return *document* in canonical form, and whether its numbers read back alike."""
    text = _dumped(document)
    # Few documents hold a float, and only some of those one that is whole.
    if _ENDS_IN_ZERO.search(text) or _ENDS_IN_EXPONENT.search(text):
        whole = _dumped(_integral(document))
        return whole, whole == text
    return text, True


_THEN = r"""(?:[\]}]|$|,(?=["\[{0-9tfn-]))"""
"""What follows a value: the next one follows a comma without the blank of prose."""

_ENDS_IN_ZERO = re.compile(rf"\.0{_THEN}")
_ENDS_IN_EXPONENT = re.compile(rf"e\+[0-9]+{_THEN}")
"""How a float without a fraction ends; the like of it may stand in text.

Each begins with what it always has: `re` looks for that at the speed of memory.
"""


_dumped = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def digest_of(value: object, kind: Any = None) -> Digest:
    """Return the digest of what *value* says, without its clock readings."""
    document = _converter().unstructure(value, kind or type(value))
    return digest_of_bytes(canonical(_without_clock(document)))


class Written(NamedTuple):
    """
    What is kept of a value.

    Attributes:
        digest: Of what it says, without its clock readings.
        content: Its canonical JSON, clock readings included.
        reads_back_alike: Whether no number of it was written as one of another kind,
            as 1.0 is.
    """

    digest: Digest
    content: bytes
    reads_back_alike: bool


def written(value: object, kind: Any = None) -> Written:
    """Return what `digest_of` and `to_json` return, at the price of one of them."""
    document = _converter().unstructure(value, kind or type(value))
    text, is_alike = _written(document)
    content = text.encode()
    # It is in few values; to take it out of others is a third of writing them.
    if not any(f'"{name}":' in text for name in CLOCK_READINGS):
        return Written(digest_of_bytes(content), content, is_alike)
    timeless = canonical(_without_clock(document))
    return Written(digest_of_bytes(timeless), content, is_alike)


def digest_of_bytes(content: bytes) -> Digest:
    """Return the SHA-256 of *content*."""
    return Digest(hashlib.sha256(content).hexdigest())


def as_digest(text: str) -> Digest:
    """Return *text* as a digest, or raise `CodecError` if it is none."""
    if len(text) == hashlib.sha256().digest_size * 2 and set(text) <= set(
        "0123456789abcdef"
    ):
        return Digest(text)
    msg = f"a digest has 64 lower-case hexadecimal digits, got {text!r}"
    raise CodecError(msg)


def code_digest(
    modules: Iterable[ModuleType],
    libraries: Iterable[str] = (),
    folders: Iterable[Path] = (),
) -> Digest:
    """
    Return the digest of the source of *modules* and the versions of *libraries*.

    A package counts with everything in its folder, data included, and so do
    *folders*. Results are filed under it, so that changed code never answers with
    an old result.
    """
    places = chain(map(_place_of, modules), folders)
    return _code_digest(tuple(places), tuple(libraries))


@cache
def _code_digest(places: tuple[Path, ...], libraries: tuple[str, ...]) -> Digest:
    sources = sorted(chain.from_iterable(map(_sources_at, places)))
    versions = sorted((name, version_of(name)) for name in libraries)
    return digest_of_bytes(canonical([sources, versions]))


def digest_of_installed() -> Digest:
    """
    Return the digest of the names and versions of all that is installed.

    As the folders of their metadata tell it (PyPA, recording installed projects):
    for results that rest on more libraries than are worth importing to ask for.
    """
    folders = (Path(entry) for entry in sys.path if Path(entry).is_dir())
    found = {p.name for folder in folders for p in folder.glob("*.dist-info")}
    return digest_of_bytes(canonical(sorted(found)))


@cache
def version_of(library: str) -> str:
    """Return the version of a distribution that is installed."""
    found = metadata.distribution(library)
    # All that stands there takes a parser of mails a millisecond to read.
    told = _VERSION.search(found.read_text("METADATA") or "")
    return told[1] if told else found.version


_VERSION = re.compile(r"^Version: *(\S+)$", re.MULTILINE)


@cache
def _place_of(module: ModuleType) -> Path:
    if hasattr(module, "__path__"):
        return cast("Path", resources.files(module))
    return Path(str(module.__file__))


@cache
def _sources_at(place: Path) -> tuple[tuple[str, str], ...]:
    """Return names and digests of source files, as they were when first asked for."""
    at = os.fspath(place)
    if place.is_file():
        return ((place.name, _digest_of_file(at)),)
    return tuple((name, _digest_of_file(path)) for name, path in _files_in(at))


def _files_in(folder: str) -> Iterator[tuple[str, str]]:
    """Yield name and path of each file below; bare calls take a third of `Path`'s."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _files_in(entry.path)
            elif entry.is_file() and not entry.name.endswith(".pyc"):
                yield entry.name, entry.path


@cache
def _digest_of_file(path: str) -> str:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - see `_files_in`
        return hashlib.sha256(file.read()).hexdigest()


def _integral(document: Any) -> Any:
    """Write whole floats as integers, as RFC 8785 does (1.0 is 1)."""
    match document:
        case dict():
            return {key: _integral(value) for key, value in document.items()}
        case list() | tuple():
            return [_integral(value) for value in document]
        case float() if document.is_integer():
            return int(document)
        case _:
            return document


def _without_clock(document: Any) -> Any:
    match document:
        case dict():
            return {
                key: _without_clock(value)
                for key, value in document.items()
                if key not in CLOCK_READINGS
            }
        case list() | tuple():
            return [_without_clock(value) for value in document]
        case _:
            return document


@cache
def _converter() -> cattrs.Converter:
    # To tell of every field that is wrong takes a quarter longer, each time.
    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=False)
    converter.register_unstructure_hook(Enum, lambda e: e.value)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook(datetime, lambda text, _: _aware(text))
    converter.register_unstructure_hook(Value, _value_out)
    converter.register_structure_hook(Value, lambda raw, _: _value_in(raw))
    converter.register_structure_hook_factory(_is_row, lambda k: _row_in(converter, k))
    converter.register_structure_hook_func(  # the last that fits counts
        lambda kind: kind == Rows, lambda raw, _: _rows_in(raw)
    )
    converter.register_structure_hook(bool | str, lambda raw, _: raw)
    converter.register_structure_hook(bool | str | None, lambda raw, _: raw)
    converter.register_unstructure_hook(float | Days, _limit_out)
    converter.register_structure_hook(float | Days, lambda raw, _: _limit_in(raw))
    for union in (Answered, Criterion, Criterion | None):
        _tag(converter, union)
    return converter


def _is_row(kind: Any) -> bool:
    """Tell whether *kind* is a tuple of any length, of values of one kind."""
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,)


def _row_in(converter: cattrs.Converter, kind: Any) -> Callable[[Any, Any], Any]:
    """Return what reads a tuple: cattrs' own looks up how for each entry."""
    (of, _) = get_args(kind)
    if of in (str, int):
        return lambda raw, _: tuple(map(of, raw))
    read = converter.get_structure_hook(of)
    return lambda raw, _: tuple([read(entry, of) for entry in raw])


def _tag(converter: cattrs.Converter, union: Any) -> None:
    """Tell the members of *union* apart by their name, under the key "is"."""
    members = {m.__name__: m for m in get_args(union)}

    def write(value: object) -> Any:
        if value is None:
            return None
        return converter.unstructure(value) | {"is": type(value).__name__}

    def read(raw: Any, _: Any) -> Any:
        if raw is None:
            return None
        fields = dict(raw)
        return converter.structure(fields, members[fields.pop("is")])

    converter.register_unstructure_hook(union, write)
    converter.register_structure_hook(union, read)


def _rows_in(raw: Any) -> Rows:
    """Read a long table at the speed of `json`: a fifth of cattrs' time."""
    rows = tuple(map(tuple, raw))
    if not all(type(cell) is str for row in rows for cell in row):
        msg = "a table holds text alone"
        raise TypeError(msg)
    return rows


def _aware(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        msg = f"a moment needs its offset from UTC, got {text!r}"
        raise ValueError(msg)
    return moment


def _value_out(value: Value) -> Any:
    """Mark dates, which JSON would not tell from text."""
    match value:
        case date():
            return {"date": value.isoformat()}
        case tuple():
            return list(value)
        case _:
            return value


def _limit_out(limit: float | Days) -> Any:
    """Write a limit; a whole one as RFC 8785 does, and most are whole."""
    if isinstance(limit, Days):
        return {"days": limit.days}
    return int(limit) if float(limit).is_integer() else limit


def _limit_in(raw: Any) -> float | Days:
    return Days(days=int(raw["days"])) if isinstance(raw, dict) else float(raw)


def _value_in(raw: Any) -> Value:
    match raw:
        case {"date": str(text)}:
            return date.fromisoformat(text)
        case list():
            return tuple(str(entry) for entry in raw)
        case bool() | int() | float() | str():
            return raw
        case _:
            msg = f"no value can be {raw!r}"
            raise ValueError(msg)
