"""The page without a mouse: what the keys reach, what it is called, and where the focus goes."""

# ruff: noqa: F811 - fixtures are named where they are imported and where they are used

import pytest
from playwright.sync_api import expect
from test_page_browser import (  # noqa: F401
    CHANGES,
    LAST,
    assets,
    browser,
    change,
    click,
    html,
    open_page,
    page,
    panel,
    shown_date,
)

FOCUSED = """() => {
    const { ariaLabel, dataset, id, className } = document.activeElement;
    return ariaLabel ?? dataset.tracker ?? id ?? className;
}"""
HISTORY = ".tracker-history"


def tab_to(page, name):
    """Presses Tab until the element with that name has the focus; the names passed on the way."""
    passed = []
    while not passed or passed[-1] != name:
        assert len(passed) < 40, passed
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        # The parts of a date are stops of one field.
        if passed[-1:] != [focused]:
            passed.append(focused)
    return passed


def test_the_keys_reach_the_time_bar_first_and_then_the_map(page):
    assert tab_to(page, "Zoom in") == [
        "Previous change",
        "A week back",
        "A day back",
        "Play",
        "Day shown on the map",
        "day",
        "speed",
        "recent",
        "compare",
        "Map",
        "Zoom in",
    ]


def test_the_close_button_gives_the_focus_back_to_the_list(page):
    page.evaluate("tracker.setDate('2022-09-08')")
    panel(page, "today").get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.locator(".leaflet-popup-close-button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(HISTORY)).to_have_count(0)
    expect(panel(page, "today").get_by_role("button")).to_be_focused()


def test_escape_closes_the_popup_also_when_the_slider_has_the_focus_and_leaves_it_there(page):
    click(page, "izium")
    expect(page.locator(f"{HISTORY} h3")).to_have_text("Izium, Kharkiv")
    page.locator("input[type=range]").focus()
    page.keyboard.press("Escape")
    expect(page.locator(HISTORY)).to_have_count(0)
    expect(page.locator("input[type=range]")).to_be_focused()


def test_after_a_click_on_the_map_the_focus_goes_back_to_the_map(page):
    click(page, "izium")
    expect(page.locator(HISTORY)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".folium-map")).to_be_focused()


@pytest.mark.parametrize("place", ["lviv", "sumy", "balakliia", "soledar"])
def test_on_a_phone_a_tooltip_stays_within_the_map(open_page, assets, place):
    edges = [
        change("Lviv", 24.03, 49.84, "UA", "2022-09-08"),
        change("Sumy", 34.8, 50.91, "UA", "2022-09-08"),
    ]
    phone = {"width": 390, "height": 844}
    page = open_page(html(assets, [*CHANGES, *edges]), viewport=phone)
    point = page.evaluate("id => tracker.pointOf(id)", place)
    page.mouse.move(point["x"], point["y"])
    tip = page.locator(".leaflet-tooltip").bounding_box()
    assert tip["x"] >= 0
    assert tip["x"] + tip["width"] <= 390
    assert tip["y"] >= 0


def test_all_places_of_the_day_are_listed_and_lead_to_their_popups(page):
    page.evaluate("tracker.setDate('2023-01-20')")
    panel(page, "places-section").locator("summary").click()
    rows = panel(page, "places").get_by_role("button")
    assert panel(page, "places-count").inner_text() == "4"
    expect(rows).to_have_count(4)
    assert [row.inner_text().split("\n") for row in rows.all()] == [
        ["Balakliia, Kharkiv", "Ukraine since 2022-09-08 · claimed"],
        ["Izium, Kharkiv", "Ukraine since 2022-09-10 · confirmed"],
        [
            "Kupiansk, Kharkiv",
            "Ukraine since 2022-09-10 · confirmed",
            "to Russia on 2023-01-20 · disputed",
        ],
        ["Soledar, Kharkiv", "Russia since 2023-01-16 · confirmed"],
    ]
    rows.nth(3).focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{HISTORY} h3")).to_have_text("Soledar, Kharkiv")
    page.keyboard.press("Escape")
    expect(rows.nth(3)).to_be_focused()


def test_the_list_of_places_follows_the_day_and_the_layers(page):
    panel(page, "places-section").locator("summary").click()
    page.evaluate("tracker.setDate('2022-09-08')")
    rows = panel(page, "places").get_by_role("button")
    assert [row.inner_text().split("\n")[0] for row in rows.all()] == [
        "Balakliia, Kharkiv",
        "Izium, Kharkiv",
    ]
    page.locator(".leaflet-control-layers").hover()
    page.get_by_label("2022-09-08 · Ukraine (1)").uncheck()
    expect(rows).to_have_count(1)
    assert panel(page, "places-count").inner_text() == "1"


def test_a_date_can_be_assigned_as_it_can_be_set(page):
    page.evaluate("tracker.date = '2022-09-08'")
    assert shown_date(page) == "2022-09-08"
    wrong = "() => { 'use strict'; try { tracker.date = 'soon'; } catch (e) { return e.name; } }"
    assert page.evaluate(wrong) == "RangeError"
    assert shown_date(page) == "2022-09-08"
