"""What news retold with care says: long sentences, sides far off, lists told by halves."""

from datetime import date

import pytest

from tracker.model import Report
from tracker.places import load_gazetteer
from tracker.reading import Reader
from tracker.resources import load_war


@pytest.fixture(scope="module")
def held():
    """Who holds what after a report, as "as_written:holder", with "!status" unless asserted."""
    reader = Reader(load_gazetteer(), load_war())

    def run(text, published="2023-09-14"):
        claims = reader.read(Report("r", date.fromisoformat(published), text, "", "", "", ""))
        return {
            f"{c.as_written}:{c.holder}" + ("" if c.status == "asserted" else f"!{c.status}")
            for c in claims
        }

    return run


@pytest.mark.parametrize(
    "text",
    [
        "За добу захисники Мар’їнки відбили сорок атак.",
        "Наші воїни в Мар’їнці відбили чергову атаку.",
        "Щодо Мар’їнки в штабі кажуть: атаки відбито.",
        "Біля Роботиного відбито вісім штурмів.",
        "Защитники Марьинки отбили за сутки девять атак.",
        "Под Марьинкой отбит очередной штурм.",
        "The defenders of Marinka beat back fifteen assaults.",
    ],
)
def test_an_attack_that_is_beaten_off_takes_no_place(held, text):
    assert held(text) == set()


def test_a_place_may_be_beaten_back_in_an_offensive(held):
    assert held("Левадне відбили під час літнього наступу.") == {"Левадне:UA"}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Через тиск противника наші бійці відійшли з Бердичів.", "Бердичів:RU"),
        ("Під вогнем росіян українські частини, писав Сирський, вийшли з Бердичів.", "Бердичів:RU"),
        ("Из-за превосходства врага украинские роты отошли из Бердычей.", "Бердычей:RU"),
        ("Under enemy fire our units, Syrskyi wrote, have left Berdychi.", "Berdychi:RU"),
        ("Батальйон «Восток» вийшов з Урожайного, визнав Ходаковський.", "Урожайного:UA"),
        ("Воєнкор Коц скаржиться: з Левадного свої ж відійшли.", "Левадного:UA"),
    ],
)
def test_who_leaves_is_the_subject_not_the_enemy_that_presses(held, text, claim):
    assert held(text, "2024-04-28") == {claim}


def test_a_settlement_that_begins_a_quote_is_no_village_called_settlement(held):
    text = (
        "Троє бійців чіпляють прапор на даху лікарні у Високопіллі. «Селище звільнено», пише він."
    )
    assert held(text, "2022-09-05") == {"Високопіллі:UA"}
