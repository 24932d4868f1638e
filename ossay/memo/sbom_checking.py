# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""An SPDX document held against its standard by `spdx-tools`, in bearable time."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spdx_tools.spdx.model import Document


def validate(document: bytes) -> tuple[str, ...]:
    """Return what `spdx-tools` finds wrong with *document*; nothing if it is valid."""
    from spdx_tools.spdx.parser.error import SPDXParsingError
    from spdx_tools.spdx.parser.jsonlikedict import json_like_dict_parser as parser
    from spdx_tools.spdx.validation import document_validator as validator

    with _ONE_AT_A_TIME, _parsing_once():
        try:
            parsed = parser.JsonLikeDictParser().parse(json.loads(document))
        except SPDXParsingError as error:
            return tuple(error.get_messages())
        with _knowing_the_ids_of(parsed):
            messages = validator.validate_full_spdx_document(parsed)
    return tuple(message.validation_message for message in messages)


_ONE_AT_A_TIME = Lock()


@contextmanager
def _parsing_once() -> Iterator[None]:
    """
    Let `spdx-tools` parse each expression once while this lasts.

    It parses what a file states four times, and most files state the same.
    """
    from spdx_tools.common.spdx_licensing import spdx_licensing

    own = vars(spdx_licensing)
    own["parse"] = cache(spdx_licensing.parse)
    try:
        yield
    finally:
        del own["parse"]


@contextmanager
def _knowing_the_ids_of(document: "Document") -> Iterator[None]:
    """
    Let `spdx-tools` look up ids and relationships of *document* while this lasts.

    For each end of each relationship it makes a list of all ids in the document
    and searches that (spdx/tools-python, issue 818): 32 s for 10,000 files, where
    all the rest takes half a second. For each package it goes through all
    relationships, twice: 17 s for 3,600. What is looked up here is right for as long
    as nobody changes the document, so it is made for one validation and gone after
    it; a question about any other document is answered as before.
    """
    from spdx_tools.spdx.validation import package_validator, spdx_id_validators

    ids = frozenset(spdx_id_validators.get_list_of_all_spdx_ids(document))
    from_here: dict[tuple[Any, str], list[Any]] = defaultdict(list)
    to_here: dict[tuple[Any, str], list[Any]] = defaultdict(list)
    for each in document.relationships:
        from_here[each.relationship_type, each.spdx_element_id].append(each)
        to_here[each.relationship_type, str(each.related_spdx_element_id)].append(each)

    every = document.relationships
    found: dict[tuple[Any, str], tuple[Any, Callable[..., Any]]] = {
        (spdx_id_validators, "is_spdx_id_present_in_document"): (
            document,
            lambda spdx_id, _: spdx_id in ids,
        ),
        (package_validator, "filter_by_type_and_origin"): (
            every,
            lambda _, kind, origin: from_here[kind, origin],
        ),
        (package_validator, "filter_by_type_and_target"): (
            every,
            lambda _, kind, target: to_here[kind, target],
        ),
    }
    with ExitStack() as undoing:
        for (module, name), (about, answer) in found.items():
            as_before = getattr(module, name)
            setattr(module, name, _instead(as_before, about, answer))
            undoing.callback(setattr, module, name, as_before)
        yield


def _instead(
    as_before: Callable[..., Any], about: object, answer: Callable[..., Any]
) -> Callable[..., Any]:
    """Return what answers questions about one thing, and others as before."""

    def asked(*arguments: Any) -> Any:
        is_ours = any(one is about for one in arguments)
        return answer(*arguments) if is_ours else as_before(*arguments)

    return asked
