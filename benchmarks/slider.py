"""The page with the time slider beside folium's own ones, on the same data, in the same browser.

    python benchmarks/slider.py                                  # 5,400 places, 13,500 changes
    python benchmarks/slider.py --places 29705 --changes 30000 --alone

Made-up places within Ukraine change hands on made-up days, each with a sentence, a source and a
link. Every page jumps to the same days in the same order. A step is measured from the call until a
pixel can be read back (this project's page) or until the call returns (the others, which draw
later): one after the other (``step``), and with a frame between two, whose painting goes on beside
the next step on the same cores (``paced``). ``shown`` is the time until the browser has painted it,
for all of them.

Needs a Chromium (CHROMIUM names it) and, for the others' scripts, the npm client: they link their
scripts on other hosts, which is what ``requests`` counts; here they get copies from npm packages,
and an empty answer for styles and tiles. Timings are wall time: let the machine be idle.
"""

from __future__ import annotations

import argparse
import base64
import json
import multiprocessing
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import folium
import shapely
from folium.plugins import Timeline, TimelineSlider, TimestampedGeoJson
from playwright.sync_api import Browser, Page, Route, sync_playwright
from shapely.geometry import shape

from tracker.mapping import build_map, render
from tracker.mapping.changed import holders_of_changes
from tracker.model import Change, Claim, Place
from tracker.resources import load_outline, load_war

START = date(2022, 2, 24)
SIZE = {"width": 1440, "height": 900}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Package, version and file for each script that the other pages link; styles do not matter here.
SCRIPTS = {
    "leaflet.js": ("leaflet@1.9.3", "dist/leaflet.js"),
    "jquery-3.7.1.min.js": ("jquery@3.7.1", "dist/jquery.min.js"),
    "jquery.min.js": ("jquery@3.7.1", "dist/jquery.min.js"),
    "jquery-ui.min.js": ("jquery-ui-dist@1.13.2", "jquery-ui.min.js"),
    "bootstrap.bundle.min.js": ("bootstrap@5.2.2", "dist/js/bootstrap.bundle.min.js"),
    "leaflet.awesome-markers.js": (
        "leaflet.awesome-markers@2.0.5",
        "dist/leaflet.awesome-markers.js",
    ),
    "iso8601.min.js": ("iso8601-js-period@0.2.1", "iso8601.js"),
    "leaflet.timedimension.min.js": (
        "leaflet-timedimension@1.1.1",
        "dist/leaflet.timedimension.min.js",
    ),
    "leaflet.timeline.min.js": ("leaflet.timeline@1.6.0", "dist/leaflet.timeline.js"),
    "moment.min.js": ("moment@2.18.1", "min/moment.min.js"),
}
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
# Each shows a day and returns when its script has done so.
OURS = """day => {
    tracker.setDate(day);
    const canvas = document.querySelector("canvas.tracker-canvas");
    canvas.getContext("2d").getImageData(canvas.width >> 1, canvas.height >> 1, 1, 1);
}"""
TIME_DIMENSION = """day => {
    const map = Object.values(window).find((value) => value instanceof L.Map);
    map.timeDimension.setCurrentTime(Date.parse(day));
}"""
TIMELINE = """day => {
    const name = Object.keys(window).find((key) => key.startsWith("timeline_slider_"));
    window[name].setTime(Date.parse(day));
}"""
MEASURE = """async ([days, show]) => {
    const step = eval(show);
    const script = [], paced = [], shown = [];
    for (const day of days) {
        const start = performance.now();
        step(day);
        script.push(performance.now() - start);
    }
    for (const day of days) {
        const start = performance.now();
        step(day);
        paced.push(performance.now() - start);
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        shown.push(performance.now() - start);
    }
    return { script, paced, shown };
}"""


@dataclass
class Row:
    """What was measured of one page; times in milliseconds, sizes in megabytes."""

    name: str
    built: float
    memory: float
    size: float
    requests: int
    interactive: float
    heap: float
    script: list[float]
    paced: list[float]
    shown: list[float]


def percentile(values: list[float], share: float) -> float:
    """The smallest value that is not below that share of all."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def made_up(places: int, changes: int, days: int) -> tuple[list[Place], list[Change]]:
    """Places within Ukraine, and changes from one side to the other and back, each with a claim."""
    draw = random.Random(1)
    (feature,) = [load_outline()]
    country = shape(feature["geometry"])
    shapely.prepare(country)
    west, south, east, north = country.bounds
    found: list[Place] = []
    while len(found) < places:
        lon, lat = round(draw.uniform(west, east), 5), round(draw.uniform(south, north), 5)
        if shapely.contains_xy(country, lon, lat):
            number = len(found)
            unit = ("Donetsk", "Kharkiv", "Kherson")[number % 3]
            people = draw.randrange(20_000)
            found.append(
                Place(
                    str(500_000 + 7 * number), f"Place{number}", lon, lat, unit, population=people
                )
            )
    of: dict[int, set[int]] = {}
    while sum(map(len, of.values())) < changes:
        of.setdefault(draw.randrange(places), set()).add(draw.randrange(1, days))
    out = []
    for number, at in sorted(of.items()):
        for turn, day in enumerate(sorted(at)):
            side, other = ("RU", "UA") if turn % 2 == 0 else ("UA", "RU")
            status = ("confirmed", "claimed")[turn % 2]
            when = START + timedelta(day)
            out.append(_change(found[number], side, other, when, status, draw))
    return found, out


def _change(
    place: Place, side: str, other: str, day: date, status: str, draw: random.Random
) -> Change:
    assert place.lon is not None
    assert place.lat is not None
    quote = (
        f"The General Staff said on {day} that its forces had taken {place.name} "
        f"after {draw.randrange(1, 90)} days of fighting."
    )
    claim = Claim(
        f"r{draw.randrange(10**6)}", day, f"https://example.org/{draw.randrange(10**6)}",
        "Example Daily", "en", place.name, place.place_id, place.name, place.admin1, "settlement",
        "capture", side, side, day, day, side, "asserted", False, quote, "located", 0.9, "took",
        place.lon, place.lat,
    )  # fmt: skip
    return Change(
        place.place_id, place.name, place.admin1, place.lon, place.lat, side, other, day, day,
        status, False, (claim,),
    )  # fmt: skip


def ours(places: list[Place], changes: list[Change]) -> str:
    """This project's page."""
    return render(
        build_map(
            changes,
            war=load_war(),
            holders=holders_of_changes(changes),
            places=places,
            outline=load_outline(),
        )
    )


def _features(changes: list[Change], last: date) -> dict[str, Any]:
    """Each change as a point, in force until the place's next one."""
    features = []
    for change, later in zip(changes, [*changes[1:], None], strict=True):
        end = later.date if later and later.place_id == change.place_id else last
        color = load_war().side(change.holder).color
        properties = {
            "time": change.date.isoformat(),
            "start": change.date.isoformat(),
            "end": end.isoformat(),
            "icon": "circle",
            "iconstyle": {"radius": 4, "color": color, "fillColor": color, "fillOpacity": 0.8},
            "popup": f"{change.place}: {change.claims[0].quote}",
        }
        point = {"type": "Point", "coordinates": [change.lon, change.lat]}
        features.append({"type": "Feature", "geometry": point, "properties": properties})
    return {"type": "FeatureCollection", "features": features}


def time_dimension(changes: list[Change], last: date) -> str:
    """folium's TimestampedGeoJson."""
    map_ = folium.Map([48.5, 31.5], zoom_start=6)
    TimestampedGeoJson(
        _features(changes, last), period="P1D", auto_play=False, add_last_point=False
    ).add_to(map_)
    return str(map_.get_root().render())


def timeline(changes: list[Change], last: date) -> str:
    """folium's Timeline with a TimelineSlider."""
    map_ = folium.Map([48.5, 31.5], zoom_start=6)
    layer = Timeline(_features(changes, last)).add_to(map_)
    TimelineSlider(auto_play=False, show_ticks=False).add_timelines(layer).add_to(map_)
    return str(map_.get_root().render())


def choropleth_size(changes: list[Change], places: int, days: int) -> float:
    """Megabytes of the styles that a TimeSliderChoropleth needs: one for each place and day."""
    sample = 20
    stamps = [str(int(time.mktime((START + timedelta(d)).timetuple()))) for d in range(days)]
    style = {"color": load_war().side(changes[0].holder).color, "opacity": 0.8}
    table = {str(place): dict.fromkeys(stamps, style) for place in range(sample)}
    return len(json.dumps(table)) / sample * places / 1e6


def npm_file(name: str, cache: Path) -> bytes:
    """A script that a page asks for by its file name, out of an npm package."""
    package, member = SCRIPTS[name]
    folder = cache / package
    if not (folder / "package").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", package]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        with tarfile.open(next(folder.glob("*.tgz"))) as archive:
            archive.extractall(folder, filter="data")
    return (folder / "package" / member).read_bytes()


def answer(route: Route, cache: Path) -> None:
    """What a page gets from other hosts."""
    name = route.request.url.partition("?")[0].rpartition("/")[2]
    allowed = {"access-control-allow-origin": "*"}
    if name in SCRIPTS:
        body, kind = npm_file(name, cache), "text/javascript"
    elif name.endswith(".png"):
        body, kind = PIXEL, "image/png"
    else:
        body, kind = b"", "text/css"
    route.fulfill(body=body, content_type=kind, headers=allowed)


def build(make: Callable[[], str], file: Path) -> tuple[float, float]:
    """Write a page in a process of its own: seconds of processor time, and the most memory in MB.

    The memory is that of the whole process, with Python, its libraries and the data.
    """
    process = multiprocessing.get_context("fork").Process(target=_write, args=(make, file))
    process.start()
    process.join()
    seconds, most = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    return seconds, most


def _write(make: Callable[[], str], file: Path) -> None:
    start = time.process_time()
    text = make()
    seconds = time.process_time() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    file.write_text(text, encoding="utf-8")
    file.with_suffix(".json").write_text(json.dumps([seconds, most]), encoding="utf-8")


def measure(
    browser: Browser, name: str, make: Callable[[], str], show: str, days: list[str], folder: Path
) -> Row:
    """Build a page, open it from disk, and step through the days."""
    file = folder / f"{name}.html"
    built, memory = build(make, file)
    # The measuring itself calls eval, which this project's page forbids.
    context = browser.new_context(viewport=SIZE, bypass_csp=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route(lambda url: not url.startswith("file:"), lambda route: answer(route, folder))
    page.goto(file.as_uri())
    ready = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    page.evaluate(MEASURE, [days[:3], show])
    times = page.evaluate(MEASURE, [days, show])
    outside = [url for url in asked if not url.startswith(("file:", "data:"))]
    row = Row(
        name,
        built,
        memory,
        file.stat().st_size / 1e6,
        len({url for url in outside if not url.endswith(".png")}),
        ready,
        heap(page),
        times["script"],
        times["paced"],
        times["shown"],
    )
    context.close()
    return row


def heap(page: Page) -> float:
    """Megabytes of the page's objects after a collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(m["value"] for m in metrics if m["name"] == "JSHeapUsedSize") / 1e6


def print_table(rows: list[Row]) -> None:
    """The figures, a line a page."""
    heads = (
        "built s", "memory MB", "file MB", "requests", "ready ms", "heap MB",
        "step p50", "p95 ms", "paced p50", "p95 ms", "shown p50", "p95 ms",
    )  # fmt: skip
    print(f"{'':22}" + "".join(f"{head:>11}" for head in heads))
    for row in rows:
        steps = [f(v) for v in (row.script, row.paced, row.shown) for f in (statistics.median, p95)]
        values = (
            f"{row.built:.2f}", f"{row.memory:.0f}", f"{row.size:.2f}", f"{row.requests}",
            f"{row.interactive:.0f}", f"{row.heap:.0f}", *(f"{step:.1f}" for step in steps),
        )  # fmt: skip
        print(f"{row.name:22}" + "".join(f"{value:>11}" for value in values))


def p95(values: list[float]) -> float:
    """The time that 95 of 100 steps keep to."""
    return percentile(values, 0.95)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, add_help=True)
    parser.add_argument("--places", type=int, default=5400)
    parser.add_argument("--changes", type=int, default=13500)
    parser.add_argument("--days", type=int, default=1600)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--alone", action="store_true", help="this project's page only")
    given = parser.parse_args()
    places, changes = made_up(given.places, given.changes, given.days)
    last = START + timedelta(given.days)
    draw = random.Random(2)
    days = [str(START + timedelta(draw.randrange(given.days))) for _ in range(given.steps)]
    pages: list[tuple[str, Callable[[], str], str]] = [
        ("frontline-tracker", lambda: ours(places, changes), OURS)
    ]
    if not given.alone:
        pages += [
            ("TimestampedGeoJson", lambda: time_dimension(changes, last), TIME_DIMENSION),
            ("TimelineSlider", lambda: timeline(changes, last), TIMELINE),
        ]
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu"]
        )
        rows = [measure(browser, *page, days, Path(folder)) for page in pages]
        browser.close()
    size = f"{given.places:,} places, {given.changes:,} changes, {given.days:,} days"
    print(f"{size}; {given.steps} steps to any day; {SIZE['width']} x {SIZE['height']}")
    print_table(rows)
    if not given.alone:
        styles = choropleth_size(changes, given.places, given.days)
        number = given.places * given.days
        print(f"TimeSliderChoropleth: not built; {number:,} styles would make {styles:,.0f} MB")
        fastest = min(statistics.median(row.script) for row in rows[1:])
        times = fastest / p95(rows[0].script)
        print(f"the fastest other slider's median script takes {times:.0f} times our p95")


if __name__ == "__main__":
    sys.exit(main())
