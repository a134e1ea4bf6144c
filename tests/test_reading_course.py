"""Where no word says who took a place, the course of the war does, and the claim says so."""

from datetime import date

import pytest

from tracker.model import Report
from tracker.reading import Reader
from tracker.resources import load_war

WAR = load_war()


@pytest.fixture(scope="module")
def reader(gazetteer):
    return Reader(gazetteer, WAR)


def claims(reader, text, day, lang="en"):
    report = Report("r", date.fromisoformat(day), text, lang=lang)
    return [(c.place, c.by, c.rule.rpartition("/")[2]) for c in reader.read(report)]


def test_who_was_advancing():
    def side(unit, day):
        advance = WAR.advancing(unit, date.fromisoformat(day))
        return advance.side if advance else ""

    assert side("Kharkiv", "2022-03-10") == "RU"
    assert side("Kharkiv", "2022-09-08") == "UA"
    assert side("Kharkiv", "2024-05-15") == "RU"
    assert side("Kherson", "2022-11-10") == "UA"
    assert side("Kursk", "2024-08-10") == "UA"
    assert side("Kursk", "2025-03-12") == "RU"
    assert side("Lviv", "2022-09-08") == ""
    assert side("Donetsk", "2021-01-01") == ""


def test_a_capture_without_a_captor_is_the_attackers(reader):
    text = "Lozuvatske came first, on Saturday. Prohres was reported taken a day later."
    assert claims(reader, text, "2024-07-29") == [("Prohres", "RU", "course")]
    text = "Hrushivka, near Kupiansk, was reported taken on Friday."
    assert claims(reader, text, "2022-09-10") == [("Hrushivka", "UA", "course")]


def test_a_side_that_the_words_give_comes_first(reader):
    text = "Russian troops have taken Hrushivka, near Kupiansk."
    assert claims(reader, text, "2022-09-10") == [("Hrushivka", "RU", "subject")]
    text = "Hrushivka, near Kupiansk, is occupied."
    assert [(place, by) for place, by, _ in claims(reader, text, "2022-09-10")] in (
        [],
        [("Hrushivka", "RU")],
    )


def test_a_side_of_another_sentence_gives_way_to_the_attacker(reader):
    text = (
        "By then the Russian official had another story. In two weeks of offensive eight "
        "settlements have been liberated, among them Lobkove, Novodarivka and Levadne."
    )
    found = claims(reader, text, "2023-06-19")
    assert [(place, by) for place, by, _ in found] == [
        ("Lobkove", "UA"),
        ("Novodarivka", "UA"),
        ("Levadne", "UA"),
    ]


def test_outside_the_war_nobody_is_guessed(reader):
    assert claims(reader, "Prohres was reported taken a day later.", "2021-07-29") == []


def test_the_confidence_says_that_it_was_a_guess(reader):
    report = Report("r", date(2024, 7, 29), "Prohres was reported taken.", lang="en")
    (guessed,) = reader.read(report)
    report = Report("r", date(2024, 7, 29), "Russian troops have taken Prohres.", lang="en")
    (said,) = reader.read(report)
    assert guessed.confidence < 0.6 * said.confidence
