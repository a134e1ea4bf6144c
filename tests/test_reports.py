"""Reports are read from text, Markdown, pages, tables and standard input."""

import json
import random
from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import UnknownFormatError, UsageError
from tracker.reports import read_reports

DAY = date(2022, 9, 11)


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def only(intake):
    assert intake.problems == []
    assert len(intake.reports) == 1
    return intake.reports[0]


def test_a_text_file_takes_its_id_and_date_from_its_name(tmp_path):
    path = write(tmp_path, "2022-09-11-izium.txt", "Ukraine took Izium.\n")
    report = only(read_reports([path]))
    assert (report.id, report.published) == ("2022-09-11-izium", DAY)
    assert report.text == "Ukraine took Izium.\n"


def test_front_matter_fills_the_fields_and_unknown_keys_are_kept(tmp_path):
    path = write(
        tmp_path,
        "izium.md",
        "---\npublished: 2022-09-11\ntitle: 'Izium: free'\nurl: https://example.org/a\n"
        "source: Example\nlang: uk-UA\nauthor: Someone\ntags:\n  - a\n  - b\n---\nText: yes.\n",
    )
    report = only(read_reports([path]))
    assert report.published == DAY
    assert report.title == "Izium: free"
    assert report.url == "https://example.org/a"
    assert (report.source, report.lang, report.text) == ("Example", "uk", "Text: yes.\n")
    assert report.extra == {"author": "Someone", "tags": "  - a\n  - b"}


def test_front_matter_outranks_the_file_name_and_the_option(tmp_path):
    path = write(tmp_path, "2020-01-01-x.txt", "---\npublished: 2022-09-11\n---\nText.")
    assert only(read_reports([path], published=date(2024, 1, 1))).published == DAY


def test_the_file_name_outranks_the_option(tmp_path):
    path = write(tmp_path, "2022-09-11.txt", "Text.")
    assert only(read_reports([path], published=date(2024, 1, 1))).published == DAY


def test_the_option_dates_what_nothing_else_dates(tmp_path):
    assert only(read_reports([write(tmp_path, "a.txt", "Text.")], published=DAY)).published == DAY


def test_a_rule_above_plain_text_is_no_front_matter(tmp_path):
    path = write(tmp_path, "2022-09-11.md", "---\n\nUkraine took Izium.\n")
    assert only(read_reports([path])).text == "---\n\nUkraine took Izium.\n"


def test_byte_order_mark_and_windows_line_ends_do_not_reach_the_text(tmp_path):
    path = write(
        tmp_path, "a.md", b"\xef\xbb\xbf---\r\npublished: 2022-09-11\r\n---\r\nOne\r\nTwo\r\n"
    )
    report = only(read_reports([path]))
    assert report.published == DAY
    assert report.text == "One\nTwo\n"


def test_a_time_of_day_is_cut_off_without_shifting_the_day(tmp_path):
    row = {"id": "a", "published": "2022-09-11T23:30:00-07:00", "text": "Text."}
    path = write(tmp_path, "a.jsonl", json.dumps(row))
    assert only(read_reports([path])).published == DAY


def test_json_lines_keep_their_text_and_other_keys(tmp_path):
    row = {
        "id": 7,
        "published": "2022-09-11",
        "text": "One\u2028Two\r\n",
        "claims": [],
        "lang": None,
    }
    path = write(tmp_path, "a.jsonl", json.dumps(row, ensure_ascii=False) + "\n\n")
    report = only(read_reports([path]))
    assert (report.id, report.text, report.lang) == ("7", "One\u2028Two\r\n", "")
    assert report.extra == {"claims": []}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_whatever_separates_its_cells(tmp_path, delimiter):
    lines = ["id|published|text|source", 'a|2022-09-11|"Two\nlines"|Example']
    path = write(tmp_path, "a.csv", "\n".join(lines).replace("|", delimiter))
    report = only(read_reports([path]))
    assert (report.id, report.text, report.source) == ("a", "Two\nlines", "Example")


def test_a_cell_of_several_megabytes_is_read(tmp_path):
    text = "Ukraine took Izium. " * 200_000
    path = write(tmp_path, "a.csv", f'id,published,text\na,2022-09-11,"{text}"\n')
    assert only(read_reports([path])).text == text


PAGE = """<!doctype html><html lang="uk"><head><title>Izium is free</title>
<meta property="og:site_name" content="Example News">
<meta property="article:published_time" content="2022-09-11T23:30:00+03:00">
<link rel="canonical" href="https://example.org/izium"></head><body>
<nav>Home Sport Weather</nav><article><h1>Izium is free</h1>
<p>Ukrainian forces have taken Izium, the General Staff said on Sunday.</p>
<p>The flag is up over the town hall.</p></article><footer>All rights</footer></body></html>"""


def test_a_page_gives_its_article_title_date_address_and_language(tmp_path):
    report = only(read_reports([write(tmp_path, "page.html", PAGE)]))
    assert (report.id, report.published, report.lang) == ("page", DAY, "uk")
    assert (report.title, report.source) == ("Izium is free", "Example News")
    assert report.url == "https://example.org/izium"
    assert "Ukrainian forces have taken Izium, the General Staff said on Sunday." in report.text
    assert "Weather" not in report.text


def test_a_page_in_another_declared_encoding_is_read(tmp_path):
    page = (
        '<html><head><meta charset="windows-1251"><meta name="date" content="2022-09-11"></head>'
        "<body><p>Українські війська звільнили Ізюм, повідомили в Генштабі.</p></body></html>"
    )
    report = only(read_reports([write(tmp_path, "p.htm", page.encode("cp1251"))]))
    assert "звільнили Ізюм" in report.text


def test_a_bare_fragment_of_html_is_a_page_too(tmp_path):
    path = write(tmp_path, "2022-09-11.html", "<p>Ukraine has taken Izium.</p>")
    assert only(read_reports([path])).text.strip() == "Ukraine has taken Izium."


def test_a_folder_is_taken_with_its_subfolders_but_not_what_is_hidden(tmp_path):
    write(tmp_path, "2022-09-11-a.txt", "A.")
    write(tmp_path, "deep/er/2022-09-12-b.md", "B.")
    write(tmp_path, "README.md", "Not a report.")
    write(tmp_path, "deep/readme.txt", "Not a report.")
    write(tmp_path, ".hidden.txt", "Not a report.")
    write(tmp_path, ".git/2022-01-01.txt", "Not a report.")
    write(tmp_path, "photo.jpg", b"\xff\xd8")
    write(tmp_path, "deep/photo.JPG", b"\xff\xd8")
    intake = read_reports([tmp_path])
    assert [report.text for report in intake.reports] == ["A.", "B."]
    assert intake.problems == []
    assert intake.notes == ["passed over in folders: 2 .jpg"]


def test_a_readme_that_is_named_is_read(tmp_path):
    path = write(tmp_path, "README.md", "Text.")
    assert only(read_reports([path], published=DAY)).id == "README"


def test_the_same_report_twice_counts_once(tmp_path):
    path = write(tmp_path, "2022-09-11.txt", "Text.")
    intake = read_reports([path, tmp_path])
    assert len(intake.reports) == 1
    assert intake.notes == ["1 report came more than once and counts once"]


def test_two_texts_under_one_id_are_both_kept_and_said(tmp_path):
    write(tmp_path, "a/2022-09-11.txt", "One.")
    write(tmp_path, "b/2022-09-11.txt", "Two.")
    intake = read_reports([tmp_path])
    assert [report.text for report in intake.reports] == ["One.", "Two."]
    assert intake.notes == ["1 id is shared by reports that differ: 2022-09-11"]


def test_the_order_of_the_inputs_does_not_matter(tmp_path):
    paths = [write(tmp_path, f"{i}/2022-09-{i:02}-x.txt", f"Text {i}.") for i in range(1, 21)]
    expected = [f"Text {i}." for i in range(1, 21)]
    for seed in range(5):
        random.Random(seed).shuffle(paths)
        assert [report.text for report in read_reports(paths).reports] == expected


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b'{"id": "a", "published": "2022-09-11", "text": "One."}\n', "One."),
        (b'[{"id": "a", "published": "2022-09-11", "text": "One."}]', "One."),
        (
            b"<html><body><p>Ukraine has taken Izium today.</p></body></html>",
            "Ukraine has taken Izium today.",
        ),
        ("Україна звільнила Ізюм.".encode(), "Україна звільнила Ізюм."),
        (b"---\npublished: 2022-09-11\n---\nOne.", "One."),
    ],
    ids=["lines", "array", "page", "text", "front matter"],
)
def test_standard_input_is_recognised_by_its_beginning(data, text):
    assert only(read_reports(["-"], stdin=data, published=DAY)).text.strip() == text


def test_addresses_that_a_browser_would_run_are_dropped_and_counted(tmp_path):
    row = {"id": "a", "published": "2022-09-11", "text": "T.", "url": "javascript:alert(1)"}
    intake = read_reports([write(tmp_path, "a.jsonl", json.dumps(row))])
    assert intake.reports[0].url == ""
    assert intake.notes == ["1 address is no http(s) link and was dropped"]


def test_characters_that_no_format_can_hold_are_replaced_one_for_one(tmp_path):
    path = write(
        tmp_path, "a.jsonl", r'{"id":"a","published":"2022-09-11","text":"x\u0000y\ud800z"}'
    )
    assert only(read_reports([path])).text == "x\ufffdy\ufffdz"


CLAIM = {"report_id": "a", "place": "Izium", "change": "capture", "by": "UA"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("c.jsonl", json.dumps(CLAIM)),
        ("c.json", json.dumps([CLAIM])),
        ("c.csv", "report_id,place,change,by\na,Izium,capture,UA\n"),
        ("c.csv", "report_id,place,change,by\n"),
        (
            "c.json",
            json.dumps(
                {
                    "type": "FeatureCollection",
                    "features": [{"type": "Feature", "properties": CLAIM, "geometry": None}],
                }
            ),
        ),
        ("c.geojson", "{}"),
        ("c.gpkg", b"SQLite format 3\x00"),
        ("c.parquet", b"PAR1"),
    ],
)
def test_claims_are_told_apart_from_reports(tmp_path, name, text):
    path = write(tmp_path, name, text)
    intake = read_reports([tmp_path])
    assert [document.path for document in intake.claims] == [path]
    assert (intake.reports, intake.problems) == ([], [])


def test_labelled_reports_with_claims_are_reports(tmp_path):
    row = {"id": "a", "published": "2022-09-11", "text": "T.", "claims": [CLAIM]} | CLAIM
    assert only(read_reports([write(tmp_path, "a.jsonl", json.dumps(row))])).id == "a"


def test_a_named_file_of_unknown_ending_is_a_usage_error(tmp_path):
    with pytest.raises(
        UnknownFormatError, match=r"a\.docx: unknown ending '\.docx'; known are \.txt"
    ):
        read_reports([write(tmp_path, "a.docx", "x")])


def test_a_missing_input_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="nowhere: no such file or folder"):
        read_reports([tmp_path / "nowhere"])


ONE_LINE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=40).map(
    str.strip
)


@settings(deadline=None)
@given(
    title=ONE_LINE.filter(lambda s: s[:1] not in "\"'"),
    extra=ONE_LINE.filter(lambda s: s[:1] not in "\"'"),
    body=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00")).filter(
        str.strip
    ),
)
def test_front_matter_gives_back_what_was_put_in(title, extra, body):
    data = f"---\npublished: 2022-09-11\ntitle: {title}\nnote: {extra}\n---\n{body}".encode()
    report = only(read_reports(["-"], stdin=data))
    # Letters come out composed (NFC), which also tells some look-alikes apart no longer.
    composed = [normalize("NFC", text) for text in (title, extra, body)]
    found = [normalize("NFC", text) for text in (report.title, report.extra["note"], report.text)]
    assert found == composed


@settings(deadline=None)
@given(data=st.binary(max_size=200))
def test_no_bytes_make_the_reading_fail_in_another_way_than_by_name(data):
    intake = read_reports(["-"], stdin=data, published=DAY)
    assert len(intake.reports) + len(intake.claims) + len(intake.problems) >= 1
    assert all(problem.startswith("standard input") for problem in intake.problems)


@settings(deadline=None)
@given(
    start=st.sampled_from(["{", "[", "---\n", '{"type":"FeatureCollection",', "<p>", '{"a":1}\n{']),
    rest=st.text(max_size=60),
)
def test_no_text_makes_the_reading_fail_in_another_way_than_by_name(start, rest):
    data = (start + rest).encode("utf-8", "replace")
    intake = read_reports(["-"], stdin=data, published=DAY)
    assert len(intake.reports) + len(intake.claims) + len(intake.problems) >= 1
    assert all("\n" not in problem for problem in intake.problems)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(
            (code, "uk")
            for code in ("uk", "UK", "ua", "UA", "uk-UA", "uk_UA.UTF-8", "ukr", "ukr-UA")
        ),
        *((code, "ru") for code in ("ru", "RU", "rus", "ru-RU", "Russian")),
        *((code, "en") for code in ("en", "EN", "eng", "en-GB", "en_US", " english ")),
        ("pl", "pl"),
        ("de-DE", "de"),
        ("xx", "xx"),
        ("und", ""),
        ("", ""),
    ],
)
def test_the_usual_codes_of_a_language_are_one(tmp_path, written, meant):
    row = {"id": "a", "published": "2022-09-11", "text": "T.", "lang": written}
    assert only(read_reports([write(tmp_path, "a.jsonl", json.dumps(row))])).lang == meant


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("2022-09-11-a.txt", "Україна взяла Ізюм.\n"),
        ("a.md", "---\npublished: 2022-09-11\n---\nУкраїна взяла Ізюм.\n"),
        ("a.jsonl", '{"id":"a","published":"2022-09-11","text":"Україна взяла Ізюм.\\n"}\n'),
        ("a.csv", 'id,published,text\na,2022-09-11,"Україна взяла Ізюм.\n"\n'),
    ],
)
def test_a_byte_order_mark_names_the_encoding(tmp_path, encoding, name, content):
    mark = "" if encoding == "utf-8-sig" else "\ufeff"
    data = (mark + content).encode(encoding)
    assert only(read_reports([write(tmp_path, name, data)])).text == "Україна взяла Ізюм.\n"
    stdin = only(read_reports(["-"], stdin=data, published=DAY)) if name[-1] == "l" else None
    assert stdin is None or stdin.text == "Україна взяла Ізюм.\n"


MARKED_UP = "<b>Breaking</b> Ukrainian forces captured Izium & Kupiansk.\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("2022-09-11-a.txt", MARKED_UP),
        ("2022-09-11-a.md", MARKED_UP),
        ("a.jsonl", json.dumps({"id": "a", "published": "2022-09-11", "text": MARKED_UP})),
    ],
)
def test_text_that_begins_with_markup_is_kept_as_it_is(tmp_path, name, content):
    assert only(read_reports([write(tmp_path, name, content)])).text == MARKED_UP


def test_text_that_begins_with_a_bold_word_is_no_page_on_standard_input():
    report = only(read_reports(["-"], stdin=MARKED_UP.encode(), published=DAY))
    assert report.text == MARKED_UP


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl", "a.json", "a.csv"])
def test_text_and_title_come_in_composed_letters(tmp_path, name):
    text, title = "Українські війська зайняли Їжаківку.", "Її зайняли"
    row = {"id": "a", "published": "2022-09-11", "title": title, "text": text}
    contents = {
        ".txt": f"---\npublished: 2022-09-11\ntitle: {title}\n---\n{text}",
        ".html": f"<html><head><title>{title}</title><meta property='article:published_time' "
        f"content='2022-09-11'></head><body><article><p>{text}</p></article></body></html>",
        ".jsonl": json.dumps(row, ensure_ascii=False),
        ".csv": f"id,published,title,text\na,2022-09-11,{title},{text}",
    }
    contents |= {".md": contents[".txt"], ".json": contents[".jsonl"]}
    content = contents[name[1:]]
    whole = only(read_reports([write(tmp_path, name, content)]))
    torn = only(read_reports([write(tmp_path, name, normalize("NFD", content))]))
    assert (torn.text.strip(), torn.title) == (text, title)
    assert torn == whole


def test_a_table_on_standard_input_is_read_as_a_table():
    data = b"id,published,text\na1,2022-09-12,Ukraine took Izium.\na2,2022-09-13,It rained.\n"
    reports = read_reports(["-"], stdin=data).reports
    assert [(r.id, r.text.strip()) for r in reports] == [
        ("a1", "Ukraine took Izium."),
        ("a2", "It rained."),
    ]
