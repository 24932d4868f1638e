# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What collectors say of a snapshot: asked once, filed, and joined to evidence."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from ossay import __version__, clones, codec, collect, model, source
from ossay.engine import Workshop
from ossay.model.advisories import Pack, standing
from ossay.model.artefacts import Held, Released
from ossay.model.collector import Collector, Given, Table
from ossay.model.digest import Digest
from ossay.model.evidence import Annex, Answered, Evidence, Gap, Tool
from ossay.model.sboms import SbomAtHand
from ossay.model.sites import Site, SiteAtHand
from ossay.model.snapshot import Snapshot
from ossay.model.toolbox import ToolSilent
from ossay.recognition import curations_of, heard_by

TABLE_TYPE = "application/json"

_ONE_AT_A_TIME = Lock()
"""Who asks a recogniser has it alone; what it said is remembered for the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What one collector said about one snapshot."""

    observed: tuple[Answered, ...]
    annexes: tuple[Annex, ...]


def gather(
    workshop: Workshop, collector_name: str, snapshot_digest: str, *languages: str
) -> str:
    """
    Ask one collector about a snapshot; return the digest of what it said.

    *languages* are those that the users need, as far as the buyer named any.

    What it said before stands, while its code and what it reads are the same.
    """
    snapshot = workshop.register.load(Snapshot, Digest(snapshot_digest))
    collector = collect.collector(collector_name)
    asked = asked_about(workshop, collector_name, snapshot, languages)
    if known := workshop.register.step_result(*asked):
        return known
    given = _given(workshop, collector, snapshot, languages)
    if not collector.reads_history:
        given.tree.entries()  # paths that cannot be meant end it here: no gaps
    with nullcontext() if given.recogniser is None else _ONE_AT_A_TIME:
        said, tables = collect.gather(collector, given)
    gathered = Gathered(
        observed=said,
        annexes=tuple(_annex(workshop, table) for table in tables),
    )
    result = workshop.register.artefacts.put(codec.to_json(gathered))
    if _was_settled(given) and not any(_failed(a) for a in said):
        workshop.register.record_step(*asked, result)
    return result


def _given(
    workshop: Workshop,
    collector: Collector,
    snapshot: Snapshot,
    languages: tuple[str, ...],
) -> Given:
    """Return what a collector may look at; each thing is read when it is asked for."""
    register = workshop.register
    repository = clones.opened(workshop, snapshot.repository_url)
    url = snapshot.repository_url
    others = clones.kin_of(workshop, url) if collector.asks_kin else None
    return Given(
        snapshot=snapshot,
        tree=source.tree_of(repository, snapshot, register.blob_facts),
        history=source.history_of(repository, snapshot),
        recogniser=_recogniser_for(workshop, collector),
        memory=register.blob_facts,
        curations=curations_of(workshop),
        earlier=source.earlier_of(repository, snapshot, register.blob_facts),
        toolbox=_toolbox_for(workshop, collector),
        advisories=register.advisories if collector.asks_advisories else None,
        kin=None if others is None else source.kin_of(repository, snapshot, others),
        history_versions=workshop.settings.history_versions,
        sboms=_sboms(workshop, snapshot) if collector.asks_sboms else (),
        released=_held(workshop, snapshot) if collector.asks_released else None,
        languages=languages if collector.asks_languages else (),
        site=site_of(workshop, snapshot) if collector.asks_site else None,
    )


def site_of(workshop: Workshop, snapshot: Snapshot) -> SiteAtHand | None:
    """Return the running instance, if there is one; the way to it if it is open."""
    digest = workshop.register.site_for(snapshot)
    if digest is None:
        return None
    site = workshop.register.load(Site, digest)
    settings = workshop.settings
    if site.until < workshop.clock().date():
        why = f"the permission to visit {site.address} ended on {site.until}"
        return SiteAtHand(site=site, reach=None, why=why)
    try:
        address = source.read_site(site.address, settings.access)
        host = f"{address.host}:{address.port}"
        if not settings.local_paths and host not in settings.site_hosts:
            why = (
                f"this server does not visit {host}: OSSAY_SITE_HOSTS does not name it"
            )
            return SiteAtHand(site=site, reach=None, why=why)
        reach = source.HttpReach(site.address, settings.access)
    except source.CloneRefused as error:
        return SiteAtHand(site=site, reach=None, why=str(error))
    except source.SourceUnreachable as error:
        return SiteAtHand(site=site, reach=None, why=str(error), may_pass=True)
    return SiteAtHand(site=site, reach=reach)


def _sboms(workshop: Workshop, snapshot: Snapshot) -> tuple[SbomAtHand, ...]:
    commit, known = workshop.register.sboms_for(snapshot)
    kept = workshop.register.artefacts
    return tuple(
        SbomAtHand(handed=one, commit=commit, content=kept.get(one.digest))
        for one in known
    )


def _held(workshop: Workshop, snapshot: Snapshot) -> tuple[Held, ...]:
    """Hold what was handed in against its commit; of another one, say which it is."""
    register = workshop.register
    commit, handed = register.released_for(snapshot)
    if not handed:
        return ()
    from ossay import artefacts

    repository = clones.opened(workshop, snapshot.repository_url)
    tree = source.tree_of(repository, snapshot, register.blob_facts)
    held = []
    for released in (register.load(Released, digest) for digest in handed):
        is_of_it = commit == snapshot.commit
        held.append(
            Held(
                name=released.name,
                digest=released.digest,
                form=released.listing.form,
                commit=commit,
                signature=released.signature,
                inside=released.inside,
                traced=artefacts.trace(released.listing, commit, tree)
                if is_of_it
                else None,
            )
        )
    return tuple(sorted(held, key=lambda one: (one.name, one.digest)))


def _was_settled(given: Given) -> bool:
    """Tell whether all that was looked at would be the same another time."""
    heard = given.recogniser
    looked_at = (
        *(given.tree, given.history, given.earlier, given.toolbox, given.kin),
        given.site,
        heard if isinstance(heard, collect.Listening) else None,
    )
    return all(one is None or one.is_settled() for one in looked_at)


def _recogniser_for(
    workshop: Workshop, collector: Collector
) -> collect.Listening | None:
    """Return the recogniser for a collector that asks one, if there is one."""
    if workshop.recogniser is None or not collector.asks_recogniser:
        return None
    return collect.Listening(workshop.recogniser)


def _toolbox_for(workshop: Workshop, collector: Collector) -> collect.Asking | None:
    """Return the tools for a collector that asks any, if there are any."""
    if workshop.toolbox is None or not collector.asks_tools:
        return None
    return collect.Asking(workshop.toolbox, collector.asks_tools)


def asked_about(
    workshop: Workshop,
    collector_name: str,
    snapshot: Snapshot,
    languages: tuple[str, ...] = (),
) -> tuple[str, Digest, Digest]:
    """Return step, inputs and code of a collector's answers about a snapshot."""
    collector = collect.collector(collector_name)
    reads = (
        (snapshot.commit, snapshot.refs_digest, snapshot.shallow)
        if collector.reads_history
        else ()
    )
    asks = heard_by(workshop) if collector.asks_recogniser else ()
    told = tool_versions(workshop, collector.asks_tools)
    knows = _advisories_known(workshop, snapshot) if collector.asks_advisories else ()
    kin = kin_known(workshop, snapshot) if collector.asks_kin else ()
    depth = [workshop.settings.history_versions] if collector.searches_history else []
    handed = [
        *(sboms_known(workshop, snapshot) if collector.asks_sboms else ()),
        *(released_known(workshop, snapshot) if collector.asks_released else ()),
        *([list(languages)] if collector.asks_languages else []),
        *(site_known(workshop, snapshot) if collector.asks_site else ()),
    ]
    name = [snapshot.repository_url, snapshot.ref] if collector.asks_name else []
    asked = [*asks, *told, *knows, *kin, *depth, *handed, *name]
    read = [snapshot.tree, snapshot.path, *reads, *asked]
    inputs = codec.digest_of_bytes(codec.canonical(read))
    return f"gather {collector_name}", inputs, collect.version_of(collector_name)


def tool_versions(workshop: Workshop, names: Sequence[str]) -> tuple[str, ...]:
    """Return what answers of tools are filed under, "" where none are wanted."""
    toolbox = workshop.toolbox
    return tuple("" if toolbox is None else toolbox.version(name) for name in names)


def _advisories_known(workshop: Workshop, snapshot: Snapshot) -> tuple[str, ...]:
    """
    Return what answers about known flaws are filed under.

    They depend on which repository it is, and on whether advisories are as new as
    the commit, beside what is known.
    """
    on = snapshot.committed_at.date().isoformat()
    return workshop.register.advisories.version, snapshot.repository_url, on


def released_known(workshop: Workshop, snapshot: Snapshot) -> tuple[str, ...]:
    """Return what answers about released files are filed under, beside the tree."""
    commit, handed = workshop.register.released_for(snapshot)
    if not handed:
        return ()
    from ossay import artefacts  # takes a while to import, and few hand in any

    return (snapshot.commit, commit, codec.code_digest([artefacts]), *handed)


def site_known(workshop: Workshop, snapshot: Snapshot) -> tuple[str, ...]:
    """
    Return what answers about a running instance are filed under.

    It may show something else each day, and a permission ends.
    """
    digest = workshop.register.site_for(snapshot)
    if digest is None:
        return ()
    settings = workshop.settings
    open_to = () if settings.local_paths else sorted(settings.site_hosts)
    return (digest, workshop.clock().date().isoformat(), *open_to)


def kin_known(workshop: Workshop, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the address of a snapshot, and which state its kin is in."""
    url = snapshot.repository_url
    others = clones.kin_of(workshop, url)
    if others is None:
        return url, "not known"
    return (url, *(f"{one.refs_digest} {one.url}" for one in others))


def sboms_known(workshop: Workshop, snapshot: Snapshot) -> tuple[str, ...]:
    """
    Return what answers about SBOMs that were handed in are filed under.

    They depend on which version it is, beside what was handed in and for which.
    """
    commit, known = workshop.register.sboms_for(snapshot)
    if not known:
        return ()
    about = (snapshot.repository_url, snapshot.commit, snapshot.ref, commit)
    return (*about, *map(codec.digest_of, known))


def assemble(workshop: Workshop, snapshot_digest: str, *gathered: str) -> str:
    """Join what the collectors said to the evidence about a snapshot."""
    snapshot = workshop.register.load(Snapshot, Digest(snapshot_digest))
    said = [
        codec.from_json(Gathered, workshop.register.artefacts.get(Digest(g)))
        for g in gathered
    ]
    observed = tuple(a for g in said for a in g.observed)
    evidence = Evidence(
        snapshot=snapshot,
        observed=(*observed, *collect.concluded(observed)),
        annexes=tuple(a for g in said for a in g.annexes),
        tools=tools(workshop),
        collected_at=workshop.clock(),
    )
    return workshop.register.file(evidence).digest


def is_settled(
    workshop: Workshop, snapshot: Snapshot, languages: tuple[str, ...]
) -> bool:
    """Tell whether no answer about a snapshot waits for another try."""
    asked = (
        asked_about(workshop, name, snapshot, languages)
        for name in collect.collectors()
    )
    return all(workshop.register.step_result(*one) is not None for one in asked)


def tools(workshop: Workshop) -> tuple[Tool, ...]:
    """Return the software that answers rest on, with versions."""
    libraries = sorted({n for c in collect.collectors().values() for n in c.libraries})
    return (
        Tool(name="ossay", version=__version__),
        *(Tool(name=n, version=codec.version_of(n)) for n in libraries),
        *([workshop.recogniser.tool] if workshop.recogniser else []),
        *_foreign_tools(workshop),
        *map(_as_tool, standing(workshop.register.advisories.packs())),
    )


def _as_tool(pack: Pack) -> Tool:
    """Return a pack of advisories as memos name it: its source, day and digest."""
    of = f" ({', '.join(pack.covers)})" if pack.covers else ""
    return Tool(
        name=f"{pack.kind.value} from {pack.source}{of}",
        version=f"{pack.dated}, SHA-256 {pack.digest}",
    )


def _foreign_tools(workshop: Workshop) -> Iterator[Tool]:
    """Yield the foreign tools that are here; for one that is not there are gaps."""
    for name in tool_names() if workshop.toolbox else ():
        with suppress(ToolSilent):
            yield workshop.toolbox.tool(name)  # type: ignore[union-attr] # just asked


def tool_names() -> tuple[str, ...]:
    """Return the foreign tools that collectors ask."""
    asked = (c.asks_tools for c in collect.collectors().values())
    return tuple(sorted({name for names in asked for name in names}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What all collectors together ask and read, beside a snapshot."""

    tools: tuple[str, ...]
    data: tuple[str, ...]


def wanted(workshop: Workshop) -> Wanted:
    """
    Return what collectors want, as it was noted for the code that they have now.

    To import them all takes a third of a run that finds nothing new.
    """
    nothing = codec.digest_of_bytes(b"")
    rooms = [Path(collect.__path__[0])]
    code = codec.code_digest([model, sys.modules[__name__]], folders=rooms)
    register = workshop.register
    if known := register.step_result("list what collectors want", nothing, code):
        return codec.from_json(Wanted, register.artefacts.get(known))
    data = {name for one in collect.collectors().values() for name in one.data}
    found = Wanted(tools=tool_names(), data=tuple(sorted(data)))
    kept = register.artefacts.put(codec.to_json(found))
    register.record_step("list what collectors want", nothing, code, kept)
    return found


def _annex(workshop: Workshop, table: Table) -> Annex:
    digest = workshop.register.artefacts.put(codec.to_json(table))
    return Annex(
        name=table.name, digest=digest, media_type=TABLE_TYPE, rows=len(table.rows)
    )


def _failed(answer: Answered) -> bool:
    """Tell whether a gap is there because the collector failed, not the candidate."""
    return isinstance(answer, Gap) and answer.why.startswith("the collector ")
