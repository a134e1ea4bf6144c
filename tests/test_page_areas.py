"""Areas that were told of as a whole: one line, one count, and every place of them kept."""

# ruff: noqa: F811 - fixtures are named where they are imported and where they are used

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import expect
from test_page_browser import (  # noqa: F401
    assets,
    browser,
    change,
    claim,
    click,
    counts,
    html,
    open_page,
    panel,
)

from tracker.model import Place

RAION = claim(
    "Izium Raion",
    None,
    None,
    "RU",
    date(2022, 4, 13),
    place_id="raion:kharkiv:izium",
    level="area",
    quote="Russian troops have taken all of Izium Raion.",
)
HAMLETS = [("Alpha", 36.9, 49.2), ("Beta", 37.2, 49.0), ("Gamma", 37.3, 49.3)]
OF_RAION = [change(*where, "RU", "2022-04-13", "claimed", [RAION]) for where in HAMLETS]
NAMED = change("Izium", 37.26, 49.19, "RU", "2022-04-13")
FREED = change("Beta", 37.2, 49.0, "UA", "2022-09-10")
AREA = Place("raion:kharkiv:izium", "Izium Raion", None, None, "Kharkiv", level="area",
             name_uk="Ізюмський район")  # fmt: skip


@pytest.fixture
def told(open_page, assets):
    made = html(assets, [*OF_RAION, NAMED, FREED], places=[AREA], by="day")
    page = open_page(made)
    page.evaluate("tracker.setDate('2022-04-13')")
    return page


def test_an_area_is_one_line_of_the_day_and_the_named_town_another(told):
    rows = panel(told, "today").locator(":scope > li")
    expect(rows).to_have_count(2)
    expect(rows.nth(0).locator("strong")).to_have_text("Izium Raion, Kharkiv")
    expect(rows.nth(0)).to_contain_text("3 places · from Ukraine to Russia · claimed")
    expect(rows.nth(1)).to_contain_text("Izium, Kharkiv")


def test_the_line_opens_to_who_said_so_and_to_each_place(told):
    row = panel(told, "today").locator("li.tracker-area")
    row.locator("summary").click()
    expect(row.locator("blockquote")).to_have_text("Russian troops have taken all of Izium Raion.")
    expect(row.locator("li button")).to_have_text(["Alpha", "Beta", "Gamma"])
    row.get_by_role("button", name="Gamma").click()
    history = told.locator(".tracker-history")
    expect(history.locator("h3")).to_have_text("Gamma, Kharkiv")
    expect(history).to_contain_text("Told of Izium Raion as a whole.")
    expect(history).to_contain_text("all of Izium Raion")


def test_a_click_on_the_line_shows_the_land_of_the_area(told):
    far = told.evaluate("tracker.pointOf('gamma').x - tracker.pointOf('alpha').x")
    panel(told, "today").locator("li.tracker-area > button").click()
    near = told.evaluate("tracker.pointOf('gamma').x - tracker.pointOf('alpha').x")
    assert near > 1.4 * far


def test_an_area_counts_once_in_the_readout_the_layers_and_the_bars(told):
    assert counts(told) == (0, 2, 0)
    names = told.locator(".leaflet-control-layers-overlays label").all_inner_texts()
    assert "2022-04-13 · Russia (2)" in [name.strip() for name in names]
    bars = told.locator("[data-tracker=density] path").evaluate_all(
        "paths => paths.map(p => p.getBBox().height)"
    )
    assert sorted(bars) == [1, 2]
    expect(told.get_by_text("An area that was told of as a whole counts once.")).to_be_visible()


def test_what_a_place_tells_of_itself_comes_before_what_was_told_of_its_area(told):
    told.evaluate("tracker.setDate('2022-09-10')")
    assert counts(told) == (1, 2, 0)
    assert told.evaluate("tracker.holderAt('beta', '2022-09-10')") == "UA"
    assert told.evaluate("tracker.holderAt('alpha', '2022-09-10')") == "RU"
    panel(told, "places-section").locator("summary").click()
    expect(panel(told, "places").locator("li.tracker-area")).to_contain_text("2 places")


def test_the_table_keeps_every_place_with_the_quote_and_the_name_of_the_area(told):
    with told.expect_download() as waiting:
        panel(told, "save-changes").click()
    text = waiting.value.path().read_text("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["area"]]
    assert [row["place"] for row in rows] == ["Alpha", "Beta", "Gamma"]
    assert {row["area"] for row in rows} == {"Izium Raion"}
    assert {row["quote"] for row in rows} == {RAION.quote}


def test_the_line_speaks_ukrainian(told):
    panel(told, "language").click()
    row = panel(told, "today").locator("li.tracker-area")
    expect(row).to_contain_text("Ізюмський район, Харківська обл.")
    expect(row).to_contain_text("пунктів: 3")


def test_a_page_without_areas_says_nothing_of_them(open_page, assets):
    page = open_page(html(assets, [NAMED]))
    expect(page.get_by_text("counts once")).to_be_hidden()


def test_one_claim_that_names_the_place_makes_the_change_its_own():
    own = claim("Alpha", 36.9, 49.2, "RU", date(2022, 4, 14))
    both = replace(OF_RAION[0], claims=(RAION, own))
    assert (OF_RAION[0].area, both.area, NAMED.area) == ("Izium Raion", "", "")
