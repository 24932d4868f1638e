# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What steps came to, so that running again resumes where a run ended."""

from sqlite3 import Connection

from ossay.model.digest import Digest
from ossay.register.columns import packed, unpacked
from ossay.register.rows import scalar

_RESULT = "SELECT result FROM steps WHERE step = ? AND inputs = ? AND code = ?"

_RECORD = (
    "INSERT INTO steps (step, inputs, code, result) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (step, inputs, code) DO UPDATE SET result = excluded.result"
)


def result(
    connection: Connection, step: str, inputs: Digest, code: Digest
) -> Digest | None:
    """Return what *step* came to with these inputs and this code, if it ran."""
    found = scalar(connection, _RESULT, step, packed(inputs), packed(code))
    return None if found is None else unpacked(found)


def record(
    connection: Connection, step: str, inputs: Digest, code: Digest, came_to: Digest
) -> None:
    """Keep what *step* came to, in place of a result that was lost."""
    connection.execute(_RECORD, (step, packed(inputs), packed(code), packed(came_to)))
