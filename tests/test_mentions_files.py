"""Every place that reports name: what is written of it, in five formats, and by the command."""

import csv
import json
import sqlite3
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.cli import run
from tracker.errors import OutputExistsError, UnknownFormatError
from tracker.export import (
    MENTION_FIELDS,
    PlaceMention,
    find_mentions,
    mentions_frame,
    mentions_geojson,
    write_mentions,
)
from tracker.model import Place, Report
from tracker.places import Gazetteer
from tracker.places.tables import Area, Entry

ENDINGS = [".geojson", ".json", ".jsonl", ".csv", ".gpkg", ".parquet"]
FIELDS = [
    "report_id", "published", "url", "source", "lang", "field", "as_written", "start", "end",
    "place", "place_id", "admin1", "level", "location", "candidates", "confidence", "why",
]  # fmt: skip

ZOLOTOPIL = Place("1", "Zolotopil", 37.2, 49.2, "Kharkiv", name_uk="Золотопіль")
EASTERN = Place("2", "Bilohaiok", 37.5, 48.5, "Donetsk", name_uk="Білогайок")
NORTHERN = Place("3", "Bilohaiok", 34.1, 51.1, "Sumy", name_uk="Білогайок")
SUMY = Place("oblast:sumy", "Sumy Oblast", None, None, "Sumy", level="area")
PLACES = Gazetteer(
    [Entry(ZOLOTOPIL), Entry(EASTERN), Entry(NORTHERN)],
    [Area(SUMY, "oblast", (("en", "Sumy Oblast"), ("en", "Sumy region")))],
)
TABLE = """place_id,name,name_uk,admin1,lat,lon
1,Zolotopil,Золотопіль,Kharkiv,49.2,37.2
2,Bilohaiok,Білогайок,Donetsk,48.5,37.5
3,Bilohaiok,Білогайок,Sumy,51.1,34.1
"""


def report(text, title="", lang="en"):
    return Report("a", date(2022, 9, 12), text, title, "https://example.org/a", "Example", lang)


LOCATED = PlaceMention(
    report_id="a",
    published=date(2022, 9, 12),
    url="https://example.org/a",
    source="Example",
    lang="uk",
    field="text",
    as_written="Золотополі",
    start=2,
    end=12,
    place="Zolotopil",
    place_id="1",
    admin1="Kharkiv",
    level="settlement",
    location="located",
    candidates=(ZOLOTOPIL,),
    confidence=0.95,
    why="the only one of this name",
    lon=37.2,
    lat=49.2,
)
AMBIGUOUS = replace(
    LOCATED,
    field="title",
    as_written="Bilohaiok",
    start=0,
    end=9,
    place="",
    place_id="",
    admin1="",
    location="ambiguous",
    candidates=(EASTERN, NORTHERN),
    confidence=0.5,
    why="2 places have this name and the text does not say which",
    lon=None,
    lat=None,
)
BOTH = (
    '[{"place_id":"2","place":"Bilohaiok","admin1":"Donetsk","lon":37.5,"lat":48.5},'
    '{"place_id":"3","place":"Bilohaiok","admin1":"Sumy","lon":34.1,"lat":51.1}]'
)


def test_a_mention_says_where_it_stands_and_what_it_is():
    (found,) = find_mentions(report("У Золотополі тихо.", lang=""), PLACES)
    assert found == replace(LOCATED, candidates=(ZOLOTOPIL,), confidence=found.confidence)
    assert found.confidence > 0.9


def test_offsets_count_in_the_field_that_is_named():
    first, second = find_mentions(report("From Zolotopil.", title="Zolotopil"), PLACES)
    assert (first.field, first.start, first.end) == ("title", 0, 9)
    assert (second.field, second.start, second.end) == ("text", 5, 14)


def test_a_region_in_the_title_decides_for_the_text():
    bare = find_mentions(report("Bilohaiok was shelled."), PLACES)
    assert [(m.location, m.place, m.lon) for m in bare] == [("ambiguous", "", None)]
    assert {p.place_id for p in bare[0].candidates} == {"2", "3"}
    area, village = find_mentions(report("Bilohaiok was shelled.", "In Sumy region"), PLACES)
    assert (village.location, village.place_id, village.lat) == ("located", "3", 51.1)
    assert (area.level, area.location, area.place_id) == ("area", "located", "oblast:sumy")
    assert (area.lon, area.lat) == (None, None)


def test_a_report_in_any_language_has_mentions():
    (found,) = find_mentions(report("Bei Zolotopil wird gekämpft.", lang="de"), PLACES)
    assert (found.lang, found.place) == ("de", "Zolotopil")


def test_a_report_that_names_no_place_has_no_mention():
    assert find_mentions(report("Nothing happened."), PLACES) == []


NAMES = ["Zolotopil", "Золотополя", "Bilohaiok", "Sumy region"]
WORDS = st.sampled_from([*NAMES, "near", ", ", ". ", "\n", "\n\n", "’", "\u0301", "ї"])


@given(title=st.lists(WORDS).map(" ".join), text=st.lists(WORDS | st.text()).map(" ".join))
@settings(max_examples=200, deadline=None)
def test_the_written_form_is_what_stands_at_the_offsets(title, text):
    told = report(text, title)
    for found in find_mentions(told, PLACES):
        assert getattr(told, found.field)[found.start : found.end] == found.as_written != ""


def written(folder, mentions, ending):
    path = folder / f"m{ending}"
    write_mentions(mentions, path)
    return path


def test_the_fields_have_one_order():
    assert [*MENTION_FIELDS] == [*FIELDS, "lon", "lat"]


def test_geojson_holds_a_feature_a_mention_with_candidates_as_objects(tmp_path):
    whole = json.loads(written(tmp_path, [LOCATED, AMBIGUOUS], ".geojson").read_text("utf-8"))
    first, second = whole["features"]
    assert list(first["properties"]) == FIELDS
    assert first["geometry"] == {"type": "Point", "coordinates": [37.2, 49.2]}
    assert first["properties"]["published"] == "2022-09-12"
    assert second["geometry"] is None
    assert second["properties"]["candidates"] == json.loads(BOTH)


def test_json_lines_hold_the_same_with_lon_and_lat(tmp_path):
    lines = written(tmp_path, [LOCATED, AMBIGUOUS], ".jsonl").read_text("utf-8").splitlines()
    first, second = map(json.loads, lines)
    assert list(first) == [*FIELDS, "lon", "lat"]
    assert (first["start"], first["end"], first["lon"], first["lat"]) == (2, 12, 37.2, 49.2)
    assert (second["place"], second["lon"], second["lat"]) == ("", None, None)


def test_a_table_holds_candidates_as_json_text(tmp_path):
    with written(tmp_path, [LOCATED, AMBIGUOUS], ".csv").open(encoding="utf-8") as stream:
        first, second = csv.DictReader(stream)
    assert list(first) == [*FIELDS, "lon", "lat"]
    assert (first["start"], first["confidence"], first["lon"]) == ("2", "0.95", "37.2")
    assert (second["candidates"], second["lon"], second["lat"]) == (BOTH, "", "")


def test_a_geopackage_has_the_layer_mentions(tmp_path):
    path = written(tmp_path, [LOCATED, AMBIGUOUS], ".gpkg")
    with sqlite3.connect(path) as base:
        layers = base.execute("select table_name, srs_id from gpkg_contents").fetchall()
        kinds = {row[1]: row[2] for row in base.execute("pragma table_info(mentions)")}
        rows = base.execute('select "end", candidates, geom is null from mentions').fetchall()
    base.close()
    assert layers == [("mentions", 4326)]
    assert list(kinds) == ["fid", "geom", *FIELDS]
    assert (kinds["published"], kinds["start"], kinds["confidence"]) == (
        "DATETIME",
        "INTEGER",
        "REAL",
    )
    assert [rows[0][0], rows[0][2]] == [12, 0]
    assert rows[1] == (9, BOTH, 1)


def test_a_geoparquet_opens_in_geopandas_as_points(tmp_path):
    import geopandas

    frame = geopandas.read_parquet(written(tmp_path, [LOCATED, AMBIGUOUS], ".parquet"))
    assert list(frame.columns) == [*FIELDS, "geometry"]
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry[0].coords[0] == (37.2, 49.2)
    assert frame.geometry[1] is None
    assert (frame["candidates"][1], frame["end"][0]) == (BOTH, 12)


def test_a_frame_has_whole_numbers_and_days_without_a_time_zone():
    frame = mentions_frame([LOCATED, AMBIGUOUS])
    kinds = [str(frame[name].dtype) for name in ("published", "start", "end", "confidence")]
    assert kinds == ["datetime64[s]", "int64", "int64", "float64"]
    assert list(frame.index) == [0, 1]


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_mentions_give_the_same_bytes(tmp_path, ending):
    (tmp_path / "b").mkdir()
    first = written(tmp_path, [LOCATED, AMBIGUOUS], ending)
    second = written(tmp_path / "b", iter([LOCATED, AMBIGUOUS]), ending)
    assert first.read_bytes() == second.read_bytes()


def test_no_mentions_at_all_are_a_file_of_none(tmp_path):
    import geopandas

    assert json.loads(written(tmp_path, [], ".geojson").read_text())["features"] == []
    assert written(tmp_path, [], ".jsonl").read_text() == ""
    assert written(tmp_path, [], ".csv").read_text() == ",".join([*FIELDS, "lon", "lat"]) + "\n"
    assert list(geopandas.read_file(written(tmp_path, [], ".gpkg"), layer="mentions").index) == []
    assert len(geopandas.read_parquet(written(tmp_path, [], ".parquet"))) == 0


def test_markup_and_formulas_are_inert(tmp_path):
    named = replace(ZOLOTOPIL, name="=1<script>&")
    hostile = replace(LOCATED, source="=SUM(A1)<script>&\u2028", candidates=(named,))
    for ending in (".geojson", ".jsonl"):
        text = written(tmp_path, [hostile], ending).read_text("utf-8")
        assert "<" not in text
        assert "&" not in text
    with written(tmp_path, [hostile], ".csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["source"] == "'=SUM(A1)<script>&\u2028"
    assert "<" not in row["candidates"]
    assert json.loads(row["candidates"])[0]["place"] == "=1<script>&"


def test_text_is_written_while_the_mentions_pass():
    asked = []

    def passing():
        for number in range(3):
            asked.append(number)
            yield LOCATED

    pieces = mentions_geojson(passing())
    assert (next(pieces)[:1], asked) == ("{", [])
    assert ("Zolotopil" in next(pieces), asked) == (True, [0])


def test_nothing_is_replaced_unasked_and_no_other_format_written(tmp_path):
    path = written(tmp_path, [LOCATED], ".csv")
    before = path.read_bytes()
    with pytest.raises(OutputExistsError, match="exists; name another, or give --overwrite"):
        write_mentions([], path)
    assert path.read_bytes() == before
    with pytest.raises(UnknownFormatError, match=r"unknown ending '\.kml'"):
        write_mentions([], tmp_path / "m.kml")


@pytest.fixture
def here(here):
    (here / "places.csv").write_text(TABLE, encoding="utf-8")
    return here


def reports(path, *rows):
    given = {"published": "2022-09-12"}
    lines = "".join(json.dumps(given | row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(lines, encoding="utf-8")


def mentions(*args):
    return run(["mentions", *args, "--gazetteer", "places.csv"])


def test_the_command_writes_geojson_and_says_how_much_was_located(here, capfd):
    reports(
        here / "r.jsonl",
        {"id": "b", "text": "Bilohaiok."},
        {"id": "a", "title": "Fighting near Zolotopil", "text": "У Золотополі тихо."},
    )
    assert mentions("r.jsonl") == 0
    out, err = capfd.readouterr()
    told = [f["properties"] for f in json.loads(out)["features"]]
    assert [(m["report_id"], m["field"], m["start"], m["location"]) for m in told] == [
        ("a", "title", 14, "located"),
        ("a", "text", 2, "located"),
        ("b", "text", 0, "ambiguous"),
    ]
    assert err == "tracker: 2 reports, 3 mentions (2 located, 1 ambiguous, 0 unknown)\n"


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_of_the_output_is_its_format(here, capfd, ending):
    reports(here / "r.jsonl", {"id": "a", "text": "Zolotopil."})
    assert mentions("r.jsonl", "-o", f"m{ending}") == 0
    out, err = capfd.readouterr()
    assert out == ""
    assert err == (
        f"tracker: 1 report, 1 mention (1 located, 0 ambiguous, 0 unknown) -> m{ending}\n"
    )
    start = {".gpkg": b"SQLite", ".parquet": b"PAR1", ".csv": b"report_id,"}.get(ending, b"{")
    assert (here / f"m{ending}").read_bytes().startswith(start)


def test_the_order_of_the_inputs_does_not_change_a_byte(here):
    reports(here / "x.jsonl", {"id": "x", "text": "Zolotopil, Bilohaiok."})
    reports(here / "y.jsonl", {"id": "y", "text": "Sumy region: Bilohaiok."})
    for ending in (".geojson", ".csv", ".gpkg"):
        assert mentions("x.jsonl", "y.jsonl", "-o", f"one{ending}") == 0
        assert mentions("y.jsonl", "x.jsonl", "-o", f"two{ending}") == 0
        assert (here / f"one{ending}").read_bytes() == (here / f"two{ending}").read_bytes()


def test_a_report_without_a_date_is_refused_by_name_and_the_rest_written(here, capfd):
    reports(here / "r.jsonl", {"id": "a", "text": "Zolotopil."})
    (here / "undated.txt").write_text("Bilohaiok.")
    assert mentions("r.jsonl", "undated.txt", "-o", "m.jsonl") == 1
    assert "undated.txt: no publication date" in capfd.readouterr().err
    assert len((here / "m.jsonl").read_text().splitlines()) == 1
    assert mentions("undated.txt", "--published", "2022-09-12", "-o", "n.jsonl") == 0


def test_claims_among_the_input_are_passed_over_with_a_word(here, capfd):
    reports(here / "r.jsonl", {"id": "a", "text": "Zolotopil."})
    (here / "c.csv").write_text("change,place\ncapture,Zolotopil\n")
    assert mentions("r.jsonl", "c.csv", "-o", "m.jsonl") == 0
    assert "c.csv: claims, not reports: passed over" in capfd.readouterr().err
    assert mentions("c.csv", "-o", "n.jsonl") == 1
    assert capfd.readouterr().err.splitlines()[-1] == "tracker: no reports in the input"
    assert not (here / "n.jsonl").exists()


def test_an_output_inside_the_input_folder_is_not_read_back(here, capfd):
    (here / "in").mkdir()
    reports(here / "in/r.jsonl", {"id": "a", "text": "Zolotopil."})
    for _ in range(2):
        assert mentions("in", "-o", "in/m.jsonl", "--overwrite") == 0
        assert "1 report, 1 mention" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["gone.txt"], "gone.txt: no such file or folder"),
        (["r.jsonl", "-o", "m.kml"], "m.kml: unknown ending '.kml' for an output; known are "),
        (["r.jsonl", "-o", "m.csv"], "m.csv: exists; name another, or give --overwrite"),
        (["r.jsonl", "-o", "r.jsonl", "--overwrite"], "r.jsonl: is an input as well"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_code_2(here, capfd, args, said):
    reports(here / "r.jsonl", {"id": "a", "text": "Zolotopil."})
    (here / "m.csv").write_text("mine")
    assert mentions(*args) == 2
    out, err = capfd.readouterr()
    assert err.startswith(f"tracker: {said}")
    assert (out, err.count("\n"), (here / "m.csv").read_text()) == ("", 1, "mine")


def test_a_broken_gazetteer_is_named_and_nothing_written(here, capfd):
    reports(here / "r.jsonl", {"id": "a", "text": "Zolotopil."})
    (here / "places.csv").write_text("name,lat,lon\nZolotopil,,37.2\n")
    assert mentions("r.jsonl", "-o", "m.csv") == 1
    assert capfd.readouterr().err.startswith("tracker: places.csv:2: 'Zolotopil' has no lat")
    assert not (here / "m.csv").exists()


def test_the_help_carries_an_example(capfd):
    assert run(["mentions", "--help"]) == 0
    assert "tracker mentions reports/ -o mentions.csv" in capfd.readouterr().out
