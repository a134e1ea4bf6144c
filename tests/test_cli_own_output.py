"""What the program wrote into a folder does not stand in the way when the folder is read again."""

import json

import pytest

from tracker.cli import run
from tracker.reports import read_reports

pytestmark = pytest.mark.usefixtures("gazetteer_loaded_once")
MADE_FROM = "give the reports or claims that it was made from"


@pytest.fixture
def here(here, gazetteer_loaded_once, capfd):
    (here / "2022-09-11-izium.txt").write_text("Ukraine has taken Izium.")
    assert run(["map", ".", "-o", "m.html"]) == 0
    assert capfd.readouterr().err.startswith("tracker: 1 report, 1 claim ")
    return here


def test_a_map_in_the_folder_is_passed_over_and_counted(here, capfd):
    assert run(["map", ".", "-o", "m2.html"]) == 0
    first, second, *_ = capfd.readouterr().err.splitlines()
    assert first == (
        "tracker: 2 files in folders that tracker wrote itself passed over: m.geojson, m.html"
    )
    assert second.startswith("tracker: 1 report, 1 claim (1 located")
    assert (here / "m.geojson").read_bytes() == (here / "m2.geojson").read_bytes()
    assert (here / "m.html").read_bytes() == (here / "m2.html").read_bytes()


def test_a_map_is_no_report_even_when_a_date_is_given(here, capfd):
    assert run(["claims", ".", "--published", "2022-09-12"]) == 0
    features = json.loads(capfd.readouterr().out)["features"]
    assert [f["properties"]["report_id"] for f in features] == ["2022-09-11-izium"]


@pytest.mark.parametrize("ending", ["geojson", "json", "jsonl", "csv", "gpkg", "parquet"])
def test_mentions_in_the_folder_are_passed_over_and_counted(here, capfd, ending):
    (here / "m.html").unlink()
    (here / "m.geojson").unlink()
    assert run(["mentions", ".", "-o", f"p.{ending}"]) == 0
    capfd.readouterr()
    assert run(["claims", ".", "-o", "c.csv"]) == 0
    note, summary = capfd.readouterr().err.splitlines()
    assert note == f"tracker: 1 file in folders that tracker wrote itself passed over: p.{ending}"
    assert summary.startswith("tracker: 1 report, 1 claim ")


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("m.html", "a map page that tracker wrote, no report"),
        ("m.geojson", "changes that tracker wrote beside a map, no claims"),
        ("p.csv", "mentions that tracker wrote, no reports and no claims"),
    ],
)
@pytest.mark.parametrize("command", ["claims", "map", "mentions"])
def test_named_on_the_command_line_it_is_refused_for_what_it_is(here, capfd, command, name, what):
    assert run(["mentions", "2022-09-11-izium.txt", "-o", "p.csv"]) == 0
    capfd.readouterr()
    output = {"claims": "out.csv", "map": "out.html", "mentions": "out.csv"}[command]
    assert run([command, name, "--published", "2022-09-12", "-o", output]) == 1
    assert capfd.readouterr().err == f"tracker: {name}: {what}; {MADE_FROM}\n"
    assert not (here / output).exists()


def test_changes_that_another_program_wrote_anew_are_known_again(here, capfd):
    changes = json.loads((here / "m.geojson").read_text("utf-8"))
    for feature in changes["features"]:
        feature["properties"] = dict(sorted(feature["properties"].items()))
    (here / "m.geojson").write_text(json.dumps(changes, indent=2))
    assert run(["claims", ".", "-o", "c.csv"]) == 0
    assert "2 files in folders that tracker wrote" in capfd.readouterr().err


def test_a_map_on_standard_input_is_refused_for_what_it_is(here):
    data = (here / "m.html").read_bytes()
    assert read_reports(["-"], stdin=data).problems == [
        f"standard input: a map page that tracker wrote, no report; {MADE_FROM}"
    ]


def test_claims_and_reports_are_never_taken_for_own_output(here, capfd):
    (here / "m.html").unlink()
    (here / "m.geojson").unlink()
    keys = {"holder": 1, "from_holder": 2, "claims": [], "as_written": "", "start": 1, "end": 2}
    row = {"id": "a", "published": "2022-09-11", "candidates": [], **keys}
    quoted = json.dumps(keys | {"candidates": ""})
    (here / "a.json").write_text(json.dumps([row | {"text": "Ukraine has taken Izium."}]))
    (here / "b.jsonl").write_text(
        json.dumps({"id": "b", "published": "2022-09-11", "text": quoted})
    )
    page = "<html><body><p>data-tracker=&quot;slider&quot; Ukraine has taken Izium.</p>"
    (here / "2022-09-12.html").write_text(page)
    assert run(["claims", ".", "-o", "c.geojson"]) == 0
    assert run(["claims", ".", "-o", "again.geojson"]) == 0
    said = capfd.readouterr().err
    assert "wrote itself" not in said
    assert said.count("4 reports, 3 claims") == 2
