# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What a secret is called where it must not be written down.

Two places with one fingerprint hold one secret. The salt is made once for a register
and stays there, so that nobody who reads a memo can try guesses against it.
"""

import hashlib
import hmac
import secrets

from ossay.model.digest import Digest
from ossay.model.tree import BlobFacts

SALT_BYTES = 32
SHOWN_DIGITS = 16

_NAME = "secrets.salt"
_ONLY = Digest(hashlib.sha256(_NAME.encode()).hexdigest())


def salt_of(memory: BlobFacts) -> bytes:
    """Return the salt of a register; of two who make one at once, the first wins."""
    if not memory.known(_NAME, _ONLY, [_ONLY]):
        memory.keep(_NAME, _ONLY, {_ONLY: secrets.token_bytes(SALT_BYTES)})
    return memory.known(_NAME, _ONLY, [_ONLY])[_ONLY]


def fingerprint(secret: str, salt: bytes) -> str:
    """Return what *secret* is called; it cannot be told from that without the salt."""
    content = secret.encode(errors="surrogatepass")
    return hmac.digest(salt, content, hashlib.sha256).hex()[:SHOWN_DIGITS]
