# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
import pytest

from ossay import shipped


def test_packs_are_found_by_being_in_the_folder() -> None:
    names = shipped.pack_names()

    assert "baseline" in names
    assert names == tuple(sorted(names))


def test_a_pack_is_read_by_its_name() -> None:
    assert b"name: baseline" in shipped.pack_bytes("baseline")


@pytest.mark.parametrize(
    "name", ["nonesuch", "", "../policies/baseline", "baseline.yaml", "/etc/passwd"]
)
def test_an_unknown_pack_is_refused_with_the_names_of_those_there_are(
    name: str,
) -> None:
    with pytest.raises(shipped.UnknownPack, match=r"there are: .*baseline") as refused:
        shipped.pack_bytes(name)

    assert refused.value.status == 2


def test_templates_flows_and_deployments_are_where_it_says() -> None:
    assert (shipped.templates() / "memo" / "memo.html.j2").is_file()
    assert shipped.flows().is_dir()
    assert shipped.prefect_yaml().parent == shipped.flows().parent
