"""The tables of places in use: added, fetched, listed and taken out by the command."""

import io
import json
import sys
import zipfile
from urllib.error import URLError

import pytest

from tracker.cli import run
from tracker.places import add_gazetteer, gazetteer_info

TABLE = "name,admin1,lat,lon\nZolotopil,Kharkiv,49.2,37.2\nBilohaiok,Sumy,51.1,34.1\n"


def dump_row(number, name, lat, lon, kind="P\tPPL"):
    return (
        f"{number}\t{name}\t{name}\t\t{lat}\t{lon}\t{kind}\tUA\t\t07\t\t\t\t120\t\t\t\t2026-01-01"
    )


DUMP = "\n".join(
    [
        dump_row(990000001, "Zolotopil", 49.2, 37.2),
        dump_row(990000002, "Bilohaiok", 51.1, 34.1),
        dump_row(990000003, "Some Hill", 51.1, 34.2, "T\tHLL"),
    ]
)


@pytest.fixture
def here(here, own_data):
    (here / "villages.csv").write_text(TABLE, encoding="utf-8")
    return here


def kept(here):
    folder = here / "data/frontline-tracker/gazetteer"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_adding_says_what_was_added_and_the_places_are_found_from_then_on(here, capfd):
    assert run(["locate", "Bilohaiok"]) == 1
    capfd.readouterr()
    assert run(["gazetteer", "add", "villages.csv", "--licence", "CC0, my survey"]) == 0
    out, err = capfd.readouterr()
    file = here / "data/frontline-tracker/gazetteer/villages.csv"
    assert out == ""
    assert err.splitlines() == [
        f"tracker: villages.csv: 2 places, 2 new; licence: CC0, my survey -> {file}",
        "tracker: in use from now on; 'tracker gazetteer remove villages' takes it out",
    ]
    assert file.is_file()
    assert run(["locate", "Bilohaiok"]) == 0
    assert capfd.readouterr().out.startswith("Bilohaiok · Sumy · lat 51.1000, lon 34.1000")


def test_adding_the_same_again_makes_no_doubles(here, capfd):
    assert run(["gazetteer", "add", "villages.csv"]) == 0
    capfd.readouterr()
    assert run(["gazetteer", "add", "villages.csv"]) == 0
    assert "villages.csv: 2 places, 0 new; licence: not stated" in capfd.readouterr().err
    assert run(["locate", "Bilohaiok", "--json"]) == 0
    assert len(json.loads(capfd.readouterr().out)["candidates"]) == 1
    assert kept(here) == ["villages.csv", "villages.json"]


@pytest.mark.parametrize("packed", [True, False])
def test_a_geonames_dump_is_taken_with_its_licence(here, capfd, packed):
    file = here / ("XY.zip" if packed else "XY.txt")
    if packed:
        file.write_bytes(zipped(DUMP))
    else:
        file.write_text(DUMP, encoding="utf-8")
    assert run(["gazetteer", "add", file.name]) == 0
    said = capfd.readouterr().err
    assert f"{file.name}: 2 places, 2 new; licence: GeoNames, CC BY 4.0" in said


def zipped(text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "Read me.")
        archive.writestr("XY.txt", text)
    return out.getvalue()


def test_info_lists_each_table_with_its_licence_and_file(here, capfd):
    add_gazetteer(here / "villages.csv", licence="CC0")
    assert run(["gazetteer", "info"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0].startswith("places: ")
    assert lines[0].endswith(" places, with the program")
    at = lines.index("villages: 2 places, villages.csv")
    assert lines[at + 1] == "  licence: CC0"
    assert lines[at + 2].endswith("data/frontline-tracker/gazetteer/villages.csv")
    assert lines[-1].startswith("in all: ")


def test_info_as_json_holds_the_same(here, capfd):
    assert run(["gazetteer", "info", "--json"]) == 0
    before = json.loads(capfd.readouterr().out)
    assert [table["name"] for table in before["tables"]] == ["places", "front", "areas"]
    add_gazetteer(here / "villages.csv")
    assert run(["gazetteer", "info", "--json"]) == 0
    after = json.loads(capfd.readouterr().out)
    assert after["places"] == before["places"] + 2
    assert (after["tables"][-1]["name"], after["tables"][-1]["places"]) == ("villages", 2)
    assert after["tables"][-1]["licence"] == "not stated"


def test_remove_takes_a_table_out_again(here, capfd):
    add_gazetteer(here / "villages.csv")
    assert run(["gazetteer", "remove", "villages"]) == 0
    assert capfd.readouterr().err == "tracker: villages: removed\n"
    assert kept(here) == []
    assert run(["gazetteer", "remove", "villages"]) == 2
    assert capfd.readouterr().err == (
        "tracker: no added gazetteer is named 'villages'; there is: none\n"
    )


def test_faulty_rows_are_named_all_at_once_and_nothing_is_added(here, capfd):
    (here / "bad.csv").write_text("name,lat,lon\nZolotopil,,37.2\nBilohaiok,51.1,340\n")
    assert run(["gazetteer", "add", "bad.csv"]) == 1
    first, second = capfd.readouterr().err.splitlines()
    assert first.startswith("tracker: bad.csv:2: 'Zolotopil' has no lat")
    assert second.startswith("tracker: bad.csv:3: lon of 'Bilohaiok' is '340'")
    assert kept(here) == []


def test_fetch_downloads_the_dump_of_a_country_and_adds_it(here, capfd, monkeypatch):
    asked = []

    def answer(url, timeout):
        asked.append(url)
        return io.BytesIO(zipped(DUMP))

    monkeypatch.setattr("urllib.request.urlopen", answer)
    assert run(["gazetteer", "fetch", "xy"]) == 0
    assert asked == ["https://download.geonames.org/export/dump/XY.zip"]
    assert "XY.zip: 2 places, 2 new; licence: GeoNames, CC BY 4.0" in capfd.readouterr().err
    assert kept(here) == ["XY.csv", "XY.json"]


def test_fetch_without_internet_is_one_line_that_says_what_to_do(here, capfd, monkeypatch):
    def refuse(url, timeout):
        raise URLError("no route to host")

    monkeypatch.setattr("urllib.request.urlopen", refuse)
    assert run(["gazetteer", "fetch", "UA"]) == 1
    assert capfd.readouterr().err == (
        "tracker: https://download.geonames.org/export/dump/UA.zip: cannot be fetched: no route "
        "to host; download it elsewhere, then: tracker gazetteer add UA.zip\n"
    )
    assert kept(here) == []


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["add", "gone.csv"], "Invalid value for 'FILE': File 'gone.csv' does not exist; see "),
        (["add", "."], "Invalid value for 'FILE': File '.' is a directory; see "),
        (["fetch", "Ukraine"], "not a country code: 'Ukraine'; two letters such as UA"),
        (["take"], "No such command 'take'; see tracker gazetteer --help"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_code_2(here, capfd, args, said):
    assert run(["gazetteer", *args]) == 2
    err = capfd.readouterr().err
    assert err.startswith(f"tracker: {said}")
    assert err.count("\n") == 1


def test_a_person_who_watches_is_told_that_work_has_begun(here, capfd, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    (here / "bad.csv").write_text("name,lat,lon\nZolotopil,,37.2\n")
    assert run(["gazetteer", "add", "bad.csv"]) == 1
    first, second = capfd.readouterr().err.splitlines()
    assert first == "tracker: reading bad.csv ..."
    assert second.startswith("tracker: bad.csv:2: ")


def test_a_hostile_name_cannot_move_the_cursor(here, capfd):
    name = "\x1b[2J.csv"
    (here / name).write_text(TABLE)
    assert run(["gazetteer", "add", name, "--licence", "\x1b[31m"]) == 0
    assert run(["gazetteer", "info"]) == 0
    out, err = capfd.readouterr()
    assert "\x1b" not in out + err
    assert [table.licence for table in gazetteer_info()][-1] == "\x1b[31m"


@pytest.mark.parametrize(
    ("args", "example"),
    [
        ([], "tracker gazetteer fetch UA"),
        (["--help"], "tracker gazetteer fetch UA"),
        (["add", "--help"], "tracker gazetteer add UA.zip"),
        (["fetch", "-h"], "tracker gazetteer fetch UA"),
        (["info", "-h"], "tracker gazetteer info"),
        (["remove", "-h"], "tracker gazetteer remove UA"),
    ],
)
def test_help_carries_an_example(args, example, capfd):
    assert run(["gazetteer", *args]) == 0
    assert example in capfd.readouterr().out
