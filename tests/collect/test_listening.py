# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which unanswered questions are worth asking another time."""

from collections.abc import Iterable, Iterator

import pytest

from ossay.collect import Listening
from ossay.model.licences import Recognised
from ossay.model.tree import TookTooLong, Unreadable
from tests.collect.licensing.recognition.recognisers import Phrases


class Silent(Phrases):
    """Answers nothing, always for the same reason."""

    said = Unreadable(why="")

    def licences(
        self, texts: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, Recognised | Unreadable]]:
        for name, _ in texts:
            yield name, self.said


@pytest.mark.parametrize(
    ("said", "settled"),
    [
        (TookTooLong(why="it took more CPU time than it may"), True),
        (Unreadable(why="the licence engine failed: it died"), False),
    ],
)
def test_what_takes_too_long_would_take_as_long_again(
    said: Unreadable, settled: bool
) -> None:
    silent = Silent()
    silent.said = said
    heard = Listening(silent)

    assert dict(heard.licences([("a", "under a licence")])) == {"a": said}
    assert heard.is_settled() is settled
