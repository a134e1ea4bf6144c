"""``tracker export``: which layers, of which days, into which files."""

import csv
import json
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import geopandas
import pytest

import tracker as ft
from tracker.cli import run
from tracker.errors import UsageError
from tracker.export.dictionary import fields_markdown, layer_kinds
from tracker.export.period import Period, step_for

pytestmark = pytest.mark.usefixtures("gazetteer_loaded_once")

LAYERS = ["claims", "changes", "holders", "areas", "front", "cells"]
IZIUM = "Ukraine said its forces had taken Izium on 10 September.\n"
LYMAN = "Russia said on Friday that its troops had withdrawn from Lyman.\n"
MYKHAILIVKA = "Ukraine has taken Mykhailivka.\n"
POPASNA = "Russian troops captured Popasna on 7 May, the General Staff in Kyiv said.\n"


@pytest.fixture
def here(here):
    reports = here / "reports"
    reports.mkdir()
    (reports / "2022-09-11-izium.txt").write_text(IZIUM)
    (reports / "2022-09-13-mykhailivka.txt").write_text(MYKHAILIVKA)
    (reports / "2022-10-01-lyman.txt").write_text(LYMAN)
    (reports / "2022-05-10-popasna.txt").write_text(POPASNA)
    return here


def export(*args):
    code = run(["export", "reports", *args])
    assert code == 0, args


def rows(name):
    """The rows of a GeoJSON file."""
    return [f["properties"] for f in json.loads(Path(name).read_text("utf-8"))["features"]]


def test_all_layers_of_a_format_of_one_layer_are_a_file_each(here, capfd):
    export("-o", "war.geojson", "--every", "month")
    said = capfd.readouterr().err.splitlines()
    assert "rows: claims 4, changes 3, holders " in said[0]
    assert said[0].endswith(" -> 6 files")
    names = [f"war-{name}.geojson" for name in LAYERS]
    assert said[1] == "tracker: written: " + ", ".join(names)
    assert said[2] == "tracker: what the fields mean: FIELDS.md"
    assert sorted(path.name for path in here.glob("*.*")) == sorted([*names, "FIELDS.md"])
    assert (here / "FIELDS.md").read_text("utf-8") == fields_markdown()
    changes = [(row["place"], row["holder"], row["date"]) for row in rows("war-changes.geojson")]
    assert changes == [
        ("Popasna", "RU", "2022-05-07"),
        ("Izium", "UA", "2022-09-10"),
        ("Lyman", "UA", "2022-09-30"),
    ]


def test_one_layer_is_the_file_that_was_named(here):
    export("-o", "war.geojson", "--layers", "claims")
    assert sorted(path.name for path in here.glob("*.*")) == ["FIELDS.md", "war.geojson"]
    places = [row["place"] for row in rows("war.geojson")]
    assert places == ["Popasna", "Izium", "Mykhailivka", "Lyman"]


def test_changes_and_holders_name_their_claims(here):
    export("-o", "war.geojson", "--layers", "claims,changes,holders,cells")
    known = {row["claim_id"] for row in rows("war-claims.geojson")}
    assert len(known) == len(rows("war-claims.geojson"))
    for name in ("changes", "holders", "cells"):
        named = {i for row in rows(f"war-{name}.geojson") for i in row["claims"].split()}
        assert named
        assert named <= known


def test_what_a_claim_about_a_whole_area_moves_names_that_claim(here):
    (here / "reports" / "2022-11-12-kherson.txt").write_text(
        "Russian troops have captured Kherson Oblast, the Russian defence ministry said.\n"
    )
    export("-o", "war.geojson", "--layers", "claims,changes,holders", "--areas")
    known = {row["claim_id"] for row in rows("war-claims.geojson")}
    [whole] = [r["claim_id"] for r in rows("war-claims.geojson") if r["level"] == "area"]
    for name in ("changes", "holders"):
        named = [row["claims"] for row in rows(f"war-{name}.geojson")]
        assert {i for ids in named for i in ids.split()} <= known
        assert named.count(whole) > 10


def test_intervals_are_those_of_the_changes(here):
    export("-o", "war.geojson", "--layers", "holders")
    told = [
        (row["place"], row["valid_from"], row["valid_to"], row["holder"], row["status"])
        for row in rows("war.geojson")
        if row["place"] == "Popasna" or row["claims"]
    ]
    assert sorted(told, key=lambda row: (row[0], row[1] or "")) == [
        ("Izium", "2022-09-10", None, "UA", "claimed"),
        ("Lyman", "2022-09-30", None, "UA", "confirmed"),
        ("Popasna", None, "2022-05-07", "UA", "baseline"),
        ("Popasna", "2022-05-07", None, "RU", "confirmed"),
    ]


def test_on_a_day_is_what_holds_on_it(here):
    export("-o", "may.geojson", "--on", "2022-05-07")
    assert [row["place"] for row in rows("may-changes.geojson")] == ["Popasna"]
    [popasna] = [r for r in rows("may-holders.geojson") if r["place"] == "Popasna"]
    assert popasna["holder"] == "RU"
    places = [row["place_id"] for row in rows("may-holders.geojson")]
    assert len(places) == len(set(places)) > 9000
    for name in ("areas", "front"):
        days = {(row["valid_from"], row["valid_to"]) for row in rows(f"may-{name}.geojson")}
        assert days == {("2022-05-07", "2022-05-08")}
    export("-o", "eve.geojson", "--on", "2022-05-06", "--overwrite")
    assert rows("eve-changes.geojson") == []
    [popasna] = [r for r in rows("eve-holders.geojson") if r["place"] == "Popasna"]
    assert popasna["holder"] == "UA"


def test_between_two_days_is_what_holds_on_any_of_them(here):
    export("-o", "war.geojson", "--between", "2022-09-10", "2022-09-24", "--every", "week")
    assert [row["place"] for row in rows("war-changes.geojson")] == ["Izium"]
    popasna = [r["holder"] for r in rows("war-holders.geojson") if r["place"] == "Popasna"]
    izium = [r["holder"] for r in rows("war-holders.geojson") if r["place"] == "Izium"]
    assert popasna == ["RU"]
    assert izium == ["UA"]
    ends = {row["valid_to"] for row in rows("war-areas.geojson")}
    assert ends == {"2022-09-25"}
    assert min(row["valid_from"] for row in rows("war-areas.geojson")) == "2022-09-10"


def test_without_days_the_last_state_is_still_in_force(here):
    export("-o", "war.geojson", "--layers", "areas")
    ends = [row["valid_to"] for row in rows("war.geojson")]
    assert None in ends
    assert min(row["valid_from"] for row in rows("war.geojson")) < "2022-05-07"


def test_the_strict_rule_and_the_second_clock_reach_the_layers(here):
    export("-o", "strict.geojson", "--layers", "holders", "--rule", "confirmed")
    moved = {r["place"] for r in rows("strict.geojson") if r["status"] not in ("baseline",)}
    assert moved == {"Lyman", "Popasna"}
    export("-o", "may.geojson", "--layers", "claims", "--as-known-on", "2022-05-31")
    assert [row["place"] for row in rows("may.geojson")] == ["Popasna"]


def test_claims_from_elsewhere_are_taken_and_the_order_of_inputs_does_not_matter(here):
    assert run(["claims", "reports", "-o", "claims.csv"]) == 0
    export("-o", "a.gpkg", "--every", "month")
    (here / "other").mkdir()
    assert run(["export", "claims.csv", "-o", "other/a.gpkg", "--every", "month"]) == 0
    assert (here / "a.gpkg").read_bytes() == (here / "other/a.gpkg").read_bytes()
    assert (here / "a.qgs").read_bytes() == (here / "other/a.qgs").read_bytes()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["-o", "war.shp"], "war.shp: unknown ending '.shp' for an output; known are .geojson"),
        (["-o", "w.gpkg", "--layers", "areas,towns"], "unknown layer 'towns'; choose from claims,"),
        (["-o", "w.gpkg", "--layers", ","], "no layer named; see the help"),
        (["-o", "w.gpkg", "--on", "2022-09-31"], "impossible date '2022-09-31'"),
        (["-o", "w.gpkg", "--on", "2022-09-01", "--every", "week"], "--every needs more than"),
        (
            ["-o", "w.gpkg", "--on", "2022-09-01", "--between", "2022-09-01", "2022-09-02"],
            "--on and --between exclude each other",
        ),
        (
            ["-o", "w.gpkg", "--between", "2022-09-02", "2022-09-01"],
            "--between 2022-09-02 2022-09-01: the first day is after the last; swap them",
        ),
        (["-o", "none/w.gpkg"], "none/w.gpkg: no folder "),
        (["-o", "reports"], "reports: is a folder; name a file in it"),
        (["-o", ""], "-o is empty; name a file"),
    ],
)
def test_a_call_that_cannot_be_says_why_in_one_line(here, capfd, args, message):
    assert run(["export", "reports", *args]) == 2
    [line] = capfd.readouterr().err.splitlines()
    assert message in line
    assert [path.name for path in here.iterdir()] == ["reports"]


@pytest.mark.parametrize("there", ["war.qgs", "war.gpkg"])
def test_nothing_that_exists_is_replaced_unasked(here, capfd, there):
    (here / there).write_text("mine")
    assert run(["export", "reports", "-o", "war.gpkg"]) == 2
    assert capfd.readouterr().err.startswith(f"tracker: {there}: exists; ")
    assert [path.name for path in here.glob("war*")] == [there]
    export("-o", "war.gpkg", "--overwrite", "--layers", "changes")
    assert sqlite3.connect(here / "war.gpkg").execute("SELECT count(*) FROM changes").fetchone()


def test_somebody_elses_notes_on_fields_are_kept(here, capfd):
    (here / "FIELDS.md").write_text("# Fields of wheat\n")
    assert run(["export", "reports", "-o", "war.csv", "--layers", "changes"]) == 2
    assert "FIELDS.md: exists" in capfd.readouterr().err
    (here / "FIELDS.md").unlink()
    export("-o", "war.csv", "--layers", "changes")
    export("-o", "more.csv", "--layers", "claims")
    assert (here / "FIELDS.md").read_text("utf-8") == fields_markdown()


def test_a_full_disk_leaves_nothing_behind(here, capfd, monkeypatch):
    def full(path, *args):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("tracker.export.geopackage._add", full)
    assert run(["export", "reports", "-o", "war.gpkg", "--layers", "changes"]) == 1
    assert "war.gpkg: the GeoPackage cannot be written (database or disk is full)" in (
        capfd.readouterr().err
    )
    assert [path.name for path in here.iterdir()] == ["reports"]


def test_what_was_exported_is_passed_over_when_the_folder_is_read(here, capfd):
    for ending in ("geojson", "gpkg", "parquet", "csv"):
        export("-o", f"reports/war.{ending}", "--on", "2022-09-11", "--overwrite")
    capfd.readouterr()
    assert run(["claims", "reports", "-o", "again.csv"]) == 0
    said = capfd.readouterr().err
    assert "passed over in folders: 1 .qgs\n" in said
    assert "files in folders that tracker wrote itself passed over" in said
    with (here / "again.csv").open(newline="") as stream:
        told = {row["report_id"] for row in csv.DictReader(stream)}
    # Claims alone are claims, as if another program had written them.
    assert told == {path.stem for path in here.glob("reports/*.txt")}
    assert len(told) == 4


@pytest.mark.parametrize(
    "name",
    ["war.gpkg", "FIELDS.md", *[f"war-{n}.{e}" for n in LAYERS[1:] for e in ("csv", "parquet")]],
)
def test_an_export_named_as_input_is_refused_for_what_it_is(here, capfd, name):
    export("-o", f"war.{name.rpartition('.')[2].replace('md', 'geojson')}", "--on", "2022-09-11")
    capfd.readouterr()
    assert run(["claims", name, "--published", "2022-09-12", "-o", "out.csv"]) == 1
    assert "tracker, no reports and no claims; give the reports" in capfd.readouterr().err


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "parquet", "csv"])
def test_exported_claims_are_claims_again(here, ending):
    export("-o", f"told.{ending}", "--layers", "claims")
    assert run(["claims", "reports", "-o", "first.csv"]) == 0
    assert run(["claims", f"told.{ending}", "-o", "again.csv"]) == 0
    assert (here / "again.csv").read_bytes() == (here / "first.csv").read_bytes()


def test_reports_without_a_change_are_exported_all_the_same(here):
    (here / "one").mkdir()
    (here / "one" / "2022-09-12.txt").write_text("It rained in Kyiv.")
    assert run(["export", "one", "-o", "one.gpkg"]) == 0
    assert len(geopandas.read_file("one.gpkg", layer="claims")) == 0
    areas = geopandas.read_file("one.gpkg", layer="areas")
    assert sorted(areas["holder"]) == ["RU", "UA"]


def test_the_step_shows_the_days_in_some_hundred_drawings_at_most():
    def step(days, changes=100):
        return step_for(date(2022, 1, 1), date(2022, 1, 1) + timedelta(days=days), changes)

    assert [step(100), step(101), step(750), step(751)] == ["day", "week", "week", "month"]
    assert [step(3650), step(3651), step(10951)] == ["month", "quarter", "year"]
    assert [step(1600, 11_250), step(1600, 11_251), step(1600, 40_000)] == [
        "month",
        "quarter",
        "year",
    ]


def test_spans_follow_each_other_from_before_the_first_change():
    period = Period.of_data(date(2022, 9, 10), date(2022, 9, 27), "week")
    assert [(str(a), str(b)) for a, b in period.spans] == [
        ("2022-08-29", "2022-09-05"),
        ("2022-09-05", "2022-09-12"),
        ("2022-09-12", "2022-09-19"),
        ("2022-09-19", "2022-09-26"),
        ("2022-09-26", "None"),
    ]


def test_months_keep_their_day_where_there_is_one():
    period = Period(date(2024, 1, 31), date(2024, 4, 29), "month")
    assert [(str(a), str(b)) for a, b in period.spans] == [
        ("2024-01-31", "2024-02-29"),
        ("2024-02-29", "2024-03-31"),
        ("2024-03-31", "2024-04-30"),
    ]


def test_every_field_of_every_layer_has_a_kind_and_a_meaning():
    kinds = {"text", "day", "number", "integer", "yes/no"}
    assert list(layer_kinds()) == LAYERS
    for layer in layer_kinds().values():
        assert {field.kind for field in layer.fields} <= kinds
        assert all(field.meaning and "|" not in field.meaning for field in layer.fields)
        assert {layer.start, layer.end} <= set(layer.days)


def test_the_function_writes_what_the_command_writes(here):
    claims = ft.claims(ft.read_reports("reports"))
    export("-o", "war.geojson", "--every", "month", "--layers", "changes,areas")
    (here / "other").mkdir()
    written = ft.write_layers(
        claims, "other/war.geojson", every="month", layers=["areas", "changes"], world=ft.World()
    )
    names = ["war-changes.geojson", "war-areas.geojson", "FIELDS.md"]
    assert [path.name for path in written] == names
    for path in written:
        assert path.read_bytes() == (here / path.name).read_bytes()
    with pytest.raises(UsageError, match="unknown step 'hour'; choose from day, week"):
        ft.write_layers(claims, "again.gpkg", every="hour")
    with pytest.raises(UsageError, match="unknown layer 'towns'"):
        ft.write_layers(claims, "again.gpkg", layers=["towns"])
    assert (
        ft.write_layers(claims, "day.csv", on="2022-09-10", layers=["changes"])[0].name == "day.csv"
    )
    assert "Izium" in (here / "day.csv").read_text("utf-8")
