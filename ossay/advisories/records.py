# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""OSV records: checked against the schema, and read as far as they can be."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from ossay.model.advisories import Advisory, Affected, Event, Mark, Package, Range
from ossay.model.packages import GIT, ecosystem_of, package_key, repository_key

SCHEMA = Path(__file__).with_name("osv-schema.json")

LARGEST_RECORD = 8_000_000
LONGEST_NAME = 300
LONGEST_DEFECT = 200

_UNREADABLE = Range("", (Event(Mark.INTRODUCED, ""),))
"""Stands for a range that was not understood: no version is known to be outside."""

_MARKS = {mark.value: mark for mark in Mark}


def unread(name: str, why: str, content: bytes = b"") -> Advisory:
    """Return what is kept of a record that nobody could read."""
    return Advisory(
        id=name.rpartition("/")[2].removesuffix(".json")[:LONGEST_NAME],
        aliases=(),
        summary="",
        withdrawn="",
        severity=(),
        affected=(),
        defect=why[:LONGEST_DEFECT],
        is_read=False,
        modified="",
        document=content,
    )


def read(name: str, content: bytes, packed: bytes = b"") -> Advisory:
    """
    Return the record in a file; where it is not valid, it says so itself.

    *packed* is the content as zlib packs it, where that is at hand.
    """
    try:
        document = json.loads(content)
        defect = _defect(document)
    except (ValueError, RecursionError) as error:
        return unread(name, f"it is no JSON: {error}", content)
    known_as = document.get("id") if isinstance(document, dict) else None
    if not isinstance(known_as, str) or not 0 < len(known_as) <= LONGEST_NAME:
        return unread(name, defect or "it has no id", content)
    return advisory_of(known_as, document, defect, content, packed)


def advisory_of(
    known_as: str,
    document: dict[str, Any],
    defect: str,
    content: bytes,
    packed: bytes = b"",
) -> Advisory:
    """Return a record, of which each part is taken that is what it should be."""
    said = document.get("affected")
    parts = [_affected(known_as, part) for part in _list(said)]
    return Advisory(
        id=known_as,
        aliases=tuple(a for a in _texts(document.get("aliases")) if a != known_as),
        summary=_text(document.get("summary")) or _first_line(document.get("details")),
        withdrawn=_text(document.get("withdrawn")),
        severity=_vectors(document.get("severity")),
        affected=tuple(one for part in parts for one in part),
        defect=defect,
        is_read=(said is None or isinstance(said, list)) and all(parts),
        modified=_day(document.get("modified")),
        document=content,
        packed=packed,
    )


def _defect(document: object) -> str:
    if (check := _validator())(document):
        return ""
    return check.why(document)


class _Check:
    """Compiled once: 6 µs a record, where an interpreter of schemas takes 2,000."""

    def __init__(self) -> None:
        import jsonschema_rs

        self._validator = jsonschema_rs.validator_for(json.loads(SCHEMA.read_bytes()))

    def __call__(self, document: object) -> bool:
        return self._validator.is_valid(document)

    def why(self, document: object) -> str:
        error = next(iter(self._validator.iter_errors(document)))
        where = "/".join(map(str, error.instance_path))
        return f"{where}: {error.message}"[:LONGEST_DEFECT]


@cache
def _validator() -> _Check:
    return _Check()


def _affected(known_as: str, part: object) -> list[tuple[Package, Affected]]:
    """Return what an entry says, for each name of what it is about; none if it is."""
    if not isinstance(part, dict):
        return []
    ranges = tuple(map(_range, _list(part.get("ranges"))))
    versions = _texts(part.get("versions"))
    severity = _vectors(part.get("severity"))
    found = []
    package = part.get("package")
    if isinstance(package, dict):
        osv_name, name = _text(package.get("ecosystem")), _text(package.get("name"))
        if 0 < len(name) <= LONGEST_NAME and 0 < len(osv_name) <= LONGEST_NAME:
            ecosystem, release = ecosystem_of(osv_name)
            key = ecosystem, package_key(ecosystem, name)
            found.append((key, Affected(known_as, release, ranges, versions, severity)))
    in_git = {one.repository for one in ranges if one.kind == "GIT"}
    for repository in sorted(in_git) if in_git else ():
        if 0 < len(repository) <= LONGEST_NAME:
            those = tuple(one for one in ranges if one.repository == repository)
            key = GIT, repository_key(repository)
            found.append((key, Affected(known_as, "", those, versions, severity)))
    return found


def _range(said: object) -> Range:
    if not isinstance(said, dict):
        return _UNREADABLE
    kind, events = said.get("type"), _list(said.get("events"))
    read = [
        Event(_MARKS[mark], version)
        for event in events
        if isinstance(event, dict)
        for mark, version in event.items()
        if mark in _MARKS and isinstance(version, str)
    ]
    if not kind or not isinstance(kind, str) or not read or len(read) < len(events):
        return _UNREADABLE
    return Range(kind, tuple(read), _text(said.get("repo")))


def _vectors(severity: object) -> tuple[str, ...]:
    if not severity:
        return ()
    said = [s for s in _list(severity) if isinstance(s, dict)]
    scores = [_text(one.get("score")) for one in said]
    return tuple([score for score in scores if 0 < len(score) <= LONGEST_NAME])


def _day(moment: object) -> str:
    """Return a day; "" for the year 1 that all of Go's records have."""
    day = _text(moment)[:10]
    return day if day > "1970" else ""


def _first_line(text: object) -> str:
    return _text(text).strip().partition("\n")[0][:LONGEST_NAME]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: object) -> tuple[str, ...]:
    return tuple([one for one in _list(value) if isinstance(one, str)])


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
