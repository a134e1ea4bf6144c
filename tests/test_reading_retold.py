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


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Генштаб назвав звільненими Лиман, Ямпіль та Ізюм.", "Лиман:UA Ямпіль:UA Ізюм:UA"),
        ("Міноборони РФ назвало звільненими Лиман та Ямпіль.", "Лиман:RU Ямпіль:RU"),
        ("DeepState визнав окупованими Роботине і Вербове.", "Роботине:RU Вербове:RU"),
        ("Генштаб назвал освобождёнными Лиман и Изюм.", "Лиман:UA Изюм:UA"),
        ("The General Staff named Lyman and Izium as liberated.", "Lyman:UA Izium:UA"),
        ("DeepState marked Lyman and Izium as occupied.", "Lyman:RU Izium:RU"),
        ("DeepState позначив Лиман, а разом з ним Ізюм, як захоплені.", "Лиман:RU Ізюм:RU"),
    ],
)
def test_what_a_side_names_as_taken_is_taken(held, text, claims):
    assert held(text) == set(claims.split())


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("У Роботиному, звідки окупантів вигнали в серпні, тихо.", "Роботиному:UA"),
        ("У Роботиному, де в серпні підняли український прапор, тихо.", "Роботиному:UA"),
        ("В Работино, откуда россияне ушли в августе, тихо.", "Работино:UA"),
        ("In Robotyne, from where the Russians withdrew in August, it is quiet.", "Robotyne:UA"),
        ("До Бахмута, який «вагнерівці» взяли в травні, далеко.", "Бахмута:RU"),
    ],
)
def test_a_relative_clause_says_what_happened_to_the_place_before_it(held, text, claim):
    assert held(text) == {claim}


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Бої йшли за Роботине і Вербове. Обидва села звільнено.", "Роботине:UA Вербове:UA"),
        (
            "До Роботиного і Вербового росіяни увійшли вчора й тепер контролюють обидва села.",
            "Роботиного:RU Вербового:RU",
        ),
        (
            "У Роботиному та Вербовому тихо, обидва села відучора під контролем ЗСУ.",
            "Роботиному:UA Вербовому:UA",
        ),
        (
            "Работино, Вербовое, Андреевка. Эти три села захвачены россиянами.",
            "Работино:RU Вербовое:RU Андреевка:RU",
        ),
        (
            "Both sides shell Robotyne and Verbove. Both villages were liberated by Ukraine.",
            "Robotyne:UA Verbove:UA",
        ),
        ("Бої йшли за Роботине. Ці три села захоплено.", ""),
        ("Both sides shell Robotyne and Verbove. The three villages were captured.", ""),
    ],
)
def test_both_villages_are_those_that_were_listed(held, text, claims):
    assert held(text) == set(claims.split())


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "П’ять сіл району знову українські. Командування перелічило їх: Лиман та Ямпіль.",
            "Лиман:UA Ямпіль:UA",
        ),
        ("Сили оборони звільнили два села. Це Роботине та Вербове.", "Роботине:UA Вербове:UA"),
        ("Силы обороны освободили два села. Это Работино и Вербовое.", "Работино:UA Вербовое:UA"),
        (
            "Ukrainian forces liberated two villages. They are Robotyne and Verbove.",
            "Robotyne:UA Verbove:UA",
        ),
        ("Сили оборони хочуть звільнити два села. Це Роботине та Вербове.", ""),
        ("Росіяни обстріляли два села. Це Роботине та Вербове. Ізюм звільнено.", "Ізюм:UA"),
    ],
)
def test_villages_that_were_only_counted_are_named_by_the_list_after_them(held, text, claims):
    assert held(text) == set(claims.split())


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("ЗСУ відійшли з Лимана, а також із Ямполя.", "Лимана:RU Ямполя:RU"),
        ("ВСУ отошли из Лимана, а также из Ямполя.", "Лимана:RU Ямполя:RU"),
        ("Ukraine withdrew from Lyman, as well as from Izium.", "Lyman:RU Izium:RU"),
        ("Міноборони РФ приписало собі Локню, а у вівторок додало Басівку.", "Локню:RU Басівку:RU"),
        ("Москва оголосила про взяття Лимана. У списку опинився й Ізюм.", "Лимана:RU Ізюм:RU"),
        ("Шойгу доповів, що зачистку Кринок завершено.", "Кринок:RU"),
        ("Пригожин поздравил читателей: Андреевка взята.", "Андреевка:RU"),
    ],
)
def test_what_is_added_and_who_speaks_before_a_colon(held, text, claims):
    assert held(text) == set(claims.split())


@pytest.fixture(scope="module")
def told():
    """What a report claims: (as written, claimant, first day, last day)."""
    reader = Reader(load_gazetteer(), load_war())

    def run(text, published="2023-09-14"):
        claims = reader.read(Report("r", date.fromisoformat(published), text, "", "", "", ""))
        return [
            (c.as_written, c.holder, c.claimed_by, c.date_from.isoformat(), c.date_to.isoformat())
            for c in claims
            if c.status == "asserted"
        ]

    return run


@pytest.mark.parametrize(
    ("text", "place", "holder", "claimant"),
    [
        ("Шойгу дав інтерв’ю, сказав він. За його словами, ЗСУ відійшли з Лимана.", "", "RU", "RU"),
        ("Сообщил Чаус: тихо. По его словам, украинские войска вернули Изюм.", "", "UA", "UA"),
        ("Syrskyi said it was quiet. His units were rested, and, he said, Izium is taken.",
         "Izium", "UA", "UA"),
        ("Росіяни ще вчора називали Лиман своїм.", "Лиман", "RU", "RU"),
        ("Россияне ещё вчера называли Лиман своим.", "Лиман", "RU", "RU"),
        ("Село Лиман очищено от противника, сообщил Сырский.", "Лиман", "UA", "UA"),
        ("Село Лиман очищено от противника, сообщили в Минобороны РФ.", "Лиман", "RU", "RU"),
        ("Moscow's own bulletin looks elsewhere: it tells of the liberation of Lyman.",
         "Lyman", "RU", "RU"),
    ],
)  # fmt: skip
def test_whose_word_it_is_when_he_or_his_own_bulletin_says_so(told, text, place, holder, claimant):
    [claim] = told(text)
    assert claim[1:3] == (holder, claimant)
    assert place in ("", claim[0])


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Росіяни залишили Дудчани ще на початку місяця.", "2022-10-01", "2022-10-11"),
        ("Россияне оставили Дудчаны в начале месяца.", "2022-10-01", "2022-10-11"),
        ("The Russians left Dudchany early this month.", "2022-10-01", "2022-10-11"),
        ("«Вагнер» взял Лиман в последних числах мая.", "2022-05-21", "2022-05-31"),
    ],
)
def test_parts_of_a_month(told, text, first, last):
    [claim] = told(text, "2022-10-28")
    assert claim[3:] == (first, last)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Бійці ЗСУ підняли прапор у звільненому Борозенському.", "Борозенському:UA"),
        ("Ukrainian troops raised a flag in liberated Borozenske.", "Borozenske:UA"),
        ("Scouts met people in Pravdyne, liberated the same night.", "Pravdyne:UA"),
        (
            "Росія повідомила про взяття Ямполя на лиманському напрямку та Ізюма на Харківщині.",
            "Ямполя:RU Ізюма:RU",
        ),
        (
            "Россия сообщила о взятии Ямполя на лиманском направлении и Изюма.",
            "Ямполя:RU Изюма:RU",
        ),
        ("Kyiv withdrew from Lyman, near Izium, and from Yampil.", "Lyman:RU Yampil:RU"),
        ("Наші бійці відійшли з Лимана, під Ізюмом, та з Ямполя.", "Лимана:RU Ямполя:RU"),
        ("Lyman and Yampil are no longer occupied.", "Lyman:UA Yampil:UA"),
        ("«Урожайне звільнене, наші захисники там», написала Ганна Маляр.", "Урожайне:UA"),
        ("Атаки на Клещеевку отбиты.", ""),
        (
            "Россия говорила о взятии Лимана, что в Киеве сразу опровергли.",
            "Лимана:RU Лимана:RU!denied",
        ),
    ],
)
def test_participles_directions_and_lists_that_are_broken_by_asides(held, text, claims):
    assert held(text) == set(claims.split())


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Соловйове й Вербове Київ назвав втраченими.", "Соловйове:RU Вербове:RU"),
        ("Соловьёво и Вербовое Киев назвал потерянными.", "Соловьёво:RU Вербовое:RU"),
        ("Москва назвала захопленим Вербове.", "Вербове:RU"),
        ("Neither Pokrovsk nor Myrnohrad has been taken, Syrskyi insisted.",
         "Pokrovsk:RU!denied Myrnohrad:RU!denied"),
        ("Ні Покровська, ні Мирнограда росіяни не взяли, запевнив Сирський.",
         "Покровська:RU!denied Мирнограда:RU!denied"),
        ("Бахмут, по словам Пригожина, взят; Маляр возразила: наши там стоят.",
         "Бахмут:RU Бахмут:RU!denied"),
        ("Волонтери вивезли з Вовчанська людей і вийшли з міста під вогнем.", ""),
        ("Жители ушли из Купянска пешком.", ""),
        ("ЗСУ вивезли людей і відійшли з Авдіївки.", "Авдіївки:RU"),
        ("За выходные противник захватил Липцы, констатируют в DeepState.", "Липцы:RU"),
        ("Трудове та Успенівка вже в руках росіян, пише DeepState.", "Трудове:RU Успенівка:RU"),
        ("Над Авдеевкой утром висел российский триколор.", "Авдеевкой:RU"),
    ],
)  # fmt: skip
def test_who_lost_who_denies_and_who_only_lives_there(held, text, claims):
    assert held(text) == set(claims.split())


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Ще у вівторок здали Тошківку: оборонці відійшли.", "Тошківку:RU"),
        ("Ещё во вторник сдали Тошковку: защитники отошли.", "Тошковку:RU"),
        ("Сутками ранее ведомство приписало себе и соседнее Артёмово.", "Артёмово:RU"),
    ],
)
def test_a_garrison_is_troops_of_a_side_and_no_side(held, text, claim):
    assert held(text, "2024-08-21") == {claim}
