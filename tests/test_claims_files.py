"""Claims are written to five formats, read back the same, and checked row by row."""

import csv
import json
import sqlite3
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import ClaimError, OutputExistsError, UnknownFormatError, UsageError
from tracker.export import write_changes, write_claims
from tracker.ledger import in_order, read_claims
from tracker.model import CLAIM_FIELDS, Change, Claim
from tracker.resources import load_war

WAR = load_war()
ENDINGS = [".geojson", ".json", ".jsonl", ".csv", ".gpkg", ".parquet"]

IZIUM = Claim(
    report_id="2022-09-11-izium",
    published=date(2022, 9, 11),
    url="https://example.org/izium",
    source="Example",
    lang="uk",
    place="Izium",
    place_id="707753",
    as_written="Ізюм",
    admin1="Kharkiv",
    level="settlement",
    change="capture",
    by="UA",
    holder="UA",
    date_from=date(2022, 9, 10),
    date_to=date(2022, 9, 11),
    claimed_by="UA",
    status="asserted",
    background=False,
    quote="звільнили Ізюм",
    location="located",
    confidence=0.875,
    rule="uk.capture.liberated",
    lon=37.2489,
    lat=49.2127,
)
NOWHERE = replace(
    IZIUM,
    place="Mykhailivka",
    place_id="",
    admin1="",
    change="withdrawal",
    by="RU",
    holder="UA",
    status="denied",
    background=True,
    location="ambiguous",
    confidence=0.25,
    lon=None,
    lat=None,
)


def written(folder, claims, ending):
    path = folder / f"claims{ending}"
    write_claims(claims, path)
    return path


@pytest.mark.parametrize("ending", ENDINGS)
def test_claims_come_back_as_they_were_written(tmp_path, ending):
    assert read_claims(written(tmp_path, [IZIUM, NOWHERE], ending), WAR) == [IZIUM, NOWHERE]


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_claims_give_the_same_bytes(tmp_path, ending):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = written(tmp_path / "a", [IZIUM, NOWHERE], ending)
    second = written(tmp_path / "b", [IZIUM, NOWHERE], ending)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("ending", [".geojson", ".csv", ".gpkg", ".parquet"])
def test_no_claims_at_all_are_a_file_that_reads_back_as_none(tmp_path, ending):
    path, notes = written(tmp_path, [], ending), []
    assert read_claims(path, WAR, notes=notes) == []
    assert notes == [f"{path}: a claims file that holds no rows"]


def test_geojson_holds_one_feature_a_claim_with_the_named_properties(tmp_path):
    whole = json.loads(written(tmp_path, [IZIUM, NOWHERE], ".geojson").read_text("utf-8"))
    assert list(whole) == ["type", "features"]
    first, second = whole["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [37.2489, 49.2127]}
    assert second["geometry"] is None
    assert list(first["properties"]) == [
        "report_id",
        "published",
        "url",
        "source",
        "lang",
        "place",
        "place_id",
        "as_written",
        "admin1",
        "level",
        "change",
        "by",
        "holder",
        "date_from",
        "date_to",
        "claimed_by",
        "status",
        "background",
        "quote",
        "location",
        "confidence",
        "rule",
    ]
    assert first["properties"]["date_from"] == "2022-09-10"
    assert first["properties"]["background"] is False
    assert first["properties"]["quote"] == "звільнили Ізюм"


def test_json_lines_hold_the_same_properties_with_lon_and_lat(tmp_path):
    rows = written(tmp_path, [IZIUM, NOWHERE], ".jsonl").read_text("utf-8").splitlines()
    first, second = map(json.loads, rows)
    assert tuple(first) == CLAIM_FIELDS
    assert (first["lon"], first["lat"]) == (37.2489, 49.2127)
    assert (second["lon"], second["lat"]) == (None, None)


def test_coordinates_have_six_decimals_and_no_binary_noise(tmp_path):
    claim = replace(IZIUM, lon=37.24890000000001, lat=0.1 + 0.2)
    text = written(tmp_path, [claim], ".geojson").read_text()
    assert '"coordinates":[37.2489,0.3]' in text


def test_markup_is_inert_in_geojson_and_json_lines(tmp_path):
    hostile = replace(
        IZIUM, quote="</script><script>alert(1)</script>&\u2028.", source='"onload="x'
    )
    for ending in (".geojson", ".jsonl"):
        path = written(tmp_path, [hostile], ending)
        text = path.read_text("utf-8")
        assert "<" not in text
        assert "&" not in text
        assert read_claims(path, WAR) == [hostile]


def test_a_cell_cannot_become_a_formula(tmp_path):
    hostile = replace(IZIUM, quote="=HYPERLINK(A1)", source="@x", as_written="'-1", rule="+\t\r\n")
    path = written(tmp_path, [hostile], ".csv")
    with path.open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["quote"] == "'=HYPERLINK(A1)"
    assert (row["source"], row["as_written"]) == ("'@x", "''-1")
    assert read_claims(path, WAR)[0].quote == "=HYPERLINK(A1)"
    assert read_claims(path, WAR)[0].as_written == "'-1"


def test_a_negative_longitude_stays_a_number_in_a_table(tmp_path):
    path = written(tmp_path, [replace(IZIUM, lon=-0.5)], ".csv")
    assert path.read_text("utf-8").endswith(",-0.5,49.2127\n")


def test_a_geopackage_has_the_layer_claims_with_days_as_date_times(tmp_path):
    path = written(tmp_path, [IZIUM, NOWHERE], ".gpkg")
    with sqlite3.connect(path) as base:
        assert base.execute("select table_name, srs_id from gpkg_contents").fetchall() == [
            ("claims", 4326)
        ]
        kinds = {row[1]: row[2] for row in base.execute("pragma table_info(claims)")}
        assert (kinds["date_from"], kinds["published"]) == ("DATETIME", "DATETIME")
        days = base.execute("select substr(date_from, 1, 19), geom is null from claims").fetchall()
    base.close()
    assert days == [("2022-09-10T00:00:00", 0), ("2022-09-10T00:00:00", 1)]


def test_a_geoparquet_opens_in_geopandas_as_points_with_days(tmp_path):
    import geopandas

    frame = geopandas.read_parquet(written(tmp_path, [IZIUM, NOWHERE], ".parquet"))
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry[0].coords[0] == (37.2489, 49.2127)
    assert frame.geometry[1] is None
    assert str(frame["date_from"][0].date()) == "2022-09-10"


CHANGE = Change(
    place_id="707753",
    place="Izium",
    admin1="Kharkiv",
    lon=37.2489,
    lat=49.2127,
    holder="UA",
    from_holder="RU",
    date_from=date(2022, 9, 10),
    date=date(2022, 9, 11),
    status="claimed",
    background=False,
    claims=(IZIUM,),
)


def test_changes_are_geojson_with_the_voices_behind_each(tmp_path):
    write_changes([CHANGE], tmp_path / "map.geojson")
    (feature,) = json.loads((tmp_path / "map.geojson").read_text("utf-8"))["features"]
    assert feature["geometry"]["coordinates"] == [37.2489, 49.2127]
    assert feature["properties"] == {
        "place_id": "707753",
        "place": "Izium",
        "admin1": "Kharkiv",
        "level": "settlement",
        "holder": "UA",
        "from_holder": "RU",
        "date_from": "2022-09-10",
        "date": "2022-09-11",
        "status": "claimed",
        "background": False,
        "claims": [
            {
                "report_id": "2022-09-11-izium",
                "published": "2022-09-11",
                "claimed_by": "UA",
                "status": "asserted",
                "quote": "звільнили Ізюм",
                "source": "Example",
                "url": "https://example.org/izium",
                "rule": "uk.capture.liberated",
            }
        ],
    }


NEEDED = {
    "report_id": "a",
    "published": "2022-09-12",
    "place": "Dvorichna",
    "change": "withdrawal",
    "by": "RU",
    "date_from": "2022-09-10",
    "date_to": "2022-09-11",
}


def lines(path, *rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_what_the_format_leaves_out_is_filled_in(tmp_path):
    (claim,) = read_claims(lines(tmp_path / "c.jsonl", NEEDED), WAR)
    assert (claim.holder, claim.status, claim.claimed_by) == ("UA", "asserted", "other")
    assert (claim.background, claim.level, claim.location) == (False, "settlement", "unknown")
    assert (claim.as_written, claim.confidence) == ("Dvorichna", 0.0)


def test_a_point_makes_a_claim_located(tmp_path):
    row = NEEDED | {"lon": "37.68", "lat": 49.85}
    (claim,) = read_claims(lines(tmp_path / "c.jsonl", row), WAR)
    assert (claim.location, claim.confidence, claim.lon, claim.lat) == (
        "located",
        1.0,
        37.68,
        49.85,
    )


def test_a_geojson_feature_carries_its_point_as_geometry(tmp_path):
    feature = {
        "type": "Feature",
        "properties": NEEDED,
        "geometry": {"type": "Point", "coordinates": [37.68, 49.85, 110.0]},
    }
    (tmp_path / "c.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature]})
    )
    (claim,) = read_claims(tmp_path / "c.geojson", WAR)
    assert (claim.lon, claim.lat) == (37.68, 49.85)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"change": "conquest"}, "unknown 'change' 'conquest' (one of capture, withdrawal)"),
        ({"by": "Wagner"}, "unknown 'by' 'Wagner' (one of UA, RU)"),
        ({"by": None}, "'by' is missing"),
        ({"report_id": ""}, "'report_id' is missing"),
        (
            {"status": "perhaps"},
            "unknown 'status' 'perhaps' (one of asserted, denied, partial, ongoing)",
        ),
        ({"claimed_by": "ISW"}, "unknown 'claimed_by' 'ISW' (one of UA, RU, other, both)"),
        ({"level": "river"}, "unknown 'level' 'river' (one of settlement, area)"),
        ({"holder": "RU"}, "'holder' 'RU', but a withdrawal by RU leaves UA"),
        (
            {"date_to": "2022-02-30"},
            "impossible 'date_to' '2022-02-30' (day is out of range for month; YYYY-MM-DD)",
        ),
        ({"date_to": ""}, "'date_to' is missing"),
        ({"date_to": "2022-09-01"}, "date_from 2022-09-10 is after date_to 2022-09-01"),
        ({"lon": 190, "lat": 49}, "'lon' '190' is not within -180..180"),
        ({"lon": 37, "lat": "north"}, "'lat' 'north' is not within -90..90"),
        ({"lon": float("nan"), "lat": 49}, "'lon' 'nan' is not within -180..180"),
        ({"lon": 37}, "'lon' or 'lat' is missing"),
        ({"lon": 49.85, "lat": 37.68}, "lon 49.85, lat 37.68 look swapped (longitude comes first)"),
        ({"confidence": 7}, "'confidence' '7' is not within 0..1"),
        ({"background": "maybe"}, "'background' 'maybe' is neither true nor false"),
        ({"location": "located"}, "location 'located', but it has no point"),
        ({"location": "unknown", "lon": 37, "lat": 49}, "location 'unknown', but it has a point"),
        ({"place": ["x"]}, "'place' is no text: \"['x']\""),
    ],
)
def test_a_faulty_row_is_named_with_its_line_and_fault(tmp_path, wrong, said):
    path = lines(tmp_path / "c.jsonl", NEEDED, NEEDED | wrong)
    with pytest.raises(ClaimError) as error:
        read_claims(path, WAR, bounds=(17.0, 39.0, 45.0, 57.0))
    assert str(error.value) == f"{path}:2: {said}"


def test_all_faults_of_all_rows_come_in_one_message(tmp_path):
    path = tmp_path / "c.csv"
    path.write_text(
        "report_id,published,place,change,by,date_from,date_to\n"
        "a,2022-09-12,Dvorichna,withdrawal,RU,2022-09-10,2022-09-11\n"
        "a,2022-19-12,Dvorichna,lost,RU,2022-09-10,2022-09-11\n"
        "a,2022-09-12,,withdrawal,RU,2022-09-10,2022-09-11\n"
    )
    with pytest.raises(ClaimError) as error:
        read_claims(path, WAR)
    assert str(error.value).splitlines() == [
        f"{path}:3: unknown 'change' 'lost' (one of capture, withdrawal); "
        "impossible 'published' '2022-19-12' (month must be in 1..12; YYYY-MM-DD)",
        f"{path}:4: 'place' is missing",
    ]


def test_faults_are_told_in_the_order_of_the_lines(tmp_path):
    path = tmp_path / "in.jsonl"
    wrong = json.dumps(NEEDED | {"by": "XX"})
    path.write_text("\n".join([json.dumps(NEEDED), "{", wrong, "[1]", wrong]))
    with pytest.raises(ClaimError) as error:
        read_claims(path, WAR)
    told = [line.removeprefix(f"{path}")[:3] for line in str(error.value).splitlines()]
    assert told == [":2:", ":3:", ":4:", ":5:"]


def test_a_thousand_faulty_rows_are_told_as_twenty_and_a_number(tmp_path):
    path = lines(tmp_path / "c.jsonl", *[NEEDED | {"by": "X"}] * 1000)
    with pytest.raises(ClaimError) as error:
        read_claims(path, WAR)
    said = str(error.value).splitlines()
    assert len(said) == 21
    assert said[-1] == f"{path}: 980 more faulty rows"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "c.jsonl",
            b'{"id": "a", "published": "2022-09-11", "text": "T."}',
            ": these are no claims",
        ),
        (
            "c.geojson",
            b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}}]}',
            ": these are no claims",
        ),
        ("c.geojson", b'{"type": "FeatureCollection"}', ": a FeatureCollection without features"),
        ("c.geojson", b"{", ":1: broken JSON"),
        ("c.csv", b"\xff\xfea", ":1: not UTF-16 text"),
        ("c.csv", b"", ": these are no claims"),
        ("c.csv", b"id,published,text\n", ": these are no claims"),
        ("c.gpkg", b"<OGRVRTDataSource/>", ": no GeoPackage file"),
        ("c.gpkg", b"SQLite format 3\x00" + b"x" * 200, ": cannot be read: "),
        ("c.parquet", b"rubbish", ": no Parquet file"),
        ("c.parquet", b"PAR1rubbish", ": cannot be read: "),
    ],
)
def test_a_file_that_holds_no_claims_is_refused(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ClaimError) as error:
        read_claims(path, WAR)
    assert str(error.value).startswith(f"{path}{said}")


@pytest.mark.parametrize("ending", [".gpkg", ".parquet"])
def test_a_damaged_binary_file_is_refused_in_one_line(tmp_path, ending):
    path = written(tmp_path, [IZIUM, NOWHERE], ending)
    whole = path.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole.replace(b"Kharkiv", b"Khar\xffiv")):
        path.write_bytes(damaged)
        with pytest.raises(ClaimError) as error:
            read_claims(path, WAR)
        assert str(error.value).startswith(f"{path}: cannot be read: ")
        assert "\n" not in str(error.value)


def test_a_geometry_that_is_no_point_is_a_fault_of_its_row(tmp_path):
    feature = {
        "type": "Feature",
        "properties": NEEDED,
        "geometry": {"type": "Polygon", "coordinates": []},
    }
    path = tmp_path / "c.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    with pytest.raises(
        ClaimError, match="feature 1: the geometry is no point; give a Point, or null"
    ):
        read_claims(path, WAR)


def test_another_reference_system_is_brought_to_degrees(tmp_path):
    from tracker.model.frames import claims_frame

    path = tmp_path / "c.gpkg"
    claims_frame([IZIUM]).to_crs(3857).to_file(path, layer="claims")
    (claim,) = read_claims(path, WAR)
    assert (round(claim.lon, 6), round(claim.lat, 6)) == (37.2489, 49.2127)


def test_addresses_that_a_browser_would_run_are_dropped_and_said(tmp_path):
    path = lines(tmp_path / "c.jsonl", NEEDED | {"url": "javascript:alert(1)"})
    notes = []
    assert read_claims(path, WAR, notes=notes)[0].url == ""
    assert notes == [f"{path}: 1 address is no http(s) link and was dropped"]


def test_a_missing_or_unknown_file_of_claims_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        read_claims(tmp_path / "gone.csv", WAR)
    (tmp_path / "c.txt").write_text("x")
    with pytest.raises(UnknownFormatError, match=r"unknown ending '\.txt' for claims"):
        read_claims(tmp_path / "c.txt", WAR)


def test_an_output_that_exists_is_kept_unless_told_otherwise(tmp_path):
    path = tmp_path / "claims.geojson"
    path.write_text("mine")
    with pytest.raises(OutputExistsError, match="exists; name another, or give --overwrite"):
        write_claims([IZIUM], path)
    assert path.read_text() == "mine"
    write_claims([IZIUM], path, overwrite=True)
    assert read_claims(path, WAR) == [IZIUM]


def test_a_target_that_cannot_be_is_refused(tmp_path):
    (tmp_path / "folder.geojson").mkdir()
    for target, error, said in (
        (tmp_path / "folder.geojson", OutputExistsError, "is a folder"),
        (tmp_path / "c.shp", UnknownFormatError, r"unknown ending '\.shp' for an output"),
        (tmp_path / "gone" / "c.csv", UsageError, "no folder .*gone; make it first"),
    ):
        with pytest.raises(error, match=said):
            write_claims([IZIUM], target)


def test_a_link_is_followed_and_stays_a_link(tmp_path):
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_claims([IZIUM], tmp_path / "link.csv", overwrite=True)
    assert (tmp_path / "link.csv").is_symlink()
    assert read_claims(tmp_path / "real.csv", WAR) == [IZIUM]


class Failing(list):
    def __iter__(self):
        yield IZIUM
        raise self.error


@pytest.mark.parametrize("error", [OSError(28, "disk full"), KeyboardInterrupt(), SystemExit(143)])
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_failure_while_writing_leaves_nothing_and_the_old_file(tmp_path, ending, error):
    path = tmp_path / f"claims{ending}"
    path.write_text("old")
    claims = Failing([IZIUM])
    claims.error = error
    with pytest.raises(type(error)):
        write_claims(claims, path, overwrite=True)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    assert path.read_text() == "old"


def test_the_order_of_claims_is_that_of_their_reports_whatever_the_sources():
    early = [replace(IZIUM, published=date(2022, 9, 1), place=name) for name in ("B", "A")]
    late = [replace(IZIUM, report_id="z", place=name) for name in ("D", "C")]
    expected = [*early, *late]
    assert in_order(early, late) == expected
    assert in_order(late, early, late) == expected
    assert in_order([*late, *early]) == expected


TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30
).map(str.strip)
CLAIMS = st.builds(
    replace,
    st.sampled_from([IZIUM, NOWHERE]),
    report_id=TEXT.filter(bool),
    source=TEXT,
    quote=TEXT,
    rule=TEXT,
    as_written=TEXT.filter(bool),
    published=st.dates(date(2022, 9, 11), date(2199, 12, 31)),
    confidence=st.floats(0, 1).map(lambda x: round(x, 6)),
)


@pytest.mark.parametrize("ending", [".geojson", ".jsonl", ".csv"])
@given(claims=st.lists(CLAIMS, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_claims_come_back_as_they_were_written(tmp_path_factory, ending, claims):
    path = tmp_path_factory.mktemp("claims") / f"c{ending}"
    write_claims(claims, path)
    assert read_claims(path, WAR) == claims


@pytest.mark.parametrize("ending", [".gpkg", ".parquet"])
@given(claims=st.lists(CLAIMS, min_size=1, max_size=4))
@settings(max_examples=10, deadline=None)
def test_any_claims_come_back_from_binary_formats_too(tmp_path_factory, ending, claims):
    path = tmp_path_factory.mktemp("claims") / f"c{ending}"
    write_claims(claims, path)
    assert read_claims(path, WAR) == claims
