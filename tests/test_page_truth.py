"""What the page shows is what the program says: holders, cells and square kilometres."""

# ruff: noqa: F811 - fixtures are named where they are imported and where they are used

import csv
import random
from datetime import date, timedelta
from pathlib import Path

import pytest
import shapely
from test_page_browser import assets, browser, change, html, open_page, page  # noqa: F401

from tracker.cli.app import run
from tracker.control import Baseline, cells, control, km2_series
from tracker.mapping import build_map, render
from tracker.model import Place
from tracker.resources import load_war

REPORTS = Path(__file__).parent.parent / "reports"
WAR = load_war("ukraine")
SQUARE = shapely.box(30, 47, 36, 51)
WEST = shapely.box(30, 47, 31.7, 49)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The map of the sample reports, and the table of holders that the program writes of them."""
    folder = tmp_path_factory.mktemp("truth")
    assert run(["map", str(REPORTS), "--areas", "-o", str(folder / "map.html")]) == 0
    assert run(["control", str(REPORTS), "--areas", "-o", str(folder / "holders.csv")]) == 0
    return folder


def holder(rows, day):
    """Who holds a place on a day by the rows of its table; intervals are half open."""
    iso = day.isoformat()
    (held,) = [
        row["holder"]
        for row in rows
        if (not row["valid_from"] or row["valid_from"] <= iso)
        and (not row["valid_to"] or iso < row["valid_to"])
    ]
    return held


def test_the_page_shows_what_tracker_control_says_for_200_places_and_days(made, open_page):
    by_place = {}
    with (made / "holders.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_place.setdefault(row["place_id"], []).append(row)
    draw = random.Random(7)
    moved = [place_id for place_id, rows in by_place.items() if len(rows) > 1]
    chosen = draw.choices(moved, k=150) + draw.choices(list(by_place), k=50)
    days = [date(2022, 2, 20) + timedelta(draw.randrange(1500)) for _ in chosen]
    page = open_page((made / "map.html").read_text("utf-8"))
    shown = page.evaluate(
        "pairs => pairs.map(([place, day]) => tracker.holderAt(place, day))",
        [[place, day.isoformat()] for place, day in zip(chosen, days, strict=True)],
    )
    said = [holder(by_place[place], day) for place, day in zip(chosen, days, strict=True)]
    assert shown == said
    assert {"UA", "RU"} <= set(said)


def test_a_place_or_a_day_that_is_none_is_refused(page):
    for arguments in ("'nowhere', '2022-09-10'", "'izium', 'yesterday'"):
        refused = (
            f"() => {{ try {{ tracker.holderAt({arguments}); }} catch (e) {{ return e.name; }} }}"
        )
        assert page.evaluate(refused) == "RangeError"


@pytest.fixture(scope="module")
def country():
    """Forty places in a square, of which the west is held by Russia at first; some change hands."""
    draw = random.Random(3)
    places = [
        Place(
            f"p{i:02}",
            f"P{i:02}",
            round(draw.uniform(30.1, 35.9), 4),
            round(draw.uniform(47.1, 50.9), 4),
            "Kherson" if i % 2 else "Poltava",
            population=100 + i,
        )
        for i in range(40)
    ]
    baseline = Baseline(date(2022, 2, 23), WEST, SQUARE, "RU", "UA")
    changes = [
        change(p.name, p.lon, p.lat, "RU", "2022-03-05", status)
        for p, status in zip(places[:8], ["confirmed", "claimed"] * 4, strict=True)
    ]
    holders = control(changes, places, baseline)
    return places, baseline, changes, holders


def test_cells_and_square_kilometres_are_those_of_the_program(country, open_page, assets):
    places, baseline, changes, holders = country
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
    page = open_page(render(map_))
    page.evaluate("tracker.setDate('2022-03-05')")
    page.locator("[data-tracker=compare]").fill("2022-03-04")
    said = page.locator("[data-tracker=gains]").inner_text()
    pieces = cells(places, outline, baseline)
    series = km2_series(holders, pieces)
    russia = series[series["holder"] == "RU"].set_index("day")["high"]
    gained = russia.loc["2022-03-05"] - russia.loc["2022-03-04"]
    told = int(said.partition("Russia +")[2].partition(" km²")[0].replace(",", ""))
    assert told == pytest.approx(gained, rel=1e-4)


def test_a_pixel_belongs_to_the_cell_that_the_program_draws_there(country, open_page, assets):
    places, _baseline, changes, holders = country
    outline = shapely.geometry.mapping(SQUARE)
    map_ = build_map(
        changes, war=WAR, holders=holders, outline=outline, places=places, assets=assets
    )
    page = open_page(render(map_))
    whole = cells(places, outline).set_index("place_id")
    borders = shapely.union_all(whole.geometry.boundary.to_numpy())
    red = set(holders.loc[(holders["holder"] == "RU") & holders["valid_to"].isna(), "place_id"])
    draw = random.Random(5)
    grid = [(draw.uniform(30.2, 35.8), draw.uniform(47.2, 50.8)) for _ in range(300)]
    seen = page.evaluate(PIXELS, [[p.place_id, p.lon, p.lat] for p in places[:2]] + grid)[2:]
    right = total = 0
    for (lon, lat), colour in zip(grid, seen, strict=True):
        point = shapely.Point(lon, lat)
        inside = whole[whole.contains(point)]
        if len(inside) != 1 or borders.distance(point) < 0.02 or not colour:
            continue
        # Rings around towns are dark.
        if min(point.distance(shapely.Point(p.lon, p.lat)) for p in places) < 0.1:
            continue
        total += 1
        right += colour == ("RU" if inside.index[0] in red else "UA")
    assert total > 200
    assert right == total


# The first two are places, by which the others are found: the map is a straight view of Mercator's.
PIXELS = """points => {
    const north = (lat) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
    const [[a, lonA, latA], [b, lonB, latB], ...rest] = points;
    const [p, q] = [tracker.pointOf(a), tracker.pointOf(b)];
    const canvas = document.querySelector("canvas.tracker-canvas");
    const context = canvas.getContext("2d");
    const { left, top } = canvas.getBoundingClientRect();
    const colours = rest.map(([lon, lat]) => {
        const x = p.x + ((q.x - p.x) * (lon - lonA)) / (lonB - lonA);
        const y = p.y + ((q.y - p.y) * (north(lat) - north(latA))) / (north(latB) - north(latA));
        const [r, , blue, opacity] = context.getImageData(x - left, y - top, 1, 1).data;
        return opacity === 0 ? "" : blue > r ? "UA" : "RU";
    });
    return [null, null, ...colours];
}"""
