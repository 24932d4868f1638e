# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What tools in tests share that say what a test has them say."""

from ossay.model.sites import Reach
from ossay.model.toolbox import Said


class NoVisits:
    """Tools of which none is asked about a running site."""

    def visit(self, name: str, question: str, words: bytes, reach: Reach) -> Said:
        """Fail: nobody asks."""
        raise AssertionError(name, question, words, reach)
