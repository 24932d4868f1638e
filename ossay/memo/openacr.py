# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The draft as OpenACR (GSA, schema 0.1.0): every row that a report has to answer.

Nothing is claimed in anybody's name: a level is "not-evaluated", at most
"partially-supports", and the title begins with DRAFT.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ossay import __version__, shipped
from ossay.memo.conformance import Draft, Row, remarks
from ossay.memo.escapes import visible
from ossay.model.errors import OssayError

TITLE = "DRAFT (machine evidence only, not a conformance claim): "
OPEN = "not-evaluated"
PARTLY = "partially-supports"
_CHECKED = "web"
"""The component that checks of templates and pages look at."""


class DraftNotValid(OssayError):
    """What was to be handed out is not what the schema of OpenACR asks for."""


def openacr(of: Draft, *, prepared: Path | None = None) -> bytes:
    """Return the draft in YAML; raise `DraftNotValid` if its schema is not met."""
    written = _yaml(_document(of, prepared))
    if faults := faults_of(written):
        msg = (
            f"the draft of a conformance report on {of.named!r} was not written, since "
            f"it would not be valid: {faults[0]}; please report this"
        )
        raise DraftNotValid(msg)
    return written


def faults_of(report: bytes) -> tuple[str, ...]:
    """Return what is wrong with YAML by the schema of OpenACR; nothing if valid."""
    import yaml

    document = yaml.load(report, Loader=yaml.CSafeLoader)
    return tuple(
        f"{'/'.join(map(str, error.instance_path))}: {error.message}"[:300]
        for error in _validator().iter_errors(document)
    )


def _document(of: Draft, prepared: Path | None) -> dict[str, Any]:
    by_number = {row.criterion.number: row for row in of.rows}
    catalogue = _catalogue()
    return {
        "title": _said(f"{TITLE}{of.named}"),
        "product": {
            "name": _said(of.named),
            "version": _said(of.source.commit),
            "description": _said(""),
        },
        "author": {
            "name": _said(f"ossay {__version__} (a program)"),
            "company_name": _said(""),
            "email": _said(""),
        },
        "report_date": _said(of.made_on.isoformat()),
        "notes": _text("notes", of, None, prepared),
        "evaluation_methods_used": _text("methods", of, None, prepared),
        "legal_disclaimer": _text("disclaimer", of, None, prepared),
        "license": "CC0-1.0",
        "repository": _said(of.source.repository),
        "catalog": catalogue["catalog"],
        "chapters": {
            name: {
                "criteria": [
                    {
                        "num": _said(number),
                        "components": [
                            _component(component, by_number.get(number), of, prepared)
                            for component in chapter["components"]
                        ],
                    }
                    for number in chapter["criteria"]
                ]
            }
            for name, chapter in catalogue["chapters"].items()
        },
    }


def _component(
    name: str, row: Row | None, of: Draft, prepared: Path | None
) -> dict[str, Any]:
    if name != _CHECKED or row is None or not row.is_told_of:
        return {"name": name, "adherence": {"level": OPEN}}
    level = PARTLY if row.confirmed else OPEN
    notes = _text("row", of, row, prepared)
    return {"name": name, "adherence": {"level": level, "notes": notes}}


class _Said(str):
    """Text that is quoted: to another reader of YAML "1.10" or "12e5" is a number."""

    __slots__ = ()


class _Text(str):
    """Text of several lines, written as it is read."""

    __slots__ = ()


def _said(text: str) -> _Said:
    return _Said(visible(text))


def _text(name: str, of: Draft, row: Row | None, prepared: Path | None) -> str:
    lines = remarks(name, of, row, prepared).splitlines()
    return _Text("\n".join(visible(line).rstrip() for line in lines))


@cache
def _catalogue() -> Mapping[str, Any]:
    found = shipped.folder("policies/openacr") / "catalogue.json"
    read: Mapping[str, Any] = json.loads(found.read_bytes())
    return read


@cache
def _validator() -> Any:
    import jsonschema_rs

    schema = shipped.folder("policies/openacr") / "openacr-0.1.0.json"
    return jsonschema_rs.validator_for(json.loads(schema.read_bytes()))


def _yaml(document: Mapping[str, Any]) -> bytes:
    import yaml

    class Dumper(yaml.CSafeDumper):
        """Knows how texts are quoted."""

    Dumper.add_representer(_Said, _written_in('"'))
    Dumper.add_representer(_Text, _written_in("|"))
    written: bytes = yaml.dump(
        document,
        Dumper=Dumper,
        sort_keys=False,
        allow_unicode=True,
        encoding="utf-8",
        width=88,
    )
    return written


def _written_in(style: str) -> Any:
    def represent(dumper: Any, text: str) -> Any:
        return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style)

    return represent
