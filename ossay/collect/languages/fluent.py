# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Catalogues of Fluent (`.ftl`)."""

import re
from collections.abc import Iterator

from ossay.collect.languages.messages import Message, NoCatalogue


def messages_in(content: bytes) -> Iterator[Message]:
    """Yield messages and terms; attributes belong to theirs."""
    name, parts, found, strange = "", [""], False, False
    for line in content.decode("utf-8-sig", "replace").splitlines():
        if begun := _BEGINS.match(line):
            if name:
                yield Message(id=name, text="\n".join(parts).strip())
            name, parts, found = begun[1], [begun[2]], True
        elif line[:1] in {" ", "\t", "}", "]", "*"} and name:
            parts.append(line.strip())
        elif line.startswith(("<", "${", "[#")):
            raise NoCatalogue  # a template of FreeMarker has the same ending
        else:
            strange |= bool(line.strip()) and not line.startswith("#")
    if name:
        yield Message(id=name, text="\n".join(parts).strip())
    if strange and not found:
        raise NoCatalogue


_BEGINS = re.compile(r"(-?[A-Za-z][\w-]{0,200}) ?= ?(.*)")
