"""Who held what before the first claim: the embedded baseline, and polygons of one's own."""

import json
from datetime import date

import pytest

from tracker.cli import run
from tracker.control import baseline_from_geojson, control, embedded_baseline
from tracker.errors import BaselineError
from tracker.resources import load_outline, load_war

DAY = date(2024, 7, 8)
BOX = {
    "type": "Polygon",
    "coordinates": [[[37.5, 47.5], [39.5, 47.5], [39.5, 49], [37.5, 49], [37.5, 47.5]]],
}


@pytest.fixture(scope="module")
def embedded():
    return embedded_baseline(load_war())


def of(geojson):
    return baseline_from_geojson(geojson, DAY, load_war(), load_outline(), source="held.geojson")


@pytest.mark.parametrize(
    ("name", "unit", "holder"),
    [
        ("Donetsk", "Donetsk", "RU"),
        ("Luhansk", "Luhansk", "RU"),
        ("Horlivka", "Donetsk", "RU"),
        ("Debaltseve", "Donetsk", "RU"),
        ("Dokuchaievsk", "Donetsk", "RU"),
        ("Novoazovsk", "Donetsk", "RU"),
        ("Simferopol", "Crimea", "RU"),
        ("Armiansk", "Crimea", "RU"),
        ("Sevastopol", "Sevastopol", "RU"),
        ("Avdiivka", "Donetsk", "UA"),
        ("Marinka", "Donetsk", "UA"),
        ("Mariupol", "Donetsk", "UA"),
        ("Volnovakha", "Donetsk", "UA"),
        ("Svitlodarsk", "Donetsk", "UA"),
        ("Popasna", "Luhansk", "UA"),
        ("Shchastia", "Luhansk", "UA"),
        ("Henichesk", "Kherson", "UA"),
        ("Melitopol", "Zaporizhzhia", "UA"),
        ("Kyiv", "Kyiv City", "UA"),
        ("Sudzha", "Kursk", "RU"),
        ("Belgorod", "Belgorod", "RU"),
    ],
)
def test_well_known_towns_on_the_eve_of_the_war(gazetteer, embedded, name, unit, holder):
    [place] = [p for p in gazetteer.places if (p.name, p.admin1) == (name, unit)][:1]
    found = embedded.holder_of([place.lon], [place.lat], [place.admin1])
    assert found.tolist() == [holder]


def test_every_place_of_the_tables_has_a_holder(gazetteer, embedded):
    frame = control([], gazetteer.places, embedded)
    assert set(frame["holder"]) == {"UA", "RU"}
    assert set(frame["status"]) == {"baseline"}
    assert len(frame) == len(gazetteer.places)


def test_the_units_of_the_table_lie_inside_the_polygon(gazetteer, embedded):
    raions = {("Donetsk", "Horlivka"), ("Luhansk", "Alchevsk"), ("Luhansk", "Rovenky")}
    inside = [
        p
        for p in gazetteer.places
        if p.admin1 in ("Crimea", "Sevastopol") or (p.admin1, p.admin2) in raions
    ]
    found = embedded.holder_of([p.lon for p in inside], [p.lat for p in inside])
    assert len(inside) > 500
    assert set(found) == {"RU"}


def test_any_polygons_with_a_day_will_do():
    feature = {"type": "Feature", "properties": {"any": 1}, "geometry": BOX}
    lone = {"type": "Feature", "properties": {}, "geometry": None}
    for geojson in (BOX, feature, {"type": "FeatureCollection", "features": [lone, feature]}):
        made = of(geojson)
        assert made.day == DAY
        assert made.holder_of([38.0, 36.0, 0.0], [48.0, 48.0, 0.0]).tolist() == [
            "RU", "UA", "unknown",
        ]  # fmt: skip


SWAPPED = {"type": "Polygon", "coordinates": [[y, x] for x, y in BOX["coordinates"][0]]}


@pytest.mark.parametrize(
    ("geojson", "words"),
    [
        ({"type": "FeatureCollection", "features": []}, "no polygon in it"),
        ({"type": "Point", "coordinates": [38, 48]}, "no polygon in it"),
        ({"type": "Polygon", "coordinates": [SWAPPED["coordinates"]]}, "swapped"),
        ({"type": "Polygon", "coordinates": "x"}, "no sound GeoJSON"),
        (BOX | {"crs": {"properties": {"name": "EPSG:3857"}}}, "write it with EPSG:4326"),
    ],
)
def test_what_is_no_baseline_is_refused_in_one_line(geojson, words):
    with pytest.raises(BaselineError, match=words) as error:
        of(geojson)
    assert str(error.value).startswith("held.geojson: ")
    assert "\n" not in str(error.value)


CLAIM = {
    "report_id": "a", "published": "2024-08-02", "place": "Kramatorsk", "lon": 37.556,
    "lat": 48.723, "change": "capture", "by": "RU", "date_from": "2024-08-01",
    "date_to": "2024-08-01",
}  # fmt: skip


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["--baseline", "held.geojson"], 2, "no day; say with --baseline-date"),
        (["--baseline-date", "2024-07-08"], 2, "--baseline-date without --baseline"),
        (["--baseline", "broken.geojson", "--baseline-date", "2024-07-08"], 1, "no JSON"),
        (["--baseline", "held.geojson", "--baseline-date", "2024-07"], 2, "YYYY-MM-DD"),
        (["--rule", "loudest"], 2, "--rule"),
    ],
)
@pytest.mark.usefixtures("gazetteer_loaded_once")
def test_a_wrong_baseline_or_rule_writes_nothing(here, capfd, args, code, words):
    (here / "claims.jsonl").write_text(json.dumps(CLAIM) + "\n", encoding="utf-8")
    (here / "held.geojson").write_text(json.dumps(BOX), encoding="utf-8")
    (here / "broken.geojson").write_text("{", encoding="utf-8")
    assert run(["control", "claims.jsonl", "-o", "holders.csv", *args]) == code
    assert words in capfd.readouterr().err
    assert not (here / "holders.csv").exists()


@pytest.mark.usefixtures("gazetteer_loaded_once")
def test_the_same_holders_come_out_of_every_format(here, capfd):
    import geopandas
    import pandas

    (here / "claims.jsonl").write_text(json.dumps(CLAIM) + "\n", encoding="utf-8")
    for ending in ("csv", "gpkg", "parquet"):
        assert run(["control", "claims.jsonl", "-o", f"holders.{ending}"]) == 0
    table = pandas.read_csv(here / "holders.csv", dtype=str, keep_default_na=False)
    town = table[table["place"] == "Kramatorsk"]
    assert town[["valid_from", "valid_to", "holder", "status"]].to_numpy().tolist() == [
        ["", "2024-08-01", "UA", "baseline"],
        ["2024-08-01", "", "RU", "confirmed"],
    ]
    for frame in (
        geopandas.read_parquet(here / "holders.parquet"),
        geopandas.read_file(here / "holders.gpkg"),
    ):
        assert frame["place_id"].tolist() == table["place_id"].tolist()
        days = frame["valid_from"].dt.strftime("%Y-%m-%d").fillna("")
        assert days.tolist() == table["valid_from"].tolist()
        assert frame.crs.to_epsg() == 4326
