# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the project's own files state of their licences: the answers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ossay.collect.licensing.expressions import (
    ExpressionRefused,
    Licence,
    by_flag,
    exceptions,
    ids,
    licences,
)
from ossay.collect.licensing.facts import (
    DISTINCT_LICENCES,
    FILES_WITHOUT_ANY_LICENCE,
    LICENCES_NOT_OSI_APPROVED,
    LICENCES_OF_OTHERS,
    NOTICES_READ,
    RECOGNISER_AGREEMENT,
    STATED_LICENCES,
    STATED_MATCHES_CONCLUDED,
    UNDETERMINED_FILES,
    UNLISTED_LICENCES,
)
from ossay.collect.licensing.file_licences import Basis, FileLicence
from ossay.collect.licensing.knowledge import Category, category_of
from ossay.collect.licensing.met import counted, met
from ossay.collect.licensing.recognition.agreement import agreement
from ossay.collect.licensing.recognition.questions import NO_RECOGNISER
from ossay.collect.licensing.recognition.reading import Kind
from ossay.collect.licensing.stating import is_within
from ossay.collect.licensing.whole import Whole
from ossay.collect.licensing.whose import DELIVERED, Whose
from ossay.model.evidence import Answered, Gap, Item, Observation
from ossay.model.licences import Recogniser

OPEN = frozenset(
    {
        Category.PUBLIC_DOMAIN,
        Category.PERMISSIVE,
        Category.COPYLEFT_LIMITED,
        Category.COPYLEFT,
    }
)
"""Kinds of licences that are known to be open, in ScanCode's index."""


def answers(
    files: Sequence[FileLicence], whole: Whole, recogniser: Recogniser | None
) -> Iterator[Answered]:
    """Answer for all *files* of what is looked at."""
    own = [f for f in files if f.whose is Whose.OWN]
    delivered = [f for f in files if f.whose in DELIVERED]
    vendored = [f for f in files if f.whose is Whose.VENDORED]
    missed_own, missed = unread(own), unread(delivered)
    yield from _recogniser(recogniser)
    yield _stated(own, missed_own)
    yield _distinct(delivered, missed)
    yield _matches(own, whole.concluded, missed_own)
    yield _without_any(own)
    yield _undetermined(delivered)
    yield _unlisted(delivered, missed)
    yield _not_approved(own, missed_own)
    yield _vendored(vendored, missed)


def unread(files: Iterable[FileLicence]) -> str:
    """Say why *files* may state more than is known; "" if they do not."""
    doubtful = [f for f in files if f.doubts]
    if not doubtful:
        return ""
    reasons = {doubt.note for file in doubtful for doubt in file.doubts}
    because = f": {reasons.pop()}" if len(reasons) == 1 else ""
    hold = "holds" if len(doubtful) == 1 else "hold"
    words = f"{counted(len(doubtful))} {hold} words about licences that nobody read"
    return f"{words}{because}"


def _recogniser(recogniser: Recogniser | None) -> Iterator[Answered]:
    yield NOTICES_READ.found(recogniser is not None)
    if recogniser is None:
        yield RECOGNISER_AGREEMENT.inapplicable(NO_RECOGNISER)
        return
    measured = agreement()
    tool = recogniser.tool
    purl = f"pkg:generic/{tool.name.lower()}@{tool.version}"
    item = Item(subject=purl, note=str(measured))
    yield RECOGNISER_AGREEMENT.found(measured.share, [item])


def _stated(own: Sequence[FileLicence], missed: str) -> Answered:
    found = met(own)
    return STATED_LICENCES.found(
        tuple(m.expression for m in found), [m.item() for m in found], missed=missed
    )


def _distinct(delivered: Sequence[FileLicence], missed: str) -> Answered:
    found = met(delivered)
    named: dict[str, Item] = {}
    for one in found:
        for identifier in _named(one.expression):
            named.setdefault(identifier, one.item())
    items = [
        Item(subject=item.subject, note=identifier, line=item.line)
        for identifier, item in named.items()
    ]
    return DISTINCT_LICENCES.found(len(named), items, missed=missed)


def _matches(own: Sequence[FileLicence], concluded: Answered, missed: str) -> Answered:
    if not isinstance(concluded, Observation):
        return STATED_MATCHES_CONCLUDED.unknown(_why(concluded))
    whole = str(concluded.value)
    stating = [f for f in own if f.expressions]
    differing = list(_differing(stating, whole))
    if differing:
        return STATED_MATCHES_CONCLUDED.found(False, differing)
    if missed:
        return STATED_MATCHES_CONCLUDED.unknown(missed, _doubts(own))
    if not stating:
        why = "none of its own source files states a licence"
        return STATED_MATCHES_CONCLUDED.inapplicable(why)
    return STATED_MATCHES_CONCLUDED.found(True)


def _differing(files: Iterable[FileLicence], whole: str) -> Iterator[Item]:
    """Yield where files state another licence than the whole has."""
    for file in files:
        texts = {s.expression for s in file.stated if s.is_text}
        others = [
            e for e in file.expressions if not is_within(e, whole, is_text=e in texts)
        ]
        if others:
            line = file.line_of(others[0])
            yield Item(subject=file.path, note=", ".join(others), line=line)


def _without_any(own: Sequence[FileLicence]) -> Answered:
    bare = [f for f in own if f.basis is Basis.NONE and f.finding.kind is not Kind.LIST]
    doubtful = [f for f in bare if f.doubts]
    lacking = [Item(subject=f.path) for f in bare if not f.doubts]
    if doubtful and not lacking:
        return FILES_WITHOUT_ANY_LICENCE.unknown(unread(doubtful), _doubts(doubtful))
    return FILES_WITHOUT_ANY_LICENCE.found(
        len(lacking), lacking, missed=unread(doubtful)
    )


def _undetermined(delivered: Sequence[FileLicence]) -> Answered:
    doubtful = [f for f in delivered if f.doubts]
    return UNDETERMINED_FILES.found(len(doubtful), _doubts(doubtful))


def _doubts(files: Iterable[FileLicence]) -> list[Item]:
    """Return the first doubt about each of *files*, with how many there are."""
    return [
        Item(
            subject=first.subject,
            note=first.note
            if len(file.doubts) == 1
            else f"{first.note} ({len(file.doubts)} places)",
            line=first.line,
        )
        for file in files
        for first in file.doubts[:1]
    ]


def _unlisted(delivered: Sequence[FileLicence], missed: str) -> Answered:
    found: dict[str, Item] = {}
    for one in met(delivered):
        for identifier in _named(one.expression):
            if identifier not in licences() and not _is_open(identifier):
                note = f"{identifier}, {counted(len(one.files))}"
                item = Item(subject=one.first.subject, note=note, line=one.first.line)
                found.setdefault(identifier, item)
    return UNLISTED_LICENCES.found(tuple(found), found.values(), missed=missed)


def _not_approved(own: Sequence[FileLicence], missed: str) -> Answered:
    found: dict[str, Item] = {}
    for one in met(own):
        for identifier in _off_the_list(one.expression):
            note = f"{identifier}, {counted(len(one.files))}"
            item = Item(subject=one.first.subject, note=note, line=one.first.line)
            found.setdefault(identifier, item)
    return LICENCES_NOT_OSI_APPROVED.found(tuple(found), found.values(), missed=missed)


def _vendored(vendored: Sequence[FileLicence], missed: str) -> Answered:
    by_licence: defaultdict[str, list[FileLicence]] = defaultdict(list)
    for file in vendored:
        none = "licence not made out" if file.is_open else "no licence found"
        by_licence[file.concluded or none].append(file)
    ranked = sorted(by_licence.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return LICENCES_OF_OTHERS.found(
        tuple(licence for licence, _ in ranked),
        [
            Item(subject=files[0].path, note=f"{licence}, {counted(len(files))}")
            for licence, files in ranked
        ],
        missed=missed if ranked else "",
    )


def _named(stated: str) -> list[str]:
    """Return the licences in *stated*, without exceptions."""
    try:
        return [i for i in ids(stated) if i not in exceptions()]
    except ExpressionRefused:
        return [stated]


def _off_the_list(stated: str) -> list[str]:
    try:
        off = by_flag(stated, "isOsiApproved")[1]
    except ExpressionRefused:
        return []
    return [i for i in off if i in licences()]


def _is_open(identifier: str) -> bool:
    return category_of(Licence(identifier)) in OPEN


def _why(answer: Answered) -> str:
    because = f": {answer.why}" if isinstance(answer, Gap) else ""
    return f"it is not settled which licence the software is under{because}"
