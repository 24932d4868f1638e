# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The licence that a project declares in its package manifests."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from ossay.collect._documents import DocumentUnreadable
from ossay.collect._places import Place, place_by_name
from ossay.collect.licensing import manifest_formats as formats
from ossay.collect.licensing.distance import steps_to
from ossay.collect.licensing.expressions import NONE, ExpressionRefused, expression
from ossay.collect.licensing.licence_names import by_name
from ossay.model.evidence import SpdxExpression
from ossay.model.tree import BlobUnreadable, Tree

MOST_MANIFESTS = 200
"""Those nearest the root are read; the rest of a larger workspace repeats them."""

LARGEST_BYTES = 500_000
MOST_BYTES = 5_000_000
"""Of one manifest, and of all of them together; 200 real ones had 400,000."""

_READERS: Mapping[str, Callable[[bytes], formats.Statement]] = {
    "package.json": formats.package_json,
    "composer.json": formats.composer_json,
    "codemeta.json": formats.codemeta_json,
    "pyproject.toml": formats.pyproject_toml,
    "setup.cfg": formats.setup_cfg,
    "setup.py": formats.setup_py,
    "Cargo.toml": formats.cargo_toml,
    "pom.xml": formats.pom_xml,
    "publiccode.yml": formats.publiccode_yml,
    "publiccode.yaml": formats.publiccode_yml,
    "CITATION.cff": formats.citation_cff,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """
    What one manifest says about the licence.

    Attributes:
        said: In its own words; "" if it says nothing.
        licence: The same as an expression; None if there is none, or no words.
        line: Where it stands; 0 if that is not known.
        why_not: Why the manifest could not be read; "" if it was.
        steps: 0 if it is in the folder that is looked at, 1 or more if inside it,
            -1 or less if around it.
    """

    path: str
    said: str = ""
    licence: SpdxExpression | None = None
    line: int = 0
    why_not: str = ""
    steps: int = 0

    @property
    def is_silent(self) -> bool:
        """Whether it was read and says nothing."""
        return not self.said and not self.why_not


def declarations(tree: Tree, folder: str = "") -> Iterator[Declaration]:
    """
    Yield what the project's own manifests say about *folder* ("" is all of it).

    First those in it, then those around it, nearest first, then those inside.
    """
    steps = {
        path: far
        for path in tree.paths()
        if _reader_of(path) is not None
        and (far := _steps_to_own(path, folder)) is not None
    }
    paths = sorted(steps, key=lambda p: (steps[p] > 0, abs(steps[p]), p))
    left = MOST_BYTES
    for path in paths[:MOST_MANIFESTS]:
        try:
            content = tree.read(path)
            left -= len(content)
            statement = _statement(path, content, left)
        except (BlobUnreadable, DocumentUnreadable) as error:
            yield Declaration(path=path, why_not=str(error), steps=steps[path])
            continue
        yield replace(
            _declaration(path, statement),
            line=_line_of(statement, content),
            steps=steps[path],
        )


def _statement(path: str, content: bytes, left: int) -> formats.Statement:
    if len(content) > LARGEST_BYTES or left < 0:
        msg = f"it has {len(content):,} bytes, which is more than is read"
        raise DocumentUnreadable(msg)
    reader = _reader_of(path)
    return reader(content) if reader is not None else formats.SILENCE


def _steps_to_own(path: str, folder: str) -> int | None:
    """Return how far it is to the manifest at *path*; None if it is another's."""
    far = steps_to(path, folder)
    if far is not None and far > 0:
        inside = path.removeprefix(f"{folder}/") if folder else path
        is_hidden = inside.startswith(".") or "/." in inside
        if is_hidden or place_by_name(inside) is not Place.PRODUCT:
            return None
    return far


def _reader_of(path: str) -> Callable[[bytes], formats.Statement] | None:
    name = path.rpartition("/")[2]
    return formats.gemspec if name.endswith(".gemspec") else _READERS.get(name)


def _declaration(path: str, statement: formats.Statement) -> Declaration:
    licences = [_licence(said) for said in statement.said]
    known = [licence for licence in licences if licence is not None]
    if not known or len(known) < len(licences):
        return Declaration(path=path, said=", ".join(statement.said))
    said = " OR ".join(statement.said)
    if len(known) == 1:
        return Declaration(path=path, said=said, licence=known[0])
    joined = " OR ".join(f"({licence})" for licence in known)
    return Declaration(path=path, said=said, licence=_licence(joined))


def _licence(said: str) -> SpdxExpression | None:
    """Return *said* as an expression: it is one, or the name of a listed licence."""
    if said == NONE:
        return NONE
    try:
        return expression(said)
    except ExpressionRefused:
        identifier = by_name(said)
        return expression(identifier) if identifier is not None else None


def _line_of(statement: formats.Statement, content: bytes) -> int:
    """Return the first line that speaks of licences in the statement's words."""
    if not statement.said:
        return 0
    wanted = statement.quoted or statement.said[0]
    lines = content.decode(errors="replace").splitlines()
    with_words = [n for n, line in enumerate(lines, 1) if wanted in line]
    named = (n for n in with_words if _names_licence(lines[n - 1]))
    return next(named, with_words[0] if with_words else 0)


def _names_licence(line: str) -> bool:
    """Tell whether it is the manifest's own field, and no tag in a comment."""
    return "licen" in line.lower() and "SPDX-" not in line
