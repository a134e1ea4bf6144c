"""Each format of an export gives back every row and every field, as the table of formats says."""

import csv
import json
import sqlite3
import xml.etree.ElementTree as ElementTree
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import geopandas
import pandas
import psycopg
import pyogrio
import pytest
import shapely
from geopandas.testing import assert_geoseries_equal
from pyarrow import parquet

from tracker.errors import LedgerError, OutputExistsError
from tracker.export.dictionary import layer_kinds
from tracker.export.files import FIELDS, PROJECT, export_paths, export_writers
from tracker.export.formats import FORMATS, formats_markdown
from tracker.export.layers import shaped
from tracker.export.postgis import write_postgis
from tracker.export.qgis import HIDDEN, Project
from tracker.export.target import write_files
from tracker.resources import load_war

KINDS = layer_kinds()
FILES = [one for one in FORMATS if one.ending.startswith(".")]
NASTY = "=1+1 <b>&amp; \"x\", 'Ізюм'\n]]> \u2028 \u0301 | {0}"
HOLE = shapely.Polygon(
    [(36, 48), (36, 49), (37, 49), (37, 48)],
    [[(36.2, 48.2), (36.4, 48.2), (36.4, 48.4), (36.2, 48.4)]],
)
SHAPES = {
    "Point": [shapely.Point(36.1234567, 48.7654321), None, shapely.Point(-0.0000001, 50)],
    "MultiLineString": [
        shapely.LineString([(36, 48), (36.5, 48.5), (37, 48)]),
        shapely.MultiLineString([[(1, 1), (2, 2)], [(3, 3), (4, 4)]]),
        shapely.LineString([(30, 50), (31, 51)]),
    ],
    "MultiPolygon": [
        HOLE,
        shapely.MultiPolygon([HOLE, shapely.box(30, 50, 31, 51)]),
        shapely.box(22, 44, 40, 52),
    ],
}
VALUES = {
    "text": [NASTY, "", "plain"],
    "day": [pandas.Timestamp("2022-09-10"), pandas.NaT, pandas.Timestamp("1991-08-24")],
    "number": [0.1 + 0.2, float("nan"), -7.0],
    "integer": [1_500_000_000, 0, -1],
    "yes/no": [True, False, True],
}


def frame(kind):
    table = {field.name: pandas.Series(VALUES[field.kind]) for field in kind.fields}
    return shaped(geopandas.GeoDataFrame(table, geometry=SHAPES[kind.shape], crs=4326), kind)


FRAMES = {name: frame(kind) for name, kind in KINDS.items()}


def project(name):
    days = (date(2022, 9, 1), date(2022, 10, 20), "week")
    return Project(name, load_war(), tuple(FRAMES), (22, 44, 40, 52), *days)


def export(folder, ending, frames=FRAMES):
    """The paths of an export, by layer."""
    paths = export_paths(folder / f"war{ending}", list(frames))
    write_files(export_writers(frames, paths, project("war")))
    return paths


def read(path, layer, ending):
    """What the format's usual reader gives; warnings are errors."""
    if ending == ".parquet":
        return geopandas.read_parquet(path)
    named = {"layer": layer} if ending in (".gpkg", ".kml") else {}
    found = pyogrio.read_dataframe(path, **named)
    return _in_order(found, layer) if ending == ".fgb" and len(found) else found


def _in_order(found, layer):
    """A spatial index puts the rows into an order of its own."""
    areas = found.geometry.map(lambda s: -1.0 if s is None else s.bounds[0])
    meant = [-1.0 if s is None else s.bounds[0] for s in FRAMES[layer].geometry]
    order = [areas.tolist().index(value) for value in meant]
    return found.iloc[order].reset_index(drop=True)


def same(got, meant, kind, one):
    """Whether a value came back as the table of formats says."""
    missing = meant != meant or meant is pandas.NaT
    if missing:
        return got == "" if one.missing == "empty" else pandas.isna(got)
    if kind == "day":
        if one.day == "text":
            return got == str(meant)[:10]
        return got == (meant.tz_localize("UTC") if one.day == "time, UTC" else meant)
    if kind == "yes/no":
        return got == (str(meant).lower() if one.yes_no == "text" else meant)
    if kind in ("number", "integer"):
        return float(got) == pytest.approx(meant, abs=1e-6 if one.number == "text" else 0)
    if one.ending == ".csv" and meant == NASTY:
        return got == f"'{meant}"
    return got == meant


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("one", FILES, ids=lambda one: one.name)
@pytest.mark.parametrize("layer", KINDS)
def test_every_row_and_every_field_comes_back(tmp_path, one, layer):
    paths = export(tmp_path, one.ending)
    kind, meant = KINDS[layer], FRAMES[layer]
    assert (len({p for k, p in paths.items() if k in KINDS}) == 1) == (one.layers == "all")
    found = read(paths[layer], layer, one.ending)
    assert len(found) == len(meant)
    assert set(kind.names) <= set(found.columns)
    for field in kind.fields:
        for got, value in zip(found[field.name], meant[field.name], strict=True):
            assert same(got, value, field.kind, one), (field.name, got, value)


@pytest.mark.parametrize("one", FILES, ids=lambda one: one.name)
@pytest.mark.parametrize("layer", KINDS)
def test_shapes_come_back_and_rows_without_a_position_stay(tmp_path, one, layer):
    found = read(export(tmp_path, one.ending)[layer], layer, one.ending)
    meant = FRAMES[layer].geometry
    if one.ending == ".csv" and KINDS[layer].shape == "Point":
        points = geopandas.points_from_xy(
            pandas.to_numeric(found["lon"]), pandas.to_numeric(found["lat"]), crs=4326
        )
        points[found["lon"] == ""] = None
        found = geopandas.GeoDataFrame(geometry=points)
    shapes = geopandas.GeoSeries(found.geometry.to_numpy(), crs=4326)
    if one.precise == "exact":
        assert_geoseries_equal(shapes, meant, check_less_precise=False)
        return
    for got, value in zip(shapes, meant, strict=True):
        assert (got is None) == (value is None)
        if value is not None:
            alike = zip(shapely.get_parts(got), shapely.get_parts(value), strict=True)
            assert all(a.normalize().equals_exact(b.normalize(), 0.6e-6) for a, b in alike)


@pytest.mark.parametrize("ending", [one.ending for one in FILES])
def test_the_same_layers_give_the_same_bytes(tmp_path, ending):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    for key, path in export(tmp_path / "a", ending).items():
        assert path.read_bytes() == export_again(tmp_path / "b", ending)[key].read_bytes()


def export_again(folder, ending):
    for path in folder.iterdir():
        path.unlink()
    return export(folder, ending)


@pytest.mark.parametrize("ending", [one.ending for one in FILES])
def test_layers_without_rows_are_written_too(tmp_path, ending):
    empty = {name: one.iloc[:0] for name, one in FRAMES.items()}
    paths = export(tmp_path, ending, empty)
    for layer, kind in KINDS.items():
        found = read(paths[layer], layer, ending)
        assert len(found) == 0
        # Without a row GeoJSON has no fields, and GDAL reads none of a KML.
        assert ending in (".geojson", ".kml") or set(kind.names) <= set(found.columns)


def test_geojson_is_of_the_rfc(tmp_path):
    paths = export(tmp_path, ".geojson")
    for layer in KINDS:
        text = paths[layer].read_text("utf-8")
        data = json.loads(text)
        assert (data["type"], data["name"]) == ("FeatureCollection", layer)
        assert "crs" not in data
        assert "<b>" not in text
        for feature in data["features"]:
            assert set(feature) == {"type", "properties", "geometry"}
    areas = json.loads(paths["areas"].read_text("utf-8"))["features"]
    for feature in areas:
        for outer, *holes in feature["geometry"]["coordinates"]:
            assert shapely.LinearRing(outer).is_ccw
            assert not any(shapely.LinearRing(hole).is_ccw for hole in holes)
    [point, nowhere, west] = json.loads(paths["claims"].read_text("utf-8"))["features"]
    assert point["geometry"]["coordinates"] == [36.123457, 48.765432]
    assert nowhere["geometry"] is None
    assert str(west["geometry"]["coordinates"]) == "[0.0, 50.0]"
    assert point["properties"]["date_to"] == "2022-09-10"
    assert nowhere["properties"]["date_to"] is None


def test_a_geopackage_has_typed_times_indexes_symbols_and_meanings(tmp_path):
    path = export(tmp_path, ".gpkg")["areas"]
    base = sqlite3.connect(path)

    def rows(sql):
        return base.execute(sql).fetchall()

    assert rows("PRAGMA integrity_check") == [("ok",)]
    for name, kind in KINDS.items():
        types = {column[1]: column[2] for column in rows(f"PRAGMA table_info({name})")}
        assert {types[day] for day in kind.days} == {"DATETIME"}
        assert types["geom"] == kind.shape.upper()
        days = rows(f'SELECT "{kind.end}" FROM {name} ORDER BY fid')
        assert days == [("2022-09-10T00:00:00.000Z",), (None,), ("1991-08-24T00:00:00.000Z",)]
        indexed = [r[2] for r in rows(f"PRAGMA index_info({name}_time)")]
        assert indexed == list(dict.fromkeys((kind.start, kind.end)))
        [(style, default)] = rows(
            f"SELECT styleQML, useAsDefault FROM layer_styles WHERE f_table_name = '{name}'"
        )
        assert default == 1
        assert ElementTree.fromstring(style.partition("\n")[2]).find("renderer-v2") is not None
        told = dict(
            rows(
                f"SELECT column_name, description FROM gpkg_data_columns WHERE table_name='{name}'"
            )
        )
        assert told == {field.name: field.meaning for field in kind.fields}
        index = rows(f"SELECT count(*) FROM rtree_{name}_geom")
        assert index == [(sum(shape is not None for shape in FRAMES[name].geometry),)]
    listed = {name for (name,) in rows("SELECT table_name FROM gpkg_contents")}
    assert listed == {*KINDS, "layer_styles", "qgis_projects"}


def test_the_project_beside_a_geopackage_is_the_one_inside(tmp_path):
    paths = export(tmp_path, ".gpkg")
    [(name, content)] = sqlite3.connect(paths["areas"]).execute(
        "SELECT name, content FROM qgis_projects"
    )
    with zipfile.ZipFile(BytesIO(bytes.fromhex(content))) as packed:
        [member] = packed.namelist()
        inside = packed.read(member)
    assert (name, member) == ("war", "war.qgs")
    assert inside == paths[PROJECT].read_bytes()


def test_each_layer_of_a_project_is_on_the_time_axis(tmp_path):
    text = export(tmp_path, ".gpkg")[PROJECT].read_text("utf-8")
    root = ElementTree.fromstring(text.partition("\n")[2])
    layers = {one.findtext("id").removeprefix("tracker_"): one for one in root.iter("maplayer")}
    assert set(layers) == set(KINDS)
    for name, one in layers.items():
        time = one.find("temporal")
        assert (time.get("enabled"), time.get("limitMode")) == ("1", "0")
        assert (time.get("startField"), time.get("endField")) == (
            KINDS[name].start,
            KINDS[name].end,
        )
        assert one.findtext("datasource") == f"./war.gpkg|layername={name}"
    span = root.find("ProjectTimeSettings/TemporalRange")
    assert (span.findtext("start"), span.findtext("end")) == (
        "2022-09-01T00:00:00Z",
        "2022-10-20T00:00:00Z",
    )
    shown = {node.get("id"): node.get("checked") for node in root.iter("layer-tree-layer")}
    hidden = {f"tracker_{name}" for name in HIDDEN}
    assert {name for name, checked in shown.items() if checked == "Qt::Unchecked"} == hidden


def test_a_name_of_a_project_cannot_break_its_xml(tmp_path):
    name = 'a "b" <c> & d'
    text = project(name).text(f"{name}.gpkg")
    root = ElementTree.fromstring(text.partition("\n")[2])
    assert root.findtext("title") == name
    assert next(root.iter("datasource")).text.startswith(f"./{name}.gpkg|layername=")


def test_geoparquet_says_what_it_is(tmp_path):
    schema = parquet.read_schema(export(tmp_path, ".parquet")["areas"])
    geo = json.loads(schema.metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    assert (geo["version"], column["encoding"]) == ("1.1.0", "WKB")
    assert column["geometry_types"] == ["MultiPolygon"]
    assert column["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    assert schema.field("km2").metadata == {b"description": b"area in square kilometres"}
    assert json.loads(schema.metadata[b"tracker"])["tracker export"] == "areas"


def test_flatgeobuf_has_an_index_unless_a_row_has_no_position(tmp_path):
    paths = export(tmp_path, ".fgb")
    fast = {n: pyogrio.read_info(paths[n])["capabilities"]["fast_spatial_filter"] for n in KINDS}
    pointed = {n: not frame.geometry.isna().any() for n, frame in FRAMES.items()}
    assert fast == pointed
    assert (
        "date_to (day): last day"
        in pyogrio.read_info(paths["claims"])["layer_metadata"]["DESCRIPTION"]
    )


def test_kml_has_a_span_of_time_for_each_row(tmp_path):
    root = ElementTree.parse(export(tmp_path, ".kml")["areas"]).getroot()
    space = {"k": "http://www.opengis.net/kml/2.2"}
    spans = {}
    for folder in root.iterfind(".//k:Folder", space):
        spans[folder.findtext("k:name", None, space)] = [
            None
            if (span := mark.find("k:TimeSpan", space)) is None
            else (span.findtext("k:begin", None, space), span.findtext("k:end", None, space))
            for mark in folder.iterfind("k:Placemark", space)
        ]
    begun, ended = "2022-09-10T00:00:00Z", "1991-08-24T00:00:00Z"
    held = [(begun, begun), None, (ended, ended)]
    told = [(begun, "2022-09-11T00:00:00Z"), None, (ended, "1991-08-25T00:00:00Z")]
    assert spans == {name: told if k.end_included else held for name, k in KINDS.items()}
    assert "http:" not in Path(tmp_path / "war.kml").read_text("utf-8").replace(space["k"], "")


def test_a_csv_has_a_line_for_each_row_and_no_formula(tmp_path):
    with export(tmp_path, ".csv")["areas"].open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 3
    assert rows[0]["holder"] == f"'{NASTY}"
    assert rows[0]["WKT"].startswith("MULTIPOLYGON (((36 48, 37 48, 37 49, 36 49, 36 48), (36.2 4")


def test_postgis_holds_every_field_typed_with_a_spatial_index(postgis):

    write_postgis(FRAMES, postgis)
    address, _, schema = postgis.rpartition("&schema=")
    with psycopg.connect(address) as base:
        base.execute(f"SET search_path TO {schema}, public")
        for name, kind in KINDS.items():
            fields = ", ".join(f'"{field}"' for field in kind.names)
            found = base.execute(f'SELECT ST_AsBinary(geom), {fields} FROM "{name}" ORDER BY fid')
            for (shape, *row), meant in zip(
                found, FRAMES[name].itertuples(index=False), strict=True
            ):
                value = meant.geometry
                assert shape == (None if value is None else shapely.to_wkb(value, flavor="iso"))
                for got, field, wanted in zip(row, kind.fields, meant, strict=False):
                    if wanted is pandas.NaT or wanted != wanted:
                        assert got is None or got != got
                    else:
                        assert got == (wanted.date() if field.kind == "day" else wanted)
            indexes = base.execute(
                "SELECT indexdef FROM pg_indexes WHERE schemaname = %s AND tablename = %s",
                (schema, name),
            ).fetchall()
            assert any("USING gist (geom)" in index for (index,) in indexes)
            assert any(f"({kind.start}" in index for (index,) in indexes)
        [(srid, shape)] = base.execute(
            "SELECT srid, type FROM geometry_columns WHERE f_table_schema = %s "
            "AND f_table_name = 'areas'",
            (schema,),
        )
        assert (srid, shape) == (4326, "MULTIPOLYGON")
        [(meaning,)] = base.execute(
            "SELECT col_description('areas'::regclass, attnum) FROM pg_attribute "
            "WHERE attrelid = 'areas'::regclass AND attname = 'km2'"
        )
        assert meaning == "area in square kilometres"


def test_tables_of_an_export_are_replaced_on_request_only_and_others_never(postgis):

    some = {"front": FRAMES["front"]}
    write_postgis(some, postgis)
    with pytest.raises(OutputExistsError, match="table 'front' exists; name another schema"):
        write_postgis(FRAMES, postgis)
    write_postgis({"front": FRAMES["front"].iloc[:1]}, postgis, overwrite=True)
    address, _, schema = postgis.rpartition("&schema=")
    with psycopg.connect(address, autocommit=True) as base:
        assert base.execute(f"SELECT count(*) FROM {schema}.front").fetchone() == (1,)
        base.execute(f"CREATE TABLE {schema}.areas (mine text)")
        with pytest.raises(OutputExistsError, match="table 'areas' is there, which no export"):
            write_postgis(FRAMES, postgis, overwrite=True)
        # The table that would have been replaced before the fault is as it was.
        assert base.execute(f"SELECT count(*) FROM {schema}.front").fetchone() == (1,)


def styles(base, table="public.layer_styles"):
    """Schema, layer, whether it is the default, and the title of what is drawn."""
    return base.execute(
        f"SELECT f_table_schema, f_table_name, useasdefault, description FROM {table} ORDER BY id"
    ).fetchall()


def test_the_symbols_of_postgis_are_where_qgis_looks_and_somebody_elses_stay(postgis):
    looks = {name: project("war").style(name) for name in FRAMES}
    some = {"front": FRAMES["front"], "areas": FRAMES["areas"]}
    address, _, schema = postgis.rpartition("&schema=")
    front = (schema, "front", True, "Front line. Written by `tracker export`.")
    areas = (schema, "areas", True, "Areas by holder. Written by `tracker export`.")
    for _ in range(2):
        write_postgis(some, postgis, styles=looks, overwrite=True)
        with psycopg.connect(address) as base:
            assert [row for row in styles(base) if row[0] == schema] == [front, areas]
    with psycopg.connect(address, autocommit=True) as base:
        [(kept,)] = base.execute(
            "SELECT styleqml::text FROM public.layer_styles WHERE f_table_catalog = "
            "current_database() AND f_table_schema = %s AND f_table_name = 'areas' AND "
            "f_geometry_column = 'geom'",
            (schema,),
        )
        assert kept == looks["areas"]
        mine = "UPDATE public.layer_styles SET description = 'mine' WHERE f_table_schema = %s"
        base.execute(f"{mine} AND f_table_name = 'front'", (schema,))
        write_postgis(some, postgis, styles=looks, overwrite=True)
        assert {row for row in styles(base) if row[0] == schema} == {
            (schema, "front", True, "mine"),
            (schema, "front", False, front[3]),
            areas,
        }


def test_where_public_is_closed_the_symbols_lie_beside_the_layers(postgis):
    address, _, schema = postgis.rpartition("&schema=")
    role = f"r{schema}"
    with psycopg.connect(address, autocommit=True) as base:
        base.execute(f"CREATE ROLE {role} LOGIN")
        base.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        base.execute(f"CREATE SCHEMA {schema} AUTHORIZATION {role}")
        base.execute(f"GRANT CREATE ON DATABASE postgres TO {role}")
        base.execute("CREATE EXTENSION IF NOT EXISTS postgis SCHEMA public")
        before = base.execute("SELECT to_regclass('public.layer_styles')").fetchone()
        write_postgis(
            {"front": FRAMES["front"]},
            postgis.replace("tracker@", f"{role}@"),
            styles={"front": project("war").style("front")},
        )
        [row] = styles(base, f"{schema}.layer_styles")
        assert row[:3] == (schema, "front", True)
        assert base.execute("SELECT to_regclass('public.layer_styles')").fetchone() == before


def test_a_database_out_of_reach_is_named_without_its_password(tmp_path):
    with pytest.raises(LedgerError, match=r"postgresql://me@/war: ") as error:
        write_postgis(FRAMES, f"postgresql://me:secret@/war?host={tmp_path}")
    assert "secret" not in str(error.value)


def test_the_page_about_formats_is_the_table_that_is_tested():
    page = Path(__file__).parent.parent / "docs" / "formats.md"
    assert page.read_text("utf-8") == formats_markdown()
    assert {one.ending for one in FILES} == {
        ".gpkg",
        ".parquet",
        ".fgb",
        ".geojson",
        ".kml",
        ".csv",
    }


def test_the_meanings_stand_where_the_table_of_formats_says(tmp_path):
    for one in FILES:
        folder = tmp_path / one.ending[1:]
        folder.mkdir()
        paths = export(folder, one.ending)
        assert (FIELDS in paths) == (one.meanings == "FIELDS.md")
        if one.meanings == "in the file" and one.ending != ".gpkg":
            assert "first-level unit" in paths["holders"].read_bytes().decode("utf-8", "ignore")
