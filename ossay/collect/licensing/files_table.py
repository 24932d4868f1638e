# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The table "files": what is known of the licence and copyright of each file."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from ossay.collect.licensing import checksums
from ossay.collect.licensing.conformance import FOLDER
from ossay.collect.licensing.covered import LicensedFile
from ossay.collect.licensing.file_licences import FileLicence
from ossay.model.collector import Table
from ossay.model.tree import BlobUnreadable, Tree, Unreadable

COLUMNS = (
    *("path", "sha1", "covered", "licences", "copyrights", "sources", "text"),
    *("whose", "stated", "lines", "by", "holders", "concluded", "basis", "open"),
)
"""
Columns of the table "files"; several values in one cell stand on lines of their own.

`sha1` is "" where the content could not be read; `covered` is "yes" where REUSE
asks the file to state licence and copyright; `licences` are SPDX expressions;
`sources` are the paths that say so; `text` is all of a licence that is on no list
(`LICENSES/LicenseRef-*`), which SPDX documents have to repeat.
`stated` are the expressions that the file itself states beside its tags, with
`lines` and `by` whom each was told; `holders` are notices as they were recognised;
`concluded` is what follows on what `basis`, and `open` why more may be said.
"""

LONGEST_TEXT = 100_000


def table(
    tree: Tree, files: Sequence[LicensedFile], licences: Sequence[FileLicence]
) -> Table:
    """Return the table of *files*, with the licence that was found of each."""
    by_path = {one.path: one for one in licences}
    texts = dict(_own_texts(tree, files))
    sha1s = {
        path: "" if isinstance(sha1, Unreadable) else sha1
        for path, sha1 in tree.scan(checksums.scanner(), [f.path for f in files])
    }
    return Table(
        name="files",
        columns=COLUMNS,
        rows=tuple(_row(f, by_path[f.path], sha1s[f.path], texts) for f in files),
    )


def _own_texts(tree: Tree, files: Sequence[LicensedFile]) -> Iterator[tuple[str, str]]:
    """Yield the licence texts that are on no list, by their paths."""
    for file in files:
        if file.path.startswith(f"{FOLDER}LicenseRef-"):
            with suppress(BlobUnreadable):  # missing, or too large: its row says so
                content = tree.read(file.path)[:LONGEST_TEXT]
                yield file.path, content.decode(errors="replace").strip()


def _row(
    file: LicensedFile, one: FileLicence, sha1: str, texts: Mapping[str, str]
) -> tuple[str, ...]:
    sources = dict.fromkeys(said.source for said in file.said if not said.is_silent)
    holders = dict.fromkeys(held.statement for held in one.finding.holdings)
    return (
        file.path,
        sha1,
        "yes" if file.is_covered else "no",
        "\n".join(file.expressions),
        "\n".join(file.copyrights),
        "\n".join(sources),
        texts.get(file.path, ""),
        one.whose.value,
        "\n".join(stated.expression for stated in one.stated),
        "\n".join(str(stated.line) for stated in one.stated),
        "\n".join(stated.by for stated in one.stated),
        "\n".join(holders),
        one.concluded,
        one.basis.value,
        "\n".join(dict.fromkeys(doubt.note for doubt in one.doubts)),
    )
