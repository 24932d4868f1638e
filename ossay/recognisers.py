# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which recogniser of licences a machine has: its own engine, or others' answers."""

from ossay.collect.licensing.recognition.remembered import Remembered
from ossay.model.fact_pack import Told
from ossay.register import Register
from ossay.sandbox.scancode import ScancodeRecogniser


def remembered(register: Register) -> Remembered | None:
    """
    Return what stands for the recogniser that told the newest fact pack.

    None if no pack was taken in that has answers of one.
    """
    told = [t.pack.engine for t in register.fact_packs() if t.pack.engine is not None]
    return Remembered(version=told[-1].version, tool=told[-1].tool) if told else None


def told_here(register: Register) -> Told:
    """Return the recogniser whose answers this register has: the engine's, if any."""
    engine = ScancodeRecogniser()
    others = None if engine.is_installed() else remembered(register)
    if others is None:
        return Told(tool=engine.tool, version=engine.version)
    return Told(tool=others.tool, version=others.version)
