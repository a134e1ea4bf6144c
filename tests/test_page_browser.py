"""The page in a browser: opened from disk, driven from outside, without a network."""

import os
import re
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from tracker.mapping import build_map, render
from tracker.model import Change, Claim, Place
from tracker.resources import load_war
from tracker.resources.assets import CDNS, Asset, Assets, load_assets, obtain

WAR = load_war("ukraine")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CANVAS = "canvas.tracker-canvas"


def claim(place, lon, lat, by, day, **fields):
    known = {
        "report_id": "r1",
        "published": day,
        "url": "https://example.org/report",
        "source": "Example Daily",
        "lang": "en",
        "place": place,
        "place_id": place.lower(),
        "as_written": place,
        "admin1": "Kharkiv",
        "level": "settlement",
        "change": "capture",
        "by": by,
        "holder": by,
        "date_from": day,
        "date_to": day,
        "claimed_by": by,
        "status": "asserted",
        "background": False,
        "quote": f"{WAR.side(by).name} has taken {place}.",
        "location": "located",
        "confidence": 0.9,
        "rule": "took",
        "lon": lon,
        "lat": lat,
    }
    return Claim(**(known | fields))


def change(place, lon, lat, by, day, status="confirmed", claims=None):
    day = date.fromisoformat(day)
    return Change(
        place_id=place.lower(),
        place=place,
        admin1="Kharkiv",
        lon=lon,
        lat=lat,
        holder=by,
        from_holder=WAR.other(by),
        date_from=day,
        date=day,
        status=status,
        background=False,
        claims=tuple(claims or [claim(place, lon, lat, by, day)]),
    )


DAY = date(2023, 1, 11)
SOLEDAR = [
    claim("Soledar", 38.09, 48.68, "RU", DAY),
    claim(
        "Soledar", 38.09, 48.68, "RU", DAY, status="denied", claimed_by="UA", quote="It is not so."
    ),
]
CHANGES = [
    change("Izium", 37.26, 49.19, "RU", "2022-04-01"),
    change("Balakliia", 36.86, 49.46, "UA", "2022-09-08", "claimed"),
    change("Izium", 37.26, 49.19, "UA", "2022-09-10"),
    change("Kupiansk", 37.61, 49.71, "UA", "2022-09-10"),
    change("Soledar", 38.09, 48.68, "RU", "2023-01-11", "disputed", SOLEDAR),
    change("Soledar", 38.09, 48.68, "RU", "2023-01-16"),
    change("Kupiansk", 37.61, 49.71, "RU", "2023-01-20", "disputed"),
]
# The slider begins on the eve of the first change.
FIRST, LAST = "2022-03-31", "2023-01-20"
# Day -> places that Ukraine and Russia hold, and disputes. Worked out from the list above.
SHOWN = {
    "2022-03-31": (0, 0, 0),
    "2022-04-01": (0, 1, 0),  # Izium
    "2022-09-07": (0, 1, 0),
    "2022-09-08": (1, 1, 0),  # and Balakliia
    "2022-09-10": (3, 0, 0),  # and Kupiansk; Izium changes hands
    "2023-01-10": (3, 0, 0),
    "2023-01-11": (3, 0, 1),  # a dispute over Soledar, of which nothing was known before
    "2023-01-16": (3, 1, 0),  # which ends
    "2023-01-20": (3, 1, 1),  # a dispute over Kupiansk, which Ukraine still holds
}
RING = [[22, 48], [24, 51.5], [34, 52.3], [40, 49.5], [38, 47], [33.5, 44.4], [30, 46], [22, 48]]
OUTLINE = {"type": "Polygon", "coordinates": [RING]}
TOWNS = [Place("izium", "Izium", 37.26, 49.19, "Kharkiv", population=45884)]


@pytest.fixture(scope="module")
def browser():
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def assets():
    loaded = load_assets()
    assert loaded.note == ""
    return loaded


@pytest.fixture
def open_page(browser, tmp_path):
    """Opens HTML from disk; afterwards nothing may have been asked for, said or broken."""
    contexts = []
    requests = []
    faults = []

    def open_page(html, fragment="", **context):
        file = tmp_path / "map.html"
        file.write_bytes(html.encode("utf-8"))
        contexts.append(browser.new_context(**context))
        page = contexts[-1].new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(file.as_uri() + fragment)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
    opened = {Path(urlsplit(url).path).name for url in requests if not url.startswith("blob:")}
    assert opened <= {"map.html"}


@pytest.fixture
def page(open_page, assets):
    return open_page(html(assets))


def html(assets, changes=CHANGES, **options):
    options = {"outline": OUTLINE, "places": TOWNS, "by": "day"} | options
    return render(build_map(changes, war=WAR, assets=assets, **options))


def shown_date(page):
    """The day as the page tells it in four places, which must agree."""
    told = {
        page.evaluate("tracker.date"),
        page.locator("[data-tracker=date]").inner_text(),
        page.locator("[data-tracker=date]").get_attribute("datetime"),
        page.locator("input[type=range]").get_attribute("aria-valuetext"),
    }
    assert len(told) == 1, told
    return told.pop()


def counts(page):
    """Places that Ukraine and Russia hold, and disputes, as the page counts them."""
    return tuple(int(n) for n in panel(page, "counts").locator("strong").all_inner_texts())


COLOR = """([id, dx, dy]) => {
    const canvas = document.querySelector("canvas.tracker-canvas");
    const { left, top } = canvas.getBoundingClientRect();
    const { x, y } = tracker.pointOf(id);
    const at = [x + dx - left, y + dy - top].map(Math.floor);
    return [...canvas.getContext("2d").getImageData(...at, 1, 1).data];
}"""


def color(page, place, dx=0, dy=0):
    """The canvas's pixel at a place: red, green, blue, opacity."""
    return page.evaluate(COLOR, [place, dx, dy])


def looks(page, place, dx=0, dy=0):
    """UA for a blue pixel, RU for a red one, '' for a clear one."""
    red, _, blue, opacity = color(page, place, dx, dy)
    return "" if opacity == 0 else "UA" if blue > red else "RU"


def click(page, place):
    """A click on the map where a place stands."""
    point = page.evaluate("id => tracker.pointOf(id)", place)
    page.mouse.click(point["x"], point["y"])


def panel(page, name):
    return page.locator(f"[data-tracker={name}]")


def test_the_page_opens_on_the_latest_day(page):
    assert shown_date(page) == LAST
    assert counts(page) == SHOWN[LAST]
    assert page.title() == "Russian invasion of Ukraine"


def test_each_day_shows_the_latest_change_of_each_place(page):
    for day in [*SHOWN, *reversed(SHOWN)]:
        page.evaluate("day => tracker.setDate(day)", day)
        assert (shown_date(page), counts(page)) == (day, SHOWN[day])


def test_izium_changes_hands_on_the_tenth_of_september(page):
    held = "day => tracker.holderAt('izium', day)"
    days = ["2022-03-31", "2022-04-01", "2022-09-09", "2022-09-10", "2030-01-01"]
    assert [page.evaluate(held, day) for day in days] == ["unknown", "RU", "RU", "UA", "UA"]


def test_the_canvas_is_drawn_before_a_step_returns(page):
    drawn = """day => {
        tracker.setDate(day);
        const canvas = document.querySelector("canvas.tracker-canvas");
        const { left, top } = canvas.getBoundingClientRect();
        const { x, y } = tracker.pointOf("izium");
        const [r, , b] = canvas.getContext("2d").getImageData(x - left, y - top, 1, 1).data;
        return b > r ? "UA" : "RU";
    }"""
    days = ["2022-09-09", "2022-09-10", "2022-04-01", "2022-09-10"]
    assert [page.evaluate(drawn, day) for day in days] == ["RU", "UA", "RU", "UA"]


def test_a_cell_is_coloured_around_its_town_and_clear_before_anything_is_known(page):
    page.evaluate("tracker.setDate('2022-09-09')")
    assert looks(page, "izium", 25, 25) == "RU"
    page.evaluate("tracker.setDate('2022-09-10')")
    assert looks(page, "izium", 25, 25) == "UA"
    page.evaluate("tracker.setDate('2022-03-31')")
    assert looks(page, "izium", 25, 25) == ""


def test_the_slider_is_labelled_and_moves_the_map_through_real_days(page):
    slider = page.locator("input[type=range]")
    assert slider.get_attribute("aria-label") == "Day shown on the map"
    assert slider.evaluate("s => Number(s.max) - Number(s.min)") == 295
    moved = "(s, v) => { s.value = v; s.dispatchEvent(new Event('input', {bubbles: true})); }"
    slider.evaluate(moved, 0)
    assert (shown_date(page), counts(page)) == (FIRST, SHOWN[FIRST])
    slider.evaluate(moved, 163)
    assert (shown_date(page), counts(page)) == ("2022-09-10", SHOWN["2022-09-10"])


def test_the_arrow_keys_move_by_a_day(page):
    page.locator("input[type=range]").focus()
    page.keyboard.press("ArrowLeft")
    assert shown_date(page) == "2023-01-19"
    page.keyboard.press("Home")
    assert shown_date(page) == FIRST
    page.keyboard.press("End")
    assert shown_date(page) == LAST


def test_a_date_outside_the_map_gives_its_nearest_day(page):
    page.evaluate("tracker.setDate('1999-12-31')")
    assert shown_date(page) == FIRST
    page.evaluate("tracker.setDate('2099-12-31')")
    assert shown_date(page) == LAST


@pytest.mark.parametrize("wrong", ["yesterday", "2022-02-30", "2022-9-1", "", "2022-09-10T00:00"])
def test_what_is_not_a_date_is_refused_and_changes_nothing(page, wrong):
    page.evaluate("tracker.setDate('2022-09-08')")
    name = page.evaluate("w => { try { tracker.setDate(w); } catch (e) { return e.name; } }", wrong)
    assert name == "RangeError"
    assert shown_date(page) == "2022-09-08"


def test_a_link_with_a_date_opens_on_that_day(open_page, assets):
    page = open_page(html(assets), "#date=2022-09-08")
    assert (shown_date(page), counts(page)) == ("2022-09-08", SHOWN["2022-09-08"])


def test_a_link_with_a_broken_date_opens_on_the_latest_day(open_page, assets):
    assert shown_date(open_page(html(assets), "#date=2022-02-30")) == LAST


def test_the_address_follows_the_day_and_the_day_the_address(page):
    assert "#" not in page.url
    page.evaluate("tracker.setDate('2022-09-08')")
    assert page.evaluate("location.hash") == "#date=2022-09-08"
    page.evaluate("location.hash = '#date=2022-09-10'")
    expect(panel(page, "date")).to_have_text("2022-09-10")
    assert counts(page) == SHOWN["2022-09-10"]


def test_after_a_long_drag_the_address_arrives_at_the_last_day(page):
    page.evaluate(
        "for (let i = 1; i < 30; i++) tracker.setDate(`2022-09-${`${i}`.padStart(2, 0)}`)"
    )
    page.wait_for_url("**/map.html#date=2022-09-29")


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Kyiv", "Pacific/Auckland"])
def test_the_day_is_the_same_in_all_time_zones(open_page, assets, zone):
    page = open_page(html(assets), "#date=2022-09-10", timezone_id=zone)
    assert (shown_date(page), counts(page)) == ("2022-09-10", SHOWN["2022-09-10"])
    assert panel(page, "weekday").inner_text() == "Saturday, 10 September 2022"
    assert panel(page, "today").locator("li").count() == 2


def test_the_buttons_go_to_the_next_and_the_previous_change(page):
    panel(page, "previous").click()
    assert shown_date(page) == "2023-01-16"
    panel(page, "next").click()
    assert shown_date(page) == LAST
    assert panel(page, "next").is_disabled()


def test_play_runs_from_the_first_day_and_can_be_stopped(page):
    panel(page, "play").click()
    assert panel(page, "play").get_attribute("aria-label") == "Pause"
    expect(panel(page, "date")).to_have_text(re.compile("2022-0[4-9]-.[2-9]"))
    panel(page, "play").click()
    assert panel(page, "play").get_attribute("aria-label") == "Play"
    stopped = shown_date(page)
    page.wait_for_timeout(400)
    assert shown_date(page) == stopped


def test_an_unticked_layer_stays_hidden_on_all_days(page):
    page.evaluate("tracker.setDate('2022-09-10')")
    page.locator(".leaflet-control-layers").hover()
    page.get_by_label("2022-09-10 · Ukraine (2)").uncheck()
    assert counts(page) == (1, 0, 0)
    assert panel(page, "counts").inner_text().split() == [
        "1",
        "Ukraine",
        "0",
        "Russia",
        "0",
        "disputed",
    ]
    page.evaluate("tracker.setDate('2022-09-08')")
    assert counts(page) == (1, 1, 0)
    page.evaluate("tracker.setDate('2023-01-16')")
    assert counts(page) == (1, 1, 0)
    page.get_by_label("2022-09-10 · Ukraine (2)").check()
    assert counts(page) == (3, 1, 0)


def test_all_layers_can_be_hidden_and_shown_at_once(page):
    page.locator(".leaflet-control-layers").hover()
    page.get_by_role("button", name="None", exact=True).click()
    assert counts(page) == (0, 0, 0)
    page.evaluate("tracker.setDate('2023-01-11')")
    assert counts(page) == (0, 0, 0)
    page.get_by_role("button", name="All", exact=True).click()
    assert counts(page) == SHOWN["2023-01-11"]


def test_the_panel_counts_places_and_lists_the_changes_of_the_day(page):
    page.evaluate("tracker.setDate('2022-09-10')")
    assert panel(page, "counts").inner_text().split() == [
        "3",
        "Ukraine",
        "0",
        "Russia",
        "0",
        "disputed",
    ]
    assert panel(page, "today").inner_text().split("\n") == [
        "Izium, Kharkiv",
        "from Russia to Ukraine · confirmed",
        "Kupiansk, Kharkiv",
        "from Russia to Ukraine · confirmed",
    ]
    page.evaluate("tracker.setDate('2022-09-11')")
    assert panel(page, "today").inner_text() == "None was reported for this day."


def test_a_click_on_a_town_tells_its_history(page):
    page.evaluate("tracker.setDate('2023-01-11')")
    click(page, "soledar")
    history = page.locator(".tracker-history")
    text = history.inner_text()
    assert text.startswith("Soledar, Kharkiv")
    assert "2023-01-16 to Russia\nconfirmed, later" in text
    assert "2023-01-11 to Russia\ndisputed" in text
    assert "Russia has taken Soledar." in text
    assert "claimed by Russia · Example Daily · published 2023-01-11" in text
    assert "It is not so.\n\ndenied by Ukraine · Example Daily · published 2023-01-11" in text
    assert "capture by Russia, 2023-01-11 · denied" in text
    link = history.get_by_role("link").first
    assert link.get_attribute("href") == "https://example.org/report"
    assert link.get_attribute("target") == "_blank"
    assert link.get_attribute("rel") == "noopener noreferrer nofollow"


def test_the_keyboard_opens_the_history_from_the_list_of_the_day(page):
    page.evaluate("tracker.setDate('2022-09-08')")
    panel(page, "today").get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert page.locator(".tracker-history h3").inner_text() == "Balakliia, Kharkiv"
    assert page.evaluate("document.activeElement.className") == "tracker-history"
    page.keyboard.press("Escape")
    expect(page.locator(".tracker-history")).to_have_count(0)
    expect(panel(page, "today").get_by_role("button")).to_be_focused()


def test_claims_without_a_marker_are_listed_with_their_quotes(open_page, assets):
    day = date(2022, 9, 9)
    others = [
        claim("Ivanivka", None, None, "UA", day, location="ambiguous"),
        claim("Toretsk", 37.85, 48.4, "RU", day, status="partial", quote="They entered Toretsk."),
    ]
    page = open_page(html(assets, other_claims=others))
    lists = panel(page, "others").locator("details")
    assert lists.all_inner_texts() == [
        "The name fits several places 1",
        "Only a part of the place 1",
    ]
    lists.last.locator("summary").click()
    expect(lists.last).to_contain_text("They entered Toretsk.")
    expect(lists.last).to_contain_text("claimed by Russia")


def test_a_map_without_changes_says_so(open_page, assets):
    page = open_page(html(assets, []))
    assert shown_date(page) == "2022-02-24"
    assert counts(page) == (0, 0, 0)
    assert panel(page, "today").inner_text() == (
        "No change of control was read from these reports."
    )


def test_the_page_adds_one_global_besides_its_libraries(page):
    assert page.evaluate("Object.keys(tracker).sort()") == [
        "date",
        "holderAt",
        "pointOf",
        "setDate",
    ]
    added = """() => {
        const frame = document.body.appendChild(document.createElement("iframe"));
        const usual = new Set(Object.getOwnPropertyNames(frame.contentWindow));
        frame.remove();
        return Object.getOwnPropertyNames(window).filter((name) => !usual.has(name));
    }"""
    assert set(page.evaluate(added)) - {"L", "leaflet", "_leaflet_events", "d3"} == {"tracker"}


HOSTILE = [
    "<script>window.hacked = 1</script>",
    "</script><script>window.hacked = 2</script>",
    '"><img src=x onerror="window.hacked = 3">',
    "<!--<script>",
    "javascript:window.hacked = 4",
    "`${window.hacked = 5}`",
    "{{ 7 * 7 }}{% for x in y %}",
    "'); window.hacked = 6; ('",
    "&lt;b&gt; \u2028 \u2029 \u202e \x00 \ud800",
    "__proto__",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_is_shown_and_runs_nothing(open_page, assets, text):
    told = claim(
        text,
        37.26,
        49.19,
        "UA",
        date(2022, 9, 10),
        **dict.fromkeys(
            ("report_id", "source", "lang", "as_written", "admin1", "quote", "rule", "url"), text
        ),
    )
    seen = Change(text, text, text, 37.26, 49.19, text, text, DAY, DAY, "confirmed", False, (told,))
    lost = claim(text, None, None, "UA", DAY, location="unknown", quote=text, url=text)
    towns = [Place("1", text, 36.0, 49.0, population=9)]
    page = open_page(html(assets, [seen], other_claims=[lost], places=towns, title=text))
    panel(page, "today").get_by_role("button").click()
    panel(page, "others").locator("summary").click()

    for place in ("h1", ".tracker-history blockquote", "[data-tracker=others] blockquote"):
        assert page.locator(place).evaluate("e => e.textContent") == text
    # Half a character has no place in a table of names.
    name = text.replace("\ud800", "\ufffd")
    assert page.locator(".tracker-history h3").evaluate("e => e.textContent") == f"{name}, {text}"
    assert page.locator(".tracker-place-label").evaluate("e => e.textContent") == name
    assert page.locator(".tracker-history a, [data-tracker=others] a").count() == 0
    layer = page.locator(".leaflet-control-layers-overlays label").first
    assert layer.evaluate("e => e.textContent").strip() == (
        f"2023-01-11 · {text} (1)".replace("\x00", "")
    )
    assert page.locator("script").count() == 6
    assert page.locator("img, b").count() == 0
    assert page.evaluate("window.hacked") is None


def test_the_policy_of_the_page_stops_scripts_and_requests_that_are_not_its_own(
    browser, assets, tmp_path
):
    file = tmp_path / "map.html"
    file.write_text(html(assets), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    page.evaluate(
        """() => {
            const handler = document.createElement("a");
            handler.setAttribute("onclick", "window.hacked = 1");
            document.body.append(handler);
            handler.click();
            const script = document.createElement("script");
            script.textContent = "window.hacked = 2";
            document.body.append(script);
        }"""
    )
    assert page.evaluate("window.hacked") is None
    stopped = page.evaluate(
        """async () => {
            const stopped = [];
            const said = new Promise((resolve) =>
                document.addEventListener("securitypolicyviolation", (event) => {
                    stopped.push(event.effectiveDirective);
                    if (stopped.length === 3) resolve();
                }),
            );
            const elsewhere = "http://127.0.0.1:9/";
            fetch(elsewhere).catch(() => {});
            new Image().src = elsewhere;
            const frame = document.createElement("iframe");
            frame.src = elsewhere;
            document.body.append(frame);
            await Promise.race([said, new Promise((resolve) => setTimeout(resolve, 5000))]);
            return stopped.sort();
        }"""
    )
    assert stopped == ["connect-src", "frame-src", "img-src"]
    page.close()


def test_the_same_map_works_in_the_frame_of_a_notebook(open_page, assets):
    map_ = build_map(CHANGES, war=WAR, outline=OUTLINE, assets=assets)
    page = open_page(
        f'<!DOCTYPE html><meta charset="utf-8"><title>notebook</title>{map_._repr_html_()}'
    )
    frame = page.frames[1]
    frame.wait_for_load_state()
    assert frame.evaluate("tracker.date") == LAST
    frame.evaluate("tracker.setDate('2022-09-09')")
    assert looks(frame, "izium", 25, 25) == "RU"
    assert "#" not in page.url


def linked(assets):
    """The same libraries as they are linked when they could not be had."""
    files = (assets.script, assets.style, assets.cells)
    return Assets(*(Asset("", file.url, file.integrity) for file in files))


def test_a_page_that_links_its_libraries_works_with_a_network(browser, assets, tmp_path):
    files = {Path(name).name: content for name, content in obtain().items()}
    file = tmp_path / "map.html"
    file.write_text(html(linked(assets)), encoding="utf-8")
    page = browser.new_page()
    asked = []

    def answer(route):
        asked.append(route.request.url)
        name = Path(route.request.url).name
        route.fulfill(body=files[name], headers={"access-control-allow-origin": "*"})

    page.route(f"{CDNS[0]}/**", answer)
    page.goto(file.as_uri())
    assert counts(page) == SHOWN[LAST]
    assert sorted(asked) == [
        "https://cdn.jsdelivr.net/npm/d3-delaunay@6.0.4/dist/d3-delaunay.min.js",
        "https://cdn.jsdelivr.net/npm/leaflet@1.9.4/dist/leaflet.css",
        "https://cdn.jsdelivr.net/npm/leaflet@1.9.4/dist/leaflet.js",
    ]
    page.close()


@pytest.mark.parametrize("size", [(1440, 900), (820, 1180), (390, 844), (640, 450)])
def test_map_slider_and_panel_fit_the_window(open_page, assets, size):
    width, height = size
    page = open_page(html(assets), viewport={"width": width, "height": height})
    for part in (".folium-map", "input[type=range]", "[data-tracker=play]", "h1"):
        box = page.locator(part).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
    assert page.locator(".folium-map").bounding_box()["height"] >= height * 0.35
    assert page.evaluate("document.documentElement.scrollWidth") == width
