# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""ScanCode in an environment of its own, asked over a pipe; ossay imports no part."""
