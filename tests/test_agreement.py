"""How well an area agrees with a reference, worked out by hand on boxes; the front of every day."""

from datetime import date

import pytest
import shapely
from test_holders import OUTLINE, TOWNS, at, baseline

from tracker.control import agreement, areas, borders, cells, control, front_line, front_lines
from tracker.model.holders import in_force

HOME = shapely.box(30, 48, 31, 49)
EAST = shapely.box(30.5, 48, 31, 49)


def test_an_area_agrees_wholly_with_itself():
    found = agreement(EAST, EAST, HOME, EAST)
    assert found.iou == pytest.approx(1)
    assert found.area_ratio == pytest.approx(1)
    assert found.front_km_median == pytest.approx(0, abs=1e-6)
    assert (found.gain_iou, found.gain_ratio) == (None, None)


def test_overlap_size_and_gain_are_those_of_the_boxes():
    # Ours is four tenths of the width, the reference five, the baseline three.
    ours, before = shapely.box(30.6, 48, 31, 49), shapely.box(30.7, 48, 31, 49)
    found = agreement(ours, EAST, HOME, before)
    assert found.iou == pytest.approx(4 / 5, abs=1e-3)
    assert found.area_ratio == pytest.approx(4 / 5, abs=1e-3)
    assert found.gain_iou == pytest.approx(1 / 2, abs=1e-3)
    assert found.gain_ratio == pytest.approx(1 / 2, abs=1e-3)


def test_the_front_is_as_far_as_the_lines_are_apart():
    # A tenth of a degree of longitude at 48.5 degrees north is 7.38 km.
    found = agreement(shapely.box(30.6, 48, 31, 49), EAST, HOME)
    assert found.front_km_median == pytest.approx(7.38, abs=0.05)
    assert found.gain_iou is None


def test_what_lies_outside_of_the_outline_does_not_count():
    found = agreement(shapely.box(30.5, 40, 40, 60), EAST, HOME)
    assert found.iou == pytest.approx(1, abs=1e-6)


def test_an_area_without_a_front_has_no_distance():
    assert agreement(HOME, EAST, HOME).front_km_median is None


def test_the_rows_in_force_on_a_day_are_the_front_of_that_day():
    claims = [
        at("ne", "RU", "2022-05-01", says="UA"),
        at("se", "RU", "2022-05-03", says="UA"),
        at("ne", "UA", "2022-06-01", says="RU"),
    ]
    held, found = control(claims, TOWNS, baseline()), cells(TOWNS, OUTLINE)
    always = front_lines(held, found, between=borders(found))
    for day in ("2022-04-30", "2022-05-01", "2022-05-02", "2022-05-03", "2022-06-01"):
        on = date.fromisoformat(day)
        line = front_line(held, found, on)
        assert in_force(always, on)["km"].sum() == pytest.approx(line["km"].sum())
        assert (len(line) == 0) == (day == "2022-04-30")


def test_a_piece_beyond_the_baseline_follows_when_the_front_has_passed_it():
    # The border runs through the cell of the northeast, whose town it leaves on Russia's side.
    east = shapely.box(36.6, 47, 38, 50)
    ground = cells(TOWNS, OUTLINE, baseline(east))
    held = control([at("nw", "RU", "2022-05-01", says="UA")], TOWNS, baseline(east))
    before, after = (
        areas(held, ground, date.fromisoformat(day)).groupby("holder")["km2"].sum()
        for day in ("2022-04-30", "2022-05-01")
    )
    size = ground.groupby("place_id")["km2"].sum()
    left = ground.loc[(ground["place_id"] == "ne") & (ground["baseline"] == "UA"), "km2"].sum()
    assert left > 0
    assert after["RU"] - before["RU"] == pytest.approx(size["nw"] + left)
