"""The layer on a folium map that is not a page of ours: one line, its own time bar, its control."""

# ruff: noqa: F811 - fixtures are named where they are imported and where they are used

import folium
import pytest
from test_page_browser import (  # noqa: F401
    CHANGES,
    LAST,
    OUTLINE,
    assets,
    browser,
    looks,
    panel,
)

from tracker.errors import HoldersError
from tracker.mapping import TimeSliderLayer
from tracker.mapping.changed import changes_of_holders, holders_of_changes


@pytest.fixture
def open_map(browser, assets, tmp_path):
    """Opens a folium map; what it links elsewhere is answered here, Leaflet with itself."""
    faults = []
    page = browser.new_page(viewport={"width": 1000, "height": 640})
    page.on("pageerror", lambda error: faults.append(str(error)))

    def answer(route):
        name = route.request.url.partition("?")[0].rpartition("/")[2]
        text = {"leaflet.js": assets.script.text, "leaflet.css": assets.style.text}.get(name, "")
        kind = "text/javascript" if name.endswith(".js") else "text/css"
        route.fulfill(body=text, content_type=kind)

    def open_map(map_):
        file = tmp_path / "folium.html"
        map_.save(str(file))
        page.route(lambda url: not url.startswith("file:"), answer)
        page.goto(file.as_uri())
        return page

    yield open_map
    page.close()
    assert faults == []


def layer_of(changes=CHANGES, **options):
    return TimeSliderLayer(holders_of_changes(changes), **options)


def test_one_line_puts_holders_on_any_folium_map(open_map):
    map_ = folium.Map([49, 36], zoom_start=7)
    layer_of().add_to(map_)
    page = open_map(map_)
    # The last change that moved the map; the dispute over Kupiansk did not.
    assert page.evaluate("tracker.date") == "2023-01-16"
    assert panel(page, "date").inner_text() == "2023-01-16"
    days = ["2022-09-09", "2022-09-10"]
    assert [page.evaluate("day => tracker.holderAt('izium', day)", day) for day in days] == [
        "RU",
        "UA",
    ]
    page.evaluate("tracker.setDate('2022-09-09')")
    assert looks(page, "izium", 15, 15) == "RU"


def test_the_map_keeps_its_own_view_and_its_tiles_show_through(open_map):
    map_ = folium.Map([49, 36], zoom_start=7)
    layer_of(outline=OUTLINE).add_to(map_)
    page = open_map(map_)
    point = page.evaluate("tracker.pointOf('izium')")
    # 1.26 degrees east of the middle at 256 * 2 ** 7 / 360 pixels a degree.
    assert point["x"] == pytest.approx(500 + 1.26 * 91.02, abs=1)
    ground = page.locator("canvas.tracker-ground")
    middle = "c => c.getContext('2d').getImageData(c.width / 2, c.height / 2, 1, 1).data[3]"
    assert ground.evaluate(middle) == 0


def test_the_time_bar_is_a_control_of_the_map(open_map):
    map_ = folium.Map([49, 36], zoom_start=7)
    layer_of().add_to(map_)
    page = open_map(map_)
    assert page.locator(".leaflet-control .tracker-bar, .leaflet-control.tracker-bar").count() == 1
    box = page.locator(".tracker-bar").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1000
    assert box["y"] + box["height"] <= 640
    panel(page, "back-day").click()
    assert page.evaluate("tracker.date") == "2023-01-15"


def test_parts_of_the_layer_are_ticked_in_foliums_layer_control(open_map):
    map_ = folium.Map([49, 36], zoom_start=7)
    layer_of().add_to(map_)
    folium.LayerControl(collapsed=False).add_to(map_)
    page = open_map(map_)
    page.evaluate("tracker.setDate('2022-09-09')")
    ticked = {
        label.inner_text().strip(): label.locator("input").is_checked()
        for label in page.locator(".leaflet-control-layers-overlays label").all()
    }
    assert ticked == {
        "Control": True,
        "Before the first change": True,
        "Front line": True,
        "Recent changes": True,
        "Towns": True,
        "Names of towns": False,
        "Oblast borders": False,
        "Rivers": False,
    }
    page.get_by_label("Control").uncheck()
    assert looks(page, "izium", 15, 15) == ""
    page.evaluate("tracker.setDate('2022-09-08')")
    assert looks(page, "izium", 15, 15) == ""
    page.get_by_label("Control").check()
    assert looks(page, "izium", 15, 15) == "RU"


def test_a_frame_of_another_shape_is_refused():
    frame = holders_of_changes(CHANGES).drop(columns="holder")
    with pytest.raises(HoldersError, match="column 'holder' is missing"):
        TimeSliderLayer(frame)


def test_changes_are_found_in_holders_where_none_are_given():
    found = [
        (c.place, c.date.isoformat(), c.from_holder, c.holder, c.status)
        for c in changes_of_holders(holders_of_changes(CHANGES))
    ]
    assert found == [
        ("Balakliia", "2022-09-08", "", "UA", "claimed"),
        ("Izium", "2022-04-01", "", "RU", "confirmed"),
        ("Izium", "2022-09-10", "RU", "UA", "confirmed"),
        ("Kupiansk", "2022-09-10", "", "UA", "confirmed"),
        ("Soledar", "2023-01-16", "", "RU", "confirmed"),
    ]
