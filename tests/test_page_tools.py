"""What the page offers beside the map: search, languages, files, links to what it shows."""

# ruff: noqa: F811 - fixtures are named where they are imported and where they are used

import csv
import io
import json
import re
from datetime import date

import pytest
from playwright.sync_api import expect
from test_page_browser import (  # noqa: F401
    CHANGES,
    assets,
    browser,
    change,
    claim,
    html,
    open_page,
    page,
    panel,
    shown_date,
)

from tracker.model import Place

PLACES = [
    Place("izium", "Izium", 37.26, 49.19, "Kharkiv", name_uk="Ізюм", population=45884),
    Place("soledar", "Soledar", 38.09, 48.68, "Donetsk", name_uk="Соледар", population=10490),
]
FORMS = {"izium": ("Изюм", "Izyum"), "soledar": ("Карло-Либкнехтовск", "Посёлок")}


@pytest.fixture
def told(open_page, assets):
    """A page that knows other names of its places."""
    return open_page(html(assets, places=PLACES, forms=FORMS))


def found(page):
    return panel(page, "found").get_by_role("option").all_inner_texts()


@pytest.mark.parametrize("written", ["Izium", "izyum", "ІЗЮМ", "Изюм", "изю", "ium"])
def test_a_town_is_found_by_any_of_its_written_forms(told, written):
    panel(told, "search").fill(written)
    assert found(told)[0].startswith("Izium, Kharkiv")


def test_accents_and_apostrophes_do_not_matter(told):
    for text in ("поселок", "карлолибкнехт", "КАРЛО’ЛИБКНЕХТ"):
        panel(told, "search").fill(text)
        assert found(told)[0].startswith("Soledar, Donetsk")


def test_the_keyboard_chooses_a_town_and_goes_there(told):
    field = panel(told, "search")
    field.fill("i")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant").endswith("_0")
    field.press("Enter")
    expect(told.locator(".tracker-history h3")).to_have_text("Izium, Kharkiv")
    expect(panel(told, "found")).to_be_hidden()
    told.keyboard.press("Escape")
    expect(field).to_be_focused()


def test_a_name_that_nobody_bears_is_said(told):
    panel(told, "search").fill("Nowhereville")
    expect(panel(told, "found")).to_have_text("No town of this name on the map.")


def test_a_town_without_claims_says_on_what_its_holder_rests(open_page, assets):
    page = open_page(html(assets, places=PLACES))
    page.evaluate("tracker.setDate('2022-09-10')")
    panel(page, "search").fill("Izium")
    panel(page, "search").press("Enter")
    expect(page.locator(".tracker-now")).to_have_text("On 2022-09-10: Ukraine, confirmed.")


def test_the_page_speaks_ukrainian_and_english(told):
    panel(told, "language").click()
    expect(told.locator("html")).to_have_attribute("lang", "uk")
    expect(told.get_by_role("heading", name="Умовні позначення")).to_be_visible()
    expect(panel(told, "counts")).to_contain_text("Україна")
    told.evaluate("tracker.setDate('2022-09-10')")
    expect(panel(told, "today")).to_contain_text("Ізюм, Харківська обл.")
    assert "lang=uk" in told.url
    panel(told, "language").click()
    expect(told.get_by_role("heading", name="Legend")).to_be_visible()


def test_every_word_of_the_page_is_there_in_both_languages(told):
    import tomllib

    from tracker.resources import read_text

    tables = tomllib.loads(read_text("mapping", "words.toml"))
    assert set(tables["en"]) <= set(tables["uk"])
    gaps = {
        key: {part.split("}")[0] for part in text.split("{")[1:]}
        for key, text in tables["en"].items()
    }
    for key, names in gaps.items():
        written = {part.split("}")[0] for part in tables["uk"][key].split("{")[1:]}
        assert written <= names, key
    keys = told.evaluate(
        "[...document.querySelectorAll('[data-words],[data-words-label]')]"
        ".flatMap((n) => [n.dataset.words, n.dataset.wordsLabel]).filter(Boolean)"
    )
    assert set(keys) <= set(tables["uk"])


def test_a_link_brings_back_day_view_place_and_layers(open_page, assets):
    link = "#date=2022-09-10&view=9/48.9/37.5&place=izium&off=towns,rivers&lang=uk"
    page = open_page(html(assets, places=PLACES), link)
    assert shown_date(page) == "2022-09-10"
    expect(page.locator(".tracker-history h3")).to_have_text("Ізюм, Харківська обл.")
    ticks = page.locator(".leaflet-control-layers-overlays label")
    off = [t.inner_text().strip() for t in ticks.all() if not t.locator("input").is_checked()]
    assert {"Населені пункти", "Річки"} <= set(off)


def test_a_broken_link_opens_the_page_all_the_same(open_page, assets):
    page = open_page(html(assets), "#view=x/y/z&place=__proto__&off=&compare=soon")
    assert shown_date(page) == "2023-01-20"


def test_the_address_follows_what_is_selected(told):
    panel(told, "search").fill("Izium")
    panel(told, "search").press("Enter")
    expect(told).to_have_url(re.compile("place=izium"))


def test_the_day_shown_is_taken_as_geojson(told):
    told.evaluate("tracker.setDate('2022-09-10')")
    with told.expect_download() as waiting:
        panel(told, "save-day").click()
    assert waiting.value.suggested_filename == "control-2022-09-10.geojson"
    collection = json.loads(waiting.value.path().read_text("utf-8"))
    held = {f["properties"]["place"]: f["properties"]["holder"] for f in collection["features"]}
    assert held["Izium"] == told.evaluate("tracker.holderAt('izium', '2022-09-10')") == "UA"
    assert all(len(f["geometry"]["coordinates"]) == 2 for f in collection["features"])


def test_all_changes_are_taken_as_csv_with_their_quotes(open_page, assets):
    day = date(2022, 10, 1)
    formula = claim("Lyman", 37.81, 48.99, "UA", day, quote='=1+1, "a"', source="@x")
    page = open_page(
        html(assets, [change("Lyman", 37.81, 48.99, "UA", "2022-10-01", claims=(formula,))])
    )
    with page.expect_download() as waiting:
        panel(page, "save-changes").click()
    text = waiting.value.path().read_text("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["date"], row["place"], row["holder"]) == ("2022-10-01", "Lyman", "UA")
    # A spreadsheet must not take what was quoted for a formula.
    assert (row["quote"], row["source"]) == ('\'=1+1, "a"', "'@x")


def test_the_view_is_taken_as_a_picture(told):
    with told.expect_download() as waiting:
        panel(told, "save-picture").click()
    data = waiting.value.path().read_bytes()
    assert data.startswith(b"\x89PNG")
    width = int.from_bytes(data[16:20], "big")
    box = told.locator(".folium-map").bounding_box()
    assert width == round(box["width"])


def test_embedded_it_is_map_and_slider(open_page, assets):
    page = open_page(html(assets), "?embed")
    expect(panel(page, "panel")).to_be_hidden()
    expect(panel(page, "slider")).to_be_visible()
    box = page.locator(".folium-map").bounding_box()
    assert box["width"] == page.viewport_size["width"]


# Names of things that are called the same in every language.
LATIN = {"GeoNames", "Natural", "Earth", "folium", "Leaflet", "delaunay", "GeoJSON", "CSV"}
WRITTEN = """() => {
    const said = (node) => [node.ariaLabel, node.title, node.placeholder];
    const texts = [];
    const all = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
    for (let node = all.nextNode(); node; node = all.nextNode()) {
        if (["SCRIPT", "STYLE", "NOSCRIPT", "BLOCKQUOTE"].includes(node.tagName)) continue;
        texts.push(...said(node));
        for (const child of node.childNodes) if (child.nodeType === 3) texts.push(child.data);
    }
    return [...new Set(texts.filter(Boolean).map((text) => text.trim()))];
}"""


def test_in_ukrainian_no_word_of_the_page_is_english(told):
    told.evaluate("tracker.setDate('2022-09-10')")
    panel(told, "compare").fill("2022-04-01")
    panel(told, "search").fill("Izium")
    panel(told, "search").press("Enter")
    panel(told, "language").click()
    expect(told.locator(".tracker-history h3")).to_have_text("Ізюм, Харківська обл.")
    panel(told, "chart").locator("output").first.wait_for()
    left = {
        text
        for text in told.evaluate(WRITTEN)
        if set(re.findall(r"[A-Za-z]{3,}", text)) - LATIN
        # Written by the sources, or names that the tables have in English only.
        and not re.search(r"English|Example Daily|took|Izium|Kupiansk|Balakliia|Soledar", text)
    }
    assert left == set()


def test_layers_are_named_in_the_language_of_the_page(told):
    told.locator(".leaflet-control-layers").hover()
    panel(told, "language").click()
    labels = told.locator(".leaflet-control-layers-overlays label")
    names = [label.inner_text().strip() for label in labels.all()]
    assert {"Лінія фронту", "Річки", "2022-09-10 · Україна (2)"} <= set(names)
    told.locator(".leaflet-control-layers").hover()
    told.get_by_role("group", name="Україна").get_by_text("Жодного").click()
    panel(told, "language").click()
    # A layer that was unticked stays so.
    assert not told.get_by_label("2022-09-10 · Ukraine (2)").is_checked()


def test_the_legend_is_painted_as_the_map_is(open_page, assets):
    page = open_page(html(assets))
    rows = panel(page, "legend").locator("li")
    said = {row.locator("strong").inner_text(): row for row in rows.all()}
    assert list(said) == [
        "Ukraine",
        "Russia",
        "confirmed",
        "claimed",
        "disputed",
        "held before the first change",
        "Front line",
        "dot",
        "ring",
        "gained",
    ]
    colours = """canvas => {
        const { width, height } = canvas;
        const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
        const alphas = new Set(data.filter((_, i) => i % 4 === 3));
        return [data[0], data[2], alphas.size];
    }"""
    looks = {
        name: [canvas.evaluate(colours) for canvas in row.locator("canvas").all()]
        for name, row in said.items()
    }
    assert [red < blue for red, blue, _ in looks["confirmed"]] == [True, False]
    # Solid is one strength, hatched is stripes of more.
    assert [strengths for *_, strengths in looks["confirmed"]] == [1, 1]
    assert all(strengths > 1 for *_, strengths in looks["claimed"] + looks["disputed"])


def test_a_history_says_why_the_map_shows_it_so(page):
    page.evaluate("tracker.setDate('2022-09-08')")
    panel(page, "search").fill("Balakliia")
    panel(page, "search").press("Enter")
    why = page.locator(".tracker-why")
    expect(why).to_contain_text("So since 2022-09-08: told only by the side that gained the place.")
    expect(why).to_contain_text("Confirmed and claimed changes move the map")
    page.evaluate("tracker.setDate('2022-09-07')")
    expect(why).to_contain_text("Nothing says who held it on this day.")
    panel(page, "language").click()
    expect(page.locator(".tracker-why")).to_contain_text("Ніщо не каже")


def test_the_page_says_what_it_was_made_from(page):
    # Seven changes with a claim each and one claim of a denial, all of one report.
    expect(panel(page, "inputs")).to_have_text(
        "Claims: 8. Reports that they come from: 1, the newest of 2023-01-20."
    )
