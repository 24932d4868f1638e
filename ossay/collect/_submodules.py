# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Where submodules are kept, as `.gitmodules` says (gitmodules(5))."""

import re

NAME = ".gitmodules"
LARGEST_BYTES = 500_000
LONGEST_ADDRESS = 300
"""Characters of an address that are shown."""


def addresses(content: bytes) -> dict[str, str]:
    """Return the address of each submodule by its path, without credentials."""
    found: dict[str, str] = {}
    told: dict[str, str] = {}
    for line in content[:LARGEST_BYTES].decode(errors="replace").splitlines():
        if _SECTION.match(line):
            told = {}
        elif read := _SETTING.match(line):
            told[read["name"].lower()] = read["value"].strip().strip('"')
        if told.get("path") and told.get("url"):
            found[told["path"]] = _shown(told["url"])
    return found


def _shown(address: str) -> str:
    return _CREDENTIALS.sub(r"\1", address)[:LONGEST_ADDRESS]


_SECTION = re.compile(r"\s{0,40}\[")
_SETTING = re.compile(r"\s{0,40}(?P<name>(?i:path|url))\s{0,40}=(?P<value>.*)")
_CREDENTIALS = re.compile(r"^((?:https?|git|ftp)://)[^/@]*@")
"""Names and passwords; the "git@" of ssh is neither."""
