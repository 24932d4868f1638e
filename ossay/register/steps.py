# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What steps came to, so that running again resumes where a run ended."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from ossay.model.digest import Digest
from ossay.register.tables import STEPS


def result(
    connection: Connection, step: str, inputs: Digest, code: Digest
) -> Digest | None:
    """Return what *step* came to with these inputs and this code, if it ran."""
    return connection.scalar(
        select(STEPS.c.result).where(
            STEPS.c.step == step, STEPS.c.inputs == inputs, STEPS.c.code == code
        )
    )


def record(
    connection: Connection, step: str, inputs: Digest, code: Digest, came_to: Digest
) -> None:
    """Keep what *step* came to, in place of a result that was lost."""
    row = insert(STEPS).values(step=step, inputs=inputs, code=code, result=came_to)
    connection.execute(
        row.on_conflict_do_update(
            index_elements=STEPS.primary_key, set_={"result": came_to}
        )
    )
