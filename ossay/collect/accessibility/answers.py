# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""From what was seen to answers: what counts as a sign of what."""

from collections.abc import Iterable, Iterator

from ossay.collect._languages import is_right_to_left
from ossay.collect.accessibility import facts
from ossay.collect.accessibility.catalogues import Catalogues, find_catalogues
from ossay.collect.accessibility.claims import claimed, named_in_publiccode
from ossay.collect.accessibility.looking import Seen
from ossay.collect.accessibility.marks import Kind
from ossay.collect.accessibility.roles import Role
from ossay.collect.accessibility.statements import reports, statements
from ossay.model.evidence import Answered, Fact, Item
from ossay.model.tree import Tree

ENOUGH_LOGICAL = 10
"""Uses of logical properties that are no accident; one may center a single box."""


def all_of(tree: Tree, seen: Seen) -> Iterator[Answered]:
    """Answer every fact but the one about the interface itself."""
    catalogues = _catalogues(seen)
    paths = tree.paths()
    yield _statement(tree)
    yield _sign(
        facts.CONFORMANCE_REPORT, [*reports(paths), *_reports_by_content(seen)], seen
    )
    yield _sign(facts.TESTS, _tests(seen), seen)
    yield _sign(facts.TESTS_IN_CI, _tests_in_ci(seen), seen)
    yield _sign(facts.TEST_CALLS, _test_calls(seen), seen)
    yield _lint(seen)
    yield _preferences(seen)
    yield _count_of(facts.ZOOM_BLOCKED, Kind.ZOOM_BLOCKED, seen)
    yield _count_of(facts.FOCUS_OUTLINE_REMOVED, Kind.NO_OUTLINE, seen)
    yield _sign(facts.SKIP_LINK, _items(seen, Kind.SKIP_LINK), seen)
    yield _sign(facts.LIVE_REGIONS, _items(seen, Kind.LIVE_REGION), seen)
    yield _languages(catalogues)
    yield _sign(facts.RIGHT_TO_LEFT, _right_to_left(seen, catalogues), seen)
    yield _sign(facts.OFFLINE, _offline(seen), seen)
    yield _sign(facts.LOW_BANDWIDTH, _low_bandwidth(seen), seen)


def _sign(
    fact: Fact[bool], items: Iterable[Item], seen: Seen | None = None
) -> Answered:
    """Answer that there are signs, or none, or that files could not be read."""
    if found := _once(items):
        return fact.found(True, found)
    if seen and seen.unread:
        return fact.unknown(_unread(seen), seen.unread)
    return fact.found(False)


def _once(items: Iterable[Item]) -> list[Item]:
    """Return the first of those items that say the same of the same file."""
    return list({(i.subject, i.note): i for i in reversed(list(items))}.values())[::-1]


def _unread(seen: Seen) -> str:
    return f"no sign was found, but {_some(seen)} could not be read"


def _unread_besides(seen: Seen) -> str:
    return f"{_some(seen)} could not be read" if seen.unread else ""


def _some(seen: Seen) -> str:
    return f"{len(seen.unread)} files" if len(seen.unread) > 1 else "a file"


def _reports_by_content(seen: Seen) -> Iterator[Item]:
    """
    Yield OpenACR documents: chapters, and the catalogue they follow or its criteria.

    The catalogues themselves have chapters, too, but neither of those as a key.
    """
    parts: dict[str, set[str]] = {}
    lines: dict[str, int] = {}
    for sighting in seen.of(Kind.CONFORMANCE):
        parts.setdefault(sighting.path, set()).add(sighting.signal.seen)
        lines.setdefault(sighting.path, sighting.signal.line)
    for path, found in parts.items():
        if "chapters" in found and found & {"catalog", "criteria"}:
            yield Item(subject=path, note="written as OpenACR", line=lines[path])


def _statement(tree: Tree) -> Answered:
    """A statement that cannot be read is there; publiccode.yml may name none."""
    by_name = list(statements(tree.paths()))
    unread: list[Item] = []
    said = list(claimed(tree, by_name, unread))
    said += named_in_publiccode(tree, unread)
    if not by_name and not said and unread:
        why = "no statement was found, but publiccode.yml could not be read"
        return facts.STATEMENT.unknown(why, unread)
    return _sign(facts.STATEMENT, [*by_name, *said])


def _tests(seen: Seen) -> Iterator[Item]:
    for sighting in (*seen.in_product, *seen.in_tests):
        if sighting.signal.kind in {Kind.TEST_TOOL, Kind.TEST_USE}:
            yield sighting.as_item()


def _tests_in_ci(seen: Seen) -> Iterator[Item]:
    for sighting in seen.of(Kind.TEST_TOOL):
        if sighting.role is Role.CI:
            yield sighting.as_item()


def _test_calls(seen: Seen) -> Iterator[Item]:
    for sighting in (*seen.in_product, *seen.in_tests):
        if sighting.signal.kind is Kind.TEST_USE:
            yield sighting.as_item()


def _items(seen: Seen, kind: Kind) -> list[Item]:
    return [sighting.as_item() for sighting in seen.of(kind)]


def _preferences(seen: Seen) -> Answered:
    sightings = seen.of(Kind.PREFERENCE)
    if not sightings and seen.unread:
        return facts.PREFERENCES.unknown(_unread(seen), seen.unread)
    return facts.PREFERENCES.found(
        tuple(sorted({s.signal.seen for s in sightings})),
        [s.as_item() for s in sightings],
        missed=_unread_besides(seen),
    )


def _count_of(fact: Fact[int], kind: Kind, seen: Seen) -> Answered:
    """
    Count places: of signs that say the same of one file, those seen most often.

    One tag may both forbid to enlarge and set a limit.
    """
    times: dict[str, int] = {}
    items: dict[str, Item] = {}
    for sighting in seen.of(kind):
        path = sighting.path
        times[path] = max(times.get(path, 0), sighting.signal.times)
        items.setdefault(path, sighting.as_item())
    if not times and seen.unread:
        return fact.unknown(_unread(seen), seen.unread)
    return fact.found(sum(times.values()), items.values(), missed=_unread_besides(seen))


def _lint(seen: Seen) -> Answered:
    """A plug-in that no settings in the tree switch on may be on elsewhere."""
    switched_on = [
        s.as_item()
        for s in seen.of(Kind.LINT_ON)
        if s.role is Role.LINT or s.path.endswith(_WITH_SETTINGS)
    ]
    plugins = [s.as_item() for s in seen.of(Kind.LINT_PLUGIN)]
    if plugins and not switched_on:
        return facts.LINT.unknown(
            "a lint for accessibility is named among the packages, and no settings in "
            "the tree switch its rules on",
            plugins,
        )
    return _sign(facts.LINT, switched_on, seen)


def _catalogues(seen: Seen) -> Catalogues:
    of_qt = {s.path for s in seen.of(Kind.CATALOGUE)}
    return find_catalogues(seen.own, of_qt)


def _languages(catalogues: Catalogues) -> Answered:
    items = [
        Item(subject=paths[0], note=f"{tag}: {_count(paths)}")
        for tag, paths in catalogues.by_language.items()
    ]
    unnamed = [
        Item(subject=path, note="a catalogue whose name tells no language")
        for path in catalogues.unnamed[:1]
    ]
    return facts.LANGUAGES.found(
        tuple(catalogues.by_language),
        items + unnamed,
        missed="the name of a catalogue tells no language" if unnamed else "",
    )


def _count(paths: tuple[str, ...]) -> str:
    return "1 catalogue" if len(paths) == 1 else f"{len(paths)} catalogues"


def _right_to_left(seen: Seen, catalogues: Catalogues) -> Iterator[Item]:
    yield from (s.as_item() for s in seen.of(Kind.RIGHT_TO_LEFT))
    for tag, paths in catalogues.by_language.items():
        if is_right_to_left(tag):
            note = f"messages in a language written from right to left ({tag})"
            yield Item(subject=paths[0], note=note)
    logical = seen.of(Kind.LOGICAL)
    if sum(s.signal.times for s in logical) >= ENOUGH_LOGICAL:
        yield from (s.as_item() for s in logical)


def _offline(seen: Seen) -> Iterator[Item]:
    yield from (s.as_item() for s in seen.of(Kind.OFFLINE))
    for sighting in seen.of(Kind.STORE):
        yield sighting.as_item(f"data kept on the device: {sighting.signal.seen}")


def _low_bandwidth(seen: Seen) -> Iterator[Item]:
    yield from (
        sighting.as_item()
        for sighting in seen.of(Kind.BUDGET, Kind.LIGHT, Kind.MESSAGES)
    )
    for path in seen.own:
        if path.rpartition("/")[2] in _BUDGET_FILES:
            yield Item(subject=path, note="size limit (by its name)")


_WITH_SETTINGS = ("package.json", "pyproject.toml")
"""Manifests that hold the settings of a lint, too."""
_BUDGET_FILES = frozenset(
    {
        ".bundlewatch.config.json",
        ".size-limit.cjs",
        ".size-limit.js",
        ".size-limit.json",
        "bundlesize.config.json",
        "bundlewatch.config.json",
    }
)
