# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""`REUSE.toml` files and `.reuse/dep5`, read as `reuse` reads them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, cast

from ossay.collect._documents import DocumentUnreadable, read_toml
from ossay.collect.licensing.annotations import (
    Annotation,
    Annotations,
    Folder,
    Precedence,
    Said,
)
from ossay.collect.licensing.expressions import LONGEST
from ossay.collect.licensing.globs import bounded
from ossay.model.errors import OssayError
from ossay.model.tree import BlobUnreadable, Tree

if TYPE_CHECKING:
    from debian.copyright import License
    from reuse.global_licensing import AnnotationsItem

REUSE_TOML = "REUSE.toml"
DEP5 = ".reuse/dep5"
LARGEST_DEP5_BYTES = 200_000
"""It takes 2 s to read; the longest seen in use had 12,000."""

MOST_FILES = 500
MOST_PATTERNS = 1_000
"""Each is tried on each path of a tree. Paths without wildcards cost nothing."""

LONGEST_SAID = LONGEST + 1
"""Kept of an expression or a notice; a longer expression is none either way."""

_WILD = frozenset("*?\\")


class AnnotationsUnreadable(OssayError):
    """A file that speaks for others cannot be read, so nothing is known of them."""


def annotations_in(tree: Tree, paths: Iterable[str]) -> Annotations:
    """
    Return what the annotation files among *paths* say.

    Raise `AnnotationsUnreadable` if one cannot be read, or if there are files of
    both kinds, which REUSE does not allow.
    """
    paths = tuple(paths)
    tomls = [p for p in paths if p.rpartition("/")[2] == REUSE_TOML]
    if tomls and DEP5 in paths:
        msg = f"both {tomls[0]!r} and {DEP5!r} annotate files; REUSE allows one kind"
        raise AnnotationsUnreadable(msg)
    if len(tomls) > MOST_FILES:
        msg = f"there are {len(tomls)} files {REUSE_TOML}; {MOST_FILES} are read"
        raise AnnotationsUnreadable(msg)
    if DEP5 in paths:
        return _bounded([Folder(path="", statements=tuple(_dep5(tree)))])
    tomls.sort(key=lambda path: path.split("/")[:-1])
    return _bounded(
        Folder(
            path=path.removesuffix(REUSE_TOML),
            statements=tuple(_reuse_toml(tree, path)),
        )
        for path in tomls
    )


def _bounded(folders: Iterable[Folder]) -> Annotations:
    annotations = Annotations(folders=tuple(folders))
    patterns = sum(
        statement.pattern.pattern.count("(?:")
        for folder in annotations.folders
        for statement in folder.statements
        if statement.pattern is not None
    )
    if patterns > MOST_PATTERNS:
        msg = f"annotations have {patterns:,} patterns; {MOST_PATTERNS:,} are tried"
        raise AnnotationsUnreadable(msg)
    return annotations


def _reuse_toml(tree: Tree, path: str) -> Iterator[Annotation]:
    from reuse.exceptions import ReuseError
    from reuse.global_licensing import ReuseTOML

    try:
        document = read_toml(tree.read(path))
        toml = ReuseTOML.from_dict(document, path)  # type: ignore[arg-type]
    except (DocumentUnreadable, BlobUnreadable, ReuseError) as error:
        raise _unreadable(path, error) from error
    except (AttributeError, TypeError) as error:  # "annotations" is no list of tables
        raise _unreadable(path, error) from error
    for item in toml.annotations:
        # Its translation of globs is kept, its matching replaced (see `bounded`).
        translated = item._paths_regex.pattern[len("^(") : -len(")$")].split(")$|^(")
        patterns = dict(zip(item.paths, translated, strict=True))
        yield _annotation(item, patterns, path)


def _dep5(tree: Tree) -> Iterator[Annotation]:
    from debian.copyright import Copyright, globs_to_re
    from debian.copyright import Error as DebianError
    from reuse.exceptions import ReuseError
    from reuse.global_licensing import AnnotationsItem

    try:
        content = tree.read(DEP5)
        _refuse_large(content)
        for files in Copyright(content.decode().splitlines()).all_files_paragraphs():
            # Descriptors that the library's types take for themselves.
            notice, licence = str(files.copyright), cast("License", files.license)
            item = AnnotationsItem(
                paths=set(files.files),
                precedence=Precedence.AGGREGATE,
                copyright_notices={n for n in map(str.strip, notice.splitlines()) if n},
                spdx_expressions={licence.synopsis},
            )
            patterns = {glob: globs_to_re([glob]).pattern for glob in files.files}
            yield _annotation(item, patterns, DEP5)
    except (DebianError, DocumentUnreadable, BlobUnreadable, ReuseError) as error:
        raise _unreadable(DEP5, error) from error
    except (ValueError, AttributeError) as error:  # also where a field is missing
        raise _unreadable(DEP5, error) from error


def _refuse_large(content: bytes) -> None:
    if len(content) > LARGEST_DEP5_BYTES:
        msg = f"it has {len(content):,} bytes; {LARGEST_DEP5_BYTES:,} at most are read"
        raise DocumentUnreadable(msg)


def _annotation(
    item: "AnnotationsItem", patterns: Mapping[str, str], path: str
) -> Annotation:
    """Return *item*, whose globs *patterns* translates."""
    wild = {glob for glob in patterns if _WILD & set(glob)}
    return Annotation(
        paths=frozenset(patterns.keys() - wild),
        pattern=bounded(patterns[glob] for glob in sorted(wild)) if wild else None,
        precedence=Precedence(item.precedence.value),
        said=Said(
            licences=_kept(item.spdx_expressions),
            copyrights=_kept(item.copyright_notices),
            source=path,
        ),
    )


def _kept(said: Iterable[object]) -> tuple[str, ...]:
    return tuple(sorted({str(one)[:LONGEST_SAID] for one in said}))


def _unreadable(path: str, error: Exception) -> AnnotationsUnreadable:
    reason = " ".join(str(error).split())[:200]
    return AnnotationsUnreadable(f"{path!r} cannot be read: {reason}")
