# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The one place that starts foreign tools: confined, watched, and never left behind."""
