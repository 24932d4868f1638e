# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2

PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: assess engine pages check test bench docs lock clean

# Assess REPO (an address or a path; ossay itself by default) and say where the memo is.
# With LIGHT=--light no licence engine and no browser is installed or started.
assess: .venv/assess
	@$(if $(LIGHT),,$(MAKE) -s engine OPTIONAL=--optional)
	@$(if $(LIGHT),,$(if $(BROWSER),$(MAKE) -s pages))
	@$(BIN)/ossay assess $(or $(REPO),.) --out $(or $(OUT),memo) $(LIGHT)

# ScanCode in an environment of its own. Where it cannot be, one sentence says why.
engine: .engine/ready

.engine/ready: engine/install.py engine/requirements.lock engine/index.py engine/recognition.py engine/selection.py engine/sequences.py engine/shortcuts.py engine/selftest.json | $(BIN)/python
	@$(BIN)/python engine/install.py $(OPTIONAL) .engine

# What speaks to the system's browser; `make assess` wants it where there is one.
BROWSER := $(wildcard /usr/lib/chromium/chromium /usr/lib64/chromium-browser/chromium-browser /usr/lib/chromium-browser/chromium-browser)
pages: .venv/pages

check: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/reuse lint
	$(BIN)/ossay policy check
	$(BIN)/python docs/pages.py --check

test: .venv/dev
	@$(MAKE) -s engine OPTIONAL=--optional
	$(BIN)/python -m pytest

bench: .venv/dev
	$(BIN)/python -m benchmarks $(REPOS)

docs: .venv/dev
	$(BIN)/python docs/pages.py

$(BIN)/python:
	@$(PYTHON) -m venv .venv

# A stamp says which lock the environment was filled from; make compares dates.
# With -P no module is taken from the folder that ossay is called in: it is a stranger's.
.venv/assess: requirements.lock pyproject.toml Makefile | $(BIN)/python
	@$(BIN)/pip install -q --require-hashes -r requirements.lock
	@$(BIN)/python -m compileall -q ossay
	@echo "$(CURDIR)" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/ossay.pth"
	@printf '#!/bin/sh\nexec "%s/.venv/bin/python" -P -m ossay "$$@"\n' "$(CURDIR)" > $(BIN)/ossay
	@chmod +x $(BIN)/ossay
	@touch $@

.venv/pages: .venv/assess requirements-pages.lock
	@$(BIN)/pip install -q --require-hashes -r requirements-pages.lock
	@touch $@

.venv/dev: .venv/assess requirements-dev.lock
	@$(BIN)/pip install -q --require-hashes -r requirements-dev.lock
	@touch $@

# Locks carry hashes and no index address. Needs uv.
LOCK := uv pip compile -q pyproject.toml --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11
lock:
	$(LOCK) --extra server --extra scanners --extra pages --group dev -o requirements-dev.lock
	$(LOCK) --extra server --extra scanners -c requirements-dev.lock -o requirements-server.lock
	$(LOCK) --extra scanners -c requirements-dev.lock -o requirements.lock
	$(LOCK) --extra scanners --extra pages -c requirements-dev.lock -o requirements-pages.lock
	$(subst pyproject.toml,engine/requirements.in,$(LOCK)) -o engine/requirements.lock

clean:
	rm -rf .venv .engine memo dist build
