# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Files that tell a forge who reviews changes, and a robot to keep it up to date."""

from collections.abc import Iterator

from ossay.collect._documents import DocumentUnreadable, read_json
from ossay.collect.security.manifests import NO_MANIFEST, manifests_of
from ossay.collect.security.places import FORGE_FOLDERS, View
from ossay.model.evidence import Answered, Combine, Fact, Item
from ossay.model.tree import BlobUnreadable

DEPENDENCY_UPDATE_TOOL = Fact(
    name="security.dependency_update_tool",
    kind=bool,
    asks="Does the repository set up a tool that proposes newer versions?",
    combine=Combine.ALL,
)
CODE_OWNERS = Fact(
    name="security.code_owners",
    kind=bool,
    asks="Does a file say who reviews changes to which part?",
    combine=Combine.ANY,
)

_RENOVATE = (
    *("renovate.json", "renovate.json5", "renovate.jsonc"),
    *(".renovaterc", ".renovaterc.json", ".renovaterc.json5", ".renovaterc.jsonc"),
)
_SCALA_STEWARD = (".scala-steward.conf", "scala-steward.conf")

UPDATE_TOOLS = {
    **dict.fromkeys(
        (".github/dependabot.yml", ".github/dependabot.yaml", ".dependabot/config.yml"),
        "Dependabot",
    ),
    **dict.fromkeys(
        (*_RENOVATE, *(f"{f}/{n}" for f in FORGE_FOLDERS for n in _RENOVATE)),
        "Renovate",
    ),
    **dict.fromkeys((".pyup.yml", ".pyup.yaml"), "PyUp"),
    **dict.fromkeys(
        (f"{f}{n}" for f in ("", ".github/", ".config/") for n in _SCALA_STEWARD),
        "Scala Steward",
    ),
    **dict.fromkeys((".depfu.yml", ".depfu.yaml"), "Depfu"),
    **dict.fromkeys((".whitesource", "greenkeeper.json"), "Mend or Greenkeeper"),
    **dict.fromkeys(("updatecli.yaml", "updatecli.yml"), "updatecli"),
}
"""Where each tool looks for its settings, in lower case (their manuals)."""

OWNERS = frozenset(
    f"{folder}codeowners"
    for folder in ("", "docs/", ".bitbucket/", *(f"{f}/" for f in FORGE_FOLDERS))
) | {"owners"}
"""CODEOWNERS of the forges; OWNERS of Kubernetes' robots."""


def answers(view: View) -> Iterator[Answered]:
    yield _update_tool(view)
    yield view.presence(
        CODE_OWNERS,
        lambda path: path.casefold() in OWNERS,
        (*FORGE_FOLDERS, "docs", ".bitbucket"),
    )


def _update_tool(view: View) -> Answered:
    found = [
        Item(subject=path, note=tool)
        for path in view.paths
        if (tool := UPDATE_TOOLS.get(path.casefold()))
    ]
    unreadable: list[Item] = []
    if not found and "package.json" in view.paths:
        try:
            document = read_json(view.tree.read("package.json"))
        except (BlobUnreadable, DocumentUnreadable) as error:
            unreadable = [Item(subject="package.json", note=str(error))]
        else:
            if isinstance(document, dict) and "renovate" in document:
                found = [Item(subject="package.json", note="Renovate")]
    if found:
        return DEPENDENCY_UPDATE_TOOL.found(True, found)
    if unreadable:
        why = "package.json may set up Renovate and could not be judged"
        return DEPENDENCY_UPDATE_TOOL.unknown(why, unreadable)
    if not manifests_of(view):
        return DEPENDENCY_UPDATE_TOOL.inapplicable(NO_MANIFEST)
    return view.presence(
        DEPENDENCY_UPDATE_TOOL, _is_settings, (*FORGE_FOLDERS, ".config")
    )


def _is_settings(path: str) -> bool:
    return path.casefold() in UPDATE_TOOLS
