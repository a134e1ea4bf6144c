"""Whatever is wrong: one clear line, the right exit code, and no half-written file."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.cli import run

ENV = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
pytestmark = pytest.mark.usefixtures("gazetteer_loaded_once")
GOOD = json.dumps({"id": "a", "published": "2022-09-11", "text": "Ukraine has taken Izium."}) + "\n"


@pytest.fixture
def here(here):
    (here / "good.jsonl").write_text(GOOD)
    (here / "empty").mkdir()
    (here / "photo.txt").write_bytes(b"\x89PNG\x00\x01")
    (here / "broken.jsonl").write_text('{"id": "a", \n')
    (here / "day.md").write_text("---\npublished: 2022-02-30\n---\nText.")
    (here / "undated.txt").write_text("Text.")
    (here / "report.docx").write_text("Text.")
    (here / "exists.geojson").write_text("mine")
    (here / "exists.html").write_text("mine")
    (here / "bad.csv").write_text("place,change\nIzium,capture\n")
    return here


def files(here):
    return {str(p): p.read_bytes() for p in here.rglob("*") if p.is_file()}


USAGE = [
    (["claims"], "Missing argument 'INPUT...'; see tracker claims --help"),
    (["claims", "gone.txt"], "gone.txt: no such file or folder"),
    (["claims", "report.docx"], "report.docx: unknown ending '.docx'; known are "),
    (
        ["claims", "good.jsonl", "-o", "c.shp"],
        "c.shp: unknown ending '.shp' for an output; known are .geojson",
    ),
    (["claims", "good.jsonl", "-o", "c"], "c: unknown ending '' for an output; known are "),
    (["claims", "good.jsonl", "-o", "empty"], "empty: is a folder; name a file in it"),
    (
        ["claims", "good.jsonl", "-o", "exists.geojson"],
        "exists.geojson: exists; name another, or give --overwrite",
    ),
    (["claims", "good.jsonl", "-o", "no/c.csv"], "no/c.csv: no folder "),
    (
        ["claims", "good.jsonl", "-o", "good.jsonl", "--overwrite"],
        "good.jsonl: is an input as well; name another output",
    ),
    (
        ["claims", "good.jsonl", "--published", "2022-02-30"],
        "Invalid value for '--published': impossible date '2022-02-30'",
    ),
    (
        ["claims", "good.jsonl", "--gazetteer", "gone.csv"],
        "Invalid value for '--gazetteer': File 'gone.csv' does not exist",
    ),
    (["claims", "good.jsonl", "--colour"], "No such option"),
    (["map", "good.jsonl"], "Missing option '-o' / '--output'; see tracker map --help"),
    (
        ["map", "good.jsonl", "-o", "m.png"],
        "m.png: unknown ending '.png' for an output; known are .html .htm",
    ),
    (["map", "good.jsonl", "-o", "-"], "-: unknown ending '' for an output; known are .html .htm"),
    (["map", "good.jsonl", "-o", "empty"], "empty: is a folder"),
    (
        ["map", "good.jsonl", "-o", "exists.html"],
        "exists.html: exists; name another, or give --overwrite",
    ),
    (
        ["map", "exists.geojson", "-o", "exists.html", "--overwrite"],
        "exists.geojson: is an input as well",
    ),
    (
        ["map", "good.jsonl", "-o", "m.html", "--by", "year"],
        "Invalid value for '--by': 'year' is not one of",
    ),
    (["claims", "good.jsonl", "-o", ""], "-o is empty; name a file"),
    (["claims", "good.jsonl", "-o", "c.csv/"], "c.csv/: names a folder; name a file in it"),
    (["map", "good.jsonl", "-o", ""], "-o is empty; name a file"),
    (["map", "good.jsonl", "-o", "."], ".: names a folder; name a file in it"),
    (["map", "good.jsonl", "-o", "/"], "/: names a folder; name a file in it"),
    (["map", "good.jsonl", "-o", ".."], "..: is a folder; name a file in it"),
    (["frobnicate"], "No such command 'frobnicate'"),
]

DATA = [
    (["claims", "empty"], "empty: no reports in this folder; known are .txt"),
    (["claims", "photo.txt"], "photo.txt: not text: it holds NUL bytes"),
    (["claims", "broken.jsonl"], "broken.jsonl:1: broken JSON: "),
    (["claims", "day.md"], "day.md:2: impossible 'published' '2022-02-30' (day is out of range"),
    (["claims", "undated.txt"], "undated.txt: no publication date; put 'published: YYYY-MM-DD' "),
    (["claims", "bad.csv"], "bad.csv:2: 'by' is missing; 'report_id' is missing; "),
    (["claims", "exists.geojson"], "exists.geojson:1: broken JSON: "),
]


@pytest.mark.parametrize(
    ("args", "said"), USAGE, ids=lambda value: " ".join(value) if isinstance(value, list) else None
)
def test_a_wrong_call_is_one_line_and_exit_code_2(here, capfd, args, said):
    before = files(here)
    assert run(args) == 2
    one_line(capfd, said)
    assert files(here) == before


@pytest.mark.parametrize(
    ("args", "said"), DATA, ids=lambda value: " ".join(value) if isinstance(value, list) else None
)
@pytest.mark.parametrize("command", ["claims", "map"])
def test_wrong_data_are_one_line_and_exit_code_1(here, capfd, command, args, said):
    before = files(here)
    output = {"claims": "out.csv", "map": "out.html"}[command]
    assert run([command, *args[1:], "-o", output]) == 1
    one_line(capfd, said)
    assert files(here) == before


def one_line(capfd, said):
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith(f"tracker: {said}")
    assert err.count("\n") == 1


def test_what_is_sound_is_written_and_what_is_not_is_named(here, capfd):
    assert run(["claims", "good.jsonl", "undated.txt", "photo.txt", "-o", "c.geojson"]) == 1
    assert len(json.loads((here / "c.geojson").read_text())["features"]) == 1
    lines = capfd.readouterr().err.splitlines()
    assert [line[:22] for line in lines[:2]] == ["tracker: undated.txt: ", "tracker: photo.txt: no"]
    assert lines[2] == "tracker: 1 report, 1 claim (1 located, 0 ambiguous, 0 unknown) -> c.geojson"


def test_a_line_that_is_broken_leaves_the_others(here, capfd):
    (here / "three.jsonl").write_text(GOOD + "{broken\n" + GOOD.replace('"a"', '"b"'))
    assert run(["claims", "three.jsonl", "-o", "c.geojson"]) == 1
    features = json.loads((here / "c.geojson").read_text())["features"]
    assert [feature["properties"]["report_id"] for feature in features] == ["a", "b"]
    assert capfd.readouterr().err.startswith("tracker: three.jsonl:2: broken JSON: ")


def refuse(error):
    def write(*args, **kwargs):
        raise error

    return write


@pytest.mark.parametrize("ending", ["geojson", "csv", "gpkg", "parquet"])
def test_a_disk_that_refuses_is_one_line_that_names_the_output(here, capfd, monkeypatch, ending):
    before = files(here)
    refused = refuse(OSError(28, "No space left on device"))
    monkeypatch.setattr("pathlib.Path.replace", refused)
    assert run(["claims", "good.jsonl", "-o", f"out.{ending}"]) == 1
    one_line(capfd, f"{here / 'out'}.{ending}: No space left on device")
    assert files(here) == before


@pytest.mark.parametrize(
    ("command", "output"),
    [
        *(("claims", f"out.{ending}") for ending in ("geojson", "csv", "gpkg", "parquet")),
        ("mentions", "out.gpkg"),
        ("map", "out.html"),
    ],
)
def test_a_disk_that_fills_up_is_one_line_in_the_words_of_the_system(here, command, output):
    before = files(here)

    def two_hundred_bytes():
        resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))

    done = subprocess.run(
        [sys.executable, "-B", "-m", "tracker", command, "good.jsonl", "-o", output],
        capture_output=True,
        text=True,
        cwd=here,
        env=ENV,
        preexec_fn=two_hundred_bytes,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"tracker: {here / output}: File too large\n"
    assert files(here) == before


def test_a_claims_file_of_nothing_but_a_header_is_said_to_hold_no_rows(here, capfd):
    header = "report_id,published,place,change,by,date_from,date_to\n"
    (here / "none.csv").write_text(header)
    assert run(["claims", "none.csv", "-o", "out.csv"]) == 0
    assert capfd.readouterr().err.startswith(
        "tracker: none.csv: a claims file that holds no rows\ntracker: 0 reports, 0 claims "
    )
    assert run(["map", "none.csv", "-o", "out.html"]) == 1
    assert capfd.readouterr().err.splitlines()[-1].endswith("nothing to map")


def test_a_folder_that_may_not_be_written_to_is_found_before_any_work(here, capfd, monkeypatch):
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert run(["claims", "broken.jsonl", "-o", "out.csv"]) == 2
    one_line(capfd, f"out.csv: no permission to write in {here}; name another folder")


def test_a_file_that_may_not_be_read_is_named(here, capfd, monkeypatch):
    error = PermissionError(13, "Permission denied")
    monkeypatch.setattr("tracker.reports.documents.Document.open", refuse(error))
    assert run(["claims", "good.jsonl", "-o", "out.csv"]) == 1
    one_line(capfd, "good.jsonl: cannot be read: Permission denied")


def test_a_name_longer_than_the_system_allows_is_one_line(here, capfd):
    assert run(["claims", "x" * 300 + ".txt"]) == 1
    one_line(capfd, "x" * 300 + ".txt: File name too long")
    assert run(["claims", "good.jsonl", "-o", "x" * 300 + ".csv"]) == 1
    assert "File name too long" in capfd.readouterr().err


def test_a_link_to_itself_in_a_folder_is_named_and_the_rest_is_read(here, capfd):
    (here / "links").mkdir()
    (here / "links/good.jsonl").write_text(GOOD)
    (here / "links/self.txt").symlink_to("self.txt")
    assert run(["claims", "links", "-o", "c.csv"]) == 1
    first, second = capfd.readouterr().err.splitlines()
    assert first.startswith("tracker: links/self.txt: cannot be read: ")
    assert second.startswith("tracker: 1 report, 1 claim ")


@pytest.mark.parametrize("command", ["claims good.jsonl -o self.csv", "map good.jsonl -o self.htm"])
def test_an_output_that_is_a_link_to_itself_is_one_line(here, capfd, command):
    *_, output = command.split()
    (here / output).symlink_to(output)
    before = files(here)
    assert run(command.split()) == 2
    one_line(capfd, f"{output}: is a link that leads round in a circle; name another output")
    assert files(here) == before


def test_an_input_that_is_a_link_to_itself_does_not_hinder_an_output_that_exists(here, capfd):
    (here / "self.txt").symlink_to("self.txt")
    assert run(["claims", "self.txt", "-o", "exists.geojson", "--overwrite"]) == 2
    one_line(capfd, "self.txt: no such file or folder")


@pytest.mark.parametrize("command", ["claims", "mentions", "map"])
def test_a_line_break_in_the_name_of_an_output_does_not_break_the_summary(here, capfd, command):
    name = "a\nb.html" if command == "map" else "a\nb.geojson"
    assert run([command, "good.jsonl", "-o", name]) == 0
    assert (here / name).is_file()
    said = capfd.readouterr().err.splitlines()
    assert repr(name) in said[0]
    assert all(line.startswith("tracker: ") for line in said)


def test_what_is_printed_cannot_move_the_cursor(here, capfd):
    assert run(["claims", "\x1b[2J\n.txt"]) == 2
    err = capfd.readouterr().err
    assert "\x1b" not in err
    assert err.count("\n") == 1


def test_the_second_output_of_a_map_is_checked_before_any_work(here, capfd):
    (here / "m.geojson").write_text("mine")
    assert run(["map", "good.jsonl", "-o", "m.html"]) == 2
    one_line(capfd, "m.geojson: exists; name another, or give --overwrite")
    assert not (here / "m.html").exists()


def test_a_map_that_fails_half_way_leaves_neither_file(here, capfd, monkeypatch):
    import tracker.export

    before = files(here)
    monkeypatch.setattr(
        tracker.export, "changes_writer", lambda changes: refuse(OSError(28, "disk full"))
    )
    assert run(["map", "good.jsonl", "-o", "m.html"]) == 1
    one_line(capfd, f"{here / 'm.geojson'}: disk full")
    assert files(here) == before


def test_output_that_nobody_reads_ends_quietly(here):
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", "claims", "good.jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=here,
        env=ENV,
    )
    process.stdout.close()
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (141, b"")


@pytest.mark.parametrize("ending", ["geojson", "csv", "gpkg", "parquet"])
def test_names_that_are_not_utf_8_are_read_and_written(here, capfd, ending):
    name = os.fsdecode(b"\xff")
    (here / f"2022-09-11-{name}.txt").write_text("Ukraine has taken Izium.")
    assert run(["claims", f"2022-09-11-{name}.txt", "-o", f"{name}.{ending}"]) == 0
    assert run(["claims", f"{name}.{ending}"]) == 0
    out, err = capfd.readouterr()
    assert json.loads(out)["features"][0]["properties"]["report_id"] == "2022-09-11-\ufffd"
    assert f"-> '\\udcff.{ending}'\n" in err


def test_closed_standard_streams_are_one_line(here, capfd, monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    assert run(["claims", "good.jsonl"]) == 1
    monkeypatch.undo()
    one_line(capfd, "standard output: is closed")
    monkeypatch.setattr(sys, "stdin", None)
    assert run(["claims", "-"]) == 2
    monkeypatch.undo()
    one_line(capfd, "standard input is closed; give a file, or text to read")
