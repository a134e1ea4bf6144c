"""A report that cannot be taken is refused by name, with advice; the rest is taken."""

import json
from datetime import date
from pathlib import Path

import pytest

from tracker.reports import read_reports


def problems(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = read_reports([path]).problems
    assert all(problem.startswith(f"{path}") for problem in found)
    return [problem.removeprefix(str(path)) for problem in found]


def lines(*rows):
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)


GOOD = {"id": "a", "published": "2022-09-11", "text": "T."}


def test_a_report_without_a_date_is_refused_with_three_remedies(tmp_path):
    assert problems(tmp_path, "a.txt", "Ukraine took Izium.") == [
        ": no publication date; put 'published: YYYY-MM-DD' between two --- lines at the top, "
        "start the file name with YYYY-MM-DD, or give --published YYYY-MM-DD"
    ]


def test_an_undated_row_is_named_by_its_line(tmp_path):
    row = {"id": "b", "text": "T."}
    assert problems(tmp_path, "a.jsonl", lines(GOOD, "", row)) == [
        ":3: no publication date; fill in 'published' (YYYY-MM-DD), or give --published YYYY-MM-DD"
    ]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2022-02-30", "day is out of range for month"),
        ("2022-13-01", "month must be in 1..12"),
        ("11.09.2022", "not an ISO date"),
        ("20220911", "not an ISO date"),
        ("2022-9-1", "not an ISO date"),
        ("2022-W37-1", "not an ISO date"),
        ("2022-09-11T25:00", "not an ISO date"),
        ("٢٠٢٢-٠٩-١١", "not an ISO date"),
        ("0202-09-11", "year outside 1900..2199"),
        ("9999-12-31", "year outside 1900..2199"),
    ],
)
def test_an_impossible_date_is_named_with_its_line(tmp_path, written, why):
    text = f"---\ntitle: T\npublished: {written}\n---\nText."
    assert problems(tmp_path, "a.md", text) == [
        f":3: impossible 'published' '{written}' ({why}); write a day that exists as YYYY-MM-DD"
    ]


def test_an_impossible_date_is_not_covered_up_by_the_option(tmp_path):
    path = tmp_path / "2022-02-30-a.txt"
    path.write_text("Text.")

    assert read_reports([path], published=date(2022, 3, 1)).problems == [
        f"{path}: impossible date '2022-02-30' at the start of the file name "
        "(day is out of range for month); rename the file"
    ]


def test_an_impossible_date_of_a_page_is_not_guessed_at(tmp_path):
    page = (
        '<html><head><meta property="article:published_time" content="2022-02-31T10:00:00Z"></head>'
        "<body><p>Ukrainian forces have taken Izium.</p></body></html>"
    )
    (found,) = problems(tmp_path, "a.html", page)
    assert found.startswith(": impossible 'published' '2022-02-31T10:00:00Z'")


def test_a_broken_line_costs_that_line_only(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(lines(GOOD, '{"id": "b", "text": ', "[1]", GOOD | {"id": "c"}))
    intake = read_reports([path])
    assert [report.id for report in intake.reports] == ["a", "c"]
    assert intake.problems == [
        f"{path}:2: broken JSON: Expecting value at column 21; mend or remove this line",
        f'{path}:3: no JSON object: \'[1]\'; write {{"id": ..., "text": ..., ...}}',
    ]


def test_a_broken_json_file_is_named_by_the_line_where_it_breaks(tmp_path):
    assert problems(tmp_path, "a.json", '[\n {"id": "a"},\n {"id": }\n]') == [
        ":3: broken JSON: Expecting value at column 9; mend the file"
    ]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize("content", ["[" * 100_000, '{"id": ' + "9" * 5000 + "}"])
def test_json_that_would_exhaust_the_parser_is_refused(tmp_path, name, content):
    (found,) = problems(tmp_path, name, content)
    assert "broken JSON: nested too deep, or a number too long" in found


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\x89PNG\x00\x00", ": not text: it holds NUL bytes; leave it out"),
        (b"One\nTwo \xff\xfe", ":2: not UTF-8 text: byte 0xff; save it as UTF-8, or leave it out"),
        (
            "a\nІзюм".encode("utf-16")[:-1],
            ":2: not UTF-16 text: byte 0x3c; save it as UTF-8, or leave it out",
        ),
        (b"\xff\xfe\x00\x00I\x00\x00\x00", ": not text: it holds NUL bytes; leave it out"),
        (b"", ": no text; fill it in or leave the report out"),
        (b" \n\t\n", ": no text; fill it in or leave the report out"),
        (
            b"---\npublished: 2022-09-11\nText.",
            ":1: front matter is opened and not closed; add a line --- after it",
        ),
        (
            b"---\npublished: 2022-09-11\nrubbish\n---\nText.",
            ":3: no 'key: value' in the front matter: 'rubbish'; mend it",
        ),
        (b"---\ntitle: a\nTitle: b\n---\nText.", ":3: 'title' a second time; keep one of them"),
        (
            b"---\ntitle: >\n  a\n---\nText.",
            ":3: the value of 'title' goes on in a second line: '  a'; keep it on one line",
        ),
    ],
)
def test_a_text_file_that_cannot_be_taken_says_why(tmp_path, content, expected):
    assert problems(tmp_path, "2022-09-11.txt", content) == [expected]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ": nothing in it; leave it out"),
        (
            "id,published,body\na,2022-09-11,T\n",
            ":1: no column 'text' in the header 'id,published,body'; "
            "name the columns: id,published,text",
        ),
        ("id,text,Text\n", ":1: column 'text' twice; give each its own name"),
        (
            "id,published,text\na,2022-09-11,One, two\n",
            ":2: 4 cells under 3 columns; put quotes around text that holds the separator",
        ),
        (
            'id,published,text\na,2022-09-11,"One\n\nb\n',
            ":2: broken CSV: unexpected end of data; mend the quotes of this row",
        ),
        (
            'id,published,text\na,2022-09-11,"One\ntwo"\nb,2022-02-30,T\n',
            ":4: impossible 'published' '2022-02-30' (day is out of range for month); "
            "write a day that exists as YYYY-MM-DD",
        ),
        ("id,published,text\n,2022-09-11,T\n", ":2: no 'id'; give each report its own id"),
    ],
)
def test_a_table_that_cannot_be_taken_says_why(tmp_path, content, expected):
    assert problems(tmp_path, "a.csv", content) == [expected]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (GOOD | {"text": ["T."]}, ":1: 'text' is no text: \"['T.']\"; put it in quotes"),
        (GOOD | {"published": True}, ":1: 'published' is no text: 'True'; put it in quotes"),
        (GOOD | {"id": None}, ":1: no 'id'; give each report its own id"),
        (GOOD | {"text": ""}, ":1: no text; fill it in or leave the report out"),
    ],
)
def test_a_field_of_the_wrong_kind_is_named(tmp_path, row, expected):
    assert problems(tmp_path, "a.jsonl", lines(row)) == [expected]


def test_a_page_without_an_article_is_refused(tmp_path):
    assert problems(tmp_path, "a.html", "<html><body></body></html>") == [
        ": no article text in this page; save its text as .txt"
    ]


@pytest.mark.parametrize("charset", ["windows-9", "utf-16", "base64", "undefined", "idna"])
def test_a_page_that_declares_a_wrong_encoding_is_refused(tmp_path, charset):
    page = f'<meta charset="{charset}">\n'.encode() + "Ізюм".encode("cp1251")
    assert problems(tmp_path, "a.html", page) == [
        ":2: not UTF-8 text: byte 0xb2; save it as UTF-8, or leave it out"
    ]


def test_a_page_that_would_exhaust_the_parser_is_refused_or_read(tmp_path):
    path = tmp_path / "2022-09-11.html"
    path.write_text("<html><body>" + "<div>" * 50_000 + "<p>Ukraine has taken Izium.</p>")
    intake = read_reports([path])
    assert len(intake.reports) + len(intake.problems) == 1
    assert all(problem.startswith(f"{path}: ") for problem in intake.problems)


def test_an_empty_folder_is_refused(tmp_path):
    (found,) = read_reports([tmp_path]).problems
    assert found.startswith(f"{tmp_path}: no reports in this folder; known are .txt .md")


def test_a_link_to_nothing_is_refused_by_name(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone")
    assert read_reports([tmp_path]).problems == [
        f"{tmp_path / 'a.txt'}: cannot be read: No such file or directory"
    ]


def test_many_faults_of_one_file_are_told_as_a_number(tmp_path):
    found = problems(tmp_path, "a.jsonl", lines(*["{"] * 1000))
    assert len(found) == 21
    assert found[-1] == ": 980 more faults"


def test_a_file_name_cannot_move_the_cursor(here):
    Path("a\x1b[2J\n.txt").write_text("Text.", encoding="utf-8")
    (found,) = read_reports([Path()]).problems
    assert "\\x1b[2J\\n.txt'" in found
    assert found.isprintable()


def test_faults_are_told_in_the_order_of_the_lines(tmp_path):
    found = problems(
        tmp_path,
        "a.jsonl",
        lines(GOOD, "{", GOOD | {"published": "2022-02-30"}, "[1]", GOOD | {"text": ""}),
    )
    assert [problem[:3] for problem in found] == [":2:", ":3:", ":4:", ":5:"]


def test_every_fault_of_a_row_is_told(tmp_path):
    assert problems(tmp_path, "a.csv", "id,published,text\n,2022-02-30,\n") == [
        ":2: no text; fill it in or leave the report out",
        ":2: no 'id'; give each report its own id",
        ":2: impossible 'published' '2022-02-30' (day is out of range for month); "
        "write a day that exists as YYYY-MM-DD",
    ]


def test_a_faulty_field_is_not_called_missing_as_well(tmp_path):
    row = {"id": ["a"], "published": 1.5, "text": {}}
    assert problems(tmp_path, "a.jsonl", lines(row)) == [
        ":1: 'text' is no text: '{}'; put it in quotes",
        ":1: 'id' is no text: \"['a']\"; put it in quotes",
        ":1: 'published' is no text: '1.5'; put it in quotes",
    ]
