# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which recogniser of licences a machine has: its own engine, or others' answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from ossay import shipped
from ossay.collect.licensing import scancode_index
from ossay.collect.licensing.recognition.remembered import Remembered
from ossay.model.fact_pack import Told
from ossay.model.licences import Recogniser
from ossay.register import Register
from ossay.sandbox.scancode import ScancodeRecogniser


@contextmanager
def recogniser_here(register: Register) -> Iterator[Recogniser | None]:
    """Offer the engine where it is installed, else what others said, if anything."""
    engine = ScancodeRecogniser()
    if engine.is_installed():
        with engine:
            yield engine
    else:
        yield remembered(register)


def remembered(register: Register) -> Remembered | None:
    """
    Return what stands for the recogniser that told the newest fact pack.

    None if no pack was taken in that has answers of one.
    """
    told = [t.pack.engine for t in register.fact_packs() if t.pack.engine is not None]
    return Remembered(version=told[-1].version, tool=told[-1].tool) if told else None


def text_on_list(identifier: str) -> tuple[str, str]:
    """
    Return the text of a licence or an exception, and the list that it comes from.

    Both are "" where the engine is not installed, which has that list, or lacks it.
    """
    entry = scancode_index.entries().get(identifier)
    if entry is None:
        return "", ""
    place = f"lib/python3*/site-packages/{_LICENCES}/{entry['license_key']}.LICENSE"
    for file in shipped.engine_environment().glob(place):
        _, _, text = file.read_text(encoding="utf-8").partition("\n---\n")
        tool = ScancodeRecogniser().tool
        return text.strip("\n"), f"{tool.name} {tool.version}"
    return "", ""


_LICENCES = "licensedcode/data/licenses"
"""Where ScanCode has the texts, each below what it says of it."""


def told_here(register: Register) -> Told:
    """Return the recogniser whose answers this register has: the engine's, if any."""
    engine = ScancodeRecogniser()
    others = None if engine.is_installed() else remembered(register)
    if others is None:
        # How it is kept in here is nothing that those care for who take it in.
        tool = replace(engine.tool, sandbox=None)
        return Told(tool=tool, version=engine.version)
    return Told(tool=others.tool, version=others.version)
