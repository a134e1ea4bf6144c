"""DuckDB opens exports as they are: all rows, all fields, every shape.

Its spatial extension comes as a package, not for every machine: without it DuckDB reads GeoParquet
alone.
"""

import importlib.util
from pathlib import Path

import duckdb
import pandas
import pytest
import shapely
from test_export_formats import FRAMES, KINDS, export

SPATIAL = importlib.util.find_spec("duckdb_extension_spatial")
READ = {".parquet": "read_parquet('{path}')"}
if SPATIAL:
    READ |= {
        ".gpkg": "ST_Read('{path}', layer='{layer}')",
        ".geojson": "ST_Read('{path}')",
        ".fgb": "ST_Read('{path}')",
    }
ROUNDED = 1e-6
"""Degrees: what GeoJSON's decimals leave out at most."""


@pytest.fixture(scope="module")
def duck():
    with duckdb.connect() as base:
        if SPATIAL:
            [folder] = SPATIAL.submodule_search_locations
            [extension] = Path(folder).rglob("spatial.duckdb_extension")
            base.execute(f"LOAD '{extension}'")
        yield base


def opened(duck, path, layer):
    """The rows of a layer as DuckDB gives them, a dictionary each."""
    source = READ[path.suffix].format(path=path, layer=layer)
    found = duck.execute(f"SELECT * FROM {source}")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize("ending", READ)
@pytest.mark.parametrize("layer", KINDS)
def test_every_row_comes_back_with_its_fields_and_its_shape(tmp_path, duck, layer, ending):
    kind, meant = KINDS[layer], FRAMES[layer]
    if ending == ".fgb":
        # GDAL's reader by columns, which DuckDB has inside, breaks on rows without a position.
        meant = meant[meant.geometry.notna()]
    path = export(tmp_path, ending, {layer: meant})[layer]
    found = sorted(opened(duck, path, layer), key=lambda row: place(shape(row)))
    wanted = sorted(meant.to_dict("records"), key=lambda row: place(row["geometry"]))
    for got, row in zip(found, wanted, strict=True):
        assert set(kind.names) <= set(got)
        assert same_shape(shape(got), row["geometry"])
        for field in kind.fields:
            if field.kind == "text":
                assert got[field.name] == row[field.name]
            elif field.kind == "day":
                assert day(got[field.name]) == day(row[field.name])


def shape(row):
    wkb = row.get("geom", row.get("geometry"))
    return None if wkb is None else shapely.from_wkb(bytes(wkb))


def same_shape(got, meant):
    if meant is None:
        return got is None
    return shapely.equals_exact(got.normalize(), meant.normalize(), ROUNDED)


def day(value):
    return None if value is None or value is pandas.NaT else (value.year, value.month, value.day)


def place(shape):
    """Where a shape begins: a spatial index puts rows into an order of its own."""
    return -999.0 if shape is None else shape.bounds[0]
