# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Packages by ecosystem and name, spelt in one way whoever names them."""

import re

PURL_TYPES = {
    "alpine": "apk",
    "bitnami": "bitnami",
    "conancenter": "conan",
    "cran": "cran",
    "crates.io": "cargo",
    "debian": "deb",
    "github actions": "githubactions",
    "go": "golang",
    "hackage": "hackage",
    "hex": "hex",
    "maven": "maven",
    "npm": "npm",
    "nuget": "nuget",
    "packagist": "composer",
    "pub": "pub",
    "pypi": "pypi",
    "red hat": "rpm",
    "rubygems": "gem",
    "swifturl": "swift",
    "ubuntu": "deb",
}
"""OSV's names of ecosystems, in lower case, and the types that purls have."""

GIT = "git"
"""Stands for the ecosystem of repositories, whose names are their addresses."""

_RUNS = re.compile(r"[-_.]+")
_ADDRESS = re.compile(r"\A(?:[a-z][a-z+]*://)?(?:[^@/]*@)?", re.IGNORECASE)
_ACTION = re.compile(r"\A([^/]+/[^/]+)/.*\Z", re.DOTALL)


def ecosystem_of(osv_name: str) -> tuple[str, str]:
    """
    Return an ecosystem as purls call it, and the release that it is about.

    "Debian:12" is "deb" of "Debian:12". What follows "Maven:" is the address of a
    repository, and no release.
    """
    base, _, suffix = osv_name.partition(":")
    ecosystem = PURL_TYPES.get(base.lower(), base.lower())
    return ecosystem, osv_name if suffix and ecosystem != "maven" else ""


def package_key(ecosystem: str, name: str) -> str:
    """
    Return the spelling of a package's name under which it is looked up.

    Names that an ecosystem takes for the same have the same key.
    """
    match ecosystem:
        case "pypi":
            return _RUNS.sub("-", name).lower()
        case "cargo":
            return name.replace("_", "-").lower()
        case "githubactions":
            return _ACTION.sub(r"\1", name).lower()
        case "nuget" | "composer" | "swift" | "hex" | "pub" | "deb" | "rpm" | "apk":
            return name.lower()
        case "maven":
            return name.replace("/", ":")
        case _:
            return name


def repository_key(address: str) -> str:
    """Return how a repository is looked up: its address without all that may vary."""
    without_scheme = _ADDRESS.sub("", address.strip(), count=1)
    host, _, path = without_scheme.replace(":", "/", 1).partition("/")
    return f"{host}/{path}".rstrip("/").removesuffix(".git").rstrip("/").lower()
