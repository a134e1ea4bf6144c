"""What stands beside a name makes a place of an ordinary word, or says where the place lies."""

from datetime import date

import pytest

from tracker.places import Fighting, load_gazetteer


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer(own=False)


def kinds(gazetteer, text):
    return {m.as_written: m.kind for m in gazetteer.mentions(text)}


def place(gazetteer, text, name, day=None):
    mentions = gazetteer.mentions(text)
    hints = Fighting(gazetteer).hints(date.fromisoformat(day)) if day else None
    found = zip(mentions, gazetteer.resolve(text, mentions, hints), strict=True)
    return next(at.place for mention, at in found if mention.as_written == name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Урожайне ми таки залишили.", "Урожайне"),
        ("Веселе росіяни вчора зайняли.", "Веселе"),
        ("Піски взяли на світанку.", "Піски"),
        ("Пески пали, сообщил комбат.", "Пески"),
        ("Урожайне, від визволення якого минув рік, довелося віддати.", "Урожайне"),
        ("Дачне: одне село, два прапори.", "Дачне"),
        ("Шевченко, большое село у шахты, взято.", "Шевченко"),
        ("Бои идут за соседнее Шевченко весь день.", "Шевченко"),
        ("Шевченко звільнено сьогодні.", "Шевченко"),
        ("Про це сказав мер Сєвєродонецька Олександр Стрюк.", "Сєвєродонецька"),
        ("Фото біля таблички «Красна Гора» зробили зранку.", "Красна Гора"),
    ],
)
def test_an_ordinary_word_or_a_surname_is_a_village_by_what_stands_beside_it(gazetteer, text, name):
    assert kinds(gazetteer, text).get(name) == "settlement"


@pytest.mark.parametrize(
    "text",
    [
        "Військові знову взяли висоту.",
        "Сили оборони взяли село.",
        "Прогрес не виправдав надій.",
        "Шевченко сказав, що бої тривають.",
        "Мер Кузьминський про це не знав.",
        "Бойцы батальона «Айдар» вышли.",
    ],
)
def test_without_that_it_stays_what_it_is(gazetteer, text):
    assert "settlement" not in kinds(gazetteer, text).values()


@pytest.mark.parametrize(
    ("text", "written", "admin1"),
    [
        ("на покровському напрямку зайняли село", "покровському напрямку", ""),
        ("три кілометри луганської землі", "луганської", "Luhansk"),
        ("в запорожском селе Успеновка", "запорожском", "Zaporizhzhia"),
        ("the last Luhansk village that it holds", "Luhansk", "Luhansk"),
        ("the Kharkiv town of Izium", "Kharkiv", "Kharkiv"),
    ],
)
def test_an_area_is_read_in_small_letters_and_before_the_word_village(
    gazetteer, text, written, admin1
):
    found = {m.as_written: m for m in gazetteer.mentions(text)}[written]
    assert (found.kind, found.candidates[0].admin1) == ("area", admin1)


def test_sides_and_a_village_told_of_before_are_no_areas(gazetteer):
    assert gazetteer.mentions("російські частини, украинских сел, запорізьке село перейшло") == []


def test_the_area_of_the_adjective_says_which_village_is_meant(gazetteer):
    found = place(gazetteer, "Ворога вигнали з Надії, шматка луганської землі.", "Надії")
    assert found.admin1 == "Luhansk"


def test_the_place_beside_which_it_is_said_to_lie_outweighs_others_in_the_sentence(gazetteer):
    text = "Взяты Александрополь под Нью-Йорком и Измайловка в Покровском районе."
    assert round(place(gazetteer, text, "Александрополь").lat, 2) == 48.29


def test_a_town_among_hamlets_of_its_name_that_lie_as_near_is_meant(gazetteer):
    text = "Volokhiv Yar is theirs; Shevchenkove too. Kupiansk and Velykyi Burluk come next."
    assert place(gazetteer, text, "Shevchenkove", "2022-09-09").population > 5000


def test_the_village_that_changed_hands_itself_that_month_is_meant(gazetteer):
    text = "Three villages are free; Lukianivka is one of them."
    assert place(gazetteer, text, "Lukianivka", "2022-03-30").admin1 == "Kyiv"
    assert place(gazetteer, text, "Lukianivka", "2023-03-30") is None


def test_two_areas_right_behind_a_name_that_both_cannot_hold_it_leave_it_open(gazetteer):
    text = "Гродівка, Новогродівка, Миколаївка (Донецька і Сумська області)."
    assert place(gazetteer, text, "Миколаївка", "2023-08-20") is None


def test_a_letter_means_a_village_only_with_its_full_stop(gazetteer):
    assert kinds(gazetteer, "говорили с Шевченко вчера")["Шевченко"] == "other"
    assert kinds(gazetteer, "бої за с. Шевченко тривають")["Шевченко"] == "settlement"
    assert place(gazetteer, "С Лиманом вышло иначе.", "Лиманом").population > 15_000


def test_an_area_named_for_another_place_does_not_outweigh_the_town_of_the_month(gazetteer):
    text = (
        "Troops walked into Borova in the Kharkiv region on Monday. Two days before, Lyman, further"
        " south, was left. Svatove and Kreminna come next."
    )
    assert place(gazetteer, text, "Lyman", "2022-10-04").admin1 == "Donetsk"
