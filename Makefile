# One word per task; `make nightly` and `make test` set everything up first where it is missing.
PYTHON ?= python3
BIN := .venv/bin
PROOF_BIN := .venv-proof/bin
HOME_FOLDER := $(or $(SAMTALER_HOME),data)

.PHONY: setup setup-proof nightly test test-all lint format ui bench faults hostile attacks privacy spark production lock clean

setup: .venv/ready

.venv/ready: requirements.lock pyproject.toml
	@echo "Sætter op i .venv (et par minutter første gang)"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# What proofs and production need beside it: Spark, PostgreSQL's driver. In a place of its own, for
# Spark alone is half a gigabyte.
setup-proof: .venv-proof/ready

.venv-proof/ready: requirements.lock requirements-proof.lock pyproject.toml
	@echo "Sætter op i .venv-proof (nogle minutter første gang)"
	$(PYTHON) -m venv .venv-proof
	$(PROOF_BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
	  -r requirements.lock -r requirements-proof.lock
	$(PROOF_BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

nightly: setup
	@test -n "$$(ls -A "$(HOME_FOLDER)/landing" 2>/dev/null)" || $(BIN)/samtaler demo
	$(BIN)/samtaler nightly

test: setup
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow"

test-all: setup
	$(BIN)/python -m pytest -n 2 --dist worksteal

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
	$(BIN)/python -m benchmarks.orchestration
	$(BIN)/python -m proof.page

# What the other contestants of the race run on, in an environment of their own.
.venv-race/ready: benchmarks/race/requirements.lock
	$(PYTHON) -m venv .venv-race
	.venv-race/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

spark: setup-proof
	$(PROOF_BIN)/python -m proof.spark

production: setup-proof
	$(PROOF_BIN)/python -m proof.production

# Goes on where the last run stopped (var/faults/campaign.jsonl): make faults KILLS=2000 MINUTES=120
faults: setup
	$(BIN)/python -m proof.faults --kills $(or $(KILLS),1000) --minutes $(or $(MINUTES),60)
	$(BIN)/python -m proof.page

# What a delivery at its worst does, and what an auditor's SQL can reach; both write docs/proof.md.
hostile: setup
	$(BIN)/python -m proof.hostile
	$(BIN)/python -m proof.page

attacks: setup
	$(BIN)/python -m proof.attacks
	$(BIN)/python -m proof.page

privacy: setup
	$(BIN)/python -m proof.privacy
	$(BIN)/python -m proof.page

# Needs uv; names and hashes only, never where a package came from.
lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-strip-extras --no-annotate --no-header --no-emit-index-url --no-emit-find-links \
	  --quiet --output-file requirements.lock
	uv pip compile pyproject.toml --extra spark --extra production --universal \
	  --python-version 3.11 --generate-hashes --constraint requirements.lock \
	  $$(sed -n 's/^\([a-z0-9._-]*\).*==.*/--no-emit-package \1/p' requirements.lock) \
	  --no-strip-extras --no-annotate --no-header --no-emit-index-url --no-emit-find-links \
	  --quiet --output-file requirements-proof.lock

	uv pip compile benchmarks/race/requirements.in --universal --python-version 3.11 \
	  --generate-hashes --no-strip-extras --no-annotate --no-header --no-emit-index-url \
	  --no-emit-find-links --quiet --output-file benchmarks/race/requirements.lock

clean:
	rm -rf .venv .venv-proof .venv-race .pytest_cache .mypy_cache .ruff_cache .hypothesis
