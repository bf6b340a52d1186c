# One runner. Each target makes its own virtual environment from the lock, once, on a machine that has only
# Python 3.11 or later, git and make. The lock has two files: what runs (small, what an office installs) and what tests
# (the same versions, and the tools), so that a demo downloads no linter and a deployment holds no test tool.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
RUNS := $(VENV)/.runs
TESTS := $(VENV)/.tests
LOCK := deploy/requirements.lock
LOCK_TESTS := deploy/requirements-tests.lock
PIP_TOOLS := 7.6.2
CODE := dondoc flows models policies tests

# SERVE=no ends the demo after its report; ARGS is given on to the command (make test ARGS="-k ladder").
SERVE ?= yes
# A folder of the demo's own, made anew each time; an office's data stands in .dondoc.
DEMO_HOME := .dondoc-demo
ARGS ?=
UNITS ?= 1300
OBLIGATIONS ?= 12
LETTERS ?= 10000
ROUNDS ?= 1

.PHONY: help demo test check style types contracts drift documents bench bench-reading bench-mail lock clean

help: ## say what can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)$$/make \1 \2/p' $(MAKEFILE_LIST) | awk '{printf "%s %-7s", $$1, $$2; $$1 = $$2 = ""; print}'

demo: $(RUNS) ## play a province's half-year and serve the page (SERVE=no: end there)
	rm -rf $(DEMO_HOME)
	DONDOC_HOME=$(DEMO_HOME) $(BIN)/dondoc demo $(if $(filter no,$(SERVE)),--no-serve) $(ARGS)

test: $(TESTS) ## run the tests, on SQLite and on PostgreSQL
	$(BIN)/python -m pytest -n 2 $(ARGS)

check: style types contracts drift documents test ## do everything that must hold before a change is taken

style: $(TESTS)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)

types: $(TESTS)
	$(BIN)/mypy

contracts: $(TESTS)
	$(BIN)/lint-imports

drift: $(TESTS)
	$(BIN)/python -m pytest -q tests/architecture/test_schema_drift.py

documents: $(TESTS)
	$(BIN)/python -m pytest -q tests/architecture/test_documents.py

bench: $(RUNS) ## measure the work against the bare SQL (UNITS, OBLIGATIONS)
	$(BIN)/dondoc bench cascade --units $(UNITS) --obligations $(OBLIGATIONS) $(ARGS)
	$(BIN)/dondoc bench sweep --units $(UNITS) --obligations $(OBLIGATIONS) $(ARGS)

bench-reading: $(TESTS) ## print the figures of reading: right answers on annotated documents, and speed (CORPUS=folder)
	$(BIN)/python -m tests.bench.bench_reading $(CORPUS)

bench-mail: $(TESTS) ## send 10,000 letters through a real mail server (Debian's exim4), beside a bare loop (LETTERS, ROUNDS)
	$(BIN)/python -m tests.bench.bench_mail $(LETTERS) $(ROUNDS)

clean: ## remove the environment, the caches and what was built; never .dondoc, which holds an office's data
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment -------------------------------------------------------------------------------------------------

$(RUNS): $(LOCK) pyproject.toml
	$(call install,$(LOCK))
	touch $@

$(TESTS): $(LOCK_TESTS) pyproject.toml
	$(call install,$(LOCK_TESTS))
	touch $(RUNS) $@

# The second install reads only this folder: the build tool is in the lock as well.
define install
@$(find_python); echo "Installing $(1) into $(VENV) (once)"; "$$python" -m venv $(VENV)
@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement $(1)
@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
@$(BIN)/python -m pip check --disable-pip-version-check >/dev/null
endef

define find_python
python=""; for name in $(PYTHON) python3 python3.11 python3.12 python3.13; do \
	if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$name; break; fi; \
done; \
[ -n "$$python" ] || { echo "dondoc needs Python 3.11 or later: install it, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
endef

# --- the lock: versions and hashes, from pyproject.toml, for each Python that it supports -------------------------

COMPILE = env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null $(VENV)/lock/bin/pip-compile --quiet \
	--generate-hashes --strip-extras --no-header --no-annotate --no-emit-options --allow-unsafe $(ARGS)
WANTED = $(VENV)/lock/bin/python -c 'import sys, tomllib; \
	project = tomllib.load(open("pyproject.toml", "rb")); \
	print(*project["build-system"]["requires"], *project["project"]["dependencies"], sep="\n"); \
	[print(*project["dependency-groups"][name], sep="\n") for name in sys.argv[1:]]'

lock: ## bring the lock up to pyproject.toml (ARGS=--upgrade: to the newest versions)
	@$(find_python); "$$python" -m venv $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip install --quiet --disable-pip-version-check pip-tools==$(PIP_TOOLS)
	$(WANTED) other-pythons > $(VENV)/lock/runs.in
	$(COMPILE) --output-file $(LOCK) $(VENV)/lock/runs.in
	$(WANTED) other-pythons dev > $(VENV)/lock/tests.in
	$(COMPILE) --constraint $(LOCK) --output-file $(LOCK_TESTS) $(VENV)/lock/tests.in
