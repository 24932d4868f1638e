# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Packs of advisories to take in, and a workshop that does."""

import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ossay.advisories import Taken, take_in
from ossay.engine import Settings, Workshop
from ossay.register import Register

REAL = Path(__file__).with_name("osv")
"""Records of four databases, as they were published (licences in REUSE.toml)."""

DATED = date(2026, 3, 1)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def workshop_of(register: Register, home: Path) -> Workshop:
    settings = Settings.read({"OSSAY_HOME": str(home)}, local_paths=True)
    return Workshop(register=register, settings=settings, clock=lambda: NOW)


def real_pack(folder: Path) -> Path:
    """Return a folder with the real records, in the layout that OSV has."""
    for ecosystem in sorted(REAL.iterdir()):
        contents = {p.name: p.read_bytes() for p in sorted(ecosystem.iterdir())}
        archive(folder / ecosystem.name / "all.zip", contents)
    return folder


def archive(path: Path, contents: Mapping[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in contents.items():
            made.writestr(name, content)
    return path


def record(
    known_as: str,
    *affected: Mapping[str, Any],
    **more: Any,
) -> dict[str, Any]:
    """Return a record written for a test."""
    return {
        "schema_version": "1.6.0",
        "id": known_as,
        "modified": "2026-01-02T03:04:05Z",
        "affected": list(affected),
        **more,
    }


def affects(
    ecosystem: str,
    name: str,
    *events: Mapping[str, str],
    versions: Iterable[str] = (),
    **more: Any,
) -> dict[str, Any]:
    entry: dict[str, Any] = {"package": {"ecosystem": ecosystem, "name": name}, **more}
    if events:
        entry["ranges"] = [{"type": "ECOSYSTEM", "events": list(events)}]
    if versions:
        entry["versions"] = list(versions)
    return entry


def pack(path: Path, *records: Mapping[str, Any]) -> Path:
    contents = {f"{r['id']}.json": json.dumps(r).encode() for r in records}
    return archive(path, contents)


def take(workshop: Workshop, path: Path, dated: date | None = DATED) -> Taken:
    """Take in one file."""
    (taken,) = take_in(workshop, path, "a mirror", dated)
    return taken
