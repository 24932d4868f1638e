# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
ScanCode without the libraries by which it reads files.

It is given text. What tells kinds of files apart and opens PDFs and archives would be
loaded all the same: a sixth of the start, and code that has no business beside a
stranger's words. Whatever still asks for it fails, and with it that one text.
"""

import sys
from types import ModuleType
from typing import NoReturn

LEFT_OUT = ("typecode", "typecode.contenttype", "textcode.pdf")


class NoFiles(Exception):
    """Something wanted to read a file."""


def leave_out_files() -> None:
    """Put a stand-in in the place of each module, before ScanCode is imported."""
    for name in LEFT_OUT:
        stand_in = ModuleType(name)
        stand_in.__path__ = []
        stand_in.__getattr__ = lambda _name: _refuse  # type: ignore[method-assign]
        sys.modules[name] = stand_in


def _refuse(*_given: object, **_named: object) -> NoReturn:
    msg = "the engine is given texts, never files"
    raise NoFiles(msg)
