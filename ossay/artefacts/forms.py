# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""In which form software is released, and what packing adds to it."""

import re
from collections.abc import Collection
from enum import StrEnum

from ossay.model.errors import OssayError


class NotAnArtefact(OssayError):
    """A file is no archive of a known form, or a damaged one."""

    status = 3


class Form(StrEnum):
    """What a released file is, told by what it holds and not by its name."""

    TAR = "tar archive"
    ZIP = "zip archive"
    SDIST = "Python source distribution"
    WHEEL = "Python wheel"
    NPM = "npm package"
    JAR = "Java archive"
    DEB = "Debian package"
    ALPINE = "Alpine package"
    ANDROID = "Android package"
    OCI = "container image (OCI)"


_BY_MARK = (
    (Form.ANDROID, re.compile(r"AndroidManifest\.xml|BundleConfig\.pb")),
    (Form.WHEEL, re.compile(r"[^/]+\.dist-info/WHEEL")),
    (Form.JAR, re.compile(r"META-INF/MANIFEST\.MF")),
    (Form.ALPINE, re.compile(r"\.PKGINFO")),
    (Form.NPM, re.compile(r"package/package\.json")),
    (Form.SDIST, re.compile(r"[^/]+/PKG-INFO")),
)
"""A path that an archive of a form has; the first that is there tells."""

_MADE = {
    Form.WHEEL: re.compile(r"[^/]+\.dist-info/"),
    Form.SDIST: re.compile(r"PKG-INFO$|(?:.*/)?[^/]+\.egg-info/"),
    Form.DEB: re.compile(r"DEBIAN/"),
    Form.JAR: re.compile(
        r"META-INF/(?:MANIFEST\.MF$|[^/]+\.(?:SF|RSA|DSA|EC)$|maven/)"
    ),
    Form.ANDROID: re.compile(r"META-INF/"),
    Form.ALPINE: re.compile(r"\.(?:PKGINFO$|SIGN\.)"),
}
"""What those that make a form write into it; no commit holds it."""


def form_of(paths: Collection[str], *, otherwise: Form) -> Form:
    """Return the form of an archive that has *paths*."""
    for form, mark in _BY_MARK:
        if any(mark.fullmatch(path) for path in paths):
            return form
    return otherwise


def is_made_by_packing(form: Form, path: str) -> bool:
    """Tell whether *path* is there because something was packed in that form."""
    made = _MADE.get(form)
    return made is not None and made.match(path) is not None
