# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What flows on a server need (docs/settings.md), told without importing Prefect."""

import base64
import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from http.client import HTTPException
from importlib import metadata
from pathlib import Path

from ossay import shipped
from ossay.cli._shared import Check

FASTAPI_BELOW = (0, 151)
"""With a newer one the server of Prefect 3.8.8 does not import (docs/adr/0004)."""

_PATIENCE_SECONDS = 5
_LOCK = "install what requirements-server.lock holds"


def checks(environ: Mapping[str, str]) -> Iterator[Check]:
    """Yield one check where Prefect is not installed, else all of them."""
    prefect = installed("prefect")
    if not prefect:
        yield Check("prefect", False, f"only flows on a server need it: {_LOCK}")
        return
    yield Check("prefect", True, prefect)
    yield _fastapi(installed("fastapi"))
    yield _api(environ, prefect)
    yield _silence(environ, "DO_NOT_TRACK", "1", {"1", "true", "yes"})
    yield _silence(
        environ,
        "PREFECT_SERVER_ANALYTICS_ENABLED",
        "false",
        {"0", "f", "false", "n", "no", "off"},
    )
    yield _flows_root(environ.get("OSSAY_FLOWS_ROOT", ""))


def installed(library: str) -> str:
    """Return the version of a library, or "" where it is not installed."""
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""


def _fastapi(version: str) -> Check:
    limit = ".".join(map(str, FASTAPI_BELOW))
    numbers = tuple(int(n) for n in re.findall(r"\d+", version)[:2])
    if numbers and numbers < FASTAPI_BELOW:
        return Check("fastapi", True, f"{version}, below {limit}")
    found = f"{version} is too new" if version else "is not installed"
    return Check(
        "fastapi", False, f"{found}, so that Prefect's server does not start: {_LOCK}"
    )


def _api(environ: Mapping[str, str], prefect: str) -> Check:
    what, url = "PREFECT_API_URL", environ.get("PREFECT_API_URL", "").rstrip("/")
    if not url:
        # Prefect then starts a server for each run, which loses records of tasks.
        return Check(what, False, "not set: give the address of your server's API")
    shown = _USER.sub("//", url)
    try:
        there = _version_at(url, environ.get("PREFECT_API_AUTH_STRING", ""))
    except urllib.error.HTTPError as error:
        advice = _ADVICE.get(error.code, "is that the address of Prefect's API?")
        return Check(what, False, f"{shown} answers {error.code}: {advice}")
    except (ValueError, HTTPException) as error:
        note = f"{shown} is no address of Prefect's API ({error})"
        return Check(what, False, f"{note}: give one like http://host:4200/api")
    except OSError as error:
        why = getattr(error, "reason", error)
        return Check(
            what, False, f"{shown} cannot be reached ({why}): start the server"
        )
    if there != prefect:
        note = f"{shown} is Prefect {there}, here is {prefect}"
        return Check(what, False, f"{note}: install the same on both sides")
    return Check(what, True, f"{shown}, Prefect {there}")


_USER = re.compile("//[^/]*@")
_ADVICE = {401: "set PREFECT_API_AUTH_STRING", 403: "ask those who run it"}


def _version_at(url: str, credential: str) -> str:
    """
    Ask a server for its version, which it tells only to who may work with it.

    Its health it tells to everyone.
    """
    if not url.startswith(("http://", "https://")):
        msg = "it begins neither with http:// nor with https://"
        raise ValueError(msg)
    if _USER.search(url):
        msg = "a name and password belong into PREFECT_API_AUTH_STRING"
        raise ValueError(msg)
    asked = urllib.request.Request(f"{url}/admin/version")  # noqa: S310 - checked
    if credential:
        encoded = base64.b64encode(credential.encode()).decode()
        asked.add_unredirected_header("Authorization", f"Basic {encoded}")
    with urllib.request.urlopen(asked, timeout=_PATIENCE_SECONDS) as answer:  # noqa: S310 - checked
        told = answer.read(100).decode(errors="replace")
    if (version := re.fullmatch(r'"(\d+\.[\w.+-]+)"\s*', told)) is None:
        msg = f"it answers {told!r}"
        raise ValueError(msg)
    return version[1]


def _silence(
    environ: Mapping[str, str], variable: str, value: str, silent: set[str]
) -> Check:
    if environ.get(variable, "").lower() in silent:
        return Check(variable, True, "Prefect does not report home")
    return Check(variable, False, f"Prefect reports home: set {variable}={value}")


def _flows_root(given: str) -> Check:
    what, ours = "OSSAY_FLOWS_ROOT", shipped.prefect_yaml().parent
    if not given:
        return Check(what, False, f"not set: ossay's own is {ours}")
    lacks = [
        name for name in ("prefect.yaml", "flows") if not (Path(given) / name).exists()
    ]
    if lacks:
        note = f"{given} holds no {' and no '.join(lacks)}: ossay's own is {ours}"
        return Check(what, False, note)
    return Check(what, True, given)
