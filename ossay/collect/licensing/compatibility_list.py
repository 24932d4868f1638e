# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
OSADL's list of which licence may go into a work under which other.

It says nothing of most licences, and is dated: whoever quotes it gives the date.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from functools import cache, lru_cache
from types import MappingProxyType

from ossay import shipped
from ossay.collect.licensing.expressions import Licence, exceptions, licences, versions
from ossay.collect.licensing.scancode_index import names
from ossay.model.errors import OssayError

SOURCE = "OSADL Open Source License Checklists, compatibility matrix (CC-BY-4.0)"
"""How the list wants to be named wherever something is quoted from it."""

_TIME = "timestamp"
_NO_LICENCES = frozenset({_TIME, "timeformat"})
"""Keys of the list that stand beside the licences."""


class ListUnreadable(OssayError):
    """The list of compatible licences does not have the form that is known."""


class Compatibility(IntEnum):
    """
    Whether one thing may go into another, from the best to the worst.

    Of several that are needed the worst counts, of several that can be chosen the
    best. What is settled as incompatible stays so whatever the undetermined
    turns out to be, and so does what is compatible by choice.
    """

    COMPATIBLE = 0
    DEPENDS = 1
    """It depends on how the two are put together."""
    UNDETERMINED = 2
    """The list does not say; a person has to."""
    INCOMPATIBLE = 3


_MEANINGS: Mapping[str, Compatibility] = MappingProxyType(
    {
        "Same": Compatibility.COMPATIBLE,
        "Yes": Compatibility.COMPATIBLE,
        "Check dependency": Compatibility.DEPENDS,
        "Unknown": Compatibility.UNDETERMINED,
        "No": Compatibility.INCOMPATIBLE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    What is to be read of one licence inside another.

    Attributes:
        word: The list's own word; "" where it does not know one of the two, or
            where the two names stand for entries that say different things.
    """

    outbound: Licence
    inbound: Licence
    compatibility: Compatibility
    word: str = ""

    @property
    def note(self) -> str:
        """Return what the list says, as it may be quoted."""
        pair = f"{self.inbound} in a work under {self.outbound}"
        if self.word:
            return f"{pair}: the list says {self.word!r}"
        if self.compatibility is Compatibility.COMPATIBLE:
            return f"{pair}: the same licence"
        return f"{pair}: the list does not say"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompatibilityList:
    """
    Attributes:
        dated: The day that the list gives for itself.
        words: What it says, by outbound and then by inbound licence.
    """

    dated: date
    words: Mapping[str, Mapping[str, str]]

    def entry(self, outbound: Licence, inbound: Licence) -> Entry:
        """Return what is to be read of *inbound* in a work under *outbound*."""
        if outbound == inbound and _is_one_text(outbound):
            return Entry(
                outbound=outbound,
                inbound=inbound,
                compatibility=Compatibility.COMPATIBLE,
                word=self._word(str(outbound), str(inbound)),
            )
        words = {
            self._word(whole, part)
            for whole in self._listed_as(outbound)
            for part in self._listed_as(inbound)
        }
        word = words.pop() if len(words) == 1 else ""
        return Entry(
            outbound=outbound,
            inbound=inbound,
            compatibility=_MEANINGS.get(word, Compatibility.UNDETERMINED),
            word=word,
        )

    def _word(self, outbound: str, inbound: str) -> str:
        return self.words.get(outbound, {}).get(inbound, "")

    def _listed_as(self, licence: Licence) -> Iterator[str]:
        """Yield the list's name for all that *licence* can mean, or its own."""
        for called in _names(licence):
            yield next((name for name in called if name in self.words), called[0])


@cache
def compatibility_list() -> CompatibilityList:
    """Return the list that is shipped."""
    path = shipped.policies() / "licences" / "osadl-matrix.json"
    return read_list(path.read_bytes())


def read_list(content: bytes) -> CompatibilityList:
    """Return OSADL's JSON as a list, or raise `ListUnreadable`."""
    try:
        given = json.loads(content)
        dated = datetime.fromisoformat(given[_TIME]).date()
        words = {k: dict(v) for k, v in given.items() if k not in _NO_LICENCES}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        msg = f"the list of compatible licences cannot be read: {error!r}"
        raise ListUnreadable(msg) from error
    strange = {w for row in words.values() for w in row.values()} - _MEANINGS.keys()
    if strange:
        msg = (
            f"the list of compatible licences says {min(strange)!r}; "
            f"known are: {', '.join(_MEANINGS)}"
        )
        raise ListUnreadable(msg)
    return CompatibilityList(dated=dated, words=words)


@lru_cache(maxsize=4_096)
def _names(licence: Licence) -> tuple[tuple[str, ...], ...]:
    """
    Return what each thing that *licence* can mean may be called.

    A GNU licence by its number alone can mean two, and what is said has to be true
    of both. An exception is part of the name: without it, it is another licence.
    """
    return tuple(
        tuple(str(Licence(name, licence.exception)) for name in names(version))
        for version in versions(licence.id)
    )


def _is_one_text(licence: Licence) -> bool:
    """Tell whether the name has one meaning; a reference has one in each work."""
    is_known = not licence.exception or licence.exception in exceptions()
    return licence.id in licences() and is_known
