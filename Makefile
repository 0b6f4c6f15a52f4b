# make demo   a simulated shop, its map and its pages      (ARGS="--no-serve --language en")
# make test   everything that must hold
# make bench  how fast it is, beside its peers
# make oracles   our answers beside PM4Py's, ClickHouse's, DuckDB's and Polars'   (LOGS="log.xes.gz events.csv")
# make gallery   every layout in both languages, into docs
# make lint   style, types, import directions

VENV := .venv
PYTHON := $(VENV)/bin/python
SOURCES := pyproject.toml client/package.json client/package-lock.json client/build_hook.py client/vite.config.ts \
	src/safarnama/drawing/icons.txt $(shell find client/src -type f)

.PHONY: demo test bench oracles gallery lint types clean

demo: $(VENV)/.installed
	@$(VENV)/bin/safarnama demo demo $(ARGS)

test: $(VENV)/.tested lint
	@$(PYTHON) -m pytest -n 2 $(ARGS)

bench: $(VENV)/.tested
	@$(PYTHON) -m bench $(ARGS)

oracles: $(VENV)/.tested
	@$(PYTHON) -m oracles $(LOGS)

gallery: $(VENV)/.tested
	@$(PYTHON) tools/gallery.py

lint: $(VENV)/.tested
	@$(VENV)/bin/ruff check src tests bench oracles client
	@$(VENV)/bin/ruff format --check --quiet src tests bench oracles client
	@$(VENV)/bin/mypy

$(VENV)/.installed: $(SOURCES)
	@sh tools/setup venv $(VENV)
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --editable .
	@$(PYTHON) -m safarnama.journeys.warming
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	@sh tools/setup chromium
	@sh tools/setup java
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

clean:
	rm -rf $(VENV) demo build dist .mypy_cache .ruff_cache .pytest_cache
