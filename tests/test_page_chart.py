"""The charts of square kilometres: the numbers of the program, in step with the slider."""

# ruff: noqa: F811 - fixtures are named where they are imported and where they are used

import re
from datetime import date

import geopandas
import pytest
import shapely
from playwright.sync_api import expect
from test_page_browser import (  # noqa: F401
    WAR,
    assets,
    browser,
    html,
    open_page,
    page,
    panel,
)
from test_page_truth import REPORTS, country, made  # noqa: F401

from tracker.api.world import World
from tracker.cli.app import run
from tracker.control import Baseline, cells, control, km2_series
from tracker.mapping import build_map, render

WIDE = {"width": 1440, "height": 900}
SQUARE = shapely.box(30, 47, 36, 51)
# Reaches beyond the country as a border drawn through the sea does, which is nobody's land.
WEST = shapely.Polygon([(28, 45), (31.7, 46), (32.5, 48), (31.5, 49), (28, 53)])


@pytest.fixture
def war(country, open_page, assets):
    """A page of forty places, and the series that the program works out for it."""
    places, _, changes, _ = country
    baseline = Baseline(date(2022, 2, 23), WEST & SQUARE, SQUARE, "RU", "UA")
    holders = control(changes, places, baseline)
    outline = shapely.geometry.mapping(SQUARE)
    map_ = build_map(
        changes,
        war=WAR,
        holders=holders,
        outline=outline,
        held=shapely.geometry.mapping(WEST),
        places=places,
        assets=assets,
    )
    series = km2_series(holders, cells(places, outline, baseline))
    return open_page(render(map_), viewport=WIDE), series


def told(page):
    """Side -> the numbers that its chart tells."""
    panel(page, "chart").locator("output").first.wait_for()
    return {
        head.locator("strong").inner_text().strip(): [
            int(number.replace(",", ""))
            for number in re.findall(r"[\d,]+", head.locator("output").inner_text().split(" km")[0])
        ]
        for head in panel(page, "chart").locator(".tracker-chart-head").all()
    }


def test_the_charts_tell_what_the_program_says_of_the_sample_reports(made, open_page):
    assert run(["control", str(REPORTS), "--areas", "-o", str(made / "holders.parquet")]) == 0
    holders = geopandas.read_parquet(made / "holders.parquet")
    world = World(None)
    named = set(holders.loc[holders["claims"] != "", "place_id"])
    pieces = cells(
        world.gazetteer.places, world.outline, world.baseline_of(None, None), named=named
    )
    series = km2_series(holders, pieces)
    page = open_page((made / "map.html").read_text("utf-8"), viewport=WIDE)
    for day in ("2022-02-24", "2022-04-01", "2023-05-20", "2026-02-24"):
        page.evaluate("day => tracker.setDate(day)", day)
        rows = series[series["day"] == day].set_index("holder")
        for side, holder in (("Ukraine", "UA"), ("Russia", "RU")):
            numbers = told(page)[side]
            # Slivers that the baseline cuts off from their places go to places beside them there.
            assert numbers[0] == pytest.approx(rows.loc[holder, "low"], rel=0.001)
            assert numbers[-1] == pytest.approx(rows.loc[holder, "high"], rel=0.001)
    # Much of what Russia claims to have taken by the last of them is not confirmed: a band.
    assert len(numbers) == 2


def test_all_land_belongs_to_someone_and_none_of_it_lies_beyond_the_outline(war):
    page, series = war
    page.evaluate("tracker.setDate('2022-03-04')")
    whole = series[series["day"] == "2022-03-04"]["low"].sum()
    numbers = told(page)
    assert numbers["Ukraine"][0] + numbers["Russia"][0] == pytest.approx(whole, abs=2)


def test_a_step_moves_the_line_of_the_day(page):
    line = panel(page, "chart").locator("line").first
    page.evaluate("tracker.setDate('2022-09-10')")
    # From 2022-03-31 to 2022-09-10.
    expect(line).to_have_attribute("x1", "163")
    page.evaluate("tracker.setDate('2022-09-11')")
    expect(line).to_have_attribute("x2", "164")


def test_a_chart_that_is_closed_is_left_alone_and_right_when_it_opens(page):
    line = panel(page, "chart").locator("line").first
    expect(line).to_have_attribute("x1", "295")
    heading = panel(page, "chart-section").locator("summary")
    heading.click()
    page.evaluate("tracker.setDate('2022-09-10')")
    expect(line).to_have_attribute("x1", "295")
    heading.click()
    expect(line).to_have_attribute("x1", "163")


def test_a_press_on_a_chart_goes_to_the_day_below_it(page):
    field = panel(page, "chart").locator("svg[viewBox^='0 0 295']").first
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 163 / 295, box["y"] + 10)
    assert page.evaluate("tracker.date") == "2022-09-10"


def test_the_charts_speak_the_language_of_the_page(page):
    panel(page, "chart").locator("output").first.wait_for()
    panel(page, "language").click()
    expect(panel(page, "chart").locator("output").first).to_contain_text("км²")
    expect(panel(page, "chart").locator("strong").first).to_contain_text("Україна")
