"""Whatever is given for a report: no crash, no hang, and cost in step with its length."""

import io
import json
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.cli import run
from tracker.model import Report
from tracker.reading import Reader, detect_language
from tracker.reading.parts import PART, parts
from tracker.resources import load_war

DAY = date(2022, 9, 12)
pytestmark = pytest.mark.usefixtures("gazetteer_loaded_once")
SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]

PIECES = (
    "Ukraine captured Izium. ", "Russian forces withdrew from Kherson", " and ", ", ", "; ", ": ",
    "Kyiv denied this. ", "the city of ", "Bakhmut", "Donetsk region ", "said on Tuesday that ",
    "which it had taken in March 2022 ", "15-21 November ", "10.09.2022", "St. ", "A.B.", "...",
    "Збройні сили України звільнили ", "Балаклію", "росіяни окупували ", "Ізюм", " та ",
    "3 вересня ", "Минобороны: освобождена ", "Соледар", "взяли под контроль ", "в районе ",
    "\n", "\n\n", "- ", "\u202e", "\u200f", "\u200b", "\u0301", "\x00", "\ud800", "\ufeff",
    "И\u0306", "🇺🇦", "«", "»", "'s", "(", ")", "!?", "http://a.b/Izium?", "1" * 40, "a" * 90,
    "A-", "-", "<p>", "%", "\t", "\r",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=120).map("".join)
LANGUAGES = st.sampled_from(["", "en", "uk", "ru"])


@pytest.fixture(scope="module")
def reader(gazetteer):
    return Reader(gazetteer, load_war())


@given(TEXTS, TEXTS | st.just(""), LANGUAGES)
@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
def test_any_text_is_read_and_quoted_as_it_stands(reader, text, title, lang):
    report = Report("r", DAY, text, title=title, lang=lang)
    claims = reader.read(report)
    for claim in claims:
        assert claim.quote in text or claim.quote in title
        assert claim.as_written
        assert claim.date_from <= claim.date_to <= DAY
    assert reader.read(report) == claims  # by what it remembers
    again = Report("s", DAY, text, title=title, lang=lang, url="https://example.org/")
    assert [(c.place, c.quote, c.rule) for c in reader.read(again)] == [
        (c.place, c.quote, c.rule) for c in claims
    ]
    reader.explain(report)


@given(st.text() | TEXTS)
@settings(max_examples=200, deadline=None, suppress_health_check=SLOW)
def test_the_language_of_any_text_is_ours_or_none(text):
    assert detect_language(text) in ("", "en", "uk", "ru")


def calls(read):
    """How many functions are called: a measure of work that no busy machine changes."""
    number = 0

    def count(frame, event, arg):
        nonlocal number
        number += 1

    sys.setprofile(count)
    try:
        read()
    finally:
        sys.setprofile(None)
    return number


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join), LANGUAGES)
@settings(max_examples=8, deadline=None, suppress_health_check=SLOW)
def test_twice_the_text_costs_twice_the_work(reader, piece, lang):
    """Beyond the longest sentence, up to which work may grow faster."""
    short, long = (piece * (size // len(piece) + 1) for size in (10_000, 20_000))

    def work(text):
        fresh = Reader(reader.gazetteer, reader.war)
        report = Report("r", DAY, text, lang=lang)
        fresh.read(report)  # words, names and pairs of names are looked up once
        fresh = Reader(reader.gazetteer, reader.war)
        return calls(lambda: fresh.read(report))

    assert work(long) <= 3 * work(short) + 2000


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "A",
        "a-",
        "a'",
        " ",
        "\n",
        " \n",
        "\u200f",
        "И\u0306",
        ".",
        "?! ",
        "(",
        "«",
        "1",
        "x\u0301",
    ],
)
def test_a_long_run_of_anything_comes_to_its_end(reader, piece):
    """Where work grew with the square of the length, this would not end within a day."""
    assert reader.read(Report("r", DAY, piece * 100_000, lang="en")) == []


def test_a_sentence_of_a_hundred_thousand_words_is_read(reader):
    words = ["Ukraine", "said", "rain", "fell", "near", "Izium", "again", "while", "many", "slept"]
    text = " ".join(words * 10_000)
    assert len(text.split()) == 100_000
    assert reader.read(Report("r", DAY, text, lang="en")) == []


def test_fifty_megabytes_on_one_line_are_read(here, capfd):
    begin = "Ukraine liberated Izium on Saturday. "
    row = {"id": "r", "published": "2022-09-12", "lang": "en", "text": begin + "x" * (50 << 20)}
    Path("a.jsonl").write_text(json.dumps(row))
    assert run(["claims", "a.jsonl", "-o", "c.jsonl"]) == 0
    (claim,) = map(json.loads, Path("c.jsonl").read_text().splitlines())
    assert (claim["place"], claim["holder"]) == ("Izium", "UA")
    assert len(claim["quote"]) <= 400


def zip_of_nulls():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(1 << 20))
    return packed.getvalue()


@pytest.mark.parametrize("ending", ["txt", "md", "html", "jsonl", "ndjson", "json", "csv"])
@pytest.mark.parametrize("data", [b"", bytes(1000), bytes(range(256)) * 40, zip_of_nulls()])
def test_what_is_no_text_is_refused_by_name(here, capfd, ending, data):
    Path(f"a.{ending}").write_bytes(data)
    assert run(["claims", f"a.{ending}", "--published", "2022-09-12", "-o", "c.csv"]) == 1
    assert f"a.{ending}" in capfd.readouterr().err
    assert not Path("c.csv").exists()


@given(
    st.sampled_from(["txt", "md", "html", "jsonl", "json", "csv", "geojson"]),
    st.binary(max_size=300) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")),
)
@settings(max_examples=120, deadline=None, suppress_health_check=SLOW)
def test_any_bytes_are_taken_or_refused(here, ending, data):
    file, out = Path(f"a.{ending}"), Path("c.jsonl")
    out.unlink(missing_ok=True)
    file.write_bytes(data)
    code = run(["claims", str(file), "--published", "2022-09-12", "-o", str(out)])
    assert code in (0, 1)
    assert [path.name for path in here.iterdir() if path.name.startswith(".")] == []
    if out.exists():
        for line in out.read_text("utf-8").split("\n")[:-1]:  # U+0085 ends no line of JSON Lines
            assert json.loads(line)["holder"] in ("UA", "RU")


def test_a_very_long_text_is_read_in_parts_that_make_it_up():
    text = "Ukraine took Izium.\n\n" * 15_000
    report = Report("r", DAY, text, title="A title")
    found = list(parts(report))
    assert "".join(part.text for part in found) == text
    assert max(len(part.text) for part in found) <= PART
    assert [part.title for part in found] == ["A title", "", "", ""]
    assert all(part.text.endswith("\n\n") for part in found)
    (same,) = parts(Report("r", DAY, text[:PART]))
    assert same.text == text[:PART]


def test_the_parts_of_a_long_text_are_told_as_one_report(reader):
    filler = "It rained in the hills. " * 5_000
    text = f"Ukraine liberated Izium. {filler}Ukraine liberated Izium. Ukraine liberated Lyman."
    claims = reader.read(Report("r", DAY, text, lang="en"))
    assert [claim.place for claim in claims] == ["Izium", "Lyman"]


def test_a_copy_of_a_text_is_the_claims_of_another_report(reader):
    text = "Ukraine liberated Izium on Saturday."
    first = reader.read(Report("a", DAY, text, url="https://a.org/", lang="en"))
    (copy,) = reader.read(Report("b", DAY, text, url="https://b.org/", lang="en"))
    assert (copy.report_id, copy.url, copy.place) == ("b", "https://b.org/", "Izium")
    assert first[0].report_id == "a"
    (later,) = reader.read(Report("a", date(2022, 9, 20), text, lang="en"))
    assert later.date_to == date(2022, 9, 17)
    (theirs,) = reader.read(Report("a", DAY, text, source="General Staff of Ukraine", lang="en"))
    assert theirs.claimed_by == "UA"
