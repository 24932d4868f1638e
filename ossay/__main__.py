# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Run ossay as ``python -m ossay``."""

from ossay.cli import main

if __name__ == "__main__":
    main()
