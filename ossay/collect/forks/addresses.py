# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of repositories, in the many ways in which they are written."""

import re

_SHORT = re.compile(r"(?:(github|gitlab|bitbucket):)?([\w.-]+/[\w.-]+)")
_HOSTS = {
    "": "github.com",
    "github": "github.com",
    "gitlab": "gitlab.com",
    "bitbucket": "bitbucket.org",
}
_FULL = re.compile(
    r"(?:git\+)?(?:https?|git|ssh)://(?:[^/@\s]*@)?([\w.-]+\.[a-z]{2,})(?::\d+)?/(\S+)",
    re.IGNORECASE,
)
_LIKE_SSH = re.compile(r"git@([\w.-]+):(\S+)")
_INSIDE = re.compile(r"/(?:-/|tree/|blob/|issues\b|wiki\b|pulls?\b|releases\b)|[?#]")
_LONGEST = 300


def plain(address: str) -> str:
    """
    Return *address* as ``host/owner/name`` in lower case; "" if it names none.

    What leads into a repository (``/tree/main``) and how it is reached are left out,
    and so is whom it is reached as.
    """
    text = address.strip()
    if len(text) > _LONGEST:
        return ""
    if found := _FULL.fullmatch(text) or _LIKE_SSH.fullmatch(text):
        host, path = found[1], found[2]
    elif found := _SHORT.fullmatch(text):
        host, path = _HOSTS[found[1] or ""], found[2]
    else:
        return ""
    path = _INSIDE.split(path)[0].strip("/").removesuffix(".git")
    is_one = path.count("/") > 0 and "//" not in path and "@" not in path
    return f"{host}/{path}".lower() if is_one else ""
