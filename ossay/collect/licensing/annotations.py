# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What `REUSE.toml` files and `.reuse/dep5` say about other files (REUSE 3.3)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from ossay.collect._documents import DocumentUnreadable, read_toml
from ossay.collect.licensing.globs import bounded, matches
from ossay.model.errors import OssayError
from ossay.model.tree import BlobUnreadable, Tree

if TYPE_CHECKING:
    from debian.copyright import License
    from reuse.global_licensing import AnnotationsItem

REUSE_TOML = "REUSE.toml"
DEP5 = ".reuse/dep5"
LARGEST_DEP5_BYTES = 200_000
"""It takes 2 s to read; the longest seen in use had 12,000."""


class AnnotationsUnreadable(OssayError):
    """A file that speaks for others cannot be read, so nothing is known of them."""


class Precedence(StrEnum):
    """What counts where a file also speaks for itself."""

    AGGREGATE = "aggregate"
    CLOSEST = "closest"
    OVERRIDE = "override"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """
    What one source says about one file.

    Attributes:
        licences: Expressions as written, valid or not.
        source: The path that says it.
    """

    licences: tuple[str, ...] = ()
    copyrights: tuple[str, ...] = ()
    source: str

    @property
    def is_silent(self) -> bool:
        """Whether it says nothing about licence or copyright."""
        return not self.licences and not self.copyrights


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One statement about all files whose path, from its folder, matches."""

    pattern: re.Pattern[str]
    precedence: Precedence
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotations:
    """
    Everything that is said about files elsewhere than in them.

    Attributes:
        folders: Statements by the folder they are made in ("" or "src/"),
            outermost first. Within a folder the last that matches counts.
    """

    folders: tuple[tuple[str, tuple[Annotation, ...]], ...] = ()

    def of(self, path: str) -> Mapping[Precedence, list[Said]]:
        """
        Return what is said about *path*, outermost first (REUSE 3.3, "REUSE.toml").

        An override hides what inner folders say. Of what is closest, the
        innermost licence and the innermost notice count, each for itself.
        """
        found: defaultdict[Precedence, list[Said]] = defaultdict(list)
        for annotation in self._about(path):
            found[annotation.precedence].append(annotation.said)
            if annotation.precedence is Precedence.OVERRIDE:
                break
        if Precedence.CLOSEST in found:
            found[Precedence.CLOSEST] = _innermost(found[Precedence.CLOSEST])
        return found

    def _about(self, path: str) -> Iterator[Annotation]:
        for folder, statements in self.folders:
            if not path.startswith(folder):
                continue
            inside = path[len(folder) :]
            for annotation in reversed(statements):
                if matches(annotation.pattern, inside):
                    yield annotation
                    break


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
    if DEP5 in paths:
        return Annotations(folders=(("", tuple(_dep5(tree))),))
    tomls.sort(key=lambda path: path.split("/")[:-1])
    return Annotations(
        folders=tuple(
            (path.removesuffix(REUSE_TOML), tuple(_reuse_toml(tree, path)))
            for path in tomls
        )
    )


def _innermost(said: list[Said]) -> list[Said]:
    kept: list[Said] = []
    licences: tuple[str, ...] = ()
    copyrights: tuple[str, ...] = ()
    for one in reversed(said):
        new = Said(
            licences=() if licences else one.licences,
            copyrights=() if copyrights else one.copyrights,
            source=one.source,
        )
        licences, copyrights = licences or new.licences, copyrights or new.copyrights
        if not new.is_silent:
            kept.append(new)
    return kept[::-1]


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
        yield _annotation(item, translated, path)


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
            yield _annotation(item, [globs_to_re([f]).pattern for f in files.files])
    except (DebianError, DocumentUnreadable, BlobUnreadable, ReuseError) as error:
        raise _unreadable(DEP5, error) from error
    except (ValueError, AttributeError) as error:  # also where a field is missing
        raise _unreadable(DEP5, error) from error


def _refuse_large(content: bytes) -> None:
    if len(content) > LARGEST_DEP5_BYTES:
        msg = f"it has {len(content):,} bytes; {LARGEST_DEP5_BYTES:,} at most are read"
        raise DocumentUnreadable(msg)


def _annotation(
    item: "AnnotationsItem", translated: Iterable[str], path: str = DEP5
) -> Annotation:
    return Annotation(
        pattern=bounded(translated),
        precedence=Precedence(item.precedence.value),
        said=Said(
            licences=tuple(sorted(map(str, item.spdx_expressions))),
            copyrights=tuple(sorted(map(str, item.copyright_notices))),
            source=path,
        ),
    )


def _unreadable(path: str, error: Exception) -> AnnotationsUnreadable:
    reason = " ".join(str(error).split())[:200]
    return AnnotationsUnreadable(f"{path!r} cannot be read: {reason}")
