# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What runs when, with which retries. The only code that imports Prefect."""
