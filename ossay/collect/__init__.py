# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Evidence collectors: one module or package each, found by being in this folder."""

import pkgutil
import sys
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from ossay import shipped
from ossay.collect._asking import Asking
from ossay.collect._gathering import conclude, gather
from ossay.collect._languages import language_tag
from ossay.collect._listening import Listening
from ossay.model.collector import Collector
from ossay.model.digest import Digest
from ossay.model.errors import OssayError
from ossay.model.evidence import Answered, Fact

__all__ = [
    "Asking",
    "CollectorMissing",
    "FactDeclaredTwice",
    "Listening",
    "collector",
    "collectors",
    "concluded",
    "declared_facts",
    "gather",
    "language_tag",
    "version_of",
]

MODEL = (
    *("advisories", "artefacts", "collector", "components", "earlier", "evidence"),
    *("history", "licences", "packages", "releases", "sboms", "snapshot", "toolbox"),
    *("tree", "vex"),
)
"""Modules of `ossay.model` that every answer passes through."""


class CollectorMissing(OssayError):
    """A public module among the collectors is none."""


class FactDeclaredTwice(OssayError):
    """Two facts have one name, so an answer could not be told from another."""


def collectors(package: ModuleType | None = None) -> dict[str, Collector]:
    """
    Return every collector by the name of its module, in the order of names.

    Modules whose name begins with `_` are shared among collectors and are none
    themselves. A module that fails to import, or has no `COLLECTOR`, fails loudly.
    """
    folder = package or sys.modules[__name__]
    return {
        name: _collector_in(folder, name) for name in _modules(folder, shared=False)
    }


def collector(name: str) -> Collector:
    """Return the collector in the module of that name."""
    return _collector_in(sys.modules[__name__], name)


def declared_facts(package: ModuleType | None = None) -> dict[str, Fact[Any]]:
    """Return every fact by its name, in the order in which collectors declare them."""
    facts: dict[str, Fact[Any]] = {}
    for name, one in collectors(package).items():
        for fact in (*one.facts, *one.concludes):
            if fact.name in facts:
                msg = f"collector {name!r} declares {fact.name!r}, which was declared"
                raise FactDeclaredTwice(
                    f"{msg} before; give one of the two another name"
                )
            facts[fact.name] = fact
    return facts


def concluded(observed: Iterable[Answered]) -> tuple[Answered, ...]:
    """Return what follows from all that collectors *observed* about one snapshot."""
    said = {answer.fact: answer for answer in observed}
    return tuple(a for one in collectors().values() for a in conclude(one, said))


@cache
def version_of(name: str, package: ModuleType | None = None) -> Digest:
    """
    Return the digest of all code that the answers of collector *name* depend on.

    That is its own module or package, those of the collectors that it rests on, the
    modules that all share, the model they speak in, the versions of the libraries it
    names and the data that it reads. All of them are what they were when this process
    asked first, as the code that it runs is.
    """
    from ossay.codec import code_digest

    folder = package or sys.modules[__name__]
    shared = [_import(folder, m) for m in _modules(folder, shared=True)]
    model = [import_module(f"ossay.model.{m}") for m in MODEL]
    asked = _collector_in(folder, name)
    own = [_import(folder, m) for m in (name, *asked.rests_on)]
    data = map(shipped.folder, asked.data)
    return code_digest([*own, *shared, *model], asked.libraries, data)


@cache
def _modules(folder: ModuleType, *, shared: bool) -> tuple[str, ...]:
    """Return the modules of a folder, as they were when this process asked first."""
    found = sorted(m.name for m in pkgutil.iter_modules(folder.__path__))
    return tuple(name for name in found if name.startswith("_") is shared)


def _import(folder: ModuleType, name: str) -> ModuleType:
    return import_module(f"{folder.__name__}.{name}")


def _collector_in(folder: ModuleType, name: str) -> Collector:
    found = getattr(_import(folder, name), "COLLECTOR", None)
    if isinstance(found, Collector):
        return found
    msg = f"module {folder.__name__}.{name} has COLLECTOR = {found!r}, no Collector;"
    raise CollectorMissing(f"{msg} define one, or begin its name with an underscore")
