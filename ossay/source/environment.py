# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What git is told of the world: nothing of the operator's, little of ours."""

import os
from collections.abc import Mapping

NOWHERE = "/dev/null"
"""As a home: a folder that cannot exist, so that nothing can be found in it."""

TOLERATED = {
    "zeroPaddedFilemode": "'040000' for '40000'; pallets/flask, lodash, ohmyzsh",
    "badTimezone": "the hour is told wrong, nothing else; psf/requests",
    "missingSpaceBeforeEmail": "an author's name; pallets/werkzeug",
    "missingNameBeforeEmail": "an author without a name; highlightjs/highlight.js",
    "missingSpaceBeforeDate": "old tags without a date; coreutils, collectd",
    "badDate": "an importer's date; dropwizard/dropwizard, alanxz/rabbitmq-c",
    "badDateOverflow": "a date beyond 64 bits; read as unknown",
    "zeroPaddedDate": "a date with zeroes in front",
    "missingEmail": "an author without an address",
    "badEmail": "an author's address with a '<' too many; dropwizard/dropwizard",
    "badName": "an author's name with a '>' in it",
}
"""
What fsck-objects may find without refusing the repository, and why.

Every one of them is about how a mode was padded or how an author signed, in
projects that will not rewrite their history for it. ossay reads authors and
dates itself and takes odd ones for unknown. Faults in names of files, in
``.gitmodules`` and in the shape of objects stay errors (git-fsck(1)).
"""

_SETTINGS = {
    "advice.detachedHead": "false",
    "core.askPass": "/bin/false",
    "core.attributesFile": NOWHERE,
    "core.bigFileThreshold": "32m",
    # A commit-graph or a multi-pack-index is believed, not checked, and one
    # read in place belongs to a stranger.
    "core.commitGraph": "false",
    "core.multiPackIndex": "false",
    "core.excludesFile": NOWHERE,
    "core.fsmonitor": "false",
    "core.hooksPath": NOWHERE,
    "core.pager": "cat",
    "core.protectHFS": "true",
    "core.protectNTFS": "true",
    "core.quotePath": "false",
    "core.symlinks": "false",
    "core.useReplaceRefs": "false",
    "credential.helper": "",
    "credential.interactive": "false",
    "fetch.fsckObjects": "true",
    "fetch.recurseSubmodules": "false",
    "fetch.unpackLimit": "1",
    "fetch.writeCommitGraph": "false",
    "gc.auto": "0",
    "http.followRedirects": "false",
    "http.lowSpeedLimit": "1",
    "http.lowSpeedTime": "120",
    "http.sslVerify": "true",
    "log.showSignature": "false",
    "maintenance.auto": "false",
    "protocol.allow": "never",
    "safe.bareRepository": "explicit",
    "submodule.recurse": "false",
    "transfer.bundleURI": "false",
    "transfer.credentialsInUrl": "die",
    "transfer.fsckObjects": "true",
} | {f"fetch.fsck.{name}": "warn" for name in TOLERATED}


def environment(
    settings: Mapping[str, str] | None = None, protocol: str = "none"
) -> dict[str, str]:
    """
    Return all the environment that a git process gets.

    *protocol* is the only one git may speak to another machine. Settings travel
    in the environment because GitPython refuses ``--config``, and because no
    configuration file of a repository can then override them.
    """
    chosen = _SETTINGS | dict(settings or {})
    if protocol != "none":
        chosen[f"protocol.{protocol}.allow"] = "always"
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": NOWHERE,
        "LC_ALL": "C",
        # One object may take that much memory; ends bombs made of deltas.
        "GIT_ALLOC_LIMIT": "2g",
        "GIT_ALLOW_PROTOCOL": protocol,
        "GIT_ASKPASS": "/bin/false",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": NOWHERE,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_COUNT": str(len(chosen)),
        "GIT_LFS_SKIP_SMUDGE": "1",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TEMPLATE_DIR": "",
        "GIT_TERMINAL_PROMPT": "0",
    } | _numbered(chosen)


def _numbered(settings: Mapping[str, str]) -> dict[str, str]:
    pairs = {}
    for number, (key, value) in enumerate(settings.items()):
        pairs[f"GIT_CONFIG_KEY_{number}"] = key
        pairs[f"GIT_CONFIG_VALUE_{number}"] = value
    return pairs
