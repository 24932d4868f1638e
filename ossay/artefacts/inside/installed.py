# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What package managers noted that they installed; trivy reads their databases.

It is handed those files alone, and runs confined.
"""

import json
import re
from typing import Any

from ossay.artefacts.inside.named import LONGEST_VERSION, Found, Named, package
from ossay.artefacts.unpacking import Artefact
from ossay.model.toolbox import Said, Toolbox, ToolSilent

TOOL = "trivy"
QUESTION = "installed"

_DATABASES = re.compile(
    r"var/lib/dpkg/status|var/lib/dpkg/status\.d/[^/]+"
    r"|(?:usr/)?lib/apk/db/installed"
    r"|(?:var|usr)/lib/(?:rpm|sysimage/rpm)/(?:Packages|Packages\.db|rpmdb\.sqlite)"
    r"|(?:.*/)?vendor/composer/installed\.json"
    r"|(?:.*/)?specifications/(?:[^/]+/)?[^/]+\.gemspec"
    r"|(?:.*/)?conda-meta/[^/]+\.json"
)
"""Files that say what was installed."""

_RELEASE = re.compile(
    r"(?:etc|usr/lib)/os-release|etc/(?:debian_version|alpine-release|[a-z]+-release)"
)
"""Files that say of which system; without them trivy reads no system's packages."""

_SYSTEMS = {"dpkg": "deb", "apk": "apk", "rpm": "rpm"}


class NoAnswer(ToolSilent):
    """What trivy said is not an answer that can be read."""


def read_installed(artefact: Artefact, toolbox: Toolbox | None, found: Found) -> None:
    """Read what was installed; where there is something and no tool, say so."""
    databases = [path for path in artefact.paths() if _DATABASES.fullmatch(path)]
    if not databases:
        return
    beside = [path for path in artefact.paths() if _RELEASE.fullmatch(path)]
    try:
        said = _asked(toolbox, artefact, [*databases, *beside])
        named = _named(said.text)
    except ToolSilent as why:
        for path in databases:
            found.leave_out(path, str(why))
        return
    found.left_out += [i for i in said.left_out if i.subject in databases]
    found.named += named
    beyond = {item.subject for item in said.left_out}
    for path in databases:
        if path not in beyond and (missed := _missed(artefact, path, named)):
            found.leave_out(path, missed)


def _missed(artefact: Artefact, path: str, named: list[Named]) -> str:
    """
    Return what trivy did not tell of a database; "" where it told all.

    What it cannot read it passes over, and says no word of it.
    """
    kind = _kind(path)
    told = {
        each.name
        for each in named
        if each.ecosystem == kind and (each.file == path or kind in _DATABASE_OF)
    }
    if not told:
        return f"{TOOL} read no package of {kind!r} from it"
    content = artefact.read(path)
    if kind == "deb" and not path.endswith(".md5sums"):
        there = _installed_by_dpkg(content)
    elif kind == "apk":
        there = re.findall(rb"^P:(.+)", content, re.MULTILINE)
    else:
        return ""
    if content.strip() and not there:
        return "it names no package"
    names = {name.decode("utf-8", "replace").strip() for name in there}
    missing = len(names - told)
    return f"{TOOL} passed over {missing} of its packages" if missing else ""


def _installed_by_dpkg(content: bytes) -> list[bytes]:
    """Return the names of packages that are there, by their state where one is told."""
    there = []
    for told in re.split(rb"\r?\n\r?\n", content):
        name = re.search(rb"^Package:[ \t]*(\S+)", told, re.MULTILINE | re.IGNORECASE)
        state = re.search(rb"^Status:(.*)", told, re.MULTILINE | re.IGNORECASE)
        if name and (state is None or state[1].split()[-1:] == [b"installed"]):
            there.append(name[1])
    return there


def _asked(toolbox: Toolbox | None, artefact: Artefact, paths: list[str]) -> Said:
    if toolbox is None:
        msg = f"{TOOL}, which reads it, was not there to be asked"
        raise ToolSilent(msg)
    return toolbox.ask(TOOL, QUESTION, artefact, paths)


def _kind(path: str) -> str:
    if "dpkg" in path:
        return "deb"
    if "apk" in path:
        return "apk"
    if "rpm" in path.lower():
        return "rpm"
    if path.endswith(".gemspec"):
        return "gem"
    return "composer" if path.endswith("installed.json") else "conda"


def _named(text: bytes) -> list[Named]:
    try:
        return [
            _package(result, told)
            for result in json.loads(text).get("Results") or ()
            if result.get("Class") in {"os-pkgs", "lang-pkgs"}
            for told in result.get("Packages") or ()
        ]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        msg = f"{TOOL} said something that could not be read ({error!r})"
        raise NoAnswer(msg) from error


def _package(result: dict[str, Any], told: dict[str, Any]) -> Named:
    by = str(told.get("AnalyzedBy") or "")
    name, version = str(told["Name"]), _version(told)
    file = str(told.get("FilePath") or result["Target"])
    kind = _SYSTEMS.get(by, "")
    purl = str((told.get("Identifier") or {}).get("PURL") or "")
    if not kind:
        kind = purl.partition(":")[2].partition("/")[0]
    licences: list[object] = told.get("Licenses") or []
    return package(
        kind,
        name.rpartition("/")[2],
        version,
        namespace=_namespace(purl, kind) or name.rpartition("/")[0],
        file=_DATABASE_OF.get(kind, file),
        qualifiers={"arch": str(told["Arch"])} if told.get("Arch") else None,
        licence=str(licences[0]) if len(licences) == 1 else "",
    )


_DATABASE_OF = {
    "deb": "var/lib/dpkg/status",
    "apk": "lib/apk/db/installed",
    "rpm": "the database of rpm",
}


def _namespace(purl: str, kind: str) -> str:
    """Return which system's package it is ("debian"), as trivy found out."""
    if kind not in _SYSTEMS.values():
        return ""
    return purl.partition("@")[0].partition("/")[2].rpartition("/")[0]


def _version(told: dict[str, Any]) -> str:
    version = str(told.get("Version") or "")
    release, epoch = told.get("Release"), told.get("Epoch")
    whole = f"{version}-{release}" if release else version
    return (f"{epoch}:{whole}" if epoch else whole)[:LONGEST_VERSION]
