"""The time bar: steps, keys, dates, play, highlight and comparison."""

# ruff: noqa: F811 - fixtures are named where they are imported and where they are used

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
import shapely
from playwright.sync_api import expect
from test_page_browser import (  # noqa: F401
    CHANGES,
    FIRST,
    LAST,
    assets,
    browser,
    change,
    color,
    html,
    looks,
    open_page,
    page,
    panel,
    shown_date,
)

from tracker.control import Baseline, control, holders_as_known
from tracker.model import Place


def go(page, day):
    page.evaluate("day => tracker.setDate(day)", day)


@pytest.mark.parametrize(
    ("button", "day"),
    [
        ("back-day", "2022-09-09"),
        ("on-day", "2022-09-11"),
        ("back-week", "2022-09-03"),
        ("on-week", "2022-09-17"),
        ("previous", "2022-09-08"),
        ("next", "2023-01-11"),
    ],
)
def test_buttons_step_by_a_day_a_week_and_to_the_next_change(page, button, day):
    go(page, "2022-09-10")
    panel(page, button).click()
    assert shown_date(page) == day


def test_at_the_ends_of_time_there_is_no_step_further(page):
    for name in ("on-day", "on-week", "next"):
        assert panel(page, name).is_disabled()
    go(page, FIRST)
    for name in ("back-day", "back-week", "previous"):
        assert panel(page, name).is_disabled()
    assert panel(page, "on-day").is_enabled()


@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("ArrowLeft", "2022-09-09"),
        ("ArrowRight", "2022-09-11"),
        ("ArrowUp", "2022-09-11"),
        ("PageDown", "2022-09-03"),
        ("PageUp", "2022-09-17"),
        ("Shift+ArrowLeft", "2022-09-08"),
        ("Shift+ArrowRight", "2023-01-11"),
        ("Home", FIRST),
        ("End", LAST),
    ],
)
@pytest.mark.parametrize("focus", ["slider", "page"])
def test_keys_move_the_day_from_the_slider_and_from_the_page_itself(page, focus, key, day):
    go(page, "2022-09-10")
    if focus == "slider":
        panel(page, "slider").focus()
    page.keyboard.press(key)
    assert shown_date(page) == day


def test_keys_typed_into_a_field_or_on_a_button_move_nothing(page):
    go(page, "2022-09-10")
    for name in ("speed", "on-day"):
        panel(page, name).focus()
        page.keyboard.press("PageUp")
        page.keyboard.press("Home")
        assert shown_date(page) == "2022-09-10"


def test_space_plays_and_pauses(page):
    page.keyboard.press("Space")
    expect(panel(page, "play")).to_have_attribute("aria-label", "Pause")
    page.keyboard.press("Space")
    expect(panel(page, "play")).to_have_attribute("aria-label", "Play")


def test_play_ends_on_the_last_day(page):
    go(page, "2023-01-15")
    panel(page, "speed").select_option("120")
    panel(page, "play").click()
    expect(panel(page, "date")).to_have_text(LAST)
    expect(panel(page, "play")).to_have_attribute("aria-label", "Play")


def test_moving_the_slider_stops_the_play(page):
    panel(page, "play").click()
    expect(panel(page, "date")).to_have_text(re.compile("2022-0[4-9]"))
    panel(page, "back-day").click()
    expect(panel(page, "play")).to_have_attribute("aria-label", "Play")


def test_a_date_can_be_typed(page):
    panel(page, "day").fill("2022-09-10")
    assert shown_date(page) == "2022-09-10"
    go(page, "2022-09-08")
    assert panel(page, "day").input_value() == "2022-09-08"
    panel(page, "day").fill("")
    assert shown_date(page) == "2022-09-08"
    assert panel(page, "day").input_value() == "2022-09-08"


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Kyiv", "Pacific/Auckland"])
def test_a_typed_date_is_that_day_in_all_time_zones(open_page, assets, zone):
    page = open_page(html(assets), timezone_id=zone)
    panel(page, "day").fill("2022-09-10")
    assert shown_date(page) == "2022-09-10"
    assert panel(page, "weekday").inner_text() == "Saturday, 10 September 2022"


def test_what_changed_in_the_last_days_stands_out(page):
    go(page, "2022-09-14")
    plain = color(page, "kupiansk", 25, -25)
    panel(page, "recent").select_option("7")
    strong = color(page, "kupiansk", 25, -25)
    # The canvas keeps colours multiplied with their opacity, which rounds them.
    assert plain[:3] == pytest.approx(strong[:3], abs=4)
    assert strong[3] > plain[3] + 50
    # The tenth is five days ago on the fifteenth, eight on the eighteenth.
    go(page, "2022-09-16")
    assert color(page, "kupiansk", 25, -25)[3] == strong[3]
    go(page, "2022-09-17")
    assert color(page, "kupiansk", 25, -25)[3] == plain[3]


def test_two_dates_are_compared_and_the_gains_are_named(page):
    go(page, "2022-09-10")
    panel(page, "compare").fill("2022-04-01")
    assert looks(page, "izium", 25, 25) == "UA"
    gains = panel(page, "gains").inner_text()
    assert re.fullmatch(r"2022-04-01 to 2022-09-10: Ukraine \+[\d,]+ km² \(3 places\)", gains)
    # From the other side it is the same: the earlier day comes first.
    go(page, "2022-04-01")
    panel(page, "compare").fill("2022-09-10")
    assert panel(page, "gains").inner_text() == gains


def test_in_a_comparison_what_did_not_change_is_pale(page):
    go(page, "2022-09-09")
    held = color(page, "izium", 25, 25)
    panel(page, "compare").fill("2022-04-01")
    pale = color(page, "izium", 25, 25)
    assert pale[3] < held[3]
    panel(page, "compare-end").click()
    assert color(page, "izium", 25, 25) == held
    expect(panel(page, "gains")).to_be_hidden()


def test_without_a_change_between_two_dates_the_page_says_so(page):
    go(page, "2022-09-09")
    panel(page, "compare").fill("2022-09-08")
    assert panel(page, "gains").inner_text() == "2022-09-08 to 2022-09-09: no place changed hands"


def test_the_switch_of_what_was_known_stands_only_where_it_is_known(page):
    expect(panel(page, "known-option")).to_be_hidden()


def test_as_known_on_the_day_a_change_shows_from_its_first_report_on(open_page, assets):
    """Izium was retaken on the 10th; let all claims be published a day late."""
    late = timedelta(days=1)
    told = [replace(c, published=c.published + late) for one in CHANGES for c in one.claims]
    places = [Place(c.place_id, c.place, c.lon, c.lat, c.admin1) for c in told]
    country = shapely.box(20, 40, 42, 54)
    baseline = Baseline(date(2022, 2, 23), shapely.MultiPolygon(), country, "RU", "UA")
    frames = {
        "holders": control(told, places, baseline),
        "known": holders_as_known(told, places, baseline),
    }
    page = open_page(html(assets, **frames))
    held = "day => tracker.holderAt('izium', day)"
    days = ["2022-09-09", "2022-09-10", "2022-09-11"]
    assert [page.evaluate(held, day) for day in days] == ["RU", "UA", "UA"]
    panel(page, "known").check()
    assert [page.evaluate(held, day) for day in days] == ["RU", "RU", "UA"]
    go(page, "2022-09-10")
    assert looks(page, "izium", 25, 25) == "RU"
    panel(page, "known").uncheck()
    assert looks(page, "izium", 25, 25) == "UA"
