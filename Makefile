# One word per task; `make nightly` and `make test` set everything up first where it is missing.
PYTHON ?= python3
BIN := .venv/bin
HOME_FOLDER := $(or $(SAMTALER_HOME),data)

.PHONY: setup nightly test test-all lint format ui bench lock clean

setup: .venv/ready

.venv/ready: requirements.lock pyproject.toml
	@echo "Sætter op i .venv (et par minutter første gang)"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

nightly: setup
	@test -n "$$(ls -A "$(HOME_FOLDER)/landing" 2>/dev/null)" || $(BIN)/samtaler demo
	$(BIN)/samtaler nightly

test: setup
	$(BIN)/python -m pytest -n 2 -m "not slow"

test-all: setup
	$(BIN)/python -m pytest -n 2

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --processes 2 sql

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

ui: setup
	$(BIN)/samtaler ui

# 1 million meetings once. On a quiet machine, with hours to spare:
#   .venv/bin/python -m benchmarks.race --meetings 1000000 10000000 50000000 --rounds 3
bench: setup .venv-race/ready
	$(BIN)/python -m benchmarks.race
	$(BIN)/python -m proof.page

# What the other contestants of the race run on, in an environment of their own.
.venv-race/ready: benchmarks/race/requirements.lock
	$(PYTHON) -m venv .venv-race
	.venv-race/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

# Needs uv; names and hashes only, never where a package came from.
lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-strip-extras --no-annotate --no-header --no-emit-index-url --no-emit-find-links \
	  --quiet --output-file requirements.lock
	uv pip compile benchmarks/race/requirements.in --universal --python-version 3.11 \
	  --generate-hashes --no-strip-extras --no-annotate --no-header --no-emit-index-url \
	  --no-emit-find-links --quiet --output-file benchmarks/race/requirements.lock

clean:
	rm -rf .venv .venv-race .pytest_cache .mypy_cache .ruff_cache .hypothesis
