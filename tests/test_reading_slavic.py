"""What Ukrainian and Russian grammar says of places and sides: cases, word order, pronouns."""

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

    def run(text, published="2022-09-14", title="", lang=""):
        report = Report("r", date.fromisoformat(published), text, title, "", "", lang)
        return {
            f"{c.as_written}:{c.holder}" + ("" if c.status == "asserted" else f"!{c.status}")
            for c in reader.read(report)
        }

    return run


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        # A genitive hangs on the noun, a nominative does not.
        ("Після довгої облоги та боїв Ізюм опинився під контролем росіян.", {"Ізюм:RU"}),
        ("После затяжных боёв Изюм заняли подразделения ВСУ.", {"Изюм:UA"}),
        ("Після семи місяців окупації Ізюм відбили.", {"Ізюм:UA"}),
        ("Бої Ізюма не зачепили, і ЗСУ зайняли Куп'янськ.", {"Куп'янськ:UA"}),
        ("Росія захопила на Донеччині Лиман.", {"Лиман:RU"}),
        # A flag over a building of the place.
        ("Над будівлею міської ради Ізюма підняли український прапор.", {"Ізюма:UA"}),
        ("Над школой Изюма снова украинский флаг.", {"Изюма:UA"}),
    ],
)
def test_the_case_of_a_name_says_what_it_belongs_to(held, text, claims):
    assert held(text) == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Лозовую отбили у россиян.", {"Лозовую:UA"}),
        ("Балаклію забрали назад, відбили у росіян.", {"Балаклію:UA"}),
        ("Сватово отбили у ВСУ бойцы «Ахмата».", {"Сватово:RU"}),
        ("Сватово деоккупировано.", {"Сватово:UA"}),
        ("ВСУ вошли в Изюм и закрепились, город освобождён.", {"Изюм:UA!partial", "город:UA"}),
        ("Ворожі війська вийшли з Ізюма.", {"Ізюма:UA"}),
    ],
)
def test_who_lost_a_place_says_who_took_it(held, text, claims):
    assert held(text) == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Росіян у Балаклії більше немає.", {"Балаклії:UA"}),
        ("Россиян в Балаклее уже нет.", {"Балаклее:UA"}),
        ("Лиман він назвав окремо: українських військових там уже нема.", {"Лиман:RU"}),
        ("У Лимані не лишилося жодного українського підрозділу.", {"Лимані:RU"}),
        ("Украинских подразделений в Лимане больше нет.", {"Лимане:RU"}),
    ],
)
def test_where_no_troops_are_left_they_have_gone(held, text, claims):
    assert held(text) == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "За Лиман воевали две недели. Минобороны РФ сообщило о его полном освобождении.",
            {"его:RU"},
        ),
        ("Балаклея стояла полгода. Теперь она освобождена, сообщили ВСУ.", {"она:UA"}),
        ("Украинские бойцы вернули Изюм. Противник занял его весной.", {"Изюм:UA", "его:RU"}),
    ],
)
def test_pronouns_stand_for_the_place_named_before(held, text, claims):
    assert held(text) == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("До переліку звільнених сіл додалося Лобкове.", {"Лобкове:UA"}),
        ("В перечень освобождённых вошли Лобковое и Левадное.", {"Лобковое:UA", "Левадное:UA"}),
        ("Лобкове стало нарешті вільним.", {"Лобкове:UA"}),
        ("Одинадцятого червня Лобкове повернулося до України.", {"Лобкове:UA"}),
        ("Под контроль ВСУ вернулось Лобковое.", {"Лобковое:UA"}),
        ("Українські бійці не втримали Лобкове.", {"Лобкове:RU"}),
        ("Лобковое снова контролирует Украина.", {"Лобковое:UA"}),
        ("Російські сили ще контролюють Лобкове.", set()),
        ("У російських зведеннях Лобкове «звільнене» двічі за тиждень.", {"Лобкове:RU"}),
    ],
)
def test_more_ways_of_saying_that_a_place_changed_hands(held, text, claims):
    assert held(text, "2023-06-13") == claims


def test_the_number_of_villages_must_be_that_of_the_list(held):
    assert held("Юнаківка, Басівка. Усі чотири села захоплені росіянами.", "2025-05-27") == set()


def test_each_of_both_villages_is_a_claim_of_its_own():
    reader = Reader(load_gazetteer(), load_war())
    text = "Юнаківка, Басівка. Обидва прикордонні села захоплені росіянами."
    claims = reader.read(Report("r", date(2025, 5, 27), text, "", "", "", "uk"))
    assert {claim.place for claim in claims} == {"Yunakivka", "Basivka"}


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Балаклія, звідки росіян вигнали у вересні, лагодить мости.", {"Балаклія:UA"}),
        ("Саперы идут в Балаклею, которую «вагнеровцы» взяли весной.", {"Балаклею:RU"}),
        ("Маляр порадувала читачів: Балаклія звільнена.", {"Балаклія:UA"}),
        ("Маляр порадовала читателей: Балаклея освобождена.", {"Балаклея:UA"}),
        ("Бійці підняли прапор у звільненому Ізюмі.", {"Ізюмі:UA"}),
        (
            "Українські частини відійшли з Лимана, а також із Ямполя.",
            {"Лимана:RU", "Ямполя:RU"},
        ),
        ("Зачистку Балаклії завершено, каже Генштаб.", {"Балаклії:UA"}),
        ("Місто Ізюм знову стало українським.", {"Ізюм:UA"}),
        ("Российское Минобороны отчиталось о Лимане.", {"Лимане:RU"}),
    ],
)
def test_clauses_that_stand_apart_from_their_place(held, text, claims):
    assert held(text) == claims


def test_a_name_in_brackets_is_the_same_place_and_ends_no_list(held):
    text = "Российские войска взяли Дзержинск (Торецк) и Курахово."
    assert held(text, "2025-02-08") == {"Дзержинск:RU", "Курахово:RU"}


def test_moving_away_from_a_place_is_not_leaving_it(held):
    assert held("Ворог відійшов від Чернігова, хоча й не покинув області.", "2022-04-01") == set()


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Веселе росіяни взяли в неділю.", {"Веселе:RU"}),
        ("«Веселе звільнене», почав ранок речник.", {"Веселе:UA"}),
        ("Веселое, которое лежит у дороги, взято, доложило Минобороны РФ.", {"Веселое:RU"}),
        ("Піски, за які билися вісім років, росіяни взяли.", {"Піски:RU"}),
        ("Шевченко під Покровськом узяли росіяни.", {"Шевченко:RU"}),
        ("Атаки ВСУ на Работино отбиты.", set()),
        ("Головне, що росіяни взяли, — висота.", set()),
    ],
)
def test_an_ordinary_word_at_the_beginning_may_be_a_village(held, text, claims):
    assert held(text, "2024-10-15") == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Оборонці Лимана відступили на нові рубежі.", {"Лимана:RU"}),
        ("Захисники Лимана відступили з південної околиці міста.", {"міста:RU!partial"}),
        ("ВСУ отошли бы из Лимана, если бы не подкрепления.", set()),
        ("Російські війська зайшли в Лиман і взяли центральний ринок.", {"Лиман:RU!partial"}),
        ("Завершён отвод российских войск из Лимана.", {"Лимана:UA"}),
        ("Лиман утримати не вдалося, визнали в українській бригаді.", {"Лиман:RU"}),
        ("Місто Лиман не втрималося.", {"Лиман:RU"}),
        ("Лиман и Ямполь отбиты, следует из сводки ОК «Юг».", {"Лиман:UA", "Ямполь:UA"}),
        ("Лиман ще наше, хоч росіяни й кажуть інше.", set()),
    ],
)
def test_who_stays_and_who_goes(held, text, claims):
    assert held(text, "2022-10-02") == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Після Ізюма настала черга Лимана: гарнізон відійшов за річку.", set()),
        ("После Изюма настал черёд Лимана: гарнизон ушёл за реку, оставив пушки.", set()),
    ],
)
def test_a_garrison_without_a_side_gives_no_claim_without_one(held, text, claims):
    assert {claim for claim in held(text) if claim.split("!")[0].endswith(":")} == claims


def test_who_lost_a_place_long_ago_gives_it_up_now(held):
    text = "Урожайне, яке морпіхи визволили, довелося залишити, підтвердив Волошин."
    assert held(text, "2024-07-19") == {"Урожайне:UA", "Урожайне:RU"}


def test_that_a_place_is_not_occupied_denies_what_the_enemy_gained(held):
    text = "У «Лютій» наголошують, що Торецьк не захоплено, хай там що пишуть у Москві."
    assert held(text, "2025-01-27") == {"Торецьк:RU!denied"}


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Лиман и Ямполь заняты противником, признал глава Донецкой областной военной "
            "администрации.",
            {"Лиман:RU", "Ямполь:RU"},
        ),
        ("Лиман занят противником, признали в Минобороны РФ.", {"Лиман:UA"}),
        ("Лиман зайнятий ворогом, визнав голова громади.", {"Лиман:RU"}),
    ],
)
def test_whose_enemy_took_a_place_is_told_by_who_speaks(held, text, claims):
    assert held(text, "2025-05-26") == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        # "The foe" is whoever stands against the one who speaks, "the occupiers" are one side.
        ("Гайдай сообщил о взятии противником Тошковки.", {"Тошковки:RU"}),
        (
            "Лиман и Ямполь снова украинские. Из Лимана противник выбит.",
            {"Лиман:UA", "Ямполь:UA"},
        ),
        ("Из Лимана, по данным Минобороны РФ, оккупанты выбиты.", {"Лимана:UA"}),
        # Whoever marks a place as captured has not captured it.
        ("DeepState обозначил захваченными Лиман и Ямполь.", {"Лиман:RU", "Ямполь:RU"}),
        ("Украинцы покинули Лиман и занимают оборону западнее.", {"Лиман:RU"}),
        ("Українці полишили Лиман й займають оборону західніше.", {"Лиман:RU"}),
        ("Из Лимана постепенно отходят украинские подразделения.", {"Лимана:RU!ongoing"}),
        ("З Лимана українські підрозділи поступово відходять.", {"Лимана:RU!ongoing"}),
    ],
)
def test_the_foe_who_marks_what_and_what_is_still_under_way(held, text, claims):
    assert held(text, "2024-04-28") == claims
