# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Speed, as CPU seconds of real runs and as ratios against a peer."""
