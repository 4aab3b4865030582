# Everything that a person, the hook and CI do is a target here; `make help` lists them.
# Needs Python >= 3.11, pip and make; each target sets up what it needs in .venv from a lock file.

.DEFAULT_GOAL := help
SHELL := /bin/sh
MAKEFLAGS += --no-builtin-rules

# The first interpreter that is new enough; `make PYTHON=…` overrides.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo $$p; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
APT_TESTS = DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes \
	--no-install-recommends libreoffice-calc-nogui fontconfig fonts-arphic-uming
INPUT ?= raw_pdfs
OUTPUT ?= output

.PHONY: help
help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- set-up -------------------------------------------------------------------------------------

# Some systems' Python comes without ensurepip; then the pip beside it installs one.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none found."; exit 1; }
	$(PYTHON) -m venv $(VENV) || { $(PYTHON) -m venv --clear --without-pip $(VENV) \
		&& $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }

$(VENV)/.run-ready: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes --no-deps -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev-ready: requirements-dev.lock $(VENV)/.run-ready
	$(PIP) install --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

# Tests open the exported workbook in a real spreadsheet program and draw Chinese in charts: root
# on Debian gets both.
$(VENV)/.office-ready: | $(BIN)/python
	@if { command -v soffice || command -v libreoffice; } >/dev/null \
		&& fc-list :lang=zh-tw 2>/dev/null | grep -q .; then touch $@; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && { $(APT_TESTS) || \
		{ apt-get update --quiet=2 && $(APT_TESTS); }; }; then touch $@; \
	else echo "LibreOffice Calc or a font with Chinese is missing: the tests that open a workbook"; \
		echo "or draw a chart will be skipped."; fi

# --- work ---------------------------------------------------------------------------------------

.PHONY: run
run: $(VENV)/.run-ready ## read the plans in raw_pdfs/ into the data set output/
	$(BIN)/planparse run $(INPUT) --out $(OUTPUT)

.PHONY: test
test: lint types schema-drift $(VENV)/.office-ready ## everything that must hold: what CI and the hook run
	$(BIN)/python -m pytest $(ARGS)

.PHONY: unit
unit: $(VENV)/.dev-ready ## the quick tests, under a minute: the commit hook; ARGS='-k name' chooses
	$(BIN)/python -m pytest -m "not slow" $(ARGS)

.PHONY: lint
lint: $(VENV)/.dev-ready ## style, format, and no words outside lexicon/
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m tests.project.lint_words

.PHONY: format
format: $(VENV)/.dev-ready ## put the format right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: types
types: $(VENV)/.dev-ready ## mypy, strict
	$(BIN)/mypy

.PHONY: check
check: $(VENV)/.dev-ready ## known plans, other producers, hard plans and scans against their truth
	PLANPARSE_OCR_ANSWERS=tests/ocr_answers $(BIN)/planparse check tests/known_plans \
		--plans raw_pdfs --jobs 2
	$(BIN)/python -m tests.corpus producers hard scans $(ARGS)

.PHONY: accept
accept: $(VENV)/.dev-ready ## add PLAN=file.pdf to the known plans, or accept what is read of it now
	$(BIN)/python -m tests.accept_known_plan "$(PLAN)"

.PHONY: corpus-changes
corpus-changes: $(VENV)/.dev-ready ## what BASE=commit and HEAD=commit (.: this tree) read differently
	$(BIN)/python -m tests.corpus --commits $(or $(BASE),HEAD) $(or $(HEAD),.) $(ARGS)

.PHONY: nightly
nightly: test fuzz soak ## all of that, fuzz, soak and a thousand plans that nobody has seen
	$(BIN)/python -m tests.unseen --seeds "$$(($$(date +%-j) * 1000)):$$(($$(date +%-j) * 1000 + 1000))"

.PHONY: census
census: $(VENV)/.dev-ready ## what the corpus needs of each decision and threshold: docs/census.md
	$(BIN)/python -m tests.census $(ARGS)

.PHONY: fuzz
fuzz: $(VENV)/.dev-ready ## 2,000 broken plans and a parser that fails, then 200 killed runs
	$(BIN)/python -m tests.fuzz $(ARGS)
	PLANPARSE_KILLS=200 $(BIN)/python -m pytest tests/batch/test_kill.py

.PHONY: soak
soak: $(VENV)/.dev-ready ## 1,000 documents: memory, throughput, what a second process gives
	$(BIN)/python -m tests.soak $(ARGS)

.PHONY: bench
bench: $(VENV)/.dev-ready ## milliseconds a page, beside MuPDF alone and other table finders
	$(BIN)/python -m bench

.PHONY: notebooks
notebooks: $(VENV)/.dev-ready ## run the notebooks on output/ and write them as pages
	PLANPARSE_OUTPUT=$(abspath $(OUTPUT)) PLANPARSE_INPUT=$(abspath $(INPUT)) \
		$(BIN)/python -m nbconvert --to html --execute --output-dir build/notebooks notebooks/*.ipynb

.PHONY: schemas
schemas: $(VENV)/.run-ready ## write schemas/ and docs/data-dictionary.md from the records' definition
	$(BIN)/planparse schema
	$(BIN)/planparse dictionary

.PHONY: schema-drift
schema-drift: $(VENV)/.run-ready
	$(BIN)/planparse schema --check
	$(BIN)/planparse dictionary --check

# --- upkeep -------------------------------------------------------------------------------------

# uv writes one lock for all systems; hashes stand in it, addresses of package indexes do not.
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --quiet \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header
.PHONY: lock
lock: $(BIN)/python ## renew both lock files
	$(PIP) install uv
	$(LOCK) --upgrade --all-extras --group build --group dev -o requirements-dev.lock
	$(LOCK) --upgrade --extra ocr --group build -c requirements-dev.lock -o requirements.lock

.PHONY: clean
clean: ## take away all that make has made, the environment and output/ as well
	rm -rf $(VENV) $(OUTPUT) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
