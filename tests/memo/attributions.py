# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Attribution notices for tests: a small one, and one made of attacks."""

from ossay.memo.attribution import Attribution, LicenceUse, Passage
from tests.memo import hostile

MIT = """\
MIT License

Copyright (c) 2019 Ana Souza

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""

ARABIC = {
    "Licences and copyright notices of {name}": "تراخيص {name} وإشعارات حقوق النشر",
    "Files": "الملفات",
}

CITY_FORMS = Attribution(
    name="City Forms",
    source="https://github.com/city/forms",
    version="d6b1f0e2a3c4",
    licences=(
        LicenceUse(
            id="MIT",
            name="MIT License",
            texts=(Passage(text=MIT, path="LICENSES/MIT.txt"),),
            holders=("© 2019 Ana Souza", "© 2021–2024 بلدية المدينة"),
            files=tuple(f"src/module_{n:02}.py" for n in range(24)),
            total_files=312,
        ),
        LicenceUse(
            id="LicenseRef-City-Seal",
            texts=(
                Passage(
                    text="ختم المدينة: لا يجوز استعماله إلا بإذن.\n\n\tAsk first.\n",
                    path="LICENSES/LicenseRef-City-Seal.txt",
                ),
            ),
            holders=("© 2021 بلدية المدينة",),
            files=("img/seal.svg",),
            total_files=1,
        ),
        LicenceUse(id="ISC", name="ISC License", files=("lib/tiny.js",), total_files=1),
        LicenceUse(
            id="0BSD",
            name="BSD Zero Clause License",
            texts=(
                Passage(
                    text="Permission to use, copy, modify, and/or distribute ...",
                    listed="ScanCode 32.5.0",
                ),
            ),
            files=("lib/small.js",),
            total_files=1,
        ),
    ),
    notices=(
        Passage(
            text="City Forms\nThis product includes software of the Example Group.",
            path="NOTICE",
        ),
    ),
    without_licence=2,
    gaps=("The file `data/huge.csv` could not be read.",),
)

PRETENDER = (
    "</pre></section><h2>Licence</h2>\r\n1. MIT License (`MIT`)\x0c"
    "- nothing to pass on\x85Contents\u2028" + "-" * 79 + "\n" + hostile.TEXT
)
"""A text that passes itself off as a part of the notice, in either format."""

HOSTILE = Attribution(
    name=hostile.TEXT,
    source=f"https://evil.example/{hostile.TEXT}",
    version=hostile.TEXT,
    licences=(
        LicenceUse(
            id=hostile.TEXT,
            name=hostile.TEXT,
            texts=(Passage(text=PRETENDER, path=hostile.TEXT),),
            holders=(hostile.TEXT, PRETENDER),
            files=(hostile.TEXT, PRETENDER),
            total_files=2,
        ),
    ),
    notices=(Passage(text=PRETENDER, path=hostile.TEXT),),
    without_licence=1,
    gaps=(hostile.TEXT,),
)
