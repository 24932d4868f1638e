# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path

import pytest

from ossay.codec import digest_of_bytes
from ossay.register import NotFiled, Register
from tests.register import values

INPUTS, CODE, OTHER = (digest_of_bytes(name) for name in (b"inputs", b"code", b"other"))


def test_a_step_that_ran_is_known_by_its_inputs_and_code(register: Register) -> None:
    result = register.file(values.snapshot()).digest

    register.record_step("gather", INPUTS, CODE, result)

    assert register.step_result("gather", INPUTS, CODE) == result
    assert register.step_result("gather", OTHER, CODE) is None
    assert register.step_result("gather", INPUTS, OTHER) is None
    assert register.step_result("judge", INPUTS, CODE) is None


def test_a_step_may_come_to_an_artefact(register: Register) -> None:
    result = register.artefacts.put(b"what a collector said")

    register.record_step("gather", INPUTS, CODE, result)

    assert register.step_result("gather", INPUTS, CODE) == result


def test_a_step_cannot_come_to_what_is_not_kept(register: Register) -> None:
    with pytest.raises(NotFiled, match="step 'gather' came to"):
        register.record_step("gather", INPUTS, CODE, OTHER)


def test_a_step_whose_result_was_lost_has_to_run_again(
    register: Register, home: Path
) -> None:
    lost = register.artefacts.put(b"first")
    register.record_step("gather", INPUTS, CODE, lost)
    (home / "artefacts" / lost[:2] / lost[2:]).unlink()

    assert register.step_result("gather", INPUTS, CODE) is None

    again = register.artefacts.put(b"second")
    register.record_step("gather", INPUTS, CODE, again)
    assert register.step_result("gather", INPUTS, CODE) == again
