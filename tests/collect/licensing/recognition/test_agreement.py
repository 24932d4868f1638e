# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How far the recogniser agrees is read, and said in one line."""

from datetime import date

from ossay.collect.licensing.recognition.agreement import Agreement, agreement


def test_the_measurement_that_is_shipped_can_be_read() -> None:
    measured = agreement()

    assert 0.9 < measured.share <= 1
    assert measured.files >= 1_000


def test_a_measurement_is_said_with_its_day() -> None:
    measured = Agreement(
        measured_on=date(2026, 1, 2), what="files drawn at random", files=1_200, same=9
    )

    assert str(measured) == (
        "the same for 9 of 1,200 files drawn at random, measured on 2026-01-02"
    )
