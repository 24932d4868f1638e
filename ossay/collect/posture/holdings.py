# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What lies in the tree: fuzz tests, lists of components, rules for branches."""

import re
import sys
from collections.abc import Iterator

from ossay.collect import _documents
from ossay.collect._documents import DocumentUnreadable, read_yaml
from ossay.collect._places import Place, place_by_name
from ossay.collect.posture import facts
from ossay.collect.security.places import View
from ossay.model.evidence import Answered, Fact, Item
from ossay.model.tree import BlobUnreadable, Scanner, Unreadable

FUZZERS = re.compile(
    r"(?i)\.clusterfuzzlite/(?:dockerfile|build\.sh|project\.ya?ml)|"
    r"(?:.*/)?fuzz/(?:fuzz_targets/[^/]+\.rs|cargo\.toml)|"
    r"(?:.*/)?(?:fuzz(?:ing|ers?)?/)?(?:fuzz_\w+|\w+_fuzz(?:er|_test|_target)?|"
    r"\w+fuzzer)"
    r"\.(?:c|cc|cpp|cxx|rs|java|kt|py|js|ts|swift|go)"
)
"""Where fuzz tests are by custom (ClusterFuzzLite, cargo-fuzz, libFuzzer, atheris)."""

SOURCES = re.compile(r"(?:.*/)?[^/]+_test\.go")
"""Go keeps fuzz tests among its other tests."""

SBOM = re.compile(
    r"(?i)(?:.*/)?(?:s?bom\.(?:json|xml|spdx)|(?:.*[._-])?(?:cyclonedx|cdx|"
    r"sbom)\.(?:json|xml)|"
    r"[^/]+\.spdx(?:\.(?:json|ya?ml|rdf|xml))?|[^/]+\.(?:cdx|bom)\.(?:json|xml))"
)
VEX = re.compile(
    r"(?i)(?:.*/)?(?:[^/]*[._-])?(?:open)?vex(?:[._-][^/]*)?\.json|\.vex/[^/]+\.json|"
    r"(?:.*/)?csaf[^/]*\.json|(?:.*/)?csaf/(?:.*/)?[^/]+\.json"
)
MARKS = {
    "sbom": re.compile(
        rb"\"bomFormat\"\s*:\s*\"CycloneDX\"|cyclonedx\.org/schema/bom|"
        rb"\"spdxVersion\"|^SPDXVersion:|spdx\.org/rdf|^spdxVersion:",
        re.M,
    ),
    "vex": re.compile(
        rb"openvex\.dev/ns|\"csaf_vex\"|\"csaf_version\"|"
        rb"\"bomFormat\"\s*:\s*\"CycloneDX\"(?=[\s\S]{0,4000000}\"vulnerabilities\"\s*:)"
    ),
    "fuzz": re.compile(rb"^func Fuzz\w+\(\w+ \*testing\.F\)", re.M),
}
SETTINGS = {".asf.yaml": "protected_branches", ".github/settings.yml": "branches"}
"""Settings that a program takes over to the forge, and their key for branches."""


def answers(view: View) -> Iterator[Answered]:
    """Answer from names, and where names may mislead from content."""
    yield _count(view, facts.SBOM_FILES, "sbom", SBOM)
    yield _count(view, facts.VEX_FILES, "vex", VEX)
    yield _branch_rules(view)


def fuzz_tests(view: View) -> tuple[list[Item], list[Item]]:
    """Return the fuzz tests in the source, and the tests that could not be read."""
    own = [p for p in view.own_paths if place_by_name(p) is not Place.FOREIGN]
    found = [Item(subject=p) for p in own if FUZZERS.fullmatch(p)]
    tests = [p for p in own if SOURCES.fullmatch(p)]
    marked, unread = _marked(view, "fuzz", tests)
    return [*found, *marked], unread


def _count(
    view: View, fact: Fact[int], mark: str, names: "re.Pattern[str]"
) -> Answered:
    """Count files that are what their name says."""
    named = [p for p in view.own_paths if names.fullmatch(p)]
    found, unread = _marked(view, mark, named)
    if unread:
        why = f"a file that may be one could not be read: {unread[0].note}"
        return fact.unknown(why, unread)
    return fact.found(len(found), found)


def _marked(view: View, mark: str, paths: list[str]) -> tuple[list[Item], list[Item]]:
    found, unread = [], []
    for path, is_so in view.tree.scan(_SCANNERS[mark], paths):
        if isinstance(is_so, Unreadable):
            unread.append(Item(subject=path, note=is_so.why))
        elif is_so:
            found.append(Item(subject=path))
    return found, unread


def _branch_rules(view: View) -> Answered:
    found, unread = [], []
    for path, key in SETTINGS.items():
        if path not in view.paths:
            continue
        try:
            document = read_yaml(view.tree.read(path))
        except (BlobUnreadable, DocumentUnreadable) as error:
            unread.append(Item(subject=path, note=str(error)))
            continue
        top = document if isinstance(document, dict) else {}
        github = top.get("github")
        inner = github if isinstance(github, dict) else {}
        if top.get(key) or inner.get(key):
            found.append(Item(subject=path, note=key))
    if found:
        return facts.BRANCH_RULES.found(True, found)
    if unread:
        return facts.BRANCH_RULES.unknown("settings could not be read", unread)
    why = "the forge keeps the rules for branches, and no file here states them"
    return facts.BRANCH_RULES.unknown(why)


def _scanner(mark: str) -> Scanner[bool]:
    from ossay.codec import code_digest

    pattern = MARKS[mark]
    return Scanner(
        name=f"posture.{mark}",
        version=code_digest([_documents, sys.modules[__name__]]),
        kind=bool,
        scan=lambda content: pattern.search(content) is not None,
        largest_bytes=8_000_000,
    )


_SCANNERS = {mark: _scanner(mark) for mark in MARKS}
