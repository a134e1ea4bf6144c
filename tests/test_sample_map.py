"""The map of the sample reports: what ``make map`` makes, and what stands in maps/."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from tracker.cli.app import run

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("maps")
    assert run(["map", str(ROOT / "reports"), "--areas", "-o", str(folder / "frontline.html")]) == 0
    return folder


@pytest.fixture(scope="module")
def changes(made):
    features = json.loads((made / "frontline.geojson").read_text("utf-8"))["features"]
    return [feature["properties"] for feature in features]


@pytest.fixture(scope="module")
def holders(made):
    table = made / "holders.csv"
    assert run(["control", str(ROOT / "reports"), "--areas", "-o", str(table)]) == 0
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


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


def held_by(holders, place, day):
    """Who held a place on a day by the table of holders; intervals are half open."""
    [held] = [
        row["holder"]
        for row in holders
        if row["place"] == place
        and row["valid_from"] <= day
        and (not row["valid_to"] or day < row["valid_to"])
    ]
    return held


@pytest.mark.parametrize(
    ("place", "day", "side"),
    [
        # Towns that no report names, in districts that the official list names as a whole.
        ("Askaniia-Nova", "2022-02-23", "UA"),
        ("Askaniia-Nova", "2022-03-20", "RU"),
        ("Prymorsk", "2022-11-20", "RU"),
        ("Sartana", "2022-03-20", "RU"),
        ("Bilolutsk", "2026-02-24", "RU"),
        ("Snovsk", "2022-03-20", "RU"),
        ("Snovsk", "2022-04-04", "UA"),
        # Taken weeks after the district around it.
        ("Mariupol", "2022-04-20", "UA"),
        ("Mariupol", "2022-05-22", "RU"),
        # Freed with the right bank of the Dnipro, and with the land west of the Oskil.
        ("Bilozerka", "2022-11-01", "RU"),
        ("Bilozerka", "2022-11-20", "UA"),
        ("Kunie", "2022-09-01", "RU"),
        ("Kunie", "2022-09-15", "UA"),
        # Never lost, whatever was said of the oblast.
        ("Orikhiv", "2022-09-15", "UA"),
        ("Mykhailivka-Rubezhivka", "2022-03-20", "UA"),
    ],
)
def test_towns_move_with_the_districts_that_were_told_of_as_a_whole(holders, place, day, side):
    assert held_by(holders, place, day) == side


@pytest.mark.parametrize("name", ["frontline.html", "frontline.geojson"])
def test_the_files_stay_small(made, name):
    assert (made / name).stat().st_size < 1_000_000


def test_an_area_that_was_told_of_as_a_whole_is_one_feature_with_all_its_places(made):
    features = json.loads((made / "frontline.geojson").read_text("utf-8"))["features"]
    [melitopol] = [f for f in features if f["properties"]["place"] == "Melitopol Raion"]
    told = melitopol["properties"]
    assert (told["holder"], told["date"], told["status"]) == ("RU", "2022-02-26", "confirmed")
    assert (told["level"], told["place_id"]) == ("area", "raion:zaporizhzhia:melitopol")
    assert "Мелітопольський район" in told["claims"][0]["quote"]
    points = melitopol["geometry"]["coordinates"]
    assert melitopol["geometry"]["type"] == "MultiPoint"
    assert len(told["place_ids"]) == len(points) > 100
    yakymivka = points[told["place_ids"].index("713743")]
    assert yakymivka == pytest.approx([35.16, 46.70], abs=0.02)


@pytest.mark.parametrize("place", ["Kyiv", "Kharkiv", "Sloviansk", "Kramatorsk", "Moscow", "Kursk"])
def test_towns_that_were_only_talked_about_are_not(changes, place):
    assert place not in {c["place"] for c in changes}


def test_every_change_names_its_voices_and_a_real_day(changes):
    for change in changes:
        assert change["claims"]
        assert all(claim["quote"] and claim["claimed_by"] for claim in change["claims"])
        assert date(2014, 1, 1) <= date.fromisoformat(change["date"]) <= date(2026, 3, 2)
