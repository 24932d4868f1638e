# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which device and which browser somebody needs at least."""

import re
from collections.abc import Iterator, Mapping

from ossay.collect.inclusion.facts import ANDROID_MIN_SDK, BROWSERS
from ossay.collect.inclusion.reading import Read, how_many, not_read
from ossay.collect.inclusion.stated import Stated
from ossay.model.evidence import Answered, Item

NO_PAGES = "nothing here is made for browsers"
NO_ANDROID = "nothing here is built for Android"

VERSIONS = {
    16: "4.1 (2012)",
    17: "4.2 (2012)",
    18: "4.3 (2013)",
    19: "4.4 (2013)",
    21: "5.0 (2014)",
    22: "5.1 (2015)",
    23: "6.0 (2015)",
    24: "7.0 (2016)",
    25: "7.1 (2016)",
    26: "8.0 (2017)",
    27: "8.1 (2017)",
    28: "9 (2018)",
    29: "10 (2019)",
    30: "11 (2020)",
    31: "12 (2021)",
    32: "12L (2022)",
    33: "13 (2022)",
    34: "14 (2023)",
    35: "15 (2024)",
    36: "16 (2025)",
}
"""Android's version and year by API level (developer.android.com, API levels)."""


def android_min_sdk(read: Read) -> Answered:
    """
    Answer with the highest of all modules, and in each file with the lowest.

    A file may name several for kinds of builds, of which an office takes the one that
    runs on most devices; of modules, the app is made of all. Watches, cars and
    televisions are other devices.
    """
    files = {p: s for p, s in read.stated.items() if not _OTHER_DEVICES.search(p)}
    levels = {p: _least(s) for p, s in files.items() if s.android}
    if levels:
        highest = max(level for level, _ in levels.values())
        return ANDROID_MIN_SDK.found(
            highest, _android_items(levels), missed=not_read(read.unread_settings)
        )
    takes = [p for p, s in files.items() if s.takes_android]
    if takes:
        why = "it is left to the version of Flutter that builds it"
        return ANDROID_MIN_SDK.unknown(why, [Item(subject=p) for p in takes])
    is_android = [p for p, s in files.items() if s.is_android]
    if is_android or read.unread_settings:
        why = "it is built for Android, and no file states the version it needs"
        if not is_android:
            why = f"{how_many(read.unread_settings)} could not be read"
        items = [Item(subject=path) for path in is_android]
        return ANDROID_MIN_SDK.unknown(why, items or read.unread_settings)
    return ANDROID_MIN_SDK.inapplicable(NO_ANDROID)


def _least(stated: Stated) -> tuple[int, int]:
    return min((int(said.what), said.line) for said in stated.android)


def _android_items(levels: Mapping[str, tuple[int, int]]) -> Iterator[Item]:
    for path, (level, line) in sorted(levels.items(), key=lambda each: -each[1][0]):
        version = VERSIONS.get(level, "")
        named = f", Android {version}" if version else ""
        yield Item(subject=path, note=f"API level {level}{named}", line=line)


def browsers(read: Read) -> Answered:
    """Answer in the words of Browserslist's settings, and of documents."""
    said: dict[str, Item] = {}
    for path, stated in read.stated.items():
        for one in stated.browsers:
            if _NO_BROWSER.search(one.what):
                continue
            item = Item(subject=path, note=one.what, line=one.line)
            said.setdefault(one.what, item)
    if not said and not read.has_pages():
        return BROWSERS.inapplicable(NO_PAGES)
    unread = (*read.unread_settings, *read.unread_texts)
    if not said and unread:
        why = f"none was seen, but {how_many(unread)} could not be read"
        return BROWSERS.unknown(why, unread)
    return BROWSERS.found(tuple(said), said.values(), missed=not_read(unread))


_OTHER_DEVICES = re.compile(
    r"(?i)(?:^|[/_-])(?:wear|watch|tv|automotive|benchmark)(?:[/_-]|$)"
)
_NO_BROWSER = re.compile(r"(?i)^(?:maintained |current )?node\b|^electron\b")
"""What Browserslist knows, too, and nobody reads pages with."""
