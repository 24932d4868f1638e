# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The actions of others that workflows run, as components."""

import re

from ossay.collect.components.named import Named, purl_of
from ossay.collect.security.workflows import Use
from ossay.model.components import Scope

_ACTION = re.compile(r"([\w.-]+)/([\w.-]+)(?:/[\w./-]+)?@([\w./+-]{1,200})")
_FIXED = re.compile(r"v?\d+(?:\.\d+)*(?:[-+][\w.-]+)?|[0-9a-f]{40}|[0-9a-f]{64}", re.I)


def action_in(path: str, use: Use) -> Named | None:
    """
    Return the action that is used; None for an image, or what is no action.

    A tag that reads like a version counts as one, though it can be moved; the name
    of a branch does not.
    """
    found = _ACTION.fullmatch(use.what)
    if found is None:
        return None
    owner, name, ref = found.groups()
    version = ref if _FIXED.fullmatch(ref) else ""
    return Named(
        purl=purl_of("githubactions", name, version, namespace=owner),
        ecosystem="githubactions",
        name=f"{owner}/{name}",
        version=version,
        file=path,
        scope=Scope.BUILD,
        direct=True,
    )
