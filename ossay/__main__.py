# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Run ossay as ``python -P -m ossay``.

Without ``-P`` python takes modules, and so runs code, from the current folder.
"""

from ossay.cli import main

if __name__ == "__main__":
    main()
