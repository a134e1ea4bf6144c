"""What the page looks like: small maps, phones, paper, names, layers, and no Leaflet at all."""

# ruff: noqa: F811 - fixtures are named where they are imported and where they are used

import re
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import expect
from test_page_browser import (  # noqa: F401
    CHANGES,
    LAST,
    SOLEDAR,
    assets,
    browser,
    change,
    claim,
    click,
    color,
    counts,
    html,
    linked,
    open_page,
    page,
    panel,
    shown_date,
)

from tracker.model import Place
from tracker.resources.assets import CDNS

HISTORY = ".tracker-history"
# What follows the window's size has done so after two frames.
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
PHONE = {"width": 390, "height": 844}
ONE = [change("Izium", 37.26, 49.19, "UA", "2022-09-10")]


def box(locator):
    found = locator.bounding_box()
    return (found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"])


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_one_change_has_a_before_and_an_after(open_page, assets):
    page = open_page(html(assets, ONE))
    assert (shown_date(page), counts(page)) == ("2022-09-10", (1, 0, 0))
    page.locator("input[type=range]").focus()
    page.keyboard.press("ArrowLeft")
    assert (shown_date(page), counts(page)) == ("2022-09-09", (0, 0, 0))
    assert panel(page, "previous").is_disabled()
    panel(page, "next").click()
    assert (shown_date(page), counts(page)) == ("2022-09-10", (1, 0, 0))
    assert panel(page, "next").is_disabled()
    assert panel(page, "play").is_enabled()


def test_one_change_is_a_narrow_bar_above_its_day(open_page, assets):
    page = open_page(html(assets, ONE))
    left, _, right, _ = box(page.locator(".tracker-density path").first)
    start, _, end, _ = box(page.locator("input[type=range]"))
    assert right - left <= 20
    # The thumb's middle is half its width, 8 px, before the end of the slider.
    assert (left + right) / 2 == pytest.approx(end - 8, abs=1.5)
    assert start < left


def test_with_nowhere_to_go_nothing_offers_to_go_there(open_page, assets):
    page = open_page(html(assets, []))
    for name in ("previous", "play", "next", "slider"):
        assert panel(page, name).is_disabled()


def test_a_town_that_changed_hands_is_named_once(open_page, assets):
    page = open_page(html(assets, ONE))
    assert page.locator(".tracker-place-label").all_inner_texts() == ["Izium"]
    assert page.locator(".tracker-label").count() == 0
    page.evaluate("tracker.setDate('2022-09-09')")
    assert page.locator(".tracker-place-label").count() == 0
    assert page.locator(".tracker-label").all_inner_texts() == ["Izium"]


def test_only_the_places_that_changed_on_the_day_are_named_and_twelve_at_most(open_page, assets):
    crowd = [change(f"P{i:02}", 30 + i * 0.5, 49 + i % 3, "RU", "2022-03-01") for i in range(14)]
    page = open_page(html(assets, [*crowd, *ONE]))
    assert page.locator(".tracker-place-label").all_inner_texts() == ["Izium"]
    page.evaluate("tracker.setDate('2022-03-01')")
    assert len(page.locator(".tracker-place-label").all()) == 12


@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, PHONE], ids=["wide", "phone"])
def test_names_do_not_lie_on_one_another_and_the_larger_towns_come_first(
    open_page, assets, viewport
):
    names = ["Kramatorsk", "Sloviansk", "Bakhmut", "Donetsk", "Izium"]
    points = [(37.58, 48.74), (37.61, 48.85), (38.0, 48.6), (37.8, 48.0), (37.26, 49.19)]
    towns = [
        Place(name, name, lon, lat, population=9 - i)
        for i, (name, (lon, lat)) in enumerate(zip(names, points, strict=True))
    ]
    told = [change(t.name, t.lon, t.lat, "RU", "2022-03-01") for t in towns]
    told = [replace(c, place_id=c.place) for c in told]
    far = [change("Lviv", 24.03, 49.84, "UA", "2022-03-02")]
    page = open_page(html(assets, [*told, *far], places=towns), viewport=viewport)
    written = page.locator(".tracker-label span").all()
    assert "Kramatorsk" in [label.inner_text() for label in written]
    boxes = [box(label) for label in written]
    for i, one in enumerate(boxes):
        assert not [other for other in boxes[i + 1 :] if overlap(one, other)]


def test_names_lie_above_markers_and_let_clicks_through(open_page, assets):
    page = open_page(html(assets, ONE))
    heights = page.evaluate(
        """() => [".leaflet-tracker-labels-pane", ".leaflet-overlay-pane"].map((pane) =>
            Number(getComputedStyle(document.querySelector(pane)).zIndex))"""
    )
    assert heights[0] > heights[1]
    assert page.locator(".tracker-place-label span").evaluate(
        "e => getComputedStyle(e).pointerEvents"
    ) == ("none")


def test_a_tooltip_names_the_place_and_who_holds_it(page):
    page.evaluate("tracker.setDate('2022-09-09')")
    point = page.evaluate("tracker.pointOf('izium')")
    page.mouse.move(point["x"], point["y"])
    expect(page.locator(".leaflet-tooltip")).to_have_text("Izium, Kharkiv: Russia, confirmed")
    page.mouse.move(5, 400)
    page.mouse.move(1300, 400)
    expect(page.locator(".leaflet-tooltip")).to_have_count(0)


@pytest.mark.parametrize("place", ["Balakliia", "Soledar", "Kupiansk"])
def test_on_a_phone_a_popup_leaves_a_part_of_the_map_free_and_lies_within_it(
    open_page, assets, place
):
    told = [claim(place, 37, 49, "UA", date(2022, 9, 9), quote="Long words. " * 80)] * 4
    longer = [replace(c, claims=tuple(told)) for c in CHANGES]
    page = open_page(html(assets, longer), viewport=PHONE)
    click(page, place.lower())
    page.wait_for_timeout(600)
    left, top, right, bottom = box(page.locator(".leaflet-popup-content-wrapper"))
    outer = box(page.locator(".folium-map"))
    assert left >= outer[0]
    assert top >= outer[1]
    assert right <= outer[2]
    assert bottom <= outer[3]
    assert (bottom - top) <= 0.65 * (outer[3] - outer[1])
    assert (right - left) <= 0.9 * (outer[2] - outer[0])


@pytest.mark.parametrize("viewport", [PHONE, {"width": 820, "height": 1180}])
def test_on_a_phone_the_day_stands_above_the_slider_whatever_is_read_below(
    open_page, assets, viewport
):
    page = open_page(html(assets), viewport=viewport)
    page.locator(".tracker-panel").evaluate("e => { e.scrollTop = e.scrollHeight; }")
    day, slider = box(panel(page, "date")), box(page.locator("input[type=range]"))
    assert 0 < slider[1] - day[3] < 130
    assert slider[3] < viewport["height"]
    expect(panel(page, "date")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_there_is_nothing_to_press_and_nothing_is_cut_off(open_page, assets, scheme):
    page = open_page(html(assets), viewport={"width": 1440, "height": 900}, color_scheme=scheme)
    wide = box(page.locator(".folium-map"))
    before = page.evaluate("tracker.pointOf('izium')")
    page.set_viewport_size({"width": 700, "height": 990})
    page.emulate_media(media="print", color_scheme=scheme)
    page.evaluate(DRAWN)
    for part in (".tracker-bar", ".leaflet-control-container", "[data-tracker=places-section]"):
        expect(page.locator(part)).to_be_hidden()
    for part in ("h1", "[data-tracker=date]", ".folium-map", "footer"):
        expect(page.locator(part)).to_be_visible()
    paper = box(page.locator(".folium-map"))
    for place in ("izium", "soledar", "balakliia"):
        point = page.evaluate("id => tracker.pointOf(id)", place)
        assert paper[0] < point["x"] < paper[2]
        assert paper[1] < point["y"] < paper[3]
    assert color(page, "izium")[3] == 255
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".tracker-panel").evaluate("e => e.scrollHeight - e.clientHeight") <= 1

    page.emulate_media(media="screen", color_scheme=scheme)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.evaluate(DRAWN)
    expect(page.locator(".tracker-bar")).to_be_visible()
    assert box(page.locator(".folium-map")) == wide
    back = page.evaluate("tracker.pointOf('izium')")
    assert back["x"] == pytest.approx(before["x"], abs=2)


def test_without_leaflet_the_page_says_so_and_stops(browser, assets, tmp_path):
    file = tmp_path / "map.html"
    file.write_text(html(linked(assets)), encoding="utf-8")
    page = browser.new_page()
    broken, said = [], []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda message: said.append(message.text))
    page.route(f"{CDNS[0]}/**", lambda route: route.abort())
    page.goto(file.as_uri())
    expect(panel(page, "offline")).to_be_visible()
    assert (
        panel(page, "offline")
        .inner_text()
        .startswith("This page needs the network once: Leaflet could not be loaded")
    )
    covers = "document.elementFromPoint(600, 600).closest('[data-tracker=offline]') !== null"
    assert page.evaluate(covers)
    assert broken == []
    # The browser's own lines for the files; none of the page's.
    assert [text for text in said if "Failed to load resource" not in text] == []
    page.close()


def headings(page):
    return [
        (part.get_attribute("aria-label"), part.locator("label").all_inner_texts())
        for part in page.locator(".leaflet-control-layers-overlays .tracker-layers").all()
    ]


BY_SIDE = [
    (
        "Ukraine",
        [" 2022-09-08 · Ukraine (1)", " 2022-09-10 · Ukraine (2)"],
    ),
    (
        "Russia",
        [
            " 2022-04-01 · Russia (1)",
            " 2023-01-11 · Russia (1)",
            " 2023-01-16 · Russia (1)",
            " 2023-01-20 · Russia (1)",
        ],
    ),
]


def test_layers_stand_under_their_side_and_each_side_has_all_and_none(page):
    page.locator(".leaflet-control-layers").hover()
    assert headings(page) == BY_SIDE
    assert counts(page) == (3, 1, 1)
    page.get_by_role("button", name="None of Russia").click()
    assert counts(page) == (3, 0, 0)
    expect(page.get_by_role("button", name="None of Russia")).to_be_focused()
    page.get_by_role("button", name="None of Ukraine").click()
    assert counts(page) == (0, 0, 0)
    page.get_by_role("button", name="All of Russia").click()
    assert counts(page) == (0, 1, 1)
    assert panel(page, "counts").inner_text().split() == (
        ["0", "Ukraine", "1", "Russia", "1", "disputed"]
    )


def test_layers_stay_arranged_when_leaflet_writes_its_list_anew(open_page, assets):
    page = open_page(html(assets))
    page.locator(".leaflet-control-layers").hover()
    list_ = page.locator(".leaflet-control-layers-overlays")
    list_.evaluate(
        """(list) => {
            const labels = [...list.querySelectorAll("label")];
            list.replaceChildren(...labels.reverse());
        }"""
    )
    assert [name for name, _ in headings(page)] == ["Ukraine", "Russia"]
    assert [sorted(labels) for _, labels in headings(page)] == [labels for _, labels in BY_SIDE]


def test_the_panel_names_the_newest_report_when_it_is_later_than_the_last_change(open_page, assets):
    later = claim("Myrne", None, None, "RU", date(2026, 3, 2), location="ambiguous")
    page = open_page(html(assets, other_claims=[later]))
    assert shown_date(page) == LAST
    expect(panel(page, "read")).to_be_visible()
    assert "reports up to 2026-03-02" in panel(page, "read").inner_text()


def test_the_panel_is_silent_when_no_report_is_later(page):
    expect(panel(page, "read")).to_be_hidden()


def test_a_place_stands_once_in_the_list_of_the_day_with_all_that_is_said(open_page, assets):
    twice = [
        change("Soledar", 38.09, 48.68, "RU", "2023-01-11", "claimed"),
        change("Soledar", 38.09, 48.68, "UA", "2023-01-11", "disputed", SOLEDAR),
    ]
    page = open_page(html(assets, twice))
    assert panel(page, "today").locator("li").count() == 1
    assert panel(page, "today").inner_text().split("\n") == [
        "Soledar, Kharkiv",
        "from Russia to Ukraine · disputed",
        "from Ukraine to Russia · claimed",
    ]


def test_the_changes_of_a_day_are_listed_by_name_whatever_their_ids(open_page, assets):
    of_a_day = [
        replace(change(name, lon, 49.5, "UA", "2022-09-11"), place_id=place_id)
        for name, lon, place_id in (("Vovchansk", 36.9, "1"), ("Lyptsi", 36.4, "2"))
    ]
    page = open_page(html(assets, of_a_day))
    assert panel(page, "today").locator("strong").all_inner_texts() == [
        "Lyptsi, Kharkiv",
        "Vovchansk, Kharkiv",
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"claimed_by": "RU"}, "admitted by Russia"),
        ({"claimed_by": "UA"}, "claimed by Ukraine"),
        ({"claimed_by": "RU", "status": "denied"}, "denied by Russia"),
        ({"claimed_by": "both"}, "reported by both sides"),
        ({"claimed_by": "other"}, "reported by a third party"),
    ],
)
def test_a_popup_tells_who_gains_or_loses_by_what_it_says(open_page, assets, fields, words):
    told = claim("Izium", 37.26, 49.19, "UA", date(2022, 9, 10), **fields)
    page = open_page(html(assets, [replace(ONE[0], claims=(told,))]))
    click(page, "izium")
    assert page.locator(".tracker-claim strong").inner_text() == words


def test_a_popup_names_the_days_between_which_it_happened(open_page, assets):
    told = claim("Izium", 37.26, 49.19, "UA", date(2022, 9, 10), date_from=date(2022, 9, 6))
    page = open_page(html(assets, [replace(ONE[0], date_from=date(2022, 9, 6), claims=(told,))]))
    click(page, "izium")
    text = page.locator(HISTORY).inner_text()
    assert "Happened between 2022-09-06 and 2022-09-10; shown from the later day." in text
    assert "capture by Ukraine, 2022-09-06 to 2022-09-10 · said to have happened" in text


def test_a_change_of_one_day_needs_no_range(page):
    click(page, "izium")
    assert "Happened between" not in page.locator(HISTORY).inner_text()


def test_a_popup_stays_as_it_is_while_nothing_changes_in_its_place(page):
    page.evaluate("tracker.setDate('2022-09-11')")
    click(page, "izium")
    page.locator(HISTORY).evaluate("e => { e.dataset.same = 'yes'; }")
    page.evaluate("tracker.setDate('2022-12-01')")
    assert page.locator(HISTORY).get_attribute("data-same") == "yes"
    page.evaluate("tracker.setDate('2022-09-01')")
    assert re.search("confirmed, later", page.locator(HISTORY).inner_text())
