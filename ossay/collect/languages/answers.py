# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""From what was measured to answers: which languages are complete, and which wanted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ossay.collect.accessibility.interface import user_interface
from ossay.collect.languages import facts
from ossay.collect.languages.measuring import Measured, Spoken
from ossay.collect.languages.serving import Fit, fit
from ossay.collect.languages.sheets import Found
from ossay.model.collector import Given, Table
from ossay.model.evidence import Answered, Fact, Item, Observation

NOBODY_SAID = (
    "nobody said which languages the users need; name them with --language, or as "
    "languages in the product file"
)
NO_CATALOGUES = (
    "no message catalogues were found here, so it could not be told in which "
    "languages it speaks to people; those that are kept elsewhere have to be assessed "
    "as a part"
)
NO_INTERFACE = "no user interface was found here, and no message catalogues"


def about_catalogues(found: Found, measured: Measured) -> Iterator[Answered | Table]:
    """Answer what there is, and how complete each language is."""
    yield facts.CATALOGUES.found(found.total())
    broken = [*found.broken, *_misnamed(found, measured)]
    unopened = {path: why for path, (_, why) in found.unread.items()}
    yield facts.BROKEN.found(len(broken), broken, missed=_left_out(unopened, "opened"))
    missed = _missed(found, measured)
    for fact, percent in _THRESHOLDS.items():
        reached = [s for s in _ranked(measured) if s.is_at(percent)]
        items = [*map(_item, reached), *_apart(measured)]
        tags = tuple(sorted(s.language for s in reached))
        yield fact.found(tags, items, missed=missed)
    yield _table(found, measured)


def about_wanted(given: Given, found: Found, measured: Measured) -> Iterator[Answered]:
    """Answer which of the languages that the buyer named fall short."""
    wanted = given.languages
    if not wanted:
        yield facts.WANTED.unknown(NOBODY_SAID)
        yield facts.WANTED_SHORT.unknown(NOBODY_SAID)
        return
    yield facts.WANTED.found(wanted)
    yield _short(given, found, measured, wanted)


def _short(
    given: Given, found: Found, measured: Measured, wanted: Sequence[str]
) -> Answered:
    if not measured.spoken:
        if found.unread or found.broken:
            return facts.WANTED_SHORT.unknown(_missed(found, measured) or _BROKEN_ONLY)
        interface = user_interface(given.tree)
        if isinstance(interface, Observation) and interface.value is False:
            return facts.WANTED_SHORT.inapplicable(NO_INTERFACE)
        return facts.WANTED_SHORT.unknown(NO_CATALOGUES)
    best = {tag: _best(measured, tag) for tag in wanted}
    short = [tag for tag in wanted if not _is_complete(best[tag])]
    return facts.WANTED_SHORT.found(
        tuple(short),
        [_wanted_item(tag, best[tag], measured) for tag in wanted],
        missed=_missed(found, measured),
    )


def _best(measured: Measured, wanted: str) -> Spoken | None:
    """Return what serves who asked for a language best: the fullest that fits."""
    fitting = [
        (spoken, how)
        for tag, spoken in measured.spoken.items()
        if (how := fit(tag, wanted)) is not None
    ]
    exact = [spoken for spoken, how in fitting if how is Fit.EXACT]
    if exact and _is_complete(exact[0]):
        return exact[0]
    return max((s for s, _ in fitting), key=lambda s: s.translated, default=None)


def _is_complete(spoken: Spoken | None) -> bool:
    return spoken is not None and spoken.is_at(facts.COMPLETE_AT)


def _wanted_item(wanted: str, best: Spoken | None, measured: Measured) -> Item:
    if best is None:
        for row in measured.rows:
            if not row.total and fit(row.language, wanted) is not None:
                note = f"{wanted}: not counted, {_NO_SOURCE}"
                return Item(subject=row.path, note=note)
        first = next(iter(measured.spoken.values()))
        return Item(subject=first.path, note=f"{wanted}: no catalogue beside this one")
    stands = "" if best.language == wanted else f" (as {best.language})"
    said = f"{best.percent} % ({best.translated:,} of {best.total:,} messages)"
    return Item(subject=best.path, note=f"{wanted}: {said}{stands}")


def _ranked(measured: Measured) -> list[Spoken]:
    return sorted(measured.spoken.values(), key=lambda s: (-s.translated, s.language))


def _item(spoken: Spoken) -> Item:
    said = f"{spoken.percent} % ({spoken.translated:,} of {spoken.total:,} messages)"
    return Item(subject=spoken.path, note=f"{spoken.language}: {said}")


def _apart(measured: Measured) -> Iterator[Item]:
    """Yield what has to be known of the sum: what it holds, and what it does not."""
    for path in measured.alone:
        note = "in one language alone; its messages count as missing in all others"
        yield Item(subject=path, note=note)
    for path in measured.unmeasured:
        yield Item(subject=path, note=f"not counted: {_NO_SOURCE}")


def _misnamed(found: Found, measured: Measured) -> Iterator[Item]:
    """Yield names that tell no language, in folders where the others do."""
    counted = {row.path for row in measured.rows if row.total}
    for sheet in found.sheets:
        if any(path in counted for paths in sheet.paths.values() for path in paths):
            yield from sheet.misnamed


def _missed(found: Found, measured: Measured) -> str:
    """Say which messages are in no sum: a language may lack just those."""
    whys = {
        **found.lost,
        **dict.fromkeys(measured.unmeasured, _NO_SOURCE),
        **{path: why for path, (_, why) in found.unread.items()},
    }
    return _left_out(whys, "counted")


def _left_out(whys: Mapping[str, str], what: str) -> str:
    if not whys:
        return ""
    some = "catalogues" if len(whys) > 1 else "catalogue"
    often = Counter(whys[path] for path in sorted(whys)).most_common(_REASONS)
    told = "; ".join(why for why, _ in often)
    return f"{len(whys)} {some} could not be {what}: {told}"


def _table(found: Found, measured: Measured) -> Table:
    """Return every catalogue; the last column is shown apart, and never subtracted."""
    rows: Iterable[tuple[str, ...]] = (
        (
            row.path,
            row.language,
            row.format,
            str(row.translated) if row.total else "",
            str(row.total) if row.total else "",
            str(row.translated * 100 // row.total) if row.total else "",
            str(row.same) if row.total else "",
        )
        for row in measured.rows
    )
    unread = (
        (path, tag, "", "", "", "", "")
        for path, (tag, _) in sorted(found.unread.items())
    )
    return Table(name="catalogues", columns=COLUMNS, rows=(*rows, *unread))


COLUMNS = (
    *("path", "language", "format", "translated", "total", "percent"),
    "same as source",
)
_THRESHOLDS: dict[Fact[tuple[str, ...]], int] = {
    facts.COMPLETE: facts.COMPLETE_AT,
    facts.USABLE: facts.USABLE_AT,
}
_REASONS = 3
"""Different reasons that are told."""
_NO_SOURCE = "there is no source beside it"
_BROKEN_ONLY = "its message catalogues could not be read"
