# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""ossay: open-source assay, from a repository's address to a decision memo."""

__version__ = "0.1.0"
