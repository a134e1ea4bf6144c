"""From claims and a baseline to the holder of each place, cells, areas, front line and km2."""

import random
from dataclasses import replace
from datetime import date

import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from test_control import claim

from tracker.control import (
    Baseline,
    areas,
    borders,
    cells,
    control,
    front_line,
    km2_changed,
    km2_series,
)
from tracker.errors import ClaimError, HoldersError, UsageError
from tracker.model import Place, claim_id
from tracker.model.holders import check_holders_frame

# Four towns on a square of one degree: two in the west, two in the east.
TOWNS = [
    Place("nw", "Northwest", 36.25, 48.75, "Donetsk"),
    Place("ne", "Northeast", 36.75, 48.75, "Donetsk"),
    Place("sw", "Southwest", 36.25, 48.25, "Luhansk"),
    Place("se", "Southeast", 36.75, 48.25, "Luhansk"),
]
SQUARE = shapely.box(36, 48, 37, 49)
OUTLINE = shapely.geometry.mapping(SQUARE)
FIRST = date(2022, 2, 23)


def baseline(held=None):
    """Russia holds ``held``, Ukraine the rest of the square."""
    return Baseline(FIRST, held or shapely.MultiPolygon(), SQUARE, "RU", "UA", {"Kursk": "RU"})


def told(claims, place_id, *, held=None, **how):
    """(from, to, holder, status) of one place; the same for any order of claims and places."""
    frames = []
    for seed in range(4):
        one, other = list(claims), list(TOWNS)
        random.Random(seed).shuffle(one)
        random.Random(seed).shuffle(other)
        frames.append(control(one, other, baseline(held), **how))
        check_holders_frame(frames[-1], ("UA", "RU"))
        assert_geodataframe_equal(frames[0], frames[-1])
    rows = frames[0][frames[0]["place_id"] == place_id]
    return [
        (str(r.valid_from)[:10], str(r.valid_to)[:10], r.holder, r.status)
        for r in rows.itertuples()
    ]


def at(place_id, by, day, **more):
    place = next(p for p in TOWNS if p.place_id == place_id)
    return claim(by, day, place=place.name, place_id=place_id, point=(place.lon, place.lat), **more)


def test_without_claims_the_baseline_holds_for_all_time():
    east = shapely.box(36.5, 47, 38, 50)
    assert told([], "ne", held=east) == [("NaT", "NaT", "RU", "baseline")]
    assert told([], "nw", held=east) == [("NaT", "NaT", "UA", "baseline")]


def test_intervals_are_half_open_and_name_their_claims():
    taken, retaken = at("ne", "RU", "2022-05-01"), at("ne", "UA", "2022-09-10", says="RU")
    assert told([taken, retaken], "ne") == [
        ("NaT", "2022-05-01", "UA", "baseline"),
        ("2022-05-01", "2022-09-10", "RU", "claimed"),
        ("2022-09-10", "NaT", "UA", "confirmed"),
    ]
    frame = control([taken, retaken], TOWNS, baseline())
    assert frame["claims"][frame["claims"] != ""].tolist() == [claim_id(taken), claim_id(retaken)]


def test_a_disputed_claim_marks_the_interval_and_moves_nothing():
    claims = [
        at("ne", "RU", "2022-05-01"),
        at("ne", "RU", "2022-05-01", says="UA", status="denied"),
    ]
    assert told(claims, "ne") == [
        ("NaT", "2022-05-01", "UA", "baseline"),
        ("2022-05-01", "NaT", "UA", "disputed"),
    ]


def test_what_the_baseline_covers_moves_nothing():
    assert told([at("ne", "RU", "2022-02-23")], "ne") == [("NaT", "NaT", "UA", "baseline")]


def test_as_known_on_a_day_later_reports_do_not_count():
    claims = [at("ne", "RU", "2022-05-01")]  # published on the next day
    assert told(claims, "ne", as_known_on=date(2022, 5, 1)) == [("NaT", "NaT", "UA", "baseline")]
    assert told(claims, "ne", as_known_on=date(2022, 5, 2))[-1][2] == "RU"


def test_a_place_that_only_claims_know_is_added():
    frame = control([claim("RU", "2022-05-01", place_id="x")], TOWNS, baseline())
    assert frame[frame["place_id"] == "x"]["holder"].tolist() == ["unknown", "RU"]


def test_cells_cover_the_outline_and_share_their_edges():
    found = cells(TOWNS, OUTLINE)
    assert found["place_id"].tolist() == ["ne", "nw", "se", "sw"]
    assert shapely.coverage_is_valid(found.geometry.array)
    assert shapely.union_all(found.geometry.array).symmetric_difference(SQUARE).area < 1e-6
    assert borders(found)["km"].sum() == pytest.approx(2 * 111.2 * (1 + 0.664) / 2, rel=0.01)


def test_a_baseline_that_cuts_a_cell_keeps_its_own_line_until_the_place_changes_hands():
    strip = shapely.box(36.9, 47, 38, 50)
    found = cells(TOWNS, OUTLINE, baseline(strip))
    held = control([at("ne", "RU", "2022-05-01", says="UA")], TOWNS, baseline(strip))
    before = areas(held, found, date(2022, 4, 30)).set_index("holder").geometry["RU"]
    assert before.symmetric_difference(shapely.box(36.9, 48, 37, 49)).area < 1e-3
    after = areas(held, found, date(2022, 5, 1))
    after = shapely.union_all(after[after["holder"] == "RU"].geometry.array)
    assert after.contains(shapely.Point(36.6, 48.9))
    assert not after.contains(shapely.Point(36.6, 48.1))


def test_the_front_line_runs_between_cells_of_different_holders():
    claims = [at(p, "RU", "2022-05-01", says="UA") for p in ("ne", "se")]
    line = front_line(control(claims, TOWNS, baseline()), cells(TOWNS, OUTLINE), date(2022, 5, 1))
    assert line[["left", "right"]].to_numpy().tolist() == [["RU", "UA"]]
    assert line["km"][0] == pytest.approx(111.2, abs=0.3)
    assert line.geometry[0].distance(shapely.Point(36.5, 48.1)) < 0.01


def test_km2_are_a_band_from_confirmed_to_claimed():
    claims = [
        at("ne", "RU", "2022-05-01", says="UA"),
        at("se", "RU", "2022-05-03"),
    ]
    found = cells(TOWNS, OUTLINE)
    size = found.set_index("place_id")["km2"]
    table = km2_series(control(claims, TOWNS, baseline()), found).set_index(["holder", "day"])
    russia = table.loc["RU"]
    assert russia.index[0].date() == date(2022, 4, 30)
    assert russia["high"].iloc[0] == 0
    last = russia.iloc[-1]
    assert last["low"] == pytest.approx(size["ne"])
    assert last["high"] == pytest.approx(size["ne"] + size["se"])
    assert table.loc["UA"].iloc[-1]["high"] == pytest.approx(size.sum() - size["ne"])


def test_what_changed_in_a_month_is_a_band_too():
    claims = [
        at("ne", "RU", "2022-05-01", says="UA"),
        at("se", "RU", "2022-05-03"),
        at("ne", "UA", "2022-06-10", says="RU"),
    ]
    found = cells(TOWNS, OUTLINE)
    size = found.set_index("place_id")["km2"]
    series = km2_series(control(claims, TOWNS, baseline()), found)
    table = km2_changed(series, "month").set_index(["holder", "period"]).loc["RU"]
    assert [str(day)[:10] for day in table.index] == ["2022-05-01", "2022-06-01"]
    assert table["low"].tolist() == pytest.approx([size["ne"], -size["ne"]])
    assert table["high"].tolist() == pytest.approx([size["ne"] + size["se"], -size["ne"]])
    weeks = km2_changed(series, "week")
    assert {day.weekday() for day in weeks["period"]} == {0}
    days = km2_changed(series, "day").groupby("holder")["high"].sum()
    assert days["RU"] == pytest.approx(size["se"])
    with pytest.raises(UsageError, match="choose from day, week, month"):
        km2_changed(series, "decade")


def test_km2_by_oblast_add_up_to_the_whole():
    claims = [at("ne", "RU", "2022-05-01", says="UA"), at("se", "RU", "2022-05-03")]
    held, found = control(claims, TOWNS, baseline()), cells(TOWNS, OUTLINE)
    units = km2_series(held, found, by_unit=True)
    assert set(units["admin1"]) == {"Donetsk", "Luhansk"}
    whole = km2_series(held, found).set_index(["holder", "day"])
    added = units.groupby(["holder", "day"])[["low", "high"]].sum()
    assert (added - whole).abs().to_numpy().max() < 1e-4


def test_contradictory_intervals_are_refused_with_their_places():
    frame = control([at("ne", "RU", "2022-05-01")], TOWNS, baseline())
    frame.loc[frame["holder"] == "RU", "valid_from"] = frame["valid_from"].max().replace(month=4)
    with pytest.raises(HoldersError, match="intervals of 'ne' overlap"):
        check_holders_frame(frame)


def test_a_holder_that_is_no_side_is_refused_by_name():
    strange = replace(at("ne", "RU", "2022-05-01"), by="XX", holder="XX")
    with pytest.raises(ClaimError, match=r"'Northeast' name the holder 'XX'; sides are UA, RU"):
        control([strange], TOWNS, baseline())
