# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A new advisory finds the products that it concerns, and none is looked at again."""

from pathlib import Path

from ossay.collect.vulnerabilities.ranges import is_affected
from ossay.collect.vulnerabilities.versions import order_of
from ossay.engine import Workshop
from ossay.model.digest import Digest
from tests.advisories.packs import affects, pack, record, take
from tests.register.test_packages import file_with


def reached(workshop: Workshop, advisory: str) -> dict[bool | None, set[Digest]]:
    """Return the snapshots that an advisory concerns, does not, or may."""
    found: dict[bool | None, set[Digest]] = {True: set(), False: set(), None: set()}
    (known,) = workshop.register.advisories.records([advisory]).values()
    for (ecosystem, name), entry in known.affected:
        order = order_of(ecosystem)
        with_it = workshop.register.snapshots_with((ecosystem, name))
        for version, snapshots in with_it.items():
            found[is_affected(version, entry, order)].update(snapshots)
    return found


def test_an_advisory_leads_to_the_snapshots_that_have_what_it_affects(
    workshop: Workshop, tmp_path: Path
) -> None:
    old, new, unresolved, other = (
        file_with(workshop.register, letter * 40, component)
        for letter, component in (
            ("a", ("pypi", "Left_Pad", "1.0")),
            ("b", ("pypi", "left-pad", "2.0")),
            ("c", ("pypi", "left.pad", "")),
            ("d", ("npm", "left-pad", "1.0.0")),
        )
    )
    flaw = affects("PyPI", "left-pad", {"introduced": "0"}, {"fixed": "2.0"})

    take(workshop, pack(tmp_path / "PyPI.zip", record("PYSEC-1", flaw)))

    assert reached(workshop, "PYSEC-1") == {
        True: {old},
        False: {new},
        None: {unresolved},
    }
    assert other not in set().union(*reached(workshop, "PYSEC-1").values())
