"""Reports in a language that nothing here reads are named, not dropped in silence."""

import json

import pytest

from tracker.cli import run

pytestmark = pytest.mark.usefixtures("gazetteer_loaded_once")
UKRAINIAN = "Українські війська звільнили Ізюм."
RUSSIAN = "Российские войска взяли под контроль город Изюм."
ENGLISH = "Ukrainian forces have taken Izium."
GERMAN = "Ukrainische Truppen haben nach eigenen Angaben die Stadt Isjum wieder eingenommen."


@pytest.fixture
def read(here, capfd):
    """Reads rows of (text, lang) named r0, r1, ... and gives claims, exit code and remarks."""

    def call(*rows, command="claims"):
        fields = {"published": "2022-09-11"}
        lines = [
            json.dumps({"id": f"r{i}", "text": text, "lang": lang} | fields)
            for i, (text, lang) in enumerate(rows)
        ]
        (here / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
        output = ["-o", "m.html", "--overwrite"] if command == "map" else []
        code = run([command, "in.jsonl", *output])
        out, err = capfd.readouterr()
        features = json.loads(out)["features"] if out else []
        return [f["properties"] for f in features], code, err.splitlines()

    return call


@pytest.mark.parametrize(
    ("text", "written", "lang"),
    [
        (UKRAINIAN, "ua", "uk"),
        (UKRAINIAN, "uk-UA", "uk"),
        (UKRAINIAN, "ukr", "uk"),
        (RUSSIAN, "rus", "ru"),
        (RUSSIAN, "ru-RU", "ru"),
        (ENGLISH, "eng", "en"),
        (ENGLISH, "EN", "en"),
        (ENGLISH, "en-GB", "en"),
        (ENGLISH, "und", "en"),
    ],
)
def test_a_report_is_read_whatever_code_its_language_has(read, text, written, lang):
    (claim,), code, said = read((text, written))
    assert (claim["place"], claim["lang"], code) == ("Izium", lang, 0)
    assert said == ["tracker: 1 report, 1 claim (1 located, 0 ambiguous, 0 unknown)"]


def test_reports_in_other_languages_are_counted_and_named(read):
    claims, code, said = read((ENGLISH, ""), (ENGLISH, "pl"), (GERMAN, ""), (ENGLISH, "xx"))
    assert ([claim["report_id"] for claim in claims], code) == (["r0"], 0)
    assert said[0] == (
        "tracker: 3 reports not read, language not known: r1, r2, r3; 'lang' may be en, uk or ru"
    )


def test_a_map_says_so_too_and_names_the_first_few(read):
    _, code, said = read((ENGLISH, "en"), *[(ENGLISH, "pl")] * 7, command="map")
    assert code == 0
    assert said[0] == (
        "tracker: 7 reports not read, language not known: r1, r2, r3, r4, r5, …; "
        "'lang' may be en, uk or ru"
    )


@pytest.mark.parametrize("lang", ["en", ""])
def test_text_that_begins_with_markup_is_read_and_quoted_as_it_is(read, lang):
    text = "<b>Breaking</b> Ukrainian forces captured Izium."
    (claim,), _, _ = read((text, lang))
    assert claim["place"] == "Izium"
    assert claim["quote"] in text
