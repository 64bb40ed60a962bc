# make lab: open JupyterLab at the tour. make test: everything the tests need, then the tests. make tour: write data/outputs/.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: lab test tour slow bench lint clean

lab: .venv/.installed
	$(BIN)/review-kit lab

tour: .venv/.installed
	$(BIN)/review-kit tour

test: .venv/.tested
	$(BIN)/python tests/need_browser.py
	$(BIN)/python -m pytest

slow: .venv/.tested
	$(BIN)/python -m pytest -m slow

lint: .venv/.tested
	$(BIN)/ruff check review_kit tests benchmarks

clean:
	rm -rf .venv data/outputs

.venv/.installed: pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "make: Python 3.11 to 3.13 is needed and $(PYTHON) was not found. On Debian: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { echo "make: Python 3.11 to 3.13 is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name another: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "make: the module venv is missing. On Debian: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/.tested: .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@
