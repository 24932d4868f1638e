# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Software that someone asks about, and the repositories it is made of."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a part does for the product."""

    WHOLE = "whole"
    SERVER = "server"
    CLIENT = "client"
    LOCALE = "locale"
    INFRASTRUCTURE = "infrastructure"
    DOCS = "docs"


class Use(StrEnum):
    """What the buyer means to do with the software; licence duties depend on it."""

    DEPLOY_INTERNALLY = "deploy-internally"
    NETWORK_SERVICE = "network-service"
    MODIFY_AND_REDISTRIBUTE = "modify-and-redistribute"
    EMBED_IN_CITIZEN_APP = "embed-in-citizen-app"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """
    One source of a candidate.

    Attributes:
        name: Unique within the candidate; memos call the part by it.
        source_url: An https or ssh address, or an absolute local path.
        ref: Branch, tag or commit; "" lets ossay choose the latest release.
        path: Folder of a monorepo that holds the part; "" is all of it.
        required: Whether the candidate is of use without this part.
    """

    name: str
    source_url: str
    role: Role = Role.WHOLE
    ref: str = ""
    path: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """
    Software that someone asks about.

    Attributes:
        id: Stable name in the register, made from `name` and `parts`.
        need: What it is wanted for, in the requester's words; may be "".
        use: None where nobody said.
        packs: Names of the policy packs it is to be held against.
        requested_by: Id of the person or job that asked.
        languages: Those that its users need (BCP 47); () where nobody said.
    """

    id: str
    name: str
    parts: tuple[Part, ...]
    need: str
    use: Use | None
    packs: tuple[str, ...]
    requested_by: str
    requested_at: datetime
    languages: tuple[str, ...] = ()
