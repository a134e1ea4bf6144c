"""tracker compare: how well the claims agree with polygons or a table of somebody else.

Fifteen towns stand on a grid of a fifth of a degree, so that the cell of an inner one is a box of
a fifth of a degree around it. Russia holds Centre by the baseline and takes West on 1 May 2022.
"""

import json

import pytest

import tracker as ft
from tracker.cli import run
from tracker.errors import ComparisonError, UsageError
from tracker.model.jsontext import dumps

COLUMNS = {"Far West": 31.6, "West": 31.8, "Centre": 32.0, "East": 32.2, "Far East": 32.4}
ROWS = {" North": 49.2, "": 49.0, " South": 48.8}
BOX_KM2 = 14.62 * 22.24  # 0.2 degrees of longitude at 49 degrees north, by 0.2 of latitude
MEASURES = {
    "iou", "area_ratio", "front_km_median", "gain_iou", "gain_ratio", "places_agree",
    "km2", "reference_km2", "gain_km2", "reference_gain_km2",
}  # fmt: skip


def box(*towns):
    """The cells of towns in the middle row, side by side, as one polygon."""
    west, east = COLUMNS[towns[0]] - 0.1, COLUMNS[towns[-1]] + 0.1
    corners = [(west, 48.9), (east, 48.9), (east, 49.1), (west, 49.1), (west, 48.9)]
    return {"type": "Polygon", "coordinates": [[[round(x, 1), y] for x, y in corners]]}


def claim(place, by, day, **more):
    return {
        "report_id": f"{place}-{day}", "published": day, "place": place, "change": "capture",
        "by": by, "date_from": day, "date_to": day, "claimed_by": by,
        "lon": COLUMNS[place], "lat": 49.0,
    } | more  # fmt: skip


@pytest.fixture
def here(here):
    lines = [f"{c}{r},{lat},{lon}" for c, lon in COLUMNS.items() for r, lat in ROWS.items()]
    (here / "towns.csv").write_text("name,lat,lon\n" + "\n".join(lines) + "\n")
    (here / "before.geojson").write_text(json.dumps(box("Centre")))
    (here / "claims.jsonl").write_text(json.dumps(claim("West", "RU", "2022-05-01")) + "\n")
    return here


@pytest.fixture
def compare(here, capfd):
    """Compares the claims with a reference: the JSON answer (or the lines), code and remarks."""

    def call(reference, *options, name="reference.geojson", as_json=True, claims="claims.jsonl"):
        if reference is not None:
            text = reference if isinstance(reference, str) else json.dumps(reference)
            (here / name).write_text(text, encoding="utf-8")
        baseline = ["--baseline", "before.geojson", "--baseline-date", "2022-04-01"]
        asked = ["--json"] if as_json else []
        fixed = ["--gazetteer", "towns.csv", *baseline, *asked]
        code = run(["compare", claims, name, *fixed, *options])
        out, err = capfd.readouterr()
        answer = json.loads(out) if as_json and code == 0 else out.splitlines()
        return answer, code, err.splitlines()

    return call


def test_two_boxes_that_share_the_middle_one_overlap_by_a_third(compare):
    found, code, _ = compare(box("Centre", "East"), "--on", "2022-05-02")
    assert code == 0
    assert set(found) >= MEASURES
    assert found["iou"] == pytest.approx(1 / 3, abs=0.005)
    assert found["area_ratio"] == pytest.approx(1, abs=0.005)
    # West is all of our gain, East all of theirs.
    assert found["gain_iou"] == pytest.approx(0, abs=0.005)
    assert found["gain_ratio"] == pytest.approx(1, abs=0.005)
    for name, boxes in {
        "": 2,
        "reference_": 2,
        "gain_": 1,
        "reference_gain_": 1,
        "only_": 1,
    }.items():
        assert found[f"{name}km2"] == pytest.approx(boxes * BOX_KM2, rel=0.005), name
    assert (found["places"], found["places_differ"]) == (15, 2)
    assert found["places_agree"] == pytest.approx(13 / 15, abs=1e-6)
    assert [
        (row["place"], row["holder"], row["reference_holder"]) for row in found["differing_places"]
    ] == [("East", "UA", "RU"), ("West", "RU", "UA")]


def test_the_same_area_agrees_wholly_and_the_fronts_are_one(compare):
    found, _, _ = compare(box("West", "Centre"), "--on", "2022-05-01")
    for name in ("iou", "area_ratio", "gain_iou", "gain_ratio"):
        assert found[name] == pytest.approx(1, abs=0.005), name
    assert found["front_km_median"] == pytest.approx(0, abs=0.05)
    assert (found["places_agree"], found["differing_places"]) == (1, [])


def test_the_front_is_as_far_as_its_edges_on_the_median(compare):
    # The reference holds only a box a quarter as high and wide in the middle of Centre, which is
    # 14.62 km wide. More than half of its front are its eastern and western edges, each three
    # eighths of that from ours; the rest is farther. West is still Ukraine's on that day.
    (x, y), (w, h) = (32.0, 49.0), (0.025, 0.025)
    ring = [[x - w, y - h], [x + w, y - h], [x + w, y + h], [x - w, y + h], [x - w, y - h]]
    small = {"type": "Polygon", "coordinates": [ring]}
    found, _, _ = compare(small, "--on", "2022-04-30")
    assert found["iou"] == pytest.approx(1 / 16, rel=0.01)
    assert found["area_ratio"] == pytest.approx(16, rel=0.01)
    assert found["front_km_median"] == pytest.approx(14.62 * 3 / 8, abs=0.03)
    assert found["gain_iou"] is None


def test_lines_points_and_the_areas_of_others_in_the_reference_are_passed_over(compare):
    shapes = [
        ({}, box("West", "Centre")),
        ({"holder": "RU"}, box("West", "Centre")),
        ({"holder": "UA"}, box("East", "Far East")),
        ({}, {"type": "Point", "coordinates": [32.2, 49.0]}),
        ({}, {"type": "LineString", "coordinates": [[31, 49], [33, 49]]}),
    ]
    features = [{"type": "Feature", "properties": p, "geometry": g} for p, g in shapes]
    whole = {"type": "FeatureCollection", "features": features}
    assert compare(whole, "--on", "2022-05-02")[0]["iou"] == pytest.approx(1, abs=0.005)


def test_only_what_was_published_by_a_day_counts(compare):
    found, _, _ = compare(
        box("Centre", "East"), "--on", "2022-05-02", "--as-known-on", "2022-04-30"
    )
    assert found["iou"] == pytest.approx(1 / 2, abs=0.005)
    assert found["as_known_on"] == "2022-04-30"
    assert (found["gain_iou"], found["gain_ratio"]) == (0, 0)


def test_what_is_exported_as_areas_agrees_with_itself(compare, here):
    fixed = ["--gazetteer", "towns.csv", "--baseline", "before.geojson"]
    fixed += ["--baseline-date", "2022-04-01", "--on", "2022-05-02"]
    out = ["--layers", "areas", "-o", "areas.geojson"]
    assert run(["export", "claims.jsonl", *fixed, *out]) == 0
    found, _, _ = compare(None, "--on", "2022-05-02", name="areas.geojson")
    assert found["iou"] == pytest.approx(1, abs=1e-5)
    assert found["area_ratio"] == pytest.approx(1, abs=1e-5)
    assert found["places_agree"] == 1


def test_the_differences_are_areas_and_places(compare, here):
    given = (box("Centre", "East"), "--on", "2022-05-02", "-o", "differences.geojson")
    assert compare(*given)[1] == 0
    written = (here / "differences.geojson").read_bytes()
    features = [
        f["properties"] | {"kind": f["geometry"]["type"]} for f in json.loads(written)["features"]
    ]
    areas = [f for f in features if f["what"] == "area" and f["km2"] > 1]
    assert [(f["only"], f["kind"]) for f in areas] == [
        ("ours", "Polygon"),
        ("reference", "Polygon"),
    ]
    for area in areas:
        assert area["km2"] == pytest.approx(BOX_KM2, rel=0.01)
    places = [(f["place"], f["kind"], f["date"]) for f in features if f["what"] == "place"]
    assert places == [("East", "Point", "2022-05-02"), ("West", "Point", "2022-05-02")]
    again = compare(*given)
    assert again[1] == 2
    assert "exists" in again[2][0]
    assert compare(*given, "--overwrite")[1] == 0
    assert (here / "differences.geojson").read_bytes() == written


def test_a_person_reads_a_table(compare):
    lines, code, said = compare(box("Centre", "East"), "--on", "2022-05-02", as_json=False)
    assert code == 0
    assert lines[0] == "reference.geojson on 2022-05-02; baseline 2022-04-01, rule claimed"
    assert lines[1].split() == ["places", "that", "agree", "86.67%", "of", "15"]
    held = next(line for line in lines if line.startswith("held "))
    assert held.split()[-2:] == ["1.000", "0.333"]
    assert [line.split()[1:] for line in lines[-2:]] == [["East", "UA", "RU"], ["West", "RU", "UA"]]
    assert said == ["tracker: 1 report, 1 claim (1 located, 0 ambiguous, 0 unknown)"]


CHANGES = """name,lon,lat,date,holder
West,31.8,49,2022-05-04,RU
East,32.2,49,2022-06-01,Russia
Centre,32.0,49,2022-07-01,ukraine
"""


def test_days_of_difference_are_told_for_each_change_of_a_table(compare, here):
    lost = claim("Centre", "UA", "2022-07-03")
    both = [claim("West", "RU", "2022-05-01"), lost]
    (here / "both.jsonl").write_text("".join(json.dumps(one) + "\n" for one in both))
    found, code, _ = compare(CHANGES, name="table.csv", claims="both.jsonl")
    assert code == 0
    told = [
        (r["place"], r["date"], r["holder"], r["ours"], r["days"]) for r in found["each_change"]
    ]
    assert told == [
        ("East", "2022-06-01", "RU", None, None),
        ("West", "2022-05-04", "RU", "2022-05-01", -3),
        ("Centre", "2022-07-01", "UA", "2022-07-03", 2),
    ]
    assert (found["changes"], found["changes_found"]) == (3, 2)
    assert (found["days_median"], found["days_later_median"]) == (2.5, -0.5)
    # On the days of the table only West is as the table says.
    assert found["places_agree"] == pytest.approx(1 / 3, abs=1e-6)
    assert [r["place"] for r in found["differing_places"]] == ["Centre", "East"]


def test_a_table_of_days_counts_days_and_finds_its_changes(compare):
    days = [("2022-04-30", "UA"), ("2022-05-01", "UA"), ("2022-05-02", "UA"), ("2022-05-03", "UA"),
            ("2022-05-04", "RU"), ("2022-05-05", "contested"), ("2022-03-01", "UA")]  # fmt: skip
    lines = [dumps({"place": "West", "date": d, "holder": h}) for d, h in days]
    found, _, _ = compare("\n".join(lines), name="table.jsonl")
    assert (found["rows"], found["undecided"], found["early"]) == (5, 1, 1)
    assert found["places_agree"] == pytest.approx(2 / 5)
    assert [(r["date"], r["ours"], r["days"]) for r in found["each_change"]] == [
        ("2022-05-04", "2022-05-01", -3)
    ]
    [place] = found["differing_places"]
    assert (place["days_compared"], place["days_differ"]) == (5, 3)
    assert (place["first_differs"], place["last_differs"]) == ("2022-05-01", "2022-05-03")
    assert compare(None, "--on", "2022-05-04", name="table.jsonl")[0]["places_agree"] == 1
    assert compare(None, "--on", "2022-05-03", name="table.jsonl")[0]["places_agree"] == 0


def test_of_a_list_of_changes_a_day_has_what_was_last_said(compare):
    found, _, _ = compare(CHANGES, "--on", "2022-06-30", name="table.csv")
    assert (found["rows"], found["places_agree"]) == (2, 0.5)
    assert [r["place"] for r in found["differing_places"]] == ["East"]


def test_rows_that_contradict_each_other_or_lie_nowhere_are_counted_and_left_out(compare):
    table = "place,date,holder\nWest,2022-05-02,RU\nEast,2022-05-02,RU\nEast,2022-05-02,UA\n"
    table += "Atlantis,2022-05-02,RU\n"
    found, code, said = compare(table, name="table.csv")
    assert code == 0
    assert (found["rows"], found["contradicting"], found["not_located"]) == (1, 2, 1)
    assert "tracker: table.csv: 1 rows left out, places not located: Atlantis" in said


def test_the_differences_of_a_table_are_points(compare, here):
    assert compare(CHANGES, "-o", "d.geojson", name="table.csv")[1] == 0
    features = json.loads((here / "d.geojson").read_text("utf-8"))["features"]
    told = [
        (f["properties"]["what"], f["properties"]["place"], f["geometry"]["coordinates"])
        for f in features
    ]
    assert told == [
        ("place", "Centre", [32.0, 49.0]),
        ("place", "East", [32.2, 49.0]),
        ("change", "East", [32.2, 49.0]),
        ("change", "Centre", [32.0, 49.0]),
        ("change", "West", [31.8, 49.0]),
    ]


SWAPPED = {"type": "Polygon", "coordinates": [[[49, 31], [49, 32], [48, 32], [48, 31], [49, 31]]]}
POINTS = {"type": "Point", "coordinates": [32, 49]}
FAULTS = [
    ("r.geojson", POINTS, ["--on", "2022-05-02"], 1, "r.geojson: no polygon in it; needed are "),
    ("r.geojson", SWAPPED, ["--on", "2022-05-02"], 1, "are longitude and latitude swapped?"),
    ("r.geojson", "{", ["--on", "2022-05-02"], 1, "r.geojson: no JSON: "),
    ("r.geojson", box("West"), [], 2, "r.geojson: polygons without a day; give it with --on"),
    ("r.geojson", box("West"), ["--on", "2022-03-01"], 2, "2022-03-01 lies before 2022-04-01"),
    ("r.geojson", None, ["--on", "2022-05-02"], 2, "r.geojson: no such file; the last argument "),
    ("r.shp", "x", ["--on", "2022-05-02"], 2, "r.shp: unknown ending '.shp' for a reference"),
    ("t.csv", "place,day\nWest,1\n", [], 1, "t.csv:1: no column 'date', 'holder' in the header"),
    ("t.csv", "town,date,holder\nWest,2022-05-01,RU\n", [], 1, "t.csv:1: no column 'place'; "),
    ("t.jsonl", '{"place": "West", "holder": "RU"}', [], 1, "t.jsonl: no column 'date'; "),
    ("t.csv", "place,date,holder\nWest,2022-05-01,Gondor\n", [], 1,
     "t.csv:2: unknown 'holder' 'Gondor' (one of UA, RU, contested, unknown)"),
    ("t.csv", "place,date,holder\nWest,2022-02-30,RU\n", [], 1, "t.csv:2: impossible 'date' "),
    ("t.csv", "place,lon,lat,date,holder\nWest,49,31.8,2022-05-01,RU\n", [], 1, "look swapped"),
    ("t.csv", "place,date,holder\n", [], 1, "t.csv: no rows; such a table has "),
    ("t.csv", "place,date,holder\nWest,2022-05-01,RU\nWest,2022-05-02,RU\n",
     ["--on", "2022-06-01"], 1, "t.csv: no row for 2022-06-01; it has 2022-05-01 to 2022-05-02"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "options", "code", "words"), FAULTS)
def test_what_cannot_be_compared_is_one_line_and_writes_nothing(
    compare, here, name, text, options, code, words
):
    before = {p.name for p in here.iterdir()} | ({name} if text is not None else set())
    out, got, said = compare(text, *options, "-o", "d.geojson", name=name)
    assert (out, got) == ([], code)
    assert words in said[-1]
    assert "Traceback" not in "".join(said)
    assert {p.name for p in here.iterdir()} == before


def test_without_a_reference_the_call_is_wrong(here, capfd):
    assert run(["compare", "claims.jsonl"]) == 2
    assert "Missing argument" in capfd.readouterr().err


def test_the_reference_is_never_written_over(compare):
    given = (box("West"), "--on", "2022-05-02", "-o", "reference.geojson", "--overwrite")
    _, code, said = compare(*given)
    assert code == 2
    assert said == ["tracker: reference.geojson: is an input as well; name another output"]


def test_from_python_the_measures_are_the_same(compare, here):
    from datetime import date

    on = "2022-05-02"
    told, _, _ = compare(box("Centre", "East"), "--on", on)
    world = ft.World(
        "towns.csv", baseline="before.geojson", baseline_date=date.fromisoformat("2022-04-01")
    )
    holders = ft.holders(ft.read_claims("claims.jsonl", world=world), world=world)
    found = ft.compare(holders, "reference.geojson", on, world=world)
    assert found["iou"] == pytest.approx(told["iou"], abs=1e-6)
    assert found["places_agree"] == pytest.approx(13 / 15)
    (here / "table.csv").write_text(CHANGES)
    assert ft.compare(holders, "table.csv", world=world)["changes"] == 3
    with pytest.raises(UsageError, match="polygons without a day"):
        ft.compare(holders, "reference.geojson", world=world)
    (here / "empty.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(ComparisonError, match="no polygon"):
        ft.compare(holders, "empty.geojson", on, world=world)
