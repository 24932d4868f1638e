# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Read packs, waivers and people's answers; refuse what cannot be meant."""

from ossay.policy.examples import check_examples
from ossay.policy.explaining import describe, in_words
from ossay.policy.faults import PolicyError
from ossay.policy.packs import check_together, load_pack, load_pack_file
from ossay.policy.people import check_people, load_answers, load_waivers
from ossay.policy.products import Product, load_product

__all__ = [
    "PolicyError",
    "Product",
    "check_examples",
    "check_people",
    "check_together",
    "describe",
    "in_words",
    "load_answers",
    "load_pack",
    "load_pack_file",
    "load_product",
    "load_waivers",
]
