# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps and finds everything: what was asked, seen, judged, written and decided."""

from ossay.register.artefacts import ArtefactDamaged, ArtefactMissing
from ossay.register.database import CannotWrite, NotARegister, RegisterBusy
from ossay.register.judgements import NoSuchJudgement
from ossay.register.register import Register
from ossay.register.schema import RegisterTooNew
from ossay.register.values import NotFiled

__all__ = [
    "ArtefactDamaged",
    "ArtefactMissing",
    "CannotWrite",
    "NoSuchJudgement",
    "NotARegister",
    "NotFiled",
    "Register",
    "RegisterBusy",
    "RegisterTooNew",
]
