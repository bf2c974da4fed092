# Everything a newcomer types. `make help` explains.

PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PORT

.DEFAULT_GOAL := help
.PHONY: help run test check bench screenshots translations lock clean

help: ## Explain every target
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/run.stamp compiled ## Set up, load the demonstration and serve it (PORT=8001 make run for another port)
	@mkdir -p instance
	@$(BIN)/python -m participation.jobs.serve --check
	@$(BIN)/flask db upgrade >/dev/null 2>instance/upgrade.log || { cat instance/upgrade.log; exit 1; }
	@echo; echo "  Sign in to the demonstration as"; $(BIN)/flask demonstration load
	@echo; echo "  Mails are not sent but written to instance/mail/"
	@exec $(BIN)/python -m participation.jobs.serve

test: $(VENV)/dev.stamp compiled ## Run every test; says what it skipped and why
	@$(BIN)/python -m pytest

check: $(VENV)/dev.stamp compiled ## Lint, types, import contracts, templates and catalogues
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/python -m pytest -q tests/test_architecture.py tests/test_translations.py

bench: $(VENV)/dev.stamp compiled ## Measure speed, memory and page weight; prints tables
	@for script in benchmarks/*.py; do PYTHONPATH=. $(BIN)/python $$script || exit 1; done

screenshots: $(VENV)/dev.stamp compiled ## Walk the citizen's way on a phone in three languages; pictures in screenshots/
	@$(BIN)/python -m tests.pictures

translations: $(VENV)/dev.stamp ## Bring every catalogue up to date with the sentences in code and templates
	@$(BIN)/pybabel -q extract -F babel.cfg -k _l -k lazy_gettext --no-wrap --omit-header --sort-by-file --add-location=file \
	    -o translations/messages.pot .
	@$(BIN)/pybabel -q update -i translations/messages.pot -d translations --no-wrap --no-fuzzy-matching \
	    --ignore-obsolete --ignore-pot-creation-date

lock: ## Choose newest versions of all dependencies again (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade \
	    --custom-compile-command "make lock" --extra postgres pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade \
	    --custom-compile-command "make lock" --extra postgres --group dev pyproject.toml -o requirements-dev.lock

clean: ## Remove the environment (not your data, which is in instance/)
	rm -rf $(VENV)

# --- what the targets above stand on -----------------------------------------------------------

$(VENV)/run.stamp: requirements.lock | $(VENV)/made.stamp
	@echo "Installing what Baraza needs ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $<
	@mkdir -p instance
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock | $(VENV)/made.stamp
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $<
	@mkdir -p instance
	@touch $@ $(VENV)/run.stamp

$(VENV)/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Baraza needs Python 3.11 or newer; this is `$(PYTHON) --version`."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	    || { echo "Python's venv is missing. Install it with: sudo apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)

.PHONY: compiled
compiled: $(CATALOGUES:.po=.mo)

%.mo: %.po | $(VENV)/run.stamp
	@$(BIN)/pybabel -q compile -i $< -o $@
