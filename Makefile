# What is done with the tool, each in one word. `make` alone lists it. Nothing needs doing by hand beforehand but
# Python 3.11 or later, and for the browser tests a Debian system to install Chromium on.

.DEFAULT_GOAL := help
.PHONY: help run demo test check bench soak

# A fresh virtual environment is made by this Python.
PYTHON3 ?= python3
PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)

# Written when what is in them has been installed, so that it is installed once.
TO_RUN := .venv/installed-to-run
TO_TEST := .venv/installed-to-test

CHILDREN ?= 200
SEED ?= 7

help: ## List what there is
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: $(TO_RUN) $(if $(MACE_DATABASE),,var/mace.duckdb) ## Start the tool in the browser, with made-up children unless MACE_DATABASE names a database
	@test -n "$(MACE_DATABASE)" || test ! -f var/demo-accounts.txt || cat var/demo-accounts.txt
	$(PYTHON) -m streamlit run server.py $(if $(CI),--server.headless true) $(if $(PORT),--server.port $(PORT))

demo: $(TO_RUN) ## Fill an empty database with made-up children (CHILDREN=200 SEED=7)
	$(PYTHON) -m data demo --children $(CHILDREN) --seed $(SEED)

test: $(TO_TEST) | /usr/bin/chromium ## Run every test, the browser's too
	$(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: $(TO_TEST) ## Check format, lint, types and the guide to the forms, and report all that fails
	@failed=0; \
	check() { echo "$$*"; $(PYTHON) -m "$$@" || failed=1; }; \
	check ruff format --check .; \
	check ruff check .; \
	check mypy .; \
	check forms.guide --check; \
	exit $$failed

bench: $(TO_TEST) | /usr/bin/chromium ## Measure, and print ratios as JSON
	@$(PYTHON) -m tests.bench

soak: $(TO_TEST) ## Kill the tool hundreds of times, flip thousands of bytes, let fifty type at once; look for what was lost
	$(PYTHON) -m pytest -s tests/soak/many_kills.py tests/soak/many_people.py tests/soak/flipped_bytes.py tests/soak/damaged_workbooks.py

$(TO_RUN): requirements.txt
	test -x $(PYTHON) || $(PYTHON3) -m venv .venv
	$(PIP) -r requirements.txt
	@touch $@

$(TO_TEST): $(TO_RUN) tests/requirements.txt
	$(PIP) -r tests/requirements.txt
	@touch $@

/usr/bin/chromium:
	$(SUDO) apt-get update
	$(SUDO) apt-get install --yes --no-install-recommends chromium

# Made in a folder of its own and moved when complete, so that what was broken off is never taken for a database.
var/mace.duckdb: | $(TO_RUN)
	@echo "Making a database of made-up children …"
	@rm -rf var/unfinished && mkdir -p -m 700 var/unfinished
	@MACE_DATABASE=var/unfinished/mace.duckdb $(PYTHON) -m data demo --passwords-to var/unfinished/demo-accounts.txt > /dev/null
	@chmod 600 var/unfinished/* && mv var/unfinished/* var/ && rmdir var/unfinished
