"""Many reports: read one after the other, counted and ordered without being held."""

import io
import json
import os
import threading
from datetime import date
from pathlib import Path

import pytest

from tracker.cli import run
from tracker.ledger import Pile, in_order, pile
from tracker.model import Claim, Report
from tracker.reports import Census, Few, Inputs, documents, read_reports
from tracker.reports.census import Hashes

DAY = date(2022, 9, 12)
pytestmark = pytest.mark.usefixtures("gazetteer_loaded_once")


def row(number, **more):
    text = f"Ukraine took Izium {number}."
    return {"id": f"r{number}", "published": "2022-09-12", "text": text} | more


def claim(report_id="r", published=DAY, place="Izium", rule=""):
    days = published, published
    return Claim(
        report_id, published, "", "", "en", place, "", place, "", "settlement", "capture", "UA",
        "UA", *days, "other", "asserted", False, "", "unknown", 0.5, rule,
    )  # fmt: skip


def lines(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_reports_are_handed_on_before_the_file_ends(here):
    Path("a.jsonl").write_text(lines(row(1), row(2)) + "{broken\n" + lines(row(3)))
    inputs = Inputs(["a.jsonl"])
    reports = iter(inputs)
    assert [next(reports)[0].id, next(reports)[0].id] == ["r1", "r2"]
    assert inputs.problems == []
    assert next(reports)[0].id == "r3"
    assert [problem.partition(": ")[0] for problem in inputs.problems] == ["a.jsonl:3"]


def test_a_file_is_refused_as_a_whole_whose_end_is_no_text(here):
    Path("a.jsonl").write_bytes(lines(row(1)).encode() + b'{"text": "\xff"}\n')
    inputs = Inputs(["a.jsonl"])
    assert list(inputs) == []
    assert inputs.problems == [
        "a.jsonl:2: not UTF-8 text: byte 0xff; save it as UTF-8, or leave it out"
    ]


def test_nul_bytes_say_more_than_what_is_wrong_before_them(here):
    Path("a.jsonl").write_bytes(b"\xff\n" + bytes(3 << 20))
    assert Inputs(["a.jsonl"]).problems == ["a.jsonl: not text: it holds NUL bytes; leave it out"]


def test_of_many_faults_the_first_are_told_and_the_others_counted(here):
    Path("a.jsonl").write_text("broken\n" * 25 + lines(row(1)))
    inputs = Inputs(["a.jsonl"])
    assert len(list(inputs)) == 1
    assert len(inputs.problems) == 21
    assert inputs.problems[-1] == "a.jsonl: 5 more faults"


@pytest.mark.parametrize("most", [1 << 24, 64])
def test_standard_input_is_kept_in_memory_or_in_a_file(monkeypatch, most):
    monkeypatch.setattr(documents, "MOST_IN_MEMORY", most)
    data = lines(*map(row, range(9))).encode()
    intake = read_reports(["-"], stdin=data)
    assert [report.id for report in intake.reports] == [f"r{n}" for n in range(9)]


def test_a_pipe_is_read_once_and_kept(here, monkeypatch):
    monkeypatch.setattr(documents, "MOST_IN_MEMORY", 64)
    os.mkfifo("a.jsonl")
    data = lines(*map(row, range(9)))
    writer = threading.Thread(target=lambda: Path("a.jsonl").write_text(data))
    writer.start()
    intake = read_reports(["a.jsonl"])
    writer.join()
    assert len(intake.reports) == 9


@pytest.mark.parametrize("size", [0, 5, 9, 10, 11, 40])
def test_the_ends_of_a_document_are_all_of_a_short_one(tmp_path, size):
    data = bytes(range(size))
    (tmp_path / "a.txt").write_bytes(data)
    ends = documents.document(tmp_path / "a.txt").ends(5)
    assert ends == (data if size <= 10 else data[:5] + data[-5:])


def test_line_ends_inside_strings_end_no_line_of_json(here):
    text = "One\u2028two\x85three\x0bfour."
    Path("a.jsonl").write_text(json.dumps(row(1, text=text), ensure_ascii=False) + "\n")
    assert [report.text for report in read_reports(["a.jsonl"]).reports] == [text]


def test_lines_in_utf16_are_read_as_well(here):
    Path("a.jsonl").write_text(lines(row(1), row(2)), encoding="utf-16")
    assert [report.id for report in read_reports(["a.jsonl"]).reports] == ["r1", "r2"]


def test_a_long_table_is_read_row_by_row(here):
    rows = [
        "id,published,text\n",
        'a,2022-09-12,"Two\nlines"\n',
        "\n",
        "b,2022-09-12,One\n",
        '"x\n',
    ]
    Path("a.csv").write_text("".join(rows))
    inputs = Inputs(["a.csv"])
    assert [report.text for report, _ in inputs] == ["Two\nlines", "One"]
    assert [problem.partition(": ")[0] for problem in inputs.problems] == ["a.csv:6"]


def test_a_set_of_hashes_is_a_set():
    hashes, plain = Hashes(), set()
    numbers = [(n * n * 2654435761) % 2**64 for n in range(3000)] + [0, 2**64 - 1, 0]
    for number in numbers:
        assert hashes.add(number) is (number not in plain)
        plain.add(number)
    assert len(hashes) == len(plain)
    assert all(number in hashes for number in numbers)
    assert 7 not in hashes


def test_a_census_counts_the_same_once_and_knows_shared_ids():
    census = Census()
    first = Report("a", DAY, "Text.")
    assert census.take(first)
    assert not census.take(Report("a", DAY, "Text.", extra={"more": 1}), dropped=True)
    assert census.take(Report("a", DAY, "Another."))
    assert census.take(Report("b", DAY, "Text."))
    assert len(census) == 3
    assert census.ids({"b", "c"}) == 3
    assert census.notes == [
        "1 report came more than once and counts once",
        "1 id is shared by reports that differ: a",
        "1 address is no http(s) link and was dropped",
    ]


def test_the_first_few_names_do_not_depend_on_the_order():
    few, again = Few(), Few()
    for name in "cagbfed":
        few.add(name)
    for name in sorted("cagbfed", reverse=True):
        again.add(name)
    assert str(few) == str(again) == "a, b, c, d, e, …"


def claims():
    return [
        claim(report_id=f"r{n % 7}", published=date(2022, 9, 1 + n % 5), place=f"P{n}", rule=str(n))
        for n in range(60)
    ]


def test_what_waits_in_files_comes_out_as_what_does_not(monkeypatch):
    told = claims()
    expected = in_order(told)
    monkeypatch.setattr(pile, "STACK", 4)
    heap = Pile()
    for one in sorted(told, key=lambda c: (c.report_id, c.published)):
        heap.add([one], 0, mark=int(one.rule))
    assert list(heap) == expected
    assert list(heap) == expected  # again and again
    assert len(heap) == len(expected) == 60


def test_sources_that_tell_the_same_of_a_report_count_once(monkeypatch):
    monkeypatch.setattr(pile, "STACK", 3)
    told = claims()
    heap = Pile()
    for source in (0, 1):
        heap.add(told, source)
    assert list(heap) == in_order(told)
    assert len(heap) == 120


def test_reports_of_one_id_and_day_keep_apart_in_any_order():
    told = [[claim(place="A"), claim(place="B")], [claim(place="C")]]
    orders = []
    for order in ([0, 1], [1, 0]):
        heap = Pile()
        for n in order:
            heap.add(told[n], 0, mark=n)
        orders.append([c.place for c in heap])
    assert orders == [["A", "B", "C"], ["A", "B", "C"]]


@pytest.mark.parametrize("ending", ["jsonl", "csv", "geojson"])
def test_a_run_that_spills_writes_the_same_bytes(here, monkeypatch, ending):
    texts = ("Ukraine liberated Izium.", "Russia captured Bakhmut.", "It rained in Kyiv.")
    rows = [row(n, text=texts[n % 3], published=f"2022-09-{1 + n % 28:02}") for n in range(80)]
    Path("a.jsonl").write_text(lines(*rows))
    Path("b.jsonl").write_text(lines(*reversed(rows), *rows[:9]))
    assert run(["claims", "a.jsonl", "-o", f"one.{ending}"]) == 0
    monkeypatch.setattr(pile, "STACK", 5)
    assert run(["claims", "b.jsonl", "-o", f"two.{ending}"]) == 0
    assert Path(f"one.{ending}").read_bytes() == Path(f"two.{ending}").read_bytes()
    assert len(Path(f"one.{ending}").read_text().splitlines()) >= 53


def test_a_disk_that_is_full_is_said_and_nothing_is_written(here, monkeypatch, capfd):
    class Full(io.BytesIO):
        def write(self, data):
            raise OSError(28, "No space left on device")

    Path("a.jsonl").write_text(lines(*map(row, range(9))))
    monkeypatch.setattr(pile, "STACK", 5)
    monkeypatch.setattr("tempfile.TemporaryFile", Full)
    assert run(["claims", "a.jsonl", "-o", "a.csv"]) == 1
    assert "No space left on device" in capfd.readouterr().err
    assert sorted(path.name for path in here.iterdir()) == ["a.jsonl"]
