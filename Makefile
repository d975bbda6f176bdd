# Everything a person runs, and the same things CI runs. `make run` and `make test` are all a newcomer needs.
PYTHON ?= python3
PORT   ?= 8000
DATA   ?= $(HOME)/.fanar
EXTRAS ?=
# `make run EXTRAS=speech` adds speech. On Linux, pip's plain torch brings gigabytes of CUDA: install a CPU build of it into .venv first.
# A small language model beside the platform: `make run MODEL=small`.
MODEL  ?=

comma  := ,
VENV   := .venv
BIN    := $(VENV)/bin
# A stamp is named after what it installed, so an unchanged machine installs nothing.
STAMP   = $(VENV)/.installed-$(shell echo "$(1)" | cat - pyproject.toml constraints.txt | cksum | cut -d' ' -f1)
ADDED  := $(strip $(EXTRAS)$(if $(MODEL),$(if $(EXTRAS),$(comma))local))
BASE   := $(call STAMP,base $(ADDED))
DEV    := $(call STAMP,dev)
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Without what it depends on: of that the extra speech has all but triton, a gigabyte that only its CUDA kernels would use.
WHISPER = $(PIP) install -c constraints.txt --no-deps openai-whisper

# A machine that is told to keep no compiled modules would compile all of ours again at each start.
unexport PYTHONDONTWRITEBYTECODE

# The page is built where npm is there. A build is named after what it was made of, so an unchanged page is not built again.
PAGE   := orchestrator/web/page
BUILT  := orchestrator/web/built
MADE    = $(BUILT)/.made-$(shell cat $$(find $(PAGE) -type f -not -path '*/node_modules/*' | LC_ALL=C sort) | cksum | cut -d' ' -f1)
LOCKED  = $(PAGE)/node_modules/.locked-$(shell cksum < $(PAGE)/package-lock.json | cut -d' ' -f1)
NPM    := npm --prefix $(PAGE) --no-audit --no-fund --loglevel=error --fetch-retries=1 --fetch-timeout=20000

.PHONY: page run test test-ground test-platform test-vllm test-clients check bench clean

run: $(BASE) page ## Set up what is needed and start the platform.
	@# The first time, with the English translation where npm can fetch it; without it the platform installs the Arabic text alone.
	@[ -e "$(DATA)/fanar.db" ] || FANAR_DATA="$(DATA)" $(BIN)/fanar corpora add quran || :
ifneq ($(MODEL),)
	FANAR_DATA="$(DATA)" $(BIN)/fanar models pull $(MODEL)
endif
	@# exec keeps this shell's process, so the model ends with the platform.
	@$(if $(MODEL),FANAR_DATA="$(DATA)" $(BIN)/fanar models serve $(MODEL) --detach --while-pid $$$$ && )FANAR_DATA="$(DATA)" exec $(BIN)/fanar serve --port $(PORT)

page: ## Build the page, where npm is there; without it, or without its registry, the plain page is served.
	@[ -e "$(MADE)" ] || { command -v npm >/dev/null || { echo 'npm is not here: the plain page is served (apt-get install npm, then make page, for the full one).'; exit 0; }; \
		echo 'Building the page (once) ...'; \
		{ { [ -e "$(LOCKED)" ] || { $(NPM) ci >/dev/null && touch "$(LOCKED)"; }; } && $(NPM) run --silent build && touch "$(MADE)"; } \
		|| echo 'The page could not be built: the plain page, or the one built before, is served. make page tries again.'; }

test: $(DEV) page ## Run the whole suite with coverage, in two lanes that take as long: what people meet, and all else.
	$(BIN)/python -m coverage erase
	@$(MAKE) --no-print-directory -j2 test-ground test-platform
	$(BIN)/python -m coverage combine -q
	$(BIN)/python -m coverage report

PLATFORM := tests/unit/orchestrator tests/integration/api tests/e2e
# A lane is a core's work: threads of libraries would wait for one another, and to compile takes numba longer than to interpret.
test-ground test-platform: export OMP_NUM_THREADS := 1
test-ground test-platform: export OPENBLAS_NUM_THREADS := 1
test-ground test-platform: export NUMBA_DISABLE_JIT := 1

test-ground: $(DEV)
	$(BIN)/python -m coverage run -m pytest -q tests $(addprefix --ignore=,$(PLATFORM))

test-platform: $(DEV)
	$(BIN)/python -m coverage run -m pytest -q $(PLATFORM)

test-vllm: $(DEV) ## Run the suite against real vLLM on CPU and transformers serve; builds their environments once.
	$(BIN)/python -m pytest tests/vllm -q

test-clients: $(DEV) ## Run the suites of clients nobody here wrote, each in an environment of its own.
	$(BIN)/python -m pytest tests/clients -q

check: $(DEV) ## Lint, format, types, architecture.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/architecture

bench: $(DEV) ## Measure, and write tests/benchmarks/LEADERBOARD.md.
	$(BIN)/python -m tests.benchmarks.task $(ONLY)

clean: ## Remove what was set up here; the data folder stays.
	rm -rf $(VENV) $(BUILT) $(PAGE)/node_modules .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Fanar needs Python 3.11 or newer: set PYTHON=/path/to/python3.11'; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo 'The venv module is missing: apt-get install python3-venv'; exit 1; }
	$(PYTHON) -m venv $(VENV)
	touch $@

$(BASE): $(VENV)/.made
	@echo 'Installing Fanar (once; some minutes on a slow line) ...'
	$(PIP) install -c constraints.txt -e '.$(if $(ADDED),[$(ADDED)])'
	$(if $(findstring speech,$(ADDED)),$(WHISPER))
	touch $@

$(DEV): $(VENV)/.made
	@# The suite imports a part of all this: Python compiles that part when it does.
	$(PIP) install --no-compile -c constraints.txt -e '.[dev]'
	$(WHISPER)
	touch $@
