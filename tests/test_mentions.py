"""Which words of a text are names of places, on places that do not exist."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.model import Place
from tracker.places import Gazetteer
from tracker.places.tables import Area, Entry


def town(place_id, name, name_uk, name_ru="", admin1="Kharkiv", lat=49.0, lon=37.0, **more):
    place = Place(place_id, name, lon, lat, admin1, name_uk=name_uk, **more)
    return Entry(place, name_ru=name_ru)


def area(area_id, kind, name, name_uk, name_ru, admin1="", *aliases):
    place = Place(area_id, name, None, None, admin1, level="area")
    forms = (("en", name), ("uk", name_uk), ("ru", name_ru), *aliases)
    return Area(place, kind, tuple(f for f in forms if f[1]))


GAZETTEER = Gazetteer(
    [
        town("1", "Kharkiv", "Харків", "Харьков", population=1_000_000),
        town("2", "Donetsk", "Донецьк", "Донецк", "Donetsk", 48.0, 37.8, population=900_000),
        town("3", "Chasiv Yar", "Часів Яр", "Часов Яр", "Donetsk", 48.59, 37.83),
        town("4", "Velyka Novosilka", "Велика Новосілка", "Великая Новосёлка", "Donetsk"),
        town("5", "Myrne", "Мирне", "Мирное", "Donetsk"),
        town("6", "Zelenske", "Зеленське", "Зеленское", "Donetsk"),
        town("7", "Balakliia", "Балаклія", "Балаклея"),
        town("8", "Posad-Pokrovske", "Посад-Покровське", "Посад-Покровское", "Kherson"),
        town("9", "Dnipro", "Дніпро", "Днепр", "Dnipropetrovsk", 48.45, 35.0, population=900_000),
        town("10", "Danylivka", "Данилівка", "Даниловка"),
        town("11", "Lyman", "Лиман", "Лиман", "Donetsk"),
        town("12", "Krasnyi Lyman", "Красний Лиман", "Красный Лиман", "Donetsk"),
        town("13", "Bakhmut", "Бахмут", "Бахмут", "Donetsk"),
        town("14", "Bakhmutske", "Бахмутське", "Бахмутское", "Donetsk"),
        town("15", "Shevchenko", "Шевченко", "Шевченко", "Donetsk"),
        town("16", "Druzhba", "Дружба", "Дружба", "Donetsk"),
        town("17", "Zaporizhzhia", "Запоріжжя", "Запорожье", "Zaporizhzhia", population=700_000),
    ],
    [
        area("o1", "oblast", "Kharkiv Oblast", "Харківська область", "Харьковская область",
             "Kharkiv", ("uk", "Харківщина")),
        area("o2", "oblast", "Donetsk Oblast", "Донецька область", "Донецкая область", "Donetsk"),
        area("o4", "oblast", "Zaporizhzhia Oblast", "Запорізька область",
             "Запорожская область", "Zaporizhzhia"),
        area("o3", "oblast", "Luhansk Oblast", "Луганська область", "Луганская область", "Luhansk"),
        area("r1", "raion", "Bakhmut Raion", "Бахмутський район", "Бахмутский район", "Donetsk"),
        area("x1", "organisation", "Donetsk People's Republic", "Донецька Народна Республіка",
             "Донецкая Народная Республика", "Donetsk", ("ru", "ДНР")),
        area("w1", "river", "Dnipro", "Дніпро", "Днепр", "", ("en", "Dnipro River")),
    ],
)  # fmt: skip


def seen(text, kind=None):
    return [
        (m.as_written, m.candidates[0].name)
        for m in GAZETTEER.mentions(text)
        if kind is None or m.kind == kind
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Бої тривають під Часовим Яром.", "Часовим Яром"),
        ("До Часового Яру далеко.", "Часового Яру"),
        ("Бои в Часовом Яре и за Часовом Яром.", "Часовом Яре"),
        ("Вони вийшли з Великої Новосілки.", "Великої Новосілки"),
        ("в Великой Новосёлке", "Великой Новосёлке"),
        ("Велика\nНовосілка вільна", "Велика\nНовосілка"),
        ("у Посад-Покровському", "Посад-Покровському"),
        ("The Velyka-Novosilka front-line town", "Velyka-Novosilka"),
        ("Balakliya's centre", "Balakliya"),
        ("BALAKLIIA LIBERATED", "BALAKLIIA"),
    ],
)
def test_a_name_is_found_as_it_stands_in_the_text(text, written):
    assert seen(text, "settlement")[0][0] == written


def test_the_longest_name_wins():
    assert seen("взяли Красный Лиман и Лиман") == [
        ("Красный Лиман", "Krasnyi Lyman"),
        ("Лиман", "Lyman"),
    ]


def test_common_words_are_no_places():
    assert seen("мирне населення виїхало") == []
    assert seen("Мирне населення виїхало.") == []
    assert seen("Село Мирне звільнено.") == [("Мирне", "Myrne")]
    assert seen("Мирне звільнено.") == [("Мирне", "Myrne")]


@pytest.mark.parametrize(
    "text",
    [
        "the Kharkiv region",
        "Kharkiv Oblast",
        "the Kharkiv border region",
        "у Харківській області",
        "на Харківщині",
        "в Харьковской области",
    ],
)
def test_an_oblast_is_never_its_city(text):
    (mention,) = GAZETTEER.mentions(text)
    assert (mention.kind, mention.candidates[0].place_id) == ("area", "o1")


def test_the_first_of_two_regions_is_a_region_too():
    assert seen("in the Kharkiv and Donetsk regions", "area") == [
        ("Kharkiv", "Kharkiv Oblast"),
        ("Donetsk regions", "Donetsk Oblast"),
    ]
    assert seen("у Донецькій та Луганській областях", "area") == [
        ("Донецькій", "Donetsk Oblast"),
        ("Луганській областях", "Luhansk Oblast"),
    ]
    assert seen("Bakhmut and Kharkiv", "area") == []


@pytest.mark.parametrize(
    "text",
    [
        "the Kharkiv front",
        "on the Donetsk axis",
        "the Donetsk People's Republic",
        "в ДНР",
        "Bakhmut airport",
        "бригада «Харків»",
        "разом з «Лиманом» пішли далі",
        "на Бахмутському напрямку",
        "President Zelensky spoke",
        "Volodymyr Zelensky spoke",
        "Володимира Зеленського бачили",
        "Зеленського бачили вчора",
        "на вулиці Харківській",
        "Velyka Danylivka",
    ],
)
def test_what_is_named_like_a_town_is_no_settlement(text):
    assert seen(text, "settlement") == []


def test_words_of_addresses_and_file_names_are_no_mentions():
    assert seen("see https://example.org/news/Kharkiv-Donetsk and File_Kharkiv.jpg") == []
    assert len(seen("Kharkiv/Donetsk, the Kharkiv-Donetsk road")) > 1


def test_a_raion_is_an_area_and_not_the_village_of_that_adjective():
    assert seen("у Бахмутському районі") == [("Бахмутському районі", "Bakhmut Raion")]
    assert seen("in the Bakhmut district") == [("Bakhmut district", "Bakhmut Raion")]


@pytest.mark.parametrize(
    "text",
    [
        "у селі Зеленському",
        "під Зеленським",
        "Зеленське Донецької області",
        "У Донецькій області втрачено Зеленське",
        "втрачено Лиман та Зеленське",
    ],
)
def test_a_village_named_like_a_person_needs_a_word_that_says_so(text):
    assert "Zelenske" in [name for _, name in seen(text, "settlement")]


def test_a_river_is_told_from_the_city_of_its_name():
    assert [m.kind for m in GAZETTEER.mentions("across the Dnipro to Dnipro")] == [
        "river",
        "settlement",
    ]
    assert [m.kind for m in GAZETTEER.mentions("через Дніпро")] == ["river"]


def test_the_case_of_a_form_is_told():
    oblique = {m.as_written: m.oblique for m in GAZETTEER.mentions("Харків і в Харкові")}
    assert oblique == {"Харків": False, "Харкові": True}


@pytest.mark.parametrize("text", ["на Запоріжжі", "Бои идут на Запорожье"])
def test_on_zaporizhzhia_is_the_region(text):
    (mention,) = GAZETTEER.mentions(text)
    assert (mention.kind, mention.candidates[0].place_id) == ("area", "o4")


@pytest.mark.parametrize(
    "text", ["у Запоріжжі", "в Запорожье", "наступление на Запорожье", "удар на Запоріжжя"]
)
def test_in_zaporizhzhia_and_an_attack_on_it_are_the_city(text):
    (mention,) = GAZETTEER.mentions(text)
    assert (mention.kind, mention.candidates[0].place_id) == ("settlement", "17")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("село Дружба", "Druzhba"),
        ("Дружба та Бахмут втрачені.", "Druzhba"),
        ("Дружба і Часів Яр втрачені.", "Druzhba"),
        ("Дружба Донецької області", "Druzhba"),
        ("Дружба перейшла під контроль росіян.", "Druzhba"),
        ("Дружбу взято.", "Druzhba"),
        ("Мирне взято.", "Myrne"),
        ("У Мирному бої.", "Myrne"),
        ("Під Мирним бої.", "Myrne"),
        ("біля Шевченка", "Shevchenko"),
        ("Шевченко та Мирне втрачені.", "Shevchenko"),
        ("ЗСУ звільнили Шевченко.", "Shevchenko"),
        ("Взято Шевченко, Дружбу і Мирне.", "Shevchenko"),
        ("Russian troops captured Shevchenko.", "Shevchenko"),
        ("Shevchenko and Bakhmut fell.", "Shevchenko"),
    ],
)
def test_an_ordinary_word_or_surname_is_a_place_where_places_stand(text, name):
    assert name in [found for _, found in seen(text, "settlement")]


@pytest.mark.parametrize(
    "text",
    [
        "Дружба народів важлива.",
        "Шевченко та Зеленський говорили.",
        "Шевченко заявив про це.",
        "Шевченко, Харків",
        "звільнили Шевченка з посади",
    ],
)
def test_they_are_none_elsewhere(text):
    assert {"Druzhba", "Shevchenko"}.isdisjoint(n for _, n in seen(text, "settlement"))


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            ["Харків", "Kharkiv", "Часовим", "Яром", "region", "області", ", ", " ", ".\n", "«",
             "President", "та", "’s", "Velyka", "Новосілка", "-", "Dnipro", "the", "🙂", "é"]
        ),
        max_size=30,
    ).map(" ".join)
)  # fmt: skip
def test_offsets_belong_to_the_text_and_mentions_never_overlap(text):
    found = GAZETTEER.mentions(text)
    assert all(text[m.start : m.end] == m.as_written for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
