# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Small texts made to be recognised with difficulty."""

from collections.abc import Callable
from pathlib import Path

from tests.sandbox.test_scancode import APACHE, GPL, MIT, REFERENCE, TAG

# REUSE-IgnoreStart
BSD = """Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are met:
1. Redistributions of source code must retain the above copyright notice, this
   list of conditions and the following disclaimer.
2. Redistributions in binary form must reproduce the above copyright notice,
   this list of conditions and the following disclaimer in the documentation
   and/or other materials provided with the distribution.
3. Neither the name of the office nor the names of its contributors may be used
   to endorse or promote products derived from this software without permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
ANY EXPRESS OR IMPLIED WARRANTIES ARE DISCLAIMED.
"""
ISC = """Permission to use, copy, modify, and/or distribute this software for any
purpose with or without fee is hereby granted, provided that the above
copyright notice and this permission notice appear in all copies.
"""
ZLIB = """This software is provided 'as-is', without any express or implied warranty.
In no event will the authors be held liable for any damages arising from its use.
Permission is granted to anyone to use this software for any purpose, including
commercial applications, and to alter it and redistribute it freely.
"""
MPL = """This Source Code Form is subject to the terms of the Mozilla Public
License, v. 2.0. If a copy of the MPL was not distributed with this file,
You can obtain one at https://mozilla.org/MPL/2.0/.
"""
LGPL = """This library is free software; you can redistribute it and/or modify it
under the terms of the GNU Lesser General Public License as published by the Free
Software Foundation; either version 2.1 of the License, or any later version.
"""
DOMAIN = "This file is in the public domain; anyone may use it for any purpose.\n"
CREATIVE = "The pictures are under CC BY-SA 4.0, the words under CC0 1.0 Universal.\n"
NOTICES = """/* Copyright (C) 1998-2004, 2007 Ann Stenberg, <ann@example.org>, et al.
 * Copyright 2019 The Regents of the University of California. All rights reserved.
 * Copyright (c) 2001 Karl Garrison (karl AT indy.example.org) and Yann Le Cun
 */

# Copyright: 2011-2013, Stichting Open Source Huis B.V.
# (c) 2020 Nokia Corporation and/or its subsidiary(-ies)
# Portions © José Müller, Straße 5; Author: Ann Smith <ann@example.org>
# @author Kaleb S. KEITHLEY
// Written by Leon Bottou for the netfilter coreteam <coreteam@example.org>
// Copyright 2013 Ideas on board SPRL -- 2014 by ООО «Город», 東京都
x = copyright(1999); Copyright Copyright (c) (c) 2003, 04, 05, AT&T
""".partition("\n\n")
# REUSE-IgnoreEnd

CODE = "int sum(int n) {\n  int s = 0;\n  while (n) s += n--;\n  return s;\n}\n"

EUPL = (Path(__file__).parents[2] / "LICENSES" / "EUPL-1.2.txt").read_text()


def _as_it_is(text: str) -> str:
    return text


def _words_changed(text: str) -> str:
    words = text.split(" ")
    return " ".join("office" if n % 9 == 4 else word for n, word in enumerate(words))


def _among_code(text: str) -> str:
    comment = "".join(f" * {line}\n" for line in text.splitlines())
    return f"{CODE}/*\n{comment} */\n{CODE}"


def _lines_lost_and_repeated(text: str) -> str:
    lines = text.splitlines()
    kept = [line for n, line in enumerate(lines) if n % 4 != 2]
    return "\n".join([*kept, "", CODE, *lines[: len(lines) // 2], "", *kept])


def _apart(text: str, lines: int) -> str:
    """Put so many empty *lines* into the middle of *text*, its words changed."""
    halves = _words_changed(text).splitlines()
    half = len(halves) // 2
    return "\n".join([*halves[:half], *[""] * lines, *halves[half:]])


CHANGES: tuple[Callable[[str], str], ...] = (
    _as_it_is,
    _words_changed,
    _among_code,
    _lines_lost_and_repeated,
)

WHOLE = (MIT, BSD, ISC, ZLIB, APACHE, GPL, LGPL, MPL, TAG, REFERENCE, DOMAIN, CREATIVE)


def all_texts() -> list[str]:
    """Return every text, changed in every way; none twice."""
    changed = [change(text) for text in WHOLE for change in CHANGES]
    mixed = [GPL + MIT, APACHE + BSD + MPL, _words_changed(BSD + ISC), CODE * 9]
    long = [EUPL[:6000], _words_changed(EUPL[:4000]), " ".join(MIT.split()) * 2]
    apart = [_apart(BSD, 6), _apart(LGPL, 14), _apart(BSD, 15)]
    return list(dict.fromkeys([*changed, *mixed, *long, *apart, *NOTICES[::2]]))
