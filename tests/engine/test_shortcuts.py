# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a rule of ScanCode's grammar of notices needs, and what it may do without."""

import pytest

from engine.shortcuts import needed


@pytest.mark.parametrize(
    ("pattern", "labels"),
    [
        ("<NNP> <VAN|OF> <NNP>+", ["NNP", "OF VAN", "NNP"]),
        ("<CC>? <YR>+ <CC>* <BARE-YR>", ["YR", "BARE-YR"]),
        ("(<COPY> <YR>)+ <NAME>", ["NAME"]),
        ("<NN*> <CAPS>", ["CAPS"]),
        ("<NN>{2,3} <COMP>", ["COMP"]),
        ("<A> | <B>", []),
        ("<A> (<B> | <C>)", ["A"]),
    ],
)
def test_a_rule_needs_what_it_cannot_leave_out(pattern: str, labels: list[str]) -> None:
    assert [" ".join(sorted(some)) for some in needed(pattern)] == labels
