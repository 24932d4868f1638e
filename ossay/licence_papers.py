# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is written of the licences of all files: notice, list and tree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ossay.collect.licensing import scancode_index
from ossay.collect.licensing.expressions import (
    AllOf,
    AnyOf,
    ExpressionRefused,
    Licence,
    Term,
    base,
    exceptions,
    licences,
    term,
)
from ossay.collect.licensing.file_licences import Basis
from ossay.collect.licensing.names import is_notice
from ossay.collect.licensing.package_licences import PUBLIC_DOMAIN
from ossay.collect.licensing.recognition import reading
from ossay.collect.licensing.recognition.reading import Kind
from ossay.collect.licensing.stating import NO_LICENCES, stated_in
from ossay.collect.licensing.texts import recognised
from ossay.collect.licensing.whose import (
    LICENCE_TEXTS,
    Whose,
    holds_a_licence,
    is_prose,
)
from ossay.memo.attribution import Attribution, LicenceUse, Passage
from ossay.memo.licence_list import FileLicences
from ossay.model.licences import Speech
from ossay.model.tree import BlobUnreadable
from ossay.recognisers import text_on_list

if TYPE_CHECKING:
    from ossay.collect.licensing.file_licences import FileLicence
    from ossay.collect.licensing.recognition.findings import FileFinding
    from ossay.recognition import Recognition

_TEXT_HAS_ITS_OWN = ("AGPL-", "CC", "EUPL-", "GFDL-", "GPL-", "LGPL-", "MPL-", "SSPL-")
"""Licences whose text has a holder: the notice in it is not about the software."""

_BUILDS_ON = {"LGPL-3.0": "GPL-3.0"}
"""Licences whose text is complete with that of another one beside it."""

_LONG = ("AGPL-", "Apache-", "CC", "EPL-", "EUPL-", "GFDL-", "GPL-", "LGPL-", "MPL-")
"""Licences whose text is not what stands at the head of a file."""

_FEWEST_WORDS = 20
"""The shortest texts, such as that of FSFAP, have 30."""

# REUSE-IgnoreStart
_TAG = re.compile(r"(?i)^spdx-(?:file|snippet)copyrighttext:\s*")
# REUSE-IgnoreEnd
_MARKS = re.compile(r"(?i)\(c\)|©|copyright")


def attribution(seen: Recognition, name: str) -> Attribution:
    """Return what has to be passed on with the files of *name* that were *seen*."""
    texts = _Texts(seen)
    files: defaultdict[Licence, list[FileFinding]] = defaultdict(list)
    bare = 0
    for one in seen.licences:
        under = tuple(_licences_of(one))
        bare += not under and one.whose is not Whose.LICENCE
        for licence in under:
            if licence.id != PUBLIC_DOMAIN:
                files[licence].append(one.finding)
    url = seen.snapshot.repository_url
    return Attribution(
        name=name,
        source=name if url.startswith("/") else url,  # a folder here says nothing
        version=seen.snapshot.commit,
        licences=tuple(_use(one, files[one], texts) for one in sorted(files)),
        notices=tuple(texts.notices()),
        without_licence=bare,
        gaps=(*gaps(seen.files), *texts.unread),
    )


def file_list(seen: Recognition) -> Iterator[FileLicences]:
    """Yield what is listed of each file; nothing is concluded of what is open."""
    for one in seen.licences:
        finding = one.finding
        said = [e for about in finding.said for e in about.licences]
        yield FileLicences(
            path=one.path,
            concluded=one.settled,
            declared=tuple(dict.fromkeys([*said, *_own(finding)])),
            copyrights=tuple(_holders(finding)),
        )


def labels(seen: Recognition) -> Mapping[str, str]:
    """Return the licences of each file as one word, by path; "" where not known."""
    those = (one for one in seen.licences if one.whose is not Whose.LICENCE)
    return {one.path: one.settled for one in those}


def _licences_of(one: FileLicence) -> Iterator[Licence]:
    """Yield each licence that a file is under, as far as it is known, once."""
    if one.whose is Whose.LICENCE:
        return
    found = [one.concluded] if one.concluded else one.expressions
    yield from dict.fromkeys(licence for e in found for licence in _named_in(e))


def _named_in(expression: str) -> tuple[Licence, ...]:
    """Return what *expression* names, with exceptions, without what is no licence."""
    try:
        found = dict.fromkeys(_leaves(term(expression)))
    except ExpressionRefused:
        return ()
    return tuple(i for i in found if scancode_index.category(i.id) not in NO_LICENCES)


def _leaves(whole: Term) -> Iterator[Licence]:
    match whole:
        case Licence():
            yield whole
        case AllOf(terms=terms) | AnyOf(terms=terms):
            for each in terms:
                yield from _leaves(each)


def _own(one: FileFinding) -> Iterator[str]:
    return (s.expression for s in one.statements)


def _use(licence: Licence, files: list[FileFinding], texts: _Texts) -> LicenceUse:
    holders = (h for one in files for h in _holders(one))
    own = () if licence.id.startswith(_TEXT_HAS_ITS_OWN) else texts.holders(licence)
    return LicenceUse(
        id=str(licence),
        name=_name(licence),
        texts=texts.of(licence),
        holders=tuple(_distinct([*holders, *own])),
        files=tuple(one.path for one in files),
        total_files=len(files),
    )


def _name(licence: Licence) -> str:
    names = [str(licences().get(licence.id, {}).get("name", ""))]
    if licence.exception:
        names.append(str(exceptions().get(licence.exception, {}).get("name", "")))
    return " with ".join(names) if all(names) else ""


def _holders(one: FileFinding) -> Iterator[str]:
    """
    Yield the copyright notices for a file.

    What a recogniser read in it counts before its bare lines: those also begin with
    "copyright" where none is claimed.
    """
    for said in one.said:
        if said.source != one.path or one.open_notices:
            yield from (_TAG.sub("Copyright ", notice) for notice in said.copyrights)
    yield from (held.statement for held in one.holdings)


def _distinct(holders: Iterable[str]) -> Iterator[str]:
    """Yield each notice once, however it is written, sorted by its words."""
    found: dict[tuple[str, ...], str] = {}
    for holder in holders:
        words = re.findall(r"\w+", _MARKS.sub(" ", holder).casefold())
        if words:
            found.setdefault(tuple(words), holder)
    return (found[words] for words in sorted(found, key=_by_name))


def _by_name(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(w for w in words if not w.isdigit()), words


def gaps(files: Iterable[FileFinding]) -> Iterator[str]:
    """Yield, a sentence each, why files may say more than is known."""
    reasons: dict[str, Callable[[FileFinding], object]] = {
        "a passage about licences could not be read": lambda one: one.open,
        "copyright notices were not read": lambda one: one.open_notices,
        "something could not be read": _is_unread,
        "there are terms of a licence that nobody knows": _is_unclear,
    }
    everything = list(files)
    for what, applies in reasons.items():
        if some := list(filter(applies, everything)):
            more = f" and in {len(some) - 1:,} more" if len(some) > 1 else ""
            yield f"In {some[0].path}{more}, {what}."


def _is_unread(one: FileFinding) -> bool:
    return bool(one.unread) and one.kind is not Kind.LIST


def _is_unclear(one: FileFinding) -> bool:
    """Tell whether a file speaks of a licence and nobody knows of which one."""
    if one.kind is Kind.LIST or (is_prose(one.path) and not holds_a_licence(one.path)):
        return False
    return any(
        _UNKNOWN in statement.expression
        and statement.speech in (Speech.TEXT, Speech.NOTICE)
        and not any(r.path for r in statement.references)
        for statement in one.statements
    )


_UNKNOWN = "LicenseRef-scancode-unknown"


class _Texts:
    """
    The licence texts and notices in the files.

    Attributes:
        unread: Which of them could not be read, each a sentence.
    """

    def __init__(self, seen: Recognition) -> None:
        self._seen = seen
        self._found: defaultdict[str, dict[str, Passage]] = defaultdict(dict)
        self._holders: defaultdict[str, list[str]] = defaultdict(list)
        self._others: set[str] = set()
        self.unread: list[str] = []
        for one in seen.licences:
            if one.basis is Basis.PROJECT and not one.concluded and one.source:
                # Which of the texts there it is under is not settled: all go along.
                self._others.update(one.finding.licensed_by)
            if one.whose is Whose.LICENCE:
                self._add_file(one.finding)
            elif one.finding.kind is Kind.TEXT:
                self._add_passages(one.finding)

    def of(self, licence: Licence) -> tuple[Passage, ...]:
        """Return every wording of the text of *licence*, and of its exception."""
        wanted = [base(licence.id), *([licence.exception] if licence.exception else [])]
        wanted += [more for i in wanted if (more := _BUILDS_ON.get(i))]
        found = {k: p for i in wanted for k, p in self._wordings(i).items()}
        return tuple(found.values())

    def _wordings(self, identifier: str) -> Mapping[str, Passage]:
        if found := self._found[identifier]:
            return found
        text, listed = text_on_list(identifier)
        return {_words(text): Passage(text=text, listed=listed)} if text else {}

    def holders(self, licence: Licence) -> list[str]:
        """Return the copyright notices that stand in the files of that text."""
        return self._holders[base(licence.id)]

    def notices(self) -> Iterator[Passage]:
        """Yield what licences ask to be passed on beside their texts, or speak of."""
        found: dict[str, Passage] = {}
        for one in self._seen.files:
            is_text = one.kind in (Kind.TEXT, Kind.LIST)
            if is_text and (one.path in self._others or _is_called_notice(one.path)):
                text = self._read(one.path)
                if text.strip():
                    found.setdefault(_words(text), Passage(text=text, path=one.path))
        return iter(found.values())

    def _add_file(self, one: FileFinding) -> None:
        """Add a file that is called a licence, if it is the text of one."""
        stated = [s for s in one.statements if s.speech is Speech.TEXT]
        found = (i for s in stated for i in _named_in(s.expression))
        named = {i for licence in found for i in _ids(licence)}
        path = PurePosixPath(one.path)
        if path.parent.name == LICENCE_TEXTS and path.suffix != ".license":
            named.add(base(path.stem))
        for said in stated_in(one, Whose.LICENCE):
            for licence in _named_in(said.expression):
                self._holders[base(licence.id)] += _holders(one)
        if not named:
            self._others.add(one.path)
            return
        text = self._read(one.path)
        for identifier in named:
            if identifier.startswith("LicenseRef-") or not _is_too_short(text):
                self._add(identifier, Passage(text=text, path=one.path))

    def _add_passages(self, one: FileFinding) -> None:
        """Add the licence texts that stand in a file beside other things."""
        wanted = [s for s in one.statements if s.speech is Speech.TEXT and s.key]
        if not wanted:
            return
        content = self._read(one.path)
        passages = list(reading.cut(content.encode()))
        for statement in wanted:
            named = _named_in(statement.expression)
            if len(named) != 1:
                continue
            for passage in passages:
                text = passage.wording.text
                is_it = passage.wording.key == statement.key or (
                    statement.first_line <= passage.cue_lines[0] <= statement.last_line
                )
                if is_it and _is_whole(named[0], text):
                    self._add(base(named[0].id), Passage(text=text, path=one.path))

    def _add(self, identifier: str, passage: Passage) -> None:
        self._found[identifier].setdefault(_words(passage.text), passage)

    def _read(self, path: str) -> str:
        try:
            return self._seen.tree.read(path).decode(errors="replace")
        except BlobUnreadable as error:
            self.unread.append(f"{path}: {error}")
            return ""


def _ids(licence: Licence) -> Iterator[str]:
    yield base(licence.id)
    if licence.exception:
        yield licence.exception


def _is_whole(licence: Licence, text: str) -> bool:
    """Tell whether *text* is that of *licence*, and not a notice with parts of it."""
    known = recognised(text).texts
    if known or licence.id.startswith(_LONG):
        return base(licence.id) in known
    return not _is_too_short(text)


def _is_too_short(text: str) -> bool:
    """Tell whether *text* is no licence, such as the empty files that tests have."""
    return len(text.split()) < _FEWEST_WORDS


def _is_called_notice(path: str) -> bool:
    return is_notice(path.rpartition("/")[2])


def _words(text: str) -> str:
    """Return the words of *text*: what is said twice is passed on once."""
    return " ".join(re.findall(r"\w+", text.casefold()))
