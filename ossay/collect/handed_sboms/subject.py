# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which software, at which version, an SBOM that was handed in is about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ossay.collect import _documents
from ossay.collect._documents import DocumentUnreadable
from ossay.collect.components import Components
from ossay.collect.own_vulnerabilities.names import Name, names_of, version_of
from ossay.collect.sboms.comparing import same_versions
from ossay.collect.sboms.reading import Sbom, described, dicts
from ossay.model.collector import Given
from ossay.model.packages import repository_key
from ossay.model.sboms import SbomAtHand
from ossay.model.tree import BlobUnreadable

ENOUGH = 10
"""Components that have to agree before they tell which software it is."""

_TAGS = "refs/tags/"
_RUNS = re.compile(r"[^0-9a-z]+")
_FORGES = {
    "bitbucket": "bitbucket.org",
    "github": "github.com",
    "gitlab": "gitlab.com",
}
_UNSET = re.compile(r"0\.0\.0\b.*")
"""What manifests say whose version is set when a release is made."""

_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_WHOLE_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """
    What an SBOM says that it is about; empty where it does not.

    Attributes:
        names: Letters and digits alone.
        addresses: Of its repository, as they are looked up.
    """

    called: str
    names: frozenset[str]
    addresses: frozenset[str]
    version: str


def subject_of(sbom: Sbom) -> Subject:
    """Return what *sbom* says that it is about."""
    about = _in_spdx(sbom.document) if sbom.is_spdx else _in_cyclonedx(sbom.document)
    names, purls, addresses, version = about
    for purl in purls:
        kind, namespace, name, repository = _read(purl)
        names.append(name)
        if kind in _FORGES:
            addresses.append(f"{_FORGES[kind]}/{namespace}/{name}")
        addresses.append(repository)
    told = [name for name in names if _plain(name)]
    return Subject(
        called=told[0][:100] if told else "",
        names=frozenset(map(_plain, told)),
        addresses=frozenset(repository_key(one) for one in addresses if one),
        version=version[:100],
    )


def why_not_this(
    sbom: Sbom, at_hand: SbomAtHand, given: Given, here: Components | None
) -> str:
    """
    Return why an SBOM may be about another software, or version; "" where it is not.

    Whoever hands one in takes it to be about what is assessed, and may err. One that
    states no version is about the commit that it was handed in for. *here* is what
    the files name, None where that is not known.
    """
    subject = subject_of(sbom)
    if not _is_this_software(subject, sbom, at_hand.handed.part, given, here):
        return (
            f"{_told(subject)}, and nothing confirms that this is the software assessed"
        )
    return _why_another_version(subject.version, at_hand, given)


def _told(subject: Subject) -> str:
    address = min(subject.addresses, default="")[:100]
    about = f"it says that it is about {subject.called!r}"
    if address:
        return f"{about}, of {address!r}"
    return about if subject.called else "it does not say what it is about"


def _is_this_software(
    subject: Subject, sbom: Sbom, part: str, given: Given, here: Components | None
) -> bool:
    """
    Tell by its address, else by its names; where it has none, by what it is made of.

    Software that grew out of one another is made of much the same: what goes by
    another name is not taken for this one because of that.
    """
    url = given.snapshot.repository_url
    address = repository_key(url)
    named = set(subject.names)
    if url.startswith("/"):  # a folder of this machine, which may be called anything
        named |= {_plain(one.rpartition("/")[2]) for one in subject.addresses}
    elif subject.addresses:
        return address in subject.addresses
    if named:
        own = {part, address.rpartition("/")[2], given.snapshot.path}
        own |= {_plain(name) for name in (*own, *_own_names(given))}
        return not named.isdisjoint(own - {""})
    if here is None:
        return False
    same, listed, found = same_versions(sbom.listed, here)
    return same >= ENOUGH and 2 * same > min(listed, found)


def _own_names(given: Given) -> Iterator[str]:
    """Yield what manifests at the top call the software."""
    tree, folder = given.tree, given.snapshot.path
    for name in names_of(tree, folder, ""):
        if isinstance(name, Name):
            yield name.name
            yield name.name.rpartition("/")[2]
    try:
        root = _documents.read_xml(tree.read(f"{folder}/pom.xml".lstrip("/")))
    except (BlobUnreadable, DocumentUnreadable):
        return
    for child in root:
        if child.tag.rpartition("}")[2] == "artifactId":
            yield (child.text or "").strip()


def _why_another_version(stated: str, at_hand: SbomAtHand, given: Given) -> str:
    commit = given.snapshot.commit
    another = f"it says that it is about version {stated!r}, not about the one assessed"
    if _COMMIT.fullmatch(stated) and commit.startswith(stated):
        return ""
    if _WHOLE_COMMIT.fullmatch(stated):
        return another
    said, here = _version(stated), _version(_tag(given.snapshot.ref))
    if said and here:
        return "" if said == here else another
    if at_hand.commit == commit:
        return ""
    told = f"version {stated!r}" if said else "no version"
    given_for = at_hand.commit[:12]
    return f"it states {told} and came in for commit {given_for}, not for this one"


def _tag(ref: str) -> str:
    return ref.removeprefix(_TAGS) if ref.startswith(_TAGS) else ""


def _version(stated: str) -> str:
    """Return a version so that it may be compared; "" where it is none."""
    if _UNSET.fullmatch(stated):
        return ""
    found = version_of(f"{_TAGS}{stated}").partition("+")[0].casefold()
    while found.endswith(".0"):
        found = found.removesuffix(".0")
    return found


def _in_cyclonedx(
    document: dict[str, Any],
) -> tuple[list[str], list[str], list[str], str]:
    metadata = document.get("metadata")
    about = metadata.get("component") if isinstance(metadata, dict) else None
    if not isinstance(about, dict):
        return [], [], [], ""
    group, name = _text(about.get("group")), _text(about.get("name"))
    addresses = [
        _text(one.get("url"))
        for one in dicts(about.get("externalReferences"))
        if one.get("type") == "vcs"
    ]
    names = [name, f"{group}/{name}"] if group else [name]
    return names, [_text(about.get("purl"))], addresses, _text(about.get("version"))


def _in_spdx(
    document: dict[str, Any],
) -> tuple[list[str], list[str], list[str], str]:
    one = described(document)
    about = next(
        (p for p in dicts(document.get("packages")) if p.get("SPDXID") == one), None
    )
    if not one or about is None:
        return [], [], [], ""
    purls = [
        _text(reference.get("referenceLocator"))
        for reference in dicts(about.get("externalRefs"))
        if reference.get("referenceType") == "purl"
    ]
    addresses = list(_cloned_from(_text(about.get("downloadLocation"))))
    names = [_text(about.get("name"))]
    return names, purls, addresses, _text(about.get("versionInfo"))


def _cloned_from(location: str) -> Iterator[str]:
    """Yield the repository of a place to download from (SPDX 2.3, 7.7)."""
    if location.startswith("git+"):
        address = location.removeprefix("git+").partition("#")[0]
        scheme, _, rest = address.partition("://")
        host, _, path = rest.partition("/")
        yield f"{scheme}://{host}/{path.partition('@')[0]}"


def _read(purl: str) -> tuple[str, str, str, str]:
    """Return type, namespace and name of a purl, and the repository it tells."""
    from packageurl import PackageURL

    try:
        read = PackageURL.from_string(purl)
    except ValueError:
        return "", "", "", ""
    told = _cloned_from(dict(read.qualifiers).get("vcs_url", ""))
    return read.type, read.namespace or "", read.name, next(told, "")


def _plain(name: str) -> str:
    """Return a name in letters and digits; "" for that of a folder ("/src", ".")."""
    if name.startswith(("/", ".")):
        return ""
    return _RUNS.sub("-", name.casefold()).strip("-")


def _text(said: object) -> str:
    return said[:1_000] if isinstance(said, str) else ""
