"""The page for everybody: axe-core finds nothing serious, and the keys reach all there is."""

# ruff: noqa: F811 - fixtures are named where they are imported and where they are used

import pytest
from playwright.sync_api import expect
from test_page_browser import assets, browser, html, open_page, panel  # noqa: F401
from test_page_tools import FORMS, PLACES

from tracker.resources.assets import Package, obtain_package

AXE = Package(
    "axe-core",
    "4.10.2",
    "sha512-RE3mdQ7P3FRSe7eqCWoeQ/Z9QXrtniSjp1wUjt5nRC3WIpz5rSCve6o3fsZ2aCpJtrZjSZgjwXAoTO5k4tEI0w==",
    {
        "axe.min.js": "sha384-3NYxCdpLKVHfNs2FHPtg3qqaYuhq85m4mMnlHBlN0JzSpKYKct2PMGYfsKGaKIj4",
        "LICENSE": "sha384-huImz98LFM4P7jkMIRcCLziQFxAj2rzo78x5VeIP8bHMFofak+fua4eCQys4sium",
    },
)
SCREENS = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
FAULTS = """async () => {
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}"""


@pytest.fixture(scope="module")
def axe():
    """The text of axe-core, as Leaflet's: pinned, fetched once, never committed."""
    return obtain_package(AXE, True)["axe.min.js"].decode("utf-8")


@pytest.fixture
def shown(open_page, assets):
    """A page on a day with all kinds of changes, on some screen."""

    def shown(screen="desktop", scheme="light"):
        text = html(assets, places=PLACES, forms=FORMS)
        page = open_page(text, viewport=SCREENS[screen], color_scheme=scheme)
        # Not by a click, from which Tab would go on.
        page.evaluate("document.querySelector('[data-tracker=places-section]').open = true")
        panel(page, "places").get_by_role("button").first.wait_for()
        return page

    return shown


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_serious(shown, axe, screen, scheme):
    page = shown(screen, scheme)
    page.evaluate(axe)
    # As it opens, while searching, and with a history, also of later days, and two days compared.
    page.evaluate("tracker.setDate('2022-04-01')")
    assert page.evaluate(FAULTS) == []
    panel(page, "search").fill("i")
    expect(panel(page, "found")).to_be_visible()
    assert page.evaluate(FAULTS) == []
    panel(page, "search").press("Enter")
    expect(page.locator(".tracker-history h3")).to_have_text("Izium, Kharkiv")
    panel(page, "compare").fill("2022-09-01")
    expect(panel(page, "gains")).to_be_visible()
    # Leaflet fades it in.
    expect(page.locator(".leaflet-popup")).to_have_css("opacity", "1")
    assert page.evaluate(FAULTS) == []


def test_what_came_later_is_as_easy_to_read(shown):
    """axe-core cannot tell the contrast of text in a popup, so it is not faded."""
    page = shown()
    page.evaluate("tracker.setDate('2022-03-31')")
    panel(page, "search").fill("Izium")
    panel(page, "search").press("Enter")
    later = page.locator(".tracker-later")
    expect(later).to_have_count(2)
    expect(later.first).to_have_css("opacity", "1")


def test_axe_finds_what_is_seriously_wrong(shown, axe):
    page = shown()
    page.evaluate(axe)
    page.evaluate("document.querySelector('[data-tracker=search]').removeAttribute('aria-label')")
    page.evaluate("document.querySelector('[data-tracker=search]').removeAttribute('placeholder')")
    assert [fault.split(":")[0] for fault in page.evaluate(FAULTS)] == ["label"]


# Whatever a mouse could press or fill in, numbered; an option of a list is chosen with arrows.
COUNT = """() => {
    const all = document.querySelectorAll(
        "a[href], button, input, select, summary, [tabindex='0'], [role=button]");
    return [...all]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled)
        .map((one, index) => {
            one.dataset.stop = index;
            return one.ariaLabel || one.dataset.tracker || one.textContent.trim();
        });
}"""
FOCUSED = "() => document.activeElement.dataset.stop ?? null"


def reached(page, most):
    """The numbers of what Tab reaches, one after the other."""
    numbers = []
    for _ in range(most):
        page.keyboard.press("Tab")
        number = page.evaluate(FOCUSED)
        if number is not None:
            numbers.append(int(number))
    return numbers


def test_tab_reaches_everything_in_the_order_in_which_it_stands(shown):
    page = shown()
    names = page.evaluate(COUNT)
    numbers = list(dict.fromkeys(reached(page, len(names) + 12)))
    assert [names[number] for number in numbers] == names
    known = {"Play", "Day shown on the map", "Zoom in", "Find a town", "save-changes", "speed"}
    assert known <= set(names)


def test_tab_reaches_links_and_the_close_button_of_a_history(shown):
    page = shown()
    panel(page, "search").fill("Izium")
    panel(page, "search").press("Enter")
    expect(page.locator(".tracker-history")).to_be_focused()
    names = page.evaluate(COUNT)
    inside = [i for i, name in enumerate(names) if name in ("Example Daily", "Close popup")]
    assert len(inside) == 3
    assert set(inside) <= set(reached(page, 4))


def test_the_keys_open_the_layers_and_untick_one(shown):
    page = shown()
    page.evaluate("tracker.setDate('2022-09-10')")
    page.locator(".leaflet-control-layers-toggle").focus()
    page.keyboard.press("Enter")
    list_ = page.locator(".leaflet-control-layers-list")
    expect(list_).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Tab")
        label = page.evaluate("document.activeElement.closest('label')?.textContent.trim() ?? ''")
        if label == "2022-09-10 · Ukraine (2)":
            break
    page.keyboard.press(" ")
    expect(page.get_by_label("2022-09-10 · Ukraine (2)")).not_to_be_checked()
    # Izium and Kupiansk are counted no more, Balakliia is.
    expect(panel(page, "counts").locator("strong").first).to_have_text("1")
