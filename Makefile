# The daily commands. `make help` lists them; README.md needs only `make run` and `make test`.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV_VERSION = $(shell sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements-dev.lock)
VENV := .venv
BIN := $(VENV)/bin
# The lock holds every hash already, so a stray index or link directory of the machine is not asked.
UV := env -u PIP_FIND_LINKS -u UV_FIND_LINKS VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links
# Where Python may not keep what it has compiled, each of the many processes of a desk, and of its tests, would compile
# everything anew: more than the half of what it takes to start.
export PYTHONDONTWRITEBYTECODE :=
NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
NPM := $(NODE) npm --prefix web
WEB_SOURCES := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print 2>/dev/null)

.PHONY: help
help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

# ---- setting up ----------------------------------------------------------------------------------

.PHONY: setup
setup: $(VENV)/.installed ## create .venv with everything the lock names (instant when nothing changed)

$(BIN)/uv:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Deskbus needs Python 3.11 or newer (found: $(PYTHON)). Name one: make setup PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip' 2>/dev/null \
	  || { echo "This Python cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/.synced: $(BIN)/uv requirements-dev.lock
	$(UV) pip sync --require-hashes requirements-dev.lock
	@touch $@

# editable_mode=compat puts the root itself on the path, so that a package made later is found without a new install.
$(VENV)/.installed: $(VENV)/.synced pyproject.toml
	$(UV) pip install --quiet --no-deps --no-build-isolation --config-settings editable_mode=compat --editable .
	@touch $@

.PHONY: lock
lock: $(BIN)/uv ## resolve requirements.lock and requirements-dev.lock anew from pyproject.toml
	$(COMPILE) pyproject.toml --group services --output-file requirements.lock
	$(COMPILE) pyproject.toml --group services --group dev --constraint requirements.lock --output-file requirements-dev.lock

web/node_modules/.installed: web/package-lock.json | $(VENV)/.installed
	$(NPM) ci
	@touch $@

web/dist/.built: web/node_modules/.installed $(WEB_SOURCES)
	$(NPM) run build
	@touch $@

.PHONY: web
web: setup web/dist/.built ## build the pages (instant when nothing changed)

# ---- every day -----------------------------------------------------------------------------------

.PHONY: run
run: setup web ## start everything on this machine and print the addresses
	$(BIN)/deskbus up

.PHONY: test
test: setup web ## all that CI checks: lint, types and every test
	@$(MAKE) --no-print-directory --jobs 2 lint types pages
	@$(MAKE) --no-print-directory backend

# Tests marked `alone` measure time, so they run by themselves. Whole desks of many processes wait for each other more
# than they compute, so two at once, and nothing beside them. Those with a browser have processes of their own too: the
# browser's driver keeps an event loop there, which asynchronous tests could not live with. All others wait for servers a
# third of their time, so there are half as many more of them at once as there are cores.
AT_ONCE := $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) * 3 / 2)))
.PHONY: unit pages backend
unit: pages backend ## every test, of the services and of the pages

pages: setup web/node_modules/.installed ## the tests of the pages' own code
	$(NPM) test

backend: setup web ## the tests of the services, and of everything together in a browser
	$(BIN)/pytest -m alone
	$(BIN)/pytest -m desk -n 2 --dist worksteal
	$(BIN)/pytest -m browser -n 2 --dist worksteal
	$(BIN)/pytest -m "not alone and not desk and not browser" -n $(AT_ONCE) --dist worksteal

.PHONY: lint
lint: setup web/node_modules/.installed ## check style and the rules of architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(NPM) run lint

.PHONY: format
format: setup web/node_modules/.installed ## rewrite the code in the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(NPM) run format

.PHONY: types
types: setup web/node_modules/.installed ## check types: mypy --strict, tsc
	$(BIN)/mypy .
	$(NPM) run types

.PHONY: schemas
schemas: setup web/node_modules/.installed ## generate what is committed and made from code: schemas, AsyncAPI, OpenAPI, TypeScript, dashboards
	$(BIN)/python -m contracts.generate
	$(BIN)/python -m services.describe
	$(BIN)/python -m deploy.grafana.generate
	$(NPM) run generate

.PHONY: dashboards
dashboards: setup ## generate Grafana's dashboards and the table of metrics in docs/operations.md
	$(BIN)/python -m deploy.grafana.generate

.PHONY: secrets
secrets: ## write .env for docker compose, with passwords of its own; keeps what is there
	@deploy/secrets.sh

.PHONY: soak
soak: setup web ## kill parts at random under load, and see whether consoles and store agree all the same (long)
	$(BIN)/python -m tests.kill
	$(NODE) $(BIN)/python -m tests.agree

BENCHES := relay sockets cases start web lists
.PHONY: bench $(addprefix bench-,$(BENCHES))
bench: $(addprefix bench-,$(BENCHES)) ## measure everything beside its floor, on a quiet machine (about half an hour)

# One measurement by itself; its options: .venv/bin/python -m bench.relay --help
$(addprefix bench-,$(BENCHES)): bench-%: setup web
	$(BIN)/python -m bench.$*

.PHONY: clean
clean: ## remove what was built and installed here; data in .deskbus stays
	rm -rf $(VENV) web/dist web/node_modules *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
