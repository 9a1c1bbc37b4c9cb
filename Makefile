# Two commands: `make leaflets` prints everything into output/, `make test` runs the tests.
# Both install what is missing first, say what they do, and are quick the second time.

NEW := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do $$name -c '$(NEW)' 2>/dev/null && { echo $$name; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
ARGOS := $(VENV)-argostranslate/bin
# Without CUDA; where there is no such build (macOS, Windows): make test-argostranslate TORCH=torch
TORCH ?= torch==2.13.0+cpu
PARITY = $(ARGOS)/python -m pytest -q tests/test_parity.py
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

# Debian packages: fonts of all 55 languages, and the libraries under WeasyPrint
PACKAGES := fonts-noto-core fonts-noto-cjk libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
# Real tools that `make test-all` compares with; where Debian starts nginx by itself: sudo systemctl disable --now nginx
TOOLS := gettext poppler-utils mupdf-tools qpdf ghostscript chromium libreoffice-calc nginx espeak-ng

.PHONY: leaflets test test-all test-argostranslate lint format bench pictures doctor setup tools clean help

leaflets: setup ## print every leaflet in every language into output/
	$(BIN)/leaflets build

test: setup ## the tests of the code (a few minutes)
	$(BIN)/python -m pytest -q -n auto -m "not tools"

test-all: setup tools node_modules/.ready ## and those that need real tools from outside, argostranslate among them (1.7 GB)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,draft,browser,dask]'
	$(BIN)/python -m pytest -q -n auto --dist loadfile -m tools
	@if $(MAKE) --no-print-directory $(VENV)-argostranslate/.ready; then $(PARITY); \
	else echo "Skipped: argostranslate could not be installed here; it needs torch and 1.7 GB"; fi

# What looks for barriers on our pages; without a lock file, which would name a registry
node_modules/.ready: package.json
	@command -v npm >/dev/null || { $(call install,npm); }
	@npm install --no-package-lock --no-audit --no-fund --silent
	@touch $@

test-argostranslate: packages $(VENV)-argostranslate/.ready ## compare drafts with those of the real argostranslate
	$(PARITY)

$(VENV)-argostranslate/.ready: pyproject.toml
	@echo "Setting up argostranslate in $(VENV)-argostranslate ..."
	@[ -x $(ARGOS)/python ] || $(PYTHON) -m venv $(VENV)-argostranslate
	@$(ARGOS)/python -m pip install --quiet --disable-pip-version-check --no-deps --retries 1 --extra-index-url https://download.pytorch.org/whl/cpu '$(TORCH)'
	@$(ARGOS)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,draft,argostranslate]'
	@touch $@

lint: setup ## linter, formatter, type checker, and the campaign's own checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/leaflets extract --check
	$(BIN)/leaflets check

format: setup ## put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## how fast the parts are, how often the checks are wrong, what sabotage they find
	@for file in tests/benchmarks/bench_*.py; do echo "== $$file"; $(BIN)/python $$file; done

pictures: setup tools ## the pictures of the README
	$(BIN)/leaflets build
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[browser]'
	$(BIN)/python -m docs.pictures

doctor: setup ## what this computer has and lacks
	$(BIN)/leaflets doctor

setup: $(VENV)/.ready packages

$(VENV)/.ready: pyproject.toml Makefile
	@echo "Setting up Python in $(VENV) ..."
	@[ -n "$(PYTHON)" ] && $(PYTHON) -c '$(NEW)' || { echo "Python 3.11 or newer is needed; try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Installing python3-venv ..."; $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3-venv; }
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,draft]'
	@touch $@

.PHONY: packages
packages:
	@$(call install,$(PACKAGES))

tools:
	@$(call install,$(TOOLS))

# Install the packages that are missing, if this is Debian or Ubuntu; elsewhere say what is needed.
define install
if command -v dpkg-query >/dev/null; then \
  missing=$$(for package in $(1); do dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || echo $$package; done); \
  if [ -n "$$missing" ]; then echo "Installing" $$missing "..."; \
    $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi; \
else echo "Not Debian or Ubuntu: README.md, \"macOS and Windows\", says how to install $(1)"; fi
endef

clean: ## remove what was made; catalogues, leaflets and the record of what was printed stay
	@[ ! -d output ] || find output -mindepth 1 ! -path output/editions.jsonl -delete
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12
