# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The components of a snapshot as a CycloneDX 1.6 document in JSON (ECMA-424).

It is written by hand, as a list of dicts: thousands of components through a model of
classes take seconds. The tests read it with `cyclonedx-python-lib`, and hold it
against the published schema.
"""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from typing import Any

from ossay import __version__
from ossay.memo.brought import Brought
from ossay.model.digest import Filed
from ossay.model.evidence import Evidence, Observation
from ossay.model.snapshot import Snapshot

SOFTWARE = "software"
"""What the document calls the software itself."""

_SCOPES = {"runtime": "required", "development": "excluded", "build": "excluded"}
"""Excluded is what is not there when the software runs (CycloneDX 1.6, scope)."""

_TAG = "refs/tags/"
_INCOMPLETE = "components.incomplete_ecosystems"
_UNREAD = "components.unread_files"


def document(
    evidence: Filed[Evidence], rows: Iterable[tuple[str, ...]], name: str
) -> bytes:
    """
    Return the document; *rows* are those of the table "components".

    The same evidence gives the same bytes: the document is as old as the commit, and
    its number is made of the digest of the evidence.
    """
    snapshot = evidence.value.snapshot
    brought = [Brought(*row) for row in rows]
    made: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.UUID(evidence.digest[:32], version=5)}",
        "version": 1,
        "metadata": {
            "timestamp": snapshot.committed_at.astimezone(UTC).isoformat(),
            "tools": {
                "components": [
                    {"type": "application", "name": "ossay", "version": __version__}
                ]
            },
            "component": _software(snapshot, name),
        },
        "components": [_component(one) for one in brought],
        "dependencies": list(_dependencies(brought)),
        "compositions": [
            {
                "aggregate": _aggregate(evidence.value),
                "dependencies": [SOFTWARE],
            }
        ],
    }
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def _software(snapshot: Snapshot, name: str) -> dict[str, Any]:
    is_release = snapshot.ref.startswith(_TAG)
    made: dict[str, Any] = {
        "type": "application",
        "bom-ref": SOFTWARE,
        "name": name,
        "version": snapshot.ref.removeprefix(_TAG) if is_release else snapshot.commit,
        "properties": [{"name": "ossay:commit", "value": snapshot.commit}],
    }
    if snapshot.repository_url.startswith("https://"):
        made["externalReferences"] = [{"type": "vcs", "url": snapshot.repository_url}]
    return made


def _component(one: Brought) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "container" if one.ecosystem == "docker" else "library",
        "bom-ref": one.purl,
        "name": one.name,
        "purl": one.purl,
    }
    if one.version:
        made["version"] = one.version
    if one.scope in _SCOPES:
        made["scope"] = _SCOPES[one.scope]
    if one.licence:
        made["licenses"] = [{"expression": one.licence, "acknowledgement": "declared"}]
    places = [{"location": file} for file in one.found_in.split("\n") if file]
    if places:
        made["evidence"] = {"occurrences": places}
    return made


def _dependencies(brought: Sequence[Brought]) -> Iterator[dict[str, Any]]:
    """Yield what each needs; what nothing known brings in, the software does."""
    known = {one.purl for one in brought}
    needs: dict[str, list[str]] = defaultdict(list)
    for one in brought:
        by = one.path[-1] if one.path else ""
        needs[by if by in known else SOFTWARE].append(one.purl)
    for ref in (SOFTWARE, *(one.purl for one in brought)):
        found = {"ref": ref}
        yield found | ({"dependsOn": sorted(needs[ref])} if ref in needs else {})


def _aggregate(evidence: Evidence) -> str:
    """Return whether all components are listed, as far as the evidence tells."""
    seen = {a.fact: a for a in evidence.observed if isinstance(a, Observation)}
    told, unread = seen.get(_INCOMPLETE), seen.get(_UNREAD)
    if told is None or unread is None:
        return "unknown"
    return "incomplete" if told.value or unread.value or told.missed else "complete"
