# make map    the main job on the sample reports: writes maps/frontline.html
# make test   everything that must hold (sets up a virtual environment, a browser and PostGIS by itself)
# make lint   ruff and mypy
# make accuracy   how well reading does on tests/labelled, and on GOLD=FILE
# make docs       the documentation, into site/
# make gallery    maps/index.html: four maps of the war and their pictures
# make picture    the README's picture of the page
# make qgis   opens an export in QGIS itself (installed if it is not there) and draws docs/qgis.png
# make gazetteer  build the tables of places again
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: map test lint accuracy docs gallery picture qgis gazetteer clean
.DELETE_ON_ERROR:

map: $(VENV)/.installed
	$(BIN)/tracker map reports/ --areas -o maps/frontline.html --overwrite

test: $(VENV)/.installed-test
	.ci/browser
	.ci/postgis
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(VENV)/.installed-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

LABELLED := $(sort $(wildcard tests/labelled/*.jsonl))

accuracy: $(VENV)/.installed
	@for set in $(LABELLED) $(GOLD); do \
		echo "$$set"; $(BIN)/tracker score "$$set" || exit 1; echo; \
	done

docs: $(VENV)/.installed-docs
	$(BIN)/python docs/make_reference.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet -f docs/mkdocs.yml
	@echo "open site/index.html in a browser"

gallery: $(VENV)/.installed
	$(BIN)/python maps/make_gallery.py

picture: $(VENV)/.installed-test map
	.ci/browser
	$(BIN)/python maps/make_picture.py

qgis: $(VENV)/.installed-postgis
	.ci/postgis
	mkdir -p build/qgis docs
	for ending in gpkg kml geojson fgb csv; do \
		$(BIN)/tracker export reports/ -o build/qgis/war.$$ending --every week --overwrite || exit 1; \
	done
	python=$$(.ci/qgis) && QT_QPA_PLATFORM=offscreen \
		$(BIN)/python tests/qgis/run.py $$python build/qgis/war.gpkg docs/qgis.png

gazetteer: $(VENV)/.installed-gazetteer
	$(BIN)/python gazetteer/build_places.py
	$(BIN)/python gazetteer/build_outline.py

clean:
	rm -rf $(VENV) build dist site .pytest_cache .mypy_cache .ruff_cache

$(VENV)/.installed: pyproject.toml .ci/venv
	PYTHON="$(PYTHON)" .ci/venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.installed-%: $(VENV)/.installed pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[$*]"
	touch $@
