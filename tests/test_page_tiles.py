"""An online map: offered where it was asked for, and asked for nothing until it is ticked."""

import base64
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from test_page_browser import CHANGES, WAR, assets, browser, html  # noqa: F401 - fixtures

from tracker.cli import run
from tracker.errors import UsageError
from tracker.mapping import Tiles, build_map, render, tiles_of

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
OURS = Tiles("https://tiles.example.org/{z}/{x}/{y}.png", "© Example <b>Maps</b>")


def policy(page):
    return page.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]


@pytest.fixture
def visit(browser, tmp_path):  # noqa: F811 - the fixture
    """Opens a page; gives it and what it asked other hosts for."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    asked = []

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(body=PIXEL, content_type="image/png")

    def visit(text):
        file = tmp_path / "map.html"
        file.write_text(text, encoding="utf-8")
        page = context.new_page()
        page.route(lambda url: url.startswith("https:"), answer)
        page.goto(file.as_uri())
        return page, asked

    yield visit
    context.close()


def test_tiles_are_asked_for_once_ticked_and_take_the_place_of_the_ground(visit, assets):  # noqa: F811
    page, asked = visit(html(assets, tiles=OURS))
    ground = page.locator("canvas.tracker-ground")
    expect(ground).to_be_visible()
    page.wait_for_timeout(300)
    assert asked == []
    page.locator(".leaflet-control-layers").hover()
    page.get_by_label("Online map").check()
    expect(page.locator("img.leaflet-tile").first).to_be_visible()
    assert asked
    assert {urlsplit(url).hostname for url in asked} == {"tiles.example.org"}
    expect(ground).to_be_hidden()
    credit = page.locator(".leaflet-control-attribution")
    expect(credit).to_contain_text("© Example <b>Maps</b>")
    assert page.locator(".leaflet-control-attribution b").count() == 0
    page.get_by_label("Online map").uncheck()
    expect(ground).to_be_visible()


def test_a_page_without_tiles_lets_no_picture_through(assets):  # noqa: F811
    plain, with_tiles = html(assets), html(assets, tiles=OURS)
    assert "img-src data:;" in policy(plain)
    assert "img-src data: https://tiles.example.org;" in policy(with_tiles)
    assert '<meta name="referrer" content="no-referrer">' in plain


def test_several_hosts_of_one_map_are_let_through(assets):  # noqa: F811
    tiles = Tiles("https://{s}.tiles.example.org/{z}/{x}/{y}.png", "Example")
    page = render(build_map(CHANGES, war=WAR, assets=assets, tiles=tiles))
    assert "img-src data: https://*.tiles.example.org;" in policy(page)


@pytest.mark.parametrize(
    ("url", "credit"),
    [
        ("https://tiles.example.org/", "Example"),
        ("tiles.example.org/{z}/{x}/{y}.png", "Example"),
        ("javascript:alert(1)//{z}/{x}/{y}", "Example"),
        ("https://a.example; script-src */{z}/{x}/{y}.png", "Example"),
        ("https://[::1/{z}/{x}/{y}.png", "Example"),
        ("https://tiles.example.org/{z}/{x}/{y}.png", " "),
    ],
)
def test_what_is_no_address_of_tiles_is_refused(url, credit):
    with pytest.raises(UsageError, match="tiles"):
        tiles_of(url, credit)


def test_osm_is_short_for_openstreetmap_and_nothing_for_none():
    osm = tiles_of("osm")
    assert osm is not None
    assert (osm.host, osm.credit) == (
        "https://tile.openstreetmap.org",
        "© OpenStreetMap contributors",
    )
    assert tiles_of("") is None


def test_the_command_refuses_tiles_before_it_reads(here, capfd):
    assert run(["map", "missing.txt", "-o", "x.html", "--tiles", "https://example.org/"]) == 2
    assert "tiles 'https://example.org/': write 'osm'" in capfd.readouterr().err


def test_the_layer_has_a_name_in_each_language(visit, assets):  # noqa: F811
    page, _ = visit(html(assets, tiles=OURS))
    page.get_by_role("button", name="Українською").click()
    page.locator(".leaflet-control-layers").hover()
    expect(page.get_by_label("Мапа з мережі")).not_to_be_checked()
