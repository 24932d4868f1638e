# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
ScanCode's index of licences, as `license-expression` carries it (CC-BY-4.0).

It is read where it is installed and never copied.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

_SCANCODE = "LicenseRef-scancode-"


@cache
def entries() -> Mapping[str, Mapping[str, Any]]:
    """Return the entries of the index, by each identifier that stands for them."""
    from license_expression import get_license_index

    found: dict[str, Mapping[str, Any]] = {}
    for entry in get_license_index():  # 15 ms
        for identifier in _identifiers(entry):
            found.setdefault(identifier, entry)
    return found


def names(identifier: str) -> tuple[str, ...]:
    """Return *identifier*, and what else the index says it is called."""
    entry = entries().get(identifier)
    others = _identifiers(entry) if entry is not None else []
    return tuple(dict.fromkeys([identifier, *others]))


def category(identifier: str) -> str:
    """Return the index's own word for what kind of licence it is; "" if it has none."""
    entry = entries().get(identifier)
    return str(entry.get("category") or "") if entry is not None else ""


def _identifiers(entry: Mapping[str, Any]) -> list[str]:
    """
    Return the identifiers that mean one text wherever they are used.

    Other references mean what the work says that uses them.
    """
    known = [entry.get("spdx_license_key"), *entry.get("other_spdx_license_keys", ())]
    return [i for i in known if i and (not _is_reference(i) or i.startswith(_SCANCODE))]


def _is_reference(identifier: str) -> bool:
    return identifier.startswith("LicenseRef-")
