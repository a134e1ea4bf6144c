"""A hundred hostile strings in every field that holds text: nothing runs, nothing breaks."""

# ruff: noqa: F811 - fixtures are named where they are imported and where they are used

import csv
import io
import json
from dataclasses import replace

import pytest
from hostile import HOSTILE
from playwright.sync_api import expect
from test_page_browser import assets, browser, change, html, open_page, panel  # noqa: F401

from tracker.cli.app import run
from tracker.model import Place

TITLE = "</title><script>window.hacked=1</script>{{7*7}}"
FIELDS = ["source", "url", "lang", "place", "as_written", "admin1", "quote", "rule"]


def rows():
    """Two claims with each string: one that moves the map, and one that is nowhere."""
    for number, text in enumerate(HOSTILE):
        told = dict.fromkeys(FIELDS, text) | {
            "report_id": f"{text}{number}",
            "place_id": f"{text} {number}",
            "published": "2022-09-12",
            "change": "capture",
            "by": "UA",
            "date_from": "2022-09-10",
            "date_to": "2022-09-10",
            "claimed_by": "RU",
            "lon": 30 + 0.6 * (number % 10),
            "lat": 47 + 0.3 * (number // 10),
        }
        yield told
        yield told | {"lon": None, "lat": None, "location": "unknown", "place_id": ""}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The page that the command line makes of such claims."""
    folder = tmp_path_factory.mktemp("hostile")
    lines = "".join(json.dumps(row) + "\n" for row in rows())
    (folder / "claims.jsonl").write_text(lines, "ascii")
    arguments = ["map", str(folder / "claims.jsonl"), "-o", str(folder / "map.html")]
    assert run([*arguments, "--title", TITLE]) == 0
    return (folder / "map.html").read_text("utf-8")


# What the page may hold: its own scripts and none of the elements that the strings try to make.
STRANGERS = """() => {
    const made = "iframe, object, embed, video, base, form, marquee, math, img, template";
    const more = "body link, body style, custom-tag, [onerror], [onload]";
    return [...document.querySelectorAll(`${made}, ${more}`)]
        .map((one) => one.outerHTML.slice(0, 80));
}"""
STATE = """() => ({
    hacked: window.hacked ?? null,
    scripts: document.scripts.length,
    title: document.title,
    polluted: Object.keys(Object.prototype).length + Object.keys(Array.prototype).length,
})"""


def unhurt(page):
    """Nothing ran and nothing was let in; what the page was called is still its name."""
    state = page.evaluate(STATE)
    assert page.evaluate(STRANGERS) == []
    assert (state["hacked"], state["polluted"]) == (None, 0)
    assert state["title"] == TITLE
    return state["scripts"]


def normal(text):
    """As text is kept: without halves of letters, controls as spaces, spaces once."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(whole.split())


def test_a_hundred_hostile_strings_are_shown_and_run_nowhere(written, open_page):
    page = open_page(written)
    scripts = unhurt(page)
    panel(page, "places-section").locator("summary").click()
    sections = panel(page, "others").locator("summary")
    for section in sections.all():
        section.click()
    # A quote for each claim without a place.
    expect(panel(page, "others").locator("blockquote")).to_have_count(len(HOSTILE))
    rows = panel(page, "today").get_by_role("button")
    assert rows.count() == len(HOSTILE)
    shown = set()
    for _ in range(2):
        shown |= set(page.evaluate(HISTORIES))
        panel(page, "language").click()
    assert {normal(text) for text in HOSTILE} - {normal(text) for text in shown} == set()
    assert unhurt(page) == scripts


# Opens the history of each place and takes its quotes.
HISTORIES = """() => {
    const buttons = [...document.querySelectorAll("[data-tracker=today] button")];
    return buttons.flatMap((button) => {
        button.click();
        const quotes = document.querySelectorAll(".tracker-history blockquote");
        return [...quotes].map((quote) => quote.textContent);
    });
}"""


def test_hostile_names_are_searched_for_and_hostile_words_typed(written, open_page):
    page = open_page(written)
    scripts = unhurt(page)
    type_all = """texts => {
        const field = document.querySelector("[data-tracker=search]");
        return texts.map((text) => {
            field.value = text;
            field.dispatchEvent(new Event("input"));
            return document.querySelectorAll("[data-tracker=found] [role=option]").length;
        });
    }"""
    found = page.evaluate(type_all, [normal(text) for text in HOSTILE])
    assert sum(count > 0 for count in found) > 80
    assert unhurt(page) == scripts


@pytest.mark.parametrize("name", ["date", "place", "view", "off", "lang", "compare", "x"])
def test_a_hostile_link_runs_nothing(written, open_page, name):
    page = open_page(written, f"#{name}={HOSTILE[0]}")
    page.evaluate(
        "([name, texts]) => texts.forEach((text) => {"
        " location.hash = new URLSearchParams([[name, text]]); })",
        [name, [normal(text)[:200] for text in HOSTILE]],
    )
    page.wait_for_timeout(50)
    unhurt(page)


def test_files_of_hostile_claims_can_be_read_again(written, open_page):
    page = open_page(written)
    with page.expect_download() as waiting:
        panel(page, "save-changes").click()
    text = waiting.value.path().read_text("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(table) == len(HOSTILE)
    cells = [cell for row in table for cell in row.values()]
    # No cell is a formula; numbers may begin with a minus.
    assert not [c for c in cells if c[:1] in "=+@" and c[:1]]
    assert not [c for c in cells if c.startswith("-") and not c[1:2].isdigit()]
    with page.expect_download() as waiting:
        panel(page, "save-day").click()
    points = json.loads(waiting.value.path().read_text("utf-8"))["features"]
    names = {normal(point["properties"]["place"]) for point in points}
    assert {normal(text) for text in HOSTILE} <= names


def test_hostile_places_rivers_and_forms_are_but_names(open_page, assets):
    places = [
        Place(f"p{i}", text, 30 + 0.6 * (i % 10), 47 + 0.3 * (i // 10), text, name_uk=text)
        for i, text in enumerate(HOSTILE)
    ]
    changes = [
        change("Izium", 37.26, 49.19, "UA", "2022-09-10"),
        replace(change("Lyman", 37.81, 48.99, "UA", "2022-10-01"), holder=HOSTILE[10]),
    ]
    forms = {f"p{i}": (text, f"{text}|{text}") for i, text in enumerate(HOSTILE)}
    page = open_page(
        html(assets, changes, places=places, forms=forms, title=TITLE, by="week"), "#lang=uk"
    )
    scripts = unhurt(page)
    page.locator(".leaflet-control-layers").hover()
    panel(page, "search").fill("hacked")
    panel(page, "language").click()
    assert unhurt(page) == scripts
