# make run and make test need nothing but make and Python 3.11 or newer; make help lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: run chat test check format eval calibrate bench kills soak lock clean help

run: $(INSTALLED)  ## the bot on Telegram, or in your browser when there is no token
	@$(BIN)/osteon

chat: $(INSTALLED)  ## a conversation in this terminal
	@$(BIN)/osteon chat

test: $(INSTALLED)  ## all tests; the first run also reads all examples, which takes a minute or two
	$(BIN)/pytest -n 2

check: $(INSTALLED)  ## format, lint, layers, types, content and intents
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/osteon check

format: $(INSTALLED)  ## put the code in shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

eval: $(INSTALLED)  ## the table of figures on the labelled questions, each fifth measured on the other four
	$(BIN)/osteon eval --folds 5 tests/questions/*.jsonl

calibrate: $(INSTALLED)  ## fit the thresholds anew, after a change of intents/; writes intents/calibration.yaml
	$(BIN)/osteon calibrate tests/questions/*.jsonl
	$(BIN)/osteon calibrate --words-alone tests/questions/*.jsonl

bench: $(INSTALLED)  ## time, memory, and right answers beside those of simpler methods
	$(BIN)/python benchmarks/latency.py
	$(BIN)/python benchmarks/inline.py
	$(BIN)/python benchmarks/crash.py
	$(BIN)/python benchmarks/updates.py
	$(BIN)/python benchmarks/matching.py
	$(BIN)/python -m benchmarks.reminders
	$(BIN)/python -m benchmarks.herd

kills: $(INSTALLED)  ## 20 kills among 2,500 reminders, on SQLite and with four workers on PostgreSQL; ten minutes
	$(BIN)/python -m benchmarks.kills

soak: $(INSTALLED)  ## 5,000 simulated lives of reminders among faults, on each kind of store; takes hours
	$(BIN)/python -m tests.simulation --seeds 5000 --store memory
	$(BIN)/python -m tests.simulation --seeds 5000 --store sqlite
	$(BIN)/python -m tests.simulation --seeds 5000 --store postgres

lock: $(INSTALLED)  ## after a change of dependencies in pyproject.toml; keeps versions that still fit
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --generate-hashes --universal --extra dev --no-emit-index-url \
		--custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

clean:  ## remove the environment, what was built and what tools remember
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis dist

help:  ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read name told; do printf '%-16s %s\n' "$$name" "$$told"; done

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Osteon needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another with: make PYTHON=python3.12")'
	@echo "Installing what Osteon needs into $(VENV); this happens once."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
