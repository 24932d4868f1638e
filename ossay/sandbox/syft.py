# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
syft: the components that lockfiles name, for an office that prefers its reading.

ossay brings none along: it is taken from PATH, where the settings say so. It reads
settings in the folder where it starts and at home, which are both empty, and its
answers are those of a program that may not look anything up.
"""

from pathlib import Path

from ossay.sandbox.adapter import Adapter, Question, is_json_object
from ossay.sandbox.running import Limits


def _words(files: Path, _scratch: Path) -> tuple[str, ...]:
    return ("scan", f"dir:{files}", "--quiet", "--output", "syft-json")


SYFT = Adapter(
    name="syft",
    purpose="lists components in place of trivy",
    questions={
        "components": Question(
            words=_words,
            is_answer=lambda text: is_json_object(
                text, "artifacts", "artifactRelationships", "descriptor"
            ),
        ),
    },
    oldest="1.18.1",
    environment={
        "SYFT_CHECK_FOR_APP_UPDATE": "false",
        "SYFT_JAVASCRIPT_INCLUDE_DEV_DEPENDENCIES": "true",
        "SYFT_JAVA_USE_NETWORK": "false",
        "SYFT_GOLANG_SEARCH_REMOTE_LICENSES": "false",
        "SYFT_JAVASCRIPT_SEARCH_REMOTE_LICENSES": "false",
    },
    limits=Limits(memory_bytes=1_000_000_000),
)
