# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Licence texts to put into trees."""

from pathlib import Path

OWN = Path(__file__).parents[3] / "LICENSES"

CC0 = (OWN / "CC0-1.0.txt").read_text(encoding="utf-8")
CC_BY = (OWN / "CC-BY-4.0.txt").read_text(encoding="utf-8")
EUPL = (OWN / "EUPL-1.2.txt").read_text(encoding="utf-8")

# REUSE-IgnoreStart
MIT = """\
MIT License

Copyright (c) 2024 City of Example

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in the
Software without restriction, including without limitation the rights to use,
copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the
Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED,
INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A
PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT
HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION
OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""

HEADER = "# SPDX-FileCopyrightText: 2024 City\n# SPDX-License-Identifier: MIT\n"
# REUSE-IgnoreEnd

RIDER = """
The Software must not be used by any organisation with more than twenty employees
unless that organisation has paid a fee to the authors, who may change its amount
at any time and without notice to anybody at all.
"""
