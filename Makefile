# make map    the main job on the sample reports: writes maps/frontline.html
# make test   everything that must hold (sets up a virtual environment and a browser by itself)
# make lint   ruff and mypy
# make accuracy   how well reading does on the labelled reports in tests/labelled
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: map test lint accuracy gazetteer clean
.DELETE_ON_ERROR:

map: $(VENV)/.installed
	$(BIN)/tracker map reports/ -o maps/frontline.html --overwrite

test: $(VENV)/.installed-test
	.ci/browser
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

gazetteer: $(VENV)/.installed-gazetteer
	$(BIN)/python gazetteer/build_places.py
	$(BIN)/python gazetteer/build_outline.py

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache

$(VENV)/.installed: pyproject.toml .ci/venv
	PYTHON="$(PYTHON)" .ci/venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.installed-%: $(VENV)/.installed pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[$*]"
	touch $@
