# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What `reuse lint` says of a checkout, ossay says from the blobs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from reuse.extract import set_encoding_module
from reuse.project import Project
from reuse.report import ProjectReport

from benchmarks.reuse import names_by_lint, names_in
from ossay.collect.licensing.annotation_files import annotations_in
from ossay.collect.licensing.conformance import Conformance, conformance
from ossay.collect.licensing.covered import annotating, licensed
from ossay.collect.licensing.recognition import reading
from tests.collect.licensing.texts import CC0, HEADER, MIT
from tests.collect.trees import DictTree

# REUSE-IgnoreStart
TEXTS = {"LICENSES/MIT.txt": MIT, "LICENSES/CC0-1.0.txt": CC0}
CC0_TAG = "SPDX-License-Identifier: CC0-1.0\n"
NOTICE = "Copyright (C) 2020-2024, Jane Doe <jane@example.org>\n"
IGNORE = "REUSE-" + "Ignore"  # in one piece it would end the passage that this is in
MAP_LINE = '{"version":3,"mappings":"' + "AAAA;CAACA," * 9_000 + '","c":"Copyright"}'

TREES: dict[str, dict[str, str | bytes]] = {
    "headers in many styles": {
        **TEXTS,
        "a.py": HEADER,
        "b.c": "/* Copyright 2019 A\n * SPDX-License-Identifier: MIT */\n",
        "c.html": "<!-- © B\nSPDX-License-Identifier: CC0-1.0 OR MIT -->\n",
        "d.tex": "% SPDX-FileCopyrightText: Copyright (c) 2001, 2003-2005 C\n",
        "e.md": 'about "SPDX-License-Identifier: MIT" >\n',
        "f.txt": "no words about it\n",
        "dir/g.rst": "..\n   SPDX-SnippetCopyrightText: 2020 D\n",
        "h.sh": f"#!/bin/sh\n# {NOTICE}",
    },
    "files beside files": {
        **TEXTS,
        "logo.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR Copyright nobody",
        "logo.png.license": HEADER,
        "src/x.py": "# Copyright me\n",
        "src/x.py.license": CC0_TAG,
    },
    "REUSE.toml, nested": {
        **TEXTS,
        "REUSE.toml": (
            'version = 1\n[[annotations]]\npath = ["**"]\nprecedence = "aggregate"\n'
            'SPDX-FileCopyrightText = "2020 Root"\n'
            '[[annotations]]\npath = "docs/**"\nSPDX-License-Identifier = "CC0-1.0"\n'
            'SPDX-FileCopyrightText = ["2021 Docs", "2022 Others"]\n'
            '[[annotations]]\npath = ["docs/c.md", "docs/c*"]\n'
            'SPDX-License-Identifier = "MIT"\n'
            '[[annotations]]\npath = "docs/c.md"\n'
            'SPDX-FileCopyrightText = "2023 Outright"\n'
            '[[annotations]]\npath = ["third/*.js"]\nprecedence = "override"\n'
            'SPDX-License-Identifier = "MIT"\nSPDX-FileCopyrightText = "Third"\n'
        ),
        "a.py": HEADER,
        "b.py": "pass\n",
        "docs/a.md": "text\n",
        "docs/b.md": NOTICE,
        "docs/c.md": CC0_TAG,
        "docs/in/REUSE.toml": (
            'version = 1\n[[annotations]]\npath = "*.md"\n'
            'SPDX-License-Identifier = "MIT"\n'
        ),
        "docs/in/d.md": "text\n",
        "docs/in/e.md": NOTICE,
        "LICENSES/in/REUSE.toml": "nonsense\n",
        "subprojects/x/REUSE.toml": "nonsense\n",
        "empty/REUSE.toml": "",
        "third/x.js": "// SPDX-License-Identifier: GPL-2.0-only\n",
        "third/in/y.js": "// Copyright E\n",
        "third/REUSE.toml": (
            'version = 1\n[[annotations]]\npath = "**"\n'
            'SPDX-License-Identifier = "CC0-1.0"\n'
        ),
    },
    "dep5": {
        **TEXTS,
        ".reuse/dep5": (
            "Format: https://www.debian.org/doc/packaging-manuals/"
            "copyright-format/1.0/\nUpstream-Name: x\n\n"
            "Files: *\nCopyright: 2020 A\n           2021 B\nLicense: MIT\n\n"
            "Files: doc/* img/*.?ng\nCopyright: 2022 C\nLicense: CC0-1.0\n"
        ),
        "a.py": "pass\n",
        "doc/in/b.md": NOTICE,
        "img/c.png": b"\x89PNG",
    },
    "names in LICENSES": {
        "LICENSES/GPL-2.0.txt": "deprecated\n",
        "LICENSES/MIT": MIT,
        "LICENSES/Apache-2.0": "no suffix, though it looks so\n",
        "LICENSES/Nonsense.txt": "on no list\n",
        "LICENSES/LicenseRef-City.txt": "our own\n",
        "LICENSES/LicenseRef-Unknown1.txt": "whose?\n",
        "LICENSES/in/BSD-3-Clause.md": "unused\n",
        "LICENSES/.hidden.txt": "passed over\n",
        "LICENSES/MIT.license": "about the text\n",
        "a.py": "# SPDX-License-Identifier: LicenseRef-City AND GPL-2.0 AND ISC\n",
        "b.py": "# SPDX-License-Identifier: GPL-2.0+ WITH Classpath-exception-2.0\n",
        "c.py": "# SPDX-License-Identifier: Apache-2.0+\n",
    },
    "files that need not say it": {
        **TEXTS,
        "LICENSE": MIT,
        "LICENSE-MIT.txt": MIT,
        "COPYING.LESSER": "x\n",
        "sub/LICENCE.md": "x\n",
        "empty.py": "",
        "bom.spdx.json": "{}\n",
        "x.spdx": "x\n",
        ".hgtags": "x\n",
        "subprojects/y/main.c": "int x;\n",
        "subprojects/own.c": "int x;\n",
        "in/LICENSES/MIT.txt": MIT,
        "in/.reuse/templates/t.jinja2": "x\n",
        "licence_of_mine": "x\n",
        "CAL-1.0.txt": "x\n",
        "a.py": HEADER,
    },
    "tags that are none": {
        **TEXTS,
        "a.h": "// SPDX-License-Identifier: BSD 3-Clause\n",
        "b.h": "// SPDX-License-Identifier: MIT OR\n",
        "c.h": "// SPDX-License-Identifier: mit\n",
        "d.h": "// SPDX-License-Identifier: MIT OR Nonsense\n",
        "e.h": "// SPDX-License-Identifier:\n",
        "f.py": '"SPDX-License-Identifier: %s"\n',
    },
    "passages to be ignored": {
        **TEXTS,
        "a.py": f"# {IGNORE}Start\n{HEADER}# {IGNORE}End\n# {NOTICE}",
        "b.py": f"# {NOTICE}# {IGNORE}Start\n{HEADER}",
        "c.py": f"# {IGNORE}Start Copyright A {IGNORE}End Copyright B\n",
        "d.py": f"# {IGNORE}End\n{HEADER}",
    },
    "encodings and ends of lines": {
        **TEXTS,
        "latin1.c": "// © 1999 José Müller, Straße\n// été\n".encode("latin-1"),
        "utf16.txt": f"{NOTICE}SPDX-License-Identifier: MIT\n".encode("utf-16"),
        "bom.cs": f"// {NOTICE}".encode("utf-8-sig"),
        "dos.bat": b"rem Copyright A\r\nrem SPDX-License-Identifier: MIT\r\n",
        "mac.txt": b"Copyright A\rSPDX-License-Identifier: CC0-1.0\r",
        "cyrillic.md": "Ключ\n© 2020 Город\n" * 200,
        "binary.bin": bytes(range(256)) * 20 + b"\nCopyright nobody\n",
    },
    "long lines": {
        **TEXTS,
        "x.js.map": MAP_LINE,
        "y.min.js": f"/*! Copyright A */{'a();' * 9_000}\n// {CC0_TAG}",
        "z.min.js": f"{'a();' * 9_000}//# {CC0_TAG}",
    },
    "nothing at all": {},
}
# REUSE-IgnoreEnd


@pytest.mark.parametrize("name", TREES)
def test_the_answers_are_those_of_reuse_lint(name: str, tmp_path: Path) -> None:
    _write(TREES[name], tmp_path)
    set_encoding_module("charset_normalizer")
    project = Project.from_directory(tmp_path)
    report = ProjectReport.generate(project, do_checksum=False, multiprocessing=False)

    found = _conformance(DictTree(TREES[name]))

    assert names_in(found) == names_by_lint(report.to_dict_lint(), tmp_path)


def test_all_of_it_in_one_tree_is_what_the_command_says(tmp_path: Path) -> None:
    files = {
        path: content
        for name in ("headers in many styles", "REUSE.toml, nested", "long lines")
        for path, content in TREES[name].items()
    }
    _write(files, tmp_path)
    (tmp_path / "link.py").symlink_to("a.py")
    _git(tmp_path, "init", "--quiet")
    lint = subprocess.run(
        [sys.executable, "-m", "reuse", "--root", str(tmp_path), "lint", "--json"],
        capture_output=True,
        check=False,
        env={**os.environ, "REUSE_ENCODING_MODULE": "charset_normalizer"},
    )

    found = _conformance(DictTree(files, symlinks={"link.py": "a.py"}))

    assert names_in(found) == names_by_lint(json.loads(lint.stdout), tmp_path)


def test_each_file_says_what_reuse_lists_for_it(tmp_path: Path) -> None:
    files = TREES["REUSE.toml, nested"]
    _write(files, tmp_path)
    project = Project.from_directory(tmp_path)
    report = ProjectReport.generate(project, do_checksum=False, multiprocessing=False)
    listed = {
        entry["path"].removeprefix("./"): (
            {(e["value"], e["source"]) for e in entry["spdx_expressions"]},
            {(c["value"], c["source"]) for c in entry["copyrights"]},
        )
        for entry in report.to_dict_lint()["files"]
    }

    found = _conformance(DictTree(files)).files

    assert listed == {
        file.path: (
            {(value, said.source) for said in file.said for value in said.licences},
            {(value, said.source) for said in file.said for value in said.copyrights},
        )
        for file in found
    }


def _conformance(tree: DictTree) -> Conformance:
    annotations = annotations_in(tree, annotating(tree))
    read = tree.scan(reading.scanner())
    files = licensed(tree, dict(read), annotations)
    return conformance(tree.entries(), files)


def _write(files: dict[str, str | bytes], root: Path) -> None:
    for path, content in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True)
