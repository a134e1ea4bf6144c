"""The month of a report tells which of many villages of a name is meant."""

from datetime import date

import pytest

from tracker.places import Fighting, load_gazetteer


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer(own=False)


def place(gazetteer, text, name, day):
    mentions = gazetteer.mentions(text)
    hints = Fighting(gazetteer).hints(date.fromisoformat(day))
    found = zip(mentions, gazetteer.resolve(text, mentions, hints), strict=True)
    return next(at.place for mention, at in found if mention.as_written == name)


def test_a_village_beside_the_fighting_of_that_month_is_meant(gazetteer):
    text = "Ukrainian forces have liberated the village of Urozhaine, Kyiv said."
    found = place(gazetteer, text, "Urozhaine", "2023-08-16")
    assert (found.admin1, round(found.lat, 2)) == ("Donetsk", 47.75)
    found = place(gazetteer, "Силами оборони звільнено Рівнопіль.", "Рівнопіль", "2023-06-26")
    assert round(found.lat, 2) == 47.79


def test_an_area_that_the_text_names_says_more_than_the_month(gazetteer):
    text = "Urozhaine in the Kherson region was shelled."
    found = place(gazetteer, text, "Urozhaine", "2023-08-16")
    assert found is None or found.admin1 == "Kherson"


def test_a_month_without_fighting_near_any_of_them_decides_nothing(gazetteer):
    text = "The village of Urozhaine was visited."
    assert place(gazetteer, text, "Urozhaine", "2021-08-16") is None
