# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The form of a fact pack.

Three lines of text, then what it holds, in gzip's format: the name of the form; what
the pack says of itself, as JSON, with the digest and the length of the rest; the
Ed25519 signature of the first two lines. So whoever receives one knows who vouches for
it before anything is unpacked, and reads all of it with ``head`` and ``zcat``.
"""

from ossay.model.errors import OssayError

FORMAT = 1
NAME = b"ossay fact pack"

LARGEST_FACT = 5_000_000
"""Bytes of one line; the facts of one file have some 1,000."""

GZIP = 31
"""zlib's word for a gzip wrapper (RFC 1952)."""

CHUNK = 1 << 16


class FactPackRefused(OssayError):
    """A file is no fact pack that may be taken in."""

    status = 2


class CannotWritePack(OssayError):
    """A fact pack cannot be written."""

    status = 73


def scanners() -> tuple[str, str, str]:
    """Return what facts of a pack are of: files, passages, copyright notices."""
    from ossay.collect.licensing.recognition import questions, reading

    return (reading.scanner().name, questions.LICENCES, questions.HOLDERS)
