# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The values that travel through ossay, and the protocols between its rooms."""
