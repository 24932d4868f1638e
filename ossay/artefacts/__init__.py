# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Released files: what is inside, who signed them, and which commit they are of."""

from ossay.artefacts.forms import Form, NotAnArtefact
from ossay.artefacts.handing import take_in
from ossay.artefacts.inside import components_inside
from ossay.artefacts.intake import Bounds, TooMuchInside
from ossay.artefacts.signing import Expected, signature_on
from ossay.artefacts.tracing import trace
from ossay.artefacts.unpacking import Artefact, unpack

__all__ = [
    "Artefact",
    "Bounds",
    "Expected",
    "Form",
    "NotAnArtefact",
    "TooMuchInside",
    "components_inside",
    "signature_on",
    "take_in",
    "trace",
    "unpack",
]
