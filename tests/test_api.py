"""import tracker as ft: the road from reports to maps over plain frames."""

import subprocess
import sys
from datetime import date

import pandas
import pytest

import tracker as ft
from tracker.api import world as worlds
from tracker.errors import ClaimError, HoldersError, ReportError, UsageError

REPORTS = pandas.DataFrame(
    [
        (
            "a",
            "2022-05-10",
            "Russian troops captured Popasna on 7 May, the General Staff in Kyiv said.",
        ),
        ("b", "2022-09-11", "Ukraine said its forces had taken Izium. They are near Ivanivka."),
        ("c", "2022-09-30", "Russia said on Friday that its troops had withdrawn from Lyman."),
        ("d", "2022-10-01", "Die Truppen haben Lyman gestern geräumt, sagte ein Sprecher."),
    ],
    columns=["id", "published", "text"],
)


@pytest.fixture(autouse=True)
def world(gazetteer, monkeypatch):
    """The embedded tables, loaded once for all tests."""
    made = worlds.World()
    made.__dict__["gazetteer"] = gazetteer
    monkeypatch.setattr(worlds, "default_world", lambda: made)
    for module in ("reading", "control", "comparing", "drawing"):
        monkeypatch.setattr(f"tracker.api.{module}.default_world", lambda: made)
    return made


@pytest.fixture
def claims():
    return ft.claims(REPORTS[:3])


@pytest.fixture
def holders(claims):
    return ft.holders(claims)


def held(holders, place, day):
    rows = holders[holders["place"] == place]
    day = pandas.Timestamp(day)
    now = rows[
        (rows["valid_from"].isna() | (rows["valid_from"] <= day))
        & (rows["valid_to"].isna() | (day < rows["valid_to"]))
    ]
    return [(row.holder, row.status) for row in now.itertuples()]


def test_every_name_that_is_offered_is_there_and_says_what_it_gives():
    assert len(ft.__all__) <= 17
    for name in ft.__all__:
        assert getattr(ft, name).__doc__, name
    assert set(ft.__all__) <= set(dir(ft))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        ft.nothing  # noqa: B018


def test_importing_it_loads_no_frames():
    code = "import sys, tracker; print({'pandas', 'geopandas', 'folium'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_reports_are_read_from_files(here):
    (here / "2022-09-11-izium.txt").write_text("Ukraine took Izium.", encoding="utf-8")
    (here / "undated.txt").write_text("Ukraine took Lyman.", encoding="utf-8")
    with pytest.warns(ft.api.reading.TrackerWarning, match=r"undated\.txt"):
        (row,) = ft.read_reports(".").to_dict("records")
    assert (row["id"], row["published"], row["text"]) == (
        "2022-09-11-izium",
        pandas.Timestamp("2022-09-11"),
        "Ukraine took Izium.",
    )
    assert len(ft.read_reports(["."], published="2022-10-02")) == 2


def test_a_folder_without_reports_is_an_error(here):
    (here / "undated.txt").write_text("Ukraine took Lyman.", encoding="utf-8")
    with pytest.raises(ReportError, match=r"undated\.txt"):
        ft.read_reports(".")


def test_claims_have_place_holder_and_days(claims):
    rows = claims[["report_id", "place", "change", "by", "holder", "claimed_by"]].values.tolist()
    assert rows == [
        ["a", "Popasna", "capture", "RU", "RU", "UA"],
        ["b", "Izium", "capture", "UA", "UA", "UA"],
        ["c", "Lyman", "withdrawal", "RU", "UA", "RU"],
    ]
    assert claims["date_to"].tolist()[0] == pandas.Timestamp("2022-05-07")
    assert claims.crs.to_epsg() == 4326


def test_a_language_that_nothing_reads_is_warned_of():
    with pytest.warns(ft.api.reading.TrackerWarning, match="1 reports not read.*: d"):
        assert ft.claims(REPORTS[3:]).empty


@pytest.mark.parametrize("column", ["id", "published", "text"])
def test_a_frame_without_a_needed_column_is_named(column):
    with pytest.raises(UsageError, match=f"no column '{column}'"):
        ft.claims(REPORTS.drop(columns=column))


def test_an_impossible_day_is_named():
    with pytest.raises(UsageError, match="impossible day '2022-02-30'"):
        ft.claims(REPORTS.assign(published="2022-02-30"))


def test_missing_cells_are_empty_text():
    frame = REPORTS[:1].assign(source=[None], url=[float("nan")])
    assert ft.claims(frame)[["source", "url"]].values.tolist() == [["", ""]]


def test_mentions_are_all_places_named_located_or_not():
    found = ft.mentions(REPORTS[1:2])
    rows = found[["as_written", "place", "location"]].values.tolist()
    assert ["Izium", "Izium", "located"] in rows
    assert [row[2] for row in rows if row[0] == "Ivanivka"] == ["ambiguous"]


def test_locate_gives_one_place_several_or_none():
    assert ft.locate("Артемовск")[["place", "admin1", "location"]].values.tolist() == [
        ["Bakhmut", "Donetsk", "located"]
    ]
    several = ft.locate("Ivanivka")
    assert len(several) > 20
    assert set(several["location"]) == {"ambiguous"}
    assert ft.locate("Nowhereville").empty


def test_changes_carry_day_status_and_the_ids_of_their_claims(claims):
    found = ft.changes(claims)
    assert found[["place", "holder", "status"]].values.tolist() == [
        ["Popasna", "RU", "confirmed"],
        ["Izium", "UA", "claimed"],
        ["Lyman", "UA", "confirmed"],
    ]
    assert found["date"].tolist()[0] == pandas.Timestamp("2022-05-07")
    assert all(len(ids) == 12 for ids in found["claims"])


def test_holders_change_on_the_day_and_rest_on_the_baseline(holders):
    assert held(holders, "Popasna", "2022-05-06") == [("UA", "baseline")]
    assert held(holders, "Popasna", "2022-05-07") == [("RU", "confirmed")]
    assert held(holders, "Donetsk", "2022-05-07") == [("RU", "baseline")]


def test_the_rule_and_the_day_of_knowledge_count(claims):
    strict = ft.holders(claims, rule="confirmed")
    assert held(strict, "Izium", "2022-09-12") == [("UA", "baseline")]
    early = ft.holders(claims, as_known_on=date(2022, 5, 9))
    assert held(early, "Popasna", "2022-05-08") == [("UA", "baseline")]
    with pytest.raises(UsageError, match="unknown rule 'guess'"):
        ft.holders(claims, rule="guess")


def test_areas_front_and_km2_agree_with_each_other(holders):
    areas = ft.areas(holders, "2022-05-08")
    series = ft.km2(holders)
    now = series[series["day"] == "2022-05-08"].set_index("holder")
    for side in ("RU", "UA"):
        total = areas.loc[areas["holder"] == side, "km2"].sum()
        assert total == pytest.approx(now.loc[side, "high"], rel=1e-6)
    # Popasna's own cell went over, and nothing else since the baseline.
    before = ft.areas(holders, "2022-05-06")
    gained = areas.loc[areas["status"] == "confirmed", "km2"].sum()
    grown = [a.loc[a["holder"] == "RU", "km2"].sum() for a in (areas, before)]
    assert grown[0] - grown[1] == pytest.approx(gained, rel=1e-6)
    front = ft.front(holders, date(2022, 5, 8))
    assert front[["left", "right"]].values.tolist() == [["RU", "UA"]]


def test_the_map_is_the_page_of_the_command_line(claims, here):
    made = ft.slider_map(claims, title="Three towns")
    made.save("three.html")
    page = (here / "three.html").read_text("utf-8")
    assert "Three towns" in page
    assert "Content-Security-Policy" in page
    with pytest.raises(UsageError, match="unknown rule 'guess'"):
        ft.slider_map(claims, rule="guess")


def test_plots_draw_the_day_and_the_band(holders, tmp_path):
    import matplotlib

    matplotlib.use("Agg")
    axes = ft.plot_front(holders, "2022-05-08")
    assert axes.get_title() == "2022-05-08"
    west, east = axes.get_xlim()
    assert west < 22.3 < 40.2 < east
    band = ft.plot_area(holders)
    assert band.get_ylabel() == "km²"
    assert [line.get_label() for line in band.lines] == ["RU, confirmed", "RU, with claimed"]


def test_frames_of_another_shape_are_refused(claims, holders):
    with pytest.raises(ClaimError, match="column 'by' is missing"):
        ft.changes(claims.drop(columns="by"))
    with pytest.raises(HoldersError, match="column 'holder' is missing"):
        ft.areas(holders.drop(columns="holder"), "2022-05-08")


def test_another_war_is_another_set_of_files(tmp_path):
    (tmp_path / "war.toml").write_text(
        'id = "hills"\nname = "The hill war"\nbegan = 2001-01-01\n'
        '[[sides]]\nid = "E"\nname = "East"\ncolor = "#1f6fb4"\n'
        '[[sides]]\nid = "W"\nname = "West"\ncolor = "#c8452f"\n',
        encoding="utf-8",
    )
    (tmp_path / "places.csv").write_text(
        "name,lat,lon\nAlder,10.0,20.0\nBirch,10.0,20.5\n", encoding="utf-8"
    )
    square = '{"type":"Polygon","coordinates":[[[%s,9.5],[%s,9.5],[%s,10.5],[%s,10.5],[%s,9.5]]]}'
    (tmp_path / "outline.geojson").write_text(square % (19.5, 21, 21, 19.5, 19.5), "utf-8")
    (tmp_path / "held.geojson").write_text(square % (19.5, 20.2, 20.2, 19.5, 19.5), "utf-8")
    hills = ft.World(
        tmp_path / "places.csv",
        war=tmp_path / "war.toml",
        outline=tmp_path / "outline.geojson",
        baseline=tmp_path / "held.geojson",
        baseline_date=date(2001, 1, 1),
    )
    nothing = ft.claims(REPORTS[:0], world=hills)
    holders = ft.holders(nothing, world=hills)
    assert holders[["place", "holder"]].values.tolist() == [["Alder", "W"], ["Birch", "E"]]
    areas = ft.areas(holders, "2001-06-01", world=hills)
    assert areas["holder"].tolist() == ["E", "W"]


def test_a_war_that_says_too_little_is_named(tmp_path):
    (tmp_path / "war.toml").write_text('id = "hills"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="war"):
        ft.World(war=tmp_path / "war.toml").war  # noqa: B018
