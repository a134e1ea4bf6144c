"""The map of the sample reports: what ``make map`` makes, and what stands in maps/."""

import json
from datetime import date
from pathlib import Path

import pytest

from tracker.cli.app import run

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("maps")
    assert run(["map", str(ROOT / "reports"), "-o", str(folder / "frontline.html")]) == 0
    return folder


@pytest.fixture(scope="module")
def changes(made):
    features = json.loads((made / "frontline.geojson").read_text("utf-8"))["features"]
    return [feature["properties"] for feature in features]


def test_the_committed_layer_is_what_the_reports_give(made):
    fresh = (made / "frontline.geojson").read_bytes()
    committed = (ROOT / "maps" / "frontline.geojson").read_bytes()
    assert fresh == committed, "run make map and commit maps/frontline.geojson"


def holder(changes, place, day):
    """Who held a place on a day, by the last change that moved it until then."""
    held = [
        c["holder"]
        for c in changes
        if c["place"] == place and c["date"] <= day and c["status"] != "disputed"
    ]
    return held[-1] if held else ""


@pytest.mark.parametrize(
    ("place", "day", "side"),
    [
        ("Kherson", "2022-03-10", "RU"),
        ("Kherson", "2022-11-11", "UA"),
        ("Izium", "2022-09-12", "UA"),
        ("Lyman", "2022-10-02", "UA"),
        ("Bakhmut", "2023-05-21", "RU"),
        ("Robotyne", "2023-08-29", "UA"),
        ("Avdiivka", "2024-02-18", "RU"),
        ("Vuhledar", "2024-10-03", "RU"),
        ("Sudzha", "2024-08-16", "UA"),
        ("Sudzha", "2025-03-14", "RU"),
        ("Siversk", "2025-12-24", "RU"),
    ],
)
def test_well_known_changes_are_on_the_map(changes, place, day, side):
    assert holder(changes, place, day) == side


@pytest.mark.parametrize("place", ["Kyiv", "Kharkiv", "Sloviansk", "Kramatorsk", "Moscow", "Kursk"])
def test_towns_that_were_only_talked_about_are_not(changes, place):
    assert place not in {c["place"] for c in changes}


def test_every_change_names_its_voices_and_a_real_day(changes):
    for change in changes:
        assert change["claims"]
        assert all(claim["quote"] and claim["claimed_by"] for claim in change["claims"])
        assert date(2014, 1, 1) <= date.fromisoformat(change["date"]) <= date(2026, 3, 2)
