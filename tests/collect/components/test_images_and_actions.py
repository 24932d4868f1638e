# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Containers and builds bring components, too."""

from ossay.model.components import Scope
from tests.collect.components.cases import DIGEST, completeness, listed, purls

DOCKERFILE = f"""ARG VERSION=24
FROM --platform=$BUILDPLATFORM node:${{VERSION}}-slim AS build
FROM golang
FROM quay.io/keycloak/keycloak:26.0@{DIGEST} AS base
FROM scratch AS nothing
FROM example.org:5000/own/app:${{UNKNOWN}}
FROM base
RUN echo FROM evil
"""


def test_images_that_containers_are_built_from_are_components() -> None:
    found = listed({"docker/Dockerfile": DOCKERFILE}, toolbox=None)

    told = {c.purl: (c.name, c.version, c.scope) for c in found.components}
    keycloak = f"pkg:docker/keycloak/keycloak@{DIGEST.replace(':', '%3A')}"
    keycloak += "?repository_url=quay.io"
    app = "pkg:docker/own/app?repository_url=example.org:5000"
    assert {p.replace("%3A", ":") for p in told} == {
        "pkg:docker/library/node@24-slim",
        "pkg:docker/library/golang",
        keycloak.replace("%3A", ":"),
        app,
    }
    scopes = {name: scope for name, _, scope in told.values()}
    assert scopes["quay.io/keycloak/keycloak"] is Scope.RUNTIME
    assert scopes["golang"] is Scope.BUILD
    assert {name: version for name, version, _ in told.values()} == {
        "node": "24-slim",
        "golang": "",
        "quay.io/keycloak/keycloak": DIGEST,
        "example.org:5000/own/app": "",
    }


WORKFLOW = f"""on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4.2.0
      - uses: owner/many/inner/one@{"c" * 40}
      - uses: owner/moving@main
      - uses: ./own
      - uses: docker://alpine:3
"""


def test_actions_that_workflows_run_are_components() -> None:
    found = listed({".github/workflows/ci.yml": WORKFLOW}, toolbox=None)

    assert purls(found) == [
        "pkg:githubactions/actions/checkout@v4.2.0",
        f"pkg:githubactions/owner/many@{'c' * 40}",
        "pkg:githubactions/owner/moving",
    ]
    assert {c.scope for c in found.components} == {Scope.BUILD}
    assert completeness(found) == {"githubactions": "versions unresolved"}
