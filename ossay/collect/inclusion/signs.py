# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Signs that stand by themselves: systems used, limits kept, words read aloud."""

import re
from collections.abc import Iterator

from ossay.collect.accessibility.marks import Kind
from ossay.collect.inclusion import facts
from ossay.collect.inclusion.loading import Ability
from ossay.collect.inclusion.reading import Read, how_many, not_read
from ossay.collect.inclusion.systems import system_of_address, system_of_file
from ossay.model.evidence import Answered, Fact, Item


def design_systems(read: Read) -> Answered:
    """Answer from manifests, from style sheets of that name, and from addresses."""
    seen: dict[str, list[Item]] = {}
    for system, item in _systems(read):
        seen.setdefault(system, []).append(item)
    unread = read.unread_settings
    if not seen and unread:
        why = f"none was seen, but {how_many(unread)} could not be read"
        return facts.DESIGN_SYSTEMS.unknown(why, unread)
    return facts.DESIGN_SYSTEMS.found(
        tuple(sorted(seen)),
        [item for items in seen.values() for item in items[:3]],
        missed=not_read(unread),
    )


def _systems(read: Read) -> Iterator[tuple[str, Item]]:
    for path, stated in read.stated.items():
        for said in stated.systems:
            note = f"{said.what}: {said.by} (package manifest)"
            yield said.what, Item(subject=path, note=note, line=said.line)
    for path, loads in read.interface.items():
        for load in loads.found:
            if system := system_of_address(load.address):
                note = f"{system}: loaded from {load.host}"
                yield system, Item(subject=path, note=note, line=load.line)
    for path in read.sheets:
        if system := system_of_file(path):
            yield system, Item(subject=path, note=f"{system}: a style sheet (by name)")


def performance_budget(read: Read) -> Answered:
    """Answer from size limits and budgets in settings of builds and checks."""
    items = [
        Item(subject=path, note=signal.seen, line=signal.line)
        for path, signals in read.budgets.items()
        for signal in signals.found
        if signal.kind is Kind.BUDGET
    ]
    return _sign(facts.PERFORMANCE_BUDGET, items, read.unread_settings)


def installable(read: Read) -> Answered:
    """Answer from pages that name a web app manifest."""
    items = list(_able(read, Ability.INSTALLABLE))
    return _sign(facts.INSTALLABLE, items, read.unread)


def speech(read: Read) -> Answered:
    """Answer from calls that speak, or listen."""
    items = list(_able(read, Ability.READS_ALOUD, Ability.LISTENS))
    return _sign(facts.SPEECH, items, read.unread)


def easy_language(read: Read) -> Answered:
    """Answer from names of pages, texts and catalogues alone, in some languages."""
    items = [
        Item(subject=path, note="named as written in easy language")
        for path in read.own
        if any(cue in path.lower() for cue in _EASY_CUES) and _EASY.search(path)
    ]
    return facts.EASY_LANGUAGE.found(bool(items), items)


def _able(read: Read, *abilities: Ability) -> Iterator[Item]:
    for path, loads in read.interface.items():
        for sign in loads.signs:
            if sign.ability in abilities:
                yield Item(subject=path, note=sign.ability.value, line=sign.line)


def _sign(fact: Fact[bool], items: list[Item], unread: tuple[Item, ...]) -> Answered:
    if not items and unread:
        why = f"no sign was found, but {how_many(unread)} could not be read"
        return fact.unknown(why, unread)
    return fact.found(bool(items), items)


_EASY_CUES = (
    *("leicht", "einfach", "easy", "simple", "facil", "fácil", "falc", "selko"),
    *("tlast", "tläst", "de_ls", "de-ls"),
)
_EASY = re.compile(
    r"(?i)leichte[-_]?sprache|einfache[-_]?sprache|(?:^|[/_.-])easy[-_]?(?:read|language)"
    r"(?:[/_.-]|$)|facile[-_]a[-_]lire|(?:^|[/_.-])falc(?:[/_.-]|$)|lectura[-_]f[aá]cil"
    r"|leitura[-_]f[aá]cil|lettura[-_]facile|selkokieli|selkosuom|l[aä]ttl[aä]st"
    r"|(?:^|[/_.-])de[-_](?:LS|simple|easy|x-leicht)(?:[/_.-])"
)
"""In English, German, French, Spanish, Portuguese, Italian, Finnish and Swedish."""
