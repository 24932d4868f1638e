# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a collector is given, and what it promises to answer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ossay.model.advisories import Advisories
from ossay.model.artefacts import Held
from ossay.model.earlier import Earlier
from ossay.model.evidence import Answered, Fact
from ossay.model.history import History
from ossay.model.kin import Kin
from ossay.model.licences import Recogniser
from ossay.model.people import Curation
from ossay.model.sboms import SbomAtHand
from ossay.model.sites import SiteAtHand
from ossay.model.snapshot import Snapshot
from ossay.model.toolbox import Toolbox
from ossay.model.tree import BlobFacts, Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows that are too many for an answer; kept as an `Annex` of the evidence."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """
    What a collector may look at; absent where it was not offered.

    A collector yields a gap for each fact that needs something absent.

    Attributes:
        memory: Where what the recogniser said of a wording is kept.
        curations: What people say of passages, by the key of the passage.
        earlier: What files were like before.
        toolbox: Foreign tools that may be asked about the tree.
        advisories: What is publicly known of components.
        kin: What other software of the workshop grew out of the same first commit.
        history_versions: How many versions of files, of earlier commits, are to be
            searched.
        sboms: Lists of its components that were handed in.
        released: Files that were handed in as released from this repository.
        languages: Those that its users need, as the buyer says (BCP 47).
        site: A running instance, with the way to it where it may be visited.
    """

    snapshot: Snapshot
    tree: Tree
    history: History | None
    recogniser: Recogniser | None = None
    memory: BlobFacts | None = None
    curations: Mapping[str, Curation] = field(default_factory=dict)
    earlier: Earlier | None = None
    toolbox: Toolbox | None = None
    advisories: Advisories | None = None
    kin: Kin | None = None
    history_versions: int = 0
    sboms: tuple[SbomAtHand, ...] = ()
    released: tuple[Held, ...] | None = None
    languages: tuple[str, ...] = ()
    site: SiteAtHand | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """
    Answers a fixed set of facts.

    Attributes:
        facts: Every fact it is responsible for. One it stays silent on
            becomes a gap; an answer to any other fact is an error.
        collect: Yields answers and tables; may raise, and then the facts it
            still owed become gaps.
        reads_history: Whether answers depend on commits and refs and not on
            the tree alone; tree-only answers are reused while the tree stays.
        asks_recogniser: Whether answers depend on what a recogniser says; those
            given without one are given again where there is one.
        asks_tools: Names of the foreign tools that it asks; their versions are part
            of what its results are filed under.
        asks_advisories: Whether answers depend on the advisories at hand.
        asks_kin: Whether answers depend on the address of the repository and on
            what other software of the workshop shares its first commit.
        searches_history: Whether answers depend on how far back an office searches.
        asks_sboms: Whether answers depend on SBOMs that were handed in.
        asks_released: Whether answers depend on the released files that were handed
            in.
        asks_name: Whether answers depend on the address of the repository, and on
            the name of the branch or tag that is assessed.
        asks_languages: Whether answers depend on the languages that a buyer names.
        asks_site: Whether answers depend on what a running instance shows today.
        libraries: Distributions its answers depend on ("reuse"); their
            versions are part of what its results are filed under.
        rests_on: Other collectors whose code it uses.
        data: Shipped folders that its answers depend on, from where ossay's own
            folders are ("policies/licences"); their content is, too.
        concludes: Facts that follow from what all collectors said, and from nothing
            else.
        conclude: Answers those, once all have spoken.
    """

    facts: tuple[Fact[Any], ...]
    collect: Callable[[Given], Iterator[Answered | Table]]
    reads_history: bool = False
    asks_recogniser: bool = False
    asks_tools: tuple[str, ...] = ()
    asks_advisories: bool = False
    asks_kin: bool = False
    searches_history: bool = False
    asks_sboms: bool = False
    asks_released: bool = False
    asks_name: bool = False
    asks_languages: bool = False
    asks_site: bool = False
    libraries: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    concludes: tuple[Fact[Any], ...] = ()
    conclude: Callable[[Mapping[str, Answered]], Iterator[Answered]] | None = None
