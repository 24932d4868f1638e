# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""X.509 certificates (RFC 5280): read from strangers, and who vouches for which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_ISSUERS = 5
"""Certificates between a signer's and one that was handed in."""

_UNDERSTOOD = (
    "2.5.29.15",  # key usage
    "2.5.29.17",  # other names of the subject
    "2.5.29.19",  # basic constraints
    "2.5.29.37",  # extended key usage
)
"""Critical extensions that are looked at; with others nothing is concluded (4.2)."""


class CertificateUnreadable(ValueError):
    """A certificate has a key, or something else in it, that is not read here."""


def certificate_of(content: bytes) -> Certificate:
    """Return a certificate in DER, all of which could be read."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        read = x509.load_der_x509_certificate(content)
        # Both are read when they are asked for first, and would fail there.
        _ = read.extensions, read.public_key()
    except (
        *(ValueError, TypeError, UnsupportedAlgorithm),
        *(x509.DuplicateExtension, x509.UnsupportedGeneralNameType),
    ) as error:
        msg = "a certificate could not be read, or has a key that is not checked here"
        raise CertificateUnreadable(msg) from error
    return read


def fingerprint(certificate: Certificate) -> str:
    """Return the SHA-256 of a certificate, as tools show it."""
    from cryptography.hazmat.primitives import hashes

    return certificate.fingerprint(hashes.SHA256()).hex().upper()


def chain_of(
    signer: Certificate, beside: Sequence[Certificate], trusted: Sequence[Certificate]
) -> list[Certificate]:
    """Return the way from a signer to what is trusted; none if there is none."""
    chain = [signer]
    while chain[-1] not in trusted:
        issuer = next(
            (c for c in (*trusted, *beside) if c not in chain and is_link(chain, c)),
            None,
        )
        if issuer is None or len(chain) > _ISSUERS:
            return []
        chain.append(issuer)
    return chain


def is_link(chain: Sequence[Certificate], issuer: Certificate) -> bool:
    """Tell whether *issuer* may issue, and issued, the last one of *chain*."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    try:
        basic = issuer.extensions.get_extension_for_class(x509.BasicConstraints)
        longest = basic.value.path_length
        if not basic.value.ca or (longest is not None and len(chain) - 1 > longest):
            return False
        if not _may_sign_certificates(issuer):
            return False
        # What was signed over SHA-1 or MD5 is refused there.
        chain[-1].verify_directly_issued_by(issuer)
    except (
        *(x509.ExtensionNotFound, InvalidSignature, UnsupportedAlgorithm),
        *(ValueError, TypeError),
    ):
        return False
    return all(_is_understood(each) for each in (chain[-1], issuer))


def _may_sign_certificates(issuer: Certificate) -> bool:
    from cryptography import x509

    try:
        usage = issuer.extensions.get_extension_for_class(x509.KeyUsage)
    except x509.ExtensionNotFound:
        return True
    return usage.value.key_cert_sign


def _is_understood(certificate: Certificate) -> bool:
    return all(
        each.oid.dotted_string in _UNDERSTOOD
        for each in certificate.extensions
        if each.critical
    )


def is_for_code(certificate: Certificate) -> bool:
    """Tell whether an issuer meant it for this: public ones vouch for web servers."""
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID as Purpose

    try:
        found = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        return True
    wanted = {Purpose.CODE_SIGNING, Purpose.EMAIL_PROTECTION}
    return bool(wanted & set(found.value))
