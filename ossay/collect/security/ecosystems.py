# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Package managers: how their manifests and lockfiles are named and read."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ossay.collect._documents import read_json, read_toml


def _always(_: bytes) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecosystem:
    """
    One package manager, or several that share a manifest.

    Attributes:
        manifest: What the manifest is called.
        locks: Names of lockfiles, any of which is enough; none where the
            package manager knows no such thing.
        needs_lock: Whether a manifest names packages that a lock would fix.
            May raise `DocumentUnreadable`.
        workspace: File and text in a folder above that let the lockfile there
            cover this manifest too.
    """

    name: str
    manifest: re.Pattern[str]
    locks: tuple[str, ...] = ()
    needs_lock: Callable[[bytes], bool] = _always
    workspace: tuple[tuple[str, bytes], ...] = ()

    @property
    def keeps_locks(self) -> bool:
        """Whether it knows lockfiles at all; requirements of pip can be their own."""
        return bool(self.locks) or self.name == REQUIREMENTS


def _npm_needs_lock(content: bytes) -> bool:
    document = _table(read_json(content))
    kinds = ("dependencies", "devDependencies", "optionalDependencies")
    return any(document.get(kind) for kind in kinds)


def _composer_needs_lock(content: bytes) -> bool:
    """The language and its extensions (`php`, `ext-json`) are no packages."""
    document = _table(read_json(content))
    required = [*_table(document.get("require")), *_table(document.get("require-dev"))]
    return any("/" in name for name in required)


def _python_needs_lock(content: bytes) -> bool:
    document = _table(read_toml(content))
    project = _table(document.get("project"))
    tool = _table(document.get("tool"))
    poetry = _table(tool.get("poetry"))
    wanted = [
        project.get("dependencies"),
        project.get("optional-dependencies"),
        document.get("dependency-groups"),
        _table(tool.get("pdm")).get("dev-dependencies"),
        poetry.get("group"),
        poetry.get("dev-dependencies"),
        _table(poetry.get("dependencies")).keys() - {"python"},
    ]
    return any(wanted)


def _cargo_needs_lock(content: bytes) -> bool:
    document = _table(read_toml(content))
    kinds = ("dependencies", "dev-dependencies", "build-dependencies", "target")
    return any(document.get(kind) for kind in kinds)


def _table(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _says(pattern: bytes) -> Callable[[bytes], bool]:
    compiled = re.compile(pattern, re.M)
    return lambda content: compiled.search(content) is not None


def is_exact(requirements: bytes) -> bool:
    """
    Tell whether requirements of pip name one version each, so that they are a lock.

    A file without any requirement of its own has nothing to fix.
    """
    text = requirements.decode(errors="replace").replace("\\\n", " ")
    lines = (line.partition(" #")[0].strip() for line in text.splitlines())
    return all(
        _EXACT.search(line[:LONGEST_REQUIREMENT]) is not None
        for line in lines
        if line and not line.startswith(("#", "-", "."))
    )


LONGEST_REQUIREMENT = 1_000
"""Characters of a requirement that are looked at, hashes of files being left out."""

_EXACT = re.compile(
    r"===?\s?[^\s*,;=]{1,100}(?=$|[\s;])|@\s?\S{1,300}?(?:[0-9a-f]{40}|sha256=)"
)

REQUIREMENTS = "pip"
"""The ecosystem whose manifest is its own lock where all versions are exact."""


def _ecosystem(
    name: str,
    manifest: str,
    *locks: str,
    needs_lock: Callable[[bytes], bool] = _always,
    workspace: tuple[tuple[str, bytes], ...] = (),
) -> Ecosystem:
    return Ecosystem(
        name=name,
        manifest=re.compile(manifest),
        locks=locks,
        needs_lock=needs_lock,
        workspace=workspace,
    )


NPM = _ecosystem(
    "npm",
    r"package\.json",
    *("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml"),
    *("bun.lock", "bun.lockb", "deno.lock"),
    needs_lock=_npm_needs_lock,
)

PYTHON = _ecosystem(
    "Python",
    r"pyproject\.toml",
    *("poetry.lock", "uv.lock", "pdm.lock", "pylock.toml", "Pipfile.lock"),
    needs_lock=_python_needs_lock,
    workspace=(("pyproject.toml", b"[tool.uv.workspace]"),),
)

ECOSYSTEMS = (
    NPM,
    PYTHON,
    _ecosystem("Pipenv", r"Pipfile", "Pipfile.lock"),
    _ecosystem(
        REQUIREMENTS, r"(?:[\w-]+[-_.])?requirements(?:[-_.][\w.-]+)?\.(?:txt|in)"
    ),
    _ecosystem("setuptools", r"setup\.py"),
    _ecosystem("Conda", r"environment\.ya?ml", "conda-lock.yml"),
    _ecosystem(
        "Cargo",
        r"Cargo\.toml",
        "Cargo.lock",
        needs_lock=_cargo_needs_lock,
        workspace=(("Cargo.toml", b"[workspace"),),
    ),
    _ecosystem("Go", r"go\.mod", "go.sum", needs_lock=_says(rb"^require\b")),
    _ecosystem(
        "Composer", r"composer\.json", "composer.lock", needs_lock=_composer_needs_lock
    ),
    _ecosystem("Bundler", r"Gemfile|gems\.rb", "Gemfile.lock", "gems.locked"),
    _ecosystem("Maven", r"pom\.xml"),
    _ecosystem(
        "Gradle",
        r"build\.gradle(?:\.kts)?",
        "gradle.lockfile",
        needs_lock=_says(
            rb"^\s{0,40}\w{0,40}(?:mplementation|pi|ompile|ompileOnly|untimeOnly|lasspath)"
            rb"[ \t(]"
        ),
    ),
    _ecosystem("sbt", r"build\.sbt"),
    _ecosystem(
        "NuGet",
        r"[^/]+\.(?:cs|fs|vb)proj",
        "packages.lock.json",
        needs_lock=_says(rb"<PackageReference\b"),
    ),
    _ecosystem("Mix", r"mix\.exs", "mix.lock", workspace=(("mix.exs", b"apps_path"),)),
    _ecosystem("Rebar", r"rebar\.config", "rebar.lock"),
    _ecosystem(
        "Pub",
        r"pubspec\.yaml",
        "pubspec.lock",
        workspace=(("pubspec.yaml", b"\nworkspace:"),),
    ),
    _ecosystem(
        "Swift",
        r"Package\.swift",
        "Package.resolved",
        needs_lock=_says(rb"\.package\("),
    ),
    _ecosystem("CocoaPods", r"Podfile", "Podfile.lock"),
    _ecosystem("Carthage", r"Cartfile", "Cartfile.resolved"),
    _ecosystem("Conan", r"conanfile\.(?:txt|py)", "conan.lock"),
    _ecosystem("vcpkg", r"vcpkg\.json"),
    _ecosystem("Nix", r"flake\.nix", "flake.lock"),
    _ecosystem("Stack", r"stack\.yaml", "stack.yaml.lock"),
    _ecosystem("Shards", r"shard\.yml", "shard.lock"),
    _ecosystem("Carton", r"cpanfile", "cpanfile.snapshot"),
    _ecosystem(
        "Helm",
        r"Chart\.yaml",
        "Chart.lock",
        needs_lock=_says(rb"^dependencies:\s{0,9}$"),
    ),
)

_BY_NAME = {e.name: e for e in ECOSYSTEMS}
_ANY_MANIFEST = re.compile("|".join(f"(?:{e.manifest.pattern})" for e in ECOSYSTEMS))
_REQUIREMENTS_FOLDER = re.compile(r"(?:.*/)?requirements/[\w.-]+\.(?:txt|in)")


def ecosystem_of(path: str) -> Ecosystem | None:
    """Return the package manager that *path* is a manifest of, if it is one."""
    if _REQUIREMENTS_FOLDER.fullmatch(path):
        return _BY_NAME[REQUIREMENTS]
    name = path.rpartition("/")[2]
    if not _ANY_MANIFEST.fullmatch(name):
        return None
    return next(e for e in ECOSYSTEMS if e.manifest.fullmatch(name))
