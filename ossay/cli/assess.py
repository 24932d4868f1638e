# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""``ossay assess``: from addresses to memos."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ossay.cli._shared import (
    DAY,
    EXISTING,
    LANGUAGE,
    LIGHT,
    SBOM,
    SIGNER,
    SITE,
    day_of,
    print_json,
    progress_bar,
    this_workshop,
    write_results,
)

if TYPE_CHECKING:
    from ossay.artefacts import Expected
    from ossay.engine import Workshop
    from ossay.model.candidate import Candidate
    from ossay.model.digest import Digest
    from ossay.model.people import Answer, Waiver
    from ossay.model.sites import Site

DEFAULT_FORMATS = ("html", "markdown", "json")


@click.command(name="assess")
@click.argument("sources", nargs=-1, metavar="URL_OR_PATH...")
@click.option(
    "--pack",
    "packs",
    multiple=True,
    metavar="NAME_OR_FILE",
    help="Policy pack to hold it against (baseline); may be given again.",
)
@click.option("--ref", default="", help="Branch, tag or commit (the latest release).")
@click.option("--product", type=EXISTING, help="Product file, for several parts.")
@click.option("--need", default="", help="What it is wanted for, in your words.")
@LANGUAGE
@click.option("--answers", type=EXISTING, help="People's answers (YAML).")
@click.option("--waivers", type=EXISTING, help="Waivers granted (YAML).")
@SBOM
@click.option(
    "--artefact",
    "artefacts",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    metavar="FILE",
    help="A file released from this version; may be given again.",
)
@click.option("--keys", type=EXISTING, help="Keys that may sign each --artefact.")
@SIGNER
@SITE
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("memo"),
    show_default=True,
    help="Folder for the memo.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(["html", "markdown", "json", "sarif", "human"]),
    multiple=True,
    default=DEFAULT_FORMATS,
    show_default=True,
    help="May be given again.",
)
@LIGHT
@click.option("--by", default="", help="Id of the person who asks; no mail address.")
@click.option("--judged-on", type=DAY, help="Day to judge on (today).")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def command(
    sources: Sequence[str],
    packs: Sequence[str],
    ref: str,
    product: Path | None,
    need: str,
    languages: Sequence[str],
    answers: Path | None,
    waivers: Path | None,
    sboms: Sequence[Path],
    artefacts: Sequence[Path],
    keys: Path | None,
    signer: tuple[str, str] | None,
    site: tuple[str, str, str, str] | None,
    out: Path,
    formats: Sequence[str],
    by: str,
    judged_on: datetime | None,
    *,
    light: bool,
    as_json: bool,
) -> None:
    """
    Assess software, from its address to a decision memo.

    Several addresses are several candidates, each with a folder of its own.
    """
    from ossay import handing_in, pipeline
    from ossay.engine import InlineEngine

    _refuse_what_does_not_go_together(sources, product, sboms, artefacts, keys, site)
    results = []
    with this_workshop(light=light) as workshop:
        tags = handing_in.languages(languages)
        asked = _Asked(workshop=workshop, packs=packs, need=need, by=by, languages=tags)
        if product:
            wanted, files = asked.of_product(product, sboms)
        else:
            wanted, files = asked.of_addresses(sources, ref, sboms)
        said, excepted = _said(answers, waivers)
        handed = handing_in.sboms(workshop, files, by)
        released = handing_in.released(workshop, artefacts, keys, _expected(signer))
        visited = handing_in.sites(workshop, asked.sites(wanted, site))
        for candidate in wanted:
            with progress_bar() as watch:
                engine = InlineEngine(workshop, watch=watch)
                entered = pipeline.enter(workshop, candidate, said, excepted)
                digest = pipeline.assess(
                    entered,
                    engine,
                    day_of(judged_on),
                    sboms=handed,
                    artefacts=released,
                    sites=visited,
                )
            folder = out if len(wanted) == 1 else out / candidate.id
            written = write_results(workshop, digest, folder, formats)
            results.append(_result(workshop, candidate, digest, written))
            if not as_json:
                _tell(candidate.name, results[-1])
    if as_json:
        print_json(results)


def _refuse_what_does_not_go_together(
    sources: Sequence[str],
    product: Path | None,
    sboms: Sequence[Path],
    artefacts: Sequence[Path],
    keys: Path | None,
    site: tuple[str, str, str, str] | None,
) -> None:
    msg = ""
    if bool(sources) == bool(product):
        msg = "give one or more addresses, or one --product file"
    elif sboms and len(sources) > 1:
        msg = "give one address with --sbom: each list is about one software"
    elif artefacts and len(sources) != 1:
        msg = "give one address with --artefact: of which version would it be?"
    elif site and len(sources) != 1:
        msg = "give one address with --site, or name the site of a part in the product "
        msg += "file (site)"
    elif keys and not artefacts:
        msg = "give the released file with --artefact that --keys may have signed"
    if msg:
        raise click.UsageError(msg)


_Wanted = tuple[list["Candidate"], list[tuple[str, Path]]]
"""Candidates, and the SBOM files that are handed in for their parts, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What was asked of all candidates of one call."""

    workshop: "Workshop"
    packs: Sequence[str]
    need: str
    by: str
    languages: tuple[str, ...]
    named_sites: list["Site"] = field(default_factory=list)

    def of_product(self, file: Path, sboms: Sequence[Path]) -> _Wanted:
        """Return the candidate that a product file describes."""
        from ossay import handing_in, pipeline
        from ossay.policy import load_product

        made = load_product(file.read_bytes(), file.name)
        if sboms and len(made.parts) > 1:
            msg = f"name the SBOM of each part in {file.name!r} (sboms)"
            raise click.UsageError(msg)
        candidate = pipeline.candidate_of(
            made.parts,
            workshop=self.workshop,
            name=made.name,
            need=self.need or made.need,
            use=made.use,
            packs=self._held or made.packs or pipeline.DEFAULT_PACKS,
            requested_by=self.by,
            languages=self.languages or handing_in.languages(made.languages),
        )
        self.named_sites.extend(made.sites)
        named = [(part, file.parent / name) for part, name in made.sboms]
        return [candidate], [*named, *((made.parts[0].name, path) for path in sboms)]

    def of_addresses(
        self, sources: Sequence[str], ref: str, sboms: Sequence[Path]
    ) -> _Wanted:
        """Return a candidate of one part for each address."""
        from ossay import pipeline

        packs = self._held or pipeline.DEFAULT_PACKS
        candidates = [
            pipeline.candidate_of(
                [pipeline.part_given(source, ref)],
                workshop=self.workshop,
                need=self.need,
                packs=packs,
                requested_by=self.by,
                languages=self.languages,
            )
            for source in sources
        ]
        return candidates, [(candidates[0].parts[0].name, path) for path in sboms]

    def sites(
        self, wanted: Sequence["Candidate"], given: tuple[str, str, str, str] | None
    ) -> list["Site"]:
        """Return the running instances that may be visited, and who said so."""
        from ossay.model.sites import Site

        if given is None:
            return list(self.named_sites)
        address, owner, authorised_by, until = given
        try:
            day = date.fromisoformat(until)
        except ValueError as error:
            msg = f"the last day of --site is a date such as 2027-03-31, not {until!r}"
            raise click.UsageError(msg) from error
        return [
            Site(
                part=wanted[0].parts[0].name,
                address=address,
                owner=owner,
                authorised_by=authorised_by,
                until=day,
            )
        ]

    @property
    def _held(self) -> tuple[str, ...]:
        from ossay import pipeline

        return pipeline.packs_given(self.workshop, self.packs)


def _result(
    workshop: "Workshop", candidate: "Candidate", digest: "Digest", written: list[Path]
) -> dict[str, Any]:
    screening, recommendation = workshop.register.verdict_of(digest)
    return {
        "candidate": candidate.id,
        "judgement": digest,
        "screening": screening.value,
        "recommendation": recommendation.value,
        "written": [str(path) for path in written],
    }


def _tell(name: str, result: Mapping[str, Any]) -> None:
    from ossay import papers

    click.echo(f"{name}: {result['recommendation']}")
    click.echo(f"  judgement {result['judgement'][:12]}")
    click.echo(f"  memo      {result['written'][0]}")
    for path in result["written"]:
        if path.endswith(papers.CONFIDENTIAL):
            click.echo(f"  not to be published: {path}")


def _expected(signer: tuple[str, str] | None) -> "Expected | None":
    if not signer:
        return None
    from ossay.artefacts import Expected

    return Expected(identity=signer[0], issuer=signer[1])


def _said(
    answers: Path | None, waivers: Path | None
) -> tuple[Sequence["Answer"], Sequence["Waiver"]]:
    if answers is None and waivers is None:
        return (), ()
    from ossay.policy import load_answers, load_waivers

    return (
        load_answers(answers.read_bytes(), answers.name) if answers else (),
        load_waivers(waivers.read_bytes(), waivers.name) if waivers else (),
    )
