# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Which licence the software is under, from what is declared and what is detected.

The two are never merged. Where they agree, the declared expression is concluded,
since it says more ("or later", "or"); where only one is there, that one. All else
is a gap that names both, for a person to settle.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from ossay.collect.licensing.expressions import (
    LONGEST,
    NONE,
    by_flag,
    expression,
    flagged,
    licences_in,
    without_mail,
)
from ossay.collect.licensing.facts import (
    CONCLUDED_LICENCE,
    DECLARED_LICENCE,
    DECLARED_MATCHES_DETECTED,
    DETECTED_LICENCE,
    FSF_LIBRE,
    LICENCE_FILE,
    LICENCES_OF_PARTS,
    OSI_APPROVED,
)
from ossay.collect.licensing.licence_files import LicenceFile, LicenceFiles
from ossay.collect.licensing.licence_names import is_vaguely
from ossay.collect.licensing.manifests import Declaration
from ossay.model.evidence import Answered, Item, Observation, SpdxExpression
from ossay.model.tree import Unreadable

_NO_MANIFEST = "there is no package manifest that could state a licence"
_SILENT = "no package manifest states a licence in plain words"
_NOT_SETTLED = "it is not settled which licence the software is under"
_NO_FILE = (
    "no file is called licence, and notices inside other files were not looked for"
)


def answers(
    declarations: Sequence[Declaration],
    files: LicenceFiles,
    notices: Sequence[Item] = (),
) -> Iterator[Answered]:
    """
    Answer the questions about the software as a whole.

    *notices* decide nothing; they are named for the person who reads the licence.
    """
    speaking = _speaking(declarations)
    declared = _declared(declarations, speaking)
    concluded = _concluded(declared, speaking, files, notices)
    yield _licence_file(files)
    yield declared
    yield _detected(files)
    yield concluded
    yield _matches(declared, speaking, files)
    yield from _flags(concluded)
    yield _of_parts((*files.parts, *files.deeper))


def _of_parts(files: Sequence[LicenceFile]) -> Answered:
    """Name what was recognised; it says nothing about the software as a whole."""
    found = tuple(sorted({licence for f in files for licence in f.stated}))
    unknown = [f for f in files if not f.stated]
    some = (
        "a licence file holds"
        if len(unknown) == 1
        else f"{len(unknown)} licence files hold"
    )
    missed = f"{some} no text that was recognised" if unknown else ""
    return LICENCES_OF_PARTS.found(found, _items(files), missed=missed)


def _speaking(declarations: Sequence[Declaration]) -> list[Declaration]:
    """
    Return the manifests that speak for the whole: those in its folder, else the
    nearest around it, else all inside it.
    """
    around = sorted({d.steps for d in declarations if d.steps <= 0}, reverse=True)
    for steps in around:
        heard = [d for d in declarations if d.steps == steps and not d.is_silent]
        if heard:
            return heard
    return [d for d in declarations if d.steps > 0 and not d.is_silent]


def _declared(
    declarations: Sequence[Declaration], speaking: Sequence[Declaration]
) -> Answered:
    items = _places(speaking)
    licences = sorted({d.licence for d in speaking if d.licence is not None})
    if not declarations:
        return DECLARED_LICENCE.inapplicable(_NO_MANIFEST)
    if not speaking:
        return DECLARED_LICENCE.inapplicable(_SILENT)
    if not licences:
        return DECLARED_LICENCE.unknown(_not_understood(speaking[0]), items)
    if len(licences) == 1:
        return DECLARED_LICENCE.found(licences[0], items)
    if NONE in licences or any(d.steps <= 0 for d in speaking):
        why = f"the package manifests disagree: {', '.join(licences)}"
        return DECLARED_LICENCE.unknown(why, items)
    together = _all(licences)
    if together is None:
        return DECLARED_LICENCE.unknown(_too_many(licences), items)
    return DECLARED_LICENCE.found(together, items)


def _places(speaking: Iterable[Declaration]) -> list[Item]:
    return [Item(subject=d.path, note=_said(d), line=d.line) for d in speaking]


def _said(declaration: Declaration) -> str:
    if declaration.why_not:
        return declaration.why_not
    if declaration.licence is None:
        return f"{without_mail(declaration.said)!r}, which is not on the SPDX list"
    return declaration.said


def _not_understood(declaration: Declaration) -> str:
    if declaration.why_not:
        return f"{declaration.path} could not be read: {declaration.why_not}"
    return f"{declaration.path} states {_said(declaration)}"


def _licence_file(files: LicenceFiles) -> Answered:
    readable = [f for f in files.counting if not isinstance(f.found, Unreadable)]
    if readable:
        return LICENCE_FILE.found(True, [Item(subject=f.path) for f in readable])
    if files.counting:
        return LICENCE_FILE.unknown(_whys(files.counting), _items(files.counting))
    return LICENCE_FILE.found(False)


def _detected(files: LicenceFiles) -> Answered:
    unknown = [f for f in files.counting if f.why_not]
    if not files.counting:
        return DETECTED_LICENCE.unknown(_NO_FILE)
    if unknown:
        return DETECTED_LICENCE.unknown(_whys(unknown), _items(unknown))
    together = _all(files.stated)
    if together is None:
        return DETECTED_LICENCE.unknown(_too_many(files.stated), _items(files.all))
    return DETECTED_LICENCE.found(together, _items(files.all))


def _concluded(
    declared: Answered,
    speaking: Sequence[Declaration],
    files: LicenceFiles,
    notices: Sequence[Item],
) -> Answered:
    items = [*_places(speaking), *_items(files.counting), *notices]
    if isinstance(declared, Observation):
        value = str(declared.value)
        if not files.counting or _agree(value, files):
            return CONCLUDED_LICENCE.found(value, items)
        return CONCLUDED_LICENCE.unknown(_conflict(value, files), items)
    if speaking and not _all_mean(speaking, files.stated):
        seen = f"; {_seen(files)}" if files.counting else ""
        return CONCLUDED_LICENCE.unknown(_why(declared) + seen, items)
    detected = _detected(files)
    if not isinstance(detected, Observation):
        return CONCLUDED_LICENCE.unknown(_why(detected), items)
    if len(files.stated) > 1 and files.whole:
        why = (
            f"there are the texts of {_texts(files)}, and nothing says whether all "
            "of them apply or one may be chosen"
        )
        return CONCLUDED_LICENCE.unknown(why, items)
    return CONCLUDED_LICENCE.found(str(detected.value), items)


def _matches(
    declared: Answered, speaking: Sequence[Declaration], files: LicenceFiles
) -> Answered:
    if not speaking:
        return DECLARED_MATCHES_DETECTED.inapplicable(_why(declared))
    if not isinstance(declared, Observation):
        return DECLARED_MATCHES_DETECTED.unknown(_why(declared), _places(speaking))
    if not files.counting:
        return DECLARED_MATCHES_DETECTED.inapplicable("no file is called licence")
    items = [*_places(speaking), *_items(files.counting)]
    agreed = _agree(str(declared.value), files)
    unknown = [f for f in files.counting if f.why_not]
    if unknown and (agreed or not files.named):
        return DECLARED_MATCHES_DETECTED.unknown(_whys(unknown), items)
    return DECLARED_MATCHES_DETECTED.found(agreed, items)


def _flags(concluded: Answered) -> Iterator[Answered]:
    for fact, flag in ((OSI_APPROVED, "isOsiApproved"), (FSF_LIBRE, "isFsfLibre")):
        if not isinstance(concluded, Observation):
            yield fact.unknown(_NOT_SETTLED)
            continue
        value = str(concluded.value)
        holds = flagged(value, flag)
        if holds is None:
            why = f"{value} rests on a text that is on no list"
            yield fact.unknown(why, concluded.items)
        else:
            yield fact.found(holds, _weighed(concluded, flag))


def _weighed(concluded: Observation, flag: str) -> Iterator[Item]:
    """Yield the place that speaks first, with each licence's standing on a list."""
    on, off = by_flag(str(concluded.value), flag)
    said = [f"on the list: {', '.join(on)}"] if on else []
    said += [f"not on the list: {', '.join(off)}"] if off else []
    for item in concluded.items[:1]:
        note = "; ".join(said) or "no licence is granted"
        yield Item(subject=item.subject, note=note, line=item.line)


def _agree(declared: str, files: LicenceFiles) -> bool:
    """
    Tell whether every licence that the files name is one of those declared.

    In `LICENSES/` there are those of documents and pictures, too: there, those
    that are declared have to be among them.
    A text says neither "only" nor "or later", and two texts neither "and" nor
    "or". The text of the GPL belongs to that of the LGPL, which builds on it.
    """
    if declared == NONE or not files.named:
        return False
    named, wanted = files.named, licences_in(declared)
    if not files.whole:
        return wanted <= named
    beside = {i for i in named if i.startswith("GPL-")}
    is_lesser = any(i.startswith("LGPL-") for i in named)
    return named <= wanted or (is_lesser and named - beside <= wanted)


def _all_mean(speaking: Sequence[Declaration], stated: frozenset[str]) -> bool:
    """Tell whether all manifests state the one licence in *stated*, if vaguely."""
    return len(stated) == 1 and all(
        d.licence is None and is_vaguely(d.said, *stated) for d in speaking
    )


def _conflict(declared: str, files: LicenceFiles) -> str:
    said = "grants no licence" if declared == NONE else f"is {declared}"
    return f"what is declared {said}, but {_seen(files)}"


def _seen(files: LicenceFiles) -> str:
    """Say which licence texts were seen, and what stands among them unrecognised."""
    whys = _whys(files.counting)
    said = [f"the licence text is {_texts(files)}"] if files.named else []
    said += [f"not all is known of {whys}"] if whys else []
    return ", and ".join(said)


def _texts(files: LicenceFiles) -> str:
    return " and ".join(sorted(files.named))


def _all(licences: Iterable[str]) -> SpdxExpression | None:
    """
    Return the expression of a work under all of *licences*, as they stand.

    None where it would be longer than what can be read again.
    """
    distinct = sorted(set(licences))
    if len(distinct) == 1:
        return SpdxExpression(distinct[0])
    is_compound = any(" " in licence for licence in distinct)
    parts = [f"({licence})" for licence in distinct] if is_compound else distinct
    together = " AND ".join(parts)
    if len(together) > LONGEST:
        return None
    return expression(together) if is_compound else SpdxExpression(together)


def _too_many(licences: Collection[str]) -> str:
    return f"there are {len(licences)} licences, too many for one expression"


def _items(files: Iterable[LicenceFile]) -> list[Item]:
    return [
        Item(
            subject=f.path,
            note=f.why_not or ", ".join(sorted(f.stated)),
            line=f.line,
        )
        for f in files
    ]


def _whys(files: Sequence[LicenceFile]) -> str:
    return "; ".join(f"{f.path}: {f.why_not}" for f in files[:3] if f.why_not)


def _why(answer: Answered) -> str:
    return "" if isinstance(answer, Observation) else answer.why
