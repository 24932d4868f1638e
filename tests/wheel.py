# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The wheel in an environment of its own, where the checkout cannot be found."""

import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]

WITHOUT_GRAMMARS = "import sys; sys.modules['rfc3987_syntax'] = None"
"""What no server has installed: it takes each process of Prefect a second to import."""


def install(folder: Path) -> Path:
    """Build the wheel, install it into an empty environment; return its python."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    subprocess.run(
        [*build, "-o", str(folder), str(ROOT)], check=True, capture_output=True
    )
    wheel = next(folder.glob("*.whl"))
    environment = folder / "environment"
    venv.create(environment)
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    install = ["install", "-q", "--no-index", "--no-deps", str(wheel)]
    subprocess.run([*pip, *install], check=True)
    # Libraries come from the environment of the tests, by a path that is searched
    # after the wheel's own; .pth files there, and so the checkout, do not count.
    own = said(python, "import sysconfig; print(sysconfig.get_path('purelib'))")
    (Path(own) / "libraries.pth").write_text(
        f"{sysconfig.get_path('purelib')}\n{WITHOUT_GRAMMARS}\n"
    )
    return python


def said(python: Path, script: str) -> str:
    """Return what *script* prints, run outside of any checkout."""
    done = subprocess.run(
        [python, "-P", "-c", script],
        cwd=python.parent,
        env=environment(),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def environment() -> Mapping[str, str]:
    """Return the variables of this process, without what leads to the checkout."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
