# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What syft reads out of lockfiles, where an office prefers it (docs/adr/0008).

It tells packages, versions, files and some licences; not what is named directly, what
brings it along, or when it is needed. So a component of it may be one that runs.
"""

import json
import re
from collections.abc import Container, Iterator
from typing import Any

from ossay.collect.components.lockfiles import NoAnswer, Read, kind_of
from ossay.collect.components.named import Named, fixed, purl_of, scope_in
from ossay.model.components import Scope
from ossay.model.evidence import Item
from ossay.model.toolbox import Said

TOOL = "syft"

WITHOUT_DEVELOPMENT = "composer.lock"
"""Lockfiles of which it leaves out what is for development."""

_UNTOLD = "UNKNOWN"
"""What it says where nothing tells the version."""

_MACHINE = re.compile(
    r"-(?:aarch64|arm|java|jruby|mingw|mswin|universal|x64|x86)[\w.-]{0,40}"
)
"""How a gem in a build for one kind of machine ends; advisories name the plain one."""


def read(
    said: Said,
    made_here: Container[tuple[str, str]] = (),
    modules: Container[str] = (),
) -> Read:
    """
    Return what *said* names; raise `NoAnswer` where it is not an answer.

    Args:
        said: What syft said.
        made_here: Names and versions of npm's packages that the candidate itself is.
        modules: Names of Maven's packages that it is.
    """
    try:
        named = tuple(_named(json.loads(said.text)["artifacts"]))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        msg = f"{TOOL} said something that could not be read ({error!r})"
        raise NoAnswer(msg) from error
    files = frozenset(each.file for each in named)
    of_others = tuple(
        each
        for each in named
        if (each.ecosystem != "npm" or (each.name, each.version) not in made_here)
        and (each.ecosystem != "maven" or each.name not in modules)
    )
    partial = tuple(
        Item(subject=file, note=f"{TOOL} leaves out what is for development")
        for file in sorted(files)
        if file.rpartition("/")[2] == WITHOUT_DEVELOPMENT
    )
    return Read(named=of_others, files=files, left_out=(*said.left_out, *partial))


def _named(artefacts: list[dict[str, Any]]) -> Iterator[Named]:
    from packageurl import PackageURL

    for artefact in artefacts:
        told = PackageURL.from_string(artefact["purl"]) if artefact["purl"] else None
        files = {str(place["path"]).lstrip("/") for place in artefact["locations"]}
        licences = [_licence(each) for each in artefact["licenses"]]
        for file in sorted(files):
            kind = kind_of(file)
            if told is None or told.type != kind or artefact["name"].startswith("."):
                continue  # a folder of the candidate, or what no lockfile names
            namespace, name = told.namespace or "", told.name
            if kind == "golang":  # a folder of a module is no subpath of its purl
                namespace, _, name = str(artefact["name"]).rpartition("/")
            version = _version(kind, str(artefact["version"]))
            written = f"{namespace}:{name}" if kind == "maven" else artefact["name"]
            yield Named(
                purl=purl_of(kind, name, version, namespace=namespace),
                ecosystem=kind,
                name=str(written),
                version=version,
                file=file,
                scope=scope_in(file, Scope.UNKNOWN),
                licences=tuple(filter(None, licences)),
            )


def _version(kind: str, told: str) -> str:
    if told == _UNTOLD:
        return ""
    return fixed(_MACHINE.sub("", told) if kind == "gem" else told)


def _licence(told: dict[str, Any]) -> str:
    return str(told.get("spdxExpression") or told.get("value") or "")
