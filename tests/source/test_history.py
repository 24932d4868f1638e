# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""History tells how many did what when, and never who."""

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ossay.codec import to_json
from ossay.model.candidate import Part
from ossay.model.history import Commit, History, Past
from ossay.source import history_of, open_in_place, take_snapshot
from ossay.source.history import HistoryUnreadable
from tests.source.repositories import (
    FIRST_DAY,
    commit,
    make_repository,
    run,
    tag,
    write_commit,
    write_object,
    write_tree,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PGP = (
    b"gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQEzBAABCAAd\n"
    b" -----END PGP SIGNATURE-----\n"
)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    return make_repository(tmp_path, {"a.txt": b"0"}, bare=True)


def opened(made: Path, ref: str = "main") -> History:
    repository = open_in_place(made, made.parent / "ours")
    part = Part(name="whole", source_url="/somewhere", ref=ref)
    return history_of(repository, take_snapshot(repository, part, NOW))


def commits(made: Path) -> list[Commit]:
    return list(opened(made).commits())


def test_the_snapshot_s_commit_comes_first_and_every_ancestor_once(made: Path) -> None:
    names = [run(made, "rev-parse", "main")]
    names += [commit(made, {"a.txt": b"%d" % number}) for number in range(1, 5)]
    commit(made, {"b.txt": b""}, branch="other")

    history = opened(made)

    assert [c.name for c in history.commits()] == names[::-1]
    assert list(history.commits()) == list(history.commits())
    assert history.is_complete()
    assert next(history.commits()).committed_at.tzinfo is UTC


def test_what_came_after_is_on_the_default_branch_alone(made: Path) -> None:
    tag(made, "v1", at=FIRST_DAY)
    later = [commit(made, {"a.txt": b"%d" % number}) for number in (1, 2)]
    commit(made, {"b.txt": b""}, branch="other")

    since = opened(made, "v1").after()

    assert since is not None
    assert [c.name for c in since] == later[::-1]
    assert list(opened(made, "main").after() or ["none"]) == []
    assert {c.name for c in opened(made, "other").after() or ()} >= set(later)


def test_nothing_is_known_to_come_after_without_a_default_branch(made: Path) -> None:
    tag(made, "v1", at=FIRST_DAY)
    run(made, "symbolic-ref", "HEAD", "refs/heads/gone")

    assert opened(made, "v1").after() is None


def test_one_address_is_one_person_and_nobody_s_address_is_not(made: Path) -> None:
    for number, author in enumerate(
        (
            "Ada <ada@x.example.com>",
            "A. Example <ADA@X.example.com>",
            "Bob <1+bob@users.noreply.github.com>",
            "Bob <bob@users.noreply.github.com>",
            "Cleo <root@localhost>",
            "Dan <root@localhost>",
            "Dan <>",
        )
    ):
        commit(made, {"a.txt": b"x%d" % number}, author=author)

    people = [c.author for c in commits(made)[:-1]][::-1]

    assert people[0] == people[1]
    assert people[2] == people[3]
    assert people[4] != people[5]
    assert people[5] == people[6]
    assert len(set(people)) == 4


@pytest.mark.parametrize(
    ("authors", "people"),
    [
        (("Ada Example <ada@a.example.com>", "ada example <ada@b.example.com>"), 1),
        (
            (
                "Ada Example <ada@a.example.com>",
                "Ada <ada@b.example.com>",
                "Ada Example <ada@b.example.com>",
                "Ada <ada@a.example.com>",
            ),
            1,
        ),
        (("Ada Example <ada@a.example.com>", "Ada Example <>"), 1),
        (("Ada <ada@a.example.com>", "Ada <ada@b.example.com>"), 2),
        (("A B <ab@a.example.com>", "A B <ab@b.example.com>"), 2),
        (("Your Name <you@a.example.com>", "Your Name <you@b.example.com>"), 2),
    ],
)
def test_one_full_name_is_one_person_whatever_the_address(
    made: Path, authors: tuple[str, ...], people: int
) -> None:
    for number, author in enumerate(authors):
        commit(made, {"a.txt": b"x%d" % number}, author=author)

    assert len({c.author for c in commits(made)[:-1]}) == people


def test_the_snapshot_s_own_mailmap_joins_people(made: Path) -> None:
    commit(made, {"a.txt": b"1"}, author="ada <ada@old.example.com>")
    commit(made, {"a.txt": b"2"}, author="Ada <ada@new.acme.io>")
    commit(made, {".mailmap": b"Ada <ada@new.acme.io> <ada@old.example.com>\n"})
    commit(made, {".mailmap": None}, branch="without", author="X <x@x.example.com>")
    run(made, "symbolic-ref", "HEAD", "refs/heads/without")

    mapped = commits(made)

    assert mapped[1].author == mapped[2].author
    assert mapped[2].organisation == "acme.io"


@pytest.mark.parametrize(
    ("mailmap", "people"),
    [
        (b"One <one@x.org> <a0@x.org>\n" * 50_000, 4),
        (b"".join(b"One <one@x.org> <a%d@x.org>\n" % n for n in range(4)), 1),
        (b"\xff\xfe\x00 <<<>>> \n<@> <a1@x.org>\n#\n", 4),
        (b"<a1@x.org> <a2@x.org>\n<a2@x.org> <a1@x.org>\n", 4),
        (b"", 4),
        (b"x" * 6_000_000, 4),
    ],
)
def test_a_hostile_mailmap_does_no_harm(
    made: Path, mailmap: bytes, people: int
) -> None:
    for number in range(4):
        author = f"A{number} <a{number}@x.org>"
        commit(made, {"a.txt": b"y%d" % number}, author=author)
    commit(made, {".mailmap": mailmap}, author="A0 <a0@x.org>")

    authors = {c.author for c in commits(made)[:-1]}

    assert len(authors) == people


def test_a_mailmap_that_is_a_link_is_not_followed(made: Path) -> None:
    blob = write_object(made, "blob", b"/etc/passwd")
    write_commit(made, write_tree(made, [(b"120000", b".mailmap", blob)]))

    assert len(commits(made)) == 1


@pytest.mark.parametrize(
    "author",
    [
        b"Ada <ada@x.example.com> 0 +0000",
        b"Ada <ada@x.example.com> 4070908800 +0000",
        b"Ada <ada@x.example.com> 99999999999999999999 +0000",
        b"Ada <ada@x.example.com> soon",
        b"Ada<ada@x.example.com>1704110400 +051800",
        b"J\xf6rg M\xfcller <j\xf6rg@x.example.com> 1704110400 +0000",
        b"=1+1|cmd <a@x.example.com> 1704110400 +0000",
        b"<script>alert(1)</script> <a@x.example.com> 1704110400 +0000",
        b"A <a@x.example.com> <b@y.example.com> 1704110400 +0000",
        b"no address 1704110400 +0000",
        b"> < 1704110400 +0000",
        b"",
        b"x" * 100_000 + b" <a@x.example.com> 1704110400 +0000",
    ],
)
def test_odd_authors_and_dates_are_counted_all_the_same(
    made: Path, author: bytes
) -> None:
    parent = run(made, "rev-parse", "main")
    tree = run(made, "rev-parse", "main^{tree}")
    write_commit(made, tree, parents=[parent], author=author)

    newest, first = commits(made)

    assert newest.author != first.author
    assert newest.committed_at.tzinfo is UTC


def test_signatures_are_seen_and_not_checked(made: Path) -> None:
    tree = run(made, "rev-parse", "main^{tree}")
    parent = run(made, "rev-parse", "main")
    mergetag = (
        b"mergetag object " + parent.encode() + b"\n type commit\n tag x\n"
        b" tagger Ada <ada@x.example.com> 1 +0000\n \n text\n gpgsig fake\n"
    )
    signed = write_commit(made, tree, parents=[parent], extra=PGP)
    write_commit(made, tree, parents=[signed], extra=mergetag)
    run(made, "config", "gpg.program", "/bin/false")

    assert [c.is_signed for c in commits(made)] == [False, True, False]


def test_a_line_that_signs_off_is_seen_in_the_message_alone(made: Path) -> None:
    tree = run(made, "rev-parse", "main^{tree}")
    parent = run(made, "rev-parse", "main")
    said = b"\nA change\n\nSigned-off-by: A <a@x.example.com>\n"
    off = write_commit(made, tree, parents=[parent], extra=said)
    quoted = b"\nA change\n\n> Signed-off-by: A <a@x.example.com>\n"
    named = write_commit(made, tree, parents=[off], extra=quoted)
    header = b"note x\n    Signed-off-by: A <a@x.example.com>\n"
    write_commit(made, tree, parents=[named], extra=header)

    assert [c.is_signed_off for c in commits(made)] == [False, False, True, False]


def test_what_a_forge_recorded_is_told_from_what_people_did(made: Path) -> None:
    tree = run(made, "rev-parse", "main^{tree}")
    parent = run(made, "rev-parse", "main")
    clicked = b"GitHub <noreply@github.com> 1704110400 +0000"
    write_commit(made, tree, parents=[parent], author=clicked, extra=PGP)

    assert [c.is_by_forge for c in commits(made)] == [True, False]


def test_the_main_line_leads_from_first_parent_to_first_parent(made: Path) -> None:
    first = run(made, "rev-parse", "main")
    tree = run(made, "rev-parse", "main^{tree}")
    side = commit(made, {"b.txt": b""}, branch="side")
    second = commit(made, {"a.txt": b"1"})
    merge = write_commit(made, tree, parents=[second, side])

    assert list(opened(made).main_line()) == [merge, second, first]


def test_an_octopus_is_one_merge(made: Path) -> None:
    tree = run(made, "rev-parse", "main^{tree}")
    signed = b"A <a@b.c> 1704110400 +0000"
    told = b"".join(
        b"commit refs/heads/b%d\ncommitter %s\ndata 1\n%c\n" % (n, signed, 48 + n)
        for n in range(66)
    )
    run(made, "fast-import", "--quiet", told=told)
    parents = run(made, "rev-parse", *(f"b{n}" for n in range(66))).split()
    write_commit(made, tree, parents=parents)

    found = commits(made)

    assert len(found) == 67
    assert [c.is_merge for c in found] == [True] + [False] * 66


def test_replaced_and_grafted_commits_are_not_believed(made: Path) -> None:
    first = run(made, "rev-parse", "main")
    second = commit(made, {"a.txt": b"1"})
    tree = run(made, "rev-parse", "main^{tree}")
    lie = write_commit(made, tree, author=b"Eve <e@x.example.com> 1 +0000", branch="l")
    run(made, "replace", second, lie)
    (made / "info").mkdir(exist_ok=True)
    (made / "info/grafts").write_text(f"{second} {lie}\n")

    assert [c.name for c in commits(made)] == [second, first]


def test_a_shallow_history_is_incomplete(tmp_path: Path, made: Path) -> None:
    commit(made, {"a.txt": b"1"})
    run(tmp_path, "clone", "-q", "--bare", "--depth=1", made.as_uri(), "shallow")

    history = opened(tmp_path / "shallow")

    assert not history.is_complete()
    assert len(list(history.commits())) == 1


def test_a_history_with_a_hole_is_an_error_and_not_a_short_history(
    tmp_path: Path, made: Path
) -> None:
    tree = run(made, "rev-parse", "main^{tree}")
    first = write_commit(made, tree, branch="lost")
    write_commit(made, tree, parents=[first])
    (made / "objects" / first[:2] / first[2:]).unlink()

    history = opened(made)

    with pytest.raises(HistoryUnreadable, match="cannot read the commits behind"):
        list(history.commits())


@pytest.mark.parametrize("name", ["v1", "main:.mailmap"])
def test_a_history_of_which_something_is_missing_is_not_settled(
    made: Path, tmp_path: Path, name: str
) -> None:
    commit(made, {".mailmap": b"Ada <ada@work.example.com>\n"})
    tag(made, "v1", at=FIRST_DAY)
    lost = run(made, "rev-parse", name)
    copy = shutil.copytree(made, tmp_path / "whole" / made.name)
    (made / "objects" / lost[:2] / lost[2:]).unlink()
    whole, broken = opened(copy), opened(made)

    whole.tags(), list(whole.commits())
    broken.tags(), list(broken.commits())

    assert whole.is_settled()
    assert not broken.is_settled()


def test_a_tag_that_was_missing_is_asked_for_again(made: Path) -> None:
    tag(made, "v1", at=FIRST_DAY)
    lost = run(made, "rev-parse", "v1")
    place = made / "objects" / lost[:2] / lost[2:]
    content = place.read_bytes()
    place.unlink()

    before = opened(made).tags()
    place.write_bytes(content)

    assert before == ()
    assert [t.name for t in opened(made).tags()] == ["v1"]


def test_a_tag_on_a_file_that_a_partial_clone_lacks_is_settled(made: Path) -> None:
    tag(made, "key", of="main:a.txt", at=FIRST_DAY)
    lost = run(made, "rev-parse", "main:a.txt")
    (made / "objects" / lost[:2] / lost[2:]).unlink()
    history = opened(made)

    assert history.tags() == ()
    assert history.is_settled()


def test_tags_are_followed_to_commits_newest_first(made: Path) -> None:
    first = run(made, "rev-parse", "main")
    tag(made, "light")
    tag(made, "v1", at=datetime(2024, 6, 1, tzinfo=UTC))
    tag(made, "again", of="refs/tags/v1", at=datetime(2024, 7, 1, tzinfo=UTC))
    tag(made, "file", of="main:a.txt", at=FIRST_DAY)
    tag(made, "folder", of="main^{tree}")

    tags = opened(made).tags()

    assert [(t.name, t.commit, t.is_annotated) for t in tags] == [
        ("again", first, True),
        ("v1", first, True),
        ("light", first, False),
    ]
    assert tags[0].tagged_at == datetime(2024, 7, 1, tzinfo=UTC)
    assert tags[2].tagged_at == FIRST_DAY


@pytest.mark.parametrize(
    ("body", "is_signed"),
    [
        ("-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n", True),
        ("-----BEGIN SSH SIGNATURE-----\nabc\n-----END SSH SIGNATURE-----\n", True),
        ("-----BEGIN SIGNED MESSAGE-----\nabc\n", True),
        ("No -----BEGIN PGP SIGNATURE-----\n", False),
        ("Plain\n", False),
    ],
)
def test_signatures_of_tags_are_seen(made: Path, body: str, is_signed: bool) -> None:
    content = (
        f"object {run(made, 'rev-parse', 'main')}\ntype commit\ntag v1\n"
        f"tagger Ada <ada@x.example.com> 1704110400 +0000\n\nOne\n{body}"
    )
    made_tag = write_object(made, "tag", content.encode())
    run(made, "update-ref", "refs/tags/v1", made_tag)

    (found,) = opened(made).tags()

    assert found.is_signed is is_signed


def test_odd_tags_are_left_out_or_read_as_far_as_they_go(made: Path) -> None:
    head = run(made, "rev-parse", "main")
    no_tagger = f"object {head}\ntype commit\ntag old\n\nVery old\n"
    into_nothing = f"object {'1' * 40}\ntype commit\ntag void\n\n"
    nonsense = "type commit\n\n"
    for name, content in (
        ("old", no_tagger),
        ("void", into_nothing),
        ("nonsense", nonsense),
    ):
        oid = write_object(made, "tag", content.encode())
        path = made / "refs/tags" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(oid)
    (made / "refs/tags/-x").write_text(head)
    (made / "refs/tags/gone").write_text("2" * 40)

    tags = opened(made).tags()

    assert {t.name for t in tags} == {"-x", "old"}
    assert all(t.tagged_at == FIRST_DAY for t in tags)


def test_no_name_or_address_of_a_person_leaves_the_room(made: Path) -> None:
    for author in (
        "Ada Lovelace <ada.lovelace@corp.example.com>",
        "bob@home.example.net <bob@home.example.net>",
        "x@y.example.com <x@y.example.com>",
    ):
        commit(made, {"a.txt": author.encode()}, author=author)
    tag(made, "v1", at=FIRST_DAY)
    repository = open_in_place(made, made.parent / "ours")
    part = Part(name="whole", source_url="/somewhere")
    snapshot = take_snapshot(repository, part, NOW)
    history = history_of(repository, snapshot)

    told = b"".join(map(to_json, (*history.commits(), *history.tags(), snapshot)))

    assert b"@" not in told
    assert b"lovelace" not in told.lower()
    assert b"bob" not in told.lower()


def test_sha256_histories_are_read(tmp_path: Path) -> None:
    made = make_repository(
        tmp_path, {"a": b"1"}, bare=True, object_format="sha256", name="new"
    )
    tag(made, "v1", at=FIRST_DAY)
    second = commit(
        made, {"a": b"2", ".mailmap": b"A <a@x.org> <ada@work.example.com>"}
    )

    history = opened(made)

    assert next(history.commits()).name == second
    assert next(history.commits()).organisation == "x.org"
    assert len(history.tags()) == 1


def kept_file(made: Path) -> Path:
    return made.parent / "ours" / "ossay-commits"


def remove_object(made: Path, name: str) -> None:
    (made / "objects" / name[:2] / name[2:]).unlink()


def test_commits_read_before_are_not_read_again(made: Path) -> None:
    first = run(made, "rev-parse", "main")
    second = commit(made, {"a.txt": b"1"}, author="Bob <bob@x.example.com>")
    before = commits(made)
    remove_object(made, first)
    third = commit(made, {"a.txt": b"2"}, author="Bob <bob@x.example.com>")

    after = commits(made)

    assert [c.name for c in after] == [third, second, first]
    assert after[1:] == before
    assert after[0].author == before[0].author != before[1].author


def test_who_is_one_person_does_not_depend_on_what_was_read_later(made: Path) -> None:
    commit(made, {"a.txt": b"1"}, author="Ada Example <ada@a.example.com>")
    older = commit(made, {"a.txt": b"2"}, author="ada <ada@b.example.com>")
    commit(made, {"a.txt": b"3"}, author="Ada Example <ada@b.example.com>")

    newer = list(opened(made).commits())
    again = list(opened(made, older).commits())

    assert len({c.author for c in newer[:3]}) == 1
    assert len({c.author for c in again[:2]}) == 2


def test_an_older_state_is_told_from_what_was_read_of_a_newer_one(made: Path) -> None:
    older = commit(made, {"a.txt": b"1"})
    commit(made, {"a.txt": b"2"})
    whole = commits(made)
    kept = kept_file(made).read_bytes()

    assert list(opened(made, older).commits()) == whole[1:]
    assert kept_file(made).read_bytes() == kept


def test_branches_that_parted_are_each_told_whole(made: Path) -> None:
    base = run(made, "rev-parse", "main")
    tree = run(made, "rev-parse", "main^{tree}")
    side = write_commit(made, tree, parents=[base], branch="side")
    main = commit(made, {"a.txt": b"1"})

    of_side = [c.name for c in opened(made, "side").commits()]
    of_main = [c.name for c in opened(made, "main").commits()]
    merged = write_commit(made, tree, parents=[main, side])
    of_both = list(opened(made).commits())

    assert of_side == [side, base]
    assert of_main == [main, base]
    assert of_both[0].name == merged
    assert of_both[0].is_merge
    assert {c.name for c in of_both} == {merged, main, side, base}


@pytest.mark.parametrize("at", [b"1", b"1704110400", b"4102444800"])
def test_a_state_is_told_whole_whatever_its_clocks_said(made: Path, at: bytes) -> None:
    """Of two branches that were merged, one may be dated long before what it is on."""
    base = run(made, "rev-parse", "main")
    tree = run(made, "rev-parse", "main^{tree}")
    odd = b"Bob <bob@work.example.com> " + at + b" +0000"
    side = [base]
    for _ in range(3):
        side.append(
            write_commit(made, tree, parents=side[-1:], author=odd, branch="side")
        )
    main = commit(made, {"a.txt": b"1"})
    merged = write_commit(made, tree, parents=[main, side[-1]])
    newest = commit(made, {"a.txt": b"2"})

    whole = {c.name for c in opened(made).commits()}
    of_merged = {c.name for c in opened(made, merged).commits()}
    of_side = {c.name for c in opened(made, "side").commits()}

    assert whole == {newest, merged, main, *side}
    assert of_merged == {merged, main, *side}
    assert of_side == set(side)


def test_what_a_state_builds_on_is_told_from_all_else(made: Path) -> None:
    base = run(made, "rev-parse", "main")
    tree = run(made, "rev-parse", "main^{tree}")
    side = write_commit(made, tree, parents=[base], branch="side")
    main = commit(made, {"a.txt": b"1"})
    history = opened(made)

    assert history.among([base, side, main, "0" * 40]) == {base, main}
    assert opened(made, "side").among([base, side, main]) == {base, side}
    assert history.among([]) == frozenset()


def test_the_past_of_a_moment_is_what_its_commits_come_to(made: Path) -> None:
    for number, author in enumerate(
        ("Ada <ada@x.example.com>", "Bob <bob@x.example.com>", "ci[bot] <ci@x.org>")
    ):
        commit(made, {"a.txt": b"p%d" % number}, author=author)
    history = opened(made)
    newest_first = list(history.commits())
    for moment in {c.committed_at for c in newest_first}:
        old = [c for c in newest_first if c.committed_at <= moment]
        people = [c for c in old if not c.is_bot]

        past = history.until(moment)

        assert past.first == min((c.committed_at, c.name) for c in old)
        assert past.last == max((c.committed_at, c.name) for c in people)
        assert past.people == {c.author for c in people}
        assert [*history.since(moment), *old] == newest_first
    before_all = history.until(newest_first[-1].committed_at - timedelta(days=1))
    assert before_all == Past(first=None, last=None, people=frozenset())


def test_another_mailmap_tells_all_people_apart_again(made: Path) -> None:
    commit(made, {"a.txt": b"1"}, author="Ada <ada@old.example.com>")
    commit(made, {"a.txt": b"2"}, author="Ada <ada@new.example.com>")
    two = {c.author for c in commits(made)[:2]}
    commit(
        made,
        {".mailmap": b"Ada <ada@new.example.com> <ada@old.example.com>\n"},
        author="Ada <ada@new.example.com>",
    )

    one = {c.author for c in commits(made)[:3]}

    assert len(two) == 2
    assert len(one) == 1


@pytest.mark.parametrize(
    "damaged",
    [
        lambda kept: kept[: len(kept) // 2],
        lambda kept: kept[:-1] + bytes([kept[-1] ^ 1]),
        lambda _: b"",
        lambda _: b"[]\n",
        lambda kept: kept.replace(b'"machine"', b'"m"'),
        lambda kept: kept.replace(b'"authors"', b'"a"'),
        lambda kept: kept.replace(b"false]", b"]"),
    ],
)
def test_what_was_kept_and_is_damaged_is_read_again(
    made: Path, damaged: Callable[[bytes], bytes]
) -> None:
    commit(made, {"a.txt": b"1"})
    before = commits(made)
    kept_file(made).write_bytes(damaged(kept_file(made).read_bytes()))

    assert commits(made) == before


def test_rewritten_history_is_read_as_it_is_now(made: Path) -> None:
    lost = commit(made, {"a.txt": b"1"})
    commits(made)
    tree = run(made, "rev-parse", "main^{tree}")
    remove_object(made, lost)
    new = write_commit(made, tree)

    assert [c.name for c in commits(made)] == [new]


def test_a_history_that_was_cut_off_is_read_anew_once_it_is_whole(
    tmp_path: Path, made: Path
) -> None:
    commit(made, {"a.txt": b"1"})
    run(tmp_path, "clone", "-q", "--bare", "--depth=1", made.as_uri(), "shallow")
    shallow = tmp_path / "shallow"
    assert len(commits(shallow)) == 1
    run(shallow, "fetch", "-q", "--unshallow")

    assert len(commits(shallow)) == 2


def test_nothing_kept_of_history_names_a_person(made: Path) -> None:
    commit(made, {"a.txt": b"1"}, author="Ada Lovelace <ada.lovelace@corp.example.com>")
    commits(made)

    kept = kept_file(made).read_bytes().lower()

    assert b"lovelace" not in kept
    assert b"@" not in kept.partition(b"\n")[0]


def grow(made: Path, move: str, number: int) -> None:
    """Change a repository as people do; *number* tells one change from another."""
    author = f"P{number % 3} Example <p{number % 3}@x{number % 2}.example.com>"
    head = run(made, "rev-parse", "main")
    match move:
        case "commit":
            commit(made, {"a.txt": b"%d" % number}, author=author)
        case "tag":
            tag(made, f"v{number}", at=FIRST_DAY + timedelta(days=number))
        case "force":
            first = run(made, "rev-list", "--max-parents=0", "main").split()[0]
            run(made, "update-ref", "refs/heads/main", first)
            commit(made, {"a.txt": b"f%d" % number}, author=author)
        case "branch":
            run(made, "update-ref", f"refs/heads/side{number}", head)
            commit(made, {"b.txt": b"%d" % number}, branch=f"side{number}")
        case "merge":
            tree = run(made, "rev-parse", "main^{tree}")
            sides = run(made, "for-each-ref", "--format=%(objectname)", "refs/heads")
            write_commit(made, tree, parents=list({head: 1} | {sides.split()[-1]: 1}))
        case "people":
            commit(made, {".mailmap": b"P <p@x.example.com> <p1@x1.example.com>"})
        case _:
            for name in run(made, "tag").split()[:1]:
                run(made, "tag", "-d", name)
            run(made, "gc", "-q", "--prune=now")


def all_told(made: Path, ours: Path) -> list[object]:
    """Return what is told of main, with people numbered in the order they come in."""
    repository = open_in_place(made, ours)
    part = Part(name="whole", source_url="/somewhere", ref="main")
    history = history_of(repository, take_snapshot(repository, part, NOW))
    told = list(history.commits())
    people = {a: n for n, a in enumerate(dict.fromkeys(c.author for c in told))}
    moment = told[len(told) // 2].committed_at
    past = history.until(moment)
    recent = {c.name for c in history.since(moment)}
    assert history.count() == len(told)
    return [
        [replace(c, author=people[c.author]) for c in told],
        list(history.main_line()),
        history.among([told[-1].name, "0" * 40]),
        (past.first, past.last, {people[p] for p in past.people}),
        recent,
        list(history.after() or ()),
        history.tags(),
    ]


MOVES = ("commit", "tag", "force", "branch", "merge", "people", "delete")


@pytest.mark.parametrize("seed", range(6))
def test_what_is_told_of_a_history_does_not_depend_on_what_was_read_before(
    made: Path, seed: int
) -> None:
    """Read as it grew, or read at the end: the same commits, people and tags."""
    chosen = random.Random(seed)  # noqa: S311 - moves, no secrets
    for number in range(10):
        grow(made, chosen.choice(MOVES), number)

        grown = all_told(made, made.parent / "ours")

        assert grown == all_told(made, made.parent / f"new{number}")
        assert all_told(made, made.parent / "ours") == grown
