# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The one base of every error that ossay raises on purpose."""

from typing import ClassVar


class OssayError(Exception):
    """
    Something a person can act on: its message is one clear sentence.

    Attributes:
        status: Exit status of the command line (docs/reference/commands.md):
            2 usage or bad policy, 3 nothing to assess, 73 cannot write,
            75 network or another temporary failure, 1 otherwise.
    """

    status: ClassVar[int] = 1
