# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The SHA-1 of each file, as SPDX documents want it (SPDX 2.3, 8.4).

Kept apart from what files say: that is the same for most of them, and then is read
from the memory once.
"""

import hashlib
import sys
from functools import cache

from ossay.codec import code_digest
from ossay.collect.licensing import tags
from ossay.model.tree import Scanner


@cache
def scanner() -> Scanner[str]:
    """Return the scanner that tells checksums."""
    return Scanner(
        name="licensing.sha1",
        version=code_digest([sys.modules[__name__], tags]),
        kind=str,
        scan=sha1_of,
    )


def sha1_of(content: bytes) -> str:
    """Return the SHA-1 of *content*; "" if that is kept elsewhere (Git LFS)."""
    if tags.is_pointer(content):
        return ""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
