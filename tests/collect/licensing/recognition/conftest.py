# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
from tests.register.conftest import home, register

__all__ = ["home", "register"]
