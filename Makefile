# make run and make test need nothing but make and Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: run chat test check format eval bench lock clean

run: $(INSTALLED)  ## the bot on Telegram, or in this terminal when there is no token
	@$(BIN)/osteon

chat: $(INSTALLED)  ## a conversation in this terminal
	@$(BIN)/osteon chat

test: $(INSTALLED)
	$(BIN)/pytest -n 2

check: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/osteon check

format: $(INSTALLED)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

eval: $(INSTALLED)  ## the table of numbers on the labelled questions
	$(BIN)/osteon eval tests/questions/*.jsonl

bench: $(INSTALLED)
	$(BIN)/python benchmarks/latency.py

lock: $(INSTALLED)  ## after a change of dependencies in pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --generate-hashes --universal --extra dev --no-emit-index-url \
		--custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Osteon needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another with: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
