# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Where policies/, templates/, flows/ and engine/ are, in a checkout and in a wheel."""

import sys
from pathlib import Path

from ossay.model.errors import OssayError

_PACKAGE = Path(__file__).resolve().parent


class UnknownPack(OssayError):
    """A policy pack was asked for that ossay does not ship."""

    status = 2


def policies() -> Path:
    """Return the folder of the policy packs and of licence knowledge."""
    return _root() / "policies"


def templates() -> Path:
    """Return the folder of the texts that ossay writes."""
    return _root() / "templates"


def flows() -> Path:
    """Return the folder of the Prefect flows."""
    return _root() / "flows"


def engine() -> Path:
    """Return the folder of the code that runs in the environment of ScanCode."""
    return _root() / "engine"


def engine_environment() -> Path:
    """Return the folder that `engine/install.py` fills; it may not be there."""
    root = _root()
    return root / ".engine" if root == _PACKAGE.parent else Path(sys.prefix) / "engine"


def prefect_yaml() -> Path:
    """Return the file that says which flows are deployed."""
    return _root() / "prefect.yaml"


def folder(name: str) -> Path:
    """Return the shipped folder *name* ("policies/licences")."""
    return _root() / name


def pack_names() -> tuple[str, ...]:
    """Return the names of the shipped packs, sorted; a pack is `<name>.yaml`."""
    return tuple(sorted(p.stem for p in policies().glob("*.yaml")))


def pack_bytes(name: str) -> bytes:
    """Return the text of a shipped pack, or raise `UnknownPack` naming those here."""
    names = pack_names()
    if name not in names:
        msg = f"there is no policy pack {name!r}; there are: {', '.join(names)}"
        raise UnknownPack(msg)
    return (policies() / f"{name}.yaml").read_bytes()


def _root() -> Path:
    """A wheel carries the folders inside the package, a checkout beside it."""
    inside = _PACKAGE / "_shipped"
    return inside if inside.is_dir() else _PACKAGE.parent
