# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Released files: what is inside, who signed them, and which commit they are of."""

from ossay.artefacts.forms import Form, NotAnArtefact
from ossay.artefacts.inside import Inside, components_inside
from ossay.artefacts.intake import Bounds, TooMuchInside
from ossay.artefacts.signing import Signature, Signed, signature_on
from ossay.artefacts.tracing import Traceable, Traced, trace
from ossay.artefacts.unpacking import Artefact, unpack

__all__ = [
    "Artefact",
    "Bounds",
    "Form",
    "Inside",
    "NotAnArtefact",
    "Signature",
    "Signed",
    "TooMuchInside",
    "Traceable",
    "Traced",
    "components_inside",
    "signature_on",
    "trace",
    "unpack",
]
