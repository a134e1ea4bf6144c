"""Whose deed it is where several sides stand in a sentence, and what is said of other places."""

from datetime import date

import pytest

from tracker.model import Report
from tracker.places import load_gazetteer
from tracker.reading import Reader
from tracker.resources import load_war


@pytest.fixture(scope="module")
def held():
    """Who holds what after a report, as "place:holder", with "!status" unless asserted."""
    reader = Reader(load_gazetteer(), load_war())

    def run(published, text):
        report = Report("r", date.fromisoformat(published), text, "", "", "", "")
        return {
            f"{c.place}:{c.holder}" + ("" if c.status == "asserted" else f"!{c.status}")
            for c in reader.read(report)
            if c.level == "settlement"
        }

    return run


@pytest.mark.parametrize(
    ("published", "text", "claims"),
    [
        (
            "2022-11-11",
            "The last Russian trucks drove off at night, and a mechanised brigade was filmed in "
            "Kyselivka, which it called liberated.",
            {"Kyselivka:UA"},
        ),
        (
            "2022-05-07",
            "Старый Салтов, который россияне заняли в марте, отбили ещё 2 мая.",
            {"Staryi Saltiv:RU", "Staryi Saltiv:UA"},
        ),
        (
            "2022-05-07",
            "Старий Салтів, який росіяни зайняли в березні, відбили ще 2 травня.",
            {"Staryi Saltiv:RU", "Staryi Saltiv:UA"},
        ),
        (
            "2022-09-12",
            "Изюм, захваченный россиянами весной, освободили в субботу.",
            {"Izium:RU", "Izium:UA"},
        ),
    ],
)
def test_who_acts_is_not_the_side_of_another_clause(held, published, text, claims):
    assert held(published, text) == claims


@pytest.mark.parametrize(
    "text",
    [
        "Над Давыдовым Бродом поднят украинский флаг, село взято под контроль.",
        "Над Давидовим Бродом підняли український прапор, село взято під контроль.",
        "Давыдов Брод взят, сообщили в командовании «Південь».",
        "Давидів Брід зайнято, повідомили в командуванні «Південь».",
    ],
)
def test_a_flag_and_a_command_say_whose_troops_they_are(held, text):
    assert held("2022-10-04", text) == {"Davydiv Brid:UA"}


@pytest.mark.parametrize(
    "text",
    [
        "К востоку от Чернигова отбиты два села. Это Лукашовка и Слобода.",
        "На схід від Чернігова відбито два села. Це Лукашівка і Слобода.",
    ],
)
def test_villages_near_a_town_are_not_the_town(held, text):
    assert held("2022-04-01", text) == {"Lukashivka:UA", "Sloboda:UA"}


@pytest.mark.parametrize(
    ("published", "text"),
    [
        ("2022-05-07", "Kharkiv listens as villages around it are won back."),
        ("2022-05-07", "Bridges near Tsyrkuny were blown up, which the military takes as a sign."),
        ("2024-07-05", "Решта Часового Яру наша, додав він."),
        ("2024-07-05", "Остальная часть Часова Яра за нами, добавил он."),
    ],
)
def test_what_is_no_change_of_the_place_is_no_claim(held, published, text):
    assert held(published, text) == set()


@pytest.mark.parametrize(
    ("published", "text", "claims"),
    [
        (
            "2022-03-30",
            "The Russians are gone from Slavutych. Its capture had been announced by the Kyiv "
            "regional administration on Saturday.",
            {"Slavutych:UA", "Slavutych:RU"},
        ),
        (
            "2025-07-19",
            "Минобороны РФ заявило о взятии Новохатского и Попова Яра. DeepState подтверждает "
            "только занятие Новохатского.",
            {"Novokhatske:RU", "Popiv Yar:RU"},
        ),
        (
            "2024-02-18",
            "The seizure of Avdiivka was confirmed by the Ukrainian General Staff.",
            {"Avdiivka:RU"},
        ),
        (
            "2022-10-05",
            "Сальдо не отрицает потерю Дудчан: село, сказал он, взяли украинцы.",
            {"Dudchany:UA"},
        ),
    ],
)
def test_who_tells_or_confirms_a_capture_has_not_made_it(held, published, text, claims):
    assert held(published, text) == claims


@pytest.mark.parametrize(
    "text",
    [
        "The withdrawal of Russian troops from Beryslav is under way.",
        "Вывод российских войск из Берислава начался.",
        "Виведення російських військ із Берислава триває.",
    ],
)
def test_a_withdrawal_that_has_begun_is_not_done(held, text):
    assert held("2022-11-10", text) == {"Beryslav:UA!ongoing"}


@pytest.mark.parametrize(
    ("published", "text", "claims"),
    [
        (
            "2022-11-10",
            "Из Снигирёвки последние российские машины исчезли ночью, говорит депутат.",
            {"Snihurivka:UA"},
        ),
        ("2022-11-10", "Из Харькова исчезла связь.", set()),
        ("2023-02-18", "Соледар целиком в руках его бойцов, заявил Пригожин.", {"Soledar:RU"}),
        ("2023-02-18", "Соледар повністю в руках його бійців, заявив Пригожин.", {"Soledar:RU"}),
        (
            "2023-02-18",
            "Пригожин объявил о взятии Соледара. Неделей раньше он то же говорил о Красной Горе.",
            {"Soledar:RU", "Krasna Hora:RU"},
        ),
        (
            "2023-02-18",
            "Пригожин оголосив про взяття Соледара. Раніше він те саме казав про Красну Гору.",
            {"Soledar:RU", "Krasna Hora:RU"},
        ),
        (
            "2025-05-27",
            "Moscow laid claim to Loknia on Friday and on Monday to Bilovody.",
            {"Loknia:RU", "Bilovody:RU"},
        ),
        (
            "2025-08-27",
            "In Moscow the bulletin named Filiia, which it says was liberated by the Centre group.",
            {"Filiia:RU"},
        ),
        (
            "2025-08-27",
            "В Москве назвали Филию, которую, по их словам, освободила группировка «Центр».",
            {"Filiia:RU"},
        ),
        (
            "2022-05-26",
            "Под контроль россиян, добавил он, перешли и сёла Студенок и Яровая.",
            {"Studenok:RU", "Yarova:RU"},
        ),
        (
            "2022-05-26",
            "Під контроль росіян, додав він, перейшли й села Студенок та Ярова.",
            {"Studenok:RU", "Yarova:RU"},
        ),
        ("2024-04-29", "Авдеевка, павшая в феврале, служит тылом.", {"Avdiivka:RU"}),
        (
            "2024-10-30",
            "У Москві рапортують про Кругляківку як про вже визволену.",
            {"Kruhliakivka:RU"},
        ),
        (
            "2024-10-30",
            "В Москве рапортуют о Кругляковке как об уже освобождённой.",
            {"Kruhliakivka:RU"},
        ),
        ("2024-10-30", "Moscow speaks of Kruhliakivka as already liberated.", {"Kruhliakivka:RU"}),
        (
            "2022-03-29",
            "The General Staff reported a blue-and-yellow flag over Makariv.",
            {"Makariv:UA"},
        ),
        ("2022-03-29", "Генштаб отчитался об украинском флаге над Макаровом.", {"Makariv:UA"}),
        ("2022-03-29", "Генштаб звітував про синьо-жовтий прапор над Макаровом.", {"Makariv:UA"}),
        (
            "2025-07-19",
            "Минобороны РФ: войска овладели Новохатским, а на другой день ещё двумя сёлами: это "
            "Попов Яр и Русин Яр.",
            {"Novokhatske:RU", "Popiv Yar:RU", "Rusyn Yar:RU"},
        ),
    ],
)
def test_further_ways_of_telling_who_has_a_place(held, published, text, claims):
    assert held(published, text) == claims


@pytest.mark.parametrize(
    ("published", "text", "claims"),
    [
        (
            "2022-10-05",
            "Назначенный Россией Сальдо подтвердил: Дудчаны, сказал он, заняли ВСУ.",
            {"Dudchany:UA"},
        ),
        (
            "2022-04-03",
            "От захватчиков очищен весь Ирпень, написала заместитель министра обороны Анна Маляр.",
            {"Irpin:UA"},
        ),
        ("2025-04-03", "Суджа освобождена от украинских войск, сообщил Герасимов.", {"Sudzha:RU"}),
        (
            "2022-06-08",
            "Шойгу доложил о занятии Святогорска. Под контроль, добавил он, перешли и сёла "
            "Студенок и Яровая.",
            {"Sviatohirsk:RU", "Studenok:RU", "Yarova:RU"},
        ),
        (
            "2024-07-05",
            "На захід від каналу ворога немає, решта міста наша, додав речник про Часів Яр.",
            set(),
        ),
    ],
)
def test_who_is_named_beside_the_verb_or_as_driven_out(held, published, text, claims):
    assert held(published, text) == claims
