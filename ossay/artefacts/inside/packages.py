# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What packages of Python, npm, Debian and Alpine state, and what they ask for."""

import json
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Any

from ossay.artefacts.forms import Form
from ossay.artefacts.inside.named import Found, Named, NotNamed, package
from ossay.artefacts.unpacking import Artefact
from ossay.model.components import Scope

LARGEST_BYTES = 4_000_000
"""Of a file that states what a package is."""

_PYTHON = re.compile(r"(?:.*/)?[^/]+\.dist-info/METADATA|(?:.*/)?PKG-INFO")
_OWN = {
    Form.WHEEL: re.compile(r"[^/]+\.dist-info/METADATA"),
    Form.SDIST: re.compile(r"[^/]+/PKG-INFO|(?:.*/)?[^/]+\.egg-info/PKG-INFO"),
}
"""Where a distribution of Python states what it is."""

_NPM = re.compile(r"(?:.*/)?node_modules/(?:@[^/]+/)?[^/]+/package\.json")
_OF_NPM = "package/package.json"
_OF_DEB = "DEBIAN/control"
_OF_ALPINE = ".PKGINFO"


def read_packages(artefact: Artefact, found: Found) -> None:
    """Read what the packages inside state."""
    for path in artefact.paths():
        if _PYTHON.fullmatch(path):
            _take(artefact, path, found, _python)
        elif _NPM.fullmatch(path) or (artefact.form is Form.NPM and path == _OF_NPM):
            _take(artefact, path, found, _npm)
        elif artefact.form is Form.DEB and path == _OF_DEB:
            _take(artefact, path, found, _debian)
        elif artefact.form is Form.ALPINE and path == _OF_ALPINE:
            _take(artefact, path, found, _alpine)


def _take(artefact: Artefact, path: str, found: Found, read: Any) -> None:
    if artefact.size_of(path) > LARGEST_BYTES:
        found.leave_out(path, "it is too large to be read")
        return
    try:
        read(artefact, path, artefact.read(path), found)
    except (NotNamed, ValueError, TypeError, AttributeError, RecursionError) as error:
        said = str(error) if isinstance(error, NotNamed) else "it could not be read"
        found.leave_out(path, said)


def _python(artefact: Artefact, path: str, content: bytes, found: Found) -> None:
    """Read core metadata (PyPA, "Core metadata specifications")."""
    told = BytesHeaderParser().parsebytes(content)
    itself = package(
        "pypi",
        _field(told, "Name"),
        _field(told, "Version"),
        file=path,
        licence=_field(told, "License-Expression") or _field(told, "License"),
    )
    own = _OWN.get(artefact.form)
    is_own = own is not None and own.fullmatch(path) is not None
    (found.own if is_own else found.named).append(itself)
    if not is_own:
        return  # what lies inside was put there with what it needs, or without
    for wanted in told.get_all("Requires-Dist") or ():
        try:
            found.named.append(_required(str(wanted), path))
        except NotNamed as error:
            found.leave_out(path, f"of {str(wanted)[:60]!r}: {error}")


def _required(wanted: str, path: str) -> Named:
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        read = Requirement(wanted)
    except InvalidRequirement as error:
        msg = "it asks for a package in words that are no requirement"
        raise NotNamed(msg) from error
    pinned = [s.version for s in read.specifier if s.operator in {"==", "==="}]
    is_exact = len(pinned) == 1 and "*" not in pinned[0]
    is_optional = read.marker is not None and "extra" in str(read.marker)
    return package(
        "pypi",
        read.name,
        pinned[0] if is_exact else "",
        file=path,
        is_inside=False,
        scope=Scope.UNKNOWN if is_optional else Scope.RUNTIME,
    )


def _field(told: Message, name: str) -> str:
    return str(told.get(name) or "").strip()


def _npm(_artefact: Artefact, path: str, content: bytes, found: Found) -> None:
    told = json.loads(content)
    if "version" not in told and path != _OF_NPM:
        return  # marks a folder as a module ({"type": "commonjs"}); it is no package
    licence = told.get("license")
    itself = _npm_package(
        str(told.get("name") or ""),
        str(told.get("version") or ""),
        path,
        licence=licence if isinstance(licence, str) else "",
    )
    if path != _OF_NPM:
        found.named.append(itself)
        return
    found.own.append(itself)
    for kind, scope in _NPM_ASKS.items():
        wanted = told.get(kind) or {}
        for name, version in wanted.items():
            exact = str(version) if _EXACT.fullmatch(str(version)) else ""
            found.named.append(
                _npm_package(str(name), exact, path, is_inside=False, scope=scope)
            )


_NPM_ASKS = {
    "dependencies": Scope.RUNTIME,
    "optionalDependencies": Scope.UNKNOWN,
    "peerDependencies": Scope.UNKNOWN,
}
"""What is installed along with a package; `devDependencies` are not."""

_EXACT = re.compile(r"\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?")


def _npm_package(name: str, version: str, path: str, **more: Any) -> Named:
    namespace, _, last = name.rpartition("/")
    return package("npm", last, version, namespace=namespace, file=path, **more)


def _debian(_artefact: Artefact, path: str, content: bytes, found: Found) -> None:
    """Read a control file (deb-control(5))."""
    told = BytesHeaderParser().parsebytes(content)
    found.own.append(
        package(
            "deb",
            _field(told, "Package"),
            _field(told, "Version"),
            file=path,
            qualifiers=_given(arch=_field(told, "Architecture")),
        )
    )
    for kind, scope in (("Pre-Depends", Scope.RUNTIME), ("Depends", Scope.RUNTIME)):
        for wanted in filter(None, map(str.strip, _field(told, kind).split(","))):
            # Of alternatives the first is installed where nothing else is there.
            read = _DEBIAN.match(wanted)
            if read is None:
                found.leave_out(path, f"{wanted[:60]!r} is not read")
                continue
            found.named.append(
                package(
                    "deb",
                    read["name"],
                    read["version"] or "",
                    file=path,
                    is_inside=False,
                    scope=scope,
                )
            )
    if _field(told, "Built-Using") or _field(told, "Static-Built-Using"):
        found.leave_out(path, "it says that other packages were built into it")


_DEBIAN = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9+.-]+)(?::\w+)?(?:\s*\(=\s*(?P<version>[^)\s]+)\))?"
)


def _alpine(_artefact: Artefact, path: str, content: bytes, found: Found) -> None:
    """Read what abuild wrote (apk-package(5))."""
    lines = [line.partition(" = ") for line in content.decode("utf-8").splitlines()]
    told = {name: value.strip() for name, _, value in lines}
    found.own.append(
        package(
            "apk",
            told.get("pkgname", ""),
            told.get("pkgver", ""),
            file=path,
            qualifiers=_given(arch=told.get("arch", "")),
            licence=told.get("license", ""),
        )
    )
    for name, _, value in lines:
        if name == "depend":
            found.named += _alpine_wish(value.strip(), path, found)


def _alpine_wish(wanted: str, path: str, found: Found) -> Iterator[Named]:
    if wanted.startswith("!"):
        return  # it may not be there
    if ":" in wanted or wanted.startswith("/"):
        why = f"it asks for {wanted[:60]!r}, and not for a package by its name"
        found.leave_out(path, why)
        return
    name, operator, version = re.fullmatch(r"([^<>=~]+)([<>=~]*)(.*)", wanted).groups()  # type: ignore[union-attr] # NotNamed follows for an empty name
    yield package(
        "apk",
        name,
        version if operator == "=" else "",
        file=path,
        is_inside=False,
        scope=Scope.RUNTIME,
    )


def _given(**qualifiers: str) -> dict[str, str]:
    return {name: value for name, value in qualifiers.items() if value}
