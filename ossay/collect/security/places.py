# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Where in a repository things are looked for, and what hides such a place."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from ossay.collect._places import Place, place_by_name
from ossay.model.collector import Given
from ossay.model.evidence import Answered, Fact, Item
from ossay.model.tree import EntryKind, Tree

FORGE_FOLDERS = (".github", ".gitlab", ".gitea", ".forgejo")
DOCUMENT_FOLDERS = ("docs", "doc", "documentation")

_NOT_FOLLOWED = {
    EntryKind.SYMLINK: "is a link, which is not followed",
    EntryKind.SUBMODULE: "is kept in another repository, which was not fetched",
}


@dataclass(frozen=True)
class View:
    """
    The paths of a tree, and which of them lead elsewhere.

    Attributes:
        part: The folder of the repository that is assessed; "" is all of it. Of
            what is around it the tree holds the files right above, and hidden
            folders at the top, since they apply to it.
    """

    tree: Tree
    part: str

    @classmethod
    def of(cls, given: Given) -> "View":
        return cls(tree=given.tree, part=given.snapshot.path)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of regular files."""
        return self.tree.paths()

    @cached_property
    def leading_elsewhere(self) -> tuple[Item, ...]:
        """Links and submodules, and why nothing was seen behind them."""
        return tuple(
            Item(subject=e.path, note=_NOT_FOLLOWED[e.kind])
            for e in self.tree.entries()
            if e.kind in _NOT_FOLLOWED
        )

    @cached_property
    def own_paths(self) -> tuple[str, ...]:
        """The paths of regular files within the part."""
        inside = f"{self.part}/" if self.part else ""
        return tuple(p for p in self.paths if p.startswith(inside))

    def within(self, path: str) -> str:
        """Return *path* as seen from the part, if it lies in there."""
        return path.removeprefix(f"{self.part}/") if self.part else path

    def matching(self, is_wanted: Callable[[str], bool]) -> list[str]:
        return [p for p in self.paths if is_wanted(p)]

    def hidden(
        self, is_wanted: Callable[[str], bool], folders: Iterable[str]
    ) -> list[Item]:
        """Return what leads elsewhere where a wanted file, or its folder, would be."""
        places = {f.casefold() for f in folders}
        places |= {p.rpartition("/")[0] for p in places}
        return [
            item
            for item in self.leading_elsewhere
            if is_wanted(item.subject) or item.subject.casefold() in places
        ]

    def why_unsure(
        self, is_wanted: Callable[[str], bool], folders: Iterable[str]
    ) -> tuple[str, list[Item]] | None:
        """Return why a file that was not seen may be there all the same, or None."""
        if hidden := self.hidden(is_wanted, folders):
            return "what may hold the answer could not be looked into", hidden
        if unseen := [f for f in folders if self._is_unseen(f)]:
            why = f"only the folder {self.part!r} and what applies to it were looked at"
            return f"{why}, not {', '.join(unseen)} at the top of the repository", []
        return None

    def _is_unseen(self, folder: str) -> bool:
        if not self.part or not folder or folder.startswith("."):
            return False
        return not f"{self.part}/".startswith(f"{folder}/")

    def presence(
        self,
        fact: Fact[bool],
        is_wanted: Callable[[str], bool],
        folders: Iterable[str],
    ) -> Answered:
        """Answer whether there is a wanted file in one of the *folders*."""
        if found := self.matching(is_wanted):
            return fact.found(True, (Item(subject=p) for p in found))
        unsure = self.why_unsure(is_wanted, folders)
        return fact.unknown(*unsure) if unsure else fact.found(False)


def is_test_data(path: str) -> bool:
    """Tell whether *path* lies in a folder for tests."""
    return place_by_name(f"{path.rpartition('/')[0]}/") is Place.TEST


def is_set_aside(path: str) -> bool:
    """
    Tell whether *path* is for tests, an example, a template, or others wrote it.

    The names of folders tell; what the tree's own attributes say is not heeded
    here, since they could hide what is looked for.
    """
    aside = {Place.TEST, Place.EXAMPLE, Place.FOREIGN}
    return place_by_name(path) in aside or _ASIDE.search(path) is not None


# Examples count as such within documentation, too.
_ASIDE = re.compile(
    r"(?i)(?:^|/)(?:templates?|skeletons?|boilerplates?|scaffolds?|"
    r"examples?|samples?|demos?)/|\{\{|\{%"
)
