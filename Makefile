# Two commands: `make leaflets` prints everything into output/, `make test` runs the tests.
# Both install what is missing first, say what they do, and are quick the second time.
# Every version comes from the lock in requirements/ and package-lock.json, proved by its hash; `make lock` writes it anew.

NEW := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do $$name -c '$(NEW)' 2>/dev/null && { echo $$name; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
ARGOS := $(VENV)-argostranslate/bin
NEWEST := $(VENV)-newest/bin
LOCKER := $(VENV)-lock/bin
# Without CUDA; where there is no such build (macOS, Windows): make test-argostranslate TORCH=torch==2.13.0
# Torch alone has no hash: each system and Python has its own build of it, in its makers' own index, which no lock of ours can name.
TORCH ?= torch==2.13.0+cpu
PARITY = $(ARGOS)/python -m pytest -q tests/drafting/test_parity.py
PIP := -m pip install --quiet --disable-pip-version-check
# Ready-made files only: setup code of a package would bring in what no hash proves.
LOCKED := $(PIP) --require-hashes --only-binary :all: -r
# The checkout itself, with the builder of the lock, so that nothing is fetched for it.
ITSELF := $(PIP) --no-deps --no-build-isolation --editable .
# A mirror that stumbles once is asked again.
RETRY := -o Acquire::Retries=3
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

# Debian packages: fonts of all languages, and the libraries under WeasyPrint
PACKAGES := fonts-noto-core fonts-noto-cjk libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
# Real tools that `make test-all` compares with; where Debian starts nginx by itself: sudo systemctl disable --now nginx
TOOLS := gettext poppler-utils qpdf ghostscript mupdf-tools chromium libreoffice-calc nginx espeak-ng

.PHONY: leaflets draft test test-all test-long mutants test-newest test-argostranslate lint format lock bench docs reference pictures doctor setup tools clean help

leaflets: setup ## print every leaflet in every language into output/
	$(BIN)/leaflets build

draft: $(VENV)/.draft ## what `leaflets draft` needs besides: small libraries that run translation packages

test: $(VENV)/.test packages ## the tests of the code (a few minutes)
	$(BIN)/python -m pytest -q -n auto -m "not tools and not long"

test-all: $(VENV)/.tools packages tools node_modules/.ready ## and those that need real tools from outside, argostranslate among them (1.7 GB)
	$(BIN)/python -m pytest -q -n auto --dist loadfile -m "tools and not long"
	@-$(MAKE) --no-print-directory $(VENV)-argostranslate/.ready
	@if [ -e $(VENV)-argostranslate/.ready ]; then $(PARITY); \
	else echo "Skipped: argostranslate could not be installed here; it needs torch and 1.7 GB"; fi

test-long: $(VENV)/.tools packages tools node_modules/.ready ## what takes long: mutants, many kills, load; no part of CI
	$(BIN)/python -m pytest -q -n auto -o faulthandler_timeout=0 -m long
	@$(MAKE) --no-print-directory mutants

mutants: $(VENV)/.test packages ## break the rules on purpose, one small change at a time, and see that a test fails; part of test-long
	$(BIN)/python -m tests.mutants $(MODULES)

test-newest: packages python ## the checks and the quick tests with the newest versions that pyproject.toml allows
	@[ -x $(NEWEST)/python ] || $(PYTHON) -m venv $(VENV)-newest
	@$(NEWEST)/python $(PIP) --upgrade pip
	@$(NEWEST)/python $(PIP) --upgrade --upgrade-strategy eager --group build --editable '.[test,draft]'
	$(NEWEST)/leaflets extract --check
	$(NEWEST)/leaflets check
	$(NEWEST)/python -m pytest -q -n auto -m "not tools and not long"

# What looks for barriers on our pages, and the PDF viewer of Firefox
node_modules/.ready: package.json package-lock.json .npmrc
	@command -v npm >/dev/null || { $(call install,npm); }
	@npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

test-argostranslate: packages $(VENV)-argostranslate/.ready ## compare drafts with those of the real argostranslate
	$(PARITY)

$(VENV)-argostranslate/.ready: requirements/argostranslate.txt pyproject.toml
	@$(MAKE) --no-print-directory python
	@echo "Setting up argostranslate in $(VENV)-argostranslate ..."
	@rm -f $@
	@[ -x $(ARGOS)/python ] || $(PYTHON) -m venv $(VENV)-argostranslate
	@$(ARGOS)/python $(PIP) --no-deps --retries 1 --extra-index-url https://download.pytorch.org/whl/cpu '$(TORCH)'
	@$(ARGOS)/python $(LOCKED) requirements/argostranslate.txt
	@$(ARGOS)/python $(ITSELF)
	@touch $@

lock: $(VENV)-lock/.ready ## write the lock anew after a change of a range in pyproject.toml; RENEW=yes takes the newest versions
	@command -v npm >/dev/null || { $(call install,npm); }
	@requirements/lock.sh $(LOCKER)/uv $(RENEW)

$(VENV)-lock/.ready: requirements/lock.txt
	@$(MAKE) --no-print-directory python
	@[ -x $(LOCKER)/python ] || $(PYTHON) -m venv $(VENV)-lock
	@$(LOCKER)/python $(LOCKED) requirements/lock.txt
	@touch $@

lint: $(VENV)/.test packages ## linter, formatter, type checker, and the campaign's own checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/leaflets extract --check
	$(BIN)/leaflets check

format: $(VENV)/.test ## put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.test packages ## how fast the parts are, how often the checks are wrong, what sabotage they find
	@for file in tests/benchmarks/bench_*.py; do echo "== $$file"; $(BIN)/python $$file; done

docs: $(VENV)/.docs ## a website of the docs in build/docs, to read without internet
	$(BIN)/python -m docs.website

reference: $(VENV)/.ready ## write the pages of the docs that are made from the program: commands and tables
	$(BIN)/python -m docs.reference

pictures: $(VENV)/.tools packages tools ## the pictures of the docs
	$(BIN)/leaflets build
	$(BIN)/python -m docs.pictures

doctor: setup ## what this computer has and lacks
	$(BIN)/leaflets doctor

setup: $(VENV)/.ready packages

# One venv in layers: what the main job needs, and on it what developers add
$(VENV)/.ready: requirements/run.txt pyproject.toml
	@$(MAKE) --no-print-directory python
	@echo "Setting up Python in $(VENV) ..."
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python $(LOCKED) requirements/run.txt
	@$(BIN)/python $(ITSELF)
	@touch $@

$(VENV)/.docs $(VENV)/.draft $(VENV)/.test $(VENV)/.tools: $(VENV)/.%: requirements/%.txt $(VENV)/.ready
	@echo "Adding requirements/$*.txt to $(VENV) ..."
	@$(BIN)/python $(LOCKED) requirements/$*.txt
	@touch $@

.PHONY: python
python:
	@[ -n "$(PYTHON)" ] && $(PYTHON) -c '$(NEW)' || { echo "Python 3.11 or newer is needed; try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Installing python3-venv ..."; $(SUDO) apt-get $(RETRY) update -qq && $(SUDO) apt-get $(RETRY) install -y -qq python3-venv; }

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
    $(SUDO) apt-get $(RETRY) update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get $(RETRY) install -y -qq --no-install-recommends $$missing >/dev/null; fi; \
else echo "Not Debian or Ubuntu: docs/install.md says how to install $(1)"; fi
endef

clean: ## remove what was made; catalogues, leaflets and the record of what was printed stay
	@[ ! -d output ] || find output ! -type d ! -name editions.jsonl -delete
	@[ ! -d output ] || find output -mindepth 1 -type d -empty -delete
	rm -rf $(VENV) $(VENV)-newest $(VENV)-lock build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12
