# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The mandatory keys of a publiccode.yml (publiccode.yml 0.7.0, schema.core)."""

from collections.abc import Iterator, Mapping
from typing import Any

MANDATORY = (
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description",
    "legal.license",
    "maintenance.type",
    "localisation.localisationReady",
    "localisation.availableLanguages",
)
_WHO = {"internal": "contacts", "community": "contacts", "contract": "contractors"}
"""Who has to be named, by the type of maintenance."""


def missing(document: object) -> tuple[str, ...]:
    """Return the mandatory keys that *document* lacks, dotted."""
    if not isinstance(document, Mapping):
        return MANDATORY
    return tuple(_missing(document))


def _missing(document: Mapping[str, Any]) -> Iterator[str]:
    for key in MANDATORY:
        if _at(document, key) in (None, "", [], {}):
            yield key
    yield from _missing_of_maintenance(document)
    yield from _missing_of_descriptions(document)


def _missing_of_maintenance(document: Mapping[str, Any]) -> Iterator[str]:
    who = _WHO.get(str(_at(document, "maintenance.type")))
    if who and not _at(document, f"maintenance.{who}"):
        yield f"maintenance.{who}"


def _missing_of_descriptions(document: Mapping[str, Any]) -> Iterator[str]:
    descriptions = document.get("description")
    if not isinstance(descriptions, Mapping):
        return
    told = [d for d in descriptions.values() if isinstance(d, Mapping)]
    for language, one in descriptions.items():
        if not isinstance(one, Mapping) or not one.get("shortDescription"):
            yield f"description.{language}.shortDescription"
    for key in ("longDescription", "features"):
        if told and not any(one.get(key) for one in told):
            yield f"description.*.{key}"


def _at(document: Mapping[str, Any], dotted: str) -> Any:
    found: Any = document
    for key in dotted.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(key)
    return found
